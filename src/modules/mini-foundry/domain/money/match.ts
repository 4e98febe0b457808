/**
 * What belongs together across sources. A pair needs the same amount to the last digit; among several candidates the
 * nearest day wins, and each side is used once. What a person refused is never paired again.
 */
import { addDays, daysBetween } from '../../../../kit/calendar.ts'
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
/** Words that name the order say more than days. */
export const NAMED_DAYS = 31

/**
 * Movements that pay for each sale. A person's word comes first, then the sale that the movement itself names, then what
 * a rule found.
 */
export function tieSales(
  sales: readonly SaleEntry[],
  lines: readonly BalanceEntry[],
  links: readonly MoneyLink[],
): Map<string, BalanceEntry[]> {
  const sold = new Set(sales.map(keyOf))
  const own = links.filter(({ kind }) => kind === 'order_payment')
  const apart = pairsApart(own)
  const linked = (byPerson: boolean) =>
    new Map(
      own
        .filter((link) => !link.refused && (link.rule === 'person') === byPerson)
        .map((link) => [keyOf(link.right), keyOf(link.left)]),
    )
  const [said, found] = [linked(true), linked(false)]
  const tied = new Map<string, BalanceEntry[]>()
  for (const line of lines) {
    if (line.kind !== 'charge') continue
    const key = keyOf(line)
    const named = [line.order_ext_id, line.payment_ext_id]
      .map((id) => (id === null ? '' : keyOf({ source_id: line.source_id, ext_id: id })))
      .find((sale) => sold.has(sale) && !apart.has(`${sale} ${key}`))
    const sale = said.get(key) ?? named ?? found.get(key)
    if (sale) tied.set(sale, [...(tied.get(sale) ?? []), line])
  }
  return tied
}

/** New links between sales that nothing pays for and charges that name no order. */
export function matchSales(
  sales: readonly SaleEntry[],
  lines: readonly BalanceEntry[],
  links: readonly MoneyLink[],
): MoneyLink[] {
  const tied = tieSales(sales, lines, links)
  const used = new Set([...tied.values()].flat().map(keyOf))
  const taken = new Set(links.filter(({ refused }) => !refused).map(({ right }) => keyOf(right)))
  // a provider that knows no orders names the charge itself as its order
  const isNameless = ({ order_ext_id: order, payment_ext_id: payment }: BalanceEntry) =>
    order === null || order === payment
  const isFree = (line: BalanceEntry) =>
    line.kind === 'charge' && isNameless(line) && !used.has(keyOf(line)) && !taken.has(keyOf(line))
  const open = sales.filter((sale) => !tied.has(keyOf(sale)))
  const free = lines.filter(isFree)
  const apart = pairsApart(links)
  const named = pairNamed(open, free, apart)
  const done = new Set(named.flatMap(({ left, right }) => [keyOf(left), keyOf(right)]))
  const rest = pairNearest(
    open.filter((sale) => !done.has(keyOf(sale))),
    free.filter((line) => !done.has(keyOf(line))),
    { kind: 'order_payment', days: ORDER_DAYS, apart },
  )
  return [...named, ...rest]
}

/** New links between payouts and what the bank booked. */
export function matchDeposits(
  payouts: readonly PayoutEntry[],
  deposits: readonly DepositEntry[],
  links: readonly MoneyLink[],
): MoneyLink[] {
  const own = links.filter(({ kind }) => kind === 'payout_deposit')
  const done = new Set(
    own
      .filter(({ refused }) => !refused)
      .flatMap(({ left, right }) => [`l ${keyOf(left)}`, `r ${keyOf(right)}`]),
  )
  const open = payouts.filter(
    (payout) => !done.has(`l ${keyOf(payout)}`) && payout.status !== 'failed' && payout.status !== 'canceled',
  )
  return pairNearest(
    open.map((payout) => ({ ...payout, total: payout.amount })),
    deposits.filter((deposit) => !done.has(`r ${keyOf(deposit)}`)),
    { kind: 'payout_deposit', days: DEPOSIT_DAYS, apart: pairsApart(own) },
  )
}

/** `<left> <right>` of the pairs that a person keeps apart. */
export const pairsApart = (links: readonly MoneyLink[]): Set<string> =>
  new Set(links.filter(({ refused }) => refused).map(({ left, right }) => `${keyOf(left)} ${keyOf(right)}`))

interface Left extends FactKey {
  day: string
  total: number
}

interface Right extends FactKey {
  day: string
  amount: number
}

interface Pairing {
  kind: MoneyLink['kind']
  /** How many days the right side may lie before and after the left. */
  days: { before: number; after: number }
  /** `<left> <right>` that a person keeps apart. */
  apart: ReadonlySet<string>
}

/**
 * The nearest days first, each side once, in the order of their keys, so that the same rows always pair the same way.
 * Looks at each day once: a shop with one price and tens of thousands of sales takes no longer than any other.
 */
function pairNearest<L extends Left, R extends Right>(
  lefts: readonly L[],
  rights: readonly R[],
  { kind, days, apart }: Pairing,
): MoneyLink[] {
  const byPlace = Map.groupBy(sorted(rights), (right) => `${right.amount} ${right.day}`)
  const offsets = Array.from({ length: days.before + days.after + 1 }, (_, n) => n - days.before)
  offsets.sort((a, b) => Math.abs(a) - Math.abs(b) || a - b)
  let open = sorted(lefts)
  const found: MoneyLink[] = []
  for (const offset of offsets) {
    const left: L[] = []
    for (const one of open) {
      const place = byPlace.get(`${one.total} ${addDays(one.day, offset)}`) ?? []
      const at = place.findIndex((right) => !apart.has(`${keyOf(one)} ${keyOf(right)}`))
      const [right] = at < 0 ? [] : place.splice(at, 1)
      if (right) found.push({ kind, left: idsOf(one), right: idsOf(right), rule: 'amount_and_day' })
      else left.push(one)
    }
    open = left
  }
  return found
}

/** A charge whose words hold the number of an order of the same amount. */
function pairNamed(
  sales: readonly SaleEntry[],
  lines: readonly BalanceEntry[],
  apart: ReadonlySet<string>,
): MoneyLink[] {
  const byWord = new Map<string, BalanceEntry[]>()
  for (const line of sorted(lines)) {
    for (const word of new Set(wordsOf(line.description))) {
      const list = byWord.get(word) ?? []
      list.push(line)
      byWord.set(word, list)
    }
  }
  const used = new Set<string>()
  const found: MoneyLink[] = []
  for (const sale of sorted(sales)) {
    const number = orderNumber(sale)
    if (number === null) continue
    const fitting = (byWord.get(number) ?? []).filter(
      (line) =>
        line.amount === sale.total &&
        !used.has(keyOf(line)) &&
        !apart.has(`${keyOf(sale)} ${keyOf(line)}`) &&
        Math.abs(daysBetween(sale.day, line.day)) <= NAMED_DAYS,
    )
    fitting.sort((a, b) => Math.abs(daysBetween(sale.day, a.day)) - Math.abs(daysBetween(sale.day, b.day)))
    const [line] = fitting
    if (!line) continue
    used.add(keyOf(line))
    found.push({ kind: 'order_payment', left: idsOf(sale), right: idsOf(line), rule: 'reference' })
  }
  return found
}

const sorted = <T extends FactKey>(rows: readonly T[]): T[] =>
  rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))

const idsOf = ({ source_id, ext_id }: FactKey): FactKey => ({ source_id, ext_id })

/** The number of an order as words hold it; null where it is too short to mean anything. */
export function orderNumber({ number }: SaleEntry): string | null {
  const plain = (number ?? '').replace(/^#/, '')
  return plain.length < 3 ? null : plain
}

/** The words of a description that are long enough to name something. */
export const wordsOf = (text: string | null): string[] =>
  (text ?? '').split(/[^\p{L}\p{N}-]+/u).filter((word) => word.length >= 3)
