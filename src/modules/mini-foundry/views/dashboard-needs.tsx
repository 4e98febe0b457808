/** What a widget without any figure waits for: where its figures come from. Strangers see shared dashboards too, so no link. */
import { METRICS } from '../domain/metrics.ts'
import type { MetricAnswer } from '../domain/metrics-answer.ts'
import { needsOf } from '../domain/metrics-needs.ts'

/** Nothing for figures of sales: a range without sales is news, and not a source that is missing. */
export function WidgetNeeds({ answers }: { answers: readonly MetricAnswer[] }) {
  const needs = missingNeeds(answers)
  if (needs.length === 0) return <Missing answers={answers} />
  return (
    <p class="mt-2 text-base-content/75 text-xs">
      No figures in this range. They come from {needs.join('; ')}.
    </p>
  )
}

/** A figure that has no value by itself, though there are some to make it of: an average of nothing. */
function Missing({ answers }: { answers: readonly MetricAnswer[] }) {
  const [reason] = answers.flatMap(({ missing }) => missing ?? [])
  return reason ? <p class="mt-2 text-base-content/75 text-xs">{reason}</p> : null
}

/** Of metrics that are more than sales, when not one of the widget's has a figure other than zero. */
export function missingNeeds(answers: readonly MetricAnswer[]): string[] {
  if (
    answers.some(({ total, series }) => isSomething(total) || series.some(({ value }) => isSomething(value)))
  )
    return []
  const beyondSales = answers.flatMap(({ metric }) => {
    const known = METRICS[metric]
    return known?.measures.some(({ family }) => family !== 'sales' && family !== 'calendar') ? [known] : []
  })
  return [...new Set(beyondSales.flatMap(needsOf))]
}

const isSomething = (value: string | number | null): boolean => value !== null && Number(value) !== 0
