/** Answers questions for metrics: from the cache while the data stands, else in one batch. */
import { businessDay } from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { sha256Hex } from '../../../platform/crypto/digest.ts'
import { forbidden, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { compareRange } from '../domain/compare.ts'
import {
  asksCustom,
  checkMetricQuery,
  type MetricQuery,
  type MetricQueryInput,
  parseMetricQuery,
  queryText,
} from '../domain/metric-query.ts'
import { answerMetrics, type MetricAnswer } from '../domain/metrics-answer.ts'
import { type CustomMetricRow, type MetricBook, metricBook } from '../domain/metrics-book.ts'
import { dataState } from '../store/metrics.ts'
import { cachedAnswers } from '../store/metrics-cache.ts'
import { customMetricRows } from '../store/metrics-custom.ts'
import { readFacts } from '../store/metrics-plan.ts'
import { keepLater } from './metrics-keep.ts'

export interface MetricsResult {
  data: MetricAnswer[]
  data_version: number
  /** Changes with the data and with the question: the value of an ETag. */
  etag: string
  /** True when `knownEtag` still holds; `data` is empty then. */
  unchanged: boolean
}

/**
 * `GET /metrics` and whoever else asks: see CONTRACT "Metrics". Two round trips at most, one when the answer is known.
 * `knownEtag` is the caller's If-None-Match. A change of a custom metric moves the data version, so answers and ETags
 * of before hold no longer.
 */
export async function queryMetrics(
  services: Services,
  actor: Actor,
  input: MetricQueryInput,
  knownEtag: string | null = null,
): Promise<Result<MetricsResult>> {
  if (!can(actor, 'foundry:read')) return forbidden('see metrics')
  const now = services.clock.now()
  const parsed = parseMetricQuery(input, businessDay(now, actor.workspace.timeZone))
  if (!parsed.ok) return parsed
  const query = parsed.value
  const { currency, weekStart, fiscalYearStart } = actor.workspace
  const hash = (
    await sha256Hex(JSON.stringify([queryText(query), currency, weekStart, fiscalYearStart]))
  ).slice(0, 32)
  const queryHash = `metrics:${hash}`
  const db = services.tenant(actor.tenantId)
  const reads = [dataState(db), cachedAnswers(db, queryHash, isoInstant(now))] as const
  const [state, cached, custom = []] = asksCustom(query.metrics)
    ? await db.getAll([...reads, customMetricRows(db)])
    : [...(await db.getAll(reads)), [] as CustomMetricRow[]]
  const book = metricBook(custom)
  const checked = checkMetricQuery(query, book)
  if (!checked.ok) return checked
  const etag = `"${state.version}-${hash.slice(0, 16)}"`
  const result = { data: [] as MetricAnswer[], data_version: state.version, etag, unchanged: false }
  if (knownEtag === etag) return ok({ ...result, unchanged: true })

  const known = new Map(cached.map((row) => [row.metric_type, JSON.parse(row.metadata) as MetricAnswer]))
  const answers = query.metrics.map((metric) => known.get(metric))
  if (answers.every((answer) => answer !== undefined)) return ok({ ...result, data: answers })

  const data = await computeMetrics(services, actor, query, book)
  const kept = data.map((answer) => ({ key: answer.metric, answer }))
  keepLater(services, actor, { queryHash, range: query.range, dataVersion: state.version }, kept)
  return ok({ ...result, data })
}

/** Works a checked question out from the rollups, past the cache. Several comparisons share the reads of the range. */
export async function computeMetrics(
  services: Services,
  actor: Actor,
  query: MetricQuery,
  book: MetricBook = metricBook(),
): Promise<MetricAnswer[]> {
  const others = (query.alsoCompare ?? []).map((compare) => ({
    ...query,
    compare,
    compareRange: compareRange(query.range, compare),
  }))
  const queries = [query, ...others]
  const { currency } = actor.workspace
  const facts = await readFacts(services.tenant(actor.tenantId), queries, currency, book)
  const [first = [], ...rest] = queries.map((one) => answerMetrics(one, facts(one), actor.workspace, book))
  if (others.length === 0) return first
  return first.map((answer, index) => ({
    ...answer,
    comparisons: queries.flatMap(({ compare }, at) => {
      const compared = (at === 0 ? first : rest[at - 1])?.[index]?.compare
      return compare && compared ? [{ comparison: compare, ...compared }] : []
    }),
  }))
}
