/**
 * A Stripe event as facts: pure. Every fact is keyed by its object's id and carries the version of the event, so that
 * deliveries in any order, any number of times, end in the same state.
 */
import type { HookReading } from '../../modules/mini-foundry/domain/ports.ts'
import { type Moment, momentOf } from './moment.ts'
import { hasHiddenDiscounts } from './monthly.ts'
import { invoiceProgress, invoiceReading, payoutReading, subscriptionReading } from './normalise-billing.ts'
import { chargeReading, refundShare } from './normalise-charge.ts'
import { customerReading } from './normalise-customer.ts'
import { disputeReading, refundReading } from './normalise-refund.ts'
import {
  chargeSchema,
  customerSchema,
  disputeSchema,
  eventSchema,
  invoiceSchema,
  payoutSchema,
  refundSchema,
  subscriptionSchema,
} from './objects.ts'

/** Types that the connect page asks for; others are acknowledged and left aside. */
export const STRIPE_EVENT_TYPES = [
  'charge.succeeded',
  'charge.pending',
  'charge.captured',
  'charge.updated',
  'charge.failed',
  'charge.expired',
  'charge.refunded',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'invoice.created',
  'invoice.updated',
  'invoice.finalized',
  'invoice.paid',
  'invoice.payment_failed',
  'invoice.voided',
  'invoice.marked_uncollectible',
  'invoice.overdue',
  'invoice.deleted',
  'customer.created',
  'customer.updated',
  'customer.deleted',
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.paused',
  'customer.subscription.resumed',
  'customer.subscription.deleted',
  'payout.created',
  'payout.updated',
  'payout.paid',
  'payout.failed',
  'payout.canceled',
]

/** Null for types that hold nothing for us. Throws (zod, RangeError) on an object that is not what its type says. */
export function normaliseStripeEvent(body: unknown, context: { timeZone: string }): HookReading | null {
  const event = eventSchema.parse(body)
  const { object, previous_attributes: before } = event.data
  return normaliseObject(object, (progress) => momentOf(event, context.timeZone, progress), before ?? null)
}

/**
 * One object, whether an event brought it or a list. `momentAt` gives its moment when it has come so far (0 to 1);
 * `before` holds the fields that the event changed, as they were.
 */
export function normaliseObject(
  object: { object: string; [field: string]: unknown },
  momentAt: (progress?: number) => Moment,
  before: Record<string, unknown> | null,
): HookReading | null {
  switch (object.object) {
    case 'charge': {
      const charge = chargeSchema.parse(object)
      return chargeReading(charge, momentAt(refundShare(charge)))
    }
    case 'refund':
      return refundReading(refundSchema.parse(object), momentAt())
    case 'dispute':
      return disputeReading(disputeSchema.parse(object), momentAt())
    case 'customer':
      return customerReading(customerSchema.parse(object), momentAt())
    case 'invoice': {
      const invoice = invoiceSchema.parse(object)
      return invoiceReading(invoice, momentAt(invoiceProgress(invoice)))
    }
    case 'subscription': {
      const was = before ? subscriptionSchema.safeParse({ ...object, ...before }) : null
      // a price that hides its discounts is no price to compare with
      const known = was?.data && !hasHiddenDiscounts(was.data) ? was.data : null
      return subscriptionReading(subscriptionSchema.parse(object), momentAt(), known)
    }
    case 'payout':
      return payoutReading(payoutSchema.parse(object), momentAt())
    default:
      return null
  }
}
