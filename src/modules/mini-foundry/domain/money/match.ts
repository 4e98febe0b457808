/**
 * What belongs together across sources. A pair needs the same amount to the last digit; among several candidates the
 * nearest day wins, and each side is used once. What a person refused is never paired again.
 */
import { daysBetween } from '../../../../kit/calendar.ts'
import {
  type BalanceEntry,
  type DepositEntry,
  type FactKey,
  keyOf,
  type MoneyLink,
  type PayoutEntry,
  type SaleEntry,
} from './entries.ts'

/** Shops capture within these days of the order; banks book a payout within these of its arrival. */
const ORDER_DAYS = { before: 1, after: 7 }
const DEPOSIT_DAYS = { before: 1, after: 7 }

/** Movements that pay for each sale: those that name it, and those that a link names. */
export function tieSales(
  sales: readonly SaleEntry[],
  lines: readonly BalanceEntry[],
  links: readonly MoneyLink[],
): Map<string, BalanceEntry[]> {
  const sold = new Set(sales.map(keyOf))
  const linked = new Map(
    links
      .filter((link) => link.kind === 'order_payment' && !link.refused)
      .map((link) => [keyOf(link.right), keyOf(link.left)]),
  )
  const tied = new Map<string, BalanceEntry[]>()
  for (const line of lines) {
    if (line.kind !== 'charge') continue
    const named = [line.order_ext_id, line.payment_ext_id]
      .map((id) => (id === null ? '' : keyOf({ source_id: line.source_id, ext_id: id })))
      .find((key) => sold.has(key))
    const sale = linked.get(keyOf(line)) ?? named
    if (sale) tied.set(sale, [...(tied.get(sale) ?? []), line])
  }
  return tied
}

/** New links between sales that nothing pays for and charges that pay for nothing known. */
export function matchSales(
  sales: readonly SaleEntry[],
  lines: readonly BalanceEntry[],
  links: readonly MoneyLink[],
): MoneyLink[] {
  const tied = tieSales(sales, lines, links)
  const used = new Set([...tied.values()].flat().map(keyOf))
  const open = sales.filter((sale) => !tied.has(keyOf(sale)))
  const free = lines.filter((line) => line.kind === 'charge' && !used.has(keyOf(line)))
  const byReference = pair(open, free, 'order_payment', links, {
    amountOf: (line) => line.amount,
    days: { before: 31, after: 31 },
    rule: 'reference',
    fits: (sale, line) => names(line.description, sale.number),
  })
  const taken = new Set(byReference.flatMap(({ left, right }) => [keyOf(left), keyOf(right)]))
  const rest = pair(
    open.filter((sale) => !taken.has(keyOf(sale))),
    free.filter((line) => !taken.has(keyOf(line))),
    'order_payment',
    links,
    { amountOf: (line) => line.amount, days: ORDER_DAYS, rule: 'amount_and_day' },
  )
  return [...byReference, ...rest]
}

/** New links between payouts and what the bank booked. */
export function matchDeposits(
  payouts: readonly PayoutEntry[],
  deposits: readonly DepositEntry[],
  links: readonly MoneyLink[],
): MoneyLink[] {
  const done = new Set(
    links.filter(({ refused }) => !refused).flatMap(({ left, right }) => [keyOf(left), keyOf(right)]),
  )
  return pair(
    payouts
      .filter(
        (payout) => !done.has(keyOf(payout)) && payout.status !== 'failed' && payout.status !== 'canceled',
      )
      .map((payout) => ({ ...payout, total: payout.amount })),
    deposits.filter((deposit) => !done.has(keyOf(deposit))),
    'payout_deposit',
    links,
    { amountOf: (deposit) => deposit.amount, days: DEPOSIT_DAYS, rule: 'amount_and_day' },
  )
}

interface Left extends FactKey {
  day: string
  total: number
}

interface PairRules<L, R> {
  amountOf(right: R): number
  /** How many days the right side may lie before and after the left. */
  days: { before: number; after: number }
  rule: MoneyLink['rule']
  fits?(left: L, right: R): boolean
}

/** The nearest days first, each side once; ties by their keys, so that the same rows always pair the same way. */
function pair<L extends Left, R extends FactKey & { day: string }>(
  lefts: readonly L[],
  rights: readonly R[],
  kind: MoneyLink['kind'],
  links: readonly MoneyLink[],
  rules: PairRules<L, R>,
): MoneyLink[] {
  const refused = new Set(
    links.filter((link) => link.refused).map((link) => `${keyOf(link.left)} ${keyOf(link.right)}`),
  )
  const byAmount = Map.groupBy(rights, rules.amountOf)
  const candidates = lefts.flatMap((left) =>
    (byAmount.get(left.total) ?? []).flatMap((right) => {
      const days = daysBetween(left.day, right.day)
      const near = days >= -rules.days.before && days <= rules.days.after
      const allowed = near && !refused.has(`${keyOf(left)} ${keyOf(right)}`)
      if (!allowed || (rules.fits && !rules.fits(left, right))) return []
      return [{ left, right, distance: Math.abs(days), order: `${keyOf(left)} ${keyOf(right)}` }]
    }),
  )
  candidates.sort((a, b) => a.distance - b.distance || (a.order < b.order ? -1 : 1))
  const used = new Set<string>()
  const found: MoneyLink[] = []
  for (const { left, right } of candidates) {
    const [a, b] = [`l ${keyOf(left)}`, `r ${keyOf(right)}`]
    if (used.has(a) || used.has(b)) continue
    used.add(a).add(b)
    found.push({ kind, left: idsOf(left), right: idsOf(right), rule: rules.rule })
  }
  return found
}

const idsOf = ({ source_id, ext_id }: FactKey): FactKey => ({ source_id, ext_id })

/** True when the words hold the order's number as a word of its own. */
function names(words: string | null, number: string | null): boolean {
  const wanted = (number ?? '').replace(/^#/, '')
  if (!words || wanted.length < 3) return false
  return words.split(/[^\p{L}\p{N}-]+/u).includes(wanted)
}
