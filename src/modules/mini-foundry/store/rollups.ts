/** The rollups: which days and customers no longer tell the truth, and the statements that make them tell it again. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import { BOOKS, SALES_DIMENSIONS } from '../domain/dashboard.ts'
import { aggregateSql } from './rollup-sql.ts'

export interface DirtyCustomer {
  source_id: string
  ext_id: string
}

const ALL_DIMENSIONS = JSON.stringify(['all', ...SALES_DIMENSIONS])

/** One seek in an index, and one more for each other source that knows the same person; null where no sale counts. */
const FIRST_ORDER_DAY = `CASE WHEN customers.person_number IS NULL THEN (
  SELECT min(e.order_day) FROM sale_events e
  WHERE e.tenant_id = ?1 AND e.source_id = customers.source_id AND e.customer_ext_id = customers.ext_id
    AND e.kind = 'sale' AND e.counted = 1 AND e.deleted_at IS NULL
    AND (SELECT counts_as_sales FROM data_sources WHERE tenant_id = ?1 AND id = customers.source_id) = 1)
  ELSE (
  SELECT min(e.order_day) FROM customers m INDEXED BY customers_person CROSS JOIN sale_events e INDEXED BY sale_events_customer
    ON e.tenant_id = ?1 AND e.source_id = m.source_id AND e.customer_ext_id = m.ext_id
      AND e.kind = 'sale' AND e.counted = 1 AND e.deleted_at IS NULL AND e.customer_ext_id IS NOT NULL
  WHERE m.tenant_id = ?1 AND m.person_number = customers.person_number
    AND (SELECT counts_as_sales FROM data_sources WHERE tenant_id = ?1 AND id = m.source_id) = 1) END`

/** The customers of the list, and whoever is the same person as one of them. */
const LISTED = `((source_id, ext_id) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?2))
  OR person_number IN (SELECT k.person_number FROM json_each(?2) j CROSS JOIN customers k
    ON k.tenant_id = ?1 AND k.source_id = j.value ->> 0 AND k.ext_id = j.value ->> 1 WHERE k.person_number IS NOT NULL))`

export const dirtyCustomers = (db: TenantDb, limit: number): Query<DirtyCustomer[]> =>
  db.sql('SELECT source_id, ext_id FROM dirty_customers WHERE tenant_id = ?1 LIMIT ?2', limit)

export const dirtyDays = (db: TenantDb, limit: number): Query<{ day: string }[]> =>
  db.sql('SELECT day FROM dirty_days WHERE tenant_id = ?1 ORDER BY day DESC LIMIT ?2', limit)

/**
 * Writes the first order day of these customers anew and takes them off the list. A day that moves makes both of its
 * days dirty by trigger, so customers go before days.
 */
export function settleCustomers(db: TenantDb, dirty: readonly DirtyCustomer[]): D1PreparedStatement[] {
  const list = JSON.stringify(dirty.map(({ source_id, ext_id }) => [source_id, ext_id]))
  return [
    db.statement(
      `UPDATE customers SET first_order_day = ${FIRST_ORDER_DAY} WHERE tenant_id = ?1 AND ${LISTED}
         AND first_order_day IS NOT ${FIRST_ORDER_DAY}`,
      list,
    ),
    db.statement(
      `DELETE FROM dirty_customers WHERE tenant_id = ?1
         AND (source_id, ext_id) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?2))`,
      list,
    ),
  ]
}

/** Rebuilds all rollups of these days from the events themselves: the same however often it runs. */
export function settleDays(db: TenantDb, days: readonly string[], nowIso: string): D1PreparedStatement[] {
  const list = JSON.stringify(days)
  const rebuilt = BOOKS.flatMap((book) => [
    db.statement(
      `DELETE FROM rollup_days WHERE tenant_id = ?1 AND book = ?2
         AND dimension IN (SELECT value FROM json_each(?3)) AND day IN (SELECT value FROM json_each(?4))`,
      book,
      ALL_DIMENSIONS,
      list,
    ),
    db.statement(
      `INSERT INTO rollup_days (tenant_id, book, dimension, day, value, currency, orders, quantity, gross, discount,
         revenue, refunds, tax, shipping, cost, customers, new_customers)
       SELECT ?1, ?2, * FROM (${aggregateSql({ book, days: 'IN (SELECT value FROM json_each(?4))', dimensions: '?3' })})`,
      book,
      ALL_DIMENSIONS,
      list,
    ),
  ])
  return [
    ...rebuilt,
    db.statement(
      'DELETE FROM dirty_days WHERE tenant_id = ?1 AND day IN (SELECT value FROM json_each(?2))',
      list,
    ),
    bumpDataVersion(db, nowIso),
  ]
}

/** What pages show has changed: caches and ETags of before hold no longer. */
export const bumpDataVersion = (db: TenantDb, nowIso: string): D1PreparedStatement =>
  db.statement(
    `INSERT INTO data_versions (tenant_id, version, changed_at) VALUES (?1, 1, ?2)
     ON CONFLICT (tenant_id) DO UPDATE SET version = version + 1, changed_at = excluded.changed_at`,
    nowIso,
  )
