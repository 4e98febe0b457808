/** The rows of imports: reading them, and moving them from state to state so that each move happens once. */
import { and, desc, eq, lt, type SQL, sql } from 'drizzle-orm'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type { ImportMapping, ImportNote, ImportOptions } from '../domain/import/types.ts'
import { imports } from './schema.ts'

export type ImportRow = typeof imports.$inferSelect

export const importRow = (db: TenantDb, id: string): Query<ImportRow | null> =>
  db.row(imports, eq(imports.id, id))

export interface ImportFilter {
  before?: string
  status?: string
  kind?: string
}

/** Newest first; ids are of time, so the id is the cursor. */
export function importRows(db: TenantDb, options: ImportFilter & { limit: number }): Query<ImportRow[]> {
  const where: SQL | undefined = and(
    options.before ? lt(imports.id, options.before) : undefined,
    options.status ? sql`${imports.status} = ${options.status}` : undefined,
    options.kind ? sql`${imports.kind} = ${options.kind}` : undefined,
  )
  return db.rows(imports, where, { orderBy: [desc(imports.id)], limit: options.limit })
}

/** The workspace's one source for files, made with the first of them. */
export function ensureFileSource(db: TenantDb, id: string, nowIso: string): D1PreparedStatement {
  return db.statement(
    `INSERT INTO data_sources (tenant_id, id, source_type, name, sync_status, counts_as_sales, created_at, updated_at)
     SELECT ?1, ?2, 'csv', 'Imported files', 'ok', 1, ?3, ?3
     WHERE NOT EXISTS (SELECT 1 FROM data_sources WHERE tenant_id = ?1 AND source_type = 'csv')`,
    id,
    nowIso,
  )
}

export interface NewImport {
  id: string
  kind: ImportRow['kind']
  stage: 'mapping' | 'waiting'
  fileName: string
  fileKey: string
  fileBytes: number
  mapping: ImportMapping
  options: ImportOptions
  notes: ImportNote[]
  createdBy: string
  nowIso: string
}

/** After `ensureFileSource`, in the same transaction. */
export function insertImport(db: TenantDb, values: NewImport): D1PreparedStatement {
  return db.statement(
    `INSERT INTO imports (tenant_id, id, source_id, kind, status, stage, file_name, file_key, file_bytes, mapping, options,
       notes, created_by, created_at, moved_at)
     SELECT ?1, ?2, id, ?3, 'queued', ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12
     FROM data_sources WHERE tenant_id = ?1 AND source_type = 'csv' ORDER BY created_at LIMIT 1`,
    values.id,
    values.kind,
    values.stage,
    values.fileName,
    values.fileKey,
    values.fileBytes,
    JSON.stringify(values.mapping),
    JSON.stringify(values.options),
    JSON.stringify(values.notes),
    values.createdBy,
    values.nowIso,
  )
}

/** A person chose how the file is read: on to the queue. Changes a row only while it waits for that choice. */
export function leaveMapping(
  db: TenantDb,
  id: string,
  mapping: ImportMapping,
  options: ImportOptions,
  nowIso: string,
): D1PreparedStatement {
  return db.statement(
    `UPDATE imports SET stage = 'waiting', mapping = ?3, options = ?4, moved_at = ?5
     WHERE tenant_id = ?1 AND id = ?2 AND status = 'queued' AND stage = 'mapping'`,
    id,
    JSON.stringify(mapping),
    JSON.stringify(options),
    nowIso,
  )
}

const ANOTHER_AT_WORK = `EXISTS (SELECT 1 FROM imports o WHERE o.tenant_id = ?1 AND o.id <> ?2
  AND (o.status = 'running' OR o.stage = 'undoing'))`

/**
 * From waiting to running, when no other import of the workspace lands or is undone: one after another, so that "later"
 * has one meaning. The sequence is the version of all it lands.
 */
export function claimImport(db: TenantDb, id: string, nowMs: number, nowIso: string): D1PreparedStatement {
  return db.statement(
    `UPDATE imports SET status = 'running', stage = 'profiling', started_at = ?4, moved_at = ?4, error = NULL,
       sequence = max(?3, (SELECT coalesce(max(s.sequence), 0) + 1 FROM imports s WHERE s.tenant_id = ?1))
     WHERE tenant_id = ?1 AND id = ?2 AND status = 'queued' AND stage = 'waiting' AND NOT ${ANOTHER_AT_WORK}`,
    id,
    nowMs,
    nowIso,
  )
}

export interface ProfileResult {
  rows: number
  options: ImportOptions
  notes: ImportNote[]
  dataByte: number
  dataLine: number
}

export function leaveProfiling(
  db: TenantDb,
  id: string,
  result: ProfileResult,
  nowIso: string,
): D1PreparedStatement {
  return db.statement(
    `UPDATE imports SET stage = 'landing', rows_total = ?3, options = ?4, notes = ?5, cursor_byte = ?6, cursor_line = ?7,
       attempts = 0, moved_at = ?8
     WHERE tenant_id = ?1 AND id = ?2 AND status = 'running' AND stage = 'profiling'`,
    id,
    result.rows,
    JSON.stringify(result.options),
    JSON.stringify(result.notes),
    result.dataByte,
    result.dataLine,
    nowIso,
  )
}

/** The end of a running import, once. Rows left out as duplicates are told, but are no errors. */
export function completeImport(db: TenantDb, id: string, nowIso: string): D1PreparedStatement {
  return db.statement(
    `UPDATE imports SET status = iif(rows_failed > 0, 'completed_with_errors', 'completed'), stage = 'done',
       completed_at = ?3, moved_at = ?3
     WHERE tenant_id = ?1 AND id = ?2 AND status = 'running' AND cursor_byte >= file_bytes`,
    id,
    nowIso,
  )
}

export function failImport(db: TenantDb, id: string, error: string, nowIso: string): D1PreparedStatement {
  return db.statement(
    `UPDATE imports SET status = 'failed', stage = 'done', error = ?3, completed_at = ?4, moved_at = ?4
     WHERE tenant_id = ?1 AND id = ?2 AND status = 'running'`,
    id,
    error,
    nowIso,
  )
}

export function countAttempt(db: TenantDb, id: string): D1PreparedStatement {
  return db.statement('UPDATE imports SET attempts = attempts + 1 WHERE tenant_id = ?1 AND id = ?2', id)
}

export function cancelRow(db: TenantDb, id: string, nowIso: string): D1PreparedStatement {
  return db.statement(
    `UPDATE imports SET status = 'cancelled', stage = 'done', completed_at = ?3, moved_at = ?3
     WHERE tenant_id = ?1 AND id = ?2 AND status IN ('queued', 'running')`,
    id,
    nowIso,
  )
}

/** From any end to undoing, when no other import is at work. */
export function claimUndo(db: TenantDb, id: string, nowIso: string): D1PreparedStatement {
  return db.statement(
    `UPDATE imports SET stage = 'undoing', attempts = 0, moved_at = ?3
     WHERE tenant_id = ?1 AND id = ?2 AND stage = 'done'
       AND status IN ('completed', 'completed_with_errors', 'cancelled', 'failed') AND NOT ${ANOTHER_AT_WORK}`,
    id,
    nowIso,
  )
}

export function completeUndo(db: TenantDb, id: string, nowIso: string): D1PreparedStatement {
  return db.statement(
    `UPDATE imports SET status = 'undone', stage = 'done', moved_at = ?3
     WHERE tenant_id = ?1 AND id = ?2 AND stage = 'undoing'`,
    id,
    nowIso,
  )
}

export const touchImport = (db: TenantDb, id: string, nowIso: string): D1PreparedStatement =>
  db.statement('UPDATE imports SET moved_at = ?3 WHERE tenant_id = ?1 AND id = ?2', id, nowIso)

/** Whether no other import of the workspace has landed anything that still stands. */
export function standsAlone(db: TenantDb, id: string): Query<boolean> {
  const others = db.sql(
    `SELECT 1 FROM imports WHERE tenant_id = ?1 AND id <> ?2 AND sequence IS NOT NULL AND status <> 'undone' LIMIT 1`,
    id,
  )
  return { statement: others.statement, map: (rows) => rows.length === 0 }
}

/** Imports that still stand and whose facts met others': after an undo they land again, oldest first. */
export function overlappingImports(db: TenantDb, exceptId: string): Query<ImportRow[]> {
  const other = db.sql<Record<string, unknown>>(
    `SELECT * FROM imports WHERE tenant_id = ?1 AND id <> ?2 AND overlaps = 1 AND sequence IS NOT NULL
       AND status <> 'undone' ORDER BY sequence`,
    exceptId,
  )
  const decoded = db.rows(imports)
  return { statement: other.statement, map: (rows) => decoded.map(rows) }
}
