/** Invoices, subscriptions and payouts of Stripe as facts. */
import { businessDay } from '../../kit/calendar/business-day.ts'
import type { HookReading } from '../../modules/mini-foundry/domain/ports.ts'
import { divideRound, parseUnits } from '../../platform/money.ts'
import { currencyOf, unitsOf } from './amounts.ts'
import type { Moment } from './moment.ts'
import { invoiceSchema, payoutSchema, type SubscriptionItem, subscriptionSchema } from './objects.ts'

const INVOICE_EVENTS: Record<string, string> = {
  'invoice.finalized': 'invoice.issued',
  'invoice.paid': 'invoice.paid',
  'invoice.overdue': 'invoice.overdue',
}

/** A draft that will never have an id (an upcoming invoice) holds nothing for us. */
export function invoiceReading(object: unknown, type: string, moment: Moment): HookReading | null {
  const invoice = invoiceSchema.parse(object)
  if (!invoice.id) return null
  const day = (at: number | null | undefined) => (at ? businessDay(at * 1000, moment.timeZone) : null)
  const currency = currencyOf(invoice.currency)
  const total = unitsOf(invoice.total, invoice.currency)
  const announced = INVOICE_EVENTS[type]
  return {
    batch: {
      invoices: [
        {
          extId: invoice.id,
          srcUpdatedAt: moment.updatedAt,
          number: invoice.number ?? null,
          customerExtId: invoice.customer ?? null,
          customerName: invoice.customer_name ?? null,
          customerEmail: invoice.customer_email ?? null,
          status: invoice.status ?? 'draft',
          currency,
          total,
          paid: unitsOf(invoice.amount_paid, invoice.currency),
          issuedDay: day(invoice.status_transitions?.finalized_at ?? invoice.created) ?? '',
          dueDay: day(invoice.due_date),
          paidDay: day(invoice.status_transitions?.paid_at),
        },
      ],
    },
    orderExtIds: [],
    events: announced ? [{ type: announced, payload: { invoice_id: invoice.id, total, currency } }] : [],
  }
}

export function subscriptionReading(object: unknown, type: string, moment: Moment): HookReading {
  const subscription = subscriptionSchema.parse(object)
  const day = (at: number | null | undefined) => (at ? businessDay(at * 1000, moment.timeZone) : null)
  const items = subscription.items.data
  const currency = currencyOf(subscription.currency ?? items[0]?.price.currency ?? 'usd')
  const ended = type === 'customer.subscription.deleted'
  return {
    batch: {
      subscriptions: [
        {
          extId: subscription.id,
          srcUpdatedAt: moment.updatedAt,
          customerExtId: subscription.customer ?? null,
          status: ended ? 'canceled' : subscription.status,
          currency,
          monthly: items.reduce((sum, item) => sum + monthlyUnits(item), 0),
          startedDay: day(subscription.start_date ?? subscription.created) ?? '',
          canceledDay: day(subscription.ended_at ?? (ended ? subscription.canceled_at : null)),
          periodEndDay: day(items[0]?.current_period_end ?? subscription.current_period_end),
        },
      ],
    },
    orderExtIds: [],
    events: ended ? [{ type: 'subscription.canceled', payload: { subscription_id: subscription.id } }] : [],
  }
}

/** Months in 1/120 of a month: day x 365/12, week x 52/12, year / 12 (research/mini-foundry 4.2). Metered items count 0. */
const PER_MONTH: Record<string, [bigint, bigint]> = { day: [365n, 12n], week: [52n, 12n], month: [1n, 1n], year: [1n, 12n] }

function monthlyUnits(item: SubscriptionItem): number {
  const { price } = item
  if (!price.recurring || price.recurring.usage_type === 'metered') return 0
  const [times, over] = PER_MONTH[price.recurring.interval] ?? [1n, 1n]
  // a decimal of minor units in units of 1/10,000 of a minor unit, then to units of the major one
  const minor = parseUnits(price.unit_amount_decimal ?? String(price.unit_amount ?? 0)) ?? 0
  const perMinor = BigInt(unitsOf(1, price.currency))
  const numerator = BigInt(minor) * perMinor * BigInt(item.quantity ?? 1) * times
  return divideRound(numerator, 10_000n * over * BigInt(price.recurring.interval_count))
}

export function payoutReading(object: unknown, moment: Moment): HookReading {
  const payout = payoutSchema.parse(object)
  const fact = {
    extId: payout.id,
    srcUpdatedAt: moment.updatedAt,
    amount: unitsOf(payout.amount, payout.currency),
    currency: currencyOf(payout.currency),
    status: payout.status,
    arrivalDay: businessDay(payout.arrival_date * 1000, 'UTC'),
  }
  const events = moment.type === 'payout.paid' ? [{ type: 'payout.paid', payload: { payout_id: payout.id, amount: fact.amount, currency: fact.currency } }] : []
  return { batch: { payouts: [fact] }, orderExtIds: [], events }
}
