/**
 * Where the money is: from what was sold, over what was charged and paid out, to what the bank booked. Each part ends
 * in a figure that is a sum of its own, and the steps before it add up to exactly that figure.
 */
import type { DayRange } from '../../../../kit/calendar.ts'
import {
  type BalanceEntry,
  type DepositEntry,
  keyOf,
  type MoneyLink,
  type PayoutEntry,
  type SaleEntry,
} from './entries.ts'
import { tieSales } from './match.ts'
import { type Namesake, namesakesOf } from './namesakes.ts'

export interface MoneyFacts {
  /** Sales of the range and of a margin around it. */
  sales: SaleEntry[]
  /** Movements of the range and of a margin around it, and all movements of the payouts below. */
  lines: BalanceEntry[]
  /** Payouts that arrive in the range, and those of a margin around it. */
  payouts: PayoutEntry[]
  deposits: DepositEntry[]
  links: MoneyLink[]
}

export type StepKey =
  | 'sold'
  | 'unpaid'
  | 'paid_outside'
  | 'paid_for_outside'
  | 'unknown_sale'
  | 'amount_differs'
  | 'charged'
  | 'refunds'
  | 'disputes'
  | 'fees'
  | 'adjustments'
  | 'earned'
  | 'held_after'
  | 'held_before'
  | 'payout_differs'
  | 'paid_out'
  | 'not_in_bank'
  | 'in_bank'

export interface BridgeStep {
  key: StepKey
  /** Signed, as it adds to the figure before; for sums the figure itself. */
  amount: number
  isSum: boolean
  /** How many sales, movements or payouts it holds. */
  count: number
}

export interface Bridge {
  steps: BridgeStep[]
  unpaidSales: SaleEntry[]
  unknownCharges: BalanceEntry[]
  /** Those of the two lists before that name the same order with another amount. */
  namesakes: Namesake[]
  unmatchedPayouts: PayoutEntry[]
  unmatchedDeposits: DepositEntry[]
  /** Movements that had not been paid out by the end of the range. */
  held: BalanceEntry[]
}

const ADJUSTING = ['adjustment', 'reserve', 'other']

/** The bridge of a range. Rows outside of it serve only to tell what belongs to what. */
export function bridgeOf(range: DayRange, facts: MoneyFacts): Bridge {
  const within = ({ day }: { day: string }) => day >= range.from && day <= range.to
  const fromSales = salesToCharges(facts, within)
  const fromCharges = chargesToPayouts(facts, within)
  const toBank = payoutsToBank(facts, within)
  return {
    steps: [...fromSales.steps, ...fromCharges.steps, ...toBank.steps],
    unpaidSales: fromSales.unpaid,
    unknownCharges: fromSales.unknown,
    namesakes: namesakesOf(fromSales.unpaid, fromSales.unknown, facts.links),
    held: fromCharges.held,
    unmatchedPayouts: toBank.payouts,
    unmatchedDeposits: toBank.deposits,
  }
}

type Within = (row: { day: string }) => boolean

function salesToCharges({ sales, lines, links }: MoneyFacts, within: Within) {
  const tied = tieSales(sales, lines, links)
  const saleOf = new Map(
    sales.flatMap((sale) => (tied.get(keyOf(sale)) ?? []).map((line) => [keyOf(line), sale])),
  )
  const sold = sales.filter(within)
  const charges = lines.filter((line) => line.kind === 'charge' && within(line))
  const unpaid = sold.filter((sale) => !tied.has(keyOf(sale)))
  const paidOutside = sold.filter((sale) => tied.has(keyOf(sale)) && !tied.get(keyOf(sale))?.some(within))
  const unknown = charges.filter((line) => !saleOf.has(keyOf(line)))
  const forOutside = charges.filter((line) => {
    const sale = saleOf.get(keyOf(line))
    return sale !== undefined && !within(sale)
  })
  const both = sold.filter((sale) => tied.get(keyOf(sale))?.some(within))
  const differing = both.filter((sale) => paidFor(tied.get(keyOf(sale)), within) !== sale.total)
  const differs = sum(differing.map((sale) => paidFor(tied.get(keyOf(sale)), within) - sale.total))
  const steps: BridgeStep[] = [
    total('sold', sum(sold.map((sale) => sale.total)), sold.length),
    step('unpaid', -sum(unpaid.map((sale) => sale.total)), unpaid.length),
    step('paid_outside', -sum(paidOutside.map((sale) => sale.total)), paidOutside.length),
    step('amount_differs', differs, differing.length),
    step('paid_for_outside', sum(forOutside.map((line) => line.amount)), forOutside.length),
    step('unknown_sale', sum(unknown.map((line) => line.amount)), unknown.length),
    total('charged', sum(charges.map((line) => line.amount)), charges.length),
  ]
  return { steps, unpaid, unknown }
}

const paidFor = (lines: readonly BalanceEntry[] | undefined, within: Within): number =>
  sum((lines ?? []).filter(within).map((line) => line.amount))

function chargesToPayouts({ lines, payouts }: MoneyFacts, within: Within) {
  const moved = lines.filter((line) => line.kind !== 'payout')
  const now = moved.filter(within)
  const of = (test: (line: BalanceEntry) => boolean) => now.filter(test)
  const refunds = of((line) => line.kind === 'refund')
  const disputes = of((line) => line.kind === 'dispute')
  const adjustments = of((line) => ADJUSTING.includes(line.kind))
  const fees = of((line) => line.kind === 'fee')
  const arriving = payouts.filter((payout) => within(payout) && isPaidOut(payout))
  const paidNow = new Set(arriving.map(keyOf))
  const isPaidNow = (line: BalanceEntry) =>
    line.payout_ext_id !== null &&
    paidNow.has(keyOf({ source_id: line.source_id, ext_id: line.payout_ext_id }))
  const held = now.filter((line) => !isPaidNow(line))
  const before = moved.filter((line) => isPaidNow(line) && !within(line))
  const inPayouts = moved.filter(isPaidNow)
  const paidOut = sum(arriving.map((payout) => payout.amount))
  const steps: BridgeStep[] = [
    step('refunds', sum(refunds.map((line) => line.amount)), refunds.length),
    step('disputes', sum(disputes.map((line) => line.amount)), disputes.length),
    step('adjustments', sum(adjustments.map((line) => line.amount)), adjustments.length),
    step(
      'fees',
      sum(fees.map((line) => line.amount)) - sum(now.map((line) => line.fee)),
      now.filter((line) => line.fee !== 0).length + fees.length,
    ),
    total('earned', sum(now.map((line) => line.net)), now.length),
    step('held_after', -sum(held.map((line) => line.net)), held.length),
    step('held_before', sum(before.map((line) => line.net)), before.length),
    step('payout_differs', paidOut - sum(inPayouts.map((line) => line.net)), 0),
    total('paid_out', paidOut, arriving.length),
  ]
  return { steps, held }
}

function payoutsToBank({ payouts, deposits, links }: MoneyFacts, within: Within) {
  const pairs = links.filter((link) => link.kind === 'payout_deposit' && !link.refused)
  const booked = new Set(pairs.map((link) => keyOf(link.left)))
  const known = new Set(pairs.map((link) => keyOf(link.right)))
  const arriving = payouts.filter((payout) => within(payout) && isPaidOut(payout))
  const missing = arriving.filter((payout) => !booked.has(keyOf(payout)))
  const found = arriving.filter((payout) => booked.has(keyOf(payout)))
  const steps: BridgeStep[] = [
    step('not_in_bank', -sum(missing.map((payout) => payout.amount)), missing.length),
    total('in_bank', sum(found.map((payout) => payout.amount)), found.length),
  ]
  return {
    steps,
    payouts: missing,
    deposits: deposits.filter((row) => within(row) && !known.has(keyOf(row))),
  }
}

const isPaidOut = ({ status }: PayoutEntry): boolean => status === 'paid' || status === 'in_transit'

const sum = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0)
const step = (key: StepKey, amount: number, count: number): BridgeStep => ({
  key,
  amount: amount || 0,
  isSum: false,
  count,
})
const total = (key: StepKey, amount: number, count: number): BridgeStep => ({
  key,
  amount,
  isSum: true,
  count,
})
