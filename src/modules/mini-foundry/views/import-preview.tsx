/** The first rows as they would land. */
import type { Child } from 'hono/jsx'
import { displayMoney, formatUnits } from '../../../platform/money.ts'
import { Alert } from '../../../views/alert.tsx'
import { Card } from '../../../views/card.tsx'
import { type Column, DataTable } from '../../../views/data-table.tsx'
import type { FactBatch, SaleEventFact } from '../domain/facts.ts'
import type { ImportPreview, ImportRecord } from '../domain/import/model.ts'
import { countNotes } from '../domain/import/notes.ts'
import type { ImportKind } from '../domain/import/types.ts'

export interface PreviewRowsProps {
  row: ImportRecord
  preview: ImportPreview
}

export function PreviewRows({ row, preview }: PreviewRowsProps) {
  const { rows, shown } = preview
  const columns = COLUMNS[row.kind]
  const facts = (rows.facts[PRIMARY[row.kind]] ?? []) as unknown as Fact[]
  const problems = [...rows.failures, ...rows.duplicates].sort((a, b) => a.line - b.line)
  const warnings = countNotes([], rows.notes).filter(({ level }) => level === 'warning')
  return (
    <Card
      title="How the first rows come in"
      lead={`${facts.length} of the first ${shown} rows, as they would land.`}
    >
      {facts.length > 0 && (
        <DataTable caption="First rows as they would land" columns={columns} rows={facts} />
      )}
      {warnings.length > 0 && (
        <div class="mt-3 flex flex-col gap-2">
          {warnings.map(({ text: words }) => (
            <Alert tone="warning">{words}</Alert>
          ))}
        </div>
      )}
      {problems.length > 0 && (
        <div class="mt-3">
          <Alert
            tone="warning"
            title={
              problems.length === 1
                ? 'One row would not come in'
                : `${problems.length} rows would not come in`
            }
          >
            <ul class="mt-1 list-disc pl-5">
              {problems.slice(0, 5).map((problem) => (
                <li>
                  Line {problem.line}
                  {problem.column && `, ${problem.column}`}
                  {problem.value && ` “${problem.value}”`}: {problem.message}
                </li>
              ))}
            </ul>
          </Alert>
        </div>
      )}
    </Card>
  )
}

const PRIMARY: Record<ImportKind, Exclude<keyof FactBatch, 'ifAbsent'>> = {
  orders: 'events',
  customers: 'customers',
  products: 'products',
  invoices: 'invoices',
  contacts: 'contacts',
  spend: 'spend',
}

/** Facts of all kinds read by name: each table below names only fields of its own kind. */
type Fact = Record<string, unknown>

const text = (key: string, label: string): Column<Fact> => ({
  key,
  label,
  cell: (fact) => shownText(fact[key]),
})
const money = (key: string, label: string): Column<Fact> => ({
  key,
  label,
  numeric: true,
  cell: (fact) => {
    const units = fact[key]
    return typeof units === 'number' ? displayMoney(units, String(fact.currency), 'en') : ''
  },
})
const amount = (key: string, label: string): Column<Fact> => ({
  key,
  label,
  numeric: true,
  cell: (fact) => (typeof fact[key] === 'number' ? formatUnits(fact[key], 4).replace(/\.?0+$/, '') : ''),
})

const shownText = (value: unknown): Child => (value === null || value === undefined ? '' : String(value))

const KINDS: Record<SaleEventFact['kind'], string> = { sale: 'Sale', refund: 'Refund', edit: 'Edit' }

const COLUMNS: Record<ImportKind, Column<Fact>[]> = {
  orders: [
    text('businessDay', 'Day'),
    text('orderExtId', 'Order'),
    {
      key: 'kind',
      label: 'What',
      cell: (fact) => (fact.counted ? KINDS[fact.kind as SaleEventFact['kind']] : 'Cancelled'),
    },
    text('customerExtId', 'Customer'),
    text('productName', 'Product'),
    amount('quantity', 'Quantity'),
    money('gross', 'List value'),
    money('net', 'Line total'),
  ],
  customers: [
    text('extId', 'Number'),
    text('name', 'Name'),
    text('email', 'E-mail'),
    text('country', 'Country'),
    text('createdDay', 'Since'),
  ],
  products: [
    text('extId', 'SKU'),
    text('name', 'Name'),
    text('category', 'Category'),
    money('unitPrice', 'Price'),
    money('unitCost', 'Cost'),
  ],
  invoices: [
    text('number', 'Number'),
    text('customerName', 'Customer'),
    text('issuedDay', 'Issued'),
    text('dueDay', 'Due'),
    text('status', 'Status'),
    money('total', 'Total'),
    money('paid', 'Paid'),
  ],
  contacts: [
    text('name', 'Name'),
    text('email', 'E-mail'),
    text('phone', 'Phone'),
    text('company', 'Company'),
    text('stage', 'Stage'),
  ],
  spend: [
    text('day', 'Day'),
    text('channel', 'Channel'),
    text('campaign', 'Campaign'),
    money('spend', 'Spend'),
    text('clicks', 'Clicks'),
  ],
}
