/** Why a figure moved, over the API. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import { whyMoved } from '../../modules/mini-foundry/index.ts'
import { moneyText } from '../../platform/money.ts'
import { createApi, jsonContent, problemResponses } from './api.ts'

const amount = z
  .union([z.string(), z.number()])
  .openapi({ description: 'Decimal text for money, a number for counts' })
const rangeShape = z.object({ from: z.string(), to: z.string() })

const why = createRoute({
  method: 'get',
  path: '/modules/mini-foundry/why',
  tags: ['Mini Foundry: metrics'],
  summary: 'The change of a figure between two ranges, split into parts that add up to it',
  description: 'Without parameters: revenue of the last 30 days against the 30 before, by product.',
  middleware: [requires('foundry:read')] as const,
  request: {
    query: z.object({
      metric: z.string().optional().openapi({ description: 'revenue, net_revenue or orders' }),
      from: z.string().optional(),
      to: z.string().optional(),
      compare: z
        .string()
        .optional()
        .openapi({ description: 'previous_period, previous_year or same_weekday' }),
      by: z.string().optional().openapi({
        description: 'product, category, channel, country, region, source or customer (new or returning)',
      }),
      book: z.string().optional(),
    }),
  },
  responses: {
    200: jsonContent(
      z
        .object({
          metric: z.string(),
          by: z.string(),
          range: rangeShape,
          before: rangeShape,
          currency: z.string().nullable(),
          total: z.object({ now: amount, before: amount, change: amount }),
          parts: z.array(
            z.object({
              value: z.string(),
              label: z.string(),
              now: amount,
              before: amount,
              change: amount,
              state: z.enum(['new', 'gone', 'both']),
            }),
          ),
          effects: z
            .object({ volume: amount, mix: amount, price: amount, arrived: amount, left: amount })
            .nullable(),
          unconverted: z.array(z.string()),
        })
        .openapi('WhyMoved'),
      'For money, the parts and the effects each add up to the change (rounded only here)',
    ),
    ...problemResponses,
  },
})

export const whyApi = createApi().openapi(why, async (c) => {
  const found = await whyMoved(c.var.services, c.var.actor, c.req.valid('query'))
  if (!found.ok) return problem(c, found.error)
  const { metric, by, range, before, currency, total, parts, effects, unconverted } = found.value
  const shown = (value: number) => (currency ? moneyText(value, currency) : value)
  return c.json(
    {
      metric,
      by,
      range,
      before,
      currency,
      total: { now: shown(total.now), before: shown(total.before), change: shown(total.change) },
      parts: parts.map((part) => ({
        ...part,
        now: shown(part.now),
        before: shown(part.before),
        change: shown(part.change),
      })),
      effects: effects && {
        volume: shown(effects.volume),
        mix: shown(effects.mix),
        price: shown(effects.price),
        arrived: shown(effects.arrived),
        left: shown(effects.left),
      },
      unconverted,
    },
    200,
  )
})
