/** What the reads of streams did: runs, the pages they kept, records that could not be read, and changed shapes. */
import { and, asc, desc, eq, gt, isNull, lt, type SQL } from 'drizzle-orm'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import { FACT_TABLES } from './landing-tables.ts'
import { schemaDrifts, syncDeadRecords, syncPages, syncRuns } from './schema.ts'

export type RunRow = typeof syncRuns.$inferSelect
export type DeadRow = typeof syncDeadRecords.$inferSelect
export type DriftRow = typeof schemaDrifts.$inferSelect
export type PageRow = typeof syncPages.$inferSelect

export const runById = (db: TenantDb, id: string): Query<RunRow | null> =>
  db.row(syncRuns, eq(syncRuns.id, id))

/** The newest first; ids are of time. */
export const runsPage = (
  db: TenantDb,
  sourceId: string,
  filter: { stream?: string; before?: string },
  limit: number,
): Query<RunRow[]> => {
  const where: SQL[] = [eq(syncRuns.sourceId, sourceId)]
  if (filter.stream) where.push(eq(syncRuns.stream, filter.stream))
  if (filter.before) where.push(lt(syncRuns.id, filter.before))
  return db.rows(syncRuns, and(...where), { orderBy: [desc(syncRuns.id)], limit })
}

export interface RunMark {
  id: string
  sourceId: string
  stream: string
  mode: RunRow['mode']
  trigger: RunRow['trigger']
  window: { from: number; to: number }
  startedAt: string
}

/** Writes the run with its first page and adds to it with every other. */
export const markRun = (
  db: TenantDb,
  run: RunMark,
  add: { pages: number; seen: number; expected: number | null },
  end: { status: RunRow['status']; error: string | null; finishedAt: string | null },
): D1PreparedStatement =>
  db.statement(
    `INSERT INTO sync_runs (tenant_id, id, source_id, stream, mode, "trigger", status, window_from, window_to, pages,
       rows_seen, expected_rows, error, started_at, finished_at)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
     ON CONFLICT (tenant_id, id) DO UPDATE SET pages = pages + excluded.pages,
       rows_seen = rows_seen + excluded.rows_seen, expected_rows = coalesce(excluded.expected_rows, expected_rows),
       status = excluded.status, error = excluded.error, finished_at = excluded.finished_at`,
    run.id,
    run.sourceId,
    run.stream,
    run.mode,
    run.trigger,
    end.status,
    run.window.from,
    run.window.to,
    add.pages,
    add.seen,
    add.expected,
    end.error,
    run.startedAt,
    end.finishedAt,
  )

/** Rows that a page changed; beside its transaction, since only the transaction tells. */
export const addWritten = (db: TenantDb, runId: string, sourceId: string, stream: string, rows: number) => [
  db.statement(
    'UPDATE sync_runs SET rows_written = rows_written + ?3 WHERE tenant_id = ?1 AND id = ?2',
    runId,
    rows,
  ),
  db.statement(
    `UPDATE sync_streams SET rows_written = rows_written + ?4
     WHERE tenant_id = ?1 AND source_id = ?2 AND stream = ?3`,
    sourceId,
    stream,
    rows,
  ),
]

/** How many reads of the same stretch ended with fewer records than announced since one like it ended well. */
export const shortRuns = (
  db: TenantDb,
  run: { sourceId: string; stream: string; mode: RunRow['mode']; from: number },
): Query<number> => {
  const query = db.sql<{ n: number }>(
    `SELECT count(*) AS n FROM sync_runs INDEXED BY sync_runs_of
     WHERE tenant_id = ?1 AND source_id = ?2 AND stream = ?3 AND mode = ?4 AND window_from = ?5 AND status = 'partial'
       AND started_at > coalesce((SELECT max(started_at) FROM sync_runs INDEXED BY sync_runs_of
         WHERE tenant_id = ?1 AND source_id = ?2 AND stream = ?3 AND mode = ?4 AND status = 'ok'), '')`,
    run.sourceId,
    run.stream,
    run.mode,
    run.from,
  )
  return { statement: query.statement, map: (rows) => query.map(rows)[0]?.n ?? 0 }
}

export const insertPage = (db: TenantDb, row: Omit<PageRow, 'tenantId'>) =>
  db.insert(syncPages, row, 'ignore')

/** Distinct records of a run before its last page, whose keys (or number) are given. */
export const distinctSeen = (
  db: TenantDb,
  runId: string,
  last: { keys: string[] | null; records: number },
): Query<number> => {
  const query = db.sql<{ n: number }>(
    `SELECT (SELECT coalesce(sum(records), 0) FROM sync_pages WHERE tenant_id = ?1 AND run_id = ?2 AND keys IS NULL) +
       (SELECT count(*) FROM (
          SELECT k.value FROM sync_pages p, json_each(p.keys) k WHERE p.tenant_id = ?1 AND p.run_id = ?2
          UNION SELECT value FROM json_each(?3))) AS n`,
    runId,
    JSON.stringify(last.keys ?? []),
  )
  const more = last.keys === null ? last.records : 0
  return { statement: query.statement, map: (rows) => (query.map(rows)[0]?.n ?? 0) + more }
}

/** The run is over: its records need not be counted any more. */
export const forgetKeys = (db: TenantDb, runId: string): D1PreparedStatement =>
  db.statement('UPDATE sync_pages SET keys = NULL WHERE tenant_id = ?1 AND run_id = ?2', runId)

const forgetSeen = (db: TenantDb, runId: string): D1PreparedStatement =>
  db.statement('UPDATE sync_pages SET seen = NULL WHERE tenant_id = ?1 AND run_id = ?2', runId)

/** Facts that an earlier read of the whole saw and this one does not are gone at the source. Goes after the last page. */
export const removeUnseen = (
  db: TenantDb,
  sourceId: string,
  runs: { before: string; now: string },
  at: string,
): D1PreparedStatement[] => [
  ...FACT_TABLES.map(({ kind, table }) =>
    db.statement(
      `UPDATE ${table} SET deleted_at = ?6, hash = 'gone'
       WHERE tenant_id = ?1 AND source_id = ?2 AND deleted_at IS NULL
         AND ext_id IN (SELECT s.value FROM sync_pages p, json_each(p.seen, ?5) s WHERE p.tenant_id = ?1 AND p.run_id = ?3)
         AND ext_id NOT IN (SELECT s.value FROM sync_pages p, json_each(p.seen, ?5) s WHERE p.tenant_id = ?1 AND p.run_id = ?4)`,
      sourceId,
      runs.before,
      runs.now,
      `$.${kind}`,
      at,
    ),
  ),
  forgetSeen(db, runs.before),
]

/** The last page of a stream before those of a run; '' when there is none. */
export const pageBefore = (db: TenantDb, sourceId: string, stream: string, runId: string): Query<string> => {
  const query = db.sql<{ id: string | null }>(
    `SELECT max(id) AS id FROM sync_pages WHERE tenant_id = ?1 AND source_id = ?2 AND stream = ?3
       AND id < (SELECT min(id) FROM sync_pages WHERE tenant_id = ?1 AND run_id = ?4)`,
    sourceId,
    stream,
    runId,
  )
  return { statement: query.statement, map: (rows) => query.map(rows)[0]?.id ?? '' }
}

/** The page whose raw form is kept under a key. */
export const pageKept = (db: TenantDb, sourceId: string, stream: string, key: string) =>
  db.row(
    syncPages,
    and(eq(syncPages.sourceId, sourceId), eq(syncPages.stream, stream), eq(syncPages.rawKey, key)),
  )

/** Milliseconds at which a page came: its id begins with them. */
export const arrivedAt = (pageId: string): number => Number(pageId.slice(0, pageId.indexOf('-')))

/** Kept pages of a stream after one, in the order of their arrival. */
export const pagesAfter = (db: TenantDb, sourceId: string, stream: string, after: string, limit: number) =>
  db.rows(
    syncPages,
    and(eq(syncPages.sourceId, sourceId), eq(syncPages.stream, stream), gt(syncPages.id, after)),
    { orderBy: [asc(syncPages.id)], limit },
  )

export const insertDead = (db: TenantDb, row: Omit<DeadRow, 'tenantId'>) =>
  db.insert(syncDeadRecords, row, 'ignore')

export const deadById = (db: TenantDb, id: string): Query<DeadRow | null> =>
  db.row(syncDeadRecords, eq(syncDeadRecords.id, id))

export const deadPage = (
  db: TenantDb,
  sourceId: string,
  filter: { status?: DeadRow['status']; before?: string },
  limit: number,
): Query<DeadRow[]> => {
  const where: SQL[] = [eq(syncDeadRecords.sourceId, sourceId)]
  if (filter.status) where.push(eq(syncDeadRecords.status, filter.status))
  if (filter.before) where.push(lt(syncDeadRecords.id, filter.before))
  return db.rows(syncDeadRecords, and(...where), { orderBy: [desc(syncDeadRecords.id)], limit })
}

export const settleDead = (db: TenantDb, id: string, status: DeadRow['status'], at: string) =>
  db.update(syncDeadRecords, { status, settledAt: at }, eq(syncDeadRecords.id, id))

/** A later version of the record could be read: nobody needs to look at it any more. */
export const settleDeadOf = (db: TenantDb, sourceId: string, stream: string, extIds: string[], at: string) =>
  db.statement(
    `UPDATE sync_dead_records SET status = 'replayed', settled_at = ?5
     WHERE tenant_id = ?1 AND source_id = ?2 AND stream = ?3 AND status = 'open'
       AND ext_id IN (SELECT value FROM json_each(?4))`,
    sourceId,
    stream,
    JSON.stringify(extIds),
    at,
  )

export const insertDrift = (db: TenantDb, row: Omit<DriftRow, 'tenantId'>) =>
  db.insert(schemaDrifts, row, 'ignore')

export const driftOf = (db: TenantDb, sourceId: string): Query<DriftRow[]> =>
  db.rows(schemaDrifts, eq(schemaDrifts.sourceId, sourceId), {
    orderBy: [desc(schemaDrifts.seenAt)],
    limit: 200,
  })

export const acknowledgeDrift = (db: TenantDb, sourceId: string, at: string) =>
  db.update(
    schemaDrifts,
    { acknowledgedAt: at },
    and(eq(schemaDrifts.sourceId, sourceId), isNull(schemaDrifts.acknowledgedAt)),
  )
