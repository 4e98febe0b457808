/** Dashboards as rows. */
import { eq, sql } from 'drizzle-orm'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type { Dimension } from '../domain/dashboard.ts'
import type { Dashboard, DashboardName, DimensionValue, SourceLine } from '../domain/dashboard-model.ts'
import { dashboards } from './schema.ts'

/** By id, or (null) the default one: of this person when they chose one, else the workspace's. */
export const dashboardRow = (
  db: TenantDb,
  id: string | null,
  personId: string | null = null,
): Query<Dashboard | null> => {
  if (id !== null) return db.row(dashboards, eq(dashboards.id, id))
  if (personId === null) return db.row(dashboards, eq(dashboards.isDefault, true))
  const own = sql`(SELECT dashboard_id FROM dashboard_defaults WHERE tenant_id = ${db.tenantId} AND person_id = ${personId})`
  const first = sql`(SELECT id FROM dashboards WHERE tenant_id = ${db.tenantId} AND is_default = 1)`
  return db.row(dashboards, sql`${dashboards.id} = coalesce(${own}, ${first})`)
}

export const dashboardNames = (db: TenantDb): Query<DashboardName[]> =>
  db.sql(
    'SELECT id, name, is_default FROM dashboards WHERE tenant_id = ?1 ORDER BY is_default DESC, created_at, id LIMIT 200',
  )

/** Newest last; `after` is an id. */
export const dashboardPage = (
  db: TenantDb,
  after: string,
  limit: number,
  updatedSince = '',
): Query<{ id: string }[]> =>
  db.sql(
    'SELECT id FROM dashboards WHERE tenant_id = ?1 AND id > ?2 AND updated_at >= ?4 ORDER BY id LIMIT ?3',
    after,
    limit,
    updatedSince,
  )

export const insertDashboard = (db: TenantDb, row: Omit<Dashboard, 'tenantId'>): D1PreparedStatement =>
  db.insert(dashboards, row)

/** Makes the default one when there is none, also when two first looks come at once. */
export const insertFirstDashboard = (
  db: TenantDb,
  row: Omit<Dashboard, 'tenantId' | 'settings'>,
): D1PreparedStatement =>
  db.statement(
    `INSERT INTO dashboards (tenant_id, id, name, type, layout, widgets, is_default, version, created_at, updated_at)
     SELECT ?1, ?2, ?3, ?4, ?5, ?6, 1, 1, ?7, ?7
     WHERE NOT EXISTS (SELECT 1 FROM dashboards WHERE tenant_id = ?1)`,
    row.id,
    row.name,
    row.type,
    JSON.stringify(row.layout),
    JSON.stringify(row.widgets),
    row.createdAt,
  )

/** Changes nothing when someone else was faster: `version` is the one that was read. */
export const updateDashboard = (
  db: TenantDb,
  row: Pick<
    Dashboard,
    'id' | 'name' | 'type' | 'layout' | 'widgets' | 'settings' | 'isDefault' | 'version' | 'updatedAt'
  >,
): D1PreparedStatement =>
  db.statement(
    `UPDATE dashboards SET name = ?3, type = ?4, layout = ?5, widgets = ?6, is_default = ?7, version = version + 1, updated_at = ?8,
       settings = ?10
     WHERE tenant_id = ?1 AND id = ?2 AND version = ?9`,
    row.id,
    row.name,
    row.type,
    JSON.stringify(row.layout),
    JSON.stringify(row.widgets),
    row.isDefault ? 1 : 0,
    row.updatedAt,
    row.version,
    JSON.stringify(row.settings),
  )

/** At most one is the default: when `id` is it now, no other is. */
export const keepOneDefault = (db: TenantDb, id: string): D1PreparedStatement =>
  db.statement(
    `UPDATE dashboards SET is_default = 0 WHERE tenant_id = ?1 AND id <> ?2 AND is_default = 1
       AND EXISTS (SELECT 1 FROM dashboards WHERE tenant_id = ?1 AND id = ?2 AND is_default = 1)`,
    id,
  )

export const removeDashboard = (db: TenantDb, id: string): D1PreparedStatement =>
  db.remove(dashboards, eq(dashboards.id, id))

/** Cached answers go with their dashboard. */
export const removeDashboardAnswers = (db: TenantDb, id: string): D1PreparedStatement =>
  db.statement(
    `DELETE FROM metrics_cache WHERE tenant_id = ?1 AND query_hash >= ?2 || ':' AND query_hash < ?2 || ';'`,
    id,
  )

/** How many different known values each dimension has in the last days that hold any. */
export const dimensionCounts = (db: TenantDb): Query<{ dimension: Dimension; distinct_values: number }[]> =>
  db.sql(
    `SELECT dimension, count(DISTINCT value) AS distinct_values FROM rollup_days
     WHERE tenant_id = ?1 AND book = 'order_date' AND dimension IN ('source', 'channel', 'country', 'region', 'category')
       AND value <> ''
       AND day >= coalesce((SELECT date(max(day), '-90 days') FROM rollup_days WHERE tenant_id = ?1 AND book = 'order_date' AND dimension = 'all'), '')
     GROUP BY dimension`,
  )

/** Where the numbers come from and how fresh they are. */
export const sourceLines = (db: TenantDb): Query<SourceLine[]> =>
  db.sql(
    `SELECT id, name, source_type, last_sync_at, counts_as_sales, is_demo FROM data_sources
     WHERE tenant_id = ?1 ORDER BY created_at LIMIT 100`,
  )

/** Known values of each dimension in the last days that hold any, for filters. */
export const dimensionValueRows = (db: TenantDb): Query<DimensionValue[]> =>
  db.sql(
    `SELECT DISTINCT dimension, value FROM rollup_days
     WHERE tenant_id = ?1 AND book = 'order_date' AND dimension IN ('source', 'channel', 'country', 'region', 'category')
       AND value <> ''
       AND day >= coalesce((SELECT date(max(day), '-90 days') FROM rollup_days WHERE tenant_id = ?1 AND book = 'order_date' AND dimension = 'all'), '')
     ORDER BY dimension, value LIMIT 300`,
  )
