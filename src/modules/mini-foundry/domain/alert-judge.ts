/** Judges periods: pure, and from the figures alone, so that a rehearsal says what judging would have said. */
import { addDays, addYears } from '../../../kit/calendar.ts'
import type { AlertGranularity, AlertRule, ChangeRule } from './alert.ts'
import { anomalyLookback, expectation } from './alert-anomaly.ts'

export interface AlertPoint {
  /** First day of the period. */
  period: string
  /** As people see it: major units, percent as 0-100. Null: no value, or before anything is known. */
  value: number | null
}

export interface Verdict {
  period: string
  value: number | null
  /** What it was held against: the threshold, the value compared with, the expected value, the longest usual silence. */
  expected: number | null
  /** What is usual around `expected`, for anomalies. */
  band: { low: number; high: number } | null
  changePercent: number | null
  /** Days without anything, for quiet alerts. */
  silentDays: number | null
  /** Whether the condition holds; null: it cannot be said. */
  holds: boolean | null
  /** Whether the alert goes off: it holds and did not before, or is to repeat. */
  fires: boolean
}

/** So many periods without a value are looked past to see whether the condition held before. */
const GAP = 14
/** Quiet: days of rhythm that are looked at, and how many days with data make a rhythm. */
const QUIET_DAYS = 180
const QUIET_FEWEST = 5
const QUIET_SPAN = 12

/** Periods before the first judged one that `judge` has to be given. */
export function lookbackOf({ kind, rule }: AlertRule, granularity: AlertGranularity): number {
  const year = { day: 366, week: 52, month: 12 }[granularity]
  if (kind === 'threshold') return GAP
  if (kind === 'anomaly') return GAP + anomalyLookback(granularity)
  if (kind === 'quiet') return GAP + QUIET_DAYS
  return GAP + (rule.against === 'previous_year' ? year : 7)
}

/**
 * The verdicts on the periods from `from` on. `points` follow each other without gaps and begin `lookbackOf` periods
 * earlier; a verdict depends on no point outside of that.
 */
export function judge(
  alert: AlertRule,
  granularity: AlertGranularity,
  points: readonly AlertPoint[],
  from: string,
): Verdict[] {
  const conditions = new Map<number, Condition>()
  const conditionAt = (index: number): Condition => {
    const known = conditions.get(index)
    if (known) return known
    const found = conditionOf(alert, granularity, points, index)
    conditions.set(index, found)
    return found
  }
  return points.flatMap(({ period, value }, index) => {
    if (period < from) return []
    const condition = conditionAt(index)
    const repeats = alert.kind !== 'quiet' && alert.rule.repeat
    const fires = condition.holds === true && (repeats || !heldBefore(index, conditionAt))
    return [{ period, value, ...condition, fires }]
  })
}

type Condition = Omit<Verdict, 'period' | 'value' | 'fires'>

/** Whether the condition held when it could last be said, at most `GAP` periods ago. */
function heldBefore(index: number, conditionAt: (index: number) => Condition): boolean {
  for (let at = index - 1; at >= Math.max(0, index - GAP); at -= 1) {
    const { holds } = conditionAt(at)
    if (holds !== null) return holds
  }
  return false
}

const UNKNOWN: Condition = { expected: null, band: null, changePercent: null, silentDays: null, holds: null }

function conditionOf(
  alert: AlertRule,
  granularity: AlertGranularity,
  points: readonly AlertPoint[],
  index: number,
): Condition {
  const value = points[index]?.value ?? null
  if (value === null) return UNKNOWN
  switch (alert.kind) {
    case 'threshold': {
      const { operator, value: limit } = alert.rule
      const holds = operator === 'above' ? value > limit : value < limit
      return { ...UNKNOWN, expected: limit, changePercent: percentOf(value, limit), holds }
    }
    case 'change':
      return changed(
        alert.rule,
        value,
        points[baseIndex(alert.rule, granularity, points, index)]?.value ?? null,
      )
    case 'anomaly': {
      const lookback = anomalyLookback(granularity)
      const before = points.slice(Math.max(0, index - lookback), index).map((point) => point.value)
      const usual = expectation(before, granularity, alert.rule.sensitivity)
      if (!usual) return UNKNOWN
      const { expected, low, high } = usual
      const holds = (value < low || value > high) && wanted(alert.rule.direction, value - expected)
      return { ...UNKNOWN, expected, band: { low, high }, changePercent: percentOf(value, expected), holds }
    }
    case 'quiet':
      return silence(points.slice(Math.max(0, index - QUIET_DAYS), index + 1).map((point) => point.value))
  }
}

function changed({ direction, by, unit }: ChangeRule, value: number, base: number | null): Condition {
  if (base === null || (unit === 'percent' && base === 0)) return { ...UNKNOWN, expected: base }
  const off = value - base
  const size = unit === 'percent' ? Math.abs(off / base) * 100 : Math.abs(off)
  // 20% is 20% also where binary fractions make it 19.999999999999996
  const holds = size >= by - 1e-9 * by && wanted(direction, off)
  return { ...UNKNOWN, expected: base, changePercent: percentOf(value, base), holds }
}

function baseIndex(
  { against }: ChangeRule,
  granularity: AlertGranularity,
  points: readonly AlertPoint[],
  index: number,
): number {
  if (against === 'previous_period') return index - 1
  if (against === 'same_weekday') return index - 7
  if (granularity === 'week') return index - 52
  if (granularity === 'month') return index - 12
  const period = points[index]?.period ?? ''
  const day = addYears(period, -1)
  return index - (addDays(period, -365) === day ? 365 : 366)
}

/**
 * A source's silence, from its figures of each day up to now. Its rhythm is how long it was silent at most in nineteen
 * of twenty times; twice as long and a day more is unusual.
 */
function silence(days: readonly (number | null)[]): Condition {
  const active = days.flatMap((value, index) => (value ? [index] : []))
  const last = active.at(-1)
  if (last === undefined || active.length < QUIET_FEWEST || last - (active[0] ?? 0) < QUIET_SPAN)
    return UNKNOWN
  const gaps = active.slice(1).map((day, index) => day - (active[index] ?? day) - 1)
  const sorted = gaps.sort((a, b) => a - b)
  const usual = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? 0
  const limit = usual * 2 + 1
  const silentDays = days.length - 1 - last
  return { ...UNKNOWN, expected: limit, silentDays, holds: silentDays > limit }
}

const wanted = (direction: 'rise' | 'drop' | 'any', off: number): boolean =>
  direction === 'any' || (direction === 'rise' ? off > 0 : off < 0)

const percentOf = (value: number, base: number): number | null =>
  base === 0 ? null : Math.round(((value - base) / Math.abs(base)) * 10_000) / 100
