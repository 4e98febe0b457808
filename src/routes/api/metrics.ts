/** `GET /modules/mini-foundry/metrics`: figures over a range, by period, by group and against another range. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import { catalogue, forecastMetric, queryMetrics } from '../../modules/mini-foundry/index.ts'
import { bearer, createApi, jsonContent, problemResponses } from './api.ts'

const value = z.union([z.string(), z.number()]).nullable()
const unit = z.enum(['money', 'count', 'ratio', 'percent', 'days', 'hours']).openapi({
  description: 'money: decimal text; percent: 0 to 100; ratio, count, days, hours: numbers',
})
const point = z.object({ period: z.string().openapi({ description: 'First day of the period' }), value })

const comparison = z.object({
  from: z.string(),
  to: z.string(),
  total: value,
  series: z.array(point),
  change_percent: z.number().nullable(),
  holiday: z.string().optional().openapi({ description: 'The holiday that lies on itself a year before' }),
})

/** One metric's answer; shared with dashboards. */
export const metricAnswerSchema = z
  .object({
    metric: z.string(),
    name: z.string(),
    unit,
    currency: z.string().nullable(),
    less_is_better: z.literal(true).optional(),
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
    compare: comparison.optional(),
    comparisons: z
      .array(comparison.extend({ comparison: z.string() }))
      .optional()
      .openapi({ description: 'All of them, when several were asked for; the first is `compare` too' }),
    unconverted: z.array(z.object({ currency: z.string(), total: value })).optional(),
    refused: z
      .string()
      .optional()
      .openapi({ description: 'On dashboards: why it cannot be split or filtered so' }),
    missing: z
      .string()
      .optional()
      .openapi({ description: 'Why the total is null: what is divided by 0, what nothing is known of' }),
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
      metrics: z.string().max(1200).optional().openapi({ example: 'revenue,orders,customers' }),
      from: z.string().optional().openapi({ example: '2016-01-01' }),
      to: z.string().optional().openapi({ example: '2016-12-31' }),
      granularity: z.string().optional().openapi({ description: 'day, week, month, quarter or year' }),
      compare: z.string().optional().openapi({
        description: 'previous_period, previous_year, same_weekday or holiday; several with commas',
      }),
      group_by: z.string().optional().openapi({
        description:
          'source, channel, country, region, category or product; campaign, movement, expense_category where the metric has it',
      }),
      filter: z
        .union([z.string().max(300), z.array(z.string().max(300)).max(5)])
        .optional()
        .openapi({ example: 'country:US', description: 'dimension:value; repeat it for several' }),
      book: z.string().optional().openapi({ description: 'order_date (default) or event_date' }),
      as_of: z.string().optional().openapi({
        description:
          'A past day: only what had happened by its end, before later refunds, edits and payments',
        example: '2016-12-31',
      }),
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
            group: z.string(),
            unit,
            formula: z.string(),
            meaning: z.string(),
            note: z.string(),
            less_is_better: z.boolean(),
            dimensions: z.array(z.string()),
            needs: z.array(z.string()),
            forecast: z.boolean(),
            custom: z.boolean(),
          }),
        ),
        next_cursor: z.string().nullable(),
      }),
      'All metrics',
    ),
    ...problemResponses,
  },
})

const forecastRoute = createRoute({
  method: 'get',
  path: '/modules/mini-foundry/metrics/{metric}/forecast',
  tags: ['Mini Foundry'],
  summary: 'What a metric will probably do',
  description:
    'Day by day after the last whole day, with the range that held four of five days, and how wrong the same method ' +
    'was at earlier days. Only metrics whose days add up; 422 in words when the history is too short.',
  security: bearer,
  middleware: [requires('foundry:read')] as const,
  request: {
    params: z.object({ metric: z.string().max(60).openapi({ example: 'revenue' }) }),
    query: z.strictObject({
      horizon_days: z.coerce.number().int().min(1).max(365).default(28),
      filter: z.string().max(300).optional().openapi({ example: 'country:US' }),
    }),
  },
  responses: {
    200: jsonContent(
      z
        .object({
          metric: z.string(),
          name: z.string(),
          unit,
          currency: z.string().nullable(),
          until: z.string(),
          horizon_days: z.number().int(),
          total: value,
          points: z.array(z.object({ day: z.string(), value, low: value, high: value })),
          seasons: z.array(z.enum(['week', 'year'])),
          history_days: z.number().int(),
          backtest: z.object({
            rounds: z.number().int(),
            day_error_percent: z.number().nullable(),
            total_error_percent: z.number().nullable(),
          }),
        })
        .openapi('MetricForecast'),
      'The forecast',
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

metricsApi.openapi(catalogueRoute, async (c) => {
  const result = await catalogue(c.var.services, c.var.actor)
  return result.ok ? c.json({ data: result.value, next_cursor: null }, 200) : problem(c, result.error)
})

metricsApi.openapi(forecastRoute, async (c) => {
  const { horizon_days, filter } = c.req.valid('query')
  const { metric } = c.req.valid('param')
  const result = await forecastMetric(c.var.services, c.var.actor, metric, {
    horizonDays: horizon_days,
    filter,
  })
  return result.ok ? c.json(result.value, 200) : problem(c, result.error)
})
