/** Facts whose day follows from an instant, and the statements that move them to another day. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'

/** Tables with an instant beside the day it falls on. */
export const DATED_TABLES = [
  { table: 'orders', instant: 'ordered_at' },
  { table: 'sale_events', instant: 'happened_at' },
  { table: 'payments', instant: 'happened_at' },
] as const
export type DatedTable = (typeof DATED_TABLES)[number]

export interface DatedFact {
  source_id: string
  ext_id: string
  instant: string
  business_day: string
}

/** A page of facts that know their instant (plain dates stay plain), after the one that was last seen. */
export const datedFacts = (
  db: TenantDb,
  { table, instant }: DatedTable,
  after: Pick<DatedFact, 'source_id' | 'ext_id'>,
  limit: number,
): Query<DatedFact[]> =>
  db.sql(
    `SELECT source_id, ext_id, ${instant} AS instant, business_day FROM ${table}
     WHERE tenant_id = ?1 AND (source_id, ext_id) > (?2, ?3) AND ${instant} LIKE '____-__-__T%Z'
     ORDER BY source_id, ext_id LIMIT ?4`,
    after.source_id,
    after.ext_id,
    limit,
  )

export const moveFacts = (
  db: TenantDb,
  { table }: DatedTable,
  moved: readonly DatedFact[],
): D1PreparedStatement =>
  db.statement(
    `UPDATE ${table} SET business_day = moved.value ->> 2 FROM json_each(?2) AS moved
     WHERE ${table}.tenant_id = ?1 AND ${table}.source_id = moved.value ->> 0 AND ${table}.ext_id = moved.value ->> 1`,
    JSON.stringify(moved.map(({ source_id, ext_id, business_day }) => [source_id, ext_id, business_day])),
  )

/** The lines of an order count on the day of the order, wherever that moved to. */
export const moveOrderDays = (db: TenantDb, orders: readonly DatedFact[]): D1PreparedStatement =>
  db.statement(
    `UPDATE sale_events SET order_day = moved.value ->> 2 FROM json_each(?2) AS moved
     WHERE sale_events.tenant_id = ?1 AND sale_events.source_id = moved.value ->> 0
       AND sale_events.order_ext_id = moved.value ->> 1 AND sale_events.order_day <> moved.value ->> 2`,
    JSON.stringify(orders.map(({ source_id, ext_id, business_day }) => [source_id, ext_id, business_day])),
  )
