/**
 * A Stripe event as facts: pure. Every fact is keyed by its object's id and dated by the event, so that deliveries in any
 * order, any number of times, end in the same state.
 */
import { businessDay } from '../../kit/calendar/business-day.ts'
import type { CustomerFact, PaymentFact, SaleEventFact } from '../../modules/mini-foundry/domain/facts.ts'
import type { HookReading } from '../../modules/mini-foundry/domain/ports.ts'
import { isoInstant } from '../../platform/clock.ts'
import { currencyOf, unitsOf } from './amounts.ts'
import { invoiceReading, payoutReading, subscriptionReading } from './normalise-billing.ts'
import { type Charge, chargeSchema, customerSchema, eventSchema, type Refund, refundSchema } from './objects.ts'
import { type Moment, momentOf } from './moment.ts'

/** Types that the connect page asks for; others are acknowledged and left aside. */
export const STRIPE_EVENT_TYPES = [
  'charge.succeeded',
  'charge.captured',
  'charge.updated',
  'charge.failed',
  'charge.refunded',
  'charge.dispute.created',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'invoice.created',
  'invoice.finalized',
  'invoice.paid',
  'invoice.voided',
  'invoice.marked_uncollectible',
  'invoice.overdue',
  'customer.created',
  'customer.updated',
  'customer.deleted',
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'payout.created',
  'payout.paid',
  'payout.failed',
]

/** Null for types that hold nothing for us. Throws (zod) on an object that is not what its type says. */
export function normaliseStripeEvent(body: unknown, context: { timeZone: string }): HookReading | null {
  const event = eventSchema.parse(body)
  const moment = momentOf(event, context.timeZone)
  const { object } = event.data
  switch (object.object) {
    case 'charge':
      return chargeReading(chargeSchema.parse(object), moment)
    case 'refund':
      return refundReading(refundSchema.parse(object), moment)
    case 'customer':
      return customerReading(object, event.type, moment)
    case 'invoice':
      return invoiceReading(object, event.type, moment)
    case 'subscription':
      return subscriptionReading(object, event.type, moment)
    case 'payout':
      return payoutReading(object, moment)
    default:
      return null
  }
}

function chargeReading(charge: Charge, moment: Moment): HookReading {
  const succeeded = charge.status === 'succeeded' && charge.captured
  const taken = charge.amount_captured ?? charge.amount
  const net = unitsOf(taken, charge.currency)
  const day = businessDay(charge.created * 1000, moment.timeZone)
  const happenedAt = isoInstant(charge.created * 1000)
  const currency = currencyOf(charge.currency)
  // the amount refunded only ever grows: it orders two states of the same second
  const srcUpdatedAt = moment.updatedAt + (charge.amount_refunded > 0 ? 1 : 0)
  const payment: PaymentFact = {
    extId: charge.id,
    srcUpdatedAt,
    kind: 'charge',
    status: charge.disputed ? 'disputed' : succeeded ? 'succeeded' : charge.status === 'failed' ? 'failed' : 'pending',
    orderExtId: charge.id,
    customerExtId: charge.customer ?? charge.billing_details?.email ?? null,
    amount: net,
    fee: typeof charge.balance_transaction === 'object' && charge.balance_transaction ? unitsOf(charge.balance_transaction.fee, charge.balance_transaction.currency) : null,
    currency,
    happenedAt,
    businessDay: day,
  }
  const address = charge.billing_details?.address
  const sale: SaleEventFact = {
    extId: charge.id,
    srcUpdatedAt,
    kind: 'sale',
    lineType: 'product',
    happenedAt,
    businessDay: day,
    orderDay: day,
    orderExtId: charge.id,
    customerExtId: payment.customerExtId,
    productName: charge.description ?? null,
    channel: 'Stripe',
    country: address?.country ?? null,
    region: address?.state ?? null,
    city: address?.city ?? null,
    currency,
    quantity: 10_000,
    gross: net,
    discount: 0,
    net,
    tax: 0,
    counted: succeeded,
    orderStatus: succeeded ? 'paid' : 'open',
  }
  const customers = passingCustomer(payment.customerExtId, charge, day, srcUpdatedAt)
  const scalars = { charge_id: charge.id, amount: net, currency, customer_id: payment.customerExtId ?? null }
  return {
    batch: { payments: [payment], events: [sale], ifAbsent: { customers } },
    orderExtIds: [charge.id],
    events: succeeded && moment.type === 'charge.succeeded'
      ? [
          { type: 'payment.received', payload: scalars },
          { type: 'order.created', payload: { ...scalars, order_id: charge.id } },
        ]
      : charge.status === 'failed'
        ? [{ type: 'payment.failed', payload: scalars }]
        : [],
  }
}

function passingCustomer(extId: string | null | undefined, charge: Charge, day: string, srcUpdatedAt: number): CustomerFact[] {
  if (!extId) return []
  const details = charge.billing_details
  return [{ extId, srcUpdatedAt, name: details?.name ?? null, email: details?.email ?? null, country: details?.address?.country ?? null, createdDay: day }]
}

function refundReading(refund: Refund, moment: Moment): HookReading {
  const counted = refund.status === undefined || refund.status === null || refund.status === 'succeeded' || refund.status === 'pending'
  const amount = unitsOf(refund.amount, refund.currency)
  const day = businessDay(refund.created * 1000, moment.timeZone)
  const happenedAt = isoInstant(refund.created * 1000)
  const currency = currencyOf(refund.currency)
  const orderExtId = refund.charge ?? refund.id
  const base = { extId: refund.id, srcUpdatedAt: moment.updatedAt, currency, happenedAt, businessDay: day }
  const payment: PaymentFact = {
    ...base,
    kind: 'refund',
    status: refund.status === 'failed' || refund.status === 'canceled' ? 'failed' : refund.status === 'succeeded' ? 'succeeded' : 'pending',
    orderExtId,
    amount: -amount,
  }
  const entry: SaleEventFact = {
    ...base,
    kind: 'refund',
    lineType: 'product',
    orderDay: day,
    orderExtId,
    channel: 'Stripe',
    quantity: 0,
    gross: -amount,
    discount: 0,
    net: -amount,
    tax: 0,
    counted,
  }
  return {
    batch: { payments: [payment], events: [entry] },
    orderExtIds: [orderExtId],
    events: counted && moment.type === 'refund.created' ? [{ type: 'refund.created', payload: { refund_id: refund.id, charge_id: refund.charge ?? null, amount, currency } }] : [],
  }
}

function customerReading(object: unknown, type: string, moment: Moment): HookReading {
  const customer = customerSchema.parse(object)
  const fact: CustomerFact = {
    extId: customer.id,
    srcUpdatedAt: moment.updatedAt,
    name: customer.name ?? null,
    email: customer.email ?? null,
    country: customer.address?.country ?? null,
    region: customer.address?.state ?? null,
    city: customer.address?.city ?? null,
    createdDay: businessDay(customer.created * 1000, moment.timeZone),
    deletedAt: type === 'customer.deleted' ? moment.at : null,
  }
  const events = type === 'customer.created' ? [{ type: 'customer.created', payload: { customer_id: customer.id } }] : []
  return { batch: { customers: [fact] }, orderExtIds: [], events }
}
