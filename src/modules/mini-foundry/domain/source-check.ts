/** Our totals of a day beside the source's own, and why they may differ. Amounts in units of 1/10,000. */
import { addDays } from '../../../kit/calendar.ts'

export interface CheckRow {
  measure: string
  day: string
  currency: string
  ours: number
  theirs: number
}

export interface CheckReason {
  /** `moved`: the same amount is missing on a day beside it; `unread`: records that could not be read; `changed`: edited since the source added it up. */
  reason: 'moved' | 'unread' | 'changed' | 'unknown'
  amount: number
  words: string
}

export interface Badge {
  state: 'match' | 'off' | 'unchecked'
  /** Sum of what is off over all days, without sign, of the measure that is off most. */
  off: number
  currency: string | null
  measure: string | null
  days: number
  daysOff: number
  from: string | null
  to: string | null
  checkedAt: string | null
}

/** Measures by which a source is judged, the weightiest first; others are kept for the page. */
export const BADGE_MEASURES = ['net_sales', 'gross_sales', 'returns', 'income', 'payouts', 'orders']

export const MEASURE_WORDS: Record<string, string> = {
  gross_sales: 'gross sales',
  discounts: 'discounts',
  returns: 'returns',
  net_sales: 'net sales',
  total_sales: 'total sales',
  orders: 'orders',
  payouts: 'payouts',
  income: 'income',
  receivables: 'open invoices',
}

/** What the rows of the last days say together. */
export function badgeOf(rows: readonly (CheckRow & { checkedAt: string })[]): Badge {
  const nothing: Badge = {
    state: 'unchecked',
    off: 0,
    currency: null,
    measure: null,
    days: 0,
    daysOff: 0,
    from: null,
    to: null,
    checkedAt: null,
  }
  const judged = rows.filter(({ measure }) => BADGE_MEASURES.includes(measure))
  if (judged.length === 0) return nothing
  const days = new Set(judged.map(({ day }) => day))
  const sorted = [...days].sort()
  // the weightiest measure that is off speaks: counts and currencies are not held against each other
  const worst = [...Map.groupBy(judged, ({ measure, currency }) => `${measure} ${currency}`).values()]
    .map((own) => ({
      measure: own[0]?.measure ?? '',
      off: own.reduce((all, row) => all + Math.abs(row.ours - row.theirs), 0),
      currency: own[0]?.currency ?? null,
    }))
    .sort(
      (a, b) =>
        Number(b.off > 0) - Number(a.off > 0) ||
        BADGE_MEASURES.indexOf(a.measure) - BADGE_MEASURES.indexOf(b.measure) ||
        b.off - a.off,
    )[0]
  const off = worst?.off ?? 0
  return {
    state: off === 0 ? 'match' : 'off',
    off,
    currency: worst?.currency ?? null,
    measure: worst?.measure ?? null,
    days: days.size,
    daysOff: new Set(judged.filter((row) => row.ours !== row.theirs).map(({ day }) => day)).size,
    from: sorted[0] ?? null,
    to: sorted.at(-1) ?? null,
    checkedAt:
      rows
        .map(({ checkedAt }) => checkedAt)
        .sort()
        .at(-1) ?? null,
  }
}

/** Why a day is off. `around`: the same measure on the days beside it; `changedAfter`: facts of the day that came later. */
export function reasonsFor(
  row: CheckRow,
  around: readonly CheckRow[],
  known: { unread: number; changed: number },
): CheckReason[] {
  const off = row.ours - row.theirs
  if (off === 0) return []
  const beside = around.find(
    (other) =>
      other.measure === row.measure &&
      other.currency === row.currency &&
      (other.day === addDays(row.day, -1) || other.day === addDays(row.day, 1)) &&
      other.ours - other.theirs === -off,
  )
  if (beside) {
    const words = `The same amount is on ${beside.day} ${off > 0 ? 'at the source' : 'here'}: it happened near midnight.`
    return [{ reason: 'moved', amount: off, words }]
  }
  if (known.unread > 0) {
    const words = `${known.unread} record${known.unread === 1 ? '' : 's'} of this source could not be read.`
    return [{ reason: 'unread', amount: off, words }]
  }
  if (known.changed > 0) {
    const words = `${known.changed} entr${known.changed === 1 ? 'y' : 'ies'} of this day changed in the last day.`
    return [{ reason: 'changed', amount: off, words }]
  }
  return [
    { reason: 'unknown', amount: off, words: 'Nothing that we know of explains it. Read this source again.' },
  ]
}
