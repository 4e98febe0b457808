/** The catalogue of a workspace's metrics, and one of them with its figures. */
import { addDays, businessDay, type Granularity, isDay } from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { Dimension } from '../domain/dashboard.ts'
import type { Metric, MetricGroupName } from '../domain/metrics.ts'
import type { MetricAnswer } from '../domain/metrics-answer.ts'
import { metricBook } from '../domain/metrics-book.ts'
import { needsOf } from '../domain/metrics-needs.ts'
import { isAdditive } from '../domain/metrics-support.ts'
import { readableGranularity } from '../domain/period.ts'
import { sourceLines } from '../store/dashboards.ts'
import { customMetricRows } from '../store/metrics-custom.ts'
import { forecastMetric, type MetricForecast } from './forecast.ts'
import { computeMetrics, queryMetrics } from './metrics.ts'

export interface CatalogueLine {
  id: string
  name: string
  group: MetricGroupName
  unit: Metric['unit']
  formula: string
  meaning: string
  note: string
  less_is_better: boolean
  dimensions: readonly Dimension[]
  /** What has to be connected or imported for it to have a value. */
  needs: string[]
  /** True when it can be forecast. */
  forecast: boolean
  custom: boolean
}

export interface CatalogueView {
  lines: CatalogueLine[]
  /** Of the last 30 days, by metric. */
  answers: Map<string, MetricAnswer>
}

export interface DefinitionView {
  metric: Metric
  line: CatalogueLine
  answer: MetricAnswer
  /** The dimension that it is shown by, and the answer split by it. */
  by: { dimension: Dimension; answer: MetricAnswer } | null
  sources: { name: string; last_sync_at: string | null; counts_as_sales: number }[]
  range: { from: string; to: string; granularity: Granularity }
  /** Null where it makes no sense; a sentence where it cannot be made yet. */
  forecast: MetricForecast | string | null
}

const COMPARED = 'previous_period,previous_year,same_weekday,holiday'

/** All metrics in words. */
export async function catalogue(services: Services, actor: Actor): Promise<Result<CatalogueLine[]>> {
  if (!can(actor, 'foundry:read')) return forbidden('see metrics')
  const db = services.tenant(actor.tenantId)
  return ok(
    metricBook(await db.get(customMetricRows(db)))
      .all()
      .map(lineOf),
  )
}

/** All metrics with the last 30 days of each, in two round trips. */
export async function catalogueWithFigures(services: Services, actor: Actor): Promise<Result<CatalogueView>> {
  if (!can(actor, 'foundry:read')) return forbidden('see metrics')
  const db = services.tenant(actor.tenantId)
  const book = metricBook(await db.get(customMetricRows(db)))
  const today = businessDay(services.clock.now(), actor.workspace.timeZone)
  const query = {
    metrics: book.all().map(({ id }) => id),
    range: { from: addDays(today, -29), to: today },
    granularity: 'day' as const,
    compare: null,
    compareRange: null,
    groupBy: null,
    filters: [],
    book: 'order_date' as const,
  }
  const answers = await computeMetrics(services, actor, query, book)
  return ok({
    lines: book.all().map(lineOf),
    answers: new Map(answers.map((answer) => [answer.metric, answer])),
  })
}

/** One metric: its definition, its last 90 days against four others, split by a dimension, and its forecast. */
export async function metricDefinition(
  services: Services,
  actor: Actor,
  id: string,
  input: { by?: string; from?: string; to?: string } = {},
): Promise<Result<DefinitionView>> {
  if (!can(actor, 'foundry:read')) return forbidden('see metrics')
  const db = services.tenant(actor.tenantId)
  const [custom, sources] = await db.getAll([customMetricRows(db), sourceLines(db)])
  const metric = metricBook(custom).get(id)
  if (!metric) return notFound('metric')
  const today = businessDay(services.clock.now(), actor.workspace.timeZone)
  const range = rangeOf(input, today)
  const dimension = metric.dimensions.find((known) => known === input.by) ?? metric.dimensions[0] ?? null
  const asked = await queryMetrics(services, actor, { metrics: id, ...range, compare: COMPARED })
  if (!asked.ok) return asked
  const split =
    dimension && (await queryMetrics(services, actor, { metrics: id, ...range, group_by: dimension }))
  if (split && !split.ok) return split
  const [answer] = asked.value.data
  if (!answer) return notFound('metric')
  const [splitAnswer] = split ? split.value.data : []
  const made = isAdditive(metric) ? await forecastMetric(services, actor, id, { horizonDays: 28 }) : null
  return ok({
    metric,
    line: lineOf(metric),
    answer,
    by: dimension && splitAnswer ? { dimension, answer: splitAnswer } : null,
    sources,
    range,
    forecast: made && (made.ok ? made.value : made.error.detail),
  })
}

/** The last 90 days unless the caller says others; dates that are none are left to the question to refuse. */
function rangeOf(input: { from?: string; to?: string }, today: string): DefinitionView['range'] {
  const to = input.to || today
  const from = input.from || (isDay(to) ? addDays(to, -89) : to)
  return { from, to, granularity: isDay(from) && isDay(to) ? readableGranularity({ from, to }) : 'day' }
}

const lineOf = (metric: Metric): CatalogueLine => ({
  id: metric.id,
  name: metric.name,
  group: metric.group,
  unit: metric.unit,
  formula: metric.formula,
  meaning: metric.meaning,
  note: metric.note,
  less_is_better: metric.lessIsBetter ?? false,
  dimensions: metric.dimensions,
  needs: needsOf(metric),
  forecast: isAdditive(metric),
  custom: metric.custom !== undefined,
})
