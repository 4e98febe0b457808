/**
 * An order's ledger: what was sold on the order's day, and each refund on its own day, without tax. WooCommerce writes a
 * refund's lines below zero; a refund of a mere amount has none, and one may give back more than its lines say.
 */
import { businessDay } from '../../kit/calendar/business-day.ts'
import type { LineType, SaleEventFact } from '../../modules/mini-foundry/domain/facts.ts'
import { isoInstant } from '../../platform/clock.ts'
import type { Extra, Goods, Order, Refund } from './objects.ts'

/** What every entry of an order has. */
export type Shared = Pick<
  SaleEventFact,
  | 'srcUpdatedAt'
  | 'deletedAt'
  | 'orderDay'
  | 'orderExtId'
  | 'customerExtId'
  | 'currency'
  | 'counted'
  | 'country'
  | 'region'
  | 'city'
  | 'channel'
>

export function salesOf(order: Order, orderedAt: number, shared: Shared): SaleEventFact[] {
  const sale = {
    ...shared,
    kind: 'sale' as const,
    happenedAt: isoInstant(orderedAt),
    businessDay: shared.orderDay,
  }
  return [
    ...order.line_items.map((item) => ({ ...sale, ...goodsEntry(item) })),
    ...order.fee_lines.map((line) => ({ ...sale, ...extraEntry(line, 'fee') })),
    ...order.shipping_lines.map((line) => ({ ...sale, ...extraEntry(line, 'shipping') })),
  ]
}

export function refundsOf(refund: Refund, shared: Shared, timeZone: string): SaleEventFact[] {
  const back = {
    ...shared,
    kind: 'refund' as const,
    happenedAt: isoInstant(refund.date_created_gmt),
    businessDay: businessDay(refund.date_created_gmt, timeZone),
  }
  const lines = [
    ...refund.line_items.map((item) => ({ ...back, ...goodsEntry(item) })),
    ...refund.fee_lines.map((line) => ({ ...back, ...extraEntry(line, 'fee') })),
    ...refund.shipping_lines.map((line) => ({ ...back, ...extraEntry(line, 'shipping') })),
  ]
  const told = lines.reduce((sum, { net, tax }) => sum + net + tax, 0)
  // the refund's own amount is above zero, its lines below
  const rest = -Math.abs(refund.amount) - told
  if (rest === 0) return lines
  const amount = { quantity: 0, gross: rest, discount: 0, net: rest, tax: 0 }
  return [...lines, { ...back, extId: `refund-${refund.id}`, lineType: 'other', ...amount }]
}

/** Lines of orders and of refunds have numbers of one series. */
function goodsEntry(item: Goods) {
  return {
    extId: String(item.id),
    lineType: 'product' as const,
    productExtId: productOf(item),
    productName: item.name,
    quantity: item.quantity,
    gross: item.subtotal,
    discount: item.subtotal - item.total,
    net: item.total,
    tax: item.total_tax,
  }
}

/** A fee below zero is a discount that a plugin gave. */
const extraEntry = (line: Extra, lineType: LineType) => ({
  extId: String(line.id),
  lineType,
  quantity: 0,
  gross: line.total,
  discount: 0,
  net: line.total,
  tax: line.total_tax,
})

/** A variation is sold as such; what was deleted since has the number 0. */
export function productOf({ variation_id, product_id }: Goods): string | null {
  const id = variation_id || product_id
  return id ? String(id) : null
}
