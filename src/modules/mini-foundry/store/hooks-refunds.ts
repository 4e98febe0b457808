/**
 * Refunds that came by webhook, made to agree with their sale in the transaction that lands them. A refund object says
 * neither what was sold nor to whom, and a charge says how much of it was refunded, so the same money may be told twice
 * and in any order.
 */
import type { TenantDb } from '../../../platform/tenant-db.ts'

const COPIED = ['customer_ext_id', 'product_name', 'country', 'region', 'city']

/** The sale of such an order has the order's own id; `<order>/refunded` is the charge's word on its refunds. */
export function settleRefunds(db: TenantDb, sourceId: string, orderExtIds: string[]): D1PreparedStatement[] {
  if (orderExtIds.length === 0) return []
  const ids = JSON.stringify(orderExtIds)
  return [db.statement(TAKE_OVER_FROM_SALE, ids, sourceId), db.statement(LEAVE_THE_REST, ids, sourceId)]
}

const TAKE_OVER_FROM_SALE = `
  UPDATE sale_events SET ${COPIED.map((name) => `${name} = sale.${name}`).join(', ')}
  FROM sale_events sale
  WHERE sale_events.tenant_id = ?1 AND sale_events.source_id = ?3 AND sale_events.kind = 'refund'
    AND sale_events.order_ext_id IN (SELECT value FROM json_each(?2))
    AND sale.tenant_id = ?1 AND sale.source_id = ?3 AND sale.ext_id = sale_events.order_ext_id AND sale.kind = 'sale'
    AND (${COPIED.map((name) => `sale_events.${name}`).join(', ')}) IS NOT (${COPIED.map((name) => `sale.${name}`).join(', ')})`

/** Of what the charge says was refunded, the part that no refund object explains. */
const LEAVE_THE_REST = `
  UPDATE sale_events SET net = rest.net
  FROM (
    SELECT whole.ext_id, min(0, whole.gross - coalesce(sum(known.net), 0)) AS net
    FROM sale_events whole LEFT JOIN sale_events known ON known.tenant_id = ?1 AND known.source_id = ?3
      AND known.order_ext_id = whole.order_ext_id AND known.ext_id <> whole.ext_id
      AND known.kind = 'refund' AND known.line_type = 'product' AND known.counted = 1 AND known.deleted_at IS NULL
    WHERE whole.tenant_id = ?1 AND whole.source_id = ?3
      AND whole.ext_id IN (SELECT value || '/refunded' FROM json_each(?2))
    GROUP BY whole.ext_id
  ) rest
  WHERE sale_events.tenant_id = ?1 AND sale_events.source_id = ?3 AND sale_events.ext_id = rest.ext_id
    AND sale_events.net <> rest.net`
