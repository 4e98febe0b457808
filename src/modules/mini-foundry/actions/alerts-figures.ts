/** The figures that an alert looks at, from the same engine that answers dashboards. */
import type { Actor } from '../../../platform/actor.ts'
import { fail, invalid, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { AlertQuestion } from '../domain/alert.ts'
import type { FeedingSource } from '../domain/alert-complete.ts'
import { filterLabel, filterParts } from '../domain/alert-filter.ts'
import { type AlertPoint, lookbackOf } from '../domain/alert-judge.ts'
import { lastDayOf, periodsBefore } from '../domain/alert-period.ts'
import type { AlertReader } from '../domain/alert-words.ts'
import type { Metric } from '../domain/metrics.ts'
import { type MetricBook, metricBook } from '../domain/metrics-book.ts'
import { DIMENSION_NAMES } from '../domain/templates.ts'
import { edgesOf, feedingSources } from '../store/alerts.ts'
import { customMetricRows } from '../store/metrics-custom.ts'
import { queryMetrics } from './metrics.ts'

/** What is the same for all alerts of a workspace. */
export interface AlertGround {
  book: MetricBook
  sources: FeedingSource[]
}

export interface AlertFigures {
  metric: Metric
  points: AlertPoint[]
  /** First day of the measures that are still being added up; null: none. */
  dirtyDay: string | null
  reader: AlertReader
  /** The metric as sentences name it, with what it is narrowed to: `Revenue (country US)`. */
  subject: string
  sourceName: string
}

export async function readGround(services: Services, actor: Actor): Promise<AlertGround> {
  const db = services.tenant(actor.tenantId)
  const [custom, sources] = await db.getAll([customMetricRows(db), feedingSources(db)])
  return { book: metricBook(custom), sources }
}

/** The periods `from`..`to` (first days) and as many before them as judging looks back. Refused: an unknown metric or filter. */
export async function readFigures(
  services: Services,
  actor: Actor,
  question: AlertQuestion,
  ground: AlertGround,
  range: { from: string; to: string },
): Promise<Result<AlertFigures>> {
  const metric = ground.book.get(question.metric)
  if (!metric) return invalid([{ path: 'metric', message: `There is no metric "${question.metric}".` }])
  if (metric.custom?.problem) return invalid([{ path: 'metric', message: metric.custom.problem }])
  const { granularity } = question
  const from = periodsBefore(range.from, granularity, lookbackOf(question, granularity))
  const asked = await queryMetrics(services, actor, {
    metrics: question.metric,
    from,
    to: lastDayOf(range.to, granularity),
    granularity,
    filter: question.filter ?? undefined,
  })
  if (!asked.ok) return asked
  const [answer] = asked.value.data
  if (!answer) return fail('invalid', 'invalid', 'This metric cannot be looked at.')
  if (answer.refused) return invalid([{ path: 'filter', message: answer.refused }])
  const db = services.tenant(actor.tenantId)
  const others = metric.measures.filter(({ family }) => family !== 'sales')
  const sales = metric.measures.some(({ family }) => family === 'sales')
  const [edges] = await db.get(
    edgesOf(db, {
      measures: others.map(({ id }) => id),
      families: others.map(({ family }) => family),
      sales,
    }),
  )
  const firstDay = edges?.firstDay ?? '9999'
  const { locale } = actor.workspace
  return ok({
    metric,
    points: answer.series.map(({ period, value }) => ({
      period,
      // a zero before the first day is not known to be one, and a first period that is not whole says nothing
      value: value === null || period < firstDay ? null : Number(value),
    })),
    dirtyDay: edges?.dirtyDay ?? null,
    subject: subjectOf(metric, question, ground.sources, locale),
    reader: { unit: answer.unit, currency: answer.currency, locale },
    sourceName: sourceNameOf(question, ground.sources),
  })
}

function subjectOf(
  { name }: Metric,
  { kind, filter }: AlertQuestion,
  sources: readonly FeedingSource[],
  locale: string,
): string {
  const parts = filter && kind !== 'quiet' ? filterParts(filter) : null
  if (!parts) return name
  const names = new Map(sources.map((source) => [source.id, source.name]))
  return `${name} (${DIMENSION_NAMES[parts.dimension]} ${filterLabel(parts, names, locale)})`
}

export function sourceNameOf(question: AlertQuestion, sources: readonly FeedingSource[]): string {
  const id = question.kind === 'quiet' ? question.rule.source_id : null
  return sources.find((source) => source.id === id)?.name ?? 'the source'
}
