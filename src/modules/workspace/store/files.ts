/** Files of a workspace: what is known of each; the bytes lie in R2. */
import { and, desc, eq, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import { files, publicLinks } from './share-schema.ts'

export type FileRow = typeof files.$inferSelect

export interface FileFilter {
  /** Part of the name. */
  text?: string
  subjectType?: string
  subjectId?: string
  deleted?: boolean
  /** Older than the file of this id. */
  before?: string
}

export const file = (db: TenantDb, id: string) => db.row(files, eq(files.id, id))

/** The newest first. */
export function filesPage(db: TenantDb, filter: FileFilter, limit: number) {
  const parts: (SQL | undefined)[] = [
    filter.deleted ? isNotNull(files.deletedAt) : isNull(files.deletedAt),
    filter.text ? sql`instr(lower(${files.name}), lower(${filter.text})) > 0` : undefined,
    filter.subjectType ? eq(files.subjectType, filter.subjectType) : undefined,
    filter.subjectId ? eq(files.subjectId, filter.subjectId) : undefined,
    filter.before ? lt(files.id, filter.before) : undefined,
  ]
  return db.rows(files, and(...parts), { orderBy: [desc(files.id)], limit })
}

/** Deleted ones among them. */
export const filesOfSubject = (db: TenantDb, type: string, id: string, limit: number) =>
  db.rows(files, and(eq(files.subjectType, type), eq(files.subjectId, id)), { limit })

/** Bytes of all files, those too that are deleted and not swept yet. */
export function bytesUsed(db: TenantDb): Query<number> {
  const query = db.sql<{ bytes: number }>(
    'SELECT coalesce(sum(bytes), 0) AS bytes FROM files WHERE tenant_id = ?1',
  )
  return { statement: query.statement, map: (rows) => query.map(rows)[0]?.bytes ?? 0 }
}

/** Changes one row when there is room for it among `limitBytes`. */
export const insertWithin = (
  db: TenantDb,
  row: Omit<FileRow, 'tenantId' | 'deletedAt'>,
  limitBytes: number,
) =>
  db.statement(
    `INSERT INTO files (tenant_id, id, subject_type, subject_id, name, content_type, bytes, sha256, file_key, uploaded_by,
       uploaded_by_name, created_at)
     SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12
     WHERE (SELECT coalesce(sum(bytes), 0) FROM files WHERE tenant_id = ?1) + ?7 <= ?13`,
    row.id,
    row.subjectType,
    row.subjectId,
    row.name,
    row.contentType,
    row.bytes,
    row.sha256,
    row.fileKey,
    row.uploadedBy,
    row.uploadedByName,
    row.createdAt,
    limitBytes,
  )

export const markDeleted = (db: TenantDb, id: string, at: string) =>
  db.update(files, { deletedAt: at }, and(eq(files.id, id), isNull(files.deletedAt)))

export const markRestored = (db: TenantDb, id: string) =>
  db.update(files, { deletedAt: null }, and(eq(files.id, id), isNotNull(files.deletedAt)))

/** The row goes for good, with what was said about it; links to it end. */
export const removeFile = (db: TenantDb, id: string, at: string) => [
  db.update(
    publicLinks,
    { revokedAt: at },
    and(eq(publicLinks.kind, 'file'), eq(publicLinks.ref, id), isNull(publicLinks.revokedAt)),
  ),
  db.statement(`DELETE FROM comments WHERE tenant_id = ?1 AND subject_type = 'file' AND subject_id = ?2`, id),
  db.remove(files, eq(files.id, id)),
]
