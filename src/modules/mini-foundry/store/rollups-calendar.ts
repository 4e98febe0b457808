/** Facts whose day follows from an instant, and the statements that move them to another day. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'

/** Tables with an instant beside the day it falls on. */
export const DATED_TABLES = [
  { table: 'orders', instant: 'ordered_at' },
  { table: 'sale_events', instant: 'happened_at' },
  { table: 'payments', instant: 'happened_at' },
  { table: 'payout_lines', instant: 'happened_at' },
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

/** One statement a day: a list is looked up in the key, where a join with it would read the whole table for each. */
export const moveFacts = (
  db: TenantDb,
  { table }: DatedTable,
  moved: readonly DatedFact[],
): D1PreparedStatement[] =>
  Array.from(
    Map.groupBy(moved, ({ business_day }) => business_day),
    ([day, facts]) =>
      db.statement(
        `UPDATE ${table} SET business_day = ?2 WHERE tenant_id = ?1
         AND (source_id, ext_id) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?3))`,
        day,
        keysOf(facts),
      ),
  )

/** The lines of an order count on the day of the order, wherever that moved to. */
export const moveOrderDays = (db: TenantDb, orders: readonly DatedFact[]): D1PreparedStatement[] =>
  Array.from(
    Map.groupBy(orders, ({ business_day }) => business_day),
    ([day, facts]) =>
      db.statement(
        `UPDATE sale_events INDEXED BY sale_events_order SET order_day = ?2 WHERE tenant_id = ?1
         AND (source_id, order_ext_id) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?3)) AND order_day <> ?2`,
        day,
        keysOf(facts),
      ),
  )

const keysOf = (facts: readonly DatedFact[]): string =>
  JSON.stringify(facts.map(({ source_id, ext_id }) => [source_id, ext_id]))
