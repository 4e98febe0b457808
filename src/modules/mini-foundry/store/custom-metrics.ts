/** Metrics that people made, as rows with all their versions, and where they are used. */
import { asc, desc, eq } from 'drizzle-orm'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import { customMetrics, customMetricVersions } from './metric-schema.ts'

export type CustomMetric = Omit<typeof customMetrics.$inferSelect, 'tenantId'>
export type CustomMetricVersion = Omit<typeof customMetricVersions.$inferSelect, 'tenantId'>

/** Archived ones too: their keys stay theirs. */
export const allCustomMetrics = (db: TenantDb): Query<CustomMetric[]> =>
  db.rows(customMetrics, undefined, { orderBy: [asc(customMetrics.id)], limit: 1000 })

/** By id or by key. */
export const customMetricBy = (db: TenantDb, idOrKey: string): Query<CustomMetric | null> =>
  db.row(customMetrics, eq(idOrKey.startsWith('custom_') ? customMetrics.key : customMetrics.id, idOrKey))

/** The newest first. */
export const versionsOf = (db: TenantDb, metricId: string): Query<CustomMetricVersion[]> =>
  db.rows(customMetricVersions, eq(customMetricVersions.metricId, metricId), {
    orderBy: [desc(customMetricVersions.version)],
    limit: 500,
  })

/** Makes it unless its key was taken meanwhile. */
export const insertCustomMetric = (db: TenantDb, row: CustomMetric): D1PreparedStatement =>
  db.statement(
    `INSERT INTO custom_metrics (tenant_id, id, key, name, description, formula, unit, less_is_better, version, created_by, created_at, updated_at)
     SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11
     WHERE NOT EXISTS (SELECT 1 FROM custom_metrics WHERE tenant_id = ?1 AND key = ?3)`,
    row.id,
    row.key,
    row.name,
    row.description,
    row.formula,
    row.unit,
    row.lessIsBetter ? 1 : 0,
    row.version,
    row.createdBy,
    row.createdAt,
  )

/** Changes nothing when someone else was faster: `before` is the version that was read. */
export const updateCustomMetric = (db: TenantDb, row: CustomMetric, before: number): D1PreparedStatement =>
  db.statement(
    `UPDATE custom_metrics SET name = ?3, description = ?4, formula = ?5, unit = ?6, less_is_better = ?7, version = ?8,
       updated_at = ?9, archived_at = ?10
     WHERE tenant_id = ?1 AND id = ?2 AND version = ?11`,
    row.id,
    row.name,
    row.description,
    row.formula,
    row.unit,
    row.lessIsBetter ? 1 : 0,
    row.version,
    row.updatedAt,
    row.archivedAt,
    before,
  )

/** The version that now stands in `custom_metrics`, kept for good; goes into the batch of the change. */
export const keepVersion = (db: TenantDb, row: CustomMetric, changedBy: string): D1PreparedStatement =>
  db.statement(
    `INSERT OR IGNORE INTO custom_metric_versions (tenant_id, metric_id, version, name, formula, unit, changed_by, changed_at)
     SELECT ?1, id, version, name, formula, unit, ?4, updated_at FROM custom_metrics
     WHERE tenant_id = ?1 AND id = ?2 AND version = ?3`,
    row.id,
    row.version,
    changedBy,
  )

export interface MetricUse {
  kind: 'dashboard' | 'alert' | 'target'
  id: string
  name: string
}

/** Dashboards, alerts and targets that show or watch a metric. */
export const usesOf = (db: TenantDb, key: string): Query<MetricUse[]> =>
  db.sql(
    `SELECT 'dashboard' AS kind, d.id AS id, d.name AS name FROM dashboards d WHERE d.tenant_id = ?1 AND EXISTS
       (SELECT 1 FROM json_each(d.widgets) AS widget, json_each(widget.value, '$.metrics') AS metric WHERE metric.value = ?2)
     UNION ALL SELECT 'alert', id, name FROM metric_alerts WHERE tenant_id = ?1 AND metric = ?2
     UNION ALL SELECT 'target', id, granularity || ' from ' || period FROM metric_targets WHERE tenant_id = ?1 AND metric = ?2
     LIMIT 50`,
    key,
  )
