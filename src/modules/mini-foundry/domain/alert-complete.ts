/** Whether all that feeds a metric has been read past the end of a period; a half-read day is never judged. */
import type { AlertKind } from './alert.ts'
import type { Metric } from './metrics.ts'

/** A source with its streams, as far as judging needs them. */
export interface FeedingSource {
  id: string
  name: string
  type: string
  status: string
  countsAsSales: boolean
  streams: readonly {
    name: string
    status: string
    /** Milliseconds: everything that changed before is here; null: nothing yet. */
    syncedUntil: number | null
    backfilledTo: number | null
    backfillTarget: number | null
  }[]
}

/** Sources that are whole by themselves: nobody reads them. */
const WHOLE = new Set(['csv', 'demo', 'manual'])

/** Which kinds of sources can feed a family of measures; a family that is not listed may come from any. */
const FEEDERS: Record<string, readonly string[]> = {
  spend: ['meta_ads', 'google_ads', 'google_sheets', 'csv_url', 'http'],
  deals: ['hubspot', 'http'],
  books: ['quickbooks', 'http'],
  cash: ['quickbooks', 'stripe', 'shopify', 'http'],
  payouts: ['stripe', 'shopify', 'http'],
  subscriptions: ['stripe', 'http'],
  stock: ['shopify', 'woocommerce', 'http'],
  fulfilment: ['shopify', 'woocommerce', 'http'],
}

/** What the records of a stream can move; a stream that is not listed may move anything. */
const STREAM_FEEDS: Record<string, readonly string[]> = {
  accounts: ['books', 'cash'],
  balance_transactions: ['payouts'],
  bills: ['books'],
  campaigns: ['spend'],
  charges: ['payments', 'sales'],
  contacts: [],
  customers: [],
  deals: ['deals'],
  deposits: ['books', 'cash'],
  disputes: ['payments', 'sales'],
  emails: ['spend'],
  expenses: ['books'],
  invoices: ['invoices', 'sales'],
  items: ['stock'],
  orders: ['sales', 'payments', 'fulfilment'],
  payments: ['payments', 'invoices'],
  payouts: ['payouts', 'cash'],
  products: ['stock'],
  refunds: ['payments', 'sales'],
  sales: ['sales', 'payments'],
  subscriptions: ['subscriptions'],
}

/** The sources whose data is in the metric, each with those of its streams that can move it, of those that a filter `source:<id>` leaves. */
export function feeding(
  sources: readonly FeedingSource[],
  metric: Pick<Metric, 'measures'>,
  filter: string | null,
): FeedingSource[] {
  const only = filter?.startsWith('source:') ? filter.slice('source:'.length) : null
  const families = new Set<string>(metric.measures.map(({ family }) => family))
  families.delete('calendar')
  return sources.flatMap((source) => {
    if (WHOLE.has(source.type) || (only !== null && source.id !== only)) return []
    const fed = [...families].filter((family) =>
      family === 'sales' ? source.countsAsSales : (FEEDERS[family]?.includes(source.type) ?? true),
    )
    if (fed.length === 0) return []
    const moves = ({ name }: { name: string }) => STREAM_FEEDS[name]?.some((one) => fed.includes(one)) ?? true
    return [{ ...source, streams: source.streams.filter(moves) }]
  })
}

/**
 * Why a period that ends at `endMs` cannot be judged yet, in words; null: it can. What compares with the past also
 * waits for the past to be loaded. A quiet alert waits for nothing: silence is what it looks for.
 */
export function waitingFor(sources: readonly FeedingSource[], endMs: number, kind: AlertKind): string | null {
  if (kind === 'quiet') return null
  for (const source of sources) {
    const reason = reasonOf(source, endMs, kind)
    if (reason) return reason
  }
  return null
}

function reasonOf({ name, status, streams }: FeedingSource, endMs: number, kind: AlertKind): string | null {
  if (status === 'disconnected') {
    return `${name} is disconnected, so the figures are not whole. Connect it again, or remove the source.`
  }
  const reading = streams.filter((stream) => stream.status !== 'paused')
  const behind = reading.some(({ syncedUntil }) => syncedUntil === null || syncedUntil < endMs)
  if (behind && status === 'failed') {
    return `${name} could not be read to the end of the period. Look at the source and try again.`
  }
  if (behind) return `${name} has not been read to the end of the period yet.`
  if (reading.length === 0 && status === 'failed') return `${name} could not be read. Look at the source.`
  if (kind !== 'threshold' && reading.some(isLoadingPast)) {
    return `${name} is still loading its past, and the comparison needs it.`
  }
  return null
}

const isLoadingPast = ({ backfilledTo, backfillTarget }: FeedingSource['streams'][number]): boolean =>
  backfillTarget !== null && (backfilledTo === null || backfilledTo > backfillTarget)
