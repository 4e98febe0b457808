/** Remarks on days over the API. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import {
  type Annotation,
  createAnnotation,
  deleteAnnotation,
  listAnnotations,
} from '../../modules/mini-foundry/index.ts'
import { bearer, createApi, jsonContent, pageOf, problemResponses } from './api.ts'

const BASE = '/modules/mini-foundry/annotations'
const common = { tags: ['Mini Foundry: dashboards'], security: bearer }
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'Write a date like 2026-01-31.')

const annotationSchema = z
  .object({
    id: z.string(),
    day: z.string(),
    text: z.string(),
    created_by: z.string(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .openapi('Annotation')

export const annotationsApi = createApi()
  .openapi(
    createRoute({
      ...common,
      method: 'get',
      path: BASE,
      summary: 'List remarks on days',
      middleware: [requires('foundry:read')] as const,
      request: { query: z.object({ from: day.optional(), to: day.optional() }) },
      responses: { 200: jsonContent(pageOf(annotationSchema), 'The latest days first'), ...problemResponses },
    }),
    async (c) => {
      const found = await listAnnotations(c.var.services, c.var.actor, c.req.valid('query'))
      if (!found.ok) return problem(c, found.error)
      return c.json({ data: found.value.map(annotationJson), next_cursor: null }, 200)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'post',
      path: BASE,
      summary: 'Remark on a day',
      description:
        'Minimal body: `{ "day": "2026-11-20", "text": "Prices raised" }`. Line, area and stacked charts whose days hold it show it.',
      middleware: [requires('foundry:write')] as const,
      request: {
        body: {
          required: true,
          content: { 'application/json': { schema: z.strictObject({ day: z.string(), text: z.string() }) } },
        },
      },
      responses: { 201: jsonContent(annotationSchema, 'Written'), ...problemResponses },
    }),
    async (c) => {
      const made = await createAnnotation(c.var.services, c.var.actor, c.req.valid('json'))
      return made.ok ? c.json(annotationJson(made.value), 201) : problem(c, made.error)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'delete',
      path: `${BASE}/{id}`,
      summary: 'Remove a remark',
      middleware: [requires('foundry:write')] as const,
      request: { params: z.object({ id: z.string() }) },
      responses: { 204: { description: 'Removed' }, ...problemResponses },
    }),
    async (c) => {
      const gone = await deleteAnnotation(c.var.services, c.var.actor, c.req.valid('param').id)
      return gone.ok ? c.body(null, 204) : problem(c, gone.error)
    },
  )

const annotationJson = (row: Annotation) => ({
  id: row.id,
  day: row.day,
  text: row.text,
  created_by: row.createdBy,
  created_at: row.createdAt,
  updated_at: row.updatedAt,
})
