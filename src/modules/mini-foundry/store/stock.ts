/** Stock by product with the pace of its sales, and how long its deliveries take. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import { likePattern } from './search.ts'

export interface StockRow {
  source_id: string
  source: string
  product_ext_id: string
  name: string
  sku: string | null
  /** Pieces × 10,000. */
  available: number
  incoming: number
  /** Pieces × 10,000 sold in the 28 days before the stock was read. */
  sold: number
  lead_days: number | null
  day: string
}

/** What is gone first stands first; what nobody buys stands last. `usualLead` is for products without days of their own. */
export const stockRows = (
  db: TenantDb,
  query: { text: string; limit: number; offset: number },
): Query<StockRow[]> =>
  db.sql<StockRow>(
    `WITH item AS (
       SELECT l.source_id, l.product_ext_id, sum(coalesce(l.available, l.on_hand)) AS available,
         sum(coalesce(l.incoming, 0)) AS incoming, max(l.day) AS day
       FROM inventory_levels AS l WHERE l.tenant_id = ?1 AND l.deleted_at IS NULL GROUP BY 1, 2
     ), latest AS (SELECT max(day) AS day FROM item
     ), pace AS (
       SELECT r.value AS name, sum(r.quantity) AS sold FROM rollup_days AS r
       WHERE r.tenant_id = ?1 AND r.book = 'order_date' AND r.dimension = 'product'
         AND r.day > date((SELECT day FROM latest), '-28 days') AND r.day <= (SELECT day FROM latest) GROUP BY 1
     )
     SELECT item.source_id, d.name AS source, item.product_ext_id, coalesce(p.name, item.product_ext_id) AS name, p.sku,
       item.available, item.incoming, coalesce(pace.sold, 0) AS sold, s.lead_days, item.day
     FROM item
     JOIN data_sources AS d ON d.tenant_id = ?1 AND d.id = item.source_id
     LEFT JOIN products AS p ON p.tenant_id = ?1 AND p.source_id = item.source_id AND p.ext_id = item.product_ext_id
     LEFT JOIN pace ON pace.name = p.name
     LEFT JOIN product_settings AS s ON s.tenant_id = ?1 AND s.source_id = item.source_id
       AND s.product_ext_id = item.product_ext_id
     WHERE (?2 = '%%' OR p.name LIKE ?2 ESCAPE '\\' OR p.sku LIKE ?2 ESCAPE '\\')
     ORDER BY coalesce(pace.sold, 0) <= 0, max(item.available, 0) * 1.0 / pace.sold, name, item.source_id, item.product_ext_id
     LIMIT ?3 OFFSET ?4`,
    likePattern(query.text),
    query.limit,
    query.offset,
  )

/** Counts nothing when the workspace has no such product in stock. */
export const setLeadDays = (
  db: TenantDb,
  product: { source_id: string; product_ext_id: string },
  days: number,
  by: { id: string; at: string },
): D1PreparedStatement =>
  db.statement(
    `INSERT INTO product_settings (tenant_id, source_id, product_ext_id, lead_days, updated_by, updated_at)
     SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE EXISTS (
       SELECT 1 FROM inventory_levels WHERE tenant_id = ?1 AND source_id = ?2 AND product_ext_id = ?3 AND deleted_at IS NULL)
     ON CONFLICT (tenant_id, source_id, product_ext_id)
     DO UPDATE SET lead_days = excluded.lead_days, updated_by = excluded.updated_by, updated_at = excluded.updated_at`,
    product.source_id,
    product.product_ext_id,
    days,
    by.id,
    by.at,
  )
