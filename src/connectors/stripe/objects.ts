/** The parts of Stripe's objects that we read, in the shapes of old and new API versions. Hostile until parsed. */
import * as z from 'zod'

const idOf = z.union([z.string(), z.object({ id: z.string() }).transform((value) => value.id)]).nullish()
const seconds = z.number().int().nonnegative().max(32_503_680_000)
const amount = z.number().int()
const currency = z.string().regex(/^[a-z]{3}$/i)
/** Free text of people: kept short, never refused. */
const words = z
  .string()
  .transform((text) => text.trim().slice(0, 200) || null)
  .nullish()
const address = z.object({ country: words, state: words, city: words }).nullish()
const balanceTransaction = z
  .union([z.string(), z.object({ fee: amount, currency, exchange_rate: z.number().positive().nullish() })])
  .nullish()

export const chargeSchema = z.object({
  object: z.literal('charge'),
  id: z.string(),
  amount: amount.nonnegative(),
  amount_captured: amount.nonnegative().nullish(),
  amount_refunded: amount.nonnegative().default(0),
  refunded: z.boolean().default(false),
  captured: z.boolean().default(true),
  currency,
  created: seconds,
  customer: idOf,
  disputed: z.boolean().default(false),
  status: z.enum(['succeeded', 'pending', 'failed']),
  description: words,
  receipt_email: words,
  balance_transaction: balanceTransaction,
  billing_details: z.object({ email: words, name: words, address }).nullish(),
})
export type Charge = z.infer<typeof chargeSchema>

export const refundSchema = z.object({
  object: z.literal('refund'),
  id: z.string(),
  amount: amount.nonnegative(),
  charge: idOf,
  currency,
  created: seconds,
  status: z.enum(['pending', 'requires_action', 'succeeded', 'failed', 'canceled']).nullish(),
  balance_transaction: balanceTransaction,
})
export type Refund = z.infer<typeof refundSchema>

export const disputeSchema = z.object({
  object: z.literal('dispute'),
  id: z.string(),
  amount: amount.nonnegative(),
  charge: idOf,
  currency,
  created: seconds,
  status: z.string(),
})
export type Dispute = z.infer<typeof disputeSchema>

export const invoiceSchema = z.object({
  object: z.literal('invoice'),
  id: z.string().nullish(),
  number: words,
  customer: idOf,
  customer_name: words,
  customer_email: words,
  status: z.enum(['draft', 'open', 'paid', 'void', 'uncollectible']).nullish(),
  currency,
  total: amount,
  amount_paid: amount.default(0),
  amount_remaining: amount.nullish(),
  created: seconds,
  due_date: seconds.nullish(),
  status_transitions: z.object({ finalized_at: seconds.nullish(), paid_at: seconds.nullish() }).nullish(),
})
export type Invoice = z.infer<typeof invoiceSchema>

const recurring = z.object({
  interval: z.enum(['day', 'week', 'month', 'year']),
  interval_count: z.number().int().positive().default(1),
  usage_type: z.string().default('licensed'),
})
const coupon = z.object({
  percent_off: z.number().nonnegative().max(100).nullish(),
  amount_off: amount.nullish(),
  currency: currency.nullish(),
  duration: z.enum(['forever', 'once', 'repeating']),
})
/** Since 2025-09-30.clover the coupon stands in `source`; only an expanded list holds it, webhooks bring ids. */
const discount = z.object({
  start: seconds.nullish(),
  end: seconds.nullish(),
  coupon: coupon.nullish(),
  source: z.object({ coupon: z.union([z.string(), coupon]).nullish() }).nullish(),
})
export type Discount = z.infer<typeof discount>

const subscriptionItem = z.object({
  discounts: z.array(z.union([z.string(), discount])).nullish(),
  quantity: z.number().int().nonnegative().nullish(),
  current_period_end: seconds.nullish(),
  price: z.object({
    currency,
    unit_amount: amount.nullish(),
    unit_amount_decimal: z.string().nullish(),
    recurring: recurring.nullish(),
  }),
})
export type SubscriptionItem = z.infer<typeof subscriptionItem>

export const subscriptionSchema = z.object({
  object: z.literal('subscription'),
  id: z.string(),
  customer: idOf,
  status: z.enum([
    'active',
    'past_due',
    'trialing',
    'paused',
    'unpaid',
    'canceled',
    'incomplete',
    'incomplete_expired',
  ]),
  currency: currency.nullish(),
  created: seconds,
  start_date: seconds.nullish(),
  canceled_at: seconds.nullish(),
  ended_at: seconds.nullish(),
  trial_end: seconds.nullish(),
  pause_collection: z.looseObject({}).nullish(),
  discounts: z.array(z.union([z.string(), discount])).nullish(),
  /** Before 2025-03-31.basil the period stood here, since then on the items. */
  current_period_end: seconds.nullish(),
  items: z.object({ data: z.array(subscriptionItem) }),
})
export type Subscription = z.infer<typeof subscriptionSchema>

export const customerSchema = z.object({
  object: z.literal('customer'),
  id: z.string(),
  email: words,
  name: words,
  created: seconds,
  address,
})
export type Customer = z.infer<typeof customerSchema>

export const payoutSchema = z.object({
  object: z.literal('payout'),
  id: z.string(),
  amount,
  currency,
  arrival_date: seconds,
  status: z.enum(['pending', 'in_transit', 'paid', 'failed', 'canceled']),
})
export type Payout = z.infer<typeof payoutSchema>

/** `payout` is ours: a list asked for by payout says which one, the object itself does not. */
export const balanceTransactionSchema = z.object({
  object: z.literal('balance_transaction'),
  id: z.string(),
  amount,
  fee: amount,
  net: amount,
  currency,
  created: seconds,
  available_on: seconds.nullish(),
  type: z.string(),
  reporting_category: z.string().nullish(),
  description: words,
  source: idOf,
  payout: z.string().nullish(),
})
export type BalanceTransaction = z.infer<typeof balanceTransactionSchema>

export const eventSchema = z.object({
  id: z.string().min(1).max(255),
  type: z.string().min(1).max(100),
  created: seconds,
  data: z.object({
    object: z.looseObject({ object: z.string() }),
    previous_attributes: z.looseObject({}).nullish(),
  }),
})
