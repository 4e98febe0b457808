/** A dashboard with its numbers: one round trip when they are known, one more when they must be added up. */
import { type Actor, can } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { sha256Hex } from '../../../platform/crypto/digest.ts'
import { forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { DashboardView } from '../domain/dashboard-model.ts'
import { answerKey, keysOf, planQueries } from '../domain/dashboard-plan.ts'
import {
  calendarOf,
  type DashboardQueryInput,
  granularityOf,
  isDataOld,
  parseDashboardQuery,
  resolveRange,
} from '../domain/dashboard-query.ts'
import { answerMetrics, type MetricAnswer } from '../domain/metrics-answer.ts'
import { dashboardNames, dashboardRow, sourceLines } from '../store/dashboards.ts'
import { dataState, knownDays } from '../store/metrics.ts'
import { cachedDashboard } from '../store/metrics-cache.ts'
import { readFacts } from '../store/metrics-plan.ts'
import { keepLater, keepNow } from './metrics-keep.ts'

export async function readDashboard(
  services: Services,
  actor: Actor,
  input: { id: string | null; query: DashboardQueryInput },
): Promise<Result<DashboardView>> {
  if (!can(actor, 'foundry:read')) return forbidden('see dashboards')
  return viewDashboard(services, actor, input, 'later')
}

/** `keep`: whether new answers go into the cache before this returns or after the answer is sent. */
export async function viewDashboard(
  services: Services,
  actor: Actor,
  input: { id: string | null; query: DashboardQueryInput },
  keep: 'now' | 'later',
): Promise<Result<DashboardView>> {
  const parsed = parseDashboardQuery(input.query)
  if (!parsed.ok) return parsed
  const query = parsed.value
  const now = services.clock.now()
  const calendar = calendarOf(now, actor.workspace)
  const hash = (await sha256Hex(JSON.stringify([query, calendar, actor.workspace.currency]))).slice(0, 32)
  const db = services.tenant(actor.tenantId)
  const [dashboard, dashboards, state, cached, days, sources] = await db.getAll([
    dashboardRow(db, input.id),
    dashboardNames(db),
    dataState(db),
    cachedDashboard(db, input.id, hash, isoInstant(now)),
    knownDays(db),
    sourceLines(db),
  ])
  if (!dashboard) return notFound('dashboard')
  const known = { first: days.first_day, last: days.last_day }
  const range = resolveRange(query, calendar, known)
  const granularity = granularityOf(query, range)
  const answers = new Map(cached.map((row) => [row.metric_type, JSON.parse(row.metadata) as MetricAnswer]))
  const wanted = dashboard.widgets.flatMap((widget) => keysOf(widget, query))
  if (wanted.some((key) => !answers.has(key))) {
    const computed = await computeAnswers(
      services,
      actor,
      planQueries(dashboard.widgets, query, range, granularity),
    )
    for (const { key, answer } of computed) answers.set(key, answer)
    const question = { queryHash: `${dashboard.id}:${hash}`, range, dataVersion: state.version }
    if (keep === 'now') await keepNow(services, actor, question, computed)
    else keepLater(services, actor, question, computed)
  }
  return ok({
    dashboard,
    dashboards,
    query,
    range,
    granularity,
    calendar,
    known,
    dataIsOld: query.preset === 'default' && isDataOld(calendar, known),
    widgets: dashboard.widgets.map((widget) => ({
      widget,
      answers: keysOf(widget, query).flatMap((key) => answers.get(key) ?? []),
    })),
    sources,
    dataVersion: state.version,
    changedAt: state.changed_at,
    settling: state.stale,
    etag: `"${state.version}.${dashboard.version}-${hash.slice(0, 16)}"`,
  })
}

async function computeAnswers(services: Services, actor: Actor, queries: ReturnType<typeof planQueries>) {
  const facts = await readFacts(services.tenant(actor.tenantId), queries, actor.workspace.currency)
  return queries.flatMap((query) =>
    answerMetrics(query, facts(query), actor.workspace).map((answer) => ({
      key: answerKey(answer.metric, query.groupBy, query.compare),
      answer,
    })),
  )
}
