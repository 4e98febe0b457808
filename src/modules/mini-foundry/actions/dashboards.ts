/** Makes, changes and removes dashboards. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { completeLayout, dashboardChangeSchema, newDashboardSchema } from '../domain/dashboard-edit.ts'
import type { Dashboard } from '../domain/dashboard-model.ts'
import { DEFAULT_TEMPLATE, templateOf } from '../domain/templates.ts'
import {
  dashboardPage,
  dashboardRow,
  insertDashboard,
  keepOneDefault,
  removeDashboard,
  removeDashboardAnswers,
  updateDashboard,
} from '../store/dashboards.ts'
import { keepState, removeBelow, trimStates } from '../store/dashboards-history.ts'
import { ensureDefaultDashboard, fitted } from './dashboards-warm.ts'

/** A page of dashboards, oldest first; the workspace's first look makes the default one. `cursor` is the last id seen. */
export async function listDashboards(
  services: Services,
  actor: Actor,
  page: { cursor?: string; limit?: number; updatedSince?: string } = {},
): Promise<Result<{ data: Dashboard[]; nextCursor: string | null }>> {
  if (!can(actor, 'foundry:read')) return forbidden('see dashboards')
  const db = services.tenant(actor.tenantId)
  if (!page.cursor) await ensureDefaultDashboard(services, actor)
  const limit = page.limit ?? 50
  const ids = await db.get(dashboardPage(db, page.cursor ?? '', limit + 1, page.updatedSince))
  const shown = ids.slice(0, limit)
  const rows = shown.length > 0 ? await db.getAll(shown.map(({ id }) => dashboardRow(db, id))) : []
  return ok({
    data: rows.filter((row) => row !== null),
    nextCursor: ids.length > limit ? (shown.at(-1)?.id ?? null) : null,
  })
}

export async function getDashboard(services: Services, actor: Actor, id: string): Promise<Result<Dashboard>> {
  if (!can(actor, 'foundry:read')) return forbidden('see dashboards')
  const db = services.tenant(actor.tenantId)
  const row = await db.get(dashboardRow(db, id))
  return row ? ok(row) : notFound('dashboard')
}

/** `input` is anything from outside: a name, and optionally a template (`type`), widgets, layout, `is_default`. */
export async function createDashboard(
  services: Services,
  actor: Actor,
  input: unknown,
): Promise<Result<Dashboard>> {
  if (!can(actor, 'foundry:write')) return forbidden('make dashboards')
  const parsed = newDashboardSchema.safeParse(input)
  if (!parsed.success) return invalid(errorsOf(parsed.error))
  const wish = parsed.data
  const template = templateOf(wish.type) ?? DEFAULT_TEMPLATE
  const db = services.tenant(actor.tenantId)
  const { widgets, layout } = wish.widgets
    ? { widgets: wish.widgets, layout: wish.layout ?? [] }
    : await fitted(db, { widgets: template.widgets, layout: wish.layout ?? template.layout })
  const now = services.clock.now()
  const at = isoInstant(now)
  const row = {
    id: uuidv7(now),
    name: wish.name,
    type: wish.type ?? (wish.widgets ? 'custom' : template.type),
    widgets,
    layout: completeLayout(widgets, layout),
    settings: wish.settings ?? {},
    isDefault: wish.is_default ?? false,
    version: 2,
    createdAt: at,
    updatedAt: at,
  }
  await db.write([
    insertDashboard(db, row),
    keepOneDefault(db, row.id),
    recordAudit(db, now, actor, 'dashboard.created', row.id, { name: row.name }),
  ])
  return ok({ ...row, tenantId: actor.tenantId })
}

/** What is left out stays. `ifVersion` (from If-Match) refuses to overwrite what the caller has not seen. */
export async function changeDashboard(
  services: Services,
  actor: Actor,
  id: string,
  input: unknown,
  ifVersion: number | null = null,
): Promise<Result<Dashboard>> {
  if (!can(actor, 'foundry:write')) return forbidden('change dashboards')
  const parsed = dashboardChangeSchema.safeParse(input)
  if (!parsed.success) return invalid(errorsOf(parsed.error))
  const db = services.tenant(actor.tenantId)
  const known = await db.get(dashboardRow(db, id))
  if (!known) return notFound('dashboard')
  if (ifVersion !== null && ifVersion !== known.version) return stale()
  const wish = parsed.data
  if (wish.is_default === false && known.isDefault) {
    return invalid([{ path: 'is_default', message: 'Make another dashboard the default one instead.' }])
  }
  const now = services.clock.now()
  const widgets = wish.widgets ?? known.widgets
  const next = {
    ...known,
    name: wish.name ?? known.name,
    type: wish.type ?? known.type,
    widgets,
    layout: completeLayout(widgets, wish.layout ?? known.layout),
    settings: wish.settings ?? known.settings,
    isDefault: wish.is_default ?? known.isDefault,
    updatedAt: isoInstant(now),
  }
  const shown = wish.name ?? wish.widgets ?? wish.layout ?? wish.settings
  const writes = await db.write([
    ...(shown === undefined
      ? []
      : [keepState(db, known, 'undo', actor.id, next.updatedAt), trimStates(db, known, true)]),
    recordAudit(db, now, actor, 'dashboard.changed', id, { name: next.name }),
    updateDashboard(db, next),
    keepOneDefault(db, id),
  ])
  return writes.at(-2) === 0 ? stale() : ok({ ...next, version: known.version + 1 })
}

export async function duplicateDashboard(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<Dashboard>> {
  const known = await getDashboard(services, actor, id)
  if (!known.ok) return known
  const { name, type, widgets, layout, settings } = known.value
  const copy = { name: `${name.slice(0, 73)} (copy)`, type, widgets, layout, settings }
  return createDashboard(services, actor, copy)
}

/** Removing the default one makes the oldest of the others the default at the next look. */
export async function deleteDashboard(services: Services, actor: Actor, id: string): Promise<Result<null>> {
  if (!can(actor, 'foundry:write')) return forbidden('delete dashboards')
  const known = await getDashboard(services, actor, id)
  if (!known.ok) return known
  const db = services.tenant(actor.tenantId)
  await db.write([
    ...removeBelow(db, id),
    removeDashboard(db, id),
    removeDashboardAnswers(db, id),
    recordAudit(db, services.clock.now(), actor, 'dashboard.deleted', id, { name: known.value.name }),
  ])
  return ok(null)
}

const stale = () =>
  fail(
    'stale',
    'dashboard-changed',
    'Someone else has changed this dashboard since you opened it. Reload it and try again.',
  )

const errorsOf = (error: { issues: { path: PropertyKey[]; message: string }[] }) =>
  error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }))
