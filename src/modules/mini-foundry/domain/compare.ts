/** What a range is compared with, and by how much it changed. */
import { addDays, addYears, type DayRange, daysBetween } from '../../../kit/calendar.ts'
import { HOLIDAY_NAMES, holidayAlignment } from './calendar-holidays.ts'
import type { COMPARISONS } from './dashboard.ts'

export type Comparison = (typeof COMPARISONS)[number]

export const COMPARISON_LABELS: Record<Comparison, string> = {
  previous_period: 'previous period',
  previous_year: 'same dates a year before',
  same_weekday: 'same weekdays a year before',
  holiday: 'same days around the holiday a year before',
}

/**
 * The days that `range` is held against. `previous_period`: as many days, right before. `previous_year`: the same
 * dates a year before (29 Feb becomes 28 Feb). `same_weekday`: 364 days before, so that Mondays meet Mondays.
 * `holiday`: as many days back as the holiday in the range has moved; without one the same weekdays.
 */
export function compareRange(range: DayRange, comparison: Comparison): DayRange {
  switch (comparison) {
    case 'previous_period': {
      const days = daysBetween(range.from, range.to) + 1
      return { from: addDays(range.from, -days), to: addDays(range.from, -1) }
    }
    case 'previous_year':
      return { from: addYears(range.from, -1), to: addYears(range.to, -1) }
    case 'same_weekday':
      return { from: addDays(range.from, -364), to: addDays(range.to, -364) }
    case 'holiday': {
      const { days } = holidayAlignment(range)
      return { from: addDays(range.from, -days), to: addDays(range.to, -days) }
    }
  }
}

/** The holiday that a comparison aligns; null when it aligns none. */
export function alignedHoliday(range: DayRange, comparison: Comparison): string | null {
  const holiday = comparison === 'holiday' ? holidayAlignment(range).holiday : null
  return holiday && HOLIDAY_NAMES[holiday]
}

/** Change from `before` to `now` in percent, two decimals; null when either is missing or `before` is 0. */
export function changePercent(now: number | null, before: number | null): number | null {
  if (now === null || before === null || before === 0) return null
  return Math.round(((now - before) / Math.abs(before)) * 10_000) / 100
}
