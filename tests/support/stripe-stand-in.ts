/**
 * A stand-in for Stripe as a sender of webhooks: an account in which things happen, the events that tell of them as
 * snapshots of the object at that moment, and deliveries signed as docs.stripe.com/webhooks describes. Shares no code
 * or types with the product.
 *
 * As documented, Stripe delivers at least once and in no order; a delivery that is not answered with 2xx comes again.
 * What the documentation has a receiver refuse can be made with `forged`: a body that was changed on the way, another
 * secret, only the old scheme v0, no timestamp, and a timestamp more than 300 seconds from now.
 */

export interface StripeEvent {
  id: string
  object: 'event'
  api_version: string
  created: number
  livemode: boolean
  type: string
  data: { object: Record<string, unknown> }
}

export interface StripeDelivery {
  body: string
  headers: Record<string, string>
}

const BASIL = '2025-03-31.basil'
export const OLD_VERSION = '2022-11-15'

interface ChargeWish {
  id?: string
  amount: number
  currency?: string
  customer?: string | null
  email?: string | null
  name?: string | null
  country?: string | null
  description?: string | null
}

/** An account: each verb changes an object and answers the event that Stripe would send, dated `at` (seconds). */
export function stripeAccount(options: { version?: string } = {}) {
  const version = options.version ?? BASIL
  const objects = new Map<string, Record<string, unknown>>()
  let events = 0
  let ids = 0
  const freshId = (prefix: string) => `${prefix}_${String(++ids).padStart(6, '0')}`

  function tell(type: string, at: number, id: string, change: Record<string, unknown>): StripeEvent {
    const object = { ...objects.get(id), ...change }
    objects.set(id, object)
    events += 1
    return {
      id: `evt_${String(events).padStart(6, '0')}`,
      object: 'event',
      api_version: version,
      created: at,
      livemode: true,
      type,
      data: { object: structuredClone(object) },
    }
  }

  function charge(type: string, at: number, wish: ChargeWish, state: Record<string, unknown>): StripeEvent {
    const id = wish.id ?? freshId('ch')
    return tell(type, at, id, {
      id,
      object: 'charge',
      amount: wish.amount,
      amount_captured: wish.amount,
      amount_refunded: 0,
      balance_transaction: null,
      billing_details: {
        address: { city: null, country: wish.country ?? null, line1: null, postal_code: null, state: null },
        email: wish.email ?? null,
        name: wish.name ?? null,
        phone: null,
      },
      captured: true,
      created: at,
      currency: wish.currency ?? 'usd',
      customer: wish.customer ?? null,
      description: wish.description ?? null,
      disputed: false,
      livemode: true,
      paid: true,
      payment_intent: `pi_of_${id}`,
      receipt_email: null,
      refunded: false,
      status: 'succeeded',
      ...state,
    })
  }

  const refundEvent = (type: string, at: number, id: string, change: Record<string, unknown>) =>
    tell(type, at, id, change)

  return {
    objects,
    charged: (at: number, wish: ChargeWish) => charge('charge.succeeded', at, wish, {}),
    authorised: (at: number, wish: ChargeWish) =>
      charge('charge.succeeded', at, wish, { captured: false, amount_captured: 0 }),
    captured: (at: number, id: string) =>
      tell('charge.captured', at, id, { captured: true, amount_captured: objects.get(id)?.amount }),
    released: (at: number, id: string) =>
      tell('charge.refunded', at, id, { refunded: true, amount_refunded: objects.get(id)?.amount }),
    pending: (at: number, wish: ChargeWish) =>
      charge('charge.pending', at, wish, { status: 'pending', paid: false }),
    declined: (at: number, wish: ChargeWish) =>
      charge('charge.failed', at, wish, { status: 'failed', paid: false, failure_code: 'card_declined' }),
    updated: (at: number, id: string, change: Record<string, unknown> = {}) =>
      tell('charge.updated', at, id, change),

    /** A refund tells of itself and of its charge: two events. */
    refunded(
      at: number,
      chargeId: string,
      amount: number,
      refund: Record<string, unknown> = {},
    ): StripeEvent[] {
      const charged = objects.get(chargeId) as { amount: number; amount_refunded: number; currency: string }
      const total = charged.amount_refunded + amount
      const id = freshId('re')
      return [
        refundEvent('refund.created', at, id, {
          id,
          object: 'refund',
          amount,
          balance_transaction: `txn_of_${id}`,
          charge: chargeId,
          created: at,
          currency: charged.currency,
          reason: null,
          status: 'succeeded',
          ...refund,
        }),
        tell('charge.refunded', at, chargeId, { amount_refunded: total, refunded: total >= charged.amount }),
      ]
    },
    refundFailed: (at: number, id: string) => refundEvent('refund.failed', at, id, { status: 'failed' }),

    disputed(at: number, chargeId: string): StripeEvent {
      const charged = objects.get(chargeId) as { amount: number; currency: string }
      const id = freshId('dp')
      const { amount, currency } = charged
      const state = {
        id,
        object: 'dispute',
        amount,
        charge: chargeId,
        created: at,
        currency,
        status: 'needs_response',
      }
      return tell('charge.dispute.created', at, id, state)
    },
    disputeClosed: (at: number, id: string, status: 'won' | 'lost') =>
      tell('charge.dispute.closed', at, id, { status }),

    customer: (
      type: 'created' | 'updated' | 'deleted',
      at: number,
      id: string,
      change: Record<string, unknown> = {},
    ) =>
      tell(`customer.${type}`, at, id, {
        ...(type === 'created'
          ? { id, object: 'customer', created: at, address: null, email: null, name: null }
          : {}),
        ...change,
      }),

    invoice: (type: string, at: number, id: string, change: Record<string, unknown> = {}) =>
      tell(`invoice.${type}`, at, id, {
        ...(objects.has(id)
          ? {}
          : {
              id,
              object: 'invoice',
              amount_paid: 0,
              created: at,
              currency: 'usd',
              customer: null,
              customer_email: null,
              customer_name: null,
              due_date: null,
              number: null,
              status: 'draft',
              status_transitions: { finalized_at: null, paid_at: null },
              total: 0,
              ...(version === OLD_VERSION ? { tax: 0 } : { total_taxes: [] }),
            }),
        ...change,
      }),

    /** Prices as `[minor units, interval, count?, quantity?, usage?]`. */
    subscription: (
      type: 'created' | 'updated' | 'deleted',
      at: number,
      id: string,
      prices: [
        amount: number | string,
        interval: string,
        count?: number,
        quantity?: number,
        usage?: string,
      ][],
      change: Record<string, unknown> = {},
    ) => {
      const until = at + 30 * 86_400
      const item = ([
        amount,
        interval,
        count = 1,
        quantity = 1,
        usage = 'licensed',
      ]: (typeof prices)[number]) => ({
        object: 'subscription_item',
        quantity,
        ...(version === OLD_VERSION ? {} : { current_period_end: until }),
        price: {
          object: 'price',
          currency: 'usd',
          unit_amount: typeof amount === 'number' ? amount : null,
          unit_amount_decimal: String(amount),
          recurring: { interval, interval_count: count, usage_type: usage },
        },
      })
      return tell(`customer.subscription.${type}`, at, id, {
        id,
        object: 'subscription',
        created: objects.get(id)?.created ?? at,
        currency: 'usd',
        customer: 'cus_1',
        items: { object: 'list', data: prices.map(item) },
        start_date: at,
        status: type === 'deleted' ? 'canceled' : 'active',
        canceled_at: null,
        ended_at: type === 'deleted' ? at : null,
        ...(version === OLD_VERSION ? { current_period_end: until } : {}),
        ...change,
      })
    },

    payout: (type: 'created' | 'paid' | 'failed', at: number, id: string, amount: number) =>
      tell(`payout.${type}`, at, id, {
        id,
        object: 'payout',
        amount,
        arrival_date: Math.ceil(at / 86_400) * 86_400,
        automatic: true,
        currency: 'usd',
        status: type === 'created' ? 'pending' : type,
      }),

    /** An event of a type that nobody asked for. */
    other: (at: number, type: string, object: string) => tell(type, at, freshId('obj'), { id: 'x', object }),
  }
}

/** A delivery of the event at `nowMs`, signed with one secret, or with two while Stripe rolls them. */
export async function deliveryOf(
  event: StripeEvent,
  secrets: string[],
  nowMs: number,
): Promise<StripeDelivery> {
  return signed(JSON.stringify(event, null, 2), secrets, Math.floor(nowMs / 1000))
}

export type Forgery =
  | 'changed-body'
  | 'other-secret'
  | 'only-v0'
  | 'no-timestamp'
  | 'too-old'
  | 'from-the-future'

/** A delivery that a receiver must refuse. */
export async function forged(
  event: StripeEvent,
  secret: string,
  nowMs: number,
  how: Forgery,
): Promise<StripeDelivery> {
  const body = JSON.stringify(event, null, 2)
  const at = Math.floor(nowMs / 1000)
  if (how === 'too-old') return signed(body, [secret], at - 301)
  if (how === 'from-the-future') return signed(body, [secret], at + 301)
  if (how === 'other-secret') return signed(body, [`${secret}x`], at)
  const honest = await signed(body, [secret], at)
  if (how === 'changed-body') return { ...honest, body: body.replace('"amount": ', '"amount": 1') }
  const header = honest.headers['Stripe-Signature'] ?? ''
  const changed = how === 'only-v0' ? header.replace('v1=', 'v0=') : header.replace(/^t=\d+,/, '')
  return { ...honest, headers: { ...honest.headers, 'Stripe-Signature': changed } }
}

async function signed(body: string, secrets: string[], at: number): Promise<StripeDelivery> {
  const signatures = await Promise.all(secrets.map((secret) => hmac(secret, `${at}.${body}`)))
  return {
    body,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      'Stripe-Signature': `t=${at},${signatures.map((signature) => `v1=${signature}`).join(',')},v0=${'0'.repeat(64)}`,
    },
  }
}

async function hmac(secret: string, text: string): Promise<string> {
  const bytes = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytes.encode(secret), algorithm, false, ['sign'])
  const digest = new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes.encode(text)))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
