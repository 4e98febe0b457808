/** The rows behind a metric, over the API. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import { readReceipt } from '../../modules/mini-foundry/index.ts'
import { bearer, createApi, jsonContent, problemResponses } from './api.ts'

const value = z.union([z.string(), z.number()]).nullable()
const amount = z.union([z.string(), z.number()])

const row = z
  .object({
    day: z.string(),
    source_id: z.string(),
    source: z.string().nullable(),
    kind: z.string().openapi({ description: 'sale, refund, order, payment, invoice, ...', example: 'sale' }),
    id: z.string().openapi({ description: 'The id at its source' }),
    name: z.string(),
    detail: z.string().nullable(),
    amount: amount.openapi({
      description: 'In its own currency, to the last known decimal; counts as numbers',
    }),
    currency: z.string().nullable(),
    rate: z.number().nullable().openapi({ description: 'Into the currency of the workspace' }),
    value: value.openapi({ description: 'What it adds to the measure; null: no rate, left out' }),
  })
  .openapi('MetricRow')

const receipt = z
  .object({
    metric: z.string(),
    name: z.string(),
    unit: z.string(),
    currency: z.string(),
    total: value,
    formula: z.string(),
    unconverted: z.array(z.object({ currency: z.string(), total: value })),
    left_out: z.string(),
    measures: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        note: z.string(),
        unit: z.string(),
        value,
        basis: z.string().openapi({ description: 'What its rows are' }),
        has_rows: z.boolean(),
      }),
    ),
    measure: z.string().nullable().openapi({ description: 'Whose rows these are' }),
    from: z.string(),
    to: z.string(),
    book: z.string(),
    as_of: z.string().nullable(),
    time_zone: z.string(),
    stale: z.boolean().openapi({ description: 'Data is being added up right now' }),
    added: z
      .object({
        rows: z.number().int(),
        value,
        agrees: z.boolean(),
        by_source: z.array(z.object({ source_id: z.string(), rows: z.number().int(), value })),
      })
      .nullable()
      .openapi({ description: 'All rows added up; on the first page only' }),
    rates: z.array(z.object({ currency: z.string(), day: z.string(), rate: z.number().nullable() })),
    sources: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        last_sync_at: z.string().nullable(),
        counts_as_sales: z.boolean(),
      }),
    ),
  })
  .openapi('MetricReceipt')

const route = createRoute({
  method: 'get',
  path: '/modules/mini-foundry/metrics/{metric}/rows',
  tags: ['Mini Foundry'],
  summary: 'The rows behind a metric',
  description:
    'Every record that a figure is added up from, oldest first, measure by measure: the sum of `value` over all pages is ' +
    'the value of the measure, and the formula over the measures is the metric. Without dates: the last 30 days.',
  security: bearer,
  middleware: [requires('foundry:read')] as const,
  request: {
    params: z.object({ metric: z.string().max(60).openapi({ example: 'revenue' }) }),
    query: z.strictObject({
      from: z.string().optional().openapi({ example: '2026-01-01' }),
      to: z.string().optional().openapi({ example: '2026-01-31' }),
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
      measure: z
        .string()
        .max(60)
        .optional()
        .openapi({ description: 'One measure of the formula; the first when left out' }),
      cursor: z.string().max(2000).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50).optional(),
    }),
  },
  responses: {
    200: jsonContent(
      z.object({ data: z.array(row), next_cursor: z.string().nullable(), receipt }),
      'A page of rows',
    ),
    ...problemResponses,
  },
})

export const receiptsApi = createApi()

receiptsApi.openapi(route, async (c) => {
  const { metric } = c.req.valid('param')
  const found = await readReceipt(c.var.services, c.var.actor, { ...c.req.valid('query'), metric })
  if (!found.ok) return problem(c, found.error)
  const {
    answer,
    metric: of,
    measure,
    measures,
    range,
    book,
    as_of,
    sources,
    rows,
    next_cursor,
    ...rest
  } = found.value
  const { time_zone, currency, stale, added, rates } = rest
  return c.json(
    {
      data: rows,
      next_cursor,
      receipt: {
        ...{ metric: of.id, name: of.name, unit: answer.unit, currency, total: answer.total },
        ...{ formula: of.formula, unconverted: answer.unconverted ?? [], left_out: of.note },
        ...{ measures, measure: measure?.id ?? null, ...range, book, as_of, time_zone, stale, added, rates },
        sources: sources.map(({ id, name, last_sync_at, counts_as_sales }) => ({
          ...{ id, name, last_sync_at, counts_as_sales: counts_as_sales === 1 },
        })),
      },
    },
    200,
  )
})
