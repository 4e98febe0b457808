/** What the shop tells only beside a record: refunds of an order, variations of a product. */
import { ok, type Result } from '../../platform/result.ts'
import type { ReadContext } from '../../platform/source-reader.ts'
import type { WooCalls } from './calls.ts'
import { listAll } from './list.ts'
import { UNCOUNTED } from './normalise-order.ts'
import type { WooRecord } from './page.ts'

const REFUND_FIELDS = 'id,date_created_gmt,amount,line_items,shipping_lines,fee_lines'
const VARIATION_FIELDS = [
  ...['id', 'name', 'sku', 'price', 'date_created_gmt', 'date_modified_gmt', 'manage_stock'],
  ...['stock_quantity', 'attributes', 'cost_of_goods_sold'],
].join(',')

/** An order lists its refunds by number; a shop that leaves the list out is asked for each order that counts. */
export function hasParts(stream: string, record: WooRecord): boolean {
  if (stream === 'products') return Array.isArray(record.variations) && record.variations.length > 0
  if (stream !== 'orders') return false
  return Array.isArray(record.refunds) ? record.refunds.length > 0 : !UNCOUNTED.has(String(record.status))
}

/** The record with its parts: an order holds its refunds, a product is followed by its variations. */
export async function withParts(
  calls: WooCalls,
  stream: string,
  record: WooRecord,
  context: ReadContext,
): Promise<Result<WooRecord[]>> {
  if (!hasParts(stream, record)) return ok([record])
  if (stream === 'orders') {
    const list = { path: `orders/${record.id}/refunds`, fields: REFUND_FIELDS }
    const refunds = await listAll(calls, list, context)
    return refunds.ok ? ok([{ ...record, refund_records: refunds.value }]) : refunds
  }
  const list = { path: `products/${record.id}/variations`, fields: VARIATION_FIELDS }
  const variations = await listAll(calls, list, context)
  if (!variations.ok) return variations
  const [first] = Array.isArray(record.categories) ? record.categories : []
  const parent = {
    id: record.id,
    name: record.name ?? null,
    category: (first as { name?: string } | undefined)?.name ?? null,
    modified: record.date_modified_gmt ?? null,
  }
  return ok([record, ...variations.value.map((variation) => ({ ...variation, parent }))])
}
