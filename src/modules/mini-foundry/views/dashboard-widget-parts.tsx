/** Widgets that show parts: stacked columns, a donut, a funnel. */

import { sharesOf } from '../../../kit/chart/shares.ts'
import { numberFormat } from '../../../kit/format.ts'
import { Chart } from '../../../views/chart.tsx'
import { funnelOf } from '../domain/funnel.ts'
import type { MetricGroup } from '../domain/metrics-answer.ts'
import { DIMENSION_NAMES } from '../domain/templates.ts'
import type { WidgetProps } from './dashboard-widget-props.ts'
import {
  chartFormats,
  figure,
  numbers,
  PERIOD_NAMES,
  periodLabel,
  periodLabels,
  remarkWords,
  soFarOf,
} from './dashboard-words.ts'

const Nothing = () => <p class="mt-2 text-base-content/75 text-sm">Nothing in this range.</p>

/** One column a period; its parts are the widget's metrics, which must be of one unit. */
export function StackedWidget({ item, view, reader }: WidgetProps) {
  const [first] = item.answers
  const same = item.answers.filter((answer) => answer.unit === first?.unit)
  const style = {
    granularity: view.granularity,
    fiscalYearStart: view.calendar.fiscalYearStart,
    oneYear: view.range.from.slice(0, 4) === view.range.to.slice(0, 4),
  }
  return (
    <>
      <h2 class="font-semibold">{item.widget.title}</h2>
      {!first ? (
        <Nothing />
      ) : (
        <div class="mt-3">
          <Chart
            kind="stacked"
            title={item.widget.title}
            labelName={PERIOD_NAMES[view.granularity]}
            id={`chart-${item.widget.id}`}
            data={{
              labels: periodLabels(first.series, style, soFarOf(view, first.series), reader),
              axisLabels: first.series.map(({ period }) => periodLabel(period, style, reader)),
              series: same.map((answer) => ({ name: answer.name, values: numbers(answer.series) })),
              remarks: remarkWords(view, first.series, reader),
              ...chartFormats(first, reader),
            }}
          />
          {same.length < item.answers.length && (
            <p class="mt-2 text-base-content/75 text-xs">
              Only figures of one unit stand on each other:{' '}
              {item.answers
                .filter((answer) => !same.includes(answer))
                .map(({ name }) => name)
                .join(', ')}{' '}
              left out.
            </p>
          )}
        </div>
      )}
    </>
  )
}

export function DonutWidget({ item, reader }: WidgetProps) {
  const [answer] = item.answers
  const dimension = DIMENSION_NAMES[item.widget.group_by ?? 'channel']
  const name = (group: MetricGroup) => (group.value === '' ? `No ${dimension}` : group.label)
  const parts = (answer?.groups ?? []).map((group) => ({
    label: name(group),
    value: group.total === null ? null : Number(group.total),
  }))
  const { shares, leftOut } = sharesOf(parts)
  return (
    <>
      <h2 class="font-semibold">{item.widget.title}</h2>
      {!answer || shares.length === 0 ? (
        <Nothing />
      ) : (
        <div class="mt-3">
          <Chart
            kind="donut"
            title={item.widget.title}
            labelName={dimension.charAt(0).toUpperCase() + dimension.slice(1)}
            id={`chart-${item.widget.id}`}
            data={{
              labels: parts.map(({ label }) => label),
              series: [{ name: answer.name, values: parts.map(({ value }) => value) }],
              ...chartFormats(answer, reader),
            }}
          />
          {leftOut > 0 && (
            <p class="mt-2 text-base-content/75 text-xs">
              {leftOut} below zero left out: they are no part of a whole.
            </p>
          )}
        </div>
      )}
    </>
  )
}

export function FunnelWidget({ item, reader }: WidgetProps) {
  const [first] = item.answers
  const steps = funnelOf(
    item.answers.map(({ name, total }) => ({ name, value: total === null ? null : Number(total) })),
  )
  const percent = numberFormat(reader.locale, { style: 'percent', maximumFractionDigits: 1 })
  return (
    <>
      <h2 class="font-semibold">{item.widget.title}</h2>
      {!first || !steps.some(({ value }) => value) ? (
        <Nothing />
      ) : (
        <div class="mt-3">
          <Chart
            kind="funnel"
            title={item.widget.title}
            labelName="Step"
            id={`chart-${item.widget.id}`}
            data={{
              labels: steps.map(({ name }) => name),
              series: [{ name: item.widget.title, values: steps.map(({ value }) => value) }],
              ...chartFormats(first, reader),
            }}
          />
          <ul class="mt-2 space-y-1 text-base-content/80 text-xs">
            {steps.slice(1).map((step, index) => (
              <li>
                {step.name}:{' '}
                {figure(item.answers[index + 1] ?? first, item.answers[index + 1]?.total ?? null, reader)}
                {step.of_previous_percent !== null &&
                  `, ${percent.format(step.of_previous_percent / 100)} of ${steps[index]?.name.toLowerCase()}`}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}
