/** Which lists of Stripe are read, and how often. */
import type { SourceStream } from '../../platform/source-reader.ts'

interface List {
  path: string
  /** Parameters beside the window and the cursor. */
  query: readonly [string, string][]
}

export const LISTS: Readonly<Record<string, List>> = {
  charges: { path: 'charges', query: [['expand[]', 'data.balance_transaction']] },
  refunds: { path: 'refunds', query: [] },
  disputes: { path: 'disputes', query: [] },
  balance_transactions: { path: 'balance_transactions', query: [] },
  payouts: { path: 'payouts', query: [] },
  invoices: { path: 'invoices', query: [] },
  subscriptions: {
    path: 'subscriptions',
    query: [
      ['status', 'all'],
      ['expand[]', 'data.discounts.source.coupon'],
      // four levels are the most that Stripe expands: a coupon of a single item stays named by its id
      ['expand[]', 'data.items.data.discounts'],
    ],
  },
  customers: { path: 'customers', query: [] },
  events: { path: 'events', query: [] },
}

/**
 * What must be read again when the events in between are gone, with the days before the gap in which an object may have
 * been made and still have changed in it: lists know when an object was made, not when it changed.
 */
export const HEALED_BY_LISTS: Readonly<Record<string, number>> = {
  charges: 180,
  refunds: 180,
  disputes: 180,
  invoices: 730,
  subscriptions: 3_650,
  customers: 0,
}

const HOUR = 60
const DAY = 24 * HOUR

export const STREAMS: readonly SourceStream[] = [
  // the past of balance and payouts follows the sales, which people look for first
  stream('charges', 'Charges', { everyMinutes: 15, reconcileDays: 35, needs: 'Charges and Refunds' }),
  stream('refunds', 'Refunds', { everyMinutes: 15, reconcileDays: 35, needs: 'Charges and Refunds' }),
  stream('disputes', 'Disputes', { everyMinutes: HOUR, reconcileDays: 35, needs: 'Disputes' }),
  stream('customers', 'Customers', { everyMinutes: HOUR, needs: 'Customers' }),
  stream('invoices', 'Invoices', { everyMinutes: HOUR, reconcileDays: 35, needs: 'Invoices' }),
  // one that began years ago still brings its price every month
  stream('subscriptions', 'Subscriptions', {
    everyMinutes: HOUR,
    windowDays: 365,
    historyDays: 3_650,
    needs: 'Subscriptions',
  }),
  stream('balance_transactions', 'Movements of the balance', {
    everyMinutes: HOUR,
    needs: 'Balance transactions',
  }),
  // a payout changes its status for days after it was made
  stream('payouts', 'Payouts and what they hold', {
    everyMinutes: HOUR,
    overlapMinutes: 14 * DAY,
    needs: 'Payouts',
  }),
  stream('events', 'Changes, also those whose webhook was lost', { everyMinutes: 5, needs: 'Events' }),
]

function stream(
  name: string,
  title: string,
  more: Partial<SourceStream> & { everyMinutes: number },
): SourceStream {
  return { name, title, overlapMinutes: 10, windowDays: 30, ...more }
}
