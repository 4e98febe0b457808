/** Invoices, subscriptions and payouts of Stripe as facts. */
import { businessDay } from '../../kit/calendar/business-day.ts'
import type { FactBatch } from '../../modules/mini-foundry/domain/facts.ts'
import type { HookReading, HookReadingEvent } from '../../modules/mini-foundry/domain/ports.ts'
import { divideRound, moneyText, parseUnits } from '../../platform/money.ts'
import { currencyOf, unitsOf, unitsPerMinor } from './amounts.ts'
import type { Moment } from './moment.ts'
import type { Invoice, Payout, Subscription, SubscriptionItem } from './objects.ts'

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
    paid: unitsOf(invoice.amount_paid, invoice.currency),
    issuedDay: dayOf(invoice.status_transitions?.finalized_at ?? invoice.created, moment),
    dueDay: maybeDay(invoice.due_date, moment),
    paidDay: maybeDay(invoice.status_transitions?.paid_at, moment),
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

const SUBSCRIPTION_EVENTS: Record<string, string> = {
  'customer.subscription.created': 'subscription.created',
  'customer.subscription.deleted': 'subscription.canceled',
}

export function subscriptionReading(subscription: Subscription, moment: Moment): HookReading {
  const items = subscription.items.data
  const ended = moment.type === 'customer.subscription.deleted'
  const currency = currencyOf(subscription.currency ?? items[0]?.price.currency ?? 'usd')
  const monthly = items.reduce((sum, item) => sum + monthlyUnits(item), 0)
  const fact = {
    extId: subscription.id,
    srcUpdatedAt: moment.version,
    customerExtId: subscription.customer ?? null,
    status: ended ? ('canceled' as const) : subscription.status,
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
  return readingOf({ subscriptions: [fact] }, moment, SUBSCRIPTION_EVENTS[moment.type], payload)
}

/** Months in a period as a fraction: day x 365/12, week x 52/12, year / 12 (research: Stripe's own way to MRR). */
const PER_MONTH: Record<string, [bigint, bigint]> = {
  day: [365n, 12n],
  week: [52n, 12n],
  month: [1n, 1n],
  year: [1n, 12n],
}

/** What an item brings in a month, in units; 0 for one-off and metered prices, whose amount nobody knows before. */
function monthlyUnits({ price, quantity }: SubscriptionItem): number {
  if (!price.recurring || price.recurring.usage_type === 'metered') return 0
  const [times, over] = PER_MONTH[price.recurring.interval] ?? [1n, 1n]
  // a decimal of minor units, in units of 1/10,000 of a minor unit
  const minor = parseUnits(price.unit_amount_decimal ?? String(price.unit_amount ?? 0)) ?? 0
  const numerator = BigInt(minor) * BigInt(unitsPerMinor(price.currency)) * BigInt(quantity ?? 1) * times
  return divideRound(numerator, 10_000n * over * BigInt(price.recurring.interval_count))
}

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
