/** One customer: what they are worth, their orders and invoices, and the way to their card. */
import { displayMoney } from '../../../platform/money.ts'
import { Badge } from '../../../views/badge.tsx'
import { LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Stat } from '../../../views/stat.tsx'
import { Day } from '../../../views/time.tsx'
import { FoundryTabs } from './dashboard-tabs.tsx'

interface OrderItem {
  source_id: string
  ext_id: string
  number: string | null
  day: string
  status: string | null
  currency: string
  revenue: number
  refunds: number
  products: string | null
}

interface InvoiceEntry {
  source_id: string
  ext_id: string
  number: string | null
  status: string
  issued_day: string
  due_day: string | null
  currency: string
  total: number
  paid: number
}

export interface CustomerPageProps {
  members: {
    source: string
    name: string | null
    email: string | null
    country: string | null
    region: string | null
    city: string | null
  }[]
  worth: {
    currency: string
    orders: number
    revenue: number
    refunds: number
    first_day: string
    last_day: string
  }[]
  orders: OrderItem[]
  hasMoreOrders: boolean
  invoices: InvoiceEntry[]
  contactId: string | null
  today: string
  locale: string
}

export function CustomerPage(props: CustomerPageProps) {
  const { members, contactId } = props
  const first = <Key extends 'name' | 'email' | 'city' | 'region' | 'country'>(key: Key) =>
    members.find((member) => member[key])?.[key] ?? null
  const [name, email] = [first('name'), first('email')]
  const place = [first('city'), first('region'), first('country')].filter(Boolean).join(', ')
  const known = [...new Set(members.map(({ source }) => source))].join(', ')
  return (
    <>
      <FoundryTabs current="customers" />
      <PageHeader
        title={name ?? email ?? 'Without a name'}
        lead={[name && email, place, `from ${known}`].filter(Boolean).join(' · ')}
        crumbs={[{ label: 'Customers', href: '/foundry/customers' }]}
        actions={contactId && <LinkButton href={`/contacts/${contactId}`}>Their contact card</LinkButton>}
      />
      <div class="flex flex-col gap-5">
        <Worth {...props} />
        <Orders {...props} />
        {props.invoices.length > 0 && <Invoices {...props} />}
      </div>
    </>
  )
}

function Worth({ worth, locale }: CustomerPageProps) {
  if (worth.length === 0) return <Card>They have not bought anything that counts as a sale.</Card>
  const money = (of: (row: CustomerPageProps['worth'][number]) => number) =>
    worth.map((row) => displayMoney(of(row), row.currency, locale)).join(' + ')
  const orders = worth.reduce((all, row) => all + row.orders, 0)
  const days = worth.flatMap(({ first_day, last_day }) => [first_day, last_day]).toSorted()
  const refunded = worth.some(({ refunds }) => refunds > 0)
  return (
    <Card title="What they bought">
      <div class="grid grid-cols-2 gap-4 lg:grid-cols-4">
        <Stat
          label="Worth so far"
          value={money(({ revenue, refunds }) => revenue - refunds)}
          hint={
            refunded
              ? `${money(({ revenue }) => revenue)} less ${money(({ refunds }) => refunds)} given back`
              : 'Net of discounts, without tax and shipping'
          }
        />
        <Stat
          label="Orders"
          value={orders.toLocaleString(locale)}
          hint={`${money(({ revenue, orders: count }) => Math.round(revenue / Math.max(1, count)))} each, on average`}
        />
        <DayStat label="First order" day={days[0]} locale={locale} />
        <DayStat label="Last order" day={days.at(-1)} locale={locale} />
      </div>
    </Card>
  )
}

function DayStat({ label, day, locale }: { label: string; day: string | undefined; locale: string }) {
  return (
    <div>
      <p class="text-base-content/80 text-sm">{label}</p>
      <p class="mt-1 font-semibold text-xl">{day ? <Day day={day} locale={locale} /> : '–'}</p>
    </div>
  )
}

function Orders({ orders, hasMoreOrders, locale }: CustomerPageProps) {
  if (orders.length === 0) return null
  return (
    <Card title="Orders" lead="The newest first; cancelled ones are left out.">
      <DataTable
        caption="Orders of this customer"
        rows={orders}
        columns={[
          { key: 'day', label: 'Day', cell: (row) => <Day day={row.day} locale={locale} /> },
          {
            key: 'number',
            label: 'Order',
            cell: (row) => <span class="font-medium">{row.number ?? row.ext_id}</span>,
          },
          { key: 'products', label: 'What', cell: (row) => row.products?.replace(/,(?! )/g, ', ') ?? '–' },
          { key: 'status', label: 'State', cell: (row) => row.status ?? '–' },
          {
            key: 'revenue',
            label: 'Revenue',
            numeric: true,
            cell: (row) => (
              <>
                {displayMoney(row.revenue, row.currency, locale)}
                {row.refunds > 0 && (
                  <span class="block text-base-content/75 text-xs">
                    {displayMoney(row.refunds, row.currency, locale)} given back
                  </span>
                )}
              </>
            ),
          },
        ]}
      />
      {hasMoreOrders && <p class="mt-2 text-base-content/75 text-xs">Older ones are not shown.</p>}
    </Card>
  )
}

function Invoices({ invoices, today, locale }: CustomerPageProps) {
  const isLate = ({ status, due_day }: InvoiceEntry) =>
    status === 'open' && due_day !== null && due_day < today
  return (
    <Card title="Invoices">
      <DataTable
        caption="Invoices of this customer"
        rows={invoices}
        columns={[
          {
            key: 'number',
            label: 'Invoice',
            cell: (row) => (
              <a
                class="link font-medium"
                href={`/foundry/invoices/${row.source_id}/${encodeURIComponent(row.ext_id)}`}
              >
                {row.number ?? row.ext_id}
              </a>
            ),
          },
          { key: 'issued', label: 'Issued', cell: (row) => <Day day={row.issued_day} locale={locale} /> },
          {
            key: 'status',
            label: 'State',
            cell: (row) => (
              <Badge tone={isLate(row) ? 'warning' : row.status === 'paid' ? 'success' : undefined}>
                {isLate(row) ? 'overdue' : row.status}
              </Badge>
            ),
          },
          {
            key: 'due',
            label: 'Due',
            cell: (row) => (row.due_day ? <Day day={row.due_day} locale={locale} /> : '–'),
          },
          {
            key: 'total',
            label: 'Total',
            numeric: true,
            cell: (row) => displayMoney(row.total, row.currency, locale),
          },
          {
            key: 'outstanding',
            label: 'Outstanding',
            numeric: true,
            cell: (row) =>
              displayMoney(row.status === 'open' ? row.total - row.paid : 0, row.currency, locale),
          },
        ]}
      />
    </Card>
  )
}
