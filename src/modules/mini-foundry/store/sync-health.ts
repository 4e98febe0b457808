/** How a source stands, as its streams and deliveries say: written after whatever may have changed it. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'

/** A stream that failed so often is late, though it may still come right by itself. */
const LATE_ATTEMPTS = 3

/**
 * Failed: a stream gave up, or a delivery waits for a person. Then, in this order: history still comes, something is
 * late, a long read is under way, in order. A source that a person let go stays so.
 */
export const markHealth = (db: TenantDb, sourceId: string, at: string): D1PreparedStatement =>
  db.statement(
    `UPDATE data_sources SET updated_at = ?3, (sync_status, last_error) = (
       SELECT CASE
         WHEN bad.n > 0 OR s.failed > 0 THEN 'failed'
         WHEN s.past > 0 THEN 'backfilling'
         WHEN s.late > 0 THEN 'delayed'
         WHEN s.busy > 0 THEN 'syncing'
         WHEN s.n > 0 AND s.n = s.paused THEN 'idle'
         ELSE 'ok' END,
         coalesce(bad.words, s.words)
       FROM (SELECT count(*) AS n, max(type || ': ' || error) AS words
             FROM webhook_events INDEXED BY webhook_events_failed
             WHERE tenant_id = ?1 AND source_id = ?2 AND status = 'failed') AS bad,
            (SELECT count(*) AS n,
               coalesce(sum(status = 'failed'), 0) AS failed,
               coalesce(sum(status = 'paused'), 0) AS paused,
               coalesce(sum(status IN ('waiting', 'running') AND coalesce(backfilled_to > backfill_target, 1)), 0) AS past,
               coalesce(sum(status <> 'paused' AND attempt >= ?4), 0) AS late,
               coalesce(sum(status = 'running'), 0) AS busy,
               max(CASE WHEN status <> 'paused' THEN last_error END) AS words
             FROM sync_streams WHERE tenant_id = ?1 AND source_id = ?2) AS s)
     WHERE tenant_id = ?1 AND id = ?2 AND sync_status <> 'disconnected'`,
    sourceId,
    at,
    LATE_ATTEMPTS,
  )

/** Something came: a source that was quiet is not any more. */
export const markData = (db: TenantDb, sourceId: string, nowMs: number): D1PreparedStatement =>
  db.statement(
    'UPDATE data_sources SET last_data_at = ?3, quiet_since = NULL WHERE tenant_id = ?1 AND id = ?2',
    sourceId,
    nowMs,
  )

/** Whether the past of any source is still on its way. */
export function someSourceLoads(db: TenantDb): Query<boolean> {
  const query = db.sql<{ n: number }>(
    `SELECT count(*) AS n FROM data_sources WHERE tenant_id = ?1 AND sync_status = 'backfilling'`,
  )
  return { statement: query.statement, map: (rows) => (query.map(rows)[0]?.n ?? 0) > 0 }
}
