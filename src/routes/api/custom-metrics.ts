/** Metrics of a workspace's own over the API: made, checked, versioned, archived. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import {
  archiveCustomMetric,
  type CustomMetric,
  type CustomMetricView,
  changeCustomMetric,
  createCustomMetric,
  listCustomMetrics,
  previewFormula,
  readCustomMetric,
  restoreCustomMetric,
} from '../../modules/mini-foundry/index.ts'
import { bearer, createApi, jsonContent, pageOf, problemResponses } from './api.ts'
import { metricAnswerSchema } from './metrics.ts'

const BASE = '/modules/mini-foundry/metrics/custom'
const common = { tags: ['Mini Foundry: metrics'], security: bearer }
const read = requires('foundry:read')
const write = requires('foundry:write')
const unit = z.enum(['money', 'count', 'ratio', 'percent', 'days', 'hours'])

const metricSchema = z
  .object({
    id: z.string(),
    key: z
      .string()
      .openapi({ description: 'Wherever a metric is named', example: 'custom_revenue_after_ads' }),
    name: z.string(),
    description: z.string(),
    formula: z.string(),
    unit: z.string(),
    less_is_better: z.boolean(),
    version: z.number().int(),
    created_by: z.string(),
    created_at: z.string(),
    updated_at: z.string(),
    archived_at: z.string().nullable(),
  })
  .openapi('CustomMetric')

const detailSchema = metricSchema
  .extend({
    problem: z.string().nullable().openapi({ description: 'Why it has no value at the moment' }),
    versions: z.array(
      z.object({
        version: z.number().int(),
        name: z.string(),
        formula: z.string(),
        unit: z.string(),
        changed_by: z.string(),
        changed_at: z.string(),
      }),
    ),
    used_by: z.array(z.object({ kind: z.string(), id: z.string(), name: z.string() })),
  })
  .openapi('CustomMetricDetail')

const wishSchema = z.strictObject({
  name: z.string(),
  formula: z.string(),
  description: z.string().optional(),
  unit: unit
    .nullish()
    .openapi({ description: 'Left out: as the formula gives it. A ratio may be `percent`' }),
  less_is_better: z.boolean().optional(),
})
const idParam = z.object({ id: z.string().openapi({ description: 'Its id or its key' }) })
const jsonBody = <T extends z.ZodType>(schema: T) => ({
  content: { 'application/json': { schema } },
  required: true,
})

export const customMetricsApi = createApi()
  .openapi(
    createRoute({
      ...common,
      method: 'get',
      path: BASE,
      summary: 'List metrics of your own',
      middleware: [read] as const,
      responses: {
        200: jsonContent(pageOf(metricSchema), 'Oldest first, archived ones too'),
        ...problemResponses,
      },
    }),
    async (c) => {
      const found = await listCustomMetrics(c.var.services, c.var.actor)
      if (!found.ok) return problem(c, found.error)
      return c.json({ data: found.value.map(metricJson), next_cursor: null }, 200)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'post',
      path: BASE,
      summary: 'Make a metric of your own',
      description:
        'Minimal body: `{ "name": "Revenue after ads", "formula": "revenue - ad_spend" }`. The unit comes from the formula; ' +
        'what cannot be (money + orders) is refused with 422, `errors[].at` and `.length` naming the characters.',
      middleware: [write] as const,
      request: { body: jsonBody(wishSchema) },
      responses: { 201: jsonContent(metricSchema, 'Made'), ...problemResponses },
    }),
    async (c) => {
      const made = await createCustomMetric(c.var.services, c.var.actor, c.req.valid('json'))
      if (!made.ok) return problem(c, made.error)
      return c.json(metricJson(made.value), 201, { Location: `${BASE}/${made.value.id}` })
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'post',
      path: `${BASE}/preview`,
      summary: 'What a formula gives, on the last 90 days',
      description: 'Minimal body: `{ "formula": "revenue / orders" }`. Nothing is kept.',
      middleware: [read] as const,
      request: {
        body: jsonBody(wishSchema.partial().extend({ formula: z.string() })),
      },
      responses: {
        200: jsonContent(
          z.object({ unit: z.string(), words: z.string(), answer: metricAnswerSchema.extend({ unit }) }),
          'Its unit, the formula in words, and its values',
        ),
        ...problemResponses,
      },
    }),
    async (c) => {
      const tried = await previewFormula(c.var.services, c.var.actor, c.req.valid('json'))
      if (!tried.ok) return problem(c, tried.error)
      const { answer, program } = tried.value
      return c.json({ unit: answer.unit, words: program.words, answer }, 200)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'get',
      path: `${BASE}/{id}`,
      summary: 'Read a metric of your own, with its versions and where it is used',
      middleware: [read] as const,
      request: { params: idParam },
      responses: { 200: jsonContent(detailSchema, 'The metric'), ...problemResponses },
    }),
    async (c) => {
      const found = await readCustomMetric(c.var.services, c.var.actor, c.req.valid('param').id)
      return found.ok ? c.json(detailJson(found.value), 200) : problem(c, found.error)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'put',
      path: `${BASE}/{id}`,
      summary: 'Change a metric of your own',
      description:
        'What is left out stays. Each change is a version; changing an archived one brings it back.',
      middleware: [write] as const,
      request: { params: idParam, body: jsonBody(wishSchema.partial()) },
      responses: { 200: jsonContent(metricSchema, 'Changed'), ...problemResponses },
    }),
    async (c) => {
      const { services, actor } = c.var
      const changed = await changeCustomMetric(services, actor, c.req.valid('param').id, c.req.valid('json'))
      return changed.ok ? c.json(metricJson(changed.value), 200) : problem(c, changed.error)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'post',
      path: `${BASE}/{id}/restore`,
      summary: 'Bring an earlier version back',
      description: 'Minimal body: `{ "version": 1 }`. It becomes the newest version.',
      middleware: [write] as const,
      request: { params: idParam, body: jsonBody(z.strictObject({ version: z.number().int() })) },
      responses: { 200: jsonContent(metricSchema, 'Restored'), ...problemResponses },
    }),
    async (c) => {
      const { services, actor } = c.var
      const { version } = c.req.valid('json')
      const restored = await restoreCustomMetric(services, actor, c.req.valid('param').id, version)
      return restored.ok ? c.json(metricJson(restored.value), 200) : problem(c, restored.error)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'delete',
      path: `${BASE}/{id}`,
      summary: 'Archive a metric of your own',
      description: 'Refused with 409 while something uses it; `errors` names where.',
      middleware: [write] as const,
      request: { params: idParam },
      responses: { 204: { description: 'Archived' }, ...problemResponses },
    }),
    async (c) => {
      const archived = await archiveCustomMetric(c.var.services, c.var.actor, c.req.valid('param').id)
      return archived.ok ? c.body(null, 204) : problem(c, archived.error)
    },
  )

const metricJson = (row: CustomMetric) => ({
  id: row.id,
  key: row.key,
  name: row.name,
  description: row.description,
  formula: row.formula,
  unit: row.unit,
  less_is_better: row.lessIsBetter,
  version: row.version,
  created_by: row.createdBy,
  created_at: row.createdAt,
  updated_at: row.updatedAt,
  archived_at: row.archivedAt,
})

const detailJson = ({ metric, versions, uses, problem: why }: CustomMetricView) => ({
  ...metricJson(metric),
  problem: why,
  versions: versions.map(({ version, name, formula, unit: shown, changedBy, changedAt }) => ({
    version,
    name,
    formula,
    unit: shown,
    changed_by: changedBy,
    changed_at: changedAt,
  })),
  used_by: uses,
})
