/** The default dashboard, there from the first look on, fitted to the data once, and computed before anyone asks. */
import type { Actor } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import type { Services } from '../../../platform/services.ts'
import type { TenantDb } from '../../../platform/tenant-db.ts'
import type { Dashboard } from '../domain/dashboard-model.ts'
import { DEFAULT_TEMPLATE, fitToData } from '../domain/templates.ts'
import { dashboardRow, dimensionCounts, insertFirstDashboard, updateDashboard } from '../store/dashboards.ts'
import { viewDashboard } from './dashboards-view.ts'

/** The workspace's default dashboard; made now when there is no dashboard at all, else the oldest takes its place. */
export async function ensureDefaultDashboard(services: Services, actor: Actor): Promise<Dashboard> {
  const db = services.tenant(actor.tenantId)
  const known = await db.get(dashboardRow(db, null))
  if (known) return known
  const now = services.clock.now()
  const at = isoInstant(now)
  const { type, name, widgets, layout } = DEFAULT_TEMPLATE
  const fresh = {
    id: uuidv7(now),
    name,
    type,
    widgets,
    layout,
    isDefault: true,
    version: 1,
    createdAt: at,
    updatedAt: at,
  }
  await db.write([
    insertFirstDashboard(db, fresh),
    db.statement(
      `UPDATE dashboards SET is_default = 1 WHERE tenant_id = ?1
         AND id = (SELECT min(id) FROM dashboards WHERE tenant_id = ?1)
         AND NOT EXISTS (SELECT 1 FROM dashboards WHERE tenant_id = ?1 AND is_default = 1)`,
    ),
  ])
  const made = await db.get(dashboardRow(db, null))
  if (!made) throw new Error('the default dashboard vanished')
  return made
}

/** After new data: the default dashboard in its default range is in the cache when its next viewer comes. */
export async function warmDefaultDashboard(services: Services, actor: Actor): Promise<void> {
  const row = await ensureDefaultDashboard(services, actor)
  if (row.version === 1) await fitDashboard(services, actor, row)
  await viewDashboard(services, actor, { id: row.id, query: {} }, 'now')
}

/** Bars over a dimension that this business does not use give way to one that it uses; places stay. */
export async function fitted(
  db: TenantDb,
  { widgets: known, layout }: Pick<Dashboard, 'widgets' | 'layout'>,
): Promise<Pick<Dashboard, 'widgets' | 'layout'>> {
  const found = await db.get(dimensionCounts(db))
  if (found.length === 0) return { widgets: known, layout }
  const counts = Object.fromEntries(
    found.map(({ dimension, distinct_values }) => [dimension, distinct_values]),
  )
  const widgets = fitToData(known, counts)
  const renamed = new Map(known.map(({ id }, index) => [id, widgets[index]?.id ?? id]))
  return { widgets, layout: layout.map((place) => ({ ...place, id: renamed.get(place.id) ?? place.id })) }
}

/** Nobody has touched it yet. */
async function fitDashboard(services: Services, actor: Actor, row: Dashboard): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const updatedAt = isoInstant(services.clock.now())
  await db.write([updateDashboard(db, { ...row, ...(await fitted(db, row)), updatedAt })])
}
