/** From rows to the answer of the API: totals, series, groups and comparison of each metric. */
import { type CalendarSettings, type DayRange, type Granularity, periodsOf } from '../../../kit/calendar.ts'
import { alignedHoliday, type Comparison, changePercent } from './compare.ts'
import type { MetricId } from './dashboard.ts'
import { evaluateFormula } from './formula/evaluate.ts'
import { whyNothing } from './formula/why-nothing.ts'
import { MEASURES } from './measures.ts'
import type { MetricQuery } from './metric-query.ts'
import type { Metric, MetricUnit } from './metrics.ts'
import { type MetricBook, metricBook } from './metrics-book.ts'
import { type Figures, figuresOf } from './metrics-figures.ts'
import { type MetricValue, presentValue } from './metrics-present.ts'
import type { Convert, RangeRows } from './metrics-rows.ts'
import { whyNot } from './metrics-support.ts'

export type { MetricValue } from './metrics-present.ts'

export interface MetricPoint {
  /** First day of the period. */
  period: string
  value: MetricValue
}

export interface MetricGroup {
  value: string
  label: string
  total: MetricValue
  compare?: { total: MetricValue; change_percent: number | null }
}

export interface MetricComparison {
  from: string
  to: string
  total: MetricValue
  series: MetricPoint[]
  change_percent: number | null
  /** The holiday that lies on top of itself a year before. */
  holiday?: string
}

export interface MetricAnswer {
  metric: MetricId
  name: string
  unit: MetricUnit
  currency: string | null
  /** Present and true where more is worse. */
  less_is_better?: true
  total: MetricValue
  series: MetricPoint[]
  groups?: MetricGroup[]
  compare?: MetricComparison
  /** All comparisons in the order they were asked for, when there are several. */
  comparisons?: (MetricComparison & { comparison: Comparison })[]
  unconverted?: { currency: string; total: MetricValue }[]
  /** Why the metric cannot answer this question (a filter or grouping that it does not know). */
  refused?: string
  /** Why there is no total, in a sentence: what is divided by nothing, what nothing is known of. */
  missing?: string
}

export interface MetricFacts {
  rows: RangeRows
  compareRows: RangeRows | null
  /** By value of the dimension. */
  groups: Map<string, RangeRows>
  compareGroups: Map<string, RangeRows>
  convert: Convert
  /** Words for dimension values that are ids (sources). */
  labels: Map<string, string>
}

export interface AnswerSettings extends CalendarSettings {
  currency: string
}

/**
 * The answers to `query`, one for each metric in its order; metrics that the book does not know are left out. `facts`
 * holds the rows of exactly its ranges.
 */
export function answerMetrics(
  query: MetricQuery,
  facts: MetricFacts,
  settings: AnswerSettings,
  book: MetricBook = metricBook(),
): MetricAnswer[] {
  const now = summed(facts.rows, query.range, query.granularity, facts.convert, settings)
  const before =
    query.compareRange &&
    facts.compareRows &&
    summed(facts.compareRows, query.compareRange, query.granularity, facts.convert, settings)
  const holiday = query.compare && alignedHoliday(query.range, query.compare)
  const groups = query.groupBy && summedGroups(facts.groups, query.range, facts.convert)
  const groupsBefore =
    query.groupBy && query.compareRange
      ? summedGroups(facts.compareGroups, query.compareRange, facts.convert)
      : null
  return query.metrics.flatMap((id) => {
    const metric = book.get(id)
    if (!metric) return []
    const reason = whyNot(metric, query)
    const show = shower(metric, settings.currency)
    if (reason) return [refusedAnswer(metric, settings.currency, reason, now, groups !== null)]
    const total = valueIn(metric, now.all)
    const answer: MetricAnswer = {
      ...headOf(metric, settings.currency),
      total: show(total),
      series: series(metric, now, show),
    }
    const missing = total === null && (metric.custom?.problem ?? whyNothing(metric.ast, now.all.get, titleOf))
    if (missing) answer.missing = missing
    if (groups) answer.groups = groupsOf(metric, groups, groupsBefore, facts.labels, show)
    if (before && query.compareRange) {
      const totalBefore = valueIn(metric, before.all)
      answer.compare = {
        ...query.compareRange,
        total: show(totalBefore),
        series: series(metric, before, show),
        change_percent: changePercent(total, totalBefore),
        ...(holiday && { holiday }),
      }
    }
    const left = unconvertedOf(metric, now.all)
    if (left.length > 0) answer.unconverted = left
    return [answer]
  })
}

interface SummedRange {
  all: Figures
  periods: { start: string; figures: Figures }[]
}

type Show = (value: number | null) => MetricValue

const shower =
  (metric: Metric, currency: string): Show =>
  (value) =>
    presentValue(metric.unit, value, currency)

const titleOf = (measure: string): string => MEASURES.get(measure)?.title ?? measure

const headOf = (metric: Metric, currency: string) => ({
  metric: metric.id,
  name: metric.name,
  unit: metric.unit,
  currency: metric.unit === 'money' ? currency : null,
  ...(metric.lessIsBetter ? { less_is_better: true as const } : {}),
})

const valueIn = (metric: Metric, figures: Figures): number | null => evaluateFormula(metric.ast, figures.get)

const series = (metric: Metric, { periods }: SummedRange, show: Show): MetricPoint[] =>
  periods.map(({ start, figures }) => ({ period: start, value: show(valueIn(metric, figures)) }))

function summed(
  rows: RangeRows,
  range: DayRange,
  granularity: Granularity,
  convert: Convert,
  settings: CalendarSettings,
): SummedRange {
  const periods = periodsOf(range.from, range.to, granularity, settings)
  const figures = figuresOf(rows, periods, convert)
  return {
    all: whole(rows, range, convert),
    periods: periods.map(({ start }, index) => ({ start, figures: figures[index] as Figures })),
  }
}

const whole = (rows: RangeRows, range: DayRange, convert: Convert): Figures =>
  figuresOf(rows, [{ start: range.from, ...range }], convert)[0] as Figures

const summedGroups = (
  groups: Map<string, RangeRows>,
  range: DayRange,
  convert: Convert,
): Map<string, Figures> =>
  new Map(Array.from(groups, ([value, rows]) => [value, whole(rows, range, convert)]))

/** The largest first; groups that only the comparison knows come with their zero. */
function groupsOf(
  metric: Metric,
  now: Map<string, Figures>,
  before: Map<string, Figures> | null,
  labels: Map<string, string>,
  show: Show,
): MetricGroup[] {
  const value = (figures: Figures | undefined) => valueIn(metric, figures ?? NOTHING)
  const values = new Set([...now.keys(), ...(before?.keys() ?? [])])
  const groups = Array.from(values, (name) => {
    const total = value(now.get(name))
    const earlier = before ? value(before.get(name)) : null
    const compare = before && { total: show(earlier), change_percent: changePercent(total, earlier) }
    const group = { value: name, label: labels.get(name) ?? name, total: show(total) }
    return { units: total ?? Number.NEGATIVE_INFINITY, group: compare ? { ...group, compare } : group }
  })
  groups.sort((a, b) => b.units - a.units || (a.group.value < b.group.value ? -1 : 1))
  return groups.map(({ group }) => group)
}

const NOTHING: Figures = { get: () => 0, unconverted: new Map() }

function unconvertedOf(metric: Metric, figures: Figures): NonNullable<MetricAnswer['unconverted']> {
  return Array.from(figures.unconverted, ([currency, get]) => ({
    currency,
    total: presentValue(metric.unit, evaluateFormula(metric.ast, get), currency),
  })).filter(({ total }) => total !== null && Number(total) !== 0)
}

function refusedAnswer(
  metric: Metric,
  currency: string,
  refused: string,
  now: SummedRange,
  grouped: boolean,
): MetricAnswer {
  return {
    ...headOf(metric, currency),
    total: null,
    series: now.periods.map(({ start }) => ({ period: start, value: null })),
    ...(grouped ? { groups: [] } : {}),
    refused,
  }
}
