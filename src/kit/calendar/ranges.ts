/** The ranges people ask for by name, as days of the business's calendar. */
import { addDays, addMonths, startOfMonth, startOfQuarter, startOfWeek, startOfYear } from './days.ts'
import type { CalendarSettings, DayRange } from './periods.ts'

export const RANGE_PRESETS = [
  'today',
  'yesterday',
  'last_7_days',
  'last_28_days',
  'last_30_days',
  'last_90_days',
  'this_week',
  'last_week',
  'this_month',
  'last_month',
  'this_quarter',
  'last_quarter',
  'this_year',
  'last_year',
  'year_to_date',
  'last_12_months',
  'all_time',
] as const
export type RangePreset = (typeof RANGE_PRESETS)[number]

/** Words for each preset. */
export const RANGE_LABELS: Record<RangePreset, string> = {
  today: 'Today',
  yesterday: 'Yesterday',
  last_7_days: 'Last 7 days',
  last_28_days: 'Last 28 days',
  last_30_days: 'Last 30 days',
  last_90_days: 'Last 90 days',
  this_week: 'This week',
  last_week: 'Last week',
  this_month: 'This month',
  last_month: 'Last month',
  this_quarter: 'This quarter',
  last_quarter: 'Last quarter',
  this_year: 'This year',
  last_year: 'Last year',
  year_to_date: 'Year to date',
  last_12_months: 'Last 12 months',
  all_time: 'All time',
}

/**
 * The days of a preset. "Last N days" end today and hold N days; "this ..." is the whole period, its future days
 * included; "last 12 months" are the twelve whole months before this one. `all time` starts at `settings.firstDay`,
 * or at the start of this year when nothing is known yet.
 */
export function rangePreset(
  preset: RangePreset,
  today: string,
  settings: CalendarSettings & { firstDay?: string | null },
): DayRange {
  const week = startOfWeek(today, settings.weekStart)
  const month = startOfMonth(today)
  const quarter = startOfQuarter(today, settings.fiscalYearStart)
  const year = startOfYear(today, settings.fiscalYearStart)
  const last = (days: number): DayRange => ({ from: addDays(today, 1 - days), to: today })
  const months = (from: string, count: number): DayRange => ({
    from,
    to: addDays(addMonths(from, count), -1),
  })
  switch (preset) {
    case 'today':
      return { from: today, to: today }
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) }
    case 'last_7_days':
      return last(7)
    case 'last_28_days':
      return last(28)
    case 'last_30_days':
      return last(30)
    case 'last_90_days':
      return last(90)
    case 'this_week':
      return { from: week, to: addDays(week, 6) }
    case 'last_week':
      return { from: addDays(week, -7), to: addDays(week, -1) }
    case 'this_month':
      return months(month, 1)
    case 'last_month':
      return months(addMonths(month, -1), 1)
    case 'this_quarter':
      return months(quarter, 3)
    case 'last_quarter':
      return months(addMonths(quarter, -3), 3)
    case 'this_year':
      return months(year, 12)
    case 'last_year':
      return months(addMonths(year, -12), 12)
    case 'year_to_date':
      return { from: year, to: today }
    case 'last_12_months':
      return months(addMonths(month, -12), 12)
    case 'all_time':
      return { from: settings.firstDay && settings.firstDay < today ? settings.firstDay : year, to: today }
  }
}
