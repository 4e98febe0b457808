/** One metric: what it is, what it is now, against what, by what, from where, and where it is going. */

import type { CalendarSettings, Granularity } from '../../../kit/calendar.ts'
import { numberFormat } from '../../../kit/format.ts'
import { Card } from '../../../views/card.tsx'
import { Chart } from '../../../views/chart.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Time } from '../../../views/time.tsx'
import { COMPARISON_LABELS } from '../domain/compare.ts'
import type { Dimension } from '../domain/dashboard.ts'
import type { Metric } from '../domain/metrics.ts'
import type { MetricAnswer } from '../domain/metrics-answer.ts'
import { FoundryTabs } from './dashboard-tabs.tsx'
import {
  chartFormats,
  figure,
  numbers,
  PERIOD_NAMES,
  periodLabel,
  type Reader,
  rangeWords,
} from './dashboard-words.ts'
import { type ForecastPicture, MetricForecastCard } from './metric-forecast.tsx'
import { DIMENSION_WORDS, UNIT_WORDS } from './metric-words.ts'
import { receiptHref } from './receipt-words.ts'
import { TargetCards, type TargetLine } from './target-cards.tsx'

export interface MetricDefinitionProps {
  metric: Metric
  needs: string[]
  answer: MetricAnswer
  by: { dimension: Dimension; answer: MetricAnswer } | null
  sources: { name: string; last_sync_at: string | null; counts_as_sales: number }[]
  forecast: ForecastPicture | string | null
  range: { from: string; to: string; granularity: Granularity }
  /** Of the periods that run. */
  targets: TargetLine[]
  mayWrite: boolean
  calendar: CalendarSettings
  reader: Reader
}

const BASE = '/foundry/metrics'

export function MetricDefinition(props: MetricDefinitionProps) {
  const { metric, answer, by, forecast, reader, range } = props
  return (
    <>
      <FoundryTabs current="metrics" />
      <PageHeader title={metric.name} lead={metric.meaning} crumbs={[{ href: BASE, label: 'Metrics' }]} />
      <div class="grid gap-4 lg:grid-cols-3">
        <div class="space-y-4 lg:col-span-2">
          <Card title={rangeWords(range, reader)}>
            <RangeForm {...props} />
            <p class="mt-3 font-semibold text-3xl tabular-nums">{figure(answer, answer.total, reader)}</p>
            <p class="mt-1 text-sm">
              <a
                class="link"
                href={receiptHref({ metric: metric.id, range, filters: [], book: 'order_date' })}
              >
                Show the rows behind it
              </a>
            </p>
            <div class="mt-3">
              <Chart
                kind="line"
                title={metric.name}
                data={lineData(props)}
                labelName={PERIOD_NAMES[range.granularity]}
                id="metric-chart"
              />
            </div>
            <Unconverted answer={answer} reader={reader} />
          </Card>
          <Card title="Against earlier">
            <Comparisons answer={answer} reader={reader} />
          </Card>
          <Targets {...props} />
          {by && <ByDimension metric={metric} by={by} range={range} reader={reader} />}
          {forecast && <MetricForecastCard metric={metric} forecast={forecast} reader={reader} />}
        </div>
        <Definition {...props} />
      </div>
    </>
  )
}

function Targets({ metric, targets, mayWrite, reader }: MetricDefinitionProps) {
  const set = `/foundry/targets?${new URLSearchParams({ metric: metric.id })}`
  if (targets.length > 0) return <TargetCards targets={targets} locale={reader.locale} mayWrite={mayWrite} />
  if (!mayWrite) return null
  return (
    <Card title="Target">
      <p class="text-sm">
        No target is set for the month, quarter or year that runs.{' '}
        <a class="link" href={set}>
          Set one
        </a>
      </p>
    </Card>
  )
}

function RangeForm({ range, metric }: MetricDefinitionProps) {
  return (
    <form method="get" action={`${BASE}/${metric.id}`} class="flex flex-wrap items-end gap-2">
      {(['from', 'to'] as const).map((name) => (
        <label class="flex flex-col gap-1 text-xs">
          <span>{name === 'from' ? 'First day' : 'Last day'}</span>
          <input type="date" name={name} value={range[name]} class="input input-sm" />
        </label>
      ))}
      <button type="submit" class="btn btn-sm border-base-300 bg-base-100">
        Show
      </button>
    </form>
  )
}

function lineData({ metric, answer, range, calendar, reader }: MetricDefinitionProps) {
  const oneYear = range.from.slice(0, 4) === range.to.slice(0, 4)
  const style = { granularity: range.granularity, fiscalYearStart: calendar.fiscalYearStart, oneYear }
  return {
    labels: answer.series.map(({ period }) => periodLabel(period, style, reader)),
    series: [{ name: metric.name, values: numbers(answer.series) }],
    ...chartFormats(answer, reader),
  }
}

function Comparisons({ answer, reader }: { answer: MetricAnswer; reader: Reader }) {
  const percent = numberFormat(reader.locale, {
    signDisplay: 'exceptZero',
    maximumFractionDigits: 1,
  })
  return (
    <DataTable
      caption={`${answer.name} against earlier`}
      columns={[
        {
          key: 'what',
          label: 'Compared with',
          cell: (row) =>
            row.holiday ? `same days around ${row.holiday} a year before` : COMPARISON_LABELS[row.comparison],
        },
        { key: 'days', label: 'Days', cell: (row) => rangeWords(row, reader) },
        { key: 'value', label: 'Then', numeric: true, cell: (row) => figure(answer, row.total, reader) },
        {
          key: 'change',
          label: 'Change',
          numeric: true,
          cell: (row) =>
            row.change_percent === null ? 'no comparison' : `${percent.format(row.change_percent)} %`,
        },
      ]}
      rows={answer.comparisons ?? []}
    />
  )
}

function ByDimension({
  metric,
  by: { dimension, answer },
  range,
  reader,
}: Pick<MetricDefinitionProps, 'metric' | 'range' | 'reader'> & {
  by: NonNullable<MetricDefinitionProps['by']>
}) {
  const words = DIMENSION_WORDS[dimension]
  const groups = (answer.groups ?? []).filter(({ total }) => total !== null && Number(total) !== 0)
  const address = (name: string) =>
    `${BASE}/${metric.id}?${new URLSearchParams({ from: range.from, to: range.to, by: name })}`
  return (
    <Card
      title={`By ${words.toLowerCase()}`}
      lead={
        metric.dimensions.length > 1 ? (
          <span class="flex flex-wrap gap-x-3">
            {metric.dimensions.map((name) => (
              <a
                href={address(name)}
                class="link inline-flex min-h-6 min-w-6 items-center"
                aria-current={name === dimension ? 'true' : undefined}
              >
                {DIMENSION_WORDS[name]}
              </a>
            ))}
          </span>
        ) : undefined
      }
    >
      {groups.length === 0 ? (
        <p class="text-sm">Nothing in these days.</p>
      ) : (
        <>
          <DataTable
            caption={`${metric.name} by ${words.toLowerCase()}`}
            columns={[
              { key: 'value', label: words, cell: (row) => (row.value === '' ? 'Unknown' : row.label) },
              {
                key: 'total',
                label: metric.name,
                numeric: true,
                cell: (row) => figure(answer, row.total, reader),
              },
            ]}
            rows={groups.slice(0, SHOWN)}
          />
          {groups.length > SHOWN && (
            <p class="mt-2 text-base-content/75 text-xs">
              The largest {SHOWN} of {groups.length}.
            </p>
          )}
        </>
      )}
    </Card>
  )
}

const SHOWN = 25

function Unconverted({ answer, reader }: { answer: MetricAnswer; reader: Reader }) {
  if (!answer.unconverted) return null
  const amounts = answer.unconverted.map((rest) =>
    figure({ unit: answer.unit, currency: rest.currency }, rest.total, reader),
  )
  return <p class="mt-2 text-sm">Not included, because no exchange rate is known: {amounts.join(', ')}.</p>
}

function Definition({ metric, needs, sources, reader }: MetricDefinitionProps) {
  return (
    <Card title="What it is">
      <dl class="space-y-3 text-sm">
        <div>
          <dt class="font-semibold">Formula</dt>
          <dd>{metric.words}</dd>
          <dd>
            <code class="break-words text-xs">{metric.formula}</code>
          </dd>
        </div>
        <div>
          <dt class="font-semibold">Unit</dt>
          <dd>{UNIT_WORDS[metric.unit]}</dd>
        </div>
        <div>
          <dt class="font-semibold">What it leaves out</dt>
          <dd>{metric.custom?.problem ?? metric.note}</dd>
        </div>
        <div>
          <dt class="font-semibold">Made of</dt>
          {metric.measures.map(({ title, note }) => (
            <dd>
              {title}: <span class="text-base-content/80">{note}</span>
            </dd>
          ))}
        </div>
        <div>
          <dt class="font-semibold">What it needs</dt>
          <dd>{needs.join('; and ')}</dd>
        </div>
        <div>
          <dt class="font-semibold">Your sources</dt>
          {sources.length === 0 && (
            <dd>
              None yet.{' '}
              <a href="/foundry/sources" class="link">
                Connect one
              </a>
            </dd>
          )}
          {sources.map(({ name, last_sync_at }) => (
            <dd>
              {name}
              {last_sync_at ? (
                <>
                  , read <Time at={last_sync_at} locale={reader.locale} timeZone={reader.timeZone} />
                </>
              ) : (
                ', not read yet'
              )}
            </dd>
          ))}
        </div>
        <div>
          <dt class="font-semibold">In the API and in formulas</dt>
          <dd>
            <code>{metric.id}</code>
          </dd>
        </div>
      </dl>
    </Card>
  )
}
