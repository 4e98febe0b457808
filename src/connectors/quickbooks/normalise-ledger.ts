/** Lines of a sale of the books as entries of the ledger, each in a numbered slot, so that an edit replaces them. */
import type { OrderStatus, SaleEventFact } from '../../modules/mini-foundry/domain/facts.ts'
import { isoInstant } from '../../platform/clock.ts'
import { unitsOf } from './exact.ts'
import { booked, isVoid, noonOf, type Reading, SLOTS, versionOf } from './normalise-common.ts'
import type { QbLine, QbSale } from './objects.ts'

interface Sold {
  orderExtId: string
  kind: 'sale' | 'refund'
  orderStatus: OrderStatus | null
}

type Amounts = Pick<SaleEventFact, 'quantity' | 'gross' | 'discount' | 'net'>
type Slot = Amounts & Pick<SaleEventFact, 'lineType' | 'productExtId' | 'productName'>

/** Items that QuickBooks keeps for itself. */
const OWN_ITEMS = /^(SHIPPING|GRATUITY)_ITEM_ID$/

/** The entries of a record; slots that it no longer fills are taken back when it may have been here before. */
export function ledgerOf(sale: QbSale, reading: Reading, sold: Sold): SaleEventFact[] {
  const money = booked(sale, reading)
  const slots = packed(sale.Line.flatMap((line) => slotsOf(line, money.of)))
  const tax = money.of(sale.TxnTaxDetail?.TotalTax ?? '0')
  const base = entryOf(sold, { currency: money.currency, day: sale.TxnDate, version: versionOf(sale) })
  const sign = sold.kind === 'refund' ? -1 : 1
  // tax alone has to lie somewhere
  if (slots.length === 0 && tax !== 0) slots.push({ ...NOTHING, lineType: 'other' })
  const entries = slots.map(
    (slot, n): SaleEventFact => ({
      ...base,
      ...slot,
      extId: slotId(sold.orderExtId, n),
      customerExtId: sale.CustomerRef?.value ?? null,
      country: sale.BillAddr?.Country ?? null,
      region: sale.BillAddr?.CountrySubDivisionCode ?? null,
      city: sale.BillAddr?.City ?? null,
      quantity: signed(sign, slot.quantity),
      gross: signed(sign, slot.gross),
      discount: signed(sign, slot.discount),
      net: signed(sign, slot.net),
      tax: n === 0 ? signed(sign, tax) : 0,
      counted: !isVoid(sale),
    }),
  )
  return reading.page.again && sale.SyncToken !== '0'
    ? [...entries, ...emptySlots(base, sold.orderExtId, entries.length, isoInstant(base.srcUpdatedAt))]
    : entries
}

/** Entries of a record that was deleted: all slots that it may have filled. */
export function ledgerGone(
  orderExtId: string,
  kind: Sold['kind'],
  known: { currency: string; day: string; version: number },
): SaleEventFact[] {
  const base = entryOf({ orderExtId, kind, orderStatus: null }, known)
  return emptySlots(base, orderExtId, 0, isoInstant(known.version))
}

const NOTHING = { quantity: 0, gross: 0, discount: 0, net: 0, productExtId: null, productName: null }

function entryOf(
  { kind, orderExtId, orderStatus }: Sold,
  { currency, day, version }: { currency: string; day: string; version: number },
) {
  return {
    ...NOTHING,
    srcUpdatedAt: version,
    kind,
    lineType: 'product' as const,
    happenedAt: noonOf(day),
    businessDay: day,
    orderDay: day,
    orderExtId,
    channel: 'QuickBooks',
    currency,
    tax: 0,
    counted: true,
    orderStatus,
  }
}

const emptySlots = (
  base: ReturnType<typeof entryOf>,
  orderExtId: string,
  from: number,
  deletedAt: string,
): SaleEventFact[] =>
  Array.from({ length: Math.max(0, SLOTS - from) }, (_, n) => ({
    ...base,
    extId: slotId(orderExtId, from + n),
    deletedAt,
  }))

const slotId = (orderExtId: string, n: number): string => `${orderExtId}/${n}`

/** No minus zero: it would be another content. */
const signed = (sign: number, units: number): number => (units === 0 ? 0 : sign * units)

function slotsOf(
  line: Omit<QbLine, 'GroupLineDetail'> & Partial<QbLine>,
  of: (text: string) => number,
): Slot[] {
  if (line.GroupLineDetail) return line.GroupLineDetail.Line.flatMap((inner) => slotsOf(inner, of))
  const amount = of(line.Amount)
  if (line.DetailType === 'DiscountLineDetail')
    return [{ ...NOTHING, lineType: 'product', discount: amount, net: signed(-1, amount) }]
  const detail = line.SalesItemLineDetail
  // subtotals repeat what is above them, descriptions say something and sell nothing
  if (line.DetailType !== 'SalesItemLineDetail') return []
  const item = detail?.ItemRef
  const own = item ? OWN_ITEMS.test(item.value) : false
  const quantity = detail?.Qty ? unitsOf(detail.Qty) : 10_000
  return [
    {
      ...NOTHING,
      // income of the books all the same
      lineType: own ? 'other' : 'product',
      productExtId: own ? null : (item?.value ?? null),
      productName: own ? null : (item?.name ?? line.Description ?? null),
      quantity: own ? 0 : quantity,
      gross: amount,
      net: amount,
    },
  ]
}

/** What comes after the last slot but one shares the last. */
function packed(slots: Slot[]): Slot[] {
  if (slots.length <= SLOTS) return slots
  const rest = slots.slice(SLOTS - 1)
  const sum = (of: keyof Amounts) => rest.reduce((all, slot) => all + slot[of], 0)
  const last: Slot = {
    ...NOTHING,
    lineType: 'product',
    productName: 'Other lines',
    quantity: sum('quantity'),
    gross: sum('gross'),
    discount: sum('discount'),
    net: sum('net'),
  }
  return [...slots.slice(0, SLOTS - 1), last]
}
