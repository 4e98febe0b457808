/** Customers and products as lists: found by text, in pages by key. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import { likePattern } from './search.ts'

export interface CustomerRow {
  number: number
  name: string | null
  email: string | null
  country: string | null
  city: string | null
  first_order_day: string | null
  orders: number
  source: string
}

export interface ProductRow {
  source_id: string
  ext_id: string
  sku: string | null
  name: string
  category: string | null
  unit_price: number | null
  unit_cost: number | null
  currency: string | null
  on_hand: number | null
}

export const listCustomers = (
  db: TenantDb,
  text: string,
  after: number,
  limit: number,
): Query<CustomerRow[]> =>
  db.sql<CustomerRow>(
    `SELECT c.number, c.name, c.email, c.country, c.city, c.first_order_day, s.name AS source,
       (SELECT count(*) FROM orders o WHERE o.tenant_id = ?1 AND o.source_id = c.source_id
          AND o.customer_ext_id = c.ext_id AND o.status <> 'cancelled' AND o.deleted_at IS NULL) AS orders
     FROM customers c JOIN data_sources s ON s.tenant_id = ?1 AND s.id = c.source_id
     WHERE c.tenant_id = ?1 AND c.deleted_at IS NULL AND c.number > ?2
       AND (?3 = '%%' OR c.name LIKE ?3 ESCAPE '\\' OR c.email LIKE ?3 ESCAPE '\\')
     ORDER BY c.number LIMIT ?4`,
    after,
    likePattern(text),
    limit,
  )

export const listProducts = (
  db: TenantDb,
  text: string,
  after: { source: string; ext: string },
  limit: number,
): Query<ProductRow[]> =>
  db.sql<ProductRow>(
    `SELECT p.source_id, p.ext_id, p.sku, p.name, p.category, p.unit_price, p.unit_cost, p.currency,
       (SELECT sum(on_hand) FROM inventory_levels i WHERE i.tenant_id = ?1 AND i.source_id = p.source_id
          AND i.product_ext_id = p.ext_id AND i.deleted_at IS NULL) AS on_hand
     FROM products p
     WHERE p.tenant_id = ?1 AND p.deleted_at IS NULL AND (p.source_id, p.ext_id) > (?2, ?3)
       AND (?4 = '%%' OR p.name LIKE ?4 ESCAPE '\\' OR p.sku LIKE ?4 ESCAPE '\\')
     ORDER BY p.source_id, p.ext_id LIMIT ?5`,
    after.source,
    after.ext,
    likePattern(text),
    limit,
  )
