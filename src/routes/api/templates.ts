/** Mail templates over the API. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import {
  createTemplate,
  deleteTemplate,
  listTemplates,
  previewTemplate,
  readTemplate,
  type TemplateRow,
  updateTemplate,
} from '../../modules/ops-copilot/index.ts'
import { bearer, createApi, jsonContent, pageOf, problemResponses } from './api.ts'

const BASE = '/modules/ops-copilot/templates'
const common = { tags: ['Ops Copilot: mail'], security: bearer }
const read = requires('ops:read')
const write = requires('ops:write')
const idParam = z.object({ id: z.string() })
const anyJson = z.any().openapi({ type: 'object' })

const templateSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    subject: z.string(),
    preheader: z.string(),
    stream: z.enum(['workspace', 'marketing']),
    blocks: z.array(anyJson),
    version: z.number().int(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .openapi('MailTemplate')

const templateJson = (row: TemplateRow) => ({
  ...{ id: row.id, name: row.name, subject: row.subject, preheader: row.preheader, stream: row.stream },
  ...{ blocks: row.blocks, version: row.version, created_at: row.createdAt, updated_at: row.updatedAt },
})

const wish = z.strictObject({
  name: z.string().optional(),
  subject: z.string().optional(),
  preheader: z.string().optional(),
  stream: z.enum(['workspace', 'marketing']).optional(),
  blocks: z.array(z.any()).optional(),
})
const body = <T extends z.ZodType>(schema: T) => ({
  content: { 'application/json': { schema } },
  required: true,
})

export const templatesApi = createApi()
  .openapi(
    createRoute({
      ...common,
      method: 'get',
      path: BASE,
      summary: 'List mail templates',
      middleware: [read] as const,
      responses: { 200: jsonContent(pageOf(templateSchema), 'All of them, by name'), ...problemResponses },
    }),
    async (c) => {
      const found = await listTemplates(c.var.services, c.var.actor)
      if (!found.ok) return problem(c, found.error)
      return c.json({ data: found.value.map(templateJson), next_cursor: null }, 200)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'post',
      path: BASE,
      summary: 'Make a mail template',
      description: 'Minimal body: `{ "name": "Thanks", "subject": "Thank you" }`.',
      middleware: [write] as const,
      request: { body: body(wish) },
      responses: { 201: jsonContent(templateSchema, 'Made'), ...problemResponses },
    }),
    async (c) => {
      const made = await createTemplate(c.var.services, c.var.actor, c.req.valid('json'))
      if (!made.ok) return problem(c, made.error)
      return c.json(templateJson(made.value), 201, { Location: `${BASE}/${made.value.id}` })
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'get',
      path: `${BASE}/{id}`,
      summary: 'Read a mail template',
      middleware: [read] as const,
      request: { params: idParam },
      responses: { 200: jsonContent(templateSchema, 'The template'), ...problemResponses },
    }),
    async (c) => {
      const found = await readTemplate(c.var.services, c.var.actor, c.req.valid('param').id)
      return found.ok ? c.json(templateJson(found.value), 200) : problem(c, found.error)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'put',
      path: `${BASE}/{id}`,
      summary: 'Change a mail template',
      description: 'What is left out stays.',
      middleware: [write] as const,
      request: { params: idParam, body: body(wish) },
      responses: { 200: jsonContent(templateSchema, 'Changed'), ...problemResponses },
    }),
    async (c) => {
      const changed = await updateTemplate(
        c.var.services,
        c.var.actor,
        c.req.valid('param').id,
        c.req.valid('json'),
      )
      return changed.ok ? c.json(templateJson(changed.value), 200) : problem(c, changed.error)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'delete',
      path: `${BASE}/{id}`,
      summary: 'Remove a mail template',
      middleware: [write] as const,
      request: { params: idParam },
      responses: { 204: { description: 'Removed' }, ...problemResponses },
    }),
    async (c) => {
      const removed = await deleteTemplate(c.var.services, c.var.actor, c.req.valid('param').id)
      return removed.ok ? c.body(null, 204) : problem(c, removed.error)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'get',
      path: `${BASE}/{id}/preview`,
      summary: 'A mail template filled in for a record',
      middleware: [read] as const,
      request: { params: idParam, query: z.strictObject({ about: z.string().max(300).optional() }) },
      responses: {
        200: jsonContent(
          z.object({
            subject: z.string(),
            html: z.string(),
            text: z.string(),
            lacking: z.string().nullable(),
          }),
          'As it would look',
        ),
        ...problemResponses,
      },
    }),
    async (c) => {
      const { about } = c.req.valid('query')
      const made = await previewTemplate(c.var.services, c.var.actor, c.req.valid('param').id, about)
      if (!made.ok) return problem(c, made.error)
      const { page, lacking } = made.value
      return c.json({ subject: page.subject, html: page.html, text: page.text, lacking }, 200)
    },
  )
