/** Days, weeks, months, quarters and years of the business's own calendar. */
import { addDays, addMonths, startOfMonth, startOfQuarter, startOfWeek, startOfYear } from './days.ts'

export type Granularity = 'day' | 'week' | 'month' | 'quarter' | 'year'

export interface CalendarSettings {
  /** ISO weekday, 1 Monday to 7 Sunday. */
  weekStart: number
  /** Month, 1-12. */
  fiscalYearStart: number
}

/** A stretch of days, both ends included. */
export interface DayRange {
  from: string
  to: string
}

export interface Period extends DayRange {
  /** First day of the whole period, even where the range starts inside it: the period's name. */
  start: string
}

/** First day of the period that holds `day`. */
export function periodStart(day: string, granularity: Granularity, settings: CalendarSettings): string {
  switch (granularity) {
    case 'day':
      return day
    case 'week':
      return startOfWeek(day, settings.weekStart)
    case 'month':
      return startOfMonth(day)
    case 'quarter':
      return startOfQuarter(day, settings.fiscalYearStart)
    case 'year':
      return startOfYear(day, settings.fiscalYearStart)
  }
}

/** First day of the period after the one that starts on `start`. */
export function nextPeriod(start: string, granularity: Granularity): string {
  if (granularity === 'day') return addDays(start, 1)
  if (granularity === 'week') return addDays(start, 7)
  return addMonths(start, { month: 1, quarter: 3, year: 12 }[granularity])
}

/** The periods that `from`..`to` touches, in order, each clipped to the range. Empty when `to` lies before `from`. */
export function periodsOf(
  from: string,
  to: string,
  granularity: Granularity,
  settings: CalendarSettings,
): Period[] {
  const periods: Period[] = []
  let start = periodStart(from, granularity, settings)
  while (start <= to) {
    const next = nextPeriod(start, granularity)
    const last = addDays(next, -1)
    periods.push({ start, from: start < from ? from : start, to: last > to ? to : last })
    start = next
  }
  return periods
}
