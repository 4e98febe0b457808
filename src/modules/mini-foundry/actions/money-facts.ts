/** Gathers what the money pages and the matching look at, with a margin of days around what was asked. */
import { addDays, type DayRange } from '../../../kit/calendar.ts'
import { fail, ok, type Result } from '../../../platform/result.ts'
import type { TenantDb } from '../../../platform/tenant-db.ts'
import type { MoneyFacts } from '../domain/money/bridge.ts'
import type { BalanceEntry } from '../domain/money/entries.ts'
import { keyOf } from '../domain/money/entries.ts'
import {
  depositsOf,
  linesOf,
  linesOfPayouts,
  linksOf,
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
  if (sales.length > MOST_ROWS || near.length > MOST_ROWS) {
    return fail(
      'too_large',
      'range-too-long',
      'This stretch holds too many sales to follow one by one. Choose a shorter one.',
    )
  }
  const arriving = payouts.filter(({ day }) => day >= range.from && day <= range.to)
  const [members, orderLinks, payoutLinks] = await db.getAll([
    linesOfPayouts(db, arriving),
    linksOf(db, 'order_payment', sales),
    linksOf(db, 'payout_deposit', payouts),
  ])
  return ok({
    sales,
    lines: distinct([...near, ...members]),
    payouts,
    deposits,
    links: [...orderLinks, ...payoutLinks],
  })
}

const distinct = (lines: readonly BalanceEntry[]): BalanceEntry[] => [
  ...new Map(lines.map((line) => [keyOf(line), line])).values(),
]
