/** The gallery's numbers: tiles, charts, tables and facts, with gaps, comparisons, long names and nothing at all. */

import type { ChartData } from '../kit/chart/marks.ts'
import { numberFormat } from '../kit/format.ts'
import { columnSort } from '../kit/table.ts'
import { Badge } from './badge.tsx'
import { Card } from './card.tsx'
import { Chart, Sparkline } from './chart.tsx'
import { DataTable } from './data-table.tsx'
import { DescriptionList } from './description-list.tsx'
import { Pagination } from './pagination.tsx'
import { Stat } from './stat.tsx'
import { Day, Time } from './time.tsx'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const THIS_YEAR = [18200, 19100, 23500, 22800, 26400, 31200, 29800, 27600, 33100, 36900, null, null]
const LAST_YEAR = [15100, 16400, 18700, 21200, 20900, 24800, 26100, 22300, 25700, 28400, 34100, 39800]

const euros = numberFormat('en', { style: 'currency', currency: 'EUR' })
const shortEuros = numberFormat('en', {
  style: 'currency',
  currency: 'EUR',
  notation: 'compact',
  maximumFractionDigits: 1,
})
const FORMATS = {
  format: (value: number) => euros.format(value),
  formatShort: (value: number) => shortEuros.format(value),
}

const REVENUE: ChartData = {
  labels: MONTHS.map((month) => `${month} 2026`),
  axisLabels: MONTHS,
  series: [
    { name: 'Revenue', values: THIS_YEAR },
    { name: 'The year before', values: LAST_YEAR, dashed: true },
  ],
  ...FORMATS,
}

const COUNTRIES: ChartData = {
  labels: ['Poland', 'United Kingdom', 'A name that is far too long for its place', 'Japan', 'Refunds'],
  series: [{ name: 'Revenue', values: [42100, 31800, 12400, 940, -2600] }],
  ...FORMATS,
}

interface SampleOrder {
  number: string
  customer: string
  day: string
  total: number
  paid: boolean
}

const ORDERS: SampleOrder[] = [
  { number: '10482', customer: 'Łukasz Nowak', day: '2026-11-20', total: 1240.5, paid: true },
  {
    number: '10481',
    customer: 'A customer whose name is longer than most names are',
    day: '2026-11-19',
    total: 86,
    paid: false,
  },
  { number: '10480', customer: '日本 Trading', day: '2026-11-19', total: 15300, paid: true },
]

export function GalleryData() {
  return (
    <>
      <section class="grid gap-4 sm:grid-cols-2 xl:grid-cols-4" aria-label="Tiles">
        <Card>
          <Stat
            label="Revenue"
            value="€36,900"
            change={{ text: '29.9 % more than a year ago', direction: 'up', good: true }}
            sparkline={<Sparkline values={THIS_YEAR.slice(0, 10)} label="Revenue rose over ten months" />}
          />
        </Card>
        <Card>
          <Stat
            label="Refund rate"
            value="2.1 %"
            change={{ text: '0.4 points more than last month', direction: 'up', good: false }}
            hint="Of orders placed in the range"
          />
        </Card>
        <Card>
          <Stat
            label="Orders"
            value="412"
            change={{ text: 'As many as last month', direction: 'flat', good: null }}
            href="#charts"
          />
        </Card>
        <Card>
          <Stat label="New customers" value="–" hint="No values in this range" />
        </Card>
      </section>
      <div class="grid gap-4 lg:grid-cols-[3fr_2fr]">
        <Card title="Line with a comparison and a gap" id="charts">
          <Chart kind="line" title="Revenue" data={REVENUE} labelName="Month" id="sample-line" />
        </Card>
        <Card title="Bars, one below zero">
          <Chart kind="bar" title="Revenue by country" data={COUNTRIES} labelName="Country" id="sample-bar" />
        </Card>
      </div>
      <Orders />
      <Card title="Facts">
        <DescriptionList
          items={[
            { label: 'Order', value: '10482' },
            {
              label: 'Placed',
              value: <Time at="2026-11-20T13:05:00Z" timeZone="Europe/Warsaw" locale="en" />,
            },
            { label: 'Customer', value: 'Łukasz Nowak' },
          ]}
        />
      </Card>
    </>
  )
}

function Orders() {
  const address = { path: '/dev/components', search: new URLSearchParams() }
  const sort = { key: 'day', direction: 'descending' } as const
  return (
    <Card title="Table">
      <DataTable
        caption="Sample orders"
        rows={ORDERS}
        rowTone={(order) => (order.paid ? undefined : 'warning')}
        columns={[
          {
            key: 'number',
            label: 'Order',
            cell: (order) => (
              <a href="#charts" class="link-hover link font-medium">
                {order.number}
              </a>
            ),
          },
          { key: 'customer', label: 'Customer', cell: (order) => order.customer },
          {
            key: 'day',
            label: 'Day',
            cell: (order) => <Day day={order.day} locale="en" />,
            sort: columnSort(address, 'day', sort),
          },
          {
            key: 'paid',
            label: 'State',
            cell: (order) => (
              <Badge tone={order.paid ? 'success' : 'warning'}>{order.paid ? 'Paid' : 'Open'}</Badge>
            ),
          },
          {
            key: 'total',
            label: 'Total',
            numeric: true,
            cell: (order) => euros.format(order.total),
            sort: columnSort(address, 'total', sort, 'descending'),
          },
        ]}
      />
      <Pagination next="/dev/components?cursor=sample" shown="3 of 412 orders" />
    </Card>
  )
}
