/** A question in words: the answer in a sentence, its picture, how it was understood, and the same as a form. */
import type { Granularity } from '../../../kit/calendar.ts'
import { numberFormat } from '../../../kit/format.ts'
import { Button } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { Chart } from '../../../views/chart.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import type { Dimension } from '../domain/dashboard.ts'
import { filterOf } from '../domain/metric-query.ts'
import type { MetricAnswer } from '../domain/metrics-answer.ts'
import { ByHand, type Found, Keep, Understood } from './ask-side.tsx'
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
