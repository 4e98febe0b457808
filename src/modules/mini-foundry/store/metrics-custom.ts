/** Metrics that people made, as the engine reads them. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type { CustomMetricRow } from '../domain/metrics-book.ts'

/** All that are in use; archived ones have no value any more. */
export const customMetricRows = (db: TenantDb): Query<CustomMetricRow[]> =>
  db.sql(
    `SELECT key, name, description, formula, unit, less_is_better, version FROM custom_metrics
     WHERE tenant_id = ?1 AND archived_at IS NULL ORDER BY name`,
  )
