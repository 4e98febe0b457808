/** `GET /modules/mini-foundry/metrics`: figures over a range, by period, by group and against another range. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import { METRICS, queryMetrics } from '../../modules/mini-foundry/index.ts'
import { bearer, createApi, jsonContent, problemResponses } from './api.ts'

const value = z.union([z.string(), z.number()]).nullable()
const point = z.object({ period: z.string().openapi({ description: 'First day of the period' }), value })

/** One metric's answer; shared with dashboards. */
export const metricAnswerSchema = z
  .object({
    metric: z.string(),
    unit: z.enum(['money', 'count', 'ratio']),
    currency: z.string().nullable(),
    total: value,
    series: z.array(point),
    groups: z
      .array(
        z.object({
          value: z.string(),
          label: z.string(),
          total: value,
          compare: z.object({ total: value, change_percent: z.number().nullable() }).optional(),
        }),
      )
      .optional(),
    compare: z
      .object({
        from: z.string(),
        to: z.string(),
        total: value,
        series: z.array(point),
        change_percent: z.number().nullable(),
      })
      .optional(),
    unconverted: z.array(z.object({ currency: z.string(), total: value })).optional(),
  })
  .openapi('MetricAnswer')

const route = createRoute({
  method: 'get',
  path: '/modules/mini-foundry/metrics',
  tags: ['Mini Foundry'],
  summary: 'Metrics over a range',
  description:
    'Money is decimal text in the currency of the workspace, counts are numbers, `null` is no value. `customers` is ' +
    'distinct over the range, not a sum of its periods. Without dates: the last 30 days. Send the ETag back as ' +
    'If-None-Match: 304 while neither data nor question changed.',
  security: bearer,
  middleware: [requires('foundry:read')] as const,
  request: {
    query: z.strictObject({
      metrics: z.string().max(300).optional().openapi({ example: 'revenue,orders,customers' }),
      from: z.string().optional().openapi({ example: '2016-01-01' }),
      to: z.string().optional().openapi({ example: '2016-12-31' }),
      granularity: z.string().optional().openapi({ description: 'day, week, month, quarter or year' }),
      compare: z
        .string()
        .optional()
        .openapi({ description: 'previous_period, previous_year or same_weekday' }),
      group_by: z
        .string()
        .optional()
        .openapi({ description: 'source, channel, country, region, category or product' }),
      filter: z.string().max(300).optional().openapi({ example: 'country:US' }),
      book: z.string().optional().openapi({ description: 'order_date (default) or event_date' }),
    }),
    headers: z.object({ 'if-none-match': z.string().optional() }),
  },
  responses: {
    200: jsonContent(
      z.object({ data: z.array(metricAnswerSchema), data_version: z.number().int() }),
      'The answers',
    ),
    304: { description: 'Unchanged' },
    ...problemResponses,
  },
})

const catalogueRoute = createRoute({
  method: 'get',
  path: '/modules/mini-foundry/metrics/catalogue',
  tags: ['Mini Foundry'],
  summary: 'What each metric means',
  security: bearer,
  middleware: [requires('foundry:read')] as const,
  responses: {
    200: jsonContent(
      z.object({
        data: z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            unit: z.string(),
            formula: z.string(),
            note: z.string(),
          }),
        ),
        next_cursor: z.string().nullable(),
      }),
      'All metrics',
    ),
    ...problemResponses,
  },
})

export const metricsApi = createApi()

metricsApi.openapi(route, async (c) => {
  const known = c.req.valid('header')['if-none-match'] ?? null
  const result = await queryMetrics(c.var.services, c.var.actor, c.req.valid('query'), known)
  if (!result.ok) return problem(c, result.error)
  const headers = {
    ETag: result.value.etag,
    'Cache-Control': 'private, no-cache',
    Vary: 'Authorization, Cookie',
  }
  if (result.value.unchanged) return c.body(null, 304, headers)
  return c.json({ data: result.value.data, data_version: result.value.data_version }, 200, headers)
})

metricsApi.openapi(catalogueRoute, (c) => {
  const data = Object.values(METRICS).map(({ id, name, unit, formula, note }) => ({
    id,
    name,
    unit,
    formula,
    note,
  }))
  return c.json({ data, next_cursor: null }, 200)
})
