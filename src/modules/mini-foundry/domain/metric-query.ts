/** A question for metrics: parsed from what a caller sent, or refused with the path of what is wrong. */
import { addDays, type DayRange, daysBetween, type Granularity, isDay } from '../../../kit/calendar.ts'
import { type FieldError, invalid, ok, type Result } from '../../../platform/result.ts'
import { asOfDay } from './as-of.ts'
import { type Comparison, compareRange } from './compare.ts'
import { BOOKS, COMPARISONS, DIMENSIONS, type Dimension, GRANULARITIES, type MetricId } from './dashboard.ts'
import { nearest } from './formula/suggest.ts'
import { CUSTOM_PREFIX, METRICS } from './metrics.ts'
import type { MetricBook } from './metrics-book.ts'
import { whyNot } from './metrics-support.ts'
import { readableGranularity, tooManyPeriods } from './period.ts'

export { CUSTOM_PREFIX } from './metrics.ts'

export type Book = (typeof BOOKS)[number]

/** Only what has this value of a dimension; '' is what is unknown. */
export interface MetricFilter {
  dimension: Dimension
  value: string
}

export interface MetricQuery {
  metrics: MetricId[]
  range: DayRange
  granularity: Granularity
  compare: Comparison | null
  compareRange: DayRange | null
  /** Comparisons beside the first. */
  alsoCompare?: Comparison[]
  groupBy: Dimension | null
  /** All of them hold at once; each dimension is there once. */
  filters: MetricFilter[]
  book: Book
  /** A past day: only what had happened by its end. */
  asOf?: string
}

/** As text, the way the API takes it; what is left out has a default. */
export interface MetricQueryInput {
  metrics?: string
  from?: string
  to?: string
  granularity?: string
  compare?: string
  group_by?: string
  /** `dimension:value`, several as a list. */
  filter?: string | string[]
  book?: string
  as_of?: string
}

const MAX_DAYS = 36_600
const MAX_METRICS = 20
const MAX_FILTERS = 5
const DEFAULT_METRICS: MetricId[] = ['revenue', 'orders', 'customers']

/** Without dates: the 30 days that end on `today`. Without a granularity: one that reads well. */
export function parseMetricQuery(input: MetricQueryInput, today: string): Result<MetricQuery> {
  const errors: FieldError[] = []
  const metrics = metricsOf(input.metrics, errors)
  const range = rangeOf(input, today, errors)
  const granularity = choice('granularity', input.granularity, GRANULARITIES, errors)
  const comparisons = comparisonsOf(input.compare, errors)
  const groupBy = choice('group_by', input.group_by, DIMENSIONS, errors)
  const book = choice('book', input.book, BOOKS, errors) ?? 'order_date'
  const filters = filtersOf(input.filter, errors)
  const asOf = asOfDay(input.as_of, today, errors)
  if (errors.length === 0 && granularity && tooManyPeriods(range, granularity)) {
    errors.push({
      path: 'granularity',
      message: 'Too many periods for this range; choose a longer granularity.',
    })
  }
  if (errors.length > 0) return invalid(errors, 'The question could not be read.')
  const [compare = null, ...alsoCompare] = comparisons
  return ok({
    metrics,
    range,
    granularity: granularity ?? readableGranularity(range),
    compare,
    compareRange: compare && compareRange(range, compare),
    ...(alsoCompare.length > 0 ? { alsoCompare } : {}),
    groupBy,
    filters,
    book,
    ...(asOf ? { asOf } : {}),
  })
}

/**
 * Holds a question against all metrics of the workspace: custom ones are known, and each metric knows what it is split
 * and filtered by.
 */
export function checkMetricQuery(query: MetricQuery, book: MetricBook): Result<MetricQuery> {
  const errors = query.metrics.flatMap((id): FieldError[] => {
    const metric = book.get(id)
    if (!metric)
      return [
        unknownMetric(
          id,
          book.all().map((known) => known.id),
        ),
      ]
    const reason = whyNot(metric, query)
    const path = pathOf(metric, query)
    return reason ? [{ path, message: reason }] : []
  })
  return errors.length > 0 ? invalid(errors, errors[0]?.message) : ok(query)
}

/** The word of the question that a metric refuses. */
function pathOf(
  { dimensions }: { dimensions: readonly Dimension[] },
  { groupBy, filters }: MetricQuery,
): string {
  if (groupBy && !dimensions.includes(groupBy)) return 'group_by'
  return filters.some(({ dimension }) => !dimensions.includes(dimension)) || filters.length > 1
    ? 'filter'
    : 'as_of'
}

/** True when the question names metrics that people made. */
export const asksCustom = (metrics: readonly MetricId[]): boolean =>
  metrics.some((id) => id.startsWith(CUSTOM_PREFIX))

/** Text that is the same for the same question. */
export const queryText = (query: MetricQuery): string => JSON.stringify(query)

function metricsOf(text: string | undefined, errors: FieldError[]): MetricId[] {
  if (!text) return DEFAULT_METRICS
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  for (const name of names) {
    if (!METRICS[name] && !name.startsWith(CUSTOM_PREFIX))
      errors.push(unknownMetric(name, Object.keys(METRICS)))
  }
  if (names.length > MAX_METRICS) {
    errors.push({ path: 'metrics', message: `Ask for at most ${MAX_METRICS} metrics at once.` })
  }
  return [...new Set(names)]
}

function unknownMetric(name: string, ids: readonly string[]): FieldError {
  const near = nearest(name, ids)
  const rest = near
    ? `did you mean ${near}?`
    : 'GET /modules/mini-foundry/metrics/catalogue lists all of them.'
  return { path: 'metrics', message: `"${name}" is no metric; ${rest}` }
}

function comparisonsOf(text: string | undefined, errors: FieldError[]): Comparison[] {
  if (!text || text === 'none') return []
  const words = [...new Set(text.split(',').map((word) => word.trim()))]
  return words.flatMap((word) => choice('compare', word, COMPARISONS, errors) ?? [])
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

/** Filters as texts `dimension:value`; mistakes go into `errors`. */
export function filtersOf(texts: string | string[] | undefined, errors: FieldError[]): MetricFilter[] {
  const filters: MetricFilter[] = []
  for (const text of [texts ?? []].flat().filter(Boolean)) {
    const filter = filterOf(text)
    if (!filter) {
      const message = `Write dimension:value, the dimension one of ${DIMENSIONS.join(', ')}.`
      errors.push({ path: 'filter', message })
    } else if (filters.some(({ dimension }) => dimension === filter.dimension)) {
      errors.push({ path: 'filter', message: `Filter by ${filter.dimension} once; nothing has two of them.` })
    } else filters.push(filter)
  }
  if (filters.length > MAX_FILTERS) {
    errors.push({ path: 'filter', message: `At most ${MAX_FILTERS} filters hold at once.` })
  }
  return filters
}

/** `country:US` as a filter; null when it is none. */
export function filterOf(text: string): MetricFilter | null {
  const at = text.indexOf(':')
  const dimension = text.slice(0, Math.max(0, at))
  if (!(DIMENSIONS as readonly string[]).includes(dimension)) return null
  return { dimension: dimension as Dimension, value: text.slice(at + 1) }
}
