/**
 * Orders that follow from their sale events. A file has no order headers, only lines, which may land in any order and
 * in any number of pieces: the header is computed from the lines that are there, each time one of them lands.
 */
import type { TenantDb } from '../../../platform/tenant-db.ts'
import { type LandingScope, scopeParams, stillAtCursor } from './landing.ts'

const COMPARED = [
  'deleted_at',
  'ordered_at',
  'business_day',
  'customer_ext_id',
  'currency',
  'status',
  'channel',
  'country',
  'region',
  'city',
  'net',
  'tax',
  'shipping',
  'lines',
]
const HEADER = [
  'tenant_id',
  'source_id',
  'ext_id',
  'import_id',
  'origin',
  'src_updated_at',
  'hash',
  ...COMPARED,
]

/** Statements that bring the headers of these orders, and the order day of their lines, up to date. */
export function deriveOrders(
  db: TenantDb,
  scope: LandingScope,
  orderExtIds: string[],
): D1PreparedStatement[] {
  if (orderExtIds.length === 0) return []
  const params = scopeParams(scope, JSON.stringify(orderExtIds))
  const gate = stillAtCursor(scope)
  return [
    db.statement(headersFromEvents(gate), ...params),
    db.statement(removeEmptyHeaders(gate), ...params),
    db.statement(spreadOrderDay(gate), ...params),
  ]
}

/**
 * With exactly one `min()` in a query SQLite takes the bare columns from the row that has it: the order's first sale
 * (or, when there is none, its first entry). So an order counts from its first day on.
 */
const headersFromEvents = (gate: string): string => `
  INSERT INTO orders (${HEADER.join(', ')})
  SELECT ?1, ?3, order_ext_id, NULL, ?5, src_updated_at, '', ${COMPARED.join(', ')}
  FROM (
    SELECT order_ext_id, src_updated_at, NULL AS deleted_at, happened_at AS ordered_at, business_day, customer_ext_id,
      currency, channel, country, region, city,
      CASE WHEN sum(counted) = 0 THEN 'cancelled' WHEN sum(kind = 'sale') = 0 THEN 'refunded'
        ELSE coalesce(order_status, 'paid') END AS status,
      coalesce(sum(net) FILTER (WHERE kind <> 'refund' AND line_type = 'product'), 0) AS net,
      coalesce(sum(tax) FILTER (WHERE kind <> 'refund'), 0) AS tax,
      coalesce(sum(net) FILTER (WHERE kind <> 'refund' AND line_type = 'shipping'), 0) AS shipping,
      count(*) FILTER (WHERE kind = 'sale' AND line_type = 'product') AS lines,
      min((kind <> 'sale') || business_day || ext_id)
    FROM sale_events INDEXED BY sale_events_order
    WHERE tenant_id = ?1 AND source_id = ?3 AND order_ext_id IN (SELECT value FROM json_each(?2))
      AND deleted_at IS NULL AND ${gate}
    GROUP BY order_ext_id
  )
  WHERE true
  ON CONFLICT (tenant_id, source_id, ext_id) DO UPDATE SET
    ${['src_updated_at', ...COMPARED].map((name) => `${name} = excluded.${name}`).join(', ')}
  WHERE (${COMPARED.map((name) => `orders.${name}`).join(', ')})
    IS NOT (${COMPARED.map((name) => `excluded.${name}`).join(', ')})`

const removeEmptyHeaders = (gate: string): string => `
  DELETE FROM orders WHERE tenant_id = ?1 AND source_id = ?3 AND ext_id IN (SELECT value FROM json_each(?2))
    AND ${gate}
    AND NOT EXISTS (
      SELECT 1 FROM sale_events e INDEXED BY sale_events_order
      WHERE e.tenant_id = ?1 AND e.source_id = ?3 AND e.order_ext_id = orders.ext_id AND e.deleted_at IS NULL)`

const spreadOrderDay = (gate: string): string => `
  UPDATE sale_events INDEXED BY sale_events_order SET order_day = o.business_day
  FROM orders o
  WHERE sale_events.tenant_id = ?1 AND sale_events.source_id = ?3
    AND sale_events.order_ext_id IN (SELECT value FROM json_each(?2))
    AND o.tenant_id = ?1 AND o.source_id = ?3 AND o.ext_id = sale_events.order_ext_id
    AND sale_events.order_day <> o.business_day AND ${gate}`
