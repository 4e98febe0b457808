/** Builds a dashboard step by step, and takes steps back and makes them again. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type DashboardState, dashboardStepSchema, takeStep } from '../domain/dashboard-edit-steps.ts'
import type { Dashboard } from '../domain/dashboard-model.ts'
import { dashboardRow, updateDashboard } from '../store/dashboards.ts'
import {
  keepState,
  keptStates,
  lastKept,
  personDefault,
  type Stack,
  setPersonDefault,
  stackDepths,
  takeKept,
  trimStates,
} from '../store/dashboards-history.ts'
import { checkMetrics } from './dashboards-check.ts'

export interface DashboardDesk {
  dashboard: Dashboard
  /** How many steps can be taken back, and made again. */
  undo: number
  redo: number
  /** Whether it is the one this person sees first by their own choice. */
  mine: boolean
}

/** A dashboard on the desk of who builds it. */
export async function openDesk(services: Services, actor: Actor, id: string): Promise<Result<DashboardDesk>> {
  if (!can(actor, 'foundry:write')) return forbidden('change dashboards')
  const db = services.tenant(actor.tenantId)
  const [dashboard, depths, mine] = await db.getAll([
    dashboardRow(db, id),
    stackDepths(db, id),
    personDefault(db, actor.id),
  ])
  if (!dashboard) return notFound('dashboard')
  const depth = (stack: Stack) => depths.find((line) => line.stack === stack)?.depth ?? 0
  return ok({ dashboard, undo: depth('undo'), redo: depth('redo'), mine: mine === id })
}

/** `input` is one step from outside. `ifVersion` is what the person saw: someone else's newer work is never overwritten. */
export async function editDashboard(
  services: Services,
  actor: Actor,
  id: string,
  input: unknown,
  ifVersion: number | null,
): Promise<Result<Dashboard>> {
  if (!can(actor, 'foundry:write')) return forbidden('change dashboards')
  const parsed = dashboardStepSchema.safeParse(input)
  if (!parsed.success)
    return invalid(
      parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message })),
    )
  const db = services.tenant(actor.tenantId)
  const known = await db.get(dashboardRow(db, id))
  if (!known) return notFound('dashboard')
  if (ifVersion !== null && ifVersion !== known.version) return changedMeanwhile()
  const next = takeStep(known, parsed.data)
  if (!next.ok) return next
  const checked =
    parsed.data.step === 'configure' || parsed.data.step === 'put'
      ? await checkMetrics(services, actor, next.value.widgets)
      : null
  if (checked) return checked
  return saveState(services, actor, known, next.value)
}

/** Takes the last step back (`undo`) or makes it again (`redo`). */
export async function turnBack(
  services: Services,
  actor: Actor,
  id: string,
  from: Stack,
  ifVersion: number | null = null,
): Promise<Result<Dashboard>> {
  if (!can(actor, 'foundry:write')) return forbidden('change dashboards')
  const db = services.tenant(actor.tenantId)
  const [known, kept] = await db.getAll([dashboardRow(db, id), lastKept(db, id, from)])
  if (!known) return notFound('dashboard')
  if (ifVersion !== null && ifVersion !== known.version) return changedMeanwhile()
  if (!kept) {
    return fail(
      'conflict',
      from === 'undo' ? 'nothing-to-undo' : 'nothing-to-redo',
      from === 'undo' ? 'There is nothing to take back.' : 'There is nothing to make again.',
    )
  }
  const now = services.clock.now()
  const at = isoInstant(now)
  const next = { ...known, ...stateOf(kept), updatedAt: at }
  const writes = await db.write([
    keepState(db, known, from === 'undo' ? 'redo' : 'undo', actor.id, at),
    takeKept(db, known, kept.version),
    updateDashboard(db, next),
    recordAudit(db, now, actor, `dashboard.${from}`, id, { version: kept.version }),
  ])
  return writes[2] === 1 ? ok({ ...next, version: known.version + 1 }) : changedMeanwhile()
}

/** What a dashboard was, newest first. */
export async function listVersions(services: Services, actor: Actor, id: string) {
  if (!can(actor, 'foundry:read')) return forbidden('see dashboards')
  const db = services.tenant(actor.tenantId)
  const [known, kept] = await db.getAll([dashboardRow(db, id), keptStates(db, id)])
  return known ? ok({ current: known.version, kept }) : notFound('dashboard')
}

/** The dashboard that this person sees first; null: the workspace's. Their own choice, so reading is right enough. */
export async function chooseMyDashboard(
  services: Services,
  actor: Actor,
  id: string | null,
): Promise<Result<null>> {
  if (!can(actor, 'foundry:read')) return forbidden('see dashboards')
  const db = services.tenant(actor.tenantId)
  if (id !== null && !(await db.get(dashboardRow(db, id)))) return notFound('dashboard')
  await db.write([setPersonDefault(db, actor.id, id)])
  return ok(null)
}

async function saveState(
  services: Services,
  actor: Actor,
  known: Dashboard,
  state: DashboardState,
): Promise<Result<Dashboard>> {
  const same = (a: DashboardState) => JSON.stringify(stateOf(a))
  // a step that changes nothing (left at the left edge) leaves no trace to undo
  if (same(known) === same(state)) return ok(known)
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  const at = isoInstant(now)
  const next = { ...known, ...stateOf(state), updatedAt: at }
  const writes = await db.write([
    keepState(db, known, 'undo', actor.id, at),
    trimStates(db, known, true),
    updateDashboard(db, next),
    recordAudit(db, now, actor, 'dashboard.changed', known.id, { name: next.name }),
  ])
  return writes[2] === 1 ? ok({ ...next, version: known.version + 1 }) : changedMeanwhile()
}

const stateOf = ({ name, widgets, layout, settings }: DashboardState): DashboardState => ({
  name,
  widgets,
  layout,
  settings,
})

const changedMeanwhile = () =>
  fail(
    'stale',
    'dashboard-changed',
    'Someone else has changed this dashboard since you opened it. Their work is kept; look at it and make your change again.',
  )
