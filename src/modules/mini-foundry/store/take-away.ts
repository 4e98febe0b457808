/** Files that take facts away: their rows, and the facts that they are made of, page by page. */
import { and, desc, eq } from 'drizzle-orm'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type { StoredRow } from '../domain/take-away/column.ts'
import type { Cursor } from '../domain/take-away/state.ts'
import type { FactTable } from '../domain/take-away/tables.ts'
import { takeAways } from './take-away-schema.ts'

export type TakeAwayRow = typeof takeAways.$inferSelect

/** The newest first. */
export const takeAwayRows = (db: TenantDb): Query<TakeAwayRow[]> =>
  db.rows(takeAways, undefined, { orderBy: [desc(takeAways.id)], limit: 20 })

export const takeAwayRow = (db: TenantDb, id: string): Query<TakeAwayRow | null> =>
  db.row(takeAways, eq(takeAways.id, id))

export const insertTakeAway = (
  db: TenantDb,
  row: Pick<TakeAwayRow, 'id' | 'state' | 'requestedBy' | 'requestedByName' | 'createdAt'>,
): D1PreparedStatement => db.insert(takeAways, { ...row, status: 'making' })

/** Moves on from a step; nothing when another has made that step already. */
export const moveTakeAway = (
  db: TenantDb,
  id: string,
  step: number,
  set: Partial<Omit<TakeAwayRow, 'tenantId' | 'id' | 'step'>>,
): D1PreparedStatement =>
  db.update(
    takeAways,
    { ...set, step: step + 1 },
    and(eq(takeAways.id, id), eq(takeAways.step, step), eq(takeAways.status, 'making')),
  )

export const changeTakeAway = (
  db: TenantDb,
  id: string,
  set: Partial<Pick<TakeAwayRow, 'status' | 'failures' | 'error'>>,
): D1PreparedStatement => db.update(takeAways, set, eq(takeAways.id, id))

export const removeTakeAway = (db: TenantDb, id: string): D1PreparedStatement =>
  db.remove(takeAways, eq(takeAways.id, id))

/** Facts after a key, in the order of keys; null begins. */
export function factsAfter(
  db: TenantDb,
  table: FactTable,
  after: Cursor | null,
  limit: number,
): Query<StoredRow[]> {
  const key = table.key.join(', ')
  const marks = table.key.map((_, index) => `?${index + 2}`).join(', ')
  const columns = [...new Set([...table.key, ...table.columns.map(({ name }) => name)])].join(', ')
  return db.sql<StoredRow>(
    `SELECT ${columns} FROM ${table.from ?? table.name} WHERE tenant_id = ?1${after ? ` AND (${key}) > (${marks})` : ''}
     ORDER BY ${key} LIMIT ${limit}`,
    ...(after ?? []),
  )
}

/** The first day that any figure is known of. */
export const firstFigureDay = (db: TenantDb): Query<{ day: string | null }[]> =>
  db.sql<{ day: string | null }>(
    `SELECT min(day) AS day FROM (
       SELECT min(day) AS day FROM rollup_days WHERE tenant_id = ?1 AND book = 'order_date' AND dimension = 'all'
       UNION ALL SELECT min(day) FROM measure_days WHERE tenant_id = ?1 AND dimension = 'all')`,
  )
