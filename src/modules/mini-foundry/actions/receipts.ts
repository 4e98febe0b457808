/** Gives the receipt of a figure: how it is worked out, and the rows that add up to it, page by page. */
import { businessDay } from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { Measure } from '../domain/measures.ts'
import { checkMetricQuery, type MetricQuery, parseMetricQuery } from '../domain/metric-query.ts'
import type { Metric } from '../domain/metrics.ts'
import { answerMetrics, type MetricFacts } from '../domain/metrics-answer.ts'
import { metricBook } from '../domain/metrics-book.ts'
import { type Figures, figuresOf } from '../domain/metrics-figures.ts'
import { presentValue } from '../domain/metrics-present.ts'
import {
  addedUp,
  basisOf,
  cursorOf,
  placeOf,
  type Receipt,
  type ReceiptFact,
  type ReceiptMeasure,
  type ReceiptPlace,
  type ReceiptQuestion,
  type ReceiptRow,
  ratesBehind,
  receiptRow,
} from '../domain/receipt.ts'
import { sourceLines } from '../store/dashboards.ts'
import { dataState } from '../store/metrics.ts'
import { customMetricRows } from '../store/metrics-custom.ts'
import { readFacts } from '../store/metrics-plan.ts'
import { receiptRows, receiptSums } from '../store/receipts.ts'

export interface ReceiptInput {
  metric: string
  from?: string
  to?: string
  filter?: string | string[]
  book?: string
  as_of?: string
  /** Whose rows; the first of the formula when left out. */
  measure?: string
  cursor?: string
  limit?: number
  /** Adds all rows up on later pages too. */
  alwaysAdd?: boolean
}

const LIMIT = 50

/** The receipt with one page of rows, for whoever may read metrics. Without dates: the last 30 days. */
export async function readReceipt(
  services: Services,
  actor: Actor,
  input: ReceiptInput,
): Promise<Result<Receipt>> {
  const opened = await openReceipt(services, actor, input)
  if (!opened.ok) return opened
  const { metric, query, facts, figures, measures } = opened.value
  const base = actor.workspace.currency
  const measure = input.measure
    ? metric.measures.find(({ id }) => id === input.measure)
    : (metric.measures.find(({ family }) => family !== 'calendar') ?? metric.measures[0])
  if (input.measure && !measure) return unknownMeasure(input.measure, metric)
  const after = input.cursor ? placeOf(input.cursor) : null
  if (input.cursor && !after) {
    return invalid([
      { path: 'cursor', message: 'This is no cursor; take next_cursor of the page before as it is.' },
    ])
  }
  const [answer] = answerMetrics(query, facts, actor.workspace, opened.value.book)
  if (!answer) return notFound('metric')
  const db = services.tenant(actor.tenantId)
  const head = [dataState(db), sourceLines(db)] as const
  const receipt: Receipt = {
    answer,
    metric,
    measures,
    measure: measures.find(({ id }) => id === measure?.id) ?? null,
    range: query.range,
    book: query.book,
    filters: query.filters,
    as_of: query.asOf ?? null,
    time_zone: actor.workspace.timeZone,
    currency: base,
    stale: false,
    sources: [],
    rows: [],
    next_cursor: null,
    added: null,
    rates: [],
  }
  if (!measure || measure.family === 'calendar') {
    const [state, sources] = await db.getAll(head)
    return ok({ ...receipt, stale: state.stale, sources })
  }
  const question: ReceiptQuestion = { measure, ...query }
  const limit = input.limit ?? LIMIT
  const addsUp = !after || input.alwaysAdd
  const [state, sources, rows, sums = null] = await db.getAll([
    ...head,
    receiptRows(db, question, after, limit + 1),
    ...(addsUp ? [receiptSums(db, question, base)] : []),
  ])
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return ok({
    ...receipt,
    stale: state.stale,
    sources,
    rows: shown.map((fact) => receiptRow(measure, query.range, fact, facts.convert, base)),
    next_cursor: rows.length > limit && last ? cursorOf(last) : null,
    added: sums && addedUp(measure, query.range, sums, facts.convert, figures.get(measure.id), base),
    rates: sums ? ratesBehind(measure, query.range, sums, facts.convert, base) : [],
  })
}

export interface WholeReceipt {
  metric: Metric
  query: MetricQuery
  currency: string
  /** Every row of every measure, a few thousand at a time. */
  pages: AsyncGenerator<{ measure: Measure; rows: ReceiptRow[] }>
}

/** All of a receipt's rows, for a file; `input.measure` leaves the other measures out. */
export async function readWholeReceipt(
  services: Services,
  actor: Actor,
  input: ReceiptInput,
): Promise<Result<WholeReceipt>> {
  const opened = await openReceipt(services, actor, input)
  if (!opened.ok) return opened
  const { metric, query, facts } = opened.value
  if (input.measure && !metric.measures.some(({ id }) => id === input.measure)) {
    return unknownMeasure(input.measure, metric)
  }
  const measures = metric.measures.filter(({ id }) => !input.measure || id === input.measure)
  const pages = allPages(services, actor, { query, facts, measures })
  return ok({ metric, query, currency: actor.workspace.currency, pages })
}

const FILE_PAGE = 2000

async function* allPages(
  services: Services,
  actor: Actor,
  of: { query: MetricQuery; facts: MetricFacts; measures: readonly Measure[] },
): WholeReceipt['pages'] {
  const db = services.tenant(actor.tenantId)
  for (const measure of of.measures) {
    const question: ReceiptQuestion = { measure, ...of.query }
    let after: ReceiptPlace | null = null
    for (;;) {
      const facts: ReceiptFact[] = await db.get(receiptRows(db, question, after, FILE_PAGE))
      const rows = facts.map((fact) =>
        receiptRow(measure, of.query.range, fact, of.facts.convert, actor.workspace.currency),
      )
      if (rows.length > 0) yield { measure, rows }
      after = facts.at(-1) ?? null
      if (facts.length < FILE_PAGE) break
    }
  }
}

interface OpenReceipt {
  metric: Metric
  book: ReturnType<typeof metricBook>
  query: MetricQuery
  facts: MetricFacts
  figures: Figures
  measures: ReceiptMeasure[]
}

async function openReceipt(
  services: Services,
  actor: Actor,
  input: ReceiptInput,
): Promise<Result<OpenReceipt>> {
  if (!can(actor, 'foundry:read')) return forbidden('see metrics')
  const db = services.tenant(actor.tenantId)
  const book = metricBook(await db.get(customMetricRows(db)))
  const metric = book.get(input.metric)
  if (!metric) return notFound('metric')
  const today = businessDay(services.clock.now(), actor.workspace.timeZone)
  const { from, to, filter, book: days, as_of } = input
  const parsed = parseMetricQuery({ metrics: metric.id, from, to, filter, book: days, as_of }, today)
  if (!parsed.ok) return parsed
  const checked = checkMetricQuery(parsed.value, book)
  if (!checked.ok) return checked
  const query = checked.value
  const { currency } = actor.workspace
  const facts = (await readFacts(db, [query], currency, book))(query)
  const whole = [{ start: query.range.from, ...query.range }]
  const figures = figuresOf(facts.rows, whole, facts.convert)[0] as Figures
  const measures = metric.measures.map((measure): ReceiptMeasure => {
    const { id, title, note, unit } = measure
    return {
      ...{ id, title, note, unit },
      value: presentValue(unit, figures.get(id), currency),
      basis: basisOf(measure, query.range, query.book),
      has_rows: measure.family !== 'calendar',
    }
  })
  return ok({ metric, book, query, facts, figures, measures })
}

const unknownMeasure = (name: string, metric: Metric) =>
  invalid([
    {
      path: 'measure',
      message: `${metric.name} is not made of "${name}"; it is made of ${metric.measures.map(({ id }) => id).join(', ')}.`,
    },
  ])
