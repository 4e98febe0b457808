/**
 * Facts as any source hands them over: one interface for each table of the normal form, without what landing adds
 * (tenant, source, import, origin, hash). Amounts and quantities are integers of 1/10,000 (`platform/money.ts`); days
 * are `YYYY-MM-DD` in the workspace's zone; instants are ISO 8601 UTC text.
 */
import type { Fact } from './fact.ts'
import type {
  BankDepositFact,
  BillFact,
  DealFact,
  ExpenseFact,
  LedgerAccountFact,
  PayoutLineFact,
  SubscriptionChangeFact,
} from './facts-money.ts'

export type {
  BankDepositFact,
  BillFact,
  DealFact,
  ExpenseFact,
  LedgerAccountFact,
  PayoutLineFact,
  SubscriptionChangeFact,
} from './facts-money.ts'

interface Place {
  country?: string | null
  region?: string | null
  city?: string | null
}

export interface CustomerFact extends Fact, Place {
  name?: string | null
  email?: string | null
  createdDay?: string | null
}

export interface ContactFact extends Fact {
  name?: string | null
  email?: string | null
  phone?: string | null
  company?: string | null
  stage?: string | null
  tags?: string | null
  createdDay?: string | null
}

export interface ProductFact extends Fact {
  sku?: string | null
  name: string
  category?: string | null
  unitPrice?: number | null
  unitCost?: number | null
  currency?: string | null
}

export interface InventoryFact extends Fact {
  productExtId: string
  location: string
  onHand: number
  available?: number | null
  committed?: number | null
  incoming?: number | null
  day: string
}

export const ORDER_STATUSES = ['open', 'paid', 'fulfilled', 'refunded', 'cancelled'] as const
export type OrderStatus = (typeof ORDER_STATUSES)[number]

export interface OrderFact extends Fact, Place {
  orderedAt?: string | null
  businessDay: string
  customerExtId?: string | null
  currency: string
  status: OrderStatus
  channel?: string | null
  /** Net of discounts, before refunds and tax. */
  net: number
  tax: number
  shipping: number
  lines: number
  /** What people call it: `#1001`. */
  number?: string | null
  fulfilledDay?: string | null
  cancelledDay?: string | null
  /**
   * Milliseconds at which the source told the order whole: whatever lines, entries and payments it has are in the same
   * batch, and others of it are gone. Absent: it may have more than the batch holds.
   */
  completeAt?: number
}

export interface OrderLineFact extends Fact {
  orderExtId: string
  position: number
  productExtId?: string | null
  title: string
  sku?: string | null
  quantity: number
  unitPrice?: number | null
  discount: number
  total: number
  cost?: number | null
  currency: string
}

export type SaleEventKind = 'sale' | 'refund' | 'edit'
export type LineType = 'product' | 'shipping' | 'tip' | 'fee' | 'gift_card' | 'duty' | 'other'

/** One entry of the ledger. Sources whose order headers are derived give the order's status here as well. */
export interface SaleEventFact extends Fact, Place {
  kind: SaleEventKind
  lineType: LineType
  happenedAt?: string | null
  businessDay: string
  orderDay: string
  orderExtId: string
  customerExtId?: string | null
  productExtId?: string | null
  productName?: string | null
  category?: string | null
  channel?: string | null
  currency: string
  /** Negative for refunds, as are gross, discount, net, tax and cost. */
  quantity: number
  gross: number
  discount: number
  net: number
  tax: number
  cost?: number | null
  counted: boolean
  orderStatus?: OrderStatus | null
}

export interface PaymentFact extends Fact {
  kind: 'charge' | 'refund'
  status: 'pending' | 'succeeded' | 'failed' | 'disputed'
  orderExtId?: string | null
  customerExtId?: string | null
  amount: number
  fee?: number | null
  currency: string
  happenedAt: string
  businessDay: string
}

export interface PayoutFact extends Fact {
  amount: number
  currency: string
  status: 'pending' | 'in_transit' | 'paid' | 'failed' | 'canceled'
  arrivalDay: string
}

export interface InvoiceFact extends Fact {
  number?: string | null
  customerExtId?: string | null
  customerName?: string | null
  customerEmail?: string | null
  status: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible'
  currency: string
  total: number
  paid: number
  issuedDay: string
  dueDay?: string | null
  paidDay?: string | null
  memo?: string | null
  /** Lines as JSON; only of invoices that were made here. */
  lines?: string | null
}

export interface SubscriptionFact extends Fact {
  customerExtId?: string | null
  status:
    | 'active'
    | 'past_due'
    | 'trialing'
    | 'paused'
    | 'unpaid'
    | 'canceled'
    | 'incomplete'
    | 'incomplete_expired'
  currency: string
  monthly: number
  startedDay: string
  canceledDay?: string | null
  periodEndDay?: string | null
}

export interface CampaignDayFact extends Fact {
  day: string
  channel: string
  campaign: string
  spend: number
  clicks?: number | null
  impressions?: number | null
  /** As the advertising platform claims them. */
  conversions?: number | null
  conversionValue?: number | null
  currency: string
}

export interface FactBatch {
  customers?: CustomerFact[]
  contacts?: ContactFact[]
  products?: ProductFact[]
  inventory?: InventoryFact[]
  orders?: OrderFact[]
  lines?: OrderLineFact[]
  events?: SaleEventFact[]
  payments?: PaymentFact[]
  payouts?: PayoutFact[]
  invoices?: InvoiceFact[]
  subscriptions?: SubscriptionFact[]
  spend?: CampaignDayFact[]
  payoutLines?: PayoutLineFact[]
  deposits?: BankDepositFact[]
  bills?: BillFact[]
  expenses?: ExpenseFact[]
  accounts?: LedgerAccountFact[]
  deals?: DealFact[]
  subscriptionChanges?: SubscriptionChangeFact[]
  /**
   * Facts known only in passing (the customer named on an order): they land when there is none yet and never
   * overwrite, so the order in which they arrive and how often does not matter.
   */
  ifAbsent?: { customers?: CustomerFact[]; products?: ProductFact[] }
}

export type FactKind = Exclude<keyof FactBatch, 'ifAbsent'>

/**
 * Digest of a fact's content: 106 bits as hex, from two runs of the public-domain cyrb53 mix with different seeds. It
 * only has to tell "the same again" from "changed" (no adversary gains by a collision in their own data), and unlike
 * SHA-256 it is synchronous and cheap enough for every row of a large import.
 */
export function contentHash(text: string): string {
  let a1 = 0xdeadbeef
  let a2 = 0x41c6ce57
  let b1 = 0x9e3779b9
  let b2 = 0x85ebca6b
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a1 = Math.imul(a1 ^ code, 2654435761)
    a2 = Math.imul(a2 ^ code, 1597334677)
    b1 = Math.imul(b1 ^ code, 2246822519)
    b2 = Math.imul(b2 ^ code, 3266489917)
  }
  return finish(a1, a2) + finish(b1, b2)
}

function finish(first: number, second: number): string {
  let h1 = Math.imul(first ^ (first >>> 16), 2246822507) ^ Math.imul(second ^ (second >>> 13), 3266489909)
  const h2 = Math.imul(second ^ (second >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909)
  h1 ^= Math.imul(h2 ^ (h2 >>> 16), 3266489909)
  return (4294967296 * (2097151 & h2) + (h1 >>> 0)).toString(16).padStart(14, '0')
}
