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

/** The name that the customer of a fact has, where one is known. */
const CUSTOMER = `(SELECT c.name FROM customers c WHERE c.tenant_id = ?1 AND c.source_id = f.source_id AND c.ext_id = f.customer_ext_id)`
const ORDER_NUMBER = `(SELECT o.number FROM orders o WHERE o.tenant_id = ?1 AND o.source_id = f.source_id AND o.ext_id = f.order_ext_id)`

/** Orders that count are lines of their own: what pays for one is the same sale, at its own source or at a payment provider. */
const PAYS_FOR_AN_ORDER = `CASE f.kind WHEN 'refund' THEN f.source_id NOT IN (${SALES}) AND EXISTS (
      SELECT 1 FROM payments AS r INDEXED BY payments_day WHERE r.tenant_id = ?1
        AND r.business_day BETWEEN date(f.business_day, '-3 days') AND date(f.business_day, '+3 days')
        AND r.kind = 'refund' AND r.amount = f.amount AND r.currency = f.currency AND r.deleted_at IS NULL
        AND r.source_id IN (${SALES}))
    ELSE EXISTS (
      SELECT 1 FROM orders AS o WHERE f.source_id IN (${SALES}) AND o.tenant_id = ?1 AND o.source_id = f.source_id
        AND o.ext_id = f.order_ext_id AND o.deleted_at IS NULL)
    OR EXISTS (
      SELECT 1 FROM orders AS o INDEXED BY orders_day WHERE f.source_id NOT IN (${SALES}) AND o.tenant_id = ?1
        AND o.business_day BETWEEN date(f.business_day, '-7 days') AND date(f.business_day, '+1 day')
        AND o.net + o.tax + o.shipping = f.amount AND o.currency = f.currency AND o.deleted_at IS NULL
        AND o.source_id IN (${SALES}))
    END`

/** Payments that pay for orders are passed over, so they are looked at only this far back. */
const PAYMENT_DAYS = 92

/** The newest orders, invoices, refunds, and payments that pay for no order here, up to a day, at most `limit` of each. */
export function activityRows(db: TenantDb, to: string, limit: number): Query<ActivityLine[]> {
  const part = (table: string, kind: string, day: string, name: string, amount: string, only: string) =>
    `SELECT * FROM (SELECT ${kind} AS kind, f.${day} AS day, ${name} AS name,
       (SELECT name FROM data_sources WHERE tenant_id = ?1 AND id = f.source_id) AS source, ${amount} AS amount, f.currency AS currency
     FROM ${table} f WHERE f.tenant_id = ?1 AND f.${day} <= ?2 AND f.deleted_at IS NULL AND ${only}
     ORDER BY f.${day} DESC LIMIT ?3)`
  const paid = `f.status = 'succeeded' AND f.business_day > date(?2, '-${PAYMENT_DAYS} days') AND NOT (${PAYS_FOR_AN_ORDER})`
  return db.sql(
    `${part('orders', `'order'`, 'business_day', `coalesce(f.number, ${CUSTOMER}, f.ext_id)`, 'f.net', `f.source_id IN (${SALES})`)}
     UNION ALL ${part('payments', `CASE f.kind WHEN 'refund' THEN 'refund' ELSE 'payment' END`, 'business_day', `coalesce(${ORDER_NUMBER}, ${CUSTOMER}, '')`, 'f.amount', paid)}
     UNION ALL ${part('invoices', `'invoice'`, 'issued_day', 'coalesce(f.number, f.ext_id)', 'f.total', `f.status <> 'draft'`)}
     ORDER BY day DESC LIMIT ?3`,
    to,
    limit,
  )
}
