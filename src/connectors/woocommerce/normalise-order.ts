/** One order of WooCommerce as facts: header, lines, ledger, payments, and the customer it names in passing. */
import { businessDay } from '../../kit/calendar/business-day.ts'
import type { FactBatch, OrderStatus, PaymentFact } from '../../modules/mini-foundry/domain/facts.ts'
import { isoInstant } from '../../platform/clock.ts'
import { divideRound } from '../../platform/money.ts'
import { productOf, refundsOf, type Shared, salesOf } from './normalise-ledger.ts'
import type { Address, Order, Refund } from './objects.ts'

/** Begun and not placed: nobody has ordered anything yet. */
const DRAFTS = new Set(['checkout-draft', 'auto-draft', 'draft', 'new'])
/** WooCommerce's own reports leave these out as well. Statuses that plugins add do count. */
export const UNCOUNTED = new Set(['pending', 'failed', 'cancelled', 'trash', ...DRAFTS])

const STATUS: Readonly<Record<string, OrderStatus>> = {
  pending: 'open',
  'on-hold': 'open',
  processing: 'paid',
  completed: 'fulfilled',
  refunded: 'refunded',
  cancelled: 'cancelled',
  failed: 'cancelled',
  trash: 'cancelled',
}

export function orderFacts(order: Order, timeZone: string, readAt: number): FactBatch {
  if (DRAFTS.has(order.status)) return {}
  const orderedAt = order.date_created_gmt
  if (orderedAt === null) throw new RangeError('The order has no date.')
  const shared = sharedOf(order, orderedAt, timeZone, readAt)
  const sold = salesOf(order, orderedAt, shared)
  const goods = sold.filter(({ lineType }) => lineType !== 'shipping')
  const dayOf = (at: number | null) => (at === null ? null : businessDay(at, timeZone))
  const { orderDay, orderExtId, counted: _counted, ...head } = shared
  return {
    orders: [
      {
        ...head,
        extId: orderExtId,
        number: order.number ? `#${order.number}` : null,
        orderedAt: isoInstant(orderedAt),
        businessDay: orderDay,
        status: STATUS[order.status] ?? (order.date_paid_gmt === null ? 'open' : 'paid'),
        net: sum(goods.map(({ net }) => net)),
        tax: sum(sold.map(({ tax }) => tax)),
        shipping: sum(sold.filter(({ lineType }) => lineType === 'shipping').map(({ net }) => net)),
        lines: order.line_items.length,
        fulfilledDay: dayOf(order.date_completed_gmt),
        cancelledDay: order.status === 'cancelled' ? dayOf(order.date_modified_gmt) : null,
        completeAt: readAt,
      },
    ],
    lines: order.line_items.map((item, position) => ({
      extId: String(item.id),
      srcUpdatedAt: head.srcUpdatedAt,
      deletedAt: head.deletedAt,
      orderExtId,
      position: position + 1,
      productExtId: productOf(item),
      title: item.name ?? '',
      sku: item.sku,
      quantity: item.quantity,
      unitPrice:
        item.quantity === 0 ? null : divideRound(BigInt(item.subtotal) * 10_000n, BigInt(item.quantity)),
      discount: item.subtotal - item.total,
      total: item.total,
      currency: order.currency,
    })),
    events: [
      ...sold,
      ...order.refund_records.flatMap((refund) => refundsOf(refund, sinceOf(refund, shared), timeZone)),
    ],
    payments: paymentsOf(order, shared, timeZone),
    ifAbsent: { customers: passing(order, shared) },
  }
}

/** A refund need not change the date of its order, and is no older than it was made. */
const sinceOf = ({ date_created_gmt }: Refund, shared: Shared): Shared => ({
  ...shared,
  srcUpdatedAt: Math.max(shared.srcUpdatedAt, date_created_gmt + (shared.deletedAt ? 1 : 0)),
})

function sharedOf(order: Order, orderedAt: number, timeZone: string, readAt: number): Shared {
  const isTrash = order.status === 'trash'
  // throwing an order away need not change its date: it is newer than what was thrown away, and older than its return
  const version = (order.date_modified_gmt ?? orderedAt) + (isTrash ? 1 : 0)
  const place = order.shipping?.country ? order.shipping : order.billing
  return {
    srcUpdatedAt: version,
    deletedAt: isTrash ? isoInstant(readAt) : null,
    orderDay: businessDay(orderedAt, timeZone),
    orderExtId: String(order.id),
    customerExtId: customerOf(order),
    currency: order.currency,
    counted: !UNCOUNTED.has(order.status),
    country: place?.country ?? null,
    region: place?.state ?? null,
    city: place?.city ?? null,
    // the old and the new checkout are one shop window
    channel:
      order.created_via === 'checkout' || order.created_via === 'store-api' ? 'web' : order.created_via,
  }
}

/** Guests are known by their address only. */
const customerOf = (order: Order): string | null =>
  order.customer_id ? String(order.customer_id) : (order.billing?.email?.toLowerCase() ?? null)

/** What was paid in all, once the shop says that it was; and what went back. */
function paymentsOf(order: Order, shared: Shared, timeZone: string): PaymentFact[] {
  const payment = (
    extId: string,
    at: number,
    amount: number,
    srcUpdatedAt = shared.srcUpdatedAt,
  ): PaymentFact => ({
    extId,
    srcUpdatedAt,
    deletedAt: shared.deletedAt,
    kind: amount < 0 ? 'refund' : 'charge',
    status: 'succeeded',
    orderExtId: shared.orderExtId,
    customerExtId: shared.customerExtId,
    amount,
    currency: shared.currency,
    happenedAt: isoInstant(at),
    businessDay: businessDay(at, timeZone),
  })
  const paid = order.date_paid_gmt
  return [
    ...(paid === null || order.total === 0 ? [] : [payment(`order-${order.id}`, paid, order.total)]),
    ...order.refund_records
      .filter(({ amount }) => amount !== 0)
      .map((refund) =>
        payment(
          `refund-${refund.id}`,
          refund.date_created_gmt,
          -Math.abs(refund.amount),
          sinceOf(refund, shared).srcUpdatedAt,
        ),
      ),
  ]
}

function passing(order: Order, { customerExtId, srcUpdatedAt, country, region, city }: Shared) {
  if (!customerExtId) return []
  const { billing } = order
  return [
    {
      extId: customerExtId,
      srcUpdatedAt,
      name: nameOf(billing),
      email: billing?.email ?? null,
      country,
      region,
      city,
    },
  ]
}

export const nameOf = (
  address: (Pick<Address, 'first_name' | 'last_name'> & { company?: string | null }) | null | undefined,
) => [address?.first_name, address?.last_name].filter(Boolean).join(' ') || address?.company || null

const sum = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0)
