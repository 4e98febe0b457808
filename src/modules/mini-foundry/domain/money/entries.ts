/** What the money pages look at: sales, movements at payment providers, payouts and deposits, as plain rows. */

/** Names a fact across sources. */
export interface FactKey {
  source_id: string
  ext_id: string
}

/** Amounts in units of 1/10,000; all rows of one question share a currency. */
export interface SaleEntry extends FactKey {
  number: string | null
  day: string
  /** What the customer owes: net + tax + shipping. */
  total: number
  customer: string | null
}

export interface BalanceEntry extends FactKey {
  kind: 'charge' | 'refund' | 'dispute' | 'fee' | 'adjustment' | 'reserve' | 'payout' | 'other'
  day: string
  amount: number
  fee: number
  net: number
  payout_ext_id: string | null
  payment_ext_id: string | null
  order_ext_id: string | null
  description: string | null
}

export interface PayoutEntry extends FactKey {
  amount: number
  day: string
  status: string
}

export interface DepositEntry extends FactKey {
  amount: number
  day: string
  memo: string | null
}

export type MoneyLinkKind = 'order_payment' | 'payout_deposit'

export interface MoneyLink {
  kind: MoneyLinkKind
  left: FactKey
  right: FactKey
  rule: 'reference' | 'amount_and_day' | 'person'
  /** A person said that these do not belong together. */
  refused?: boolean
}

export const keyOf = ({ source_id, ext_id }: FactKey): string => `${source_id} ${ext_id}`
