/** Shopify's deliveries about records: proven by the app's secret, and hints only, so the record is fetched again. */
import * as z from 'zod'
import type { FactBatch } from '../../modules/mini-foundry/domain/facts.ts'
import { ok, type Result } from '../../platform/result.ts'
import type { Normalised, ReadContext, SourceEvent, SourceHooks } from '../../platform/source-reader.ts'
import type { ShopifyCalls } from './calls.ts'
import { HOOK_MAKE, HOOKS_THERE } from './documents.ts'
import { shopifyDelivery, shopifySigned } from './hook.ts'
import { tailOf } from './objects.ts'

const HOUR_MS = 3_600_000

/** Topic -> what is fetched again. */
const REFETCH: Record<string, 'orders' | 'customers'> = {
  'orders/create': 'orders',
  'orders/updated': 'orders',
  'orders/cancelled': 'orders',
  'orders/edited': 'orders',
  'orders/paid': 'orders',
  'orders/fulfilled': 'orders',
  'refunds/create': 'orders',
  'customers/create': 'customers',
  'customers/update': 'customers',
}
const GONE: Record<string, 'orders' | 'customers'> = {
  'orders/delete': 'orders',
  'customers/delete': 'customers',
}
const TOPICS = [...Object.keys(REFETCH), ...Object.keys(GONE), 'app/uninstalled']

const id = z.union([z.number(), z.string()]).transform(String)
const body = z.looseObject({
  id: id.optional(),
  order_id: id.optional(),
  /** `orders/edited` wraps it. */
  order_edit: z.looseObject({ order_id: id }).optional(),
  total_price: z.string().optional(),
  currency: z.string().optional(),
  customer: z.looseObject({ id: id.optional() }).nullish(),
  created_at: z.string().optional(),
  transactions: z
    .array(z.looseObject({ kind: z.string(), amount: z.string(), currency: z.string().optional() }))
    .optional(),
})
type Body = z.infer<typeof body>

export function shopifyHooks(calls: ShopifyCalls): SourceHooks<FactBatch> {
  return {
    async verify(text, headers, secrets, nowMs) {
      const claim = shopifyDelivery(headers)
      if (!claim) return 'malformed'
      if (!(await shopifySigned(text, headers, secrets))) return 'signature'
      const triggered = Date.parse(headers.get('X-Shopify-Triggered-At') ?? '')
      const createdMs = Number.isNaN(triggered) ? nowMs : triggered
      // the id alone does not say what the body is
      return [{ id: `${claim.topic}:${claim.id}`, type: claim.topic, createdMs }]
    },
    accounts: (_text, headers) => {
      const claim = shopifyDelivery(headers)
      return claim ? [claim.shop] : []
    },
    read(text, eventId, context) {
      const topic = eventId.slice(0, eventId.indexOf(':'))
      const told = body.parse(JSON.parse(text))
      const stream = REFETCH[topic]
      const record = told.order_edit?.order_id ?? (topic === 'refunds/create' ? told.order_id : told.id)
      const happenedMs =
        told.created_at && topic.endsWith('/create') ? Date.parse(told.created_at) : context.now
      const events = record ? eventsOf(topic, told, record) : []
      const facts: Normalised<FactBatch> = { batch: {}, events, refused: [], drift: [] }
      if (stream && record) return { happenedMs, facts, refetch: [{ stream, ids: [record] }] }
      const gone = GONE[topic]
      if (!gone || !record) return null
      return { happenedMs, facts: { ...facts, batch: removal(gone, record, context.now) }, refetch: [] }
    },
    subscribe: (context, url) => subscribe(calls, context, url),
  }
}

/** What others listen for; amounts as Shopify writes them. */
function eventsOf(topic: string, told: Body, record: string): SourceEvent[] {
  const amount = told.total_price ?? '0'
  const currency = told.currency ?? ''
  const customer_id = told.customer?.id ?? null
  switch (topic) {
    case 'orders/create':
      return [
        {
          type: 'order.created',
          payload: { payment_id: record, order_id: record, amount, currency, customer_id },
        },
      ]
    case 'orders/paid':
      return [{ type: 'payment.received', payload: { payment_id: record, amount, currency, customer_id } }]
    case 'orders/cancelled':
      return [{ type: 'order.cancelled', payload: { order_id: record, amount, currency, customer_id } }]
    case 'orders/fulfilled':
      return [{ type: 'order.fulfilled', payload: { order_id: record, amount, currency, customer_id } }]
    case 'refunds/create': {
      const back = told.transactions?.filter(({ kind }) => kind === 'refund') ?? []
      const sum = back.reduce((all, { amount: part }) => all + Math.round(Number(part) * 100), 0)
      const payload = {
        refund_id: told.id ?? record,
        payment_id: record,
        amount: (sum / 100).toFixed(2),
        currency: back[0]?.currency ?? currency,
      }
      return [{ type: 'refund.created', payload }]
    }
    case 'customers/create':
      return [{ type: 'customer.created', payload: { customer_id: record } }]
    default:
      return []
  }
}

/** A tombstone lands only over what is there: its other fields are never seen. */
function removal(stream: 'orders' | 'customers', extId: string, now: number): FactBatch {
  const deletedAt = new Date(now).toISOString()
  if (stream === 'customers')
    return { customers: [{ extId: tailOf(extId), srcUpdatedAt: now + HOUR_MS, deletedAt }] }
  return {
    orders: [
      {
        extId: tailOf(extId),
        srcUpdatedAt: now + HOUR_MS,
        deletedAt,
        businessDay: deletedAt.slice(0, 10),
        currency: '',
        status: 'cancelled',
        net: 0,
        tax: 0,
        shipping: 0,
        lines: 0,
        completeAt: now,
      },
    ],
  }
}

const there = z.object({
  webhookSubscriptions: z.object({ nodes: z.array(z.object({ topic: z.string() })) }),
})
const made = z.object({
  webhookSubscriptionCreate: z.object({ userErrors: z.array(z.object({ message: z.string() })) }),
})

/** Subscriptions that are missing are made; Shopify deletes one after too many failures, so this is repeated daily. */
async function subscribe(
  calls: ShopifyCalls,
  context: ReadContext,
  url: string,
): Promise<Result<{ secret: string | null }>> {
  const known = await calls.ask(HOOKS_THERE, { uri: url }, context, there)
  if (!known.ok) return known
  const have = new Set(known.value.webhookSubscriptions.nodes.map(({ topic }) => topic))
  for (const topic of TOPICS.map((name) => name.toUpperCase().replace('/', '_'))) {
    if (have.has(topic)) continue
    const answer = await calls.ask(HOOK_MAKE, { topic, uri: url }, context, made)
    if (!answer.ok) return answer
  }
  // the secret is the app's own
  return ok({ secret: null })
}
