/** What a dashboard was before, and after what was taken back: two stacks in one table, ordered by version. */
import { and, desc, eq } from 'drizzle-orm'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type { DashboardState } from '../domain/dashboard-edit-steps.ts'
import type { Dashboard } from '../domain/dashboard-model.ts'
import { dashboardVersions } from './dashboard-schema.ts'

export type Stack = 'undo' | 'redo'

export interface KeptState extends DashboardState {
  dashboardId: string
  version: number
  stack: Stack
  changedBy: string | null
  changedAt: string
}

const KEPT = 50

/** Newest first. */
export const keptStates = (db: TenantDb, dashboardId: string): Query<KeptState[]> =>
  db.rows(dashboardVersions, eq(dashboardVersions.dashboardId, dashboardId), {
    orderBy: [desc(dashboardVersions.version)],
    limit: 2 * KEPT,
  }) as Query<KeptState[]>

export const lastKept = (db: TenantDb, dashboardId: string, stack: Stack): Query<KeptState | null> => {
  const many = db.rows(
    dashboardVersions,
    and(eq(dashboardVersions.dashboardId, dashboardId), eq(dashboardVersions.stack, stack)),
    { orderBy: [desc(dashboardVersions.version)], limit: 1 },
  ) as Query<KeptState[]>
  return { statement: many.statement, map: (rows) => many.map(rows)[0] ?? null }
}

/** How far one can go back and forward. */
export const stackDepths = (db: TenantDb, dashboardId: string): Query<{ stack: Stack; depth: number }[]> =>
  db.sql(
    'SELECT stack, count(*) AS depth FROM dashboard_versions WHERE tenant_id = ?1 AND dashboard_id = ?2 GROUP BY stack',
    dashboardId,
  )

/** Puts the state as it stands on a stack, unless someone else was faster than `version`. */
export const keepState = (
  db: TenantDb,
  { id, version }: Pick<Dashboard, 'id' | 'version'>,
  stack: Stack,
  by: string,
  at: string,
): D1PreparedStatement =>
  db.statement(
    `INSERT INTO dashboard_versions (tenant_id, dashboard_id, version, name, layout, widgets, settings, stack, changed_by, changed_at)
     SELECT ?1, id, version, name, layout, widgets, settings, ?4, ?5, ?6
     FROM dashboards WHERE tenant_id = ?1 AND id = ?2 AND version = ?3
     ON CONFLICT DO NOTHING`,
    id,
    version,
    stack,
    by,
    at,
  )

/** A new change ends what could be done again; the oldest states go. Both only when `version` still stands. */
export const trimStates = (
  db: TenantDb,
  { id, version }: Pick<Dashboard, 'id' | 'version'>,
  forgetRedo: boolean,
): D1PreparedStatement =>
  db.statement(
    `DELETE FROM dashboard_versions WHERE tenant_id = ?1 AND dashboard_id = ?2
       AND EXISTS (SELECT 1 FROM dashboards WHERE tenant_id = ?1 AND id = ?2 AND version = ?3)
       AND ((?4 = 1 AND stack = 'redo')
         OR version NOT IN (SELECT version FROM dashboard_versions WHERE tenant_id = ?1 AND dashboard_id = ?2
                            ORDER BY version DESC LIMIT ${KEPT}))`,
    id,
    version,
    forgetRedo ? 1 : 0,
  )

/** Takes one state off its stack, when the dashboard is still as it was read. */
export const takeKept = (
  db: TenantDb,
  { id, version }: Pick<Dashboard, 'id' | 'version'>,
  kept: number,
): D1PreparedStatement =>
  db.statement(
    `DELETE FROM dashboard_versions WHERE tenant_id = ?1 AND dashboard_id = ?2 AND version = ?4
       AND EXISTS (SELECT 1 FROM dashboards WHERE tenant_id = ?1 AND id = ?2 AND version = ?3)`,
    id,
    version,
    kept,
  )

/** Everything that hangs below a dashboard that goes. */
export const removeBelow = (db: TenantDb, id: string): D1PreparedStatement[] =>
  ['dashboard_versions', 'dashboard_defaults', 'dashboard_schedules'].map((table) =>
    db.statement(`DELETE FROM ${table} WHERE tenant_id = ?1 AND dashboard_id = ?2`, id),
  )

export const personDefault = (db: TenantDb, personId: string): Query<string | null> => {
  const rows = db.sql<{ dashboard_id: string }>(
    'SELECT dashboard_id FROM dashboard_defaults WHERE tenant_id = ?1 AND person_id = ?2',
    personId,
  )
  return { statement: rows.statement, map: (found) => rows.map(found)[0]?.dashboard_id ?? null }
}

/** Null: the workspace's default again. */
export const setPersonDefault = (
  db: TenantDb,
  personId: string,
  dashboardId: string | null,
): D1PreparedStatement =>
  dashboardId === null
    ? db.statement('DELETE FROM dashboard_defaults WHERE tenant_id = ?1 AND person_id = ?2', personId)
    : db.statement(
        `INSERT INTO dashboard_defaults (tenant_id, person_id, dashboard_id) VALUES (?1, ?2, ?3)
         ON CONFLICT (tenant_id, person_id) DO UPDATE SET dashboard_id = excluded.dashboard_id`,
        personId,
        dashboardId,
      )
