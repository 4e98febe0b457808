/** What was sold by the books: invoices, sales receipts, refunds and credit memos, with their lines in the ledger. */
import type { FactBatch, InvoiceFact, PaymentFact } from '../../modules/mini-foundry/domain/facts.ts'
import { unitsOf } from './exact.ts'
import { currencyOf, isVoid, lastLinkedDay, noonOf, type Reading, versionOf } from './normalise-common.ts'
import { ledgerOf } from './normalise-ledger.ts'
import { paymentSchema, type QbSale, saleSchema } from './objects.ts'

/** Facts of one record, and the orders whose headers follow from them. */
export interface SaleReading {
  batch: FactBatch
  orderExtIds: string[]
}

export function invoiceFacts(object: unknown, reading: Reading): SaleReading {
  const invoice = saleSchema.parse(object)
  const total = unitsOf(invoice.TotalAmt)
  const open = unitsOf(invoice.Balance)
  const status: InvoiceFact['status'] = isVoid(invoice) ? 'void' : open <= 0 ? 'paid' : 'open'
  const fact: InvoiceFact = {
    extId: invoice.Id,
    srcUpdatedAt: versionOf(invoice),
    number: invoice.DocNumber ?? null,
    customerExtId: invoice.CustomerRef?.value ?? null,
    customerName: invoice.CustomerRef?.name ?? null,
    customerEmail: invoice.BillEmail?.Address ?? null,
    status,
    currency: currencyOf(invoice, reading),
    total,
    paid: total - open,
    issuedDay: invoice.TxnDate,
    dueDay: invoice.DueDate ?? null,
    // what was paid in parts counts on the day of the last part
    paidDay: total > open ? lastLinkedDay(invoice.LinkedTxn, reading) : null,
    memo: invoice.CustomerMemo?.value ?? null,
  }
  const orderExtId = `Invoice:${invoice.Id}`
  const orderStatus = status === 'paid' ? 'paid' : 'open'
  const events = ledgerOf(invoice, reading, { orderExtId, kind: 'sale', orderStatus })
  return {
    batch: { invoices: [fact], events, ...mentioned(invoice) },
    orderExtIds: [orderExtId],
  }
}

/** Sold and paid at once. */
export function receiptFacts(object: unknown, reading: Reading): SaleReading {
  const receipt = saleSchema.parse(object)
  const orderExtId = `SalesReceipt:${receipt.Id}`
  const events = ledgerOf(receipt, reading, { orderExtId, kind: 'sale', orderStatus: 'paid' })
  return {
    batch: { events, payments: [moneyOf(receipt, 'charge', orderExtId, reading)], ...mentioned(receipt) },
    orderExtIds: [orderExtId],
  }
}

/** What was taken back. It belongs to no sale that QuickBooks would name, so no order follows from it. */
export function returnFacts(
  entity: 'RefundReceipt' | 'CreditMemo',
  object: unknown,
  reading: Reading,
): SaleReading {
  const back = saleSchema.parse(object)
  const orderExtId = `${entity}:${back.Id}`
  const events = ledgerOf(back, reading, { orderExtId, kind: 'refund', orderStatus: null })
  // a credit memo is a promise; money moves only with a refund
  const payments = entity === 'RefundReceipt' ? [moneyOf(back, 'refund', orderExtId, reading)] : []
  return { batch: { events, payments, ...mentioned(back) }, orderExtIds: [] }
}

export function paymentFacts(object: unknown, reading: Reading): FactBatch {
  const payment = paymentSchema.parse(object)
  const invoices = payment.Line.flatMap(({ LinkedTxn }) => LinkedTxn)
    .filter(({ TxnType }) => TxnType === 'Invoice')
    .map(({ TxnId }) => TxnId)
  const [only] = new Set(invoices).size === 1 ? invoices : []
  const money = moneyOf(payment, 'charge', only === undefined ? null : `Invoice:${only}`, reading)
  return { payments: [{ ...money, extId: `Payment:${payment.Id}` }], ...mentioned(payment) }
}

/** `amount` is negative for refunds, like everything that goes back. */
function moneyOf(
  record: Pick<
    QbSale,
    'Id' | 'MetaData' | 'TotalAmt' | 'TxnDate' | 'CurrencyRef' | 'CustomerRef' | 'PrivateNote'
  >,
  kind: PaymentFact['kind'],
  orderExtId: string | null,
  reading: Reading,
): PaymentFact {
  const amount = unitsOf(record.TotalAmt)
  return {
    extId: orderExtId ?? `Payment:${record.Id}`,
    srcUpdatedAt: versionOf(record),
    kind,
    status: isVoid(record) ? 'failed' : 'succeeded',
    orderExtId,
    customerExtId: record.CustomerRef?.value ?? null,
    amount: kind === 'refund' ? -amount : amount,
    currency: currencyOf(record, reading),
    happenedAt: noonOf(record.TxnDate),
    businessDay: record.TxnDate,
  }
}

/** Who is named on a record, until the customer's own record comes. */
function mentioned({ CustomerRef }: Pick<QbSale, 'CustomerRef'>): FactBatch {
  if (!CustomerRef) return {}
  return {
    ifAbsent: { customers: [{ extId: CustomerRef.value, srcUpdatedAt: 0, name: CustomerRef.name ?? null }] },
  }
}
