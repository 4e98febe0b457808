/** A question for metrics: parsed from what a caller sent, or refused with the path of what is wrong. */
import { addDays, type DayRange, daysBetween, type Granularity, isDay } from '../../../kit/calendar.ts'
import { type FieldError, invalid, ok, type Result } from '../../../platform/result.ts'
import { type Comparison, compareRange } from './compare.ts'
import {
  BOOKS,
  COMPARISONS,
  DIMENSIONS,
  type Dimension,
  GRANULARITIES,
  METRIC_IDS,
  type MetricId,
} from './dashboard.ts'
import { readableGranularity, tooManyPeriods } from './period.ts'

export type Book = (typeof BOOKS)[number]

export interface MetricQuery {
  metrics: MetricId[]
  range: DayRange
  granularity: Granularity
  compare: Comparison | null
  compareRange: DayRange | null
  groupBy: Dimension | null
  filter: { dimension: Dimension; value: string } | null
  book: Book
}

/** As text, the way the API takes it; what is left out has a default. */
export interface MetricQueryInput {
  metrics?: string
  from?: string
  to?: string
  granularity?: string
  compare?: string
  group_by?: string
  filter?: string
  book?: string
}

const MAX_DAYS = 36_600
const DEFAULT_METRICS: MetricId[] = ['revenue', 'orders', 'customers']

/** Without dates: the 30 days that end on `today`. Without a granularity: one that reads well. */
export function parseMetricQuery(input: MetricQueryInput, today: string): Result<MetricQuery> {
  const errors: FieldError[] = []
  const metrics = metricsOf(input.metrics, errors)
  const range = rangeOf(input, today, errors)
  const granularity = choice('granularity', input.granularity, GRANULARITIES, errors)
  const compare = choice('compare', input.compare === 'none' ? '' : input.compare, COMPARISONS, errors)
  const groupBy = choice('group_by', input.group_by, DIMENSIONS, errors)
  const book = choice('book', input.book, BOOKS, errors) ?? 'order_date'
  const filter = filterOf(input.filter, errors)
  if (errors.length === 0 && granularity && tooManyPeriods(range, granularity)) {
    errors.push({
      path: 'granularity',
      message: 'Too many periods for this range; choose a longer granularity.',
    })
  }
  if (errors.length > 0) return invalid(errors, 'The question could not be read.')
  return ok({
    metrics,
    range,
    granularity: granularity ?? readableGranularity(range),
    compare,
    compareRange: compare && compareRange(range, compare),
    groupBy,
    filter,
    book,
  })
}

/** Text that is the same for the same question. */
export const queryText = (query: MetricQuery): string => JSON.stringify(query)

function metricsOf(text: string | undefined, errors: FieldError[]): MetricId[] {
  if (!text) return DEFAULT_METRICS
  const names = text.split(',').map((name) => name.trim())
  for (const name of names) {
    if (!(METRIC_IDS as readonly string[]).includes(name)) {
      errors.push({ path: 'metrics', message: `"${name}" is no metric; there are ${METRIC_IDS.join(', ')}.` })
    }
  }
  return [...new Set(names)] as MetricId[]
}

function rangeOf(input: MetricQueryInput, today: string, errors: FieldError[]): DayRange {
  for (const path of ['from', 'to'] as const) {
    const day = input[path]
    if (day && !isDay(day)) errors.push({ path, message: `"${day}" is no date; write it as 2026-01-31.` })
  }
  const to = input.to || (input.from && input.from > today ? input.from : today)
  const from = input.from || (isDay(to) ? addDays(to, -29) : to)
  if (errors.length > 0) return { from, to }
  if (from > to) errors.push({ path: 'to', message: `The range ends (${to}) before it starts (${from}).` })
  else if (daysBetween(from, to) > MAX_DAYS)
    errors.push({ path: 'from', message: 'A range holds at most 100 years.' })
  return { from, to }
}

/** The word when it is one of `words`, null when there is none; any other is noted in `errors`. */
export function choice<T extends string>(
  path: string,
  text: string | undefined,
  words: readonly T[],
  errors: FieldError[],
): T | null {
  if (!text) return null
  if ((words as readonly string[]).includes(text)) return text as T
  errors.push({ path, message: `"${text}" is none of ${words.join(', ')}.` })
  return null
}

function filterOf(text: string | undefined, errors: FieldError[]): MetricQuery['filter'] {
  if (!text) return null
  const at = text.indexOf(':')
  const dimension = at < 0 ? text : text.slice(0, at)
  if (at < 0 || !(DIMENSIONS as readonly string[]).includes(dimension)) {
    errors.push({
      path: 'filter',
      message: `Write dimension:value, the dimension one of ${DIMENSIONS.join(', ')}.`,
    })
    return null
  }
  return { dimension: dimension as Dimension, value: text.slice(at + 1) }
}
