/** From widgets to questions: widgets that ask the same share one answer. */
import type { DayRange, Granularity } from '../../../kit/calendar.ts'
import { type Comparison, compareRange } from './compare.ts'
import type { Dimension, MetricId, Widget } from './dashboard.ts'
import type { DashboardQuery } from './dashboard-query.ts'
import { filterOf, type MetricFilter, type MetricQuery } from './metric-query.ts'

/** Names one answer: which metric, by what, against what. The cache keeps answers under it. */
export const answerKey = (
  metric: MetricId,
  groupBy: Dimension | null,
  compare: Comparison | null,
  filters: readonly MetricFilter[] = [],
): string =>
  `${metric}${groupBy ? ` by ${groupBy}` : ''}${compare ? ` vs ${compare}` : ''}${filters
    .map(({ dimension, value }) => ` where ${dimension}:${value}`)
    .join('')}`

/** The page's filters and the widget's own, which wins where both cut by one dimension. */
export function filtersFor(widget: Widget, query: DashboardQuery): MetricFilter[] {
  const own = widget.filter ? filterOf(widget.filter) : null
  if (!own) return query.filters
  return [...query.filters.filter(({ dimension }) => dimension !== own.dimension), own]
}

/** What a widget is split by; a donut always is, and a map by the places that it draws. */
export const groupOf = (widget: Widget): Dimension | null => {
  if (widget.kind === 'map') return widget.map === 'us' ? 'region' : 'country'
  return widget.group_by ?? (widget.kind === 'donut' ? 'channel' : null)
}

/** The comparison a widget shows: its own, unless the page chose another or none. Widgets without stay without. */
export function comparisonOf(widget: Widget, query: DashboardQuery): Comparison | null {
  if (!widget.compare || query.compare === 'none') return null
  return query.compare ?? widget.compare
}

/** Keys of the answers that a widget draws, in the order of its metrics. */
export const keysOf = (widget: Widget, query: DashboardQuery): string[] =>
  widget.metrics.map((metric) =>
    answerKey(metric, groupOf(widget), comparisonOf(widget, query), filtersFor(widget, query)),
  )

/** The fewest questions whose answers fill all widgets. */
export function planQueries(
  widgets: readonly Widget[],
  query: DashboardQuery,
  range: DayRange,
  granularity: Granularity,
): MetricQuery[] {
  const plans = new Map<string, MetricQuery>()
  for (const widget of widgets) {
    if (widget.metrics.length === 0) continue
    const compare = comparisonOf(widget, query)
    const groupBy = groupOf(widget)
    const filters = filtersFor(widget, query)
    const key = answerKey('revenue', groupBy, compare, filters)
    const plan = plans.get(key)
    if (plan) plan.metrics = [...new Set([...plan.metrics, ...widget.metrics])]
    else {
      plans.set(key, {
        metrics: [...widget.metrics],
        range,
        granularity,
        compare,
        compareRange: compare && compareRange(range, compare),
        groupBy,
        filters,
        book: query.book,
        ...(query.asOf ? { asOf: query.asOf } : {}),
      })
    }
  }
  return [...plans.values()]
}
