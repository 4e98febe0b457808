/** From widgets to questions: widgets that ask the same share one answer. */
import type { DayRange, Granularity } from '../../../kit/calendar.ts'
import { type Comparison, compareRange } from './compare.ts'
import type { Dimension, MetricId, Widget } from './dashboard.ts'
import type { DashboardQuery } from './dashboard-query.ts'
import type { MetricQuery } from './metric-query.ts'

/** Names one answer: which metric, by what, against what. The cache keeps answers under it. */
export const answerKey = (metric: MetricId, groupBy: Dimension | null, compare: Comparison | null): string =>
  `${metric}${groupBy ? ` by ${groupBy}` : ''}${compare ? ` vs ${compare}` : ''}`

/** The comparison a widget shows: its own, unless the page chose another or none. Widgets without stay without. */
export function comparisonOf(widget: Widget, query: DashboardQuery): Comparison | null {
  if (!widget.compare || query.compare === 'none') return null
  return query.compare ?? widget.compare
}

/** Keys of the answers that a widget draws, in the order of its metrics. */
export const keysOf = (widget: Widget, query: DashboardQuery): string[] =>
  widget.metrics.map((metric) => answerKey(metric, widget.group_by ?? null, comparisonOf(widget, query)))

/** The fewest questions whose answers fill all widgets. */
export function planQueries(
  widgets: readonly Widget[],
  query: DashboardQuery,
  range: DayRange,
  granularity: Granularity,
): MetricQuery[] {
  const plans = new Map<string, MetricQuery>()
  for (const widget of widgets) {
    const compare = comparisonOf(widget, query)
    const groupBy = widget.group_by ?? null
    const key = answerKey('revenue', groupBy, compare)
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
        filter: null,
        book: query.book,
      })
    }
  }
  return [...plans.values()]
}
