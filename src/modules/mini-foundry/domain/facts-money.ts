/** Facts beside sales: movements of money, the books, deals, and what subscriptions brought. Units as in `facts.ts`. */
import type { Fact } from './fact.ts'

/** A movement of the balance at a payment provider; `net` = amount - fee. */
export interface PayoutLineFact extends Fact {
  /** Null while it has not been paid out. */
  payoutExtId?: string | null
  kind: 'charge' | 'refund' | 'dispute' | 'fee' | 'adjustment' | 'reserve' | 'payout' | 'other'
  /** Before the fee; negative when money goes out. */
  amount: number
  /** Positive: taken off. */
  fee: number
  net: number
  currency: string
  paymentExtId?: string | null
  orderExtId?: string | null
  happenedAt: string
  businessDay: string
  availableDay?: string | null
  description?: string | null
}

export interface BankDepositFact extends Fact {
  amount: number
  currency: string
  day: string
  account?: string | null
  memo?: string | null
}

export interface BillFact extends Fact {
  number?: string | null
  vendorName?: string | null
  status: 'open' | 'paid' | 'void'
  currency: string
  total: number
  paid: number
  issuedDay: string
  dueDay?: string | null
  paidDay?: string | null
}

export interface ExpenseFact extends Fact {
  day: string
  amount: number
  currency: string
  category?: string | null
  vendorName?: string | null
  memo?: string | null
}

export const ACCOUNT_TYPES = [
  'bank',
  'receivable',
  'payable',
  'card',
  'income',
  'cost',
  'expense',
  'asset',
  'liability',
  'equity',
  'other',
] as const

/** An account of the books with its balance on the day it was read. */
export interface LedgerAccountFact extends Fact {
  name: string
  type: (typeof ACCOUNT_TYPES)[number]
  balance: number
  currency: string
  day: string
}

export interface DealFact extends Fact {
  name: string
  stage?: string | null
  status: 'open' | 'won' | 'lost'
  amount?: number | null
  currency?: string | null
  contactExtId?: string | null
  createdDay: string
  closedDay?: string | null
}

/** What a subscription brings in a month from a day on; 0 when it ends, pauses or is only on trial. */
export interface SubscriptionChangeFact extends Fact {
  subscriptionExtId: string
  customerExtId?: string | null
  day: string
  happenedAt?: string | null
  monthly: number
  currency: string
}
