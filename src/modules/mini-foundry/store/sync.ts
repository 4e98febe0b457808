/** Streams of sources: taken by one step at a time, moved on in the transaction of what the step brought. */
import { and, asc, eq } from 'drizzle-orm'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import { syncStreams } from './schema.ts'

export type StreamRow = typeof syncStreams.$inferSelect
export type StreamChange = Partial<Omit<StreamRow, 'tenantId' | 'sourceId' | 'stream'>>

const thisStream = (sourceId: string, stream: string) =>
  and(eq(syncStreams.sourceId, sourceId), eq(syncStreams.stream, stream))

export const streamRow = (db: TenantDb, sourceId: string, stream: string): Query<StreamRow | null> =>
  db.row(syncStreams, thisStream(sourceId, stream))

export const streamsOf = (db: TenantDb, sourceId: string): Query<StreamRow[]> =>
  db.rows(syncStreams, eq(syncStreams.sourceId, sourceId), { orderBy: [asc(syncStreams.stream)] })

/** Once for each stream; a second time changes nothing. */
export const insertStream = (db: TenantDb, row: Omit<typeof syncStreams.$inferInsert, 'tenantId'>) =>
  db.insert(syncStreams, row, 'ignore')

/**
 * Takes the stream for one step when it is due and nobody has it; changes one row then. `step`: what the message was
 * sent for; a message that was overtaken takes nothing.
 */
export const takeStream = (
  db: TenantDb,
  key: { sourceId: string; stream: string; step?: number },
  nowMs: number,
  leaseMs: number,
): D1PreparedStatement =>
  db.statement(
    `UPDATE sync_streams SET step = step + 1, lease_until = ?5, attempt = attempt + (lease_until > 0)
     WHERE tenant_id = ?1 AND source_id = ?2 AND stream = ?3 AND lease_until <= ?4
       AND status IN ('waiting', 'running') AND next_run_at <= ?4 AND (?6 IS NULL OR step = ?6)`,
    key.sourceId,
    key.stream,
    nowMs,
    nowMs + leaseMs,
    key.step ?? null,
  )

/**
 * Goes first in a step's transaction: refuses all of it (`isOvertaken`) when another step has the stream by now, or it
 * is gone. The column may not be null, so the database itself breaks the transaction off.
 */
export const stillOurs = (db: TenantDb, sourceId: string, stream: string, step: number) =>
  db.statement(
    `UPDATE data_sources SET updated_at = CASE WHEN EXISTS (
       SELECT 1 FROM sync_streams WHERE tenant_id = ?1 AND source_id = ?2 AND stream = ?3 AND step = ?4)
       THEN updated_at ELSE NULL END
     WHERE tenant_id = ?1 AND id = ?2`,
    sourceId,
    stream,
    step,
  )

export const isOvertaken = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('data_sources.updated_at')

export const moveStream = (db: TenantDb, sourceId: string, stream: string, set: StreamChange) =>
  db.update(syncStreams, set, thisStream(sourceId, stream))

/** Streams that wait for others look again at once. */
export const wakeStreams = (db: TenantDb, sourceId: string, streams: readonly string[], nowMs: number) =>
  db.statement(
    `UPDATE sync_streams SET next_run_at = ?4 WHERE tenant_id = ?1 AND source_id = ?2 AND status = 'waiting'
       AND next_run_at > ?4 AND stream IN (SELECT value FROM json_each(?3))`,
    sourceId,
    JSON.stringify(streams),
    nowMs,
  )

/** All streams of a source stand still until they are resumed; what is under way writes nothing more. */
export const haltStreams = (db: TenantDb, sourceId: string): D1PreparedStatement =>
  db.statement(
    `UPDATE sync_streams SET next_run_at = NULL, lease_until = 0, step = step + 1
     WHERE tenant_id = ?1 AND source_id = ?2`,
    sourceId,
  )

/** Streams go on where they were; those that had failed begin their run anew. */
export const resumeStreams = (db: TenantDb, sourceId: string, nowMs: number, at: string) =>
  db.statement(
    `UPDATE sync_streams SET next_run_at = ?3, attempt = 0, last_error = NULL, updated_at = ?4,
       status = CASE WHEN run_id IS NULL THEN 'waiting' ELSE 'running' END
     WHERE tenant_id = ?1 AND source_id = ?2 AND status <> 'paused'`,
    sourceId,
    nowMs,
    at,
  )

/** The event that a source's whole past is here, once: when no stream lacks any and it was not told before. */
export const tellReady = (
  db: TenantDb,
  sourceId: string,
  event: { id: string; payload: Record<string, unknown> },
  nowMs: number,
): D1PreparedStatement =>
  db.statement(
    `INSERT OR IGNORE INTO outbox (tenant_id, id, type, payload, created_at)
     SELECT ?1, ?3, 'source.ready', ?4, ?5 WHERE NOT EXISTS (
       SELECT 1 FROM sync_streams WHERE tenant_id = ?1 AND source_id = ?2
         AND coalesce(backfilled_to > backfill_target, 1))`,
    sourceId,
    event.id,
    JSON.stringify(event.payload),
    nowMs,
  )
