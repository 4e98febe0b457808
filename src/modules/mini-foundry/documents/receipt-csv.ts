/** Rows of a receipt as CSV, line by line. */
import { csvLine } from '../../../kit/csv.ts'
import type { ReceiptRow } from '../domain/receipt.ts'

export const receiptCsvHead = (currency: string): string =>
  csvLine([
    ...['measure', 'day', 'source', 'kind', 'id', 'name', 'detail', 'amount', 'currency', 'rate'],
    `value (${currency}, or a count)`,
  ])

export const receiptCsvLines = (measure: string, rows: readonly ReceiptRow[]): string =>
  rows
    .map((row) =>
      csvLine([
        ...[measure, row.day, row.source ?? row.source_id, row.kind, row.id, row.name, row.detail],
        ...[row.amount, row.currency, row.rate, row.value],
      ]),
    )
    .join('')
