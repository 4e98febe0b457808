/**
 * What an order no longer has. A source that tells an order whole (`completeAt`) says by leaving them out which of its
 * lines, ledger entries and payments are gone; an order that is gone takes all of its own with it.
 */
import { isoInstant } from '../../../platform/clock.ts'
import type { TenantDb } from '../../../platform/tenant-db.ts'
import type { FactBatch, OrderFact } from '../domain/facts.ts'
import { packed } from './landing.ts'

/** Where an order's parts lie, and the index that finds them by their order. */
const PARTS = [
  { kind: 'lines', table: 'order_lines', index: 'order_lines_order' },
  { kind: 'events', table: 'sale_events', index: 'sale_events_order' },
  { kind: 'payments', table: 'payments', index: 'payments_order' },
] as const

/** Goes after the facts of the batch, in the transaction of the last of them. The same again writes nothing. */
export function removeMissingParts(db: TenantDb, sourceId: string, batch: FactBatch): D1PreparedStatement[] {
  const orders = wholeOrders(batch)
  if (orders.length === 0) return []
  return PARTS.flatMap(({ kind, table, index }) => {
    const own = new Map<string, string[]>()
    for (const { extId, orderExtId } of batch[kind] ?? [])
      if (orderExtId) own.set(orderExtId, [...(own.get(orderExtId) ?? []), extId])
    const rows = orders.map(({ extId, srcUpdatedAt, completeAt }) =>
      JSON.stringify([extId, srcUpdatedAt, completeAt, isoInstant(completeAt), own.get(extId) ?? []]),
    )
    return packed(rows).map((pack) => db.statement(removal(table, index), pack.rows, sourceId))
  })
}

type WholeOrder = OrderFact & { completeAt: number }

/** Each once: of an order that the batch has twice, the later word. */
function wholeOrders(batch: FactBatch): WholeOrder[] {
  const orders = new Map<string, WholeOrder>()
  for (const order of batch.orders ?? []) {
    const known = orders.get(order.extId)
    if (isWhole(order) && (!known || known.srcUpdatedAt <= order.srcUpdatedAt)) orders.set(order.extId, order)
  }
  return [...orders.values()]
}

const isWhole = (order: OrderFact): order is WholeOrder => order.completeAt !== undefined

/**
 * Only where this version of the order is the one that stands: an older one says nothing about what came after it. A part
 * may go without a new version of its order, so it is removed by a version that lies just above its own: what told of it
 * cannot bring it back, and what is told of it later can.
 */
const removal = (table: string, index: string): string => `
  UPDATE ${table} INDEXED BY ${index}
  SET deleted_at = whole.at, src_updated_at = max(${table}.src_updated_at + 1, whole.version), hash = 'gone'
  FROM (
    SELECT value ->> 0 AS ext_id, value ->> 1 AS version, value ->> 2 AS told, value ->> 3 AS at, value -> 4 AS own
    FROM json_each(?2)
  ) AS whole CROSS JOIN orders AS o
  WHERE o.tenant_id = ?1 AND o.source_id = ?3 AND o.ext_id = whole.ext_id AND o.src_updated_at <= whole.version
    AND ${table}.tenant_id = ?1 AND ${table}.source_id = ?3 AND ${table}.order_ext_id = whole.ext_id
    AND ${table}.deleted_at IS NULL AND ${table}.src_updated_at <= max(whole.version, whole.told)
    AND ${table}.ext_id NOT IN (SELECT value FROM json_each(whole.own))`
