/** A dashboard with its numbers: one round trip when they are known, one more when they must be added up. */
import { type Actor, can } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { sha256Hex } from '../../../platform/crypto/digest.ts'
import { forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { DashboardView, OpenDashboard } from '../domain/dashboard-model.ts'
import { keysOf } from '../domain/dashboard-plan.ts'
import {
  calendarOf,
  type DashboardQuery,
  type DashboardQueryInput,
  granularityOf,
  isDataOld,
  lookingBack,
  parseDashboardQuery,
  resolveRange,
} from '../domain/dashboard-query.ts'
import { metricBook } from '../domain/metrics-book.ts'
import { VALUES_KEY } from '../domain/widget-facts.ts'
import { annotationRows } from '../store/annotations.ts'
import { dashboardNames, dashboardRow, sourceLines } from '../store/dashboards.ts'
import { personDefault } from '../store/dashboards-history.ts'
import { dataState, knownDays } from '../store/metrics.ts'
import { cachedAnswers, cachedDashboard } from '../store/metrics-cache.ts'
import { customMetricRows } from '../store/metrics-custom.ts'
import { runningTargets } from '../store/targets.ts'
import { answersOf } from './dashboards-answers.ts'
import { runningPeriods } from './widget-facts.ts'

export interface DashboardInput {
  /** Null: the default one. */
  id: string | null
  query: DashboardQueryInput
}

interface LookInput extends DashboardInput {
  /** Whose page it opens on: their own default, and what filters offer. Null: nobody's. */
  personId: string | null
  /** Ask what the dashboard is set to ask instead of `query`. */
  asSet: boolean
}

export async function readDashboard(
  services: Services,
  actor: Actor,
  input: DashboardInput,
): Promise<Result<DashboardView>> {
  if (!can(actor, 'foundry:read')) return forbidden('see dashboards')
  return viewDashboard(services, actor, input, 'later')
}

/** `keep`: whether new answers go into the cache before this returns or after the answer is sent. */
export const viewDashboard = (
  services: Services,
  actor: Actor,
  input: DashboardInput,
  keep: 'now' | 'later',
): Promise<Result<DashboardView>> =>
  lookAtDashboard(services, actor, { ...input, personId: null, asSet: false }, keep)

export async function lookAtDashboard(
  services: Services,
  actor: Actor,
  input: LookInput,
  keep: 'now' | 'later',
): Promise<Result<OpenDashboard>> {
  const now = services.clock.now()
  const present = calendarOf(now, actor.workspace)
  const parsed = parseDashboardQuery(input.query, present.today)
  if (!parsed.ok) return parsed
  const query = parsed.value
  const hash = (await sha256Hex(JSON.stringify([query, present, actor.workspace.currency]))).slice(0, 32)
  const first = await firstReads(services, actor, input, { hash, now, today: present.today })
  const { dashboard, days, state, custom, sources } = first
  if (!dashboard) return notFound('dashboard')
  const set = input.asSet ? questionOf(dashboard.settings.query, query, present.today) : null
  // the question is known only now: what the cache has of it is read in a second round trip
  if (set) {
    const again = { ...input, id: dashboard.id, query: set, asSet: false }
    return lookAtDashboard(services, actor, again, keep)
  }
  const { calendar, known } = lookingBack(query, present, { first: days.first_day, last: days.last_day })
  const range = resolveRange(query, calendar, known)
  const granularity = granularityOf(query, range)
  const { metrics, facts, goals, values } = await answersOf(services, actor, {
    ...{ widgets: dashboard.widgets, query, range, granularity, keep },
    book: metricBook(custom),
    running: first.running,
    queryHash: `${dashboard.id}:${hash}`,
    dataVersion: state.version,
    cached: first.cached,
    cachedValues: input.personId === null ? null : first.cachedValues,
  })
  return ok({
    ...{
      dashboard,
      dashboards: first.dashboards,
      query,
      range,
      granularity,
      calendar,
      known,
      sources,
      values,
    },
    mine: first.mine,
    dataIsOld: query.preset === 'default' && isDataOld(calendar, known),
    widgets: dashboard.widgets.map((widget) => ({
      widget,
      answers: keysOf(widget, query).flatMap((key) => metrics.get(key) ?? []),
      facts:
        widget.kind === 'goal'
          ? { kind: 'goal', goal: goals.find(({ target }) => target.metric === widget.metrics[0]) ?? null }
          : facts.find(({ kind }) => kind === widget.kind),
    })),
    dataVersion: state.version,
    changedAt: state.changed_at,
    settling: state.stale,
    remarks: first.remarks.filter(({ day }) => day >= range.from && day <= range.to),
    etag: `"${state.version}.${dashboard.version}-${hash.slice(0, 16)}"`,
  })
}

/** All that does not depend on what is already known, in one round trip. */
async function firstReads(
  services: Services,
  actor: Actor,
  { id, personId }: LookInput,
  { hash, now, today }: { hash: string; now: number; today: string },
) {
  const db = services.tenant(actor.tenantId)
  const at = isoInstant(now)
  const [dashboard, dashboards, state, cached, days, sources, custom, remarks, running, mine, cachedValues] =
    await db.getAll([
      dashboardRow(db, id, personId),
      dashboardNames(db),
      dataState(db),
      cachedDashboard(db, { id, personId }, hash, at),
      knownDays(db),
      sourceLines(db),
      customMetricRows(db),
      annotationRows(db),
      runningTargets(db, runningPeriods(today, actor.workspace)),
      personDefault(db, personId ?? ''),
      cachedAnswers(db, VALUES_KEY, at),
    ])
  return { dashboard, dashboards, state, cached, days, sources, custom, remarks, running, mine, cachedValues }
}

/** The question that a dashboard is set to; null when it is none, no other, or no more understood. */
function questionOf(
  set: DashboardQueryInput | undefined,
  asked: DashboardQuery,
  today: string,
): DashboardQueryInput | null {
  if (!set || Object.keys(set).length === 0) return null
  const parsed = parseDashboardQuery(set, today)
  return parsed.ok && JSON.stringify(parsed.value) !== JSON.stringify(asked) ? set : null
}
