/** Every row of a workspace, whichever wing owns the table: read in pages for the export, deleted in pieces at its end. */
import type { TableShape } from '../../../platform/directory/whole.ts'
import type { Query, SqlValue, TenantDb } from '../../../platform/tenant-db.ts'

export type AnyRow = Record<string, SqlValue>

/** Rows after `after` in the order of the primary key; null begins. Table and column names come from the database itself. */
export function rowsAfter(
  db: TenantDb,
  table: string,
  shape: TableShape,
  after: AnyRow | null,
  limit: number,
): Query<AnyRow[]> {
  const key = ownKey(shape)
  const columns = key.join(', ')
  const marks = key.map((_, index) => `?${index + 2}`).join(', ')
  const later = after && key.length > 0 ? ` AND (${columns}) > (${marks})` : ''
  const order = key.length > 0 ? ` ORDER BY ${columns}` : ''
  return db.sql<AnyRow>(
    `SELECT * FROM ${table} WHERE tenant_id = ?1${later}${order} LIMIT ${limit}`,
    ...(later && after ? key.map((column) => after[column] ?? null) : []),
  )
}

/** Deletes at most `limit` rows; the database cascades to what hangs on them. */
export function removeSome(
  db: TenantDb,
  table: string,
  shape: TableShape,
  limit: number,
): D1PreparedStatement {
  const key = ownKey(shape)
  if (key.length === 0) return db.statement(`DELETE FROM ${table} WHERE tenant_id = ?1`)
  const columns = key.join(', ')
  return db.statement(
    `DELETE FROM ${table} WHERE tenant_id = ?1 AND (${columns}) IN
       (SELECT ${columns} FROM ${table} WHERE tenant_id = ?1 LIMIT ${limit})`,
  )
}

export const countRows = (db: TenantDb, table: string): Query<number> => {
  const query = db.sql<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE tenant_id = ?1`)
  return { statement: query.statement, map: (rows) => query.map(rows)[0]?.n ?? 0 }
}

const ownKey = (shape: TableShape): string[] => shape.key.filter((column) => column !== 'tenant_id')
