/** Orders without a payment and payments without an order that name the same number, but not the same amount. */
import { daysBetween } from '../../../../kit/calendar.ts'
import { type BalanceEntry, keyOf, type MoneyLink, type SaleEntry } from './entries.ts'
import { NAMED_DAYS, orderNumber, pairsApart, wordsOf } from './match.ts'

export interface Namesake {
  sale: SaleEntry
  line: BalanceEntry
  /** What was charged less what is owed. */
  difference: number
}

/** Each side in one pair at most, the nearest amounts first. Shown to people, who may say that they belong together; never tied by itself. */
export function namesakesOf(
  sales: readonly SaleEntry[],
  lines: readonly BalanceEntry[],
  links: readonly MoneyLink[],
): Namesake[] {
  const apart = pairsApart(links)
  const byWord = new Map<string, BalanceEntry[]>()
  for (const line of lines) {
    for (const word of new Set(wordsOf(line.description))) {
      byWord.set(word, [...(byWord.get(word) ?? []), line])
    }
  }
  const pairs = sales.flatMap((sale) => {
    const near = byWord.get(orderNumber(sale) ?? '') ?? []
    // those of one amount are tied by the matching, which comes with the next data
    return near
      .filter((line) => line.amount !== sale.total)
      .filter((line) => !apart.has(`${keyOf(sale)} ${keyOf(line)}`))
      .filter((line) => Math.abs(daysBetween(sale.day, line.day)) <= NAMED_DAYS)
      .map((line) => ({ sale, line, difference: line.amount - sale.total }))
  })
  pairs.sort(
    (a, b) => Math.abs(a.difference) - Math.abs(b.difference) || (keyOf(a.sale) < keyOf(b.sale) ? -1 : 1),
  )
  const used = new Set<string>()
  return pairs.filter(({ sale, line }) => {
    const [left, right] = [`l ${keyOf(sale)}`, `r ${keyOf(line)}`]
    if (used.has(left) || used.has(right)) return false
    used.add(left)
    used.add(right)
    return true
  })
}
