/** Rates between currencies, from the European Central Bank's way to quote: units for one euro on a day. */
import { addDays } from '../../../kit/calendar.ts'
import type { Convert } from './metrics-rows.ts'

export interface FxRate {
  currency: string
  day: string
  per_euro: string
}

/** A rate may be this many days old: weekends and holidays have none of their own. */
export const RATE_MAX_AGE_DAYS = 7

/** Conversion into `base` by the latest rate on or before each day, at most seven days old; null where there is none. */
export function converter(base: string, rates: readonly FxRate[]): Convert {
  const byCurrency = new Map<string, FxRate[]>()
  for (const rate of rates) byCurrency.set(rate.currency, [...(byCurrency.get(rate.currency) ?? []), rate])
  for (const list of byCurrency.values()) list.sort((a, b) => (a.day < b.day ? -1 : 1))
  const known = new Map<string, number | null>()
  const perEuro = (currency: string, day: string): number | null => {
    if (currency === 'EUR') return 1
    const rate = latest(byCurrency.get(currency) ?? [], day)
    return rate ? Number(rate.per_euro) : null
  }
  return (currency, day) => {
    if (currency === base) return 1
    const key = `${currency} ${day}`
    let factor = known.get(key)
    if (factor === undefined) {
      const from = perEuro(currency, day)
      const to = perEuro(base, day)
      factor = from && to ? to / from : null
      known.set(key, factor)
    }
    return factor
  }
}

/** The last of `rates` (sorted by day) on or before `day` that is not too old. */
function latest(rates: readonly FxRate[], day: string): FxRate | null {
  let low = 0
  let high = rates.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rates[middle]?.day ?? '') <= day) low = middle + 1
    else high = middle
  }
  const rate = rates[low - 1]
  return rate && rate.day >= addDays(day, -RATE_MAX_AGE_DAYS) ? rate : null
}
