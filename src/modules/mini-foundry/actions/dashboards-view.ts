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
  lookingBack,
  parseDashboardQuery,
  resolveRange,
} from '../domain/dashboard-query.ts'
import { answerMetrics, type MetricAnswer } from '../domain/metrics-answer.ts'
import { type MetricBook, metricBook } from '../domain/metrics-book.ts'
import {
  factsKey,
  GOALS_KEY,
  type KeptFacts,
  type KeptGoals,
  type WidgetFacts,
} from '../domain/widget-facts.ts'
import { annotationRows } from '../store/annotations.ts'
import { dashboardNames, dashboardRow, sourceLines } from '../store/dashboards.ts'
import { dataState, knownDays } from '../store/metrics.ts'
import { cachedDashboard } from '../store/metrics-cache.ts'
import { customMetricRows } from '../store/metrics-custom.ts'
import { readFacts } from '../store/metrics-plan.ts'
import { runningTargets } from '../store/targets.ts'
import { keepLater, keepNow } from './metrics-keep.ts'
import { viewTargets } from './targets.ts'
import { goalTargets, keptKinds, readWidgetFacts, runningPeriods, textOfTargets } from './widget-facts.ts'

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
  const now = services.clock.now()
  const present = calendarOf(now, actor.workspace)
  const parsed = parseDashboardQuery(input.query, present.today)
  if (!parsed.ok) return parsed
  const query = parsed.value
  const hash = (await sha256Hex(JSON.stringify([query, present, actor.workspace.currency]))).slice(0, 32)
  const db = services.tenant(actor.tenantId)
  const [dashboard, dashboards, state, cached, days, sources, custom, remarks, running] = await db.getAll([
    dashboardRow(db, input.id),
    dashboardNames(db),
    dataState(db),
    cachedDashboard(db, input.id, hash, isoInstant(now)),
    knownDays(db),
    sourceLines(db),
    customMetricRows(db),
    annotationRows(db),
    runningTargets(db, runningPeriods(present.today, actor.workspace)),
  ])
  if (!dashboard) return notFound('dashboard')
  const { calendar, known } = lookingBack(query, present, { first: days.first_day, last: days.last_day })
  const range = resolveRange(query, calendar, known)
  const granularity = granularityOf(query, range)
  const stored = new Map(cached.map((row) => [row.metric_type, row.metadata]))
  const parsedOf = <T>(key: string): T | undefined => {
    const text = stored.get(key)
    return text === undefined ? undefined : (JSON.parse(text) as T)
  }
  const wanted = [...new Set(dashboard.widgets.flatMap((widget) => keysOf(widget, query)))]
  const answers = new Map(wanted.map((key) => [key, parsedOf<MetricAnswer>(key)]))
  const kinds = keptKinds(dashboard.widgets)
  const facts = kinds.flatMap((kind) => parsedOf<WidgetFacts>(factsKey(kind)) ?? [])
  const missing = kinds.filter((kind) => !stored.has(factsKey(kind)))
  const targets = goalTargets(dashboard.widgets, running)
  const kept = parsedOf<KeptGoals>(GOALS_KEY)
  const targetsNow = textOfTargets(targets)
  const oldGoals = targets.length > 0 && kept?.of !== targetsNow
  let goals = oldGoals ? [] : (kept?.goals ?? [])
  const unanswered = wanted.some((key) => !answers.get(key))
  if (unanswered || missing.length > 0 || oldGoals) {
    const [answered, read, reached] = await Promise.all([
      unanswered
        ? computeAnswers(
            services,
            actor,
            planQueries(dashboard.widgets, query, range, granularity),
            metricBook(custom),
          )
        : [],
      readWidgetFacts(services, actor, missing, range),
      oldGoals ? viewTargets(services, actor, targets, metricBook(custom)) : [],
    ])
    if (oldGoals) goals = reached
    for (const { key, answer } of answered) answers.set(key, answer)
    facts.push(...read)
    const computed = [
      ...answered,
      ...read.map((answer) => ({ key: factsKey(answer.kind as KeptFacts), answer })),
      ...(oldGoals ? [{ key: GOALS_KEY, answer: { of: targetsNow, goals } satisfies KeptGoals }] : []),
    ]
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
      facts:
        widget.kind === 'goal'
          ? { kind: 'goal', goal: goals.find(({ target }) => target.metric === widget.metrics[0]) ?? null }
          : facts.find(({ kind }) => kind === widget.kind),
    })),
    sources,
    dataVersion: state.version,
    changedAt: state.changed_at,
    settling: state.stale,
    remarks: remarks.filter(({ day }) => day >= range.from && day <= range.to),
    etag: `"${state.version}.${dashboard.version}-${hash.slice(0, 16)}"`,
  })
}

async function computeAnswers(
  services: Services,
  actor: Actor,
  queries: ReturnType<typeof planQueries>,
  book: MetricBook,
) {
  const facts = await readFacts(services.tenant(actor.tenantId), queries, actor.workspace.currency, book)
  return queries.flatMap((query) =>
    answerMetrics(query, facts(query), actor.workspace, book).map((answer) => ({
      key: answerKey(answer.metric, query.groupBy, query.compare, query.filters),
      answer,
    })),
  )
}
