/** Answers questions for metrics: from the cache while the data stands, else in one batch. */
import { businessDay } from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { sha256Hex } from '../../../platform/crypto/digest.ts'
import { forbidden, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type MetricQueryInput, parseMetricQuery, queryText } from '../domain/metric-query.ts'
import { answerMetrics, type MetricAnswer } from '../domain/metrics-answer.ts'
import { dataState } from '../store/metrics.ts'
import { cachedAnswers } from '../store/metrics-cache.ts'
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
 * `knownEtag` is the caller's If-None-Match.
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
  const [state, cached] = await db.getAll([dataState(db), cachedAnswers(db, queryHash, isoInstant(now))])
  const etag = `"${state.version}-${hash.slice(0, 16)}"`
  const result = { data: [] as MetricAnswer[], data_version: state.version, etag, unchanged: false }
  if (knownEtag === etag) return ok({ ...result, unchanged: true })

  const known = new Map(cached.map((row) => [row.metric_type, JSON.parse(row.metadata) as MetricAnswer]))
  const answers = query.metrics.map((metric) => known.get(metric))
  if (answers.every((answer) => answer !== undefined)) return ok({ ...result, data: answers })

  const facts = await readFacts(db, [query], currency)
  const data = answerMetrics(query, facts(query), actor.workspace)
  const kept = data.map((answer) => ({ key: answer.metric, answer }))
  keepLater(services, actor, { queryHash, range: query.range, dataVersion: state.version }, kept)
  return ok({ ...result, data })
}
