/** From rollup rows to the answer of the API: totals, series, groups and comparison of each metric. */
import {
  type CalendarSettings,
  type DayRange,
  type Granularity,
  periodStart,
  periodsOf,
} from '../../../kit/calendar.ts'
import { currencyDigits, formatUnits, moneyText } from '../../../platform/money.ts'
import { changePercent } from './compare.ts'
import type { MetricId } from './dashboard.ts'
import type { MetricQuery } from './metric-query.ts'
import { METRICS, type Metric, type MetricUnit } from './metrics.ts'
import { type Convert, type RollupRow, type Summed, sumRows } from './metrics-totals.ts'

/** Money as decimal text, counts as numbers; null where there is no value. */
export type MetricValue = string | number | null

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

export interface MetricAnswer {
  metric: MetricId
  unit: MetricUnit
  currency: string | null
  total: MetricValue
  series: MetricPoint[]
  groups?: MetricGroup[]
  compare?: {
    from: string
    to: string
    total: MetricValue
    series: MetricPoint[]
    change_percent: number | null
  }
  unconverted?: { currency: string; total: MetricValue }[]
}

export interface MetricFacts {
  rows: RollupRow[]
  compareRows: RollupRow[]
  groups: RollupRow[]
  compareGroups: RollupRow[]
  convert: Convert
  /** Words for dimension values that are ids (sources). */
  labels: Map<string, string>
}

export interface AnswerSettings extends CalendarSettings {
  currency: string
}

/** The answers to `query`, one for each metric in its order. `facts` holds the rows of exactly its ranges. */
export function answerMetrics(
  query: MetricQuery,
  facts: MetricFacts,
  settings: AnswerSettings,
): MetricAnswer[] {
  const now = summedPeriods(facts.rows, query.range, query.granularity, facts.convert, settings)
  const before =
    query.compareRange &&
    summedPeriods(facts.compareRows, query.compareRange, query.granularity, facts.convert, settings)
  const groups = query.groupBy && summedGroups(facts.groups, facts.convert)
  const groupsBefore = query.groupBy && query.compareRange && summedGroups(facts.compareGroups, facts.convert)
  return query.metrics.map((id) => {
    const metric = METRICS[id]
    const show = (units: number | null) => present(metric, units, settings.currency)
    const series = (summed: SummedRange) =>
      summed.periods.map(({ start, sums }) => ({ period: start, value: show(metric.compute(sums.totals)) }))
    const total = metric.compute(now.all.totals)
    const answer: MetricAnswer = {
      metric: id,
      unit: metric.unit,
      currency: metric.unit === 'money' ? settings.currency : null,
      total: show(total),
      series: series(now),
    }
    if (groups) answer.groups = groupsOf(metric, groups, groupsBefore, facts.labels, settings.currency)
    if (before && query.compareRange) {
      const totalBefore = metric.compute(before.all.totals)
      answer.compare = {
        ...query.compareRange,
        total: show(totalBefore),
        series: series(before),
        change_percent: changePercent(total, totalBefore),
      }
    }
    const left = metric.unit === 'money' ? unconvertedOf(metric, now.all) : []
    if (left.length > 0) answer.unconverted = left
    return answer
  })
}

interface SummedRange {
  all: Summed
  periods: { start: string; sums: Summed }[]
}

function summedPeriods(
  rows: RollupRow[],
  range: DayRange,
  granularity: Granularity,
  convert: Convert,
  settings: CalendarSettings,
): SummedRange {
  const byPeriod = Map.groupBy(rows, (row) => periodStart(row.day, granularity, settings))
  const periods = periodsOf(range.from, range.to, granularity, settings)
  return {
    all: sumRows(rows, convert),
    periods: periods.map(({ start }) => ({ start, sums: sumRows(byPeriod.get(start) ?? [], convert) })),
  }
}

function summedGroups(rows: RollupRow[], convert: Convert): Map<string, Summed> {
  const groups = Map.groupBy(rows, (row) => row.value)
  return new Map(Array.from(groups, ([value, own]) => [value, sumRows(own, convert)]))
}

/** The largest first; groups that only the comparison knows come with their zero. */
function groupsOf(
  metric: Metric,
  now: Map<string, Summed>,
  before: Map<string, Summed> | null,
  labels: Map<string, string>,
  currency: string,
): MetricGroup[] {
  const none = sumRows([], () => 1)
  const values = new Set([...now.keys(), ...(before?.keys() ?? [])])
  const groups = Array.from(values, (value) => {
    const total = metric.compute((now.get(value) ?? none).totals)
    const earlier = before ? metric.compute((before.get(value) ?? none).totals) : null
    const compare = before && {
      total: present(metric, earlier, currency),
      change_percent: changePercent(total, earlier),
    }
    const group = { value, label: labels.get(value) ?? value, total: present(metric, total, currency) }
    return { units: total ?? Number.NEGATIVE_INFINITY, group: compare ? { ...group, compare } : group }
  })
  groups.sort((a, b) => b.units - a.units || (a.group.value < b.group.value ? -1 : 1))
  return groups.map(({ group }) => group)
}

function unconvertedOf(metric: Metric, summed: Summed): NonNullable<MetricAnswer['unconverted']> {
  return Array.from(summed.unconverted, ([currency, totals]) => ({
    currency,
    total: present(metric, metric.compute(totals), currency),
  })).filter(({ total }) => total !== null && Number(total) !== 0)
}

/** The one rounding: half away from zero, to the currency's own precision. */
function present(metric: Metric, value: number | null, currency: string): MetricValue {
  if (value === null || metric.unit !== 'money') return value
  if (Number.isInteger(value)) return moneyText(value, currency)
  const digits = currencyDigits(currency)
  const scale = 10 ** (4 - digits)
  const rounded = Math.sign(value) * Math.round(Math.abs(value) / scale) * scale
  return formatUnits(rounded, digits)
}
