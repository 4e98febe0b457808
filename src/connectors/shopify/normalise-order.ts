/** One order of Shopify as facts: header, lines, ledger, payments, and the customer it names in passing. */
import { businessDay } from '../../kit/calendar/business-day.ts'
import type { FactBatch, OrderStatus, PaymentFact } from '../../modules/mini-foundry/domain/facts.ts'
import { isoInstant } from '../../platform/clock.ts'
import type { Normalised } from '../../platform/source-reader.ts'
import { ledgerOf, type Placed, unitsOf } from './normalise-ledger.ts'
import { type Order, tailOf } from './objects.ts'

type Drift = Normalised<FactBatch>['drift'][number]

/** Lists that Shopify cut short; in words. Nothing of an order is missing unseen. */
export function cutShort(order: Order): Drift[] {
  const lists = [
    {
      path: 'transactions',
      name: 'payments',
      count: order.transactionsCount,
      had: order.transactions.length,
    },
    { path: 'fulfillments', name: 'parcels', count: order.fulfillmentsCount, had: order.fulfillments.length },
  ]
  return lists.flatMap(({ path, name, count, had }) =>
    count && count.count > had
      ? [
          {
            path: `orders[${order.name}].${path}`,
            change: 'missing' as const,
            detail: `Order ${order.name} has ${count.count} ${name}, of which Shopify gives ${had}.`,
          },
        ]
      : [],
  )
}

export function orderFacts(order: Order, timeZone: string, readAt: number): FactBatch {
  const version = Date.parse(order.updatedAt)
  const extId = tailOf(order.id)
  const placed = placedOf(order)
  const events = ledgerOf(order, placed, timeZone)
  const sold = events.filter(({ kind }) => kind !== 'refund')
  const sum = (amounts: number[]) => amounts.reduce((all, amount) => all + amount, 0)
  const day = (text: string) => businessDay(Date.parse(text), timeZone)
  const goods = sold.filter(
    ({ lineType }) => lineType === 'product' || lineType === 'fee' || lineType === 'other',
  )
  const sent = order.fulfillments
    .filter(({ status }) => status === 'SUCCESS')
    .map(({ createdAt }) => createdAt)
  return {
    orders: [
      {
        extId,
        srcUpdatedAt: version,
        number: order.name,
        orderedAt: isoInstant(Date.parse(order.processedAt)),
        businessDay: day(order.processedAt),
        currency: order.currencyCode,
        status: order.test ? 'cancelled' : statusOf(order),
        ...placed,
        net: sum(goods.map(({ net }) => net)),
        tax: sum(sold.map(({ tax }) => tax)),
        shipping: sum(sold.filter(({ lineType }) => lineType === 'shipping').map(({ net }) => net)),
        lines: order.lineItems.length,
        fulfilledDay: sent.length > 0 ? day(sent.sort()[0] ?? '') : null,
        cancelledDay: order.cancelledAt ? day(order.cancelledAt) : null,
        ...(cutShort(order).length > 0 ? {} : { completeAt: readAt }),
      },
    ],
    lines: order.lineItems.map((item, position) => ({
      extId: tailOf(item.id),
      srcUpdatedAt: version,
      orderExtId: extId,
      position: position + 1,
      productExtId: item.variant ? tailOf(item.variant.id) : null,
      title: item.title,
      sku: item.sku ?? null,
      quantity: item.quantity * 10_000,
      unitPrice: unitsOf(item.originalUnitPriceSet.shopMoney),
      discount: unitsOf(item.originalTotalSet.shopMoney) - unitsOf(item.discountedTotalSet.shopMoney),
      total: unitsOf(item.discountedTotalSet.shopMoney),
      cost: item.variant?.inventoryItem?.unitCost
        ? unitsOf(item.variant.inventoryItem.unitCost) * item.quantity
        : null,
      currency: order.currencyCode,
    })),
    events,
    payments: order.transactions.flatMap((transaction) => paymentOf(order, transaction, version, timeZone)),
    ifAbsent: { customers: passing(order, version, placed) },
  }
}

function placedOf(order: Order): Placed {
  const address = order.shippingAddress ?? order.billingAddress
  return {
    country: address?.countryCodeV2 ?? null,
    region: address?.provinceCode ?? null,
    city: address?.city ?? null,
    channel: order.sourceName || null,
    customerExtId: order.customer ? tailOf(order.customer.id) : null,
  }
}

function statusOf(order: Order): OrderStatus {
  if (order.cancelledAt) return 'cancelled'
  const paid = order.displayFinancialStatus ?? ''
  if (paid === 'REFUNDED') return 'refunded'
  if (order.displayFulfillmentStatus === 'FULFILLED') return 'fulfilled'
  return paid === 'PAID' || paid === 'PARTIALLY_REFUNDED' ? 'paid' : 'open'
}

/** Money that moved: a sale or a capture that succeeded, and refunds. Authorisations are none yet. */
function paymentOf(
  order: Order,
  transaction: Order['transactions'][number],
  version: number,
  timeZone: string,
): PaymentFact[] {
  const { kind, status, test, id, amountSet, fees } = transaction
  const isRefund = kind === 'REFUND'
  if (test || !(isRefund || kind === 'SALE' || kind === 'CAPTURE')) return []
  if (status !== 'SUCCESS' && status !== 'FAILURE') return []
  const at = Date.parse(transaction.processedAt ?? order.processedAt)
  const amount = unitsOf(amountSet.shopMoney)
  return [
    {
      extId: tailOf(id),
      srcUpdatedAt: version,
      kind: isRefund ? 'refund' : 'charge',
      status: status === 'SUCCESS' ? 'succeeded' : 'failed',
      orderExtId: tailOf(order.id),
      customerExtId: order.customer ? tailOf(order.customer.id) : null,
      amount: isRefund ? -amount : amount,
      // a fee in another currency stands in the movements of the balance alone
      fee:
        fees.length > 0 &&
        fees.every(({ amount: { currencyCode } }) => currencyCode === amountSet.shopMoney.currencyCode)
          ? fees.reduce((all, fee) => all + unitsOf(fee.amount), 0)
          : null,
      currency: amountSet.shopMoney.currencyCode,
      happenedAt: isoInstant(at),
      businessDay: businessDay(at, timeZone),
    },
  ]
}

function passing(order: Order, version: number, { country, region, city }: Placed) {
  if (!order.customer) return []
  return [
    {
      extId: tailOf(order.customer.id),
      srcUpdatedAt: version,
      name: order.customer.displayName ?? null,
      email: order.customer.defaultEmailAddress?.emailAddress ?? null,
      country,
      region,
      city,
    },
  ]
}
