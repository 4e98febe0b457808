/** Widgets that show more than metrics: times of orders, cohorts, goals and what happened last. */
import { dateFormat, numberFormat } from '../../../kit/format.ts'
import { displayMoney } from '../../../platform/money.ts'
import { Chart } from '../../../views/chart.tsx'
import { sayValue } from '../domain/alert-words.ts'
import type { WidgetFacts } from '../domain/widget-facts.ts'
import type { WidgetProps } from './dashboard-widget-props.ts'
import { rangeWords } from './dashboard-words.ts'
import { paceWords } from './target-cards.tsx'

type Facts<K extends WidgetFacts['kind']> = Extract<WidgetFacts, { kind: K }>
type Props<K extends WidgetFacts['kind']> = WidgetProps & { facts: Facts<K> }

const Nothing = ({ words }: { words: string }) => <p class="mt-2 text-base-content/75 text-sm">{words}</p>

/** 1 January 2024 was a Monday. */
const dayName = (index: number, locale: string): string =>
  dateFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, 1 + index)))

const monthName = (index: number, locale: string): string =>
  dateFormat(locale, { month: 'short', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, index, 1)))

export function HeatWidget({ item: { widget }, reader, facts: { heat } }: Props<'heat_map'>) {
  const count = numberFormat(reader.locale)
  const columns = heat.cells[0]?.length ?? 0
  const name = (column: number) =>
    heat.columns === 'hours' ? `${String(column).padStart(2, '0')}:00` : monthName(column, reader.locale)
  const some = heat.cells.some((row) => row.some((orders) => orders > 0))
  return (
    <>
      <h2 class="font-semibold">{widget.title}</h2>
      {!some ? (
        <Nothing words="No orders in this range." />
      ) : (
        <div class="mt-3">
          <Chart
            kind="heat"
            title={`Orders by weekday and ${heat.columns === 'hours' ? `hour, ${reader.timeZone}` : 'month'}`}
            labelName="Weekday"
            id={`chart-${widget.id}`}
            data={{
              labels: heat.cells.map((_, index) => dayName(index, reader.locale)),
              series: Array.from({ length: columns }, (_, column) => ({
                name: name(column),
                values: heat.cells.map((row) => row[column] ?? 0),
              })),
              format: (value) => count.format(value),
              formatShort: (value) => count.format(value),
            }}
          />
          {heat.left > 0 && (
            <p class="mt-2 text-base-content/75 text-xs">
              {count.format(heat.left)} orders are not in it: their source gives no time of the day.
            </p>
          )}
        </div>
      )}
    </>
  )
}

export function CohortWidget({ item: { widget }, reader, facts: { cohorts } }: Props<'cohort'>) {
  if (cohorts.length === 0) {
    return (
      <>
        <h2 class="font-semibold">{widget.title}</h2>
        <Nothing words="No customers bought for the first time in these twelve months." />
      </>
    )
  }
  const format = numberFormat(reader.locale, { style: 'percent', maximumFractionDigits: 1 })
  const longest = Math.max(...cohorts.map(({ retained }) => retained.length))
  const month = dateFormat(reader.locale, { month: 'short', year: 'numeric', timeZone: 'UTC' })
  return (
    <>
      <h2 class="font-semibold">{widget.title}</h2>
      <p class="mt-1 text-base-content/75 text-xs">
        Of the customers who first ordered in a month: how many ordered again so many months later. The month
        that runs is not over.
      </p>
      <section class="mt-3 overflow-x-auto" tabindex={0} aria-label={`${widget.title}, as a table`}>
        <table class="table table-xs">
          <caption class="sr-only">{widget.title}</caption>
          <thead>
            <tr>
              <th scope="col">First order</th>
              <th scope="col" class="text-right">
                Customers
              </th>
              {Array.from({ length: longest }, (_, since) => (
                <th scope="col" class="text-right">
                  +{since}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cohorts.map(({ first, size, retained }) => (
              <tr>
                <th scope="row" class="whitespace-nowrap font-normal">
                  {month.format(new Date(`${first}-01T00:00:00Z`))}
                </th>
                <td class="text-right tabular-nums">{numberFormat(reader.locale).format(size)}</td>
                {Array.from({ length: longest }, (_, since) => {
                  const percent = retained[since]
                  return (
                    <td class={`text-right tabular-nums ${percent === undefined ? '' : shade(percent)}`}>
                      {percent === undefined ? '' : format.format(percent / 100)}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

const shade = (percent: number): string =>
  percent >= 60
    ? 'bg-primary/25'
    : percent >= 30
      ? 'bg-primary/20'
      : percent >= 10
        ? 'bg-primary/10'
        : percent > 0
          ? 'bg-primary/5'
          : ''

export function GoalWidget({ item: { widget }, reader, facts: { goal } }: Props<'goal'>) {
  const say = (value: number) =>
    sayValue(value, {
      unit: goal?.metric.unit ?? 'count',
      currency: goal?.currency ?? null,
      locale: reader.locale,
    })
  const target = Number(goal?.target.value ?? 0)
  return (
    <>
      <h2 class="font-semibold">{widget.title}</h2>
      {!goal ? (
        <p class="mt-2 text-base-content/75 text-sm">
          No target for the period that runs.{' '}
          <a class="link" href="/foundry/alerts">
            Set one
          </a>
        </p>
      ) : (
        <>
          <p class="mt-1 font-semibold text-xl tabular-nums">
            {goal.value === null ? '–' : say(goal.value)}{' '}
            <span class="font-normal text-base text-base-content/75">of {say(target)}</span>
          </p>
          {goal.value !== null && target > 0 && (
            <progress
              class="progress progress-primary mt-2 w-full"
              value={Math.max(0, Math.min(target, goal.value))}
              max={target}
              aria-label={`${goal.metric.name}: ${say(goal.value)} of ${say(target)}`}
            />
          )}
          <p class="mt-2 text-base-content/80 text-sm">
            {rangeWords(goal.range, reader)}. {goal.pace && goal.value !== null && paceWords(goal.pace, say)}
          </p>
        </>
      )}
    </>
  )
}

const ACTIVITY_NAMES = { order: 'Order', payment: 'Payment', refund: 'Refund', invoice: 'Invoice' }

export function ActivityWidget({ item: { widget }, reader, facts: { lines } }: Props<'activity'>) {
  const day = dateFormat(reader.locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  return (
    <>
      <h2 class="font-semibold">{widget.title}</h2>
      {lines.length === 0 ? (
        <Nothing words="Nothing has happened yet." />
      ) : (
        <ul class="mt-2 divide-y divide-base-300 text-sm">
          {lines.slice(0, widget.limit ?? 10).map((line) => (
            <li class="flex flex-wrap items-baseline justify-between gap-x-3 py-2">
              <span class="min-w-0 break-words">
                {ACTIVITY_NAMES[line.kind]} {line.name}{' '}
                <span class="text-base-content/75 text-xs">
                  {line.source}, {day.format(new Date(`${line.day}T00:00:00Z`))}
                </span>
              </span>
              <span class="tabular-nums">{displayMoney(line.amount, line.currency, reader.locale)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
