/** Invoices, subscriptions and payouts of Stripe as facts. */
import { businessDay } from '../../kit/calendar/business-day.ts'
import type { FactBatch } from '../../modules/mini-foundry/domain/facts.ts'
import type { HookReading, HookReadingEvent } from '../../modules/mini-foundry/domain/ports.ts'
import { moneyText } from '../../platform/money.ts'
import { currencyOf, unitsOf } from './amounts.ts'
import type { Moment } from './moment.ts'
import { monthlyOf } from './monthly.ts'
import { changesOf } from './normalise-changes.ts'
import type { Invoice, Payout, Subscription } from './objects.ts'

const INVOICE_EVENTS: Record<string, string> = {
  'invoice.finalized': 'invoice.issued',
  'invoice.paid': 'invoice.paid',
  'invoice.payment_failed': 'invoice.payment_failed',
  'invoice.overdue': 'invoice.overdue',
}

/** How far an invoice has come, 0 to 1: from draft to open to its end there is no way back. */
export const invoiceProgress = ({ status }: Invoice): number =>
  status === 'open' ? 0.5 : status && status !== 'draft' ? 1 : 0

/** A preview of an invoice has no id and holds nothing for us. */
export function invoiceReading(invoice: Invoice, moment: Moment): HookReading | null {
  if (!invoice.id) return null
  const currency = currencyOf(invoice.currency)
  const total = unitsOf(invoice.total, invoice.currency)
  const fact = {
    extId: invoice.id,
    srcUpdatedAt: moment.version,
    number: invoice.number ?? null,
    customerExtId: invoice.customer ?? null,
    customerName: invoice.customer_name ?? null,
    customerEmail: invoice.customer_email ?? null,
    status: invoice.status ?? 'draft',
    currency,
    total,
    paid: unitsOf(settledOf(invoice), invoice.currency),
    issuedDay: dayOf(invoice.status_transitions?.finalized_at ?? invoice.created, moment),
    dueDay: maybeDay(invoice.due_date, moment),
    paidDay: maybeDay(invoice.status_transitions?.paid_at, moment) ?? partlyPaidDay(invoice, moment),
    deletedAt: moment.type === 'invoice.deleted' ? moment.at : null,
  }
  const payload = {
    invoice_id: invoice.id,
    number: fact.number,
    customer_id: fact.customerExtId,
    amount: moneyText(total, currency),
    currency,
    due_day: fact.dueDay,
  }
  return readingOf({ invoices: [fact] }, moment, INVOICE_EVENTS[moment.type], payload)
}

/** An event that comes when a part is paid tells the day; a list does not. */
const partlyPaidDay = (invoice: Invoice, moment: Moment): string | null =>
  invoice.status === 'open' && settledOf(invoice) > 0 && moment.type !== 'listed' ? moment.day : null

/**
 * What is no longer owed: paid, or taken from the customer's balance. A paid invoice owes nothing, whatever it was
 * settled by; credit that was left over stays on the balance.
 */
function settledOf({ status, total, amount_paid, amount_remaining }: Invoice): number {
  if (status === 'paid') return total
  return status === 'open' && amount_remaining != null
    ? Math.max(amount_paid, total - amount_remaining)
    : amount_paid
}

const SUBSCRIPTION_EVENTS: Record<string, string> = {
  'customer.subscription.created': 'subscription.created',
  'customer.subscription.deleted': 'subscription.canceled',
}

/** `previous` is the subscription as it was before the event, when the event says so. */
export function subscriptionReading(
  subscription: Subscription,
  moment: Moment,
  previous: Subscription | null = null,
): HookReading {
  const items = subscription.items.data
  const ended = moment.type === 'customer.subscription.deleted'
  const currency = currencyOf(subscription.currency ?? items[0]?.price.currency ?? 'usd')
  const monthly = monthlyOf(subscription, Date.parse(moment.at) / 1000)
  const fact = {
    extId: subscription.id,
    srcUpdatedAt: moment.version,
    customerExtId: subscription.customer ?? null,
    status: ended ? ('canceled' as const) : pausedStatus(subscription),
    currency,
    monthly,
    startedDay: dayOf(subscription.start_date ?? subscription.created, moment),
    canceledDay: maybeDay(subscription.ended_at ?? (ended ? subscription.canceled_at : null), moment),
    periodEndDay: maybeDay(items[0]?.current_period_end ?? subscription.current_period_end, moment),
  }
  const payload = {
    subscription_id: subscription.id,
    customer_id: fact.customerExtId,
    monthly_amount: moneyText(monthly, currency),
    currency,
  }
  const subscriptionChanges = changesOf(subscription, moment, previous)
  return readingOf(
    { subscriptions: [fact], subscriptionChanges },
    moment,
    SUBSCRIPTION_EVENTS[moment.type],
    payload,
  )
}

/** Stripe leaves the status alone while the collection of payments is paused; no income comes all the same. */
const pausedStatus = ({ status, pause_collection }: Subscription): Subscription['status'] =>
  pause_collection && (status === 'active' || status === 'past_due') ? 'paused' : status

/** The day a payout arrives is a plain date, given as midnight UTC. */
export function payoutReading(payout: Payout, moment: Moment): HookReading {
  const currency = currencyOf(payout.currency)
  const fact = {
    extId: payout.id,
    srcUpdatedAt: moment.version,
    amount: unitsOf(payout.amount, payout.currency),
    currency,
    status: payout.status,
    arrivalDay: businessDay(payout.arrival_date * 1000, 'UTC'),
  }
  const announced = moment.type === 'payout.paid' || moment.type === 'payout.failed' ? moment.type : undefined
  const payload = { payout_id: payout.id, amount: moneyText(fact.amount, currency), currency }
  return readingOf({ payouts: [fact] }, moment, announced, payload)
}

function readingOf(
  batch: FactBatch,
  moment: Moment,
  announced: string | undefined,
  payload: HookReadingEvent['payload'],
): HookReading {
  return {
    happenedMs: Date.parse(moment.at),
    batch,
    orderExtIds: [],
    events: announced ? [{ type: announced, payload }] : [],
  }
}

const dayOf = (at: number, moment: Moment): string => businessDay(at * 1000, moment.timeZone)

const maybeDay = (at: number | null | undefined, moment: Moment): string | null =>
  at ? dayOf(at, moment) : null
