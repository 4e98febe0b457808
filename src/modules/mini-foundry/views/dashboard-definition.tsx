/** The receipt of a figure: what it is, from where, how fresh, in which calendar. */
import { Day, Time } from '../../../views/time.tsx'
import type { Widget } from '../domain/dashboard.ts'
import type { DashboardView } from '../domain/dashboard-model.ts'
import { filtersFor } from '../domain/dashboard-plan.ts'
import { METRICS } from '../domain/metrics.ts'
import type { MetricAnswer } from '../domain/metrics-answer.ts'
import { WHY_METRICS } from '../domain/why-moved.ts'
import { figure, type Reader } from './dashboard-words.ts'
import { receiptHref } from './receipt-words.ts'

interface DefinitionProps {
  widget: Widget
  answers: readonly MetricAnswer[]
  view: DashboardView
  reader: Reader
}

export function Definition({ widget, answers, view, reader }: DefinitionProps) {
  const filters = filtersFor(widget, view.query)
  const counted = view.sources.filter((source) => source.counts_as_sales === 1)
  return (
    <details class="mt-3 border-base-300 border-t pt-2 text-xs">
      <summary class="cursor-pointer text-base-content/75">What is this number?</summary>
      <dl class="mt-2 space-y-2 text-base-content/80">
        {answers.map(({ metric, name, refused }) => (
          <div>
            <dt class="font-semibold">{name}</dt>
            <dd>
              {METRICS[metric]?.meaning ?? 'A metric of this workspace.'} {METRICS[metric]?.note}{' '}
              {!reader.guest && <Ways metric={metric} view={view} filters={filters} rows={!refused} />}
            </dd>
          </div>
        ))}
        <div>
          <dt class="font-semibold">Days</dt>
          <dd>
            <Day day={view.range.from} locale={reader.locale} /> to{' '}
            <Day day={view.range.to} locale={reader.locale} />, in {reader.timeZone}.{' '}
            {view.query.book === 'order_date'
              ? 'Everything counts on the day of its order.'
              : 'Each sale, refund and change counts on the day it happened.'}
          </dd>
        </div>
        <div>
          <dt class="font-semibold">From</dt>
          <dd>
            {counted.length > 0
              ? counted.map((source) => (
                  <SourceWords name={source.name} at={source.last_sync_at} reader={reader} />
                ))
              : 'No source counts as sales yet.'}
          </dd>
        </div>
        <Unconverted answers={answers} reader={reader} />
      </dl>
    </details>
  )
}

/** Pages behind the figure; visitors of a link cannot open them. */
function Ways({
  metric,
  view,
  filters,
  rows,
}: {
  metric: string
  view: DashboardView
  filters: ReturnType<typeof filtersFor>
  rows: boolean
}) {
  const { range } = view
  const { book, asOf } = view.query
  return (
    <>
      <a class="link" href={`/foundry/metrics/${metric}`}>
        Its definition
      </a>
      {rows && (
        <>
          {' · '}
          <a class="link" href={receiptHref({ metric, range, filters, book, asOf })}>
            Show the rows
          </a>
        </>
      )}
      {canBeExplained(metric) && filters.length === 0 && !asOf && (
        <>
          {' · '}
          <a class="link" href={`/foundry/why?${new URLSearchParams({ metric, book, ...range })}`}>
            Why did it move?
          </a>
        </>
      )}
    </>
  )
}

const canBeExplained = (metric: string): boolean => (WHY_METRICS as readonly string[]).includes(metric)

function SourceWords({ name, at, reader }: { name: string; at: string | null; reader: Reader }) {
  return (
    <span class="block">
      {name}
      {at && (
        <>
          , data as of <Time at={at} timeZone={reader.timeZone} locale={reader.locale} />
        </>
      )}
    </span>
  )
}

function Unconverted({ answers, reader }: { answers: readonly MetricAnswer[]; reader: Reader }) {
  const left = answers.flatMap((answer) =>
    (answer.unconverted ?? []).map((rest) => ({ ...rest, unit: answer.unit, name: answer.name })),
  )
  if (left.length === 0) return null
  return (
    <div>
      <dt class="font-semibold">Not included</dt>
      <dd>
        No exchange rate is known for{' '}
        {left
          .map(
            (rest) =>
              `${figure({ unit: rest.unit, currency: rest.currency }, rest.total, reader)} (${rest.name})`,
          )
          .join(', ')}
        .
      </dd>
    </div>
  )
}
