/** Reads behind widgets that no rollup answers; each is bounded, and its answer is kept for one version of the data. */
import type { DayRange } from '../../../kit/calendar.ts'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type { CohortRow } from '../domain/cohort.ts'
import type { HeatRow } from '../domain/heat.ts'
import type { ActivityLine } from '../domain/widget-facts.ts'

const SALES = 'SELECT id FROM data_sources WHERE tenant_id = ?1 AND counts_as_sales = 1'

/** Orders of the range by quarter of an hour (UTC), cancelled ones left out. */
export const heatRows = (db: TenantDb, range: DayRange): Query<HeatRow[]> =>
  db.sql(
    `SELECT substr(ordered_at, 1, 14) || printf('%02d', CAST(substr(ordered_at, 15, 2) AS INTEGER) / 15 * 15) AS quarter,
       business_day AS day, count(*) AS orders
     FROM orders
     WHERE tenant_id = ?1 AND business_day BETWEEN ?2 AND ?3 AND deleted_at IS NULL AND status <> 'cancelled'
       AND source_id IN (${SALES})
     GROUP BY 1, 2`,
    range.from,
    range.to,
  )

/**
 * Customers whose first order lies in the days of `range`, by month in which they ordered. One person counts once. Only
 * orders of the range are read; when somebody came first stands with the customer, as
 * the first day of the person at any source.
 */
export const cohortRows = (db: TenantDb, range: DayRange): Query<CohortRow[]> =>
  db.sql(
    `WITH bought AS (
       SELECT DISTINCT o.source_id, o.customer_ext_id, substr(o.business_day, 1, 7) AS month
       FROM orders o INDEXED BY orders_day
       WHERE o.tenant_id = ?1 AND o.business_day BETWEEN ?2 AND ?3 AND o.deleted_at IS NULL
         AND o.status <> 'cancelled' AND o.customer_ext_id IS NOT NULL AND o.source_id IN (${SALES})
     ), people AS (
       SELECT DISTINCT coalesce(c.person_number, c.number) AS person, b.month, c.first_order_day AS first_day
       FROM bought b
         CROSS JOIN customers c ON c.tenant_id = ?1 AND c.source_id = b.source_id AND c.ext_id = b.customer_ext_id
     )
     SELECT substr(first_day, 1, 7) AS first, month, count(*) AS customers
     FROM people WHERE first_day BETWEEN ?2 AND ?3
     GROUP BY 1, 2`,
    range.from,
    range.to,
  )

/** The newest orders, payments, refunds and invoices up to a day, at most `limit` of each kind. */
export function activityRows(db: TenantDb, to: string, limit: number): Query<ActivityLine[]> {
  const part = (table: string, kind: string, day: string, name: string, amount: string, only = '') =>
    `SELECT * FROM (SELECT ${kind} AS kind, f.${day} AS day, ${name} AS name,
       (SELECT name FROM data_sources WHERE tenant_id = ?1 AND id = f.source_id) AS source, ${amount} AS amount, f.currency AS currency
     FROM ${table} f WHERE f.tenant_id = ?1 AND f.${day} <= ?2 AND f.deleted_at IS NULL ${only}
     ORDER BY f.${day} DESC LIMIT ?3)`
  return db.sql(
    `${part('orders', `'order'`, 'business_day', 'coalesce(f.number, f.ext_id)', 'f.net')}
     UNION ALL ${part('payments', `CASE f.kind WHEN 'refund' THEN 'refund' ELSE 'payment' END`, 'business_day', 'coalesce(f.order_ext_id, f.ext_id)', 'f.amount', `AND f.status = 'succeeded'`)}
     UNION ALL ${part('invoices', `'invoice'`, 'issued_day', 'coalesce(f.number, f.ext_id)', 'f.total', `AND f.status <> 'draft'`)}
     ORDER BY day DESC LIMIT ?3`,
    to,
    limit,
  )
}
