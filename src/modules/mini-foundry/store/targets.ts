/** Targets as rows: one a metric, kind of period and period. */
import { and, desc, eq, or } from 'drizzle-orm'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type { TargetGranularity } from '../domain/target.ts'
import { metricTargets } from './metric-schema.ts'

export type TargetRow = Omit<typeof metricTargets.$inferSelect, 'tenantId'>

/** The latest periods first; `metric` null: of all metrics. */
export const targetRows = (db: TenantDb, metric: string | null, limit: number): Query<TargetRow[]> =>
  db.rows(metricTargets, metric === null ? undefined : eq(metricTargets.metric, metric), {
    orderBy: [desc(metricTargets.period), desc(metricTargets.id)],
    limit,
  })

/** Of the periods that begin on these days, of every metric. */
export const runningTargets = (db: TenantDb, starts: Record<TargetGranularity, string>): Query<TargetRow[]> =>
  db.rows(
    metricTargets,
    or(
      ...Object.entries(starts).map(([granularity, period]) =>
        and(
          eq(metricTargets.granularity, granularity as TargetGranularity),
          eq(metricTargets.period, period),
        ),
      ),
    ),
  )

export const targetOf = (
  db: TenantDb,
  metric: string,
  granularity: TargetGranularity,
  period: string,
): Query<TargetRow | null> => db.row(metricTargets, sameAs(metric, granularity, period))

/** Sets it: whoever comes second changes what is there. */
export const putTarget = (db: TenantDb, row: TargetRow): D1PreparedStatement[] => [
  db.statement(
    `UPDATE metric_targets SET value = ?5, updated_at = ?6
     WHERE tenant_id = ?1 AND metric = ?2 AND granularity = ?3 AND period = ?4`,
    row.metric,
    row.granularity,
    row.period,
    row.value,
    row.updatedAt,
  ),
  db.statement(
    `INSERT INTO metric_targets (tenant_id, id, metric, granularity, period, value, created_by, created_at, updated_at)
     SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8
     WHERE NOT EXISTS (SELECT 1 FROM metric_targets WHERE tenant_id = ?1 AND metric = ?3 AND granularity = ?4 AND period = ?5)`,
    row.id,
    row.metric,
    row.granularity,
    row.period,
    row.value,
    row.createdBy,
    row.createdAt,
  ),
]

export const removeTarget = (
  db: TenantDb,
  metric: string,
  granularity: TargetGranularity,
  period: string,
): D1PreparedStatement => db.remove(metricTargets, sameAs(metric, granularity, period))

const sameAs = (metric: string, granularity: TargetGranularity, period: string) =>
  and(
    eq(metricTargets.metric, metric),
    eq(metricTargets.granularity, granularity),
    eq(metricTargets.period, period),
  )
