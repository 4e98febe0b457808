/** The business's calendar: its days, the periods they fall into, the ranges people ask for, and when a cron is next due. */
export { businessDay, dayStart } from './calendar/business-day.ts'
export {
  after,
  type BusinessTime,
  instantOf,
  nextOpening,
  onNextWorkday,
  type TimeSpan,
} from './calendar/business-time.ts'
export { nextOccurrence } from './calendar/cron.ts'
export {
  addDays,
  addMonths,
  addYears,
  daysBetween,
  isDay,
  startOfMonth,
  startOfQuarter,
  startOfWeek,
  startOfYear,
} from './calendar/days.ts'
export {
  type CalendarSettings,
  type DayRange,
  type Granularity,
  nextPeriod,
  type Period,
  periodStart,
  periodsOf,
} from './calendar/periods.ts'
export { RANGE_LABELS, RANGE_PRESETS, type RangePreset, rangePreset } from './calendar/ranges.ts'
