/** What Stripe says arrived at the bank, by day of arrival: ours must be the same. */
import { businessDay } from '../../kit/calendar/business-day.ts'
import { ok, type Result } from '../../platform/result.ts'
import type { ControlTotal, ReadContext } from '../../platform/source-reader.ts'
import { currencyOf, unitsOf } from './amounts.ts'
import type { Query, StripeCalls } from './list.ts'
import { payoutSchema } from './objects.ts'

const DAY_SECONDS = 86_400

/** Of paid payouts; `arrival_date` is midnight UTC of a plain day. */
export async function stripeTotals(
  calls: StripeCalls,
  days: { from: string; to: string },
  context: ReadContext,
): Promise<Result<ControlTotal[]>> {
  const seconds = (day: string) => Date.parse(`${day}T00:00:00Z`) / 1000
  const window: Query = [
    ['status', 'paid'],
    ['arrival_date[gte]', String(seconds(days.from))],
    ['arrival_date[lt]', String(seconds(days.to) + DAY_SECONDS)],
  ]
  const totals = new Map<string, ControlTotal>()
  let after: string | undefined
  do {
    const query: Query = after ? [...window, ['starting_after', after]] : window
    const answer = await calls.list('payouts', query, context)
    if (!answer.ok) return answer
    for (const item of answer.value.data) {
      const payout = payoutSchema.parse(item)
      const day = businessDay(payout.arrival_date * 1000, 'UTC')
      const currency = currencyOf(payout.currency)
      const key = `${day} ${currency}`
      const total = totals.get(key) ?? { measure: 'payouts', day, currency, value: 0 }
      totals.set(key, { ...total, value: total.value + unitsOf(payout.amount, payout.currency) })
    }
    after = answer.value.has_more ? answer.value.data.at(-1)?.id : undefined
  } while (after)
  return ok([...totals.values()])
}
