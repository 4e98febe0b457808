/**
 * A shop's deliveries: `X-WC-Webhook-Signature` is base64 HMAC-SHA256 of the body with the webhook's secret. They say that
 * something changed; the record is fetched again, because a delivery may be late and tells a refund only by its number.
 */
import * as z from 'zod'
import type { FactBatch } from '../../modules/mini-foundry/domain/facts.ts'
import { hmacSha256Base64, hmacSha256Hex, sameText, sha256Hex } from '../../platform/crypto/digest.ts'
import { fail, ok, type Result } from '../../platform/result.ts'
import type { ReadContext, SourceEvent, SourceHooks } from '../../platform/source-reader.ts'
import { kept } from '../consent.ts'
import type { WooCalls } from './calls.ts'
import { listAll } from './list.ts'
import { recordSchema } from './page.ts'

/** Topic -> what is fetched again. */
const REFETCH: Readonly<Record<string, 'orders' | 'products' | 'customers'>> = {
  'order.created': 'orders',
  'order.updated': 'orders',
  'order.deleted': 'orders',
  'order.restored': 'orders',
  'product.created': 'products',
  'product.updated': 'products',
  'product.deleted': 'products',
  'customer.created': 'customers',
  'customer.updated': 'customers',
  'customer.deleted': 'customers',
}

/** Statuses under which nothing was ordered, or no longer is. */
const NOT_PLACED = /draft|^(new|failed|cancelled|trash)$/

const id = z.number().int().nonnegative()
const bodySchema = z.looseObject({
  id: id.positive(),
  /** Of a variation: the product it is one of. */
  parent_id: id.optional(),
  status: z.string().optional(),
  total: z.string().optional(),
  currency: z.string().optional(),
  customer_id: id.optional(),
  billing: z.looseObject({ email: z.string().optional() }).nullish().catch(null),
  date_created_gmt: z.string().nullish(),
  date_paid_gmt: z.string().nullish(),
})
type Body = z.infer<typeof bodySchema>

export function woocommerceHooks(calls: WooCalls): SourceHooks<FactBatch> {
  return {
    async verify(body, headers, secrets, nowMs) {
      const given = headers.get('X-WC-Webhook-Signature') ?? ''
      let holds = false
      for (const secret of secrets)
        if (secret && sameText(given, await hmacSha256Base64(secret, body))) holds = true
      if (!holds) return 'signature'
      const topic = headers.get('X-WC-Webhook-Topic') ?? ''
      const delivery = headers.get('X-WC-Webhook-Delivery-ID') ?? ''
      if (!/^[\w.-]{1,80}$/.test(topic) || !/^[\w-]{1,80}$/.test(delivery)) return 'malformed'
      if (!bodySchema.safeParse(parsed(body)).success) return 'malformed'
      // WooCommerce makes a delivery's id of the second and the webhook: two of one second share it
      const digest = (await sha256Hex(body)).slice(0, 16)
      return [{ id: `${topic}:${delivery}:${digest}`, type: topic, createdMs: nowMs }]
    },

    read(text, eventId, { now }) {
      const topic = eventId.slice(0, eventId.indexOf(':'))
      const stream = REFETCH[topic]
      if (!stream) return null
      const body = bodySchema.parse(JSON.parse(text))
      const record = stream === 'products' && body.parent_id ? body.parent_id : body.id
      const created = Date.parse(`${body.date_created_gmt ?? ''}Z`)
      const isNew = topic.endsWith('.created') && !Number.isNaN(created)
      return {
        happenedMs: isNew ? created : now,
        facts: { batch: {}, events: eventsOf(topic, body), refused: [], drift: [] },
        refetch: [{ stream, ids: [String(record)] }],
      }
    },

    subscribe: (context, url) => subscribe(calls, context, url),
  }
}

/** What others listen for; amounts as the shop writes them. */
function eventsOf(topic: string, body: Body): SourceEvent[] {
  if (topic === 'customer.created')
    return [{ type: 'customer.created', payload: { customer_id: String(body.id) } }]
  if (topic !== 'order.created' || NOT_PLACED.test(body.status ?? '')) return []
  const order_id = String(body.id)
  const payload = {
    payment_id: order_id,
    amount: body.total ?? '0',
    currency: body.currency ?? '',
    customer_id: body.customer_id ? String(body.customer_id) : body.billing?.email?.toLowerCase() || null,
  }
  const placed = { type: 'order.created', payload: { ...payload, order_id } }
  return body.date_paid_gmt ? [placed, { type: 'payment.received', payload }] : [placed]
}

const hookSchema = z.looseObject({
  id: id.positive(),
  name: z.string().default(''),
  status: z.string(),
  topic: z.string(),
  delivery_url: z.string(),
})
const HOOKS = { path: 'webhooks', fields: 'id,name,status,topic,delivery_url' }

/**
 * Makes what is missing and wakes what the shop put to sleep after failures. The secret follows from the key's own, so
 * that the same key always gives the same; which secret a webhook has is seen by its name.
 */
async function subscribe(
  calls: WooCalls,
  context: ReadContext,
  url: string,
): Promise<Result<{ secret: string | null }>> {
  const secret = await hmacSha256Hex(kept(context.credentials, 'secret'), `webhook ${url}`)
  const mark = (await sha256Hex(secret)).slice(0, 8)
  const rows = await listAll(calls, HOOKS, context)
  if (!rows.ok) return rows
  const known = z.array(hookSchema).safeParse(rows.value)
  if (!known.success) return fail('unavailable', 'shop-not-json', 'The list of webhooks cannot be read.')
  const ours = known.data.filter(({ delivery_url }) => delivery_url === url)
  for (const topic of Object.keys(REFETCH)) {
    const there = ours.find((hook) => hook.topic === topic)
    const name = `SMB Command ${topic} ${mark}`
    if (there?.status === 'active' && there.name === name) continue
    const wanted = { name, topic, delivery_url: url, secret, status: 'active' }
    const made = there
      ? await calls.ask({ path: `webhooks/${there.id}`, method: 'PUT', body: wanted }, recordSchema, context)
      : await calls.ask({ path: 'webhooks', method: 'POST', body: wanted }, recordSchema, context)
    if (!made.ok) return made
  }
  return ok({ secret })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
