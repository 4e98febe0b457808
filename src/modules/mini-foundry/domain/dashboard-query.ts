/** What a dashboard is asked to show: range, cut, comparison and book, as they stand in the address of the page. */
import {
  addMonths,
  businessDay,
  type CalendarSettings,
  type DayRange,
  type Granularity,
  isDay,
  RANGE_PRESETS,
  type RangePreset,
  rangePreset,
  startOfMonth,
} from '../../../kit/calendar.ts'
import { type FieldError, invalid, ok, type Result } from '../../../platform/result.ts'
import { asOfDay } from './as-of.ts'
import type { Comparison } from './compare.ts'
import { BOOKS, COMPARISONS, GRANULARITIES } from './dashboard.ts'
import { type Book, choice, filtersOf, type MetricFilter } from './metric-query.ts'
import { readableGranularity, tooManyPeriods } from './period.ts'

export interface DashboardQuery {
  /** `default` follows the data: the last 30 days, or the last 12 months that have any. */
  preset: RangePreset | 'custom' | 'default'
  from: string | null
  to: string | null
  granularity: Granularity | null
  /** Null: as each widget has it. */
  compare: Comparison | 'none' | null
  book: Book
  /** Hold for every widget, beside its own. */
  filters: MetricFilter[]
  /** Figures as they stood at the end of this day; null: as they are now. */
  asOf: string | null
}

export interface DashboardQueryInput {
  range?: string
  from?: string
  to?: string
  granularity?: string
  compare?: string
  book?: string
  /** `dimension:value`, several as a list or with `|` between them. */
  filter?: string | string[]
  as_of?: string
}

export interface KnownDays {
  first: string | null
  last: string | null
}

/** Today in the workspace, and how it cuts its calendar. */
export interface DashboardCalendar extends CalendarSettings {
  today: string
}

/** Dates win over a missing range; a named range wins over dates. `today` bounds how far one can look back. */
export function parseDashboardQuery(input: DashboardQueryInput, today: string): Result<DashboardQuery> {
  const errors: FieldError[] = []
  const dated = Boolean(input.from || input.to)
  const preset =
    choice('range', input.range, [...RANGE_PRESETS, 'custom', 'default'] as const, errors) ??
    (dated ? 'custom' : 'default')
  const granularity = choice('granularity', input.granularity, GRANULARITIES, errors)
  const compare = choice('compare', input.compare, [...COMPARISONS, 'none'] as const, errors)
  const book = choice('book', input.book, BOOKS, errors) ?? 'order_date'
  const filters = filtersOf(
    [input.filter ?? []].flat().flatMap((text) => text.split('|')),
    errors,
  )
  const asOf = asOfDay(input.as_of, today, errors)
  const custom = preset === 'custom'
  if (custom) customDates(input, granularity, errors)
  if (errors.length > 0) return invalid(errors, 'The range could not be read.')
  return ok({
    preset,
    from: custom ? (input.from ?? null) : null,
    to: custom ? (input.to ?? null) : null,
    granularity,
    compare,
    book,
    filters,
    asOf,
  })
}

/** The days that the query means. Days to come are left out, so that comparisons hold like against like. */
export function resolveRange(query: DashboardQuery, calendar: DashboardCalendar, known: KnownDays): DayRange {
  if (query.preset === 'custom') return { from: query.from ?? calendar.today, to: query.to ?? calendar.today }
  if (query.preset === 'default') return defaultRange(calendar, known)
  if (query.preset === 'all_time') {
    const range = rangePreset('all_time', calendar.today, { ...calendar, firstDay: known.first })
    return known.first && known.last ? { from: known.first, to: known.last } : range
  }
  const range = rangePreset(query.preset, calendar.today, calendar)
  // biome-ignore lint/complexity/useMathMinMax: these are days as text, not numbers
  return { from: range.from, to: range.to > calendar.today ? calendar.today : range.to }
}

/** The calendar and the days with data as they were on the day that the query looks back to. */
export function lookingBack(
  { asOf }: DashboardQuery,
  calendar: DashboardCalendar,
  known: KnownDays,
): { calendar: DashboardCalendar; known: KnownDays } {
  if (!asOf) return { calendar, known }
  const last = known.last !== null && known.last > asOf ? asOf : known.last
  return { calendar: { ...calendar, today: asOf }, known: { ...known, last } }
}

/** The granularity to show a range in: what was asked for unless it gives too many points. */
export const granularityOf = (query: DashboardQuery, range: DayRange): Granularity =>
  query.granularity && !tooManyPeriods(range, query.granularity)
    ? query.granularity
    : readableGranularity(range)

/** True when nothing was sold in the last 30 days, so the default range goes back to where sales are. */
export const isDataOld = (calendar: DashboardCalendar, known: KnownDays): boolean =>
  known.last !== null && known.last < rangePreset('last_30_days', calendar.today, calendar).from

export const calendarOf = (
  nowMs: number,
  settings: CalendarSettings & { timeZone: string },
): DashboardCalendar => ({
  today: businessDay(nowMs, settings.timeZone),
  weekStart: settings.weekStart,
  fiscalYearStart: settings.fiscalYearStart,
})

/** The query as the address of a page carries it. */
export function queryString(query: DashboardQuery): string {
  const parts = new URLSearchParams()
  if (query.preset !== 'default') parts.set('range', query.preset)
  if (query.from) parts.set('from', query.from)
  if (query.to) parts.set('to', query.to)
  if (query.granularity) parts.set('granularity', query.granularity)
  if (query.compare) parts.set('compare', query.compare)
  if (query.book !== 'order_date') parts.set('book', query.book)
  if (query.filters.length > 0)
    parts.set('filter', query.filters.map(({ dimension, value }) => `${dimension}:${value}`).join('|'))
  if (query.asOf) parts.set('as_of', query.asOf)
  return parts.toString()
}

function defaultRange(calendar: DashboardCalendar, known: KnownDays): DayRange {
  if (!isDataOld(calendar, known) || !known.last) return rangePreset('last_30_days', calendar.today, calendar)
  const from = addMonths(startOfMonth(known.last), -11)
  return { from: known.first && known.first > from ? known.first : from, to: known.last }
}

function customDates(
  input: DashboardQueryInput,
  granularity: Granularity | null,
  errors: FieldError[],
): void {
  const { from = '', to = '' } = input
  if (!isDay(from)) errors.push({ path: 'from', message: 'Write the first day as 2026-01-31.' })
  if (!isDay(to)) errors.push({ path: 'to', message: 'Write the last day as 2026-01-31.' })
  if (errors.length > 0) return
  if (from > to) errors.push({ path: 'to', message: 'The last day lies before the first.' })
  else if (granularity && tooManyPeriods({ from, to }, granularity)) {
    errors.push({ path: 'granularity', message: 'Too many points for this range; choose a longer step.' })
  } else if (Number(to.slice(0, 4)) - Number(from.slice(0, 4)) > 100) {
    errors.push({ path: 'from', message: 'A range holds at most 100 years.' })
  }
}
