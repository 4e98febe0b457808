/**
 * An order's ledger: each sale, edit, return and refund on the day it happened, without tax, in the currency of the shop.
 * Shopify's agreements are the truth; an order without any is told by its lines.
 */
import { businessDay } from '../../kit/calendar/business-day.ts'
import type { LineType, SaleEventFact, SaleEventKind } from '../../modules/mini-foundry/domain/facts.ts'
import { isoInstant } from '../../platform/clock.ts'
import { parseUnits } from '../../platform/money.ts'
import { type Agreement, type LineItem, type Order, type Sale, tailOf } from './objects.ts'

/** Duties pass through to the state; gift cards are sold again when they are spent. */
const LINE_TYPES: Record<string, LineType> = {
  PRODUCT: 'product',
  SHIPPING: 'shipping',
  TIP: 'tip',
  GIFT_CARD: 'gift_card',
  DUTY: 'duty',
  FEE: 'fee',
  ADDITIONAL_FEE: 'fee',
}

/** Throws a RangeError on an amount that is no number: the record is set aside. */
export function unitsOf(money: { amount: string }): number {
  const units = parseUnits(money.amount)
  if (units === null) throw new RangeError(`"${money.amount}" is no amount.`)
  return units
}

export interface Placed {
  country: string | null
  region: string | null
  city: string | null
  channel: string | null
  customerExtId: string | null
}

export function ledgerOf(order: Order, placed: Placed, timeZone: string): SaleEventFact[] {
  const orderDay = businessDay(Date.parse(order.processedAt), timeZone)
  const shared = {
    srcUpdatedAt: Date.parse(order.updatedAt),
    orderDay,
    orderExtId: tailOf(order.id),
    currency: order.currencyCode,
    // what is cancelled is taken back by its own entries; test orders never were
    counted: !order.test,
    ...placed,
  }
  const items = new Map(order.lineItems.map((item) => [item.id, item]))
  const told = order.agreements.flatMap((agreement) =>
    agreement.sales.map((sale) => ({
      ...shared,
      ...dayOf(agreement, order, orderDay, timeZone),
      ...entryOf(agreement, sale, items),
    })),
  )
  return told.length > 0
    ? told
    : order.lineItems.map((item) => ({ ...shared, ...lineEntry(item, order, orderDay) }))
}

/** The order itself counts on its own day, also when it was brought in later. */
function dayOf(agreement: Agreement, order: Order, orderDay: string, timeZone: string) {
  if (agreement.reason === 'ORDER') return { businessDay: orderDay, happenedAt: instantOf(order.processedAt) }
  const happened = Date.parse(agreement.happenedAt)
  return { businessDay: businessDay(happened, timeZone), happenedAt: isoInstant(happened) }
}

const instantOf = (text: string): string => isoInstant(Date.parse(text))

function entryOf(agreement: Agreement, sale: Sale, items: ReadonlyMap<string, LineItem>) {
  const item = sale.lineItem ? items.get(sale.lineItem.id) : undefined
  const net = unitsOf(sale.totalAmount.shopMoney) - unitsOf(sale.totalTaxAmount.shopMoney)
  const discount = unitsOf(sale.totalDiscountAmountBeforeTaxes.shopMoney)
  const quantity = (sale.quantity ?? 0) * 10_000
  const isGiftCard = item?.isGiftCard === true
  return {
    extId: tailOf(sale.id),
    kind: kindOf(agreement.reason, sale.actionType),
    lineType: isGiftCard ? ('gift_card' as const) : (LINE_TYPES[sale.lineType] ?? 'other'),
    ...productOf(item),
    quantity,
    gross: net + discount,
    discount,
    net,
    tax: unitsOf(sale.totalTaxAmount.shopMoney),
    cost: costOf(item, sale.quantity ?? 0),
  }
}

function kindOf(reason: string, action: string): SaleEventKind {
  if (reason === 'ORDER_EDIT') return 'edit'
  if (reason === 'REFUND' || reason === 'RETURN' || action === 'RETURN') return 'refund'
  return action === 'UPDATE' ? 'edit' : 'sale'
}

const productOf = (item: LineItem | undefined) => ({
  productExtId: item?.variant ? tailOf(item.variant.id) : null,
  productName: item?.title ?? null,
  category: item?.product?.productType || null,
})

function costOf(item: LineItem | undefined, quantity: number): number | null {
  const unit = item?.variant?.inventoryItem?.unitCost
  return unit ? unitsOf(unit) * quantity : null
}

/** An order of before the ledger, or one that Shopify does not itemise: its lines as they were sold. */
function lineEntry(item: LineItem, order: Order, orderDay: string) {
  const total = unitsOf(item.discountedTotalSet.shopMoney)
  const gross = unitsOf(item.originalTotalSet.shopMoney)
  const tax = order.taxesIncluded ? taxShare(total, order) : 0
  return {
    extId: `line-${tailOf(item.id)}`,
    kind: 'sale' as const,
    lineType: item.isGiftCard ? ('gift_card' as const) : ('product' as const),
    businessDay: orderDay,
    happenedAt: instantOf(order.processedAt),
    ...productOf(item),
    quantity: item.quantity * 10_000,
    gross: gross - tax,
    discount: gross - total,
    net: total - tax,
    tax,
    cost: costOf(item, item.quantity),
  }
}

/** The order's tax, spread over its lines by what they cost. */
function taxShare(total: number, order: Order): number {
  const tax = order.totalTaxSet ? unitsOf(order.totalTaxSet.shopMoney) : 0
  const all = order.lineItems.reduce((sum, item) => sum + unitsOf(item.discountedTotalSet.shopMoney), 0)
  return all === 0 ? 0 : Math.round((tax * total) / all)
}
