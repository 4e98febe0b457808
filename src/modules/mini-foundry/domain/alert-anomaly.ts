/** What a value was to be expected to be, from the same weekdays before and from the season, robust against outliers. */
import type { AlertGranularity, Sensitivity } from './alert.ts'

export interface Expectation {
  expected: number
  /** What is usual reaches from here to there. */
  low: number
  high: number
}

/** How many periods back the usual is looked for, and with how few of them nothing can be said. */
const WINDOW = { day: 56, week: 26, month: 18 } as const
const FEWEST = { day: 28, week: 8, month: 6 } as const
/** Periods that share a rhythm: weekdays. */
const RHYTHM = { day: 7, week: 1, month: 1 } as const
/** As many periods before: the same season of the year before, weekday on weekday. */
const YEAR = { day: 364, week: 52, month: 12 } as const
/** Around the same time of the year before, this many periods on either side say what the season does. */
const SEASON_REACH = { day: 3, week: 1, month: 0 } as const

/** Spreads (in robust standard deviations) that are still usual. */
const USUAL: Record<Sensitivity, number> = { low: 5.5, medium: 4.2, high: 3.3 }
/** Of a normal distribution the median absolute deviation is 1/1.4826 of the standard deviation. */
const MAD_TO_DEVIATION = 1.4826
/** A business that does the same to the cent each day is not alarmed by the next cent. */
const LEAST_SPREAD = 0.03
/** The season of one year before is believed only where it is plain: a third more or a quarter less. */
const PLAIN_SEASON = 0.29
const MOST_SEASON = Math.log(4)

/** Periods before the judged one that `expectation` looks at. */
export const anomalyLookback = (granularity: AlertGranularity): number =>
  YEAR[granularity] + WINDOW[granularity] + SEASON_REACH[granularity]

/**
 * The value to expect after `before` (the oldest first, null where nothing is known), and what is usual around it. Null:
 * too little is known. Median by weekday over eight weeks; half a year of weeks; eighteen months.
 */
export function expectation(
  before: readonly (number | null)[],
  granularity: AlertGranularity,
  sensitivity: Sensitivity,
): Expectation | null {
  const known = windowOf(before, before.length, granularity)
  if (known.length < FEWEST[granularity]) return null
  const scale = scaleOf(known.map(({ value }) => value))
  const rhythm = RHYTHM[granularity]
  const usual = usualOf(known, rhythm, scale)
  const own = usual[0]
  if (own === null || own === undefined) return null
  const left = known.map(({ back, value }) => Math.abs(scale.to(value) - (usual[back % rhythm] ?? 0)))
  const deviation = (median(left) ?? 0) * MAD_TO_DEVIATION * widening(known.length, rhythm)
  const spread = USUAL[sensitivity] * Math.max(deviation, scale.least(own))
  const middle = own + (scale.isLog ? seasonOf(before, granularity, scale) : 0)
  return {
    expected: scale.from(middle),
    low: scale.from(middle - spread),
    high: scale.from(middle + spread),
  }
}

/** What values are compared on: figures of a business vary by parts of themselves, so logarithms where none is below 0. */
interface Scale {
  isLog: boolean
  to(value: number): number
  from(scaled: number): number
  least(own: number): number
}

function scaleOf(values: readonly number[]): Scale {
  const middle = median(values) ?? 0
  if (middle <= 0 || values.some((value) => value < 0)) {
    const least = (own: number) => Math.abs(own) * LEAST_SPREAD
    return { isLog: false, to: (value) => value, from: (scaled) => scaled, least }
  }
  // so that nothing at all is far away, but not without end
  const lift = middle * 0.05
  return {
    isLog: true,
    to: (value) => Math.log(Math.max(0, value) + lift),
    from: (scaled) => Math.max(0, Math.exp(scaled) - lift),
    least: () => LEAST_SPREAD,
  }
}

interface KnownValue {
  back: number
  value: number
}

const usualOf = (known: readonly KnownValue[], rhythm: number, scale: Scale): (number | null)[] =>
  Array.from({ length: rhythm }, (_, phase) =>
    median(known.filter(({ back }) => back % rhythm === phase).map(({ value }) => scale.to(value))),
  )

/** What is known of the last `WINDOW` periods before `end`; a whole rhythm `back` has phase 0. */
function windowOf(
  values: readonly (number | null)[],
  end: number,
  granularity: AlertGranularity,
): KnownValue[] {
  const from = Math.max(0, end - WINDOW[granularity])
  return values
    .slice(from, end)
    .flatMap((value, index) => (value === null ? [] : [{ back: end - from - index, value }]))
}

/**
 * Around medians of few values what is left is too small, and the next value is off by their own error too: measured on
 * normal noise.
 */
const widening = (count: number, rhythm: number): number =>
  Math.sqrt(count / Math.max(1, count - rhythm * 1.5)) * Math.sqrt(1 + (1.57 * rhythm) / count)

/** How this time of the year stood out from the weeks before it, a year ago, on the scale; 0 where it is not plain. */
function seasonOf(before: readonly (number | null)[], granularity: AlertGranularity, scale: Scale): number {
  const reach = SEASON_REACH[granularity]
  const at = before.length - YEAR[granularity]
  const start = at - reach
  if (start - WINDOW[granularity] < 0) return 0
  const rhythm = RHYTHM[granularity]
  const earlier = windowOf(before, start, granularity)
  if (earlier.length < FEWEST[granularity]) return 0
  const usual = usualOf(earlier, rhythm, scale)
  const stoodOut = before.slice(start, at + reach + 1).flatMap((value, index) => {
    const own = usual[(rhythm - (index % rhythm)) % rhythm]
    return value === null || own === null || own === undefined ? [] : [scale.to(value) - own]
  })
  const season = median(stoodOut) ?? 0
  return Math.abs(season) > PLAIN_SEASON ? Math.min(MOST_SEASON, Math.max(-MOST_SEASON, season)) : 0
}

/** The middle of the values; null when there are none. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle]
  if (upper === undefined) return null
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}
