/** A widget: a number, a line, bars or a table, each with its receipt. */

import type { ChartData } from '../../../kit/chart/marks.ts'
import { Chart, Sparkline } from '../../../views/chart.tsx'
import { ChangeWords, Stat } from '../../../views/stat.tsx'
import { comparisonOf, groupOf } from '../domain/dashboard-plan.ts'
import type { MetricAnswer, MetricGroup } from '../domain/metrics-answer.ts'
import { DIMENSION_NAMES } from '../domain/templates.ts'
import { Definition } from './dashboard-definition.tsx'
import { WidgetNeeds } from './dashboard-needs.tsx'
import { ActivityWidget, CohortWidget, GoalWidget, HeatWidget } from './dashboard-widget-facts.tsx'
import { MapWidget } from './dashboard-widget-map.tsx'
import { DonutWidget, FunnelWidget, StackedWidget } from './dashboard-widget-parts.tsx'
import type { WidgetProps } from './dashboard-widget-props.ts'
import { TextWidget } from './dashboard-widget-text.tsx'
import {
  changeWords,
  chartFormats,
  figure,
  numbers,
  PERIOD_NAMES,
  periodLabel,
  periodLabels,
  remarkWords,
  soFarOf,
} from './dashboard-words.ts'

/** Widths on a grid of 12 columns, written out so that the style sheet knows them. */
export const SPANS: Record<number, string> = {
  1: 'lg:col-span-1',
  2: 'lg:col-span-2',
  3: 'lg:col-span-3',
  4: 'lg:col-span-4',
  5: 'lg:col-span-5',
  6: 'lg:col-span-6',
  7: 'lg:col-span-7',
  8: 'lg:col-span-8',
  9: 'lg:col-span-9',
  10: 'lg:col-span-10',
  11: 'lg:col-span-11',
  12: 'lg:col-span-12',
}

export const widgetElementId = (id: string): string => `widget-${id}`

export function WidgetCard({ item, view, reader }: WidgetProps) {
  const { widget, answers } = item
  const width = view.dashboard.layout.find(({ id }) => id === widget.id)?.w ?? 6
  const phone = widget.kind === 'number' ? 'col-span-12 sm:col-span-6' : 'col-span-12'
  return (
    <section
      id={widgetElementId(widget.id)}
      class={`${phone} ${SPANS[width]} flex min-w-0 flex-col rounded-box border border-base-300 bg-base-100 p-4 sm:p-5`}
      aria-label={widget.title}
    >
      <div class="flex min-w-0 flex-1 flex-col">
        <WidgetBody item={item} view={view} reader={reader} />
        <WidgetNeeds answers={answers} />
      </div>
      {widget.kind !== 'text' && <Definition widget={widget} answers={answers} view={view} reader={reader} />}
    </section>
  )
}

function WidgetBody(props: WidgetProps) {
  switch (props.item.widget.kind) {
    case 'number':
      return <NumberWidget {...props} />
    case 'line':
    case 'area':
      return <LineWidget {...props} />
    case 'bar':
      return <BarWidget {...props} />
    case 'map':
      return <MapWidget {...props} />
    case 'table':
      return <TableWidget {...props} />
    case 'stacked':
      return <StackedWidget {...props} />
    case 'donut':
      return <DonutWidget {...props} />
    case 'funnel':
      return <FunnelWidget {...props} />
    case 'text':
      return <TextWidget item={props.item} />
    default:
      return <FactsWidget {...props} />
  }
}

function FactsWidget(props: WidgetProps) {
  const { facts } = props.item
  switch (facts?.kind) {
    case 'heat_map':
      return <HeatWidget {...props} facts={facts} />
    case 'cohort':
      return <CohortWidget {...props} facts={facts} />
    case 'goal':
      return <GoalWidget {...props} facts={facts} />
    case 'activity':
      return <ActivityWidget {...props} facts={facts} />
    default:
      return <h2 class="font-semibold">{props.item.widget.title}</h2>
  }
}

function NumberWidget({ item, view, reader }: WidgetProps) {
  const [answer] = item.answers
  if (!answer) return null
  // the day that is not over would be drawn as a fall
  const soFar = soFarOf(view, answer.series)
  const known = numbers(answer.series.slice(0, soFar))
  return (
    <Stat
      label={item.widget.title}
      value={figure(answer, answer.total, reader)}
      change={changeWords(answer, comparisonOf(item.widget, view.query), reader)}
      sparkline={
        known.length > 1 ? (
          <Sparkline
            values={known}
            label={`${item.widget.title} by ${view.granularity}, ${known.length} points`}
          />
        ) : undefined
      }
    />
  )
}

function LineWidget({ item, view, reader }: WidgetProps) {
  const [first] = item.answers
  if (!first) return null
  const style = {
    granularity: view.granularity,
    fiscalYearStart: view.calendar.fiscalYearStart,
    oneYear: view.range.from.slice(0, 4) === view.range.to.slice(0, 4),
  }
  const soFar = soFarOf(view, first.series)
  const before = first.compare
  const longer =
    before && before.series.length > first.series.length ? before.series.slice(first.series.length) : []
  const data: ChartData = {
    labels: [...periodLabels(first.series, style, soFar, reader), ...longer.map(() => '')],
    axisLabels: [
      ...first.series.map(({ period }) => periodLabel(period, style, reader)),
      ...longer.map(() => ''),
    ],
    soFar,
    series: [
      ...item.answers.map((answer) => ({
        name: answer.name,
        values: [...numbers(answer.series), ...longer.map(() => null)],
      })),
      ...(before
        ? [
            {
              name: `Before (from ${periodLabel(before.from, { ...style, granularity: 'day', oneYear: false }, reader)})`,
              values: numbers(before.series),
              dashed: true,
            },
          ]
        : []),
    ],
    remarks: remarkWords(view, first.series, reader),
    ...chartFormats(first, reader),
  }
  const change = changeWords(first, comparisonOf(item.widget, view.query), reader)
  return (
    <>
      <h2 class="font-semibold">{item.widget.title}</h2>
      <p class="mt-1 flex flex-wrap items-baseline gap-x-3 text-sm">
        <span class="font-semibold text-lg tabular-nums">{figure(first, first.total, reader)}</span>
      </p>
      {change && <ChangeWords change={change} />}
      <div class="mt-3">
        <Chart
          kind={item.widget.kind === 'area' ? 'area' : 'line'}
          title={item.widget.title}
          data={data}
          labelName={PERIOD_NAMES[view.granularity]}
          id={`chart-${item.widget.id}`}
        />
      </div>
    </>
  )
}

function BarWidget({ item, reader }: WidgetProps) {
  const [answer] = item.answers
  const groups = topGroups(answer, item.widget.limit ?? 8)
  const dimension = DIMENSION_NAMES[groupOf(item.widget) ?? 'channel']
  return (
    <>
      <h2 class="font-semibold">{item.widget.title}</h2>
      {!answer || groups.length === 0 ? (
        <p class="mt-2 text-base-content/75 text-sm">Nothing in this range.</p>
      ) : (
        <div class="mt-3">
          <Chart
            kind="bar"
            title={item.widget.title}
            data={{
              labels: groups.map((group) => groupName(group, dimension)),
              series: [
                {
                  name: answer.name,
                  values: numbers(groups.map(({ total }) => ({ value: total }))),
                },
              ],
              ...chartFormats(answer, reader),
            }}
            labelName={capital(dimension)}
            id={`chart-${item.widget.id}`}
          />
          <RestWords answer={answer} shown={groups.length} dimension={dimension} />
        </div>
      )}
    </>
  )
}

function TableWidget({ item, reader }: WidgetProps) {
  const [first] = item.answers
  const groups = topGroups(first, item.widget.limit ?? 10)
  const dimension = DIMENSION_NAMES[item.widget.group_by ?? 'product']
  if (!first || groups.length === 0) {
    return (
      <>
        <h2 class="font-semibold">{item.widget.title}</h2>
        <p class="mt-2 text-base-content/75 text-sm">Nothing in this range.</p>
      </>
    )
  }
  const cells = item.answers.map((answer) => ({
    answer,
    values: new Map(answer.groups?.map((group) => [group.value, group.total])),
  }))
  return (
    <>
      <h2 class="font-semibold">{item.widget.title}</h2>
      <section class="mt-3 overflow-x-auto" tabindex={0} aria-label={`${item.widget.title}, as a table`}>
        <table class="table-sm table">
          <caption class="sr-only">{item.widget.title}</caption>
          <thead class="text-base-content/80">
            <tr>
              <th scope="col">{capital(dimension)}</th>
              {item.answers.map((answer) => (
                <th scope="col" class="text-right">
                  {answer.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <tr>
                <th scope="row" class="font-normal">
                  {groupName(group, dimension)}
                </th>
                {cells.map(({ answer, values }) => (
                  <td class="text-right tabular-nums">
                    {figure(answer, values.get(group.value) ?? null, reader)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <RestWords answer={first} shown={groups.length} dimension={dimension} />
    </>
  )
}

function RestWords({ answer, shown, dimension }: { answer: MetricAnswer; shown: number; dimension: string }) {
  const all = answer.groups?.filter(isSomething).length ?? 0
  if (all <= shown) return null
  return (
    <p class="mt-2 text-base-content/75 text-xs">
      The largest {shown} of {all}, by {answer.name.toLowerCase()} of each {dimension}.
    </p>
  )
}

const isSomething = (group: MetricGroup): boolean => group.total !== null && Number(group.total) !== 0

const topGroups = (answer: MetricAnswer | undefined, limit: number): MetricGroup[] =>
  (answer?.groups ?? []).filter(isSomething).slice(0, limit)

const groupName = (group: MetricGroup, dimension: string): string =>
  group.value === '' ? `No ${dimension}` : group.label

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
