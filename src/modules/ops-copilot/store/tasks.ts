/** Rows of tasks. */
import { and, eq } from 'drizzle-orm'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import { tasks } from './schema.ts'

export type TaskRow = typeof tasks.$inferSelect

export interface TaskFilter {
  status?: 'open' | 'done'
  assigneeId?: string
  subject?: string
  text?: string
  /** Due on this day or before. */
  dueBy?: string
  updatedSince?: string
}

/** Where the page before ended. */
export interface TaskPlace {
  due: string
  id: string
}

const FAR = '9999-12-31'
const COLUMNS = `id, title, notes, status, priority, assignee_id, due_on, repeats, subject, source, created_by, created_at,
  updated_at, done_at, done_by, version`

export type TaskColumns = Record<string, string | number | null>

/** What is due first comes first, what has no day last. */
export const taskPage = (
  db: TenantDb,
  filter: TaskFilter,
  after: TaskPlace | null,
  limit: number,
): Query<TaskColumns[]> =>
  db.sql<TaskColumns>(
    `SELECT ${COLUMNS} FROM tasks WHERE tenant_id = ?1 AND deleted_at IS NULL AND (?2 IS NULL OR status = ?2)
       AND (?3 IS NULL OR assignee_id = ?3) AND (?4 IS NULL OR subject = ?4)
       AND (?5 = '' OR instr(lower(title || ' ' || notes), ?5) > 0) AND (?6 IS NULL OR due_on <= ?6)
       AND (?7 IS NULL OR updated_at >= ?7) AND (coalesce(due_on, '${FAR}'), id) > (?8, ?9)
     ORDER BY coalesce(due_on, '${FAR}'), id LIMIT ?10`,
    filter.status ?? null,
    filter.assigneeId ?? null,
    filter.subject ?? null,
    (filter.text ?? '').trim().toLowerCase(),
    filter.dueBy ?? null,
    filter.updatedSince ?? null,
    after?.due ?? '',
    after?.id ?? '',
    limit,
  )

export const placeOfTask = (row: TaskRow): TaskPlace => ({ due: row.dueOn ?? FAR, id: row.id })

export const taskById = (db: TenantDb, id: string): Query<TaskRow | null> => db.row(tasks, eq(tasks.id, id))

export const taskByKey = (db: TenantDb, key: string): Query<TaskRow | null> =>
  db.row(tasks, eq(tasks.dedupeKey, key))

/** Nothing when the key has made one already. */
export const insertTask = (db: TenantDb, row: Omit<TaskRow, 'tenantId'>) =>
  db.statement(
    `INSERT INTO tasks (tenant_id, id, title, notes, status, priority, assignee_id, due_on, repeats, subject, source,
       dedupe_key, created_by, created_at, updated_at, version)
     SELECT ?1, ?2, ?3, ?4, 'open', ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?13, 1
     WHERE ?11 = '' OR NOT EXISTS (SELECT 1 FROM tasks t WHERE t.tenant_id = ?1 AND t.dedupe_key = ?11)`,
    ...[row.id, row.title, row.notes, row.priority, row.assigneeId, row.dueOn, row.repeats, row.subject],
    ...[row.source, row.dedupeKey, row.createdBy, row.createdAt],
  )

/** Nothing when somebody else has changed it since `version`. */
export const updateTaskRow = (
  db: TenantDb,
  id: string,
  version: number,
  set: Partial<Omit<TaskRow, 'tenantId' | 'id'>>,
) => db.update(tasks, { ...set, version: version + 1 }, and(eq(tasks.id, id), eq(tasks.version, version)))

export const countTasks = (
  db: TenantDb,
  personId: string,
  today: string,
): Query<{ mine: number; late: number; all_open: number }[]> =>
  db.sql(
    `SELECT coalesce(sum(assignee_id = ?2), 0) AS mine, coalesce(sum(due_on < ?3), 0) AS late, count(*) AS all_open
     FROM tasks WHERE tenant_id = ?1 AND status = 'open' AND deleted_at IS NULL`,
    personId,
    today,
  )
