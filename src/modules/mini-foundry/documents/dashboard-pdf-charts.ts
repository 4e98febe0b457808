/** What the charts of a dashboard show on paper: the same figures and words as on the page. */

import { barChart } from '../../../kit/chart/bar.ts'
import { donutChart } from '../../../kit/chart/donut.ts'
import { funnelChart } from '../../../kit/chart/funnel.ts'
import { heatChart } from '../../../kit/chart/heat.ts'
import { lineChart } from '../../../kit/chart/line.ts'
import type { ChartData, ChartPicture } from '../../../kit/chart/marks.ts'
import { stackedChart } from '../../../kit/chart/stacked.ts'
import { dateFormat, numberFormat } from '../../../kit/format.ts'
import type { DashboardView, WidgetView } from '../domain/dashboard-model.ts'
import { groupOf } from '../domain/dashboard-plan.ts'
import { funnelOf } from '../domain/funnel.ts'
import type { HeatMap } from '../domain/heat.ts'
import type { MetricGroup } from '../domain/metrics-answer.ts'
import { DIMENSION_NAMES } from '../domain/templates.ts'
import { chartFormats, numbers, periodLabel, type Reader, soFarOf } from '../views/dashboard-words.ts'

export interface PaperChart {
  picture: ChartPicture
  /** Named beneath the picture when there is more than one. */
  series: ChartData['series']
  /** A remark beneath it. */
  note?: string
}

const MOST_BARS = 8

/** Null where there is nothing to draw. */
export function chartOf(item: WidgetView, view: DashboardView, reader: Reader): PaperChart | null {
  switch (item.widget.kind) {
    case 'line':
    case 'area':
      return lines(item, view, reader)
    case 'stacked':
      return stacks(item, view, reader)
    case 'bar':
    case 'map':
      return bars(item, reader)
    case 'donut':
      return donut(item, reader)
    case 'funnel':
      return funnel(item, reader)
    default:
      return item.facts?.kind === 'heat_map' ? heat(item.facts.heat, reader) : null
  }
}

function lines({ answers }: WidgetView, view: DashboardView, reader: Reader): PaperChart | null {
  const [first] = answers
  if (!first) return null
  const before = first.compare
  const longer = before ? before.series.slice(first.series.length) : []
  const data: ChartData = {
    labels: [...periods(first.series, view, reader), ...longer.map(() => '')],
    series: [
      ...answers.map((answer) => ({
        name: answer.name,
        values: [...numbers(answer.series), ...longer.map(() => null)],
      })),
      ...(before
        ? [
            {
              name: `Before, from ${dayWords(before.from, view, reader)}`,
              values: numbers(before.series),
              dashed: true,
            },
          ]
        : []),
    ],
    soFar: soFarOf(view, first.series),
    ...chartFormats(first, reader),
  }
  return { picture: lineChart(data), series: data.series }
}

function stacks({ answers }: WidgetView, view: DashboardView, reader: Reader): PaperChart | null {
  const [first] = answers
  if (!first) return null
  const same = answers.filter(({ unit }) => unit === first.unit)
  const left = answers.filter((answer) => !same.includes(answer)).map(({ name }) => name)
  const data: ChartData = {
    labels: periods(first.series, view, reader),
    series: same.map((answer) => ({ name: answer.name, values: numbers(answer.series) })),
    ...chartFormats(first, reader),
  }
  return {
    picture: stackedChart(data),
    series: data.series,
    ...(left.length > 0 && {
      note: `Only figures of one unit stand on each other: ${left.join(', ')} left out.`,
    }),
  }
}

function bars(item: WidgetView, reader: Reader): PaperChart | null {
  const [answer] = item.answers
  const all = (answer?.groups ?? []).filter(isSomething)
  const shown = all.slice(0, item.widget.limit ?? MOST_BARS)
  if (!answer || shown.length === 0) return null
  const dimension = DIMENSION_NAMES[groupOf(item.widget) ?? 'channel']
  const data: ChartData = {
    labels: shown.map((group) => groupName(group, dimension)),
    series: [{ name: answer.name, values: numbers(shown.map(({ total }) => ({ value: total }))) }],
    ...chartFormats(answer, reader),
  }
  return {
    picture: barChart(data),
    series: [],
    ...(all.length > shown.length && { note: restWords(shown, all) }),
  }
}

function donut(item: WidgetView, reader: Reader): PaperChart | null {
  const [answer] = item.answers
  const dimension = DIMENSION_NAMES[item.widget.group_by ?? 'channel']
  const values = numbers((answer?.groups ?? []).map(({ total }) => ({ value: total })))
  if (!answer || !values.some((value) => value !== null && value > 0)) return null
  const data: ChartData = {
    labels: (answer.groups ?? []).map((group) => groupName(group, dimension)),
    series: [{ name: answer.name, values }],
    ...chartFormats(answer, reader),
  }
  const below = values.filter((value) => value !== null && value < 0).length
  return {
    picture: donutChart(data),
    series: [],
    ...(below > 0 && { note: `${below} below zero left out: they are no part of a whole.` }),
  }
}

function funnel({ widget, answers }: WidgetView, reader: Reader): PaperChart | null {
  const [first] = answers
  const steps = funnelOf(
    answers.map(({ name, total }) => ({ name, value: total === null ? null : Number(total) })),
  )
  if (!first || !steps.some(({ value }) => value)) return null
  const percent = numberFormat(reader.locale, { style: 'percent', maximumFractionDigits: 1 })
  const shares = steps.flatMap(({ name, of_previous_percent: share }, index) =>
    share === null
      ? []
      : `${name}: ${percent.format(share / 100)} of ${steps[index - 1]?.name.toLowerCase()}`,
  )
  const data: ChartData = {
    labels: steps.map(({ name }) => name),
    series: [{ name: widget.title, values: steps.map(({ value }) => value) }],
    ...chartFormats(first, reader),
  }
  return { picture: funnelChart(data), series: [], note: shares.join('; ') }
}

function heat({ cells, columns, left }: HeatMap, reader: Reader): PaperChart | null {
  if (!cells.some((row) => row.some((orders) => orders > 0))) return null
  const count = numberFormat(reader.locale)
  const format = (value: number) => count.format(value)
  const say = (at: Date, style: Intl.DateTimeFormatOptions) =>
    dateFormat(reader.locale, { ...style, timeZone: 'UTC' }).format(at)
  const data: ChartData = {
    // 1 January 2024 was a Monday
    labels: cells.map((_, day) => say(new Date(Date.UTC(2024, 0, 1 + day)), { weekday: 'short' })),
    series: Array.from({ length: cells[0]?.length ?? 0 }, (_, column) => ({
      name:
        columns === 'hours'
          ? `${String(column).padStart(2, '0')}:00`
          : say(new Date(Date.UTC(2024, column, 1)), { month: 'short' }),
      values: cells.map((row) => row[column] ?? 0),
    })),
    format,
    formatShort: format,
  }
  const rest = left > 0 ? ` ${format(left)} orders are not in it: their source gives no time of the day.` : ''
  const by = columns === 'hours' ? `hour, ${reader.timeZone}` : 'month'
  return { picture: heatChart(data), series: [], note: `Orders by weekday and ${by}.${rest}` }
}

const dayWords = (day: string, { calendar }: DashboardView, reader: Reader): string =>
  periodLabel(day, { granularity: 'day', fiscalYearStart: calendar.fiscalYearStart, oneYear: false }, reader)

const periods = (series: readonly { period: string }[], view: DashboardView, reader: Reader): string[] => {
  const style = {
    granularity: view.granularity,
    fiscalYearStart: view.calendar.fiscalYearStart,
    oneYear: view.range.from.slice(0, 4) === view.range.to.slice(0, 4),
  }
  return series.map(({ period }) => periodLabel(period, style, reader))
}

export const isSomething = ({ total }: MetricGroup): boolean => total !== null && Number(total) !== 0

export const groupName = (group: MetricGroup, dimension: string): string =>
  group.value === '' ? `No ${dimension}` : group.label

export const restWords = (shown: readonly unknown[], all: readonly unknown[]): string =>
  `The largest ${shown.length} of ${all.length}.`
