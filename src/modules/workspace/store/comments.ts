/** Comments of a workspace, the newest first. */
import { and, desc, eq, gte, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { TenantDb } from '../../../platform/tenant-db.ts'
import { comments } from './share-schema.ts'

export type CommentRow = typeof comments.$inferSelect

export interface CommentFilter {
  /** Only on things of these types. */
  types: readonly string[]
  subjectId?: string
  authorId?: string
  /** Changed at this instant or later; deleted ones are then among them. */
  updatedSince?: string
  /** Older than the comment of this id. */
  before?: string
}

export const comment = (db: TenantDb, id: string) => db.row(comments, eq(comments.id, id))

export function commentsPage(db: TenantDb, filter: CommentFilter, limit: number) {
  const parts: (SQL | undefined)[] = [
    sql`${comments.subjectType} IN (SELECT value FROM json_each(${JSON.stringify(filter.types)}))`,
    filter.subjectId ? eq(comments.subjectId, filter.subjectId) : undefined,
    filter.authorId ? eq(comments.authorId, filter.authorId) : undefined,
    filter.updatedSince ? gte(comments.updatedAt, filter.updatedSince) : isNull(comments.deletedAt),
    filter.before ? lt(comments.id, filter.before) : undefined,
  ]
  return db.rows(comments, and(...parts), { orderBy: [desc(comments.id)], limit })
}

export const insertComment = (db: TenantDb, row: Omit<CommentRow, 'tenantId'>) => db.insert(comments, row)

/** Changes one row when the comment stands and is this author's. */
export const changeComment = (
  db: TenantDb,
  id: string,
  authorId: string,
  set: { body: string; mentions: string[]; editedAt: string; updatedAt: string },
) =>
  db.update(
    comments,
    set,
    and(eq(comments.id, id), eq(comments.authorId, authorId), isNull(comments.deletedAt)),
  )

export const markDeleted = (db: TenantDb, id: string, at: string) =>
  db.update(comments, { deletedAt: at, updatedAt: at }, and(eq(comments.id, id), isNull(comments.deletedAt)))

export const markRestored = (db: TenantDb, id: string, at: string) =>
  db.update(
    comments,
    { deletedAt: null, updatedAt: at },
    and(eq(comments.id, id), isNotNull(comments.deletedAt)),
  )

/** For good; only when it is deleted. */
export const removeDeleted = (db: TenantDb, id: string) =>
  db.remove(comments, and(eq(comments.id, id), isNotNull(comments.deletedAt)))

export const removeOnSubject = (db: TenantDb, type: string, id: string) =>
  db.remove(comments, and(eq(comments.subjectType, type), eq(comments.subjectId, id)))
