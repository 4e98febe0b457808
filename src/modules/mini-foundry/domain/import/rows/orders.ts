/** A row of an order file: one line of an order, as a line, a ledger event, its customer and its product. */
import type { FactBatch, OrderLineFact, OrderStatus, SaleEventFact } from '../../facts.ts'
import { happenedAt } from '../dates.ts'
import { type LineAmounts, lineAmounts } from './amounts.ts'
import {
  CellProblem,
  dayOf,
  MAX_ID,
  type NoteKey,
  problemIn,
  type Row,
  type RowContext,
  type RowFacts,
  readCurrency,
  readDate,
  readEmail,
  readNumber,
  readText,
} from './row.ts'

/** Fields of the order as a whole: exports that write them on an order's first line only mean them for all. */
export const ORDER_LEVEL_FIELDS = [
  'date',
  'customer_id',
  'customer_name',
  'customer_email',
  'currency',
  'country',
  'region',
  'city',
  'channel',
  'status',
]

/** The order a row belongs to. Without an order number in the file each row is an order of its own. */
export function orderIdOf(row: Row, hasOrderIds: boolean): string | CellProblem {
  if (!hasOrderIds) return `row-${row.hash.slice(0, 16)}`
  const id = row.get('order_id')
  if (id !== '') return id.slice(0, MAX_ID)
  return new CellProblem(
    'order_id',
    '',
    'This row has no order number, as totals under a list do. If it is a sale, give it a number and import it again.',
  )
}

/** `lineId` tells the lines of an order apart; `position` is the running number of the row within its order. */
export function readOrderRow(
  row: Row,
  order: { id: string; lineId: string; position: number },
  context: RowContext,
): RowFacts | CellProblem {
  const date = readDate(row, 'date', context)
  const currency = readCurrency(row, context)
  const cells = {
    quantity: readNumber(row, 'quantity', context),
    unitPrice: readNumber(row, 'unit_price', context),
    discount: readNumber(row, 'discount', context),
    lineTotal: readNumber(row, 'line_total', context),
    tax: readNumber(row, 'tax', context),
    cost: readNumber(row, 'cost', context),
    profit: readNumber(row, 'profit', context),
  }
  const { quantity, unitPrice, discount, lineTotal, tax, cost, profit } = cells
  const problem = problemIn(date, currency, quantity, unitPrice, discount, lineTotal, tax, cost, profit)
  if (problem) return problem
  if (date === null)
    return new CellProblem('date', '', 'This row has no date. Add it and import the row again.')
  const amounts = lineAmounts(cells as Parameters<typeof lineAmounts>[0], context)
  if (!amounts) {
    return new CellProblem(
      'line_total',
      '',
      'This row has neither a total nor a price. Add one and import the row again.',
    )
  }
  const status = orderStatus(row.get('status'))
  const base = baseEvent(row, order, context, amounts, currency as string)
  const day = dayOf(date as Exclude<typeof date, CellProblem>, context)
  const event: SaleEventFact = {
    ...base,
    happenedAt: happenedAt(date as Exclude<typeof date, CellProblem>),
    businessDay: day,
    orderDay: day,
    counted: status.status !== 'cancelled',
    orderStatus: status.status,
  }
  const refund = status.status === 'refunded' && !amounts.isRefund ? [refundOf(event)] : []
  return {
    facts: {
      lines: [lineOf(event, row, order, amounts)],
      events: [event, ...refund],
      ifAbsent: { ...customersOf(row, event), ...productsOf(event, row, amounts) },
    },
    notes: notesOf(amounts, status, event),
  }
}

function baseEvent(
  row: Row,
  order: { id: string; lineId: string },
  context: RowContext,
  amounts: LineAmounts,
  currency: string,
) {
  const name = readText(row, 'product_name')
  return {
    extId: `${order.id}#${order.lineId}`,
    srcUpdatedAt: context.srcUpdatedAt,
    kind: amounts.isRefund ? ('refund' as const) : ('sale' as const),
    lineType: 'product' as const,
    orderExtId: order.id,
    customerExtId:
      readText(row, 'customer_id', MAX_ID) ??
      readEmail(row, 'customer_email') ??
      readText(row, 'customer_name', MAX_ID),
    productExtId: readText(row, 'sku', MAX_ID) ?? name?.slice(0, MAX_ID) ?? null,
    productName: name ?? readText(row, 'sku'),
    category: readText(row, 'category'),
    channel: readText(row, 'channel'),
    country: readText(row, 'country'),
    region: readText(row, 'region'),
    city: readText(row, 'city'),
    currency,
    quantity: amounts.quantity,
    gross: amounts.gross,
    discount: amounts.discount,
    net: amounts.net,
    tax: amounts.tax,
    cost: amounts.cost,
  }
}

/** The money given back, for orders that the file only calls refunded: it does not say on which day. */
const refundOf = (sale: SaleEventFact): SaleEventFact => ({
  ...sale,
  extId: `${sale.extId}:refund`,
  kind: 'refund',
  quantity: -sale.quantity,
  gross: -sale.gross,
  discount: -sale.discount || 0,
  net: -sale.net,
  tax: -sale.tax || 0,
  cost: sale.cost == null ? null : -sale.cost || 0,
})

function lineOf(
  event: SaleEventFact,
  row: Row,
  order: { id: string; position: number },
  amounts: LineAmounts,
): OrderLineFact {
  return {
    extId: event.extId,
    srcUpdatedAt: event.srcUpdatedAt,
    orderExtId: order.id,
    position: order.position,
    productExtId: event.productExtId,
    title: event.productName ?? 'Line without a product',
    sku: readText(row, 'sku', MAX_ID),
    quantity: amounts.quantity,
    unitPrice: amounts.unitPrice,
    discount: amounts.discount,
    total: amounts.net,
    cost: amounts.cost,
    currency: event.currency,
  }
}

function customersOf(row: Row, event: SaleEventFact): FactBatch['ifAbsent'] {
  if (!event.customerExtId) return {}
  const { country, region, city } = event
  const name = readText(row, 'customer_name')
  const email = readEmail(row, 'customer_email')
  return { customers: [{ extId: event.customerExtId, srcUpdatedAt: 0, name, email, country, region, city }] }
}

function productsOf(event: SaleEventFact, row: Row, amounts: LineAmounts): FactBatch['ifAbsent'] {
  if (!event.productExtId || !event.productName) return {}
  return {
    products: [
      {
        extId: event.productExtId,
        srcUpdatedAt: 0,
        sku: readText(row, 'sku', MAX_ID),
        name: event.productName,
        category: event.category,
        unitPrice: amounts.unitPrice,
        currency: event.currency,
      },
    ],
  }
}

interface ReadStatus {
  status: OrderStatus | null
  note?: NoteKey
}

const STATUSES: [RegExp, OrderStatus, NoteKey?][] = [
  [/part.*refund|teil.*erstatt/, 'paid', 'partly-refunded'],
  [
    /refund|return|reembols|rembours|rimbors|erstattet|terugbetaald|zwrocon|chargeback/,
    'refunded',
    'refunded-orders',
  ],
  [
    /cancel|void|fail|declin|reject|expired|unavailable|abandon|storn|annul|anul|geannuleerd|trash/,
    'cancelled',
    'cancelled-orders',
  ],
  [
    /deliver|ship|fulfil|complet|dispatch|closed|geliefert|versandt|livre|expedie|enviado|entregado|spedito|verzonden|wyslan|zrealizowan|abgeschlossen|done|finished|resolved/,
    'fulfilled',
  ],
  [
    /paid|captur|succe|settled|bezahlt|paye|pagado|pagato|betaald|oplacon|processing|process|approved|invoiced|active/,
    'paid',
  ],
  [/pending|open|unpaid|hold|await|created|new|draft|authori|offen|dispute|partial|process/, 'open'],
]

function orderStatus(text: string): ReadStatus {
  if (text === '') return { status: null }
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').replace(/ł/gi, 'l').toLowerCase()
  if (/unpaid|unfulfil|undeliver/.test(plain)) return { status: 'open' }
  const found = STATUSES.find(([pattern]) => pattern.test(plain))
  return found ? { status: found[1], note: found[2] } : { status: null, note: 'status-unknown' }
}

function notesOf(amounts: LineAmounts, { note }: ReadStatus, event: SaleEventFact): NoteKey[] {
  const notes: NoteKey[] = note ? [note] : []
  if (amounts.computedTotal) notes.push('line-total-computed')
  if (amounts.assumedQuantity) notes.push('quantity-assumed')
  if (amounts.costFromProfit) notes.push('cost-from-profit')
  if (amounts.taxTakenOut) notes.push('tax-taken-out')
  if (amounts.isRefund) notes.push('refund-rows')
  if (!event.customerExtId) notes.push('customer-missing')
  return notes
}
