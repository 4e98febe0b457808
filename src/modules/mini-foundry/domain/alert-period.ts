/** Which periods an alert judges: those that are over, in the business's own calendar. */
import { addDays, addMonths, type CalendarSettings, nextPeriod, periodStart } from '../../../kit/calendar.ts'
import type { AlertGranularity } from './alert.ts'

/** First day of the period `count` periods before the one that starts on `start`. */
export function periodsBefore(start: string, granularity: AlertGranularity, count: number): string {
  if (granularity === 'month') return addMonths(start, -count)
  return addDays(start, granularity === 'week' ? -7 * count : -count)
}

/** First day of the last period that is over on `today`. */
export const lastOver = (today: string, granularity: AlertGranularity, settings: CalendarSettings): string =>
  periodsBefore(periodStart(today, granularity, settings), granularity, 1)

export const lastDayOf = (start: string, granularity: AlertGranularity): string =>
  addDays(nextPeriod(start, granularity), -1)

/** What was over longer ago than this is history: it is passed over in silence. */
const NEWS: Record<AlertGranularity, number> = { day: 7, week: 2, month: 1 }

/** The periods to judge: after the one judged last, up to the last that is over, without history. */
export function periodsToJudge(judged: string | null, last: string, granularity: AlertGranularity): string[] {
  const oldest = periodsBefore(last, granularity, NEWS[granularity] - 1)
  const periods: string[] = []
  for (let start = oldest; start <= last; start = nextPeriod(start, granularity)) {
    if (judged === null || start > judged) periods.push(start)
  }
  return periods
}

/** So many periods make the year that a rehearsal looks at. */
export const YEAR_OF: Record<AlertGranularity, number> = { day: 365, week: 52, month: 12 }
