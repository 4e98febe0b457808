/** One customer: whoever the sources know as this person, their orders, and their invoices. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import { LINE_SQL } from './rollup-sql.ts'

export interface CustomerMember {
  source_id: string
  ext_id: string
  source: string
  counts_as_sales: number
  name: string | null
  email: string | null
  country: string | null
  region: string | null
  city: string | null
  created_day: string | null
}

export interface CustomerOrder {
  source_id: string
  ext_id: string
  number: string | null
  day: string
  status: string | null
  currency: string
  /** In 1/10,000, as the metrics count them: net of discounts, without tax; and what was given back. */
  revenue: number
  refunds: number
  /** Names of what was bought, with commas. */
  products: string | null
}

export interface CustomerInvoice {
  source_id: string
  ext_id: string
  number: string | null
  status: string
  issued_day: string
  due_day: string | null
  currency: string
  total: number
  paid: number
}

/** The customer of this number first, then those of other sources who are the same person. */
export const customerMembers = (db: TenantDb, number: number): Query<CustomerMember[]> =>
  db.sql(
    `SELECT c.source_id, c.ext_id, s.name AS source, s.counts_as_sales, c.name, c.email, c.country, c.region, c.city,
       c.created_day
     FROM customers c JOIN data_sources s ON s.tenant_id = ?1 AND s.id = c.source_id
     WHERE c.tenant_id = ?1 AND c.deleted_at IS NULL AND (c.number = ?2 OR c.person_number =
       (SELECT person_number FROM customers WHERE tenant_id = ?1 AND number = ?2 AND deleted_at IS NULL))
     ORDER BY c.number <> ?2, c.number LIMIT 50`,
    number,
  )

/** Every order that counts, found by its customer's place in the ledger; cancelled ones have none. */
const BOUGHT = `SELECT DISTINCT e.source_id, e.order_ext_id, e.order_day
  FROM json_each(?2) j CROSS JOIN sale_events e INDEXED BY sale_events_customer
    ON e.tenant_id = ?1 AND e.source_id = j.value ->> 0 AND e.customer_ext_id = j.value ->> 1
  WHERE e.kind = 'sale' AND e.counted = 1 AND e.deleted_at IS NULL AND e.customer_ext_id IS NOT NULL`

/** The newest first. `pairs`: `[source id, customer id]` as JSON. */
export const customerOrders = (db: TenantDb, pairs: string, limit: number): Query<CustomerOrder[]> =>
  db.sql(
    `WITH bought AS (${BOUGHT} ORDER BY e.order_day DESC, e.order_ext_id DESC LIMIT ?3),
     sold AS (
       SELECT b.source_id, b.order_ext_id AS ext_id, b.order_day AS day, e.currency,
         sum(${LINE_SQL.revenue}) AS revenue, sum(${LINE_SQL.refunds}) AS refunds,
         group_concat(DISTINCT CASE WHEN e.kind = 'sale' AND e.line_type = 'product' THEN e.product_name END) AS products
       FROM bought b CROSS JOIN sale_events e INDEXED BY sale_events_order
         ON e.tenant_id = ?1 AND e.source_id = b.source_id AND e.order_ext_id = b.order_ext_id
       WHERE e.counted = 1 AND e.deleted_at IS NULL
       GROUP BY b.source_id, b.order_ext_id, e.currency)
     SELECT sold.*, o.number, o.status FROM sold
       LEFT JOIN orders o ON o.tenant_id = ?1 AND o.source_id = sold.source_id AND o.ext_id = sold.ext_id
     ORDER BY sold.day DESC, sold.ext_id DESC`,
    pairs,
    limit,
  )

export interface CustomerWorth {
  currency: string
  orders: number
  revenue: number
  refunds: number
  first_day: string
  last_day: string
}

/** All of their orders added up, one row a currency, the largest first. */
export const customerWorth = (db: TenantDb, pairs: string): Query<CustomerWorth[]> =>
  db.sql(
    `WITH bought AS (${BOUGHT})
     SELECT e.currency, count(DISTINCT b.source_id || ' ' || b.order_ext_id) AS orders,
       sum(${LINE_SQL.revenue}) AS revenue, sum(${LINE_SQL.refunds}) AS refunds,
       min(b.order_day) AS first_day, max(b.order_day) AS last_day
     FROM bought b CROSS JOIN sale_events e INDEXED BY sale_events_order
       ON e.tenant_id = ?1 AND e.source_id = b.source_id AND e.order_ext_id = b.order_ext_id
     WHERE e.counted = 1 AND e.deleted_at IS NULL
     GROUP BY e.currency ORDER BY revenue DESC`,
    pairs,
  )

/** By customer or by address, the newest first. `emails` as JSON, in small letters. */
export const customerInvoices = (
  db: TenantDb,
  pairs: string,
  emails: string,
  limit: number,
): Query<CustomerInvoice[]> =>
  db.sql(
    `SELECT v.source_id, v.ext_id, v.number, v.status, v.issued_day, v.due_day, v.currency, v.total, v.paid
     FROM invoices v
     WHERE v.tenant_id = ?1 AND v.deleted_at IS NULL
       AND ((v.source_id, v.customer_ext_id) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?2))
         OR lower(v.customer_email) IN (SELECT value FROM json_each(?3)))
     ORDER BY v.issued_day DESC, v.ext_id LIMIT ?4`,
    pairs,
    emails,
    limit,
  )
