/** How a range of days is cut into periods: what was asked for, or what reads well. */
import { type DayRange, daysBetween, type Granularity } from '../../../kit/calendar.ts'

/** More periods than this say nothing on a chart and cost much to answer. */
export const MAX_PERIODS = 4000

/** A granularity that gives a readable number of points (about 6 to 60). */
export function readableGranularity(range: DayRange): Granularity {
  const days = daysBetween(range.from, range.to) + 1
  if (days <= 45) return 'day'
  if (days <= 200) return 'week'
  return days <= 1900 ? 'month' : 'quarter'
}

const SHORTEST: Record<Granularity, number> = { day: 1, week: 7, month: 28, quarter: 90, year: 365 }

/** True when the range falls into too many periods. */
export const tooManyPeriods = (range: DayRange, granularity: Granularity): boolean =>
  (daysBetween(range.from, range.to) + 1) / SHORTEST[granularity] > MAX_PERIODS
