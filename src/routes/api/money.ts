/** Where the money is, over the API: the bridge, payouts with their movements, and links across sources. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import { linkMoney, listPayouts, readMoney, readPayout } from '../../modules/mini-foundry/index.ts'
import { moneyText } from '../../platform/money.ts'
import { createApi, jsonContent, pageOf, problemResponses } from './api.ts'

const tags = ['Mini Foundry: money']
const dayQuery = z.object({
  from: z.string().max(10).optional().openapi({ description: 'Without dates: the month before this one' }),
  to: z.string().max(10).optional().openapi({ description: 'At most 92 days after `from`' }),
  currency: z.string().max(3).optional(),
})
const keyShape = z.object({ source_id: z.string(), ext_id: z.string() })

const bridgeShape = z
  .object({
    from: z.string(),
    to: z.string(),
    currency: z.string(),
    steps: z.array(
      z.object({
        key: z.string(),
        amount: z.string().openapi({ description: 'Signed, as it adds to the sum before' }),
        is_sum: z.boolean(),
        count: z.number().int(),
      }),
    ),
    unmatched: z.object({
      orders: z.array(
        keyShape.extend({ day: z.string(), amount: z.string(), number: z.string().nullable() }),
      ),
      charges: z.array(keyShape.extend({ day: z.string(), amount: z.string() })),
      same_number: z
        .array(
          z.object({
            order: keyShape,
            charge: keyShape,
            number: z.string().nullable(),
            difference: z.string(),
          }),
        )
        .openapi({ description: 'Of the orders and charges above: same number, other amount' }),
      payouts: z.array(keyShape.extend({ day: z.string(), amount: z.string() })),
      deposits: z.array(keyShape.extend({ day: z.string(), amount: z.string() })),
    }),
  })
  .openapi('MoneyBridge')

const payoutShape = keyShape
  .extend({
    amount: z.string(),
    currency: z.string(),
    arrival_day: z.string(),
    status: z.string(),
    lines_total: z.string().nullable().openapi({ description: 'Null while its movements are not known' }),
    difference: z.string().nullable(),
    deposit: keyShape.extend({ day: z.string() }).nullable(),
  })
  .openapi('Payout')

const lineShape = keyShape.extend({
  kind: z.string(),
  day: z.string(),
  amount: z.string(),
  fee: z.string(),
  net: z.string(),
  payment_id: z.string().nullable(),
  order_id: z.string().nullable(),
  description: z.string().nullable(),
})

const bridge = createRoute({
  method: 'get',
  path: '/modules/mini-foundry/money/bridge',
  tags,
  summary: 'From sales to the bank, step by step',
  middleware: [requires('foundry:read')] as const,
  request: { query: dayQuery },
  responses: { 200: jsonContent(bridgeShape, 'The steps add up to each sum exactly'), ...problemResponses },
})

const payouts = createRoute({
  method: 'get',
  path: '/modules/mini-foundry/payouts',
  tags,
  summary: 'Payouts that arrive in a stretch of days, the newest first',
  middleware: [requires('foundry:read')] as const,
  request: { query: dayQuery },
  responses: { 200: jsonContent(pageOf(payoutShape), 'Payouts'), ...problemResponses },
})

const payout = createRoute({
  method: 'get',
  path: '/modules/mini-foundry/payouts/{source_id}/{ext_id}',
  tags,
  summary: 'One payout with its movements',
  middleware: [requires('foundry:read')] as const,
  request: { params: keyShape },
  responses: {
    200: jsonContent(payoutShape.extend({ lines: z.array(lineShape) }), 'The payout'),
    ...problemResponses,
  },
})

const link = createRoute({
  method: 'post',
  path: '/modules/mini-foundry/money/links',
  tags,
  summary: 'Say that two things belong together, or do not',
  description:
    'Minimal body: `{ "kind": "payout_deposit", "left": { "source_id", "ext_id" }, "right": { … } }`. `together: false` keeps them apart for good.',
  middleware: [requires('foundry:write')] as const,
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({
            kind: z.enum(['order_payment', 'payout_deposit']),
            left: z.strictObject({ source_id: z.string(), ext_id: z.string() }),
            right: z.strictObject({ source_id: z.string(), ext_id: z.string() }),
            together: z.boolean().optional(),
          }),
        },
      },
    },
  },
  responses: {
    201: jsonContent(z.object({ kind: z.string(), rule: z.string() }), 'Kept'),
    ...problemResponses,
  },
})

type Shown = Extract<Awaited<ReturnType<typeof listPayouts>>, { ok: true }>['value']['payouts'][number]

const payoutJson = (row: Shown, currency: string) => ({
  source_id: row.source_id,
  ext_id: row.ext_id,
  amount: moneyText(row.amount, currency),
  currency,
  arrival_day: row.day,
  status: row.status,
  lines_total: row.check.unknown ? null : moneyText(row.check.lines, currency),
  difference: row.check.unknown ? null : moneyText(row.check.difference, currency),
  deposit: row.deposit && {
    source_id: row.deposit.source_id,
    ext_id: row.deposit.ext_id,
    day: row.deposit.day,
  },
})

export const moneyApi = createApi()
  .openapi(bridge, async (c) => {
    const view = await readMoney(c.var.services, c.var.actor, c.req.valid('query'))
    if (!view.ok) return problem(c, view.error)
    const { range, currency, bridge: found } = view.value
    const money = (units: number) => moneyText(units, currency)
    const key = ({ source_id, ext_id }: { source_id: string; ext_id: string }) => ({ source_id, ext_id })
    const item = (row: { source_id: string; ext_id: string; day: string }, amount: number) => ({
      source_id: row.source_id,
      ext_id: row.ext_id,
      day: row.day,
      amount: money(amount),
    })
    return c.json(
      {
        ...range,
        currency,
        steps: found.steps.map(({ key, amount, isSum, count }) => ({
          key,
          amount: money(amount),
          is_sum: isSum,
          count,
        })),
        unmatched: {
          orders: found.unpaidSales
            .slice(0, 1000)
            .map((row) => ({ ...item(row, row.total), number: row.number })),
          charges: found.unknownCharges.slice(0, 1000).map((row) => item(row, row.amount)),
          same_number: found.namesakes.slice(0, 1000).map(({ sale, line, difference }) => ({
            order: key(sale),
            charge: key(line),
            number: sale.number,
            difference: money(difference),
          })),
          payouts: found.unmatchedPayouts.map((row) => item(row, row.amount)),
          deposits: found.unmatchedDeposits.map((row) => item(row, row.amount)),
        },
      },
      200,
    )
  })
  .openapi(payouts, async (c) => {
    const found = await listPayouts(c.var.services, c.var.actor, c.req.valid('query'))
    if (!found.ok) return problem(c, found.error)
    const { currency, payouts: rows } = found.value
    return c.json({ data: rows.map((row) => payoutJson(row, currency)), next_cursor: null }, 200)
  })
  .openapi(payout, async (c) => {
    const view = await readPayout(c.var.services, c.var.actor, c.req.valid('param'))
    if (!view.ok) return problem(c, view.error)
    const { currency } = view.value.payout
    const lines = view.value.lines.map((line) => ({
      source_id: line.source_id,
      ext_id: line.ext_id,
      kind: line.kind,
      day: line.day,
      amount: moneyText(line.amount, currency),
      fee: moneyText(line.fee, currency),
      net: moneyText(line.net, currency),
      payment_id: line.payment_ext_id,
      order_id: line.order_ext_id,
      description: line.description,
    }))
    return c.json({ ...payoutJson(view.value.payout, currency), lines }, 200)
  })
  .openapi(link, async (c) => {
    const kept = await linkMoney(c.var.services, c.var.actor, c.req.valid('json'))
    if (!kept.ok) return problem(c, kept.error)
    return c.json({ kind: kept.value.kind, rule: kept.value.rule }, 201)
  })
