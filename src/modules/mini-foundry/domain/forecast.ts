/**
 * Forecasts of what happens day by day: the present level, shaped by weekdays and, with two years of history, by the
 * time of the year. How wrong it usually is comes from doing the same at earlier days and looking at what came.
 */
import { addDays } from '../../../kit/calendar.ts'
import { err, ok, type Result } from '../../../platform/result.ts'

export interface ForecastPoint {
  day: string
  value: number
  /** In four of five cases the truth lay between `low` and `high`. */
  low: number
  high: number
}

export interface Forecast {
  points: ForecastPoint[]
  total: number
  /** True when the time of the year was known. */
  yearly: boolean
  historyDays: number
  backtest: {
    /** How often a forecast was made from an earlier day and held against what came. */
    rounds: number
    /** Sum of the misses of days ÷ sum of what came, in percent; null when nothing came. */
    dayErrorPercent: number | null
    /** The same for the totals over the horizon. */
    totalErrorPercent: number | null
  }
}

export const LEAST_DAYS = 56
const YEAR = 365
const MAX_ROUNDS = 12
/** How much a new day moves the level. */
const SMOOTHING = 0.06
/** Weekdays are learned from this many days. */
const WEEKDAY_DAYS = 84

/**
 * `values` are the days up to and including `lastDay`, oldest first, without gaps. Refuses, in words, when there are
 * fewer than 56 days or than twice the horizon (1-365), or when nothing ever happened.
 */
export function forecast(
  values: readonly number[],
  lastDay: string,
  horizon: number,
): Result<Forecast, string> {
  const needed = Math.max(LEAST_DAYS, 2 * horizon)
  if (values.length < needed) {
    return err(
      `A forecast of ${horizon} days needs ${needed} days of history; there are ${values.length}. Try again later or ask for fewer days.`,
    )
  }
  if (values.every((value) => value === 0))
    return err('Nothing has happened yet, so nothing can be forecast.')
  const plain = project(values, horizon)
  const rounds = backtest(values, horizon)
  const [low, high] = spread(rounds)
  const never = values.every((value) => value >= 0)
  const floor = (value: number) => (never ? Math.max(0, value) : value)
  const points = plain.map((value, index) => ({
    day: addDays(lastDay, index + 1),
    value: floor(value),
    low: floor(value + low),
    high: floor(value + high),
  }))
  return ok({
    points,
    total: points.reduce((sum, { value }) => sum + value, 0),
    yearly: values.length >= 2 * YEAR,
    historyDays: values.length,
    backtest: {
      rounds: rounds.length,
      dayErrorPercent: errorPercent(
        rounds.flatMap(({ guessed, came }) => guessed.map((g, i) => [g, came[i] ?? 0])),
      ),
      totalErrorPercent: errorPercent(rounds.map(({ guessed, came }) => [sum(guessed), sum(came)])),
    },
  })
}

/** The next `horizon` days after `values`. */
function project(values: readonly number[], horizon: number): number[] {
  const yearly = yearShape(values)
  const flat = values.map((value, index) => value / yearly(index))
  const weekly = weekShape(flat)
  const level = levelOf(flat.map((value, index) => value - weekly(index)))
  return Array.from({ length: horizon }, (_, step) => {
    const index = values.length + step
    return (level + weekly(index)) * yearly(index)
  })
}

/** By how much each weekday differs from the mean, over the last twelve weeks. */
function weekShape(values: readonly number[]): (index: number) => number {
  const from = Math.max(0, values.length - WEEKDAY_DAYS)
  const recent = values.slice(from)
  const mean = sum(recent) / recent.length
  const shape = Array.from({ length: 7 }, (_, weekday) => {
    const own = recent.filter((_, index) => (index + from) % 7 === weekday)
    return sum(own) / Math.max(1, own.length) - mean
  })
  return (index) => shape[index % 7] ?? 0
}

/** The level at the end, each day counting a little less than the one after it. */
function levelOf(values: readonly number[]): number {
  let level = sum(values.slice(0, 28)) / Math.min(28, values.length)
  for (const value of values) level += SMOOTHING * (value - level)
  return level
}

/**
 * How the time of the year differs from the year's mean, from four weeks around the day in each year; damped by a
 * third because few years are a small sample. 1 where less than two years are known.
 */
function yearShape(values: readonly number[]): (index: number) => number {
  const years = Math.floor(values.length / YEAR)
  if (years < 2) return () => 1
  const from = values.length - years * YEAR
  const means = Array.from({ length: years }, (_, year) => {
    const start = from + year * YEAR
    return sum(values.slice(start, start + YEAR)) / YEAR
  })
  const sums = [0]
  for (const value of values) sums.push((sums.at(-1) ?? 0) + value)
  const around = (index: number) => {
    const start = Math.max(0, index - 14)
    const end = Math.min(values.length, index + 15)
    return ((sums[end] ?? 0) - (sums[start] ?? 0)) / (end - start)
  }
  const shape = Array.from({ length: YEAR }, (_, day) => {
    const known = means.flatMap((mean, year) => (mean > 0 ? [around(from + year * YEAR + day) / mean] : []))
    const index = known.length > 0 ? sum(known) / known.length : 1
    return Math.max(0.2, 1 + (index - 1) * (2 / 3))
  })
  return (index) => shape[(((index - from) % YEAR) + YEAR) % YEAR] ?? 1
}

interface Round {
  guessed: number[]
  came: number[]
}

/** Forecasts from up to twelve earlier days, each from what was known then. */
function backtest(values: readonly number[], horizon: number): Round[] {
  const rounds: Round[] = []
  const step = Math.max(7, Math.ceil(horizon / 2))
  for (let end = values.length - horizon; end >= LEAST_DAYS / 2 && rounds.length < MAX_ROUNDS; end -= step) {
    rounds.push({ guessed: project(values.slice(0, end), horizon), came: values.slice(end, end + horizon) })
  }
  return rounds
}

/** The misses that four of five days stay between. */
function spread(rounds: readonly Round[]): [low: number, high: number] {
  const misses = rounds
    .flatMap(({ guessed, came }) => guessed.map((value, index) => (came[index] ?? 0) - value))
    .sort((a, b) => a - b)
  const at = (part: number) => misses[Math.round(part * (misses.length - 1))] ?? 0
  return [Math.min(0, at(0.1)), Math.max(0, at(0.9))]
}

function errorPercent(pairs: readonly (readonly number[])[]): number | null {
  const came = pairs.reduce((total, [, truth = 0]) => total + Math.abs(truth), 0)
  if (came === 0) return null
  const missed = pairs.reduce((total, [guess = 0, truth = 0]) => total + Math.abs(guess - truth), 0)
  return Math.round((missed / came) * 1000) / 10
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
