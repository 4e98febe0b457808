/** Which records of QuickBooks are read, how often, and which entities each stream is made of. */
import type { SourceStream } from '../../platform/source-reader.ts'

/** Names as the query language writes them. */
export const ENTITIES: Readonly<Record<string, readonly string[]>> = {
  accounts: ['Account'],
  customers: ['Customer'],
  items: ['Item'],
  invoices: ['Invoice'],
  payments: ['Payment'],
  sales: ['SalesReceipt', 'RefundReceipt', 'CreditMemo'],
  bills: ['Bill'],
  deposits: ['Deposit'],
  expenses: ['Purchase', 'JournalEntry'],
}

/** Lists of names leave inactive ones out unless asked. */
export const HAS_ACTIVE = new Set(['Account', 'Customer', 'Item'])

const HOUR = 60
const NEEDS = 'Accounting'

const books = (name: string, title: string, more: Partial<SourceStream> = {}): SourceStream => ({
  name,
  title,
  everyMinutes: 15,
  overlapMinutes: 10,
  windowDays: 90,
  // what a lost delivery or a change of a linked record did not tell
  reconcileDays: 35,
  needs: NEEDS,
  ...more,
})

/** Balances and stock move without their record being touched: they are read whole. */
const whole = (name: string, title: string): SourceStream => ({
  name,
  title,
  everyMinutes: 4 * HOUR,
  overlapMinutes: 0,
  windowDays: null,
  needs: NEEDS,
})

export const STREAMS: readonly SourceStream[] = [
  books('invoices', 'Invoices'),
  books('payments', 'Payments of customers'),
  books('sales', 'Sales receipts, refunds and credit memos'),
  books('deposits', 'Deposits at the bank'),
  books('expenses', 'Expenses and journal entries'),
  books('bills', 'Bills'),
  books('customers', 'Customers', { everyMinutes: HOUR, windowDays: 365 }),
  whole('accounts', 'Accounts and their balances'),
  whole('items', 'Products, services and stock'),
]
