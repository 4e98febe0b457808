/** Alerts and their firings as rows, and what judging has to know about the sources. */
import { desc, eq, gt } from 'drizzle-orm'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type { FeedingSource } from '../domain/alert-complete.ts'
import type { SalesDimension } from '../domain/dimensions.ts'
import { metricAlertEvents, metricAlerts } from './alert-schema.ts'

export type AlertRow = Omit<typeof metricAlerts.$inferSelect, 'tenantId'>
export type FiringRow = Omit<typeof metricAlertEvents.$inferSelect, 'tenantId'>

export const alertRow = (db: TenantDb, id: string): Query<AlertRow | null> =>
  db.row(metricAlerts, eq(metricAlerts.id, id))

/** Oldest first; `after` is an id. */
export const alertPage = (db: TenantDb, after: string, limit: number): Query<AlertRow[]> =>
  db.rows(metricAlerts, gt(metricAlerts.id, after), { orderBy: [metricAlerts.id as never], limit })

export const activeAlerts = (db: TenantDb): Query<AlertRow[]> =>
  db.rows(metricAlerts, eq(metricAlerts.status, 'active'), { limit: 500 })

export const countAlerts = (db: TenantDb): Query<{ n: number; active: number }[]> =>
  db.sql(
    `SELECT count(*) AS n, coalesce(sum(status = 'active'), 0) AS active FROM metric_alerts WHERE tenant_id = ?1`,
  )

export const insertAlert = (db: TenantDb, row: AlertRow): D1PreparedStatement => db.insert(metricAlerts, row)

/** Changes nothing when someone else was faster: `version` is the one that was read. */
export const updateAlert = (db: TenantDb, row: AlertRow): D1PreparedStatement =>
  db.statement(
    `UPDATE metric_alerts SET name = ?3, metric = ?4, filter = ?5, granularity = ?6, kind = ?7, rule = ?8, recipients = ?9,
       status = ?10, snoozed_until = ?11, judged_period = ?12, waiting_for = ?13, version = version + 1, updated_at = ?14
     WHERE tenant_id = ?1 AND id = ?2 AND version = ?15`,
    row.id,
    row.name,
    row.metric,
    row.filter,
    row.granularity,
    row.kind,
    JSON.stringify(row.rule),
    JSON.stringify(row.recipients),
    row.status,
    row.snoozedUntil,
    row.judgedPeriod,
    row.waitingFor,
    row.updatedAt,
    row.version,
  )

export const removeAlert = (db: TenantDb, id: string): D1PreparedStatement[] => [
  db.remove(metricAlertEvents, eq(metricAlertEvents.alertId, id)),
  db.remove(metricAlerts, eq(metricAlerts.id, id)),
]

/** The newest first. */
export const firingsOf = (db: TenantDb, alertId: string | null, limit: number): Query<FiringRow[]> =>
  db.rows(metricAlertEvents, alertId === null ? undefined : eq(metricAlertEvents.alertId, alertId), {
    orderBy: [desc(metricAlertEvents.period)],
    limit,
  })

export const firingById = (db: TenantDb, id: string): Query<FiringRow | null> =>
  db.row(metricAlertEvents, eq(metricAlertEvents.id, id))

/**
 * One row a period, however often it is judged; only while the alert is there, active and as it was when it was read.
 * What stands behind it in the batch asks `changes()`.
 */
export const insertFiring = (db: TenantDb, row: FiringRow, version: number): D1PreparedStatement =>
  db.statement(
    `INSERT OR IGNORE INTO metric_alert_events (tenant_id, id, alert_id, period, value, expected, words, told, fired_at)
     SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM metric_alerts
     WHERE tenant_id = ?1 AND id = ?3 AND status = 'active' AND version = ?10`,
    row.id,
    row.alertId,
    row.period,
    row.value,
    row.expected,
    row.words,
    row.told ? 1 : 0,
    row.firedAt,
    version,
  )

/** Firings before `period` are over. The told ones last, so that `changes()` counts them. */
export const resolveFirings = (
  db: TenantDb,
  alertId: string,
  period: string,
  at: string,
): D1PreparedStatement[] =>
  [0, 1].map((told) =>
    db.statement(
      `UPDATE metric_alert_events SET resolved_at = ?4
       WHERE tenant_id = ?1 AND alert_id = ?2 AND period < ?3 AND resolved_at IS NULL AND told = ?5`,
      alertId,
      period,
      at,
      told,
    ),
  )

/** How far it was judged never goes back; what the alert waits for stands until the next look. */
export const noteJudged = (
  db: TenantDb,
  alert: Pick<AlertRow, 'id' | 'version'>,
  judged: { period: string | null; waitingFor: string | null; firedAt: string | null },
): D1PreparedStatement =>
  db.statement(
    `UPDATE metric_alerts SET judged_period = nullif(max(coalesce(judged_period, ''), coalesce(?4, '')), ''), waiting_for = ?5,
       last_fired_at = coalesce(?6, last_fired_at)
     WHERE tenant_id = ?1 AND id = ?2 AND version = ?3`,
    alert.id,
    alert.version,
    judged.period,
    judged.waitingFor,
    judged.firedAt,
  )

export const acknowledgeFiring = (
  db: TenantDb,
  id: string,
  personId: string,
  at: string,
): D1PreparedStatement =>
  db.statement(
    `UPDATE metric_alert_events SET acknowledged_at = ?3, acknowledged_by = ?4
     WHERE tenant_id = ?1 AND id = ?2 AND acknowledged_at IS NULL`,
    id,
    at,
    personId,
  )

/** Keeps on the source since when it is silent, or (null) that it is not. */
export const noteQuiet = (db: TenantDb, sourceId: string, sinceMs: number | null): D1PreparedStatement =>
  db.statement(
    'UPDATE data_sources SET quiet_since = ?3 WHERE tenant_id = ?1 AND id = ?2 AND quiet_since IS NOT ?3',
    sourceId,
    sinceMs,
  )

/** All sources with how far each of their streams was read. */
export function feedingSources(db: TenantDb): Query<FeedingSource[]> {
  const query = db.sql<{
    id: string
    name: string
    type: string
    status: string
    counts: number
    streams: string
  }>(
    `SELECT d.id, d.name, d.source_type AS type, d.sync_status AS status, d.counts_as_sales AS counts,
       (SELECT json_group_array(json_object('name', s.stream, 'status', s.status, 'syncedUntil', s.synced_until,
           'backfilledTo', s.backfilled_to, 'backfillTarget', s.backfill_target))
         FROM sync_streams s WHERE s.tenant_id = ?1 AND s.source_id = d.id) AS streams
     FROM data_sources d WHERE d.tenant_id = ?1 ORDER BY d.name, d.id`,
  )
  return {
    statement: query.statement,
    map: (rows) =>
      query.map(rows).map(({ counts, streams, ...row }) => ({
        ...row,
        countsAsSales: counts === 1,
        streams: JSON.parse(streams),
      })),
  }
}

/** Values of the last 90 days that hold sales, those of most days first where there are more than 100 of a dimension. */
export const alertFilterRows = (db: TenantDb): Query<{ dimension: SalesDimension; value: string }[]> =>
  db.sql(
    `SELECT dimension, value FROM (
       SELECT dimension, value, row_number() OVER (PARTITION BY dimension ORDER BY count(*) DESC, value) AS place
       FROM rollup_days
       WHERE tenant_id = ?1 AND book = 'order_date' AND value <> ''
         AND dimension IN ('source', 'channel', 'country', 'region', 'category', 'product')
         AND day >= coalesce((SELECT date(max(day), '-90 days') FROM rollup_days WHERE tenant_id = ?1 AND book = 'order_date' AND dimension = 'all'), '')
       GROUP BY dimension, value)
     WHERE place <= 100 ORDER BY dimension, value`,
  )

/**
 * First day with anything of these measures (`sales`: of sales), and the first of their days that is being added up ('':
 * all of them are).
 */
export const edgesOf = (
  db: TenantDb,
  wanted: { measures: readonly string[]; families: readonly string[]; sales: boolean },
): Query<{ firstDay: string | null; dirtyDay: string | null }[]> =>
  db.sql(
    `SELECT
       min(coalesce(CASE WHEN ?4 = 1 THEN (SELECT min(day) FROM rollup_days
             WHERE tenant_id = ?1 AND book = 'order_date' AND dimension = 'all') END, '9999'),
         coalesce((SELECT min(day) FROM measure_days WHERE tenant_id = ?1 AND dimension = 'all'
             AND measure IN (SELECT value FROM json_each(?2))), '9999')) AS firstDay,
       nullif(min(coalesce(CASE WHEN ?4 = 1 THEN (SELECT min(day) FROM dirty_days WHERE tenant_id = ?1) END, '9999'),
         coalesce((SELECT min(day) FROM dirty_measures WHERE tenant_id = ?1
             AND family IN (SELECT value FROM json_each(?3))), '9999')), '9999') AS dirtyDay`,
    JSON.stringify(wanted.measures),
    JSON.stringify(wanted.families),
    wanted.sales ? 1 : 0,
  )
