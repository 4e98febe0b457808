/** What was spent and banked by the books: bills, deposits, expenses. */
import type { BillFact, ExpenseFact, FactBatch } from '../../modules/mini-foundry/domain/facts.ts'
import { isoInstant } from '../../platform/clock.ts'
import { unitsOf } from './exact.ts'
import { currencyOf, isVoid, lastLinkedDay, type Reading, SLOTS, versionOf } from './normalise-common.ts'
import { accountTypeOf } from './normalise-lists.ts'
import { billSchema, depositSchema, journalSchema, purchaseSchema, type QbLine } from './objects.ts'

export function billFacts(object: unknown, reading: Reading): FactBatch {
  const bill = billSchema.parse(object)
  const total = unitsOf(bill.TotalAmt)
  const open = unitsOf(bill.Balance)
  const status: BillFact['status'] = isVoid(bill) ? 'void' : open <= 0 ? 'paid' : 'open'
  return {
    bills: [
      {
        extId: bill.Id,
        srcUpdatedAt: versionOf(bill),
        number: bill.DocNumber ?? null,
        vendorName: bill.VendorRef?.name ?? null,
        status,
        currency: currencyOf(bill, reading),
        total,
        paid: total - open,
        issuedDay: bill.TxnDate,
        dueDay: bill.DueDate ?? null,
        paidDay: total > open ? lastLinkedDay(bill.LinkedTxn, reading) : null,
      },
    ],
  }
}

export function depositFacts(object: unknown, reading: Reading): FactBatch {
  const deposit = depositSchema.parse(object)
  return {
    deposits: [
      {
        extId: deposit.Id,
        srcUpdatedAt: versionOf(deposit),
        amount: unitsOf(deposit.TotalAmt),
        currency: currencyOf(deposit, reading),
        day: deposit.TxnDate,
        account: deposit.DepositToAccountRef?.name ?? null,
        memo: deposit.PrivateNote ?? null,
      },
    ],
  }
}

/** A cheque, a card, cash: its lines on expense accounts. `Credit`: a card that was paid back. */
export function purchaseFacts(object: unknown, reading: Reading): FactBatch {
  const purchase = purchaseSchema.parse(object)
  const sign = purchase.Credit ? -1 : 1
  const spent = purchase.Line.flatMap((line): Spent[] => {
    const item = line.ItemBasedExpenseLineDetail
    const account = line.AccountBasedExpenseLineDetail?.AccountRef ?? item?.ItemAccountRef
    if (account ? !isExpense(account.value, reading) : !item) return []
    const category = account?.name ?? item?.ItemRef?.name ?? null
    return [{ amount: sign * unitsOf(line.Amount), category, line }]
  })
  const record = { ...purchase, vendorName: purchase.EntityRef?.name ?? null }
  return { expenses: expensesOf('Purchase', record, spent, reading) }
}

/** Only the side of a journal entry that lies on an expense account: a debit adds to it, a credit takes from it. */
export function journalFacts(object: unknown, reading: Reading): FactBatch {
  const entry = journalSchema.parse(object)
  const spent = entry.Line.flatMap((line): Spent[] => {
    const detail = line.JournalEntryLineDetail
    if (!detail?.AccountRef || !isExpense(detail.AccountRef.value, reading)) return []
    const sign = detail.PostingType === 'Credit' ? -1 : 1
    return [{ amount: sign * unitsOf(line.Amount), category: detail.AccountRef.name ?? null, line }]
  })
  return { expenses: expensesOf('JournalEntry', { ...entry, vendorName: null }, spent, reading) }
}

/** Expenses of a record that was deleted: all slots that it may have filled. */
export function expensesGone(
  extId: string,
  known: { currency: string; day: string; version: number },
): ExpenseFact[] {
  const base = { srcUpdatedAt: known.version, day: known.day, amount: 0, currency: known.currency }
  return emptySlots(base, extId, 0)
}

interface Spent {
  amount: number
  category: string | null
  line: Pick<QbLine, 'Description'>
}

interface Spending {
  Id: string
  SyncToken: string
  MetaData: { LastUpdatedTime: string }
  TxnDate: string
  CurrencyRef?: { value: string } | null | undefined
  PrivateNote?: string | null | undefined
  vendorName: string | null
}

function expensesOf(entity: string, record: Spending, spent: Spent[], reading: Reading): ExpenseFact[] {
  const base = {
    srcUpdatedAt: versionOf(record),
    day: record.TxnDate,
    currency: currencyOf(record, reading),
    vendorName: record.vendorName,
  }
  const id = `${entity}:${record.Id}`
  const facts = packed(spent).map(
    ({ amount, category, line }, n): ExpenseFact => ({
      ...base,
      extId: `${id}/${n}`,
      amount: amount === 0 ? 0 : amount,
      category,
      memo: line.Description ?? record.PrivateNote ?? null,
    }),
  )
  return reading.page.again && record.SyncToken !== '0'
    ? [...facts, ...emptySlots({ ...base, amount: 0 }, id, facts.length)]
    : facts
}

const emptySlots = (base: Omit<ExpenseFact, 'extId'>, id: string, from: number): ExpenseFact[] =>
  Array.from({ length: Math.max(0, SLOTS - from) }, (_, n) => ({
    ...base,
    extId: `${id}/${from + n}`,
    deletedAt: isoInstant(base.srcUpdatedAt),
  }))

function packed(spent: Spent[]): Spent[] {
  if (spent.length <= SLOTS) return spent
  const rest = spent.slice(SLOTS - 1).reduce((sum, { amount }) => sum + amount, 0)
  return [
    ...spent.slice(0, SLOTS - 1),
    { amount: rest, category: null, line: { Description: 'Other lines' } },
  ]
}

/** An account that the page does not describe counts: leaving costs out would flatter the profit. */
function isExpense(id: string, { page }: Reading): boolean {
  const use = page.accounts[id]
  return !use || ['expense', 'cost'].includes(accountTypeOf(use.type, use.classification))
}
