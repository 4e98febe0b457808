/** A charge of Stripe as a payment and, once the money is taken, as a sale with its order. */
import { businessDay } from '../../kit/calendar/business-day.ts'
import type { PaymentFact, SaleEventFact } from '../../modules/mini-foundry/domain/facts.ts'
import type { HookReading, HookReadingEvent } from '../../modules/mini-foundry/domain/ports.ts'
import { isoInstant } from '../../platform/clock.ts'
import { moneyText } from '../../platform/money.ts'
import { currencyOf, unitsOf, unitsPerMinor } from './amounts.ts'
import { type Moment, passingVersion } from './moment.ts'
import type { Charge } from './objects.ts'

/** How much of a charge went back, 0 to 1: it only ever grows. */
export const refundShare = (charge: Charge): number =>
  charge.amount > 0 ? charge.amount_refunded / charge.amount : 0

/** Authorised is not taken: an uncaptured charge may be released again without any money having moved. */
const isTaken = (charge: Charge): boolean => charge.status === 'succeeded' && charge.captured

export function chargeReading(charge: Charge, moment: Moment): HookReading {
  const payment = paymentOf(charge, moment)
  const taken = isTaken(charge)
  return {
    happenedMs: Date.parse(moment.at),
    batch: {
      payments: [payment],
      events: taken ? [saleOf(charge, payment), ...refundedRest(charge, payment, moment)] : [],
      ...mentionedCustomer(charge, payment),
    },
    orderExtIds: taken ? [charge.id] : [],
    events: announcements(charge, payment, moment),
  }
}

function paymentOf(charge: Charge, moment: Moment): PaymentFact {
  return {
    extId: charge.id,
    srcUpdatedAt: moment.version,
    kind: 'charge',
    status: paymentStatus(charge, moment),
    orderExtId: charge.id,
    customerExtId: charge.customer ?? emailOf(charge)?.toLowerCase() ?? null,
    amount: unitsOf(
      isTaken(charge) ? (charge.amount_captured ?? charge.amount) : charge.amount,
      charge.currency,
    ),
    fee: feeOf(charge),
    currency: currencyOf(charge.currency),
    happenedAt: isoInstant(charge.created * 1000),
    businessDay: businessDay(charge.created * 1000, moment.timeZone),
  }
}

/**
 * The fee in the currency of the charge. Stripe takes it in the currency of the balance; the rate it converted the charge
 * by leads back. Without the rate the fee is unknown here, and stands in the movements of the balance alone.
 */
function feeOf({ balance_transaction: line, currency }: Charge): number | null {
  if (!line || typeof line !== 'object') return null
  if (currencyOf(line.currency) === currencyOf(currency)) return unitsOf(line.fee, line.currency)
  return line.exchange_rate ? Math.round((line.fee / line.exchange_rate) * unitsPerMinor(currency)) : null
}

function paymentStatus(charge: Charge, moment: Moment): PaymentFact['status'] {
  if (charge.disputed) return 'disputed'
  if (isTaken(charge)) return 'succeeded'
  const released = charge.status === 'succeeded' && (charge.refunded || moment.type === 'charge.expired')
  return charge.status === 'failed' || released ? 'failed' : 'pending'
}

function saleOf(charge: Charge, payment: PaymentFact): SaleEventFact {
  const address = charge.billing_details?.address
  return {
    extId: charge.id,
    srcUpdatedAt: payment.srcUpdatedAt,
    kind: 'sale',
    lineType: 'product',
    happenedAt: payment.happenedAt,
    businessDay: payment.businessDay,
    orderDay: payment.businessDay,
    orderExtId: charge.id,
    customerExtId: payment.customerExtId,
    productName: productOf(charge.description),
    channel: 'Stripe',
    country: address?.country ?? null,
    region: address?.state ?? null,
    city: address?.city ?? null,
    currency: payment.currency,
    quantity: 10_000,
    gross: payment.amount,
    discount: 0,
    net: payment.amount,
    tax: 0,
    counted: true,
    orderStatus: charge.refunded ? 'refunded' : 'paid',
  }
}

/** "Order 1042" names one order, "Annual plan" something that is sold: only the second is a product. */
const productOf = (description: string | null | undefined): string | null =>
  description && !/\d/.test(description) ? description : null

/**
 * What the charge says was refunded, for the part that no refund object has told of: a webhook may not ask for
 * `refund.created`. `gross` holds the whole; the landing takes off what refunds are known (store/hooks-refunds.ts).
 */
function refundedRest(charge: Charge, payment: PaymentFact, moment: Moment): SaleEventFact[] {
  if (moment.type !== 'charge.refunded' || charge.amount_refunded === 0) return []
  const back = -unitsOf(charge.amount_refunded, charge.currency)
  return [
    {
      ...saleOf(charge, payment),
      extId: `${charge.id}/refunded`,
      kind: 'refund',
      happenedAt: moment.at,
      businessDay: moment.day,
      quantity: 0,
      gross: back,
      net: back,
      orderStatus: null,
    },
  ]
}

const emailOf = (charge: Charge): string | null =>
  charge.billing_details?.email ?? charge.receipt_email ?? null

/** A name or address on a charge fills in for the customer's own event; without either the id alone must do. */
function mentionedCustomer(charge: Charge, payment: PaymentFact) {
  if (!payment.customerExtId) return {}
  const name = charge.billing_details?.name ?? null
  const email = emailOf(charge)
  const customer = {
    extId: payment.customerExtId,
    srcUpdatedAt: 0,
    name,
    email,
    country: charge.billing_details?.address?.country ?? null,
  }
  return name || email
    ? { customers: [{ ...customer, srcUpdatedAt: passingVersion(charge.created, charge.id) }] }
    : { ifAbsent: { customers: [customer] } }
}

function announcements(charge: Charge, payment: PaymentFact, moment: Moment): HookReadingEvent[] {
  const payload = {
    payment_id: charge.id,
    amount: moneyText(payment.amount, payment.currency),
    currency: payment.currency,
    customer_id: payment.customerExtId ?? null,
  }
  if (moment.type === 'charge.failed') return [{ type: 'payment.failed', payload }]
  if (!isTaken(charge) || !['charge.succeeded', 'charge.captured'].includes(moment.type)) return []
  return [
    { type: 'payment.received', payload },
    { type: 'order.created', payload: { ...payload, order_id: charge.id } },
  ]
}
