/** Answers a question in words: understood by rules, asked of the metrics like any other, changed by hand where people wish. */
import { businessDay } from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { forbidden, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type AskWorld, type Understanding, understand } from '../domain/ask/understand.ts'
import type { DashboardName } from '../domain/dashboard-model.ts'
import { DIMENSIONS, type Dimension } from '../domain/dimensions.ts'
import type { MetricQueryInput } from '../domain/metric-query.ts'
import type { MetricAnswer } from '../domain/metrics-answer.ts'
import { type MetricBook, metricBook } from '../domain/metrics-book.ts'
import { readableGranularity } from '../domain/period.ts'
import { placeOf } from '../domain/places.ts'
import { dashboardNames, dimensionValueRows, sourceLines } from '../store/dashboards.ts'
import { customMetricRows } from '../store/metrics-custom.ts'
import { queryMetrics } from './metrics.ts'

/** What people chose by hand; each stands before what the question says. '' is "none". */
export type AskByHand = Pick<
  MetricQueryInput,
  'metrics' | 'from' | 'to' | 'compare' | 'group_by' | 'granularity'
>

export interface WordsAnswer {
  question: string
  /** As the metrics API takes it. */
  query: MetricQueryInput & { from: string; to: string; filter: string[]; granularity: string }
  understanding: Understanding
  /** Empty when the metrics refuse the question; `problem` says why. */
  data: MetricAnswer[]
  problem: string | null
  metrics: { id: string; name: string; dimensions: readonly Dimension[] }[]
  /** Where the answer can be put. */
  dashboards: DashboardName[]
}

/** A question that the metrics refuse is an answer with a `problem`, in words. */
export async function askInWords(
  services: Services,
  actor: Actor,
  question: string,
  byHand: AskByHand = {},
): Promise<Result<WordsAnswer>> {
  if (!can(actor, 'foundry:read')) return forbidden('ask for figures')
  const { book, world, dashboards } = await worldOf(services, actor)
  const understanding = understand(question, world)
  const query = queryOf(understanding, byHand)
  const asked = await queryMetrics(services, actor, query)
  return ok({
    question,
    query,
    understanding,
    data: asked.ok ? asked.value.data.map((answer) => ranked(answer, understanding.top)) : [],
    problem: asked.ok ? null : (asked.error.errors?.[0]?.message ?? asked.error.detail),
    metrics: book.all().map(({ id, name, dimensions }) => ({ id, name, dimensions })),
    dashboards,
  })
}

async function worldOf(
  services: Services,
  actor: Actor,
): Promise<{ book: MetricBook; world: AskWorld; dashboards: DashboardName[] }> {
  const db = services.tenant(actor.tenantId)
  const [custom, values, sources, dashboards] = await db.getAll([
    customMetricRows(db),
    dimensionValueRows(db),
    sourceLines(db),
    dashboardNames(db),
  ])
  const { timeZone, weekStart, fiscalYearStart, locale } = actor.workspace
  const names = new Map(sources.map(({ id, name }) => [id, name]))
  const label = (dimension: string, value: string): string => {
    if (dimension === 'source') return names.get(value) ?? value
    return dimension === 'country' ? (placeOf(value, 'world', locale)?.name ?? value) : value
  }
  const book = metricBook(custom)
  return {
    book,
    dashboards,
    world: {
      metrics: book.all(),
      values: values.flatMap(({ dimension, value }) => {
        const known = DIMENSIONS.find((one) => one === dimension)
        return known ? [{ dimension: known, value, label: label(known, value) }] : []
      }),
      today: businessDay(services.clock.now(), timeZone),
      calendar: { weekStart, fiscalYearStart },
    },
  }
}

function queryOf(understood: Understanding, byHand: AskByHand): WordsAnswer['query'] {
  const { range, granularity } = understood
  const from = byHand.from || range.from
  const to = byHand.to || range.to
  const readable = readableGranularity({ from, to })
  return {
    metrics: byHand.metrics || understood.metrics.join(','),
    ...{ from, to },
    granularity: byHand.granularity || granularity || readable,
    compare: byHand.compare ?? understood.compare ?? '',
    group_by: byHand.group_by ?? understood.groupBy ?? '',
    filter: understood.filters.map(({ dimension, value }) => `${dimension}:${value}`),
  }
}

/** Largest first, as many as were asked for; groups without a figure stand last. */
function ranked(answer: MetricAnswer, top: Understanding['top']): MetricAnswer {
  if (!answer.groups || !top) return answer
  const size = ({ total }: { total: string | number | null }) => (total === null ? null : Number(total))
  const known = answer.groups.filter((group) => size(group) !== null)
  const sign = top.least ? 1 : -1
  const ordered = [...known].sort((a, b) => sign * ((size(a) ?? 0) - (size(b) ?? 0)))
  return { ...answer, groups: ordered.slice(0, top.count) }
}
