/** The money of one order line: what is missing is derived from the rest (CONTRACT "Imports"). All in 1/10,000. */
import { divideRound, multiplyUnits } from '../../../../../platform/money.ts'
import type { ParsedNumber } from '../numbers.ts'

export interface LineCells {
  quantity: ParsedNumber | null
  unitPrice: ParsedNumber | null
  discount: ParsedNumber | null
  lineTotal: ParsedNumber | null
  tax: ParsedNumber | null
  cost: ParsedNumber | null
  profit: ParsedNumber | null
}

export interface LineAmounts {
  /** A return, cancellation or credit: every amount below is then negative or zero. */
  isRefund: boolean
  quantity: number
  unitPrice: number | null
  gross: number
  discount: number
  net: number
  tax: number
  cost: number | null
  computedTotal: boolean
  assumedQuantity: boolean
  costFromProfit: boolean
  taxTakenOut: boolean
}

const ONE = 10_000
/** Within what a total still counts as the sum of its parts: a cent, and a tenth of a percent for rounded parts. */
const near = (a: number, b: number): boolean => Math.abs(a - b) <= 100 + Math.abs(b) / 1000

/** Null when there is neither a line total nor a unit price. */
export function lineAmounts(
  cells: LineCells,
  rules: { discountInPercent: boolean; costPerPiece: boolean },
): LineAmounts | null {
  if (!cells.lineTotal && !cells.unitPrice) return null
  const quantity = cells.quantity?.units ?? ONE
  const listed = cells.unitPrice ? multiplyUnits(Math.abs(quantity), Math.abs(cells.unitPrice.units)) : null
  const discount = discountOf(cells.discount, rules.discountInPercent)
  const tax = Math.abs(cells.tax?.units ?? 0)
  let net = cells.lineTotal ? Math.abs(cells.lineTotal.units) : afterDiscount(listed ?? 0, discount)
  const taxTakenOut = cells.lineTotal !== null && tax > 0 && holdsTax(net, tax, listed, discount)
  if (taxTakenOut) net -= tax
  const gross = listed ?? beforeDiscount(net, discount)
  const negative =
    quantity < 0 ||
    (cells.lineTotal?.units ?? 0) < 0 ||
    (!cells.lineTotal && (cells.unitPrice?.units ?? 0) < 0)
  const signed = (amount: number) => (negative && amount !== 0 ? -amount : amount)
  const cost = costOf(cells, net, Math.abs(quantity), rules.costPerPiece)
  return {
    isRefund: negative,
    quantity: signed(Math.abs(quantity)),
    unitPrice: cells.unitPrice?.units ?? null,
    gross: signed(gross),
    discount: signed(gross - net),
    net: signed(net),
    tax: signed(tax),
    cost: cost === null ? null : signed(cost),
    computedTotal: cells.lineTotal === null,
    assumedQuantity: cells.quantity === null,
    costFromProfit: cells.cost === null && cells.profit !== null,
    taxTakenOut,
  }
}

/** A share (of 10,000) or an amount. "A value from 0 to 1 is a fraction, else an amount"; 20% is a share as well. */
type Discount = { share: number } | { amount: number } | null

function discountOf(cell: ParsedNumber | null, inPercent: boolean): Discount {
  if (!cell || cell.units === 0) return null
  const size = Math.abs(cell.units)
  if (cell.percent || inPercent) return { share: Math.min(ONE, Math.round(size / 100)) }
  return size <= ONE ? { share: size } : { amount: size }
}

function afterDiscount(listed: number, discount: Discount): number {
  if (!discount) return listed
  if ('amount' in discount) return Math.max(0, listed - discount.amount)
  return multiplyUnits(listed, ONE - discount.share)
}

/** List value from what was paid. At 100 % off nothing can be told of it. */
function beforeDiscount(net: number, discount: Discount): number {
  if (!discount) return net
  if ('amount' in discount) return net + discount.amount
  const left = ONE - discount.share
  return left <= 0 ? net : divideRound(BigInt(net) * BigInt(ONE), BigInt(left))
}

/** True when the line total is price and tax together: then the tax is taken out, revenue being before tax. */
function holdsTax(total: number, tax: number, listed: number | null, discount: Discount): boolean {
  if (listed === null) return false
  const expected = afterDiscount(listed, discount)
  return near(total, expected + tax) && !near(total, expected)
}

function costOf(cells: LineCells, net: number, quantity: number, perPiece: boolean): number | null {
  if (cells.cost) {
    const cost = Math.abs(cells.cost.units)
    return perPiece ? multiplyUnits(cost, quantity) : cost
  }
  if (!cells.profit) return null
  const refund = (cells.quantity?.units ?? 0) < 0 || (cells.lineTotal?.units ?? 0) < 0
  return net - (refund ? -cells.profit.units : cells.profit.units)
}
