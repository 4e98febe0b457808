/** A page of QuickBooks' records as facts. Pure: the same page gives the same facts. */
import * as z from 'zod'
import { businessDay } from '../../kit/calendar/business-day.ts'
import type { FactBatch } from '../../modules/mini-foundry/domain/facts.ts'
import { isoInstant } from '../../platform/clock.ts'
import type { NormaliseContext, Normalised, Refused } from '../../platform/source-reader.ts'
import { billFacts, depositFacts, expensesGone, journalFacts, purchaseFacts } from './normalise-books.ts'
import { noonOf, type Reading, versionOf } from './normalise-common.ts'
import { ledgerGone } from './normalise-ledger.ts'
import { accountFacts, customerFacts, itemFacts } from './normalise-lists.ts'
import { invoiceFacts, paymentFacts, receiptFacts, returnFacts, type SaleReading } from './normalise-sales.ts'
import { deletedSchema } from './objects.ts'
import { pageSchema } from './page.ts'

type Read = (object: unknown, reading: Reading) => FactBatch | SaleReading

const READS: Readonly<Record<string, Read>> = {
  Account: accountFacts,
  Customer: customerFacts,
  Item: itemFacts,
  Invoice: invoiceFacts,
  Payment: paymentFacts,
  SalesReceipt: receiptFacts,
  RefundReceipt: (object, reading) => returnFacts('RefundReceipt', object, reading),
  CreditMemo: (object, reading) => returnFacts('CreditMemo', object, reading),
  Bill: billFacts,
  Deposit: depositFacts,
  Purchase: purchaseFacts,
  JournalEntry: journalFacts,
}

export function normaliseQuickbooks(raw: string, context: NormaliseContext): Normalised<FactBatch> {
  const page = pageSchema.parse(JSON.parse(raw))
  const reading: Reading = { page, context }
  const batch: FactBatch = {}
  const orders = new Set<string>()
  const refused: Refused[] = []
  for (const { entity, object } of page.records) {
    try {
      const found =
        object.status === 'Deleted' ? gone(entity, object, reading) : readOf(entity, object, reading)
      addTo(batch, found.batch)
      for (const id of found.orderExtIds) orders.add(id)
    } catch (error) {
      if (!(error instanceof z.ZodError || error instanceof RangeError)) throw error
      refused.push({
        extId: factId(entity, object.Id),
        record: JSON.stringify(object),
        reason: reasonOf(error),
      })
    }
  }
  return { batch, orderExtIds: [...orders], refused, drift: [] }
}

function readOf(entity: string, object: unknown, reading: Reading): SaleReading {
  const read = READS[entity]
  if (!read) throw new Error(`QuickBooks has no reading of "${entity}".`)
  const found = read(object, reading)
  return 'batch' in found ? found : { batch: found, orderExtIds: [] }
}

/** A deleted record leaves its id and the time; the rest of the fact says nothing any more. */
function gone(entity: string, object: unknown, reading: Reading): SaleReading {
  const left = deletedSchema.parse(object)
  const version = versionOf(left)
  const day = businessDay(version, reading.context.timeZone)
  const currency = reading.page.home ?? reading.context.currency
  const known = { currency, day, version }
  const fact = { extId: left.Id, srcUpdatedAt: version, deletedAt: isoInstant(version) }
  const id = `${entity}:${left.Id}`
  const nothing = { currency, total: 0, paid: 0, issuedDay: day }
  const payment = (kind: 'charge' | 'refund') => ({
    ...{ ...fact, extId: id, kind, status: 'failed' as const, amount: 0, currency },
    ...{ happenedAt: noonOf(day), businessDay: day },
  })
  const only = (batch: FactBatch): SaleReading => ({ batch, orderExtIds: [] })
  switch (entity) {
    case 'Invoice': {
      const invoices = [{ ...fact, ...nothing, status: 'void' as const }]
      return { batch: { invoices, events: ledgerGone(id, 'sale', known) }, orderExtIds: [id] }
    }
    case 'SalesReceipt': {
      const events = ledgerGone(id, 'sale', known)
      return { batch: { events, payments: [payment('charge')] }, orderExtIds: [id] }
    }
    case 'RefundReceipt':
      return only({ events: ledgerGone(id, 'refund', known), payments: [payment('refund')] })
    case 'CreditMemo':
      return only({ events: ledgerGone(id, 'refund', known) })
    case 'Payment':
      return only({ payments: [payment('charge')] })
    case 'Bill':
      return only({ bills: [{ ...fact, ...nothing, status: 'void' }] })
    case 'Deposit':
      return only({ deposits: [{ ...fact, amount: 0, currency, day }] })
    case 'Purchase':
    case 'JournalEntry':
      return only({ expenses: expensesGone(id, known) })
    case 'Customer':
      return only({ customers: [fact] })
    default:
      // accounts and items are only ever made inactive
      return only({})
  }
}

function addTo(batch: FactBatch, { ifAbsent, ...kinds }: FactBatch): void {
  const lists = batch as Record<string, unknown[] | undefined>
  for (const [kind, facts] of Object.entries(kinds)) {
    lists[kind] ??= []
    lists[kind].push(...facts)
  }
  for (const customer of ifAbsent?.customers ?? []) {
    batch.ifAbsent ??= { customers: [] }
    const known = batch.ifAbsent.customers ?? []
    if (!known.some(({ extId }) => extId === customer.extId)) known.push(customer)
    batch.ifAbsent.customers = known
  }
}

/** The id of the fact that the record would have become: by it a later reading settles the refusal. */
function factId(entity: string, id: string): string {
  if (['Payment', 'SalesReceipt', 'RefundReceipt'].includes(entity)) return `${entity}:${id}`
  return ['CreditMemo', 'Purchase', 'JournalEntry'].includes(entity) ? `${entity}:${id}/0` : id
}

const reasonOf = (error: z.ZodError | RangeError): string =>
  error instanceof z.ZodError
    ? error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
    : error.message
