/** Gathers what the money pages and the matching look at, with a margin of days around what was asked. */
import { addDays, type DayRange } from '../../../kit/calendar.ts'
import { fail, ok, type Result } from '../../../platform/result.ts'
import type { TenantDb } from '../../../platform/tenant-db.ts'
import type { MoneyFacts } from '../domain/money/bridge.ts'
import type { BalanceEntry, MoneyLink } from '../domain/money/entries.ts'
import { keyOf } from '../domain/money/entries.ts'
import {
  depositsOf,
  linesOf,
  linesOfPayouts,
  linksIn,
  MOST_PAYOUTS,
  MOST_ROWS,
  payoutsOf,
  salesOf,
} from '../store/money.ts'

/** Captures, disputes and bank days lie within these many days of what they belong to. */
const MARGIN_DAYS = 31

/** Three round trips; refused when the stretch holds more than can be looked at in one piece. */
export async function gatherMoney(
  db: TenantDb,
  currency: string,
  range: DayRange,
): Promise<Result<MoneyFacts>> {
  const wide = { from: addDays(range.from, -MARGIN_DAYS), to: addDays(range.to, MARGIN_DAYS) }
  const [sales, near, payouts, deposits] = await db.getAll([
    salesOf(db, currency, wide),
    linesOf(db, currency, wide),
    payoutsOf(db, currency, wide),
    depositsOf(db, currency, wide),
  ])
  if (
    sales.length > MOST_ROWS ||
    near.length > MOST_ROWS ||
    payouts.length >= MOST_PAYOUTS ||
    deposits.length >= MOST_PAYOUTS
  ) {
    return fail(
      'too_large',
      'range-too-long',
      'This stretch holds too many sales to follow one by one. Choose a shorter one.',
    )
  }
  const arriving = payouts.filter(({ day }) => day >= range.from && day <= range.to)
  const [members, ...links] = await db.getAll([
    linesOfPayouts(db, arriving),
    linksIn(db, 'order_payment', 'left', wide),
    linksIn(db, 'order_payment', 'right', wide),
    linksIn(db, 'payout_deposit', 'left', wide),
    linksIn(db, 'payout_deposit', 'right', wide),
  ])
  return ok({
    sales,
    lines: distinct([...near, ...members]),
    payouts,
    deposits,
    links: distinctLinks(links.flat()),
  })
}

const distinct = (lines: readonly BalanceEntry[]): BalanceEntry[] => [
  ...new Map(lines.map((line) => [keyOf(line), line])).values(),
]

/** A link both of whose sides lie in the stretch comes twice. */
const distinctLinks = (links: readonly MoneyLink[]): MoneyLink[] => [
  ...new Map(links.map((link) => [`${link.kind} ${keyOf(link.left)} ${keyOf(link.right)}`, link])).values(),
]
