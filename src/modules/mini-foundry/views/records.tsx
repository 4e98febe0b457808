/** Customers, products and invoices as lists, with the way between them. */
import type { Child } from 'hono/jsx'
import type { ColumnSort } from '../../../kit/table.ts'
import { Badge, type Tone } from '../../../views/badge.tsx'
import { Button, LinkButton } from '../../../views/button.tsx'
import { type Column, DataTable } from '../../../views/data-table.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Pagination } from '../../../views/pagination.tsx'
import { Day } from '../../../views/time.tsx'
import { FoundryTabs } from './dashboard-tabs.tsx'

const LABELS = { customers: 'Customers', products: 'Products', invoices: 'Invoices' } as const

export interface RecordListProps<Row> {
  kind: keyof typeof LABELS
  lead: string
  text: string
  rows: Row[]
  columns: Column<Row>[]
  next: string | null
  /** Further choices above the table. */
  choices?: Child
  /** What can be made here. */
  actions?: Child
  /** Fields of the address to keep when searching. */
  keep?: Record<string, string>
  /** Columns that sort, by their keys, with the link of each. */
  sorts: Record<string, ColumnSort>
}

export function RecordList<Row>({
  kind,
  lead,
  text,
  rows,
  columns,
  next,
  choices,
  actions,
  keep = {},
  sorts,
}: RecordListProps<Row>) {
  const label = LABELS[kind]
  const at = `/foundry/${kind}`
  return (
    <>
      <FoundryTabs current={kind} />
      <PageHeader title={label} lead={lead} actions={actions} />
      {choices}
      <form method="get" action={at} class="mb-4 flex max-w-lg gap-2">
        {Object.entries(keep).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <label class="sr-only" for="q">
          Find {label.toLowerCase()}
        </label>
        <input
          id="q"
          class="input w-full"
          type="search"
          name="q"
          value={text}
          placeholder={`Find ${label.toLowerCase()}`}
        />
        <Button icon="search">Find</Button>
      </form>
      <DataTable
        caption={label}
        columns={columns.map((column) => ({ ...column, sort: sorts[column.key] }))}
        rows={rows}
        empty={<NothingHere label={label} text={text} />}
      />
      <Pagination next={next} />
    </>
  )
}

function NothingHere({ label, text }: { label: string; text: string }) {
  if (text) {
    return (
      <EmptyState
        icon="search"
        title={`No ${label.toLowerCase()} like “${text}”`}
        text="Try fewer letters."
      />
    )
  }
  return (
    <EmptyState
      icon="upload"
      title={`No ${label.toLowerCase()} here`}
      text="They come with an import or a connected source. With another choice above there may be some."
      actions={
        <LinkButton href="/foundry/imports/new" tone="primary">
          Import a file
        </LinkButton>
      }
    />
  )
}

export interface CustomerItem {
  number: number
  name: string | null
  email: string | null
  country: string | null
  city: string | null
  first_order_day: string | null
  orders: number
  source: string
  also: string | null
  contact_id: string | null
}

export const customerColumns = (locale: string): Column<CustomerItem>[] => [
  { key: 'name', label: 'Customer', cell: (row) => <Person {...row} /> },
  { key: 'place', label: 'Place', cell: (row) => [row.city, row.country].filter(Boolean).join(', ') || '–' },
  { key: 'orders', label: 'Orders', numeric: true, cell: (row) => row.orders },
  {
    key: 'since',
    label: 'First order',
    cell: (row) => (row.first_order_day ? <Day day={row.first_order_day} locale={locale} /> : '–'),
  },
  {
    key: 'source',
    label: 'Source',
    cell: (row) => (
      <>
        {[row.source, ...(row.also?.split(',') ?? [])].join(', ')}
        {row.also && row.contact_id && (
          <a class="link block text-xs" href={`/contacts/${row.contact_id}`}>
            one person: see why, or part them
          </a>
        )}
      </>
    ),
  },
]

function Person({ number, name, email }: Pick<CustomerItem, 'number' | 'name' | 'email'>) {
  return (
    <>
      <a class="link font-medium" href={`/foundry/customers/${number}`}>
        {name ?? email ?? 'Without a name'}
      </a>
      {name && email && <span class="block text-base-content/75 text-xs">{email}</span>}
    </>
  )
}

export interface ProductItem {
  sku: string
  name: string
  category: string
  price: string
  cost: string
  stock: string
}

export const productColumns: Column<ProductItem>[] = [
  { key: 'name', label: 'Product', cell: (row) => <span class="font-medium">{row.name}</span> },
  { key: 'sku', label: 'SKU', cell: (row) => <code class="text-xs">{row.sku}</code> },
  { key: 'category', label: 'Category', cell: (row) => row.category },
  { key: 'price', label: 'Price', numeric: true, cell: (row) => row.price },
  { key: 'cost', label: 'Cost', numeric: true, cell: (row) => row.cost },
  { key: 'stock', label: 'On hand', numeric: true, cell: (row) => row.stock },
]

export interface InvoiceItem {
  href: string
  number: string
  customer: string
  status: string
  total: string
  outstanding: string
  dueDay: string | null
  daysLate: number
}

const TONES: Record<string, Tone> = { overdue: 'warning', paid: 'success', open: 'info' }

export const invoiceColumns = (locale: string): Column<InvoiceItem>[] => [
  {
    key: 'number',
    label: 'Invoice',
    cell: (row) => (
      <a class="link font-medium" href={row.href}>
        {row.number}
      </a>
    ),
  },
  { key: 'customer', label: 'Customer', cell: (row) => row.customer },
  {
    key: 'status',
    label: 'Status',
    cell: (row) => (
      <Badge tone={TONES[row.status]}>{row.daysLate > 0 ? `${row.daysLate} days late` : row.status}</Badge>
    ),
  },
  { key: 'due', label: 'Due', cell: (row) => (row.dueDay ? <Day day={row.dueDay} locale={locale} /> : '–') },
  { key: 'total', label: 'Total', numeric: true, cell: (row) => row.total },
  { key: 'outstanding', label: 'Outstanding', numeric: true, cell: (row) => row.outstanding },
]

export function InvoiceChoices({ filters, now }: { filters: readonly string[]; now: string }) {
  return (
    <nav aria-label="Status" class="mb-4 flex flex-wrap gap-2">
      {filters.map((filter) => (
        <a
          href={`/foundry/invoices?status=${filter}`}
          class={`btn btn-sm ${filter === now ? 'btn-primary' : 'border-base-300 bg-base-100'}`}
          aria-current={filter === now ? 'page' : undefined}
        >
          {filter.slice(0, 1).toUpperCase() + filter.slice(1)}
        </a>
      ))}
    </nav>
  )
}
