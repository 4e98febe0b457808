/** The parts of Stripe's objects that we read, in the shapes of old and new API versions. Hostile until parsed. */
import * as z from 'zod'

const idOf = z.union([z.string(), z.object({ id: z.string() }).transform((value) => value.id)]).nullish()
const seconds = z.number().int().nonnegative()
const address = z.object({ country: z.string().nullish(), state: z.string().nullish(), city: z.string().nullish() }).nullish()

export const chargeSchema = z.object({
  object: z.literal('charge'),
  id: z.string(),
  amount: z.number().int(),
  amount_captured: z.number().int().nullish(),
  amount_refunded: z.number().int().default(0),
  captured: z.boolean().default(true),
  currency: z.string(),
  created: seconds,
  customer: idOf,
  disputed: z.boolean().default(false),
  status: z.enum(['succeeded', 'pending', 'failed']),
  description: z.string().nullish(),
  balance_transaction: z.union([z.string(), z.object({ fee: z.number().int(), currency: z.string() })]).nullish(),
  billing_details: z.object({ email: z.string().nullish(), name: z.string().nullish(), address }).nullish(),
})
export type Charge = z.infer<typeof chargeSchema>

export const refundSchema = z.object({
  object: z.literal('refund'),
  id: z.string(),
  amount: z.number().int(),
  charge: idOf,
  currency: z.string(),
  created: seconds,
  status: z.enum(['pending', 'requires_action', 'succeeded', 'failed', 'canceled']).nullish(),
})
export type Refund = z.infer<typeof refundSchema>

export const disputeSchema = z.object({ object: z.literal('dispute'), id: z.string(), charge: idOf, status: z.string() })

export const invoiceSchema = z.object({
  object: z.literal('invoice'),
  id: z.string().nullish(),
  number: z.string().nullish(),
  customer: idOf,
  customer_name: z.string().nullish(),
  customer_email: z.string().nullish(),
  status: z.enum(['draft', 'open', 'paid', 'void', 'uncollectible']).nullish(),
  currency: z.string(),
  total: z.number().int(),
  amount_paid: z.number().int().default(0),
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
const subscriptionItem = z.object({
  quantity: z.number().int().nullish(),
  current_period_end: seconds.nullish(),
  price: z.object({
    currency: z.string(),
    unit_amount: z.number().int().nullish(),
    unit_amount_decimal: z.string().nullish(),
    recurring: recurring.nullish(),
  }),
})
export type SubscriptionItem = z.infer<typeof subscriptionItem>

export const subscriptionSchema = z.object({
  object: z.literal('subscription'),
  id: z.string(),
  customer: idOf,
  status: z.enum(['active', 'past_due', 'trialing', 'paused', 'unpaid', 'canceled', 'incomplete', 'incomplete_expired']),
  currency: z.string().nullish(),
  created: seconds,
  start_date: seconds.nullish(),
  canceled_at: seconds.nullish(),
  ended_at: seconds.nullish(),
  /** Before 2025-03-31.basil the period stood here, since then on the items. */
  current_period_end: seconds.nullish(),
  items: z.object({ data: z.array(subscriptionItem) }),
})
export type Subscription = z.infer<typeof subscriptionSchema>

export const customerSchema = z.object({
  object: z.literal('customer'),
  id: z.string(),
  email: z.string().nullish(),
  name: z.string().nullish(),
  created: seconds,
  address,
})

export const payoutSchema = z.object({
  object: z.literal('payout'),
  id: z.string(),
  amount: z.number().int(),
  currency: z.string(),
  arrival_date: seconds,
  status: z.enum(['pending', 'in_transit', 'paid', 'failed', 'canceled']),
})

export const eventSchema = z.object({
  id: z.string(),
  type: z.string(),
  created: seconds,
  data: z.object({ object: z.looseObject({ object: z.string() }) }),
})
