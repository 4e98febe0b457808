/** Targets and their pace: how far a period should be by now, in this business's own rhythm. Values in major units. */
import * as z from 'zod'
import { addDays, type DayRange, daysBetween, isDay } from '../../../kit/calendar.ts'
import { invalid, ok, type Result } from '../../../platform/result.ts'
import type { Ast } from './formula/parse.ts'
import type { Metric } from './metrics.ts'

export const TARGET_GRANULARITIES = ['month', 'quarter', 'year'] as const
export type TargetGranularity = (typeof TARGET_GRANULARITIES)[number]

const draftSchema = z.strictObject({
  metric: z.string('Choose a metric.').regex(/^[a-z][a-z0-9_]{0,59}$/, 'This is no id of a metric.'),
  granularity: z.enum(TARGET_GRANULARITIES).default('month'),
  /** Any day of the period; left out: the period that runs. */
  period: z.string().refine(isDay, 'Write a date like 2026-01-31.').nullish(),
  /** Null takes the target away. */
  value: z
    .union([z.number(), z.string().trim().min(1)], 'Write the target as a number.')
    .transform(Number)
    .refine(
      (value) => Number.isFinite(value) && Math.abs(value) < 1e13,
      'Write the target as a number, like 25000.',
    )
    .nullable(),
})
export type TargetDraft = z.infer<typeof draftSchema>

export function parseTarget(input: unknown): Result<TargetDraft> {
  const parsed = draftSchema.safeParse(input)
  if (parsed.success) return ok(parsed.data)
  return invalid(
    parsed.error.issues.map((issue) => ({
      path: [
        ...issue.path.map(String),
        ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []),
      ].join('.'),
      message: issue.message,
    })),
  )
}

export interface DayValue {
  day: string
  value: number | null
}

export interface Pace {
  /** Of the period's days (0-1), weighted by the business's own rhythm, as is over. */
  share: number
  /** What whole days have brought: today is not over. */
  actual: number
  /** What should be there by now. */
  expected: number
  /** Above 0: more than expected. */
  ahead: number
  state: 'ahead' | 'on_track' | 'behind' | 'reached' | 'missed'
  /** From today on, a day, to reach the target; null when it is reached or over. */
  neededPerDay: number | null
  daysLeft: number
  /** What the whole period will bring if it goes on so; null before anything can be said. */
  projected: number | null
  /** Where the rhythm is from. */
  shape: 'year_before' | 'weekdays' | 'even'
}

/** Within this part of what is expected it is on track. */
const ON_TRACK = 0.02
/** Before this part of a period is over no end is foretold. */
const LEAST_SHARE = 0.03

/**
 * The pace of a metric that adds up over days. `values`: its days within `range` before `today`. `past`: earlier days,
 * from which the shape is read (`dayWeights`). `lessIsBetter`: costs, where less than expected is good.
 */
export function paceOf(
  target: number,
  range: DayRange,
  today: string,
  values: readonly DayValue[],
  past: readonly DayValue[],
  lessIsBetter = false,
): Pace {
  const { weights, shape } = dayWeights(range, past)
  const days = daysBetween(range.from, range.to) + 1
  const over = Math.min(days, Math.max(0, daysBetween(range.from, today)))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const share = over === days ? 1 : weights.slice(0, over).reduce((sum, weight) => sum + weight, 0) / all
  const lastOver = addDays(range.from, over - 1)
  const actual = values
    .filter(({ day }) => day >= range.from && day <= lastOver)
    .reduce((sum, { value }) => sum + (value ?? 0), 0)
  const expected = target * share
  const ahead = actual - expected
  const daysLeft = days - over
  return {
    share,
    actual,
    expected,
    ahead,
    state: stateOf({ target, actual, expected, daysLeft, lessIsBetter }),
    neededPerDay: daysLeft > 0 && actual < target ? (target - actual) / daysLeft : null,
    daysLeft,
    projected: share >= LEAST_SHARE ? actual / share : null,
    shape,
  }
}

function stateOf(at: {
  target: number
  actual: number
  expected: number
  daysLeft: number
  lessIsBetter: boolean
}): Pace['state'] {
  const { target, actual, expected, daysLeft, lessIsBetter } = at
  const isReached = lessIsBetter ? actual <= target : actual >= target
  if (daysLeft === 0) return isReached ? 'reached' : 'missed'
  if (isReached && !lessIsBetter) return 'reached'
  if (lessIsBetter && actual > target) return 'missed'
  const margin = Math.abs(expected) * ON_TRACK
  const better = (actual - expected) * (lessIsBetter ? -1 : 1)
  if (better > margin) return 'ahead'
  return better < -margin ? 'behind' : 'on_track'
}

/**
 * How much each day of `range` weighs: as the same weekdays a year before (364 days earlier) where those are known and
 * brought something; else as its weekday did in the last eight weeks before the range; else all the same.
 */
export function dayWeights(
  range: DayRange,
  past: readonly DayValue[],
): { weights: number[]; shape: Pace['shape'] } {
  const known = new Map(past.flatMap(({ day, value }) => (value === null ? [] : [[day, Math.max(0, value)]])))
  const days = Array.from({ length: daysBetween(range.from, range.to) + 1 }, (_, index) =>
    addDays(range.from, index),
  )
  const yearBefore = days.map((day) => known.get(addDays(day, -364)) ?? null)
  const there = yearBefore.filter((value) => value !== null)
  if (there.length >= days.length * 0.9 && sumOf(there) > 0) {
    const mean = sumOf(there) / there.length
    return { weights: yearBefore.map((value) => value ?? mean), shape: 'year_before' }
  }
  const recent = Array.from({ length: 56 }, (_, index) => addDays(range.from, index - 56))
  const weekdays = Array.from({ length: 7 }, (_, weekday) =>
    recent.flatMap((day, index) => (index % 7 === weekday ? (known.get(day) ?? []) : [])),
  )
  if (weekdays.every((values) => values.length >= 4) && weekdays.some((values) => sumOf(values) > 0)) {
    const means = weekdays.map((values) => sumOf(values) / values.length)
    return { weights: days.map((_, index) => means[index % 7] ?? 0), shape: 'weekdays' }
  }
  return { weights: days.map(() => 1), shape: 'even' }
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

/** Whether the days of a metric add up to its period: only then is there a pace. */
export function addsUp({
  ast,
  measures,
  distinct,
  unit,
}: Pick<Metric, 'ast' | 'measures' | 'distinct' | 'unit'>): boolean {
  if (distinct || (unit !== 'money' && unit !== 'count')) return false
  return measures.every(({ kind, family }) => kind === 'flow' && family !== 'calendar') && isLinear(ast)
}

function isLinear(ast: Ast): boolean {
  switch (ast.type) {
    case 'name':
      return true
    case 'minus':
      return isLinear(ast.of)
    case 'binary':
      if (ast.operator === '+' || ast.operator === '-') return isLinear(ast.left) && isLinear(ast.right)
      if (ast.operator === '*')
        return (isNumber(ast.left) && isLinear(ast.right)) || (isLinear(ast.left) && isNumber(ast.right))
      return ast.operator === '/' && isLinear(ast.left) && isNumber(ast.right)
    default:
      return false
  }
}

const isNumber = (ast: Ast): boolean => ast.type === 'number'
