/** Addresses and words of receipts. */
import type { DayRange } from '../../../kit/calendar.ts'
import type { MetricFilter } from '../domain/metric-query.ts'
import { payoutHref } from './money-parts.tsx'

export interface ReceiptAddress {
  metric: string
  range: DayRange
  filters: readonly MetricFilter[]
  book: string
  asOf?: string | null
  measure?: string
  cursor?: string
}

/** Where the receipt of a figure is; `.csv` gives all of its rows as a file. */
export function receiptHref(
  { metric, range, filters, book, asOf, measure, cursor }: ReceiptAddress,
  file: '' | '.csv' = '',
) {
  const search = new URLSearchParams({ metric, from: range.from, to: range.to, book })
  for (const { dimension, value } of filters) search.append('filter', `${dimension}:${value}`)
  if (asOf) search.set('as_of', asOf)
  if (measure) search.set('measure', measure)
  if (cursor) search.set('cursor', cursor)
  return `/foundry/receipts${file}?${search}`
}

const KINDS: Record<string, string> = {
  sale: 'Sale',
  refund: 'Refund',
  edit: 'Change of an order',
  order: 'Order',
  customer: 'Customer',
  payment: 'Payment',
  payout_line: 'Movement of the balance',
  payout: 'Payout',
  invoice: 'Invoice',
  campaign_day: 'Day of a campaign',
  expense: 'Expense',
  bill: 'Bill',
  deposit: 'Bank deposit',
  deal: 'Deal',
  subscriber: 'Subscriber',
  reading: 'Reading',
}

export const kindWords = (kind: string): string => KINDS[kind] ?? kind

/** The page of a record, where it has one. */
export function recordHref(row: { kind: string; source_id: string; id: string }): string | null {
  if (row.kind === 'payout') return payoutHref({ source_id: row.source_id, ext_id: row.id })
  if (row.kind === 'invoice') return `/foundry/invoices/${row.source_id}/${encodeURIComponent(row.id)}`
  return null
}
