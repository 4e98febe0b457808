/** Money that goes back: refunds, and disputes that were lost. */
import { businessDay } from '../../kit/calendar/business-day.ts'
import type { LineType, PaymentFact, SaleEventFact } from '../../modules/mini-foundry/domain/facts.ts'
import type { HookReading } from '../../modules/mini-foundry/domain/ports.ts'
import { isoInstant } from '../../platform/clock.ts'
import { moneyText } from '../../platform/money.ts'
import { currencyOf, unitsOf } from './amounts.ts'
import type { Moment } from './moment.ts'
import type { Dispute, Refund } from './objects.ts'

export function refundReading(refund: Refund, moment: Moment): HookReading {
  // releasing an authorisation makes a refund too, but one that moved no money
  const moved = refund.balance_transaction !== null || refund.status === 'pending'
  const back = moneyBack(refund, 'product', moment, {
    counted: moved && ['succeeded', 'pending'].includes(refund.status ?? 'succeeded'),
    status: statusOfRefund(refund.status),
  })
  const announced = back.counted && moment.type === 'refund.created'
  const payload = { ...back.payload, refund_id: refund.id }
  return { ...back.reading, events: announced ? [{ type: 'refund.created', payload }] : [] }
}

function statusOfRefund(status: Refund['status']): PaymentFact['status'] {
  if (status === 'failed' || status === 'canceled') return 'failed'
  return status === 'pending' || status === 'requires_action' ? 'pending' : 'succeeded'
}

/** Statuses under which the bank leaves us the money, or has not taken it (an inquiry). */
const KEPT = new Set(['won', 'warning_needs_response', 'warning_under_review', 'warning_closed', 'prevented'])

export function disputeReading(dispute: Dispute, moment: Moment): HookReading {
  const lost = dispute.status === 'lost'
  const back = moneyBack(dispute, 'other', moment, {
    counted: lost,
    status: lost ? 'succeeded' : KEPT.has(dispute.status) ? 'failed' : 'disputed',
  })
  const announced = moment.type === 'charge.dispute.created'
  const payload = { ...back.payload, dispute_id: dispute.id }
  return { ...back.reading, events: announced ? [{ type: 'payment.disputed', payload }] : [] }
}

interface Outcome {
  counted: boolean
  status: PaymentFact['status']
}

function moneyBack(
  object: Refund | Dispute,
  lineType: LineType,
  moment: Moment,
  { counted, status }: Outcome,
) {
  const currency = currencyOf(object.currency)
  const amount = -unitsOf(object.amount, object.currency)
  const orderExtId = object.charge ?? object.id
  const day = businessDay(object.created * 1000, moment.timeZone)
  const base = {
    extId: object.id,
    srcUpdatedAt: moment.version,
    orderExtId,
    currency,
    happenedAt: isoInstant(object.created * 1000),
    businessDay: day,
  }
  const payment: PaymentFact = { ...base, kind: 'refund', status, amount }
  const entry: SaleEventFact = {
    ...base,
    kind: 'refund',
    lineType,
    orderDay: day,
    channel: 'Stripe',
    quantity: 0,
    gross: amount,
    discount: 0,
    net: amount,
    tax: 0,
    counted,
    deletedAt: counted ? null : moment.at,
  }
  return {
    counted,
    payload: { payment_id: object.charge ?? null, amount: moneyText(-amount, currency), currency },
    reading: {
      happenedMs: Date.parse(moment.at),
      batch: { payments: [payment], events: [entry] },
      orderExtIds: [orderExtId],
    },
  }
}
