/** What each fact moves on which day, family by family (`docs/metrics.md` has it in words). */
import type { MeasureFamily } from '../domain/measures.ts'
import type { Arm, Entry, FamilySql } from './measure-sql.ts'

/** A table of facts as `f`; `more` continues the WHERE. */
const facts = (table: string, more = ''): string =>
  `FROM ${table} AS f WHERE f.tenant_id = ?1 AND f.deleted_at IS NULL ${more}`

const entry = (measure: string, day: string, amount: string, when = ''): Entry => ({
  measure,
  day,
  amount: when ? `CASE WHEN ${when} THEN ${amount} END` : amount,
})

/** Where a payment provider has told of payments, shops and books only repeat what it reports. */
const OF_RECORD = `AND NOT EXISTS (SELECT 1 FROM data_sources AS s WHERE s.tenant_id = ?1 AND s.id = f.source_id
  AND s.source_type IN ('shopify', 'woocommerce', 'quickbooks')
  AND EXISTS (SELECT 1 FROM data_sources AS p WHERE p.tenant_id = ?1 AND p.source_type = 'stripe'
    AND EXISTS (SELECT 1 FROM payments AS q WHERE q.tenant_id = ?1 AND q.source_id = p.id)))`

const PAID = `f.kind = 'charge' AND f.status IN ('succeeded', 'disputed')`

const payments: Arm = {
  fact: 'payment',
  from: facts('payments', OF_RECORD),
  dayColumn: 'f.business_day',
  entries: [
    entry('charged', 'f.business_day', 'f.amount', PAID),
    entry('paid_back', 'f.business_day', '-f.amount', `f.kind = 'refund' AND f.status = 'succeeded'`),
    entry('payment_fees', 'f.business_day', 'f.fee', `f.status IN ('succeeded', 'disputed')`),
    entry('payments', 'f.business_day', '1', PAID),
    entry('failed_payments', 'f.business_day', '1', `f.kind = 'charge' AND f.status = 'failed'`),
    // the dispute itself is a movement of its own: the payment that it is about counts, once
    entry('disputed_payments', 'f.business_day', '1', `f.kind = 'charge' AND f.status = 'disputed'`),
  ],
}

const EARNED = `AND f.kind <> 'payout'`

const payoutLines: Arm = {
  fact: 'payout_line',
  from: facts('payout_lines', EARNED),
  dayColumn: 'f.business_day',
  dimensions: { movement: 'f.kind' },
  entries: [
    entry('balance_movements', 'f.business_day', 'f.net'),
    entry('account_fees', 'f.business_day', '-f.net', `f.kind = 'fee'`),
    entry('held', 'f.business_day', 'f.net'),
  ],
}

/** What was held is held no longer once its payout arrives. */
const arrivedLines: Arm = {
  fact: 'payout_line',
  from: `FROM payouts AS p CROSS JOIN payout_lines AS f INDEXED BY payout_lines_payout
    WHERE p.tenant_id = ?1 AND f.tenant_id = ?1 AND f.source_id = p.source_id AND f.payout_ext_id = p.ext_id
      AND p.status = 'paid' AND p.deleted_at IS NULL AND f.deleted_at IS NULL ${EARNED}`,
  dayColumn: 'p.arrival_day',
  dimensions: { movement: 'f.kind' },
  entries: [entry('held', 'p.arrival_day', '-f.net')],
}

/** A payout that somebody asked for by hand is not itemised at its source: it takes its whole amount out. */
const plainPayouts: Arm = {
  fact: 'payout',
  from: facts(
    'payouts',
    `AND f.status = 'paid' AND NOT EXISTS (SELECT 1 FROM payout_lines AS l INDEXED BY payout_lines_payout
      WHERE l.tenant_id = ?1 AND l.source_id = f.source_id AND l.payout_ext_id = f.ext_id AND l.deleted_at IS NULL)
      AND EXISTS (SELECT 1 FROM payout_lines AS l WHERE l.tenant_id = ?1 AND l.source_id = f.source_id)`,
  ),
  entries: [entry('held', 'f.arrival_day', '-f.amount')],
}

const payouts: Arm = {
  fact: 'payout',
  from: facts('payouts', `AND f.status = 'paid'`),
  entries: [entry('paid_out', 'f.arrival_day', 'f.amount')],
}

const OPEN = 'f.total - f.paid'
const PAID_DAY = 'coalesce(f.paid_day, f.issued_day)'

/**
 * An invoice is in a bucket from the day it is `low` days overdue to the day it is `high` days overdue, with what is
 * unpaid on each of these days; a payment in between takes its amount out on its day.
 */
function ageing(measure: string, low: number, high: number | null): Entry[] {
  const day = (days: number) => `date(f.due_day, '+${days} days')`
  const unpaid = (on: string, until: '<' | '<=') =>
    `f.total - CASE WHEN ${PAID_DAY} ${until} ${on} THEN f.paid ELSE 0 END`
  const counts = `f.status <> 'uncollectible'`
  const until = high === null ? '' : `AND ${PAID_DAY} < ${day(high)}`
  return [
    entry(measure, day(low), unpaid(day(low), '<='), counts),
    entry(measure, PAID_DAY, '-f.paid', `${counts} AND ${PAID_DAY} > ${day(low)} ${until}`),
    ...(high === null ? [] : [entry(measure, day(high), `-(${unpaid(day(high), '<')})`, counts)]),
  ]
}

const invoices: Arm = {
  fact: 'invoice',
  from: facts('invoices', `AND f.status NOT IN ('draft', 'void')`),
  entries: [
    entry('invoiced', 'f.issued_day', 'f.total'),
    entry('invoices_issued', 'f.issued_day', '1'),
    entry('collected', PAID_DAY, 'f.paid'),
    entry('invoices_paid', 'f.paid_day', '1', `f.status = 'paid'`),
    entry(
      'days_to_pay',
      'f.paid_day',
      `max(0, CAST(julianday(f.paid_day) - julianday(f.issued_day) AS INTEGER))`,
      `f.status = 'paid'`,
    ),
    entry('receivables', 'f.issued_day', 'f.total'),
    entry('receivables', PAID_DAY, '-f.paid'),
    entry('receivables', 'coalesce(f.due_day, f.issued_day)', `-(${OPEN})`, `f.status = 'uncollectible'`),
    ...ageing('overdue_1_30', 1, 31),
    ...ageing('overdue_31_60', 31, 61),
    ...ageing('overdue_61_90', 61, 91),
    ...ageing('overdue_over_90', 91, null),
  ],
}

const campaigns: Arm = {
  fact: 'campaign_day',
  from: facts('campaign_days'),
  dayColumn: 'f.day',
  dimensions: { channel: 'f.channel', campaign: 'f.campaign' },
  entries: [
    entry('spend', 'f.day', 'f.spend'),
    entry('clicks', 'f.day', 'f.clicks'),
    entry('impressions', 'f.day', 'f.impressions'),
    entry('ad_conversions', 'f.day', 'f.conversions'),
    entry('ad_value', 'f.day', 'f.conversion_value'),
  ],
}

const expenses: Arm = {
  fact: 'expense',
  from: facts('expenses'),
  dayColumn: 'f.day',
  dimensions: { expense_category: 'f.category' },
  entries: [entry('expenses', 'f.day', 'f.amount')],
}

const bills: Arm = {
  fact: 'bill',
  from: facts('bills', `AND f.status <> 'void'`),
  entries: [
    entry('bills_received', 'f.issued_day', 'f.total'),
    entry('bills_paid', PAID_DAY, 'f.paid'),
    entry('payables_level', 'f.issued_day', 'f.total'),
    entry('payables_level', PAID_DAY, '-f.paid'),
  ],
}

const deposits: Arm = {
  fact: 'deposit',
  from: facts('bank_deposits'),
  entries: [entry('deposits', 'f.day', 'f.amount')],
}

const CLOSED = `f.status IN ('won', 'lost')`
const CLOSED_DAY = 'coalesce(f.closed_day, f.created_day)'

const deals: Arm = {
  fact: 'deal',
  from: facts('deals'),
  currency: `coalesce(f.currency, (SELECT currency FROM workspaces WHERE id = ?1))`,
  entries: [
    entry('deals_created', 'f.created_day', '1'),
    entry('deals_won', CLOSED_DAY, '1', `f.status = 'won'`),
    entry('deals_lost', CLOSED_DAY, '1', `f.status = 'lost'`),
    entry('won_value', CLOSED_DAY, 'f.amount', `f.status = 'won'`),
    entry('pipeline_level', 'f.created_day', 'f.amount'),
    entry('pipeline_level', CLOSED_DAY, '-f.amount', CLOSED),
    entry('open_deals', 'f.created_day', '1'),
    entry('open_deals', CLOSED_DAY, '-1', CLOSED),
  ],
}

const COUNTS_AS_SALES = `AND f.source_id IN (SELECT id FROM data_sources WHERE tenant_id = ?1 AND counts_as_sales = 1)`
const FULFILLED = `f.fulfilled_day IS NOT NULL AND f.status <> 'cancelled' AND f.cancelled_day IS NULL`

const orders: Arm = {
  fact: 'order',
  from: facts('orders', COUNTS_AS_SALES).replace('AS f', 'AS f INDEXED BY orders_day'),
  dayColumn: 'f.business_day',
  dimensions: { channel: 'f.channel', country: 'f.country' },
  entries: [
    entry('orders_placed', 'f.business_day', '1'),
    entry('orders_cancelled', 'f.business_day', '1', `f.status = 'cancelled' OR f.cancelled_day IS NOT NULL`),
    entry('orders_fulfilled', 'f.business_day', '1', FULFILLED),
    entry(
      'days_to_fulfil',
      'f.business_day',
      'max(0, CAST(julianday(f.fulfilled_day) - julianday(f.business_day) AS INTEGER))',
      FULFILLED,
    ),
  ],
}

const received: Arm[] = [
  { fact: 'deposit', from: facts('bank_deposits'), entries: [entry('received', 'f.day', 'f.amount')] },
  {
    fact: 'payout',
    from: facts(
      'payouts',
      `AND f.status = 'paid'
      AND NOT EXISTS (SELECT 1 FROM bank_deposits WHERE tenant_id = ?1 AND deleted_at IS NULL)`,
    ),
    entries: [entry('received', 'f.arrival_day', 'f.amount')],
  },
]

/** Subscriptions and readings of balances have files of their own. */
export const FAMILY_SQL: Partial<Record<MeasureFamily, FamilySql>> = {
  payments: { arms: [payments] },
  payouts: { arms: [payoutLines, arrivedLines, plainPayouts, payouts] },
  invoices: { arms: [invoices] },
  spend: { arms: [campaigns] },
  books: { arms: [expenses, bills, deposits] },
  deals: { arms: [deals] },
  fulfilment: { arms: [orders] },
  cash: { arms: received },
}
