/** The rows of a receipt, and what they add up to. */
import { numberFormat } from '../../../kit/format.ts'
import { DataTable } from '../../../views/data-table.tsx'
import { Day } from '../../../views/time.tsx'
import type { Receipt, ReceiptMeasure, ReceiptRow } from '../domain/receipt.ts'
import { figure, type Reader } from './dashboard-words.ts'
import { kindWords, recordHref } from './receipt-words.ts'

interface Props {
  receipt: Receipt
  measure: ReceiptMeasure
  reader: Reader
}

export function ReceiptSum({ receipt, measure, reader }: Props) {
  const { added, currency, sources } = receipt
  if (!added) return null
  const say = (value: ReceiptMeasure['value']) => figure({ unit: measure.unit, currency }, value, reader)
  const count = numberFormat(reader.locale)
  const bySource = added.by_source.filter(({ source_id }) => source_id !== '')
  return (
    <div class="mb-3 text-sm">
      <p>
        <strong>
          {count.format(added.rows)} {added.rows === 1 ? 'row' : 'rows'}
        </strong>{' '}
        {added.rows === 1 ? 'adds' : 'add'} up to <strong class="tabular-nums">{say(added.value)}</strong>
        {added.agrees
          ? ', exactly as in the formula above.'
          : `; the formula above has ${say(measure.value)}. ${receipt.stale ? 'Data is being added up right now: look again in a minute.' : 'They should be the same: read the sources again, and tell your administrator if it stays.'}`}
      </p>
      {bySource.length > 1 && (
        <ul class="mt-1 text-base-content/80">
          {bySource.map((of) => (
            <li>
              {sources.find(({ id }) => id === of.source_id)?.name ?? of.source_id}: {count.format(of.rows)}{' '}
              {of.rows === 1 ? 'row' : 'rows'}, {say(of.value)}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

export function ReceiptRows({ receipt, measure, reader }: Props) {
  const foreign = receipt.rows.some(({ currency }) => currency !== null && currency !== receipt.currency)
  const worth = (value: ReceiptRow['value'], currency: string | null) =>
    figure({ unit: measure.unit, currency }, value, reader)
  const rate = numberFormat(reader.locale, { maximumSignificantDigits: 6 })
  return (
    <DataTable
      caption={`Table of ${measure.title.toLowerCase()}`}
      empty={<p class="text-sm">No rows in these days.</p>}
      columns={[
        { key: 'day', label: 'Day', cell: (row) => <Day day={row.day} locale={reader.locale} /> },
        { key: 'what', label: 'What', cell: (row) => <RecordName row={row} /> },
        { key: 'source', label: 'Source', cell: (row) => row.source ?? '' },
        ...(foreign
          ? [
              {
                key: 'amount',
                label: 'Amount',
                numeric: true,
                cell: (row: ReceiptRow) => worth(row.amount, row.currency ?? receipt.currency),
              },
              {
                key: 'rate',
                label: 'Rate',
                numeric: true,
                cell: (row: ReceiptRow) =>
                  row.rate === null ? (row.value === null ? 'no rate' : '') : rate.format(row.rate),
              },
            ]
          : []),
        {
          key: 'value',
          label: measure.unit === 'money' ? `In ${receipt.currency}` : measure.title,
          numeric: true,
          cell: (row) => (row.value === null ? 'left out' : worth(row.value, receipt.currency)),
        },
      ]}
      rows={receipt.rows}
    />
  )
}

function RecordName({ row }: { row: ReceiptRow }) {
  const href = recordHref(row)
  return (
    <>
      {href ? (
        <a href={href} class="link">
          {row.name}
        </a>
      ) : (
        row.name
      )}
      <span class="block text-base-content/75 text-xs">
        {kindWords(row.kind)}
        {row.detail && `, ${row.detail}`}
      </span>
    </>
  )
}
