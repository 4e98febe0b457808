/** Targets with their pace over the API. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import { readTargets, setTarget, type TargetView } from '../../modules/mini-foundry/index.ts'
import { bearer, createApi, jsonContent, pageOf, problemResponses } from './api.ts'

const BASE = '/modules/mini-foundry/targets'
const common = { tags: ['Mini Foundry: metrics'], security: bearer }

const targetSchema = z
  .object({
    metric: z.string(),
    granularity: z.enum(['month', 'quarter', 'year']),
    period: z.string().openapi({ description: 'First day of the period' }),
    until: z.string(),
    target: z.string(),
    value: z.number().nullable().openapi({ description: 'So far, today included' }),
    unit: z.string(),
    currency: z.string().nullable(),
    pace: z
      .object({
        state: z.enum(['ahead', 'on_track', 'behind', 'reached', 'missed']),
        share_percent: z.number(),
        actual: z.number().openapi({ description: 'Of whole days, without today' }),
        expected: z.number(),
        ahead: z.number(),
        needed_per_day: z.number().nullable(),
        days_left: z.number().int(),
        projected: z.number().nullable(),
        shape: z.enum(['year_before', 'weekdays', 'even']),
      })
      .nullable()
      .openapi({ description: 'Null for rates and balances: their days do not add up' }),
    updated_at: z.string(),
  })
  .openapi('MetricTarget')

export const targetsApi = createApi()
  .openapi(
    createRoute({
      ...common,
      method: 'get',
      path: BASE,
      summary: 'Targets and how they stand',
      middleware: [requires('foundry:read')] as const,
      request: { query: z.object({ metric: z.string().max(60).optional() }) },
      responses: { 200: jsonContent(pageOf(targetSchema), 'The latest periods first'), ...problemResponses },
    }),
    async (c) => {
      const found = await readTargets(c.var.services, c.var.actor, c.req.valid('query').metric ?? null)
      if (!found.ok) return problem(c, found.error)
      return c.json({ data: found.value.map(targetJson), next_cursor: null }, 200)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'put',
      path: BASE,
      summary: 'Set a target, or take it away',
      description:
        'Minimal body: `{ "metric": "revenue", "value": "25000" }`, for the month that runs. `value: null` takes it away.',
      middleware: [requires('foundry:write')] as const,
      request: {
        body: {
          required: true,
          content: {
            'application/json': {
              schema: z.strictObject({
                metric: z.string(),
                granularity: z.enum(['month', 'quarter', 'year']).optional(),
                period: z.string().nullish().openapi({ description: 'Any day of the period' }),
                value: z.union([z.string(), z.number()]).nullable(),
              }),
            },
          },
        },
      },
      responses: {
        200: jsonContent(targetSchema, 'Set'),
        204: { description: 'Taken away' },
        ...problemResponses,
      },
    }),
    async (c) => {
      const set = await setTarget(c.var.services, c.var.actor, c.req.valid('json'))
      if (!set.ok) return problem(c, set.error)
      return set.value ? c.json(targetJson(set.value), 200) : c.body(null, 204)
    },
  )

const cents = (value: number): number => Math.round(value * 100) / 100

const targetJson = ({ target, metric, range, value, currency, pace }: TargetView) => ({
  metric: target.metric,
  granularity: target.granularity,
  period: target.period,
  until: range.to,
  target: target.value,
  value,
  unit: metric.unit,
  currency,
  pace: pace && {
    state: pace.state,
    share_percent: cents(pace.share * 100),
    actual: cents(pace.actual),
    expected: cents(pace.expected),
    ahead: cents(pace.ahead),
    needed_per_day: pace.neededPerDay === null ? null : cents(pace.neededPerDay),
    days_left: pace.daysLeft,
    projected: pace.projected === null ? null : cents(pace.projected),
    shape: pace.shape,
  },
  updated_at: target.updatedAt,
})
