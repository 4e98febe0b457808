/** The figures of a dashboard, or of one of its widgets, as CSV. */
import { csvLine } from '../../../kit/csv.ts'
import type { DashboardView, WidgetView } from '../domain/dashboard-model.ts'
import { comparisonOf } from '../domain/dashboard-plan.ts'

const HEAD = [
  'widget',
  'metric',
  'unit',
  'currency',
  'part',
  'period',
  'value',
  'compared_with',
  'value_before',
]

/** One line a figure: the total, each period, each part. `only` is the id of a widget; null: all of them. */
export function dashboardCsv(view: DashboardView, only: string | null = null): string {
  const widgets = view.widgets.filter(({ widget }) => only === null || widget.id === only)
  return csvLine(HEAD) + widgets.flatMap((item) => linesOf(view, item)).join('')
}

function linesOf(view: DashboardView, { widget, answers }: WidgetView): string[] {
  const against = comparisonOf(widget, view.query)
  const whole = `${view.range.from}/${view.range.to}`
  return answers.flatMap((answer) => {
    const line = (
      part: string,
      period: string,
      value: string | number | null,
      before: string | number | null,
    ) =>
      csvLine([
        widget.title,
        answer.metric,
        answer.unit,
        answer.currency,
        part,
        period,
        value,
        before === null ? '' : against,
        before,
      ])
    const series = answer.compare?.series ?? []
    return [
      line('all', whole, answer.total, answer.compare?.total ?? null),
      ...answer.series.map(({ period, value }, index) =>
        line('all', period, value, series[index]?.value ?? null),
      ),
      ...(answer.groups ?? []).map((group) => line(group.label, whole, group.total, null)),
    ]
  })
}
