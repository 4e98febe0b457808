/** Why a figure moved: the change, what pushed it up and down, and price against volume and mix. */
import { addDays } from '../../../kit/calendar.ts'
import { displayMoney } from '../../../platform/money.ts'
import { Card } from '../../../views/card.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { DayField, FilterBar, FilterSelect } from '../../../views/filter-bar.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Tabs } from '../../../views/tabs.tsx'
import { Day } from '../../../views/time.tsx'
import { type Effects, foldRest, type MovedPart } from '../domain/why-moved.ts'
import { FoundryTabs } from './dashboard-tabs.tsx'

export interface WhyPageProps {
  metric: string
  by: string
  compare: string
  book: string
  range: { from: string; to: string }
  before: { from: string; to: string }
  today: string
  currency: string | null
  total: { now: number; before: number; change: number }
  parts: MovedPart[]
  effects: Effects | null
  unconverted: string[]
  locale: string
}

const SHOWN = 15

const METRIC_NAMES: Record<string, string> = {
  revenue: 'Revenue',
  net_revenue: 'Net revenue',
  orders: 'Orders',
}
const DIMENSION_NAMES: Record<string, string> = {
  product: 'Product',
  category: 'Category',
  channel: 'Channel',
  country: 'Country',
  region: 'Region',
  source: 'Source',
  customer: 'New or returning',
}
const COMPARED: Record<string, string> = {
  previous_period: 'the days before',
  previous_year: 'the same dates a year before',
  same_weekday: 'the same weekdays a year before',
}

export function WhyPage(props: WhyPageProps) {
  const { metric, by, compare, book, range, before, total, locale } = props
  const address = (changed: Record<string, string>) =>
    `/foundry/why?${new URLSearchParams({ metric, by, compare, book, ...range, ...changed })}`
  const percent = total.before === 0 ? null : (total.change / Math.abs(total.before)) * 100
  return (
    <>
      <FoundryTabs current="metrics" />
      <PageHeader
        title={`Why did ${(METRIC_NAMES[metric] ?? metric).toLowerCase()} move?`}
        crumbs={[{ label: 'Metrics', href: '/foundry/metrics' }]}
      />
      <FilterBar action="/foundry/why" keep={{ book }}>
        <FilterSelect label="Figure" name="metric" value={metric} options={optionsOf(METRIC_NAMES)} />
        <DayField label="From" name="from" value={range.from} />
        <DayField label="To" name="to" value={range.to} />
        <FilterSelect label="Against" name="compare" value={compare} options={optionsOf(COMPARED)} />
      </FilterBar>
      <div class="flex flex-col gap-5">
        <Card title="The change">
          <p class="font-semibold text-2xl tabular-nums">
            {signed(total.change, props)}
            {percent !== null && (
              <span class="ml-2 font-normal text-base text-base-content/75">
                ({percent > 0 ? '+' : ''}
                {percent.toLocaleString(locale, { maximumFractionDigits: 1 })} %)
              </span>
            )}
          </p>
          <p class="mt-1 text-base-content/75 text-sm">
            {plain(total.now, props)} from <Day day={range.from} locale={locale} /> to{' '}
            <Day day={range.to} locale={locale} />, against {plain(total.before, props)} from{' '}
            <Day day={before.from} locale={locale} /> to <Day day={before.to} locale={locale} />.
          </p>
          <TodayNote {...props} address={address} />
          {props.unconverted.length > 0 && (
            <p class="mt-1 text-sm text-warning-content">
              Left out for want of an exchange rate: {props.unconverted.join(', ')}.
            </p>
          )}
        </Card>
        {props.effects && <EffectsCard {...props} effects={props.effects} />}
        <section>
          <Tabs
            label="Split by"
            tabs={Object.entries(DIMENSION_NAMES)
              .filter(([key]) => metric !== 'orders' || (key !== 'product' && key !== 'category'))
              .map(([key, label]) => ({
                label,
                href: address({ by: key }),
                current: key === by,
              }))}
          />
          <Parts {...props} />
        </section>
      </div>
    </>
  )
}

function EffectsCard(props: WhyPageProps & { effects: Effects }) {
  const { effects } = props
  const rows = [
    { label: 'More or fewer sold', note: 'at the prices and in the mix of before', amount: effects.volume },
    { label: 'Mix', note: 'a larger or smaller share of what is dear', amount: effects.mix },
    { label: 'Price', note: 'the same at another price', amount: effects.price },
    { label: 'New', note: 'not sold before', amount: effects.arrived },
    { label: 'Gone', note: 'not sold any more', amount: effects.left },
  ]
  const most = Math.max(1, ...rows.map(({ amount }) => Math.abs(amount)))
  return (
    <Card title="Price, volume or mix?" lead="The five add up to the change, to the last cent.">
      <table class="table-sm table">
        <caption class="sr-only">Price, volume and mix</caption>
        <tbody>
          {rows.map((row) => (
            <tr>
              <th scope="row" class="font-normal">
                {row.label}
                <span class="block text-base-content/75 text-xs">{row.note}</span>
              </th>
              <td class="whitespace-nowrap text-right tabular-nums">{signed(row.amount, props)}</td>
              <td class="hidden w-40 sm:table-cell" aria-hidden="true">
                <progress class="progress w-full" value={Math.abs(row.amount)} max={most} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

function Parts(props: WhyPageProps) {
  const { parts, rest, restCount } = foldRest(props.parts, SHOWN)
  const label = DIMENSION_NAMES[props.by] ?? props.by
  const rows = [
    ...parts,
    ...(restCount > 0
      ? [{ label: `${restCount} others`, now: null, before: null, change: rest, state: 'both' as const }]
      : []),
  ]
  return (
    <DataTable
      caption={`The change by ${label.toLowerCase()}`}
      rows={rows}
      empty={<p class="mt-3 text-base-content/75">Nothing moved in these days.</p>}
      columns={[
        { key: 'what', label, cell: (row) => row.label },
        {
          key: 'before',
          label: 'Before',
          numeric: true,
          cell: (row) => (row.before === null ? '' : plain(row.before, props)),
        },
        {
          key: 'now',
          label: 'Now',
          numeric: true,
          cell: (row) => (row.now === null ? '' : plain(row.now, props)),
        },
        {
          key: 'change',
          label: 'Change',
          numeric: true,
          cell: (row) => (
            <>
              {signed(row.change, props)}
              {row.state !== 'both' && <span class="block text-base-content/75 text-xs">{row.state}</span>}
            </>
          ),
        },
      ]}
    />
  )
}

/** Dashboards end today, this page by itself with the last day that is over: two figures of one name need a word. */
function TodayNote({
  range,
  today,
  address,
}: WhyPageProps & { address(changed: Record<string, string>): string }) {
  if (range.from <= today && today <= range.to) {
    return <p class="mt-1 text-base-content/75 text-sm">Today counts so far, against a whole day before.</p>
  }
  if (addDays(range.to, 1) !== today) return null
  const asOnDashboards = address({ from: addDays(range.from, 1), to: today })
  return (
    <p class="mt-1 text-base-content/75 text-sm">
      Whole days only, up to yesterday. Dashboards count today so far:{' '}
      <a class="link" href={asOnDashboards}>
        the days that they show
      </a>
      .
    </p>
  )
}

const optionsOf = (names: Record<string, string>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }))

const plain = (value: number, { currency, locale }: WhyPageProps): string =>
  currency ? displayMoney(value, currency, locale) : value.toLocaleString(locale)

function signed(value: number, props: WhyPageProps): string {
  const text = plain(Math.abs(value), props)
  return value === 0 ? text : `${value > 0 ? '+' : '−'}${text}`
}
