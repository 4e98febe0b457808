/** A question in words: the answer in a sentence, its picture, how it was understood, and the same as a form. */
import type { Granularity } from '../../../kit/calendar.ts'
import { numberFormat } from '../../../kit/format.ts'
import { Button } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { Chart } from '../../../views/chart.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { COMPARISON_LABELS } from '../domain/compare.ts'
import { COMPARISONS, DIMENSIONS, type Dimension, GRANULARITIES } from '../domain/dashboard.ts'
import { filterOf } from '../domain/metric-query.ts'
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
import { DIMENSION_WORDS } from './metric-words.ts'
import { receiptHref } from './receipt-words.ts'

interface Found {
  question: string
  query: {
    metrics?: string
    from: string
    to: string
    granularity: string
    compare?: string
    group_by?: string
    filter: string[]
  }
  understanding: { parts: string[]; left: string[] }
  data: MetricAnswer[]
  problem: string | null
  metrics: { id: string; name: string; dimensions: readonly Dimension[] }[]
  dashboards: { id: string; name: string }[]
}

interface AskProps {
  found: Found | null
  reader: Reader
  fiscalYearStart: number
  mayWrite: boolean
}

const EXAMPLES = [
  'net revenue by channel last quarter compared to last year',
  'how many new customers in May',
  'top 5 products this month',
  'average order value per week since January',
]

export function AskPage({ found, ...rest }: AskProps) {
  return (
    <>
      <FoundryTabs current="dashboards" />
      <PageHeader
        title="Ask in words"
        lead="A question about your figures. It is understood by rules, over the metrics you have; nothing leaves this workspace."
        crumbs={[{ href: '/foundry', label: 'Dashboards' }]}
      />
      <AskBox question={found?.question ?? ''} />
      {found ? <Answer found={found} {...rest} /> : <Examples />}
    </>
  )
}

/** The box alone, for pages that a question may begin on. */
export function AskBox({ question = '' }: { question?: string }) {
  return (
    <search class="mb-4 block">
      <form method="get" action="/foundry/ask" class="flex flex-wrap items-end gap-2">
        <label class="flex min-w-0 flex-1 basis-64 flex-col gap-1 text-xs">
          <span>Ask in words</span>
          <input
            type="search"
            name="q"
            value={question}
            maxlength={500}
            required
            placeholder={EXAMPLES[0]}
            class="input input-sm w-full"
          />
        </label>
        <Button small>Ask</Button>
      </form>
    </search>
  )
}

function Examples() {
  return (
    <Card title="For example">
      <ul class="flex flex-col gap-2 text-sm">
        {EXAMPLES.map((text) => (
          <li>
            <a
              class="link inline-flex min-h-6 items-center"
              href={`/foundry/ask?${new URLSearchParams({ q: text })}`}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Answer(props: AskProps & { found: Found }) {
  const { found, reader } = props
  return (
    <div class="grid gap-4 lg:grid-cols-3">
      <div class="min-w-0 space-y-4 lg:col-span-2">
        {found.problem && (
          <Card title="This cannot be answered so">
            <p class="text-sm">{found.problem}</p>
          </Card>
        )}
        {found.data.map((answer, at) => (
          <Card title={answer.name}>
            <p class="font-medium">{sentence(answer, found, reader)}</p>
            <p class="mt-1 text-sm">
              <a class="link" href={receiptOf(answer, found)}>
                Show the rows behind it
              </a>
            </p>
            <div class="mt-3">{picture(answer, props, `ask-chart-${at}`)}</div>
            {props.mayWrite && <Keep answer={answer} found={found} />}
          </Card>
        ))}
      </div>
      <div class="space-y-4">
        <Understood found={found} />
        <ByHand found={found} />
      </div>
    </div>
  )
}

/** The same question, to be seen every day: the dashboard asks it of its own days. */
function Keep({ answer, found }: { answer: MetricAnswer; found: Found }) {
  const { compare, group_by, filter } = found.query
  const fields = { q: found.question, metric: answer.metric, compare, group_by, filter: filter[0] }
  if (found.dashboards.length === 0) return null
  return (
    <form method="post" action="/foundry/ask/keep" class="mt-4 flex flex-wrap items-end gap-2">
      {Object.entries(fields).map(
        ([name, value]) => value && <input type="hidden" name={name} value={value} />,
      )}
      <label class="flex flex-col gap-1 text-xs">
        <span>Put on a dashboard</span>
        <select name="dashboard" class="select select-sm w-auto">
          {found.dashboards.map(({ id, name }) => (
            <option value={id}>{name}</option>
          ))}
        </select>
      </label>
      <Button small>Put it there</Button>
    </form>
  )
}

function sentence(answer: MetricAnswer, { query }: Found, reader: Reader): string {
  const total = figure(answer, answer.total, reader)
  const start = `${answer.name}: ${total} (${rangeWords(query, reader)})`
  if (!answer.compare) return `${start}.`
  const { total: before, change_percent: change } = answer.compare
  const percent = numberFormat(reader.locale, { signDisplay: 'exceptZero', maximumFractionDigits: 1 })
  const moved = change === null ? '' : `, ${percent.format(change)} %`
  return `${start}, against ${figure(answer, before, reader)} (${rangeWords(answer.compare, reader)})${moved}.`
}

const receiptOf = (answer: MetricAnswer, { query }: Found): string =>
  receiptHref({
    metric: answer.metric,
    range: query,
    filters: query.filter.flatMap((text) => filterOf(text) ?? []),
    book: 'order_date',
  })

function picture(
  answer: MetricAnswer,
  { found, reader, fiscalYearStart }: AskProps & { found: Found },
  id: string,
) {
  if (answer.groups) return <Groups answer={answer} by={found.query.group_by ?? ''} reader={reader} />
  const granularity = found.query.granularity as Granularity
  const oneYear = found.query.from.slice(0, 4) === found.query.to.slice(0, 4)
  const style = { granularity, fiscalYearStart, oneYear }
  const data = {
    labels: answer.series.map(({ period }) => periodLabel(period, style, reader)),
    series: [{ name: answer.name, values: numbers(answer.series) }],
    ...chartFormats(answer, reader),
  }
  return <Chart kind="line" title={answer.name} data={data} labelName={PERIOD_NAMES[granularity]} id={id} />
}

function Groups({ answer, by, reader }: { answer: MetricAnswer; by: string; reader: Reader }) {
  const words = DIMENSION_WORDS[by as Dimension] ?? 'Group'
  const groups = (answer.groups ?? []).filter(({ total }) => total !== null)
  if (groups.length === 0) return <p class="text-sm">Nothing in these days.</p>
  return (
    <DataTable
      caption={`${answer.name} by ${words.toLowerCase()}`}
      rows={groups}
      columns={[
        { key: 'value', label: words, cell: (row) => (row.value === '' ? 'Unknown' : row.label) },
        { key: 'total', label: answer.name, numeric: true, cell: (row) => figure(answer, row.total, reader) },
        ...(answer.compare
          ? [
              {
                key: 'before',
                label: 'Before',
                numeric: true,
                cell: (row: NonNullable<MetricAnswer['groups']>[number]) =>
                  figure(answer, row.compare?.total ?? null, reader),
              },
            ]
          : []),
      ]}
    />
  )
}

function Understood({ found }: { found: Found }) {
  const { parts, left } = found.understanding
  return (
    <Card title="How it was understood">
      <ul class="flex flex-col gap-1 text-sm">
        {parts.map((part) => (
          <li>{part}</li>
        ))}
      </ul>
      {left.length > 0 && (
        <p class="mt-2 text-sm">Not understood: {left.map((word) => `“${word}”`).join(', ')}</p>
      )}
      <p class="mt-2 text-base-content/75 text-xs">Understood by rules.</p>
    </Card>
  )
}

function ByHand({ found: { question, query, metrics } }: { found: Found }) {
  const only = (query.metrics ?? '').split(',')
  const name = (id: string) => metrics.find((metric) => metric.id === id)?.name ?? id
  const chosen = only.length > 1 ? [{ value: only.join(','), label: only.map(name).join(', ') }] : []
  return (
    <Card title="Change it by hand">
      <form method="get" action="/foundry/ask" class="flex flex-col gap-2">
        <input type="hidden" name="q" value={question} />
        <Choice
          label="Figure"
          name="metrics"
          value={query.metrics ?? ''}
          options={[...chosen, ...metrics.map((metric) => ({ value: metric.id, label: metric.name }))]}
        />
        {(['from', 'to'] as const).map((day) => (
          <label class="flex flex-col gap-1 text-xs">
            <span>{day === 'from' ? 'First day' : 'Last day'}</span>
            <input type="date" name={day} value={query[day]} class="input input-sm w-full" />
          </label>
        ))}
        <Choice
          label="Compared with"
          name="compare"
          value={query.compare ?? ''}
          options={[NONE, ...COMPARISONS.map((one) => ({ value: one, label: COMPARISON_LABELS[one] }))]}
        />
        <Choice
          label="Split by"
          name="group_by"
          value={query.group_by ?? ''}
          options={[NONE, ...DIMENSIONS.map((one) => ({ value: one, label: DIMENSION_WORDS[one] }))]}
        />
        <Choice
          label="A point for each"
          name="granularity"
          value={query.granularity}
          options={GRANULARITIES.map((one) => ({ value: one, label: PERIOD_NAMES[one] }))}
        />
        <div>
          <Button small>Show</Button>
        </div>
      </form>
    </Card>
  )
}

const NONE = { value: '', label: 'Nothing' }

interface ChoiceProps {
  label: string
  name: string
  value: string
  options: { value: string; label: string }[]
}

function Choice({ label, name, value, options }: ChoiceProps) {
  return (
    <label class="flex flex-col gap-1 text-xs">
      <span>{label}</span>
      <select name={name} class="select select-sm w-full">
        {options.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  )
}
