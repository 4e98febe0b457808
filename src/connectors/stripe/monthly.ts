/** What a subscription of Stripe brings in a month (research: Stripe's own way to recurring revenue). */
import { divideRound, parseUnits } from '../../platform/money.ts'
import { currencyOf, unitsPerMinor } from './amounts.ts'
import type { Discount, Subscription, SubscriptionItem } from './objects.ts'

/** Months in a period as a fraction: day x 365/12, week x 52/12, year / 12. */
const PER_MONTH: Record<string, [bigint, bigint]> = {
  day: [365n, 12n],
  week: [52n, 12n],
  month: [1n, 1n],
  year: [1n, 12n],
}

type Discounts = Subscription['discounts']

/**
 * Units of 1/10,000 a month, whatever the status: items less the discounts that last (forever, or still within their
 * months at `atSeconds`). A one-time discount is no lower price, and counts for nothing here.
 */
export function monthlyOf(subscription: Subscription, atSeconds: number): number {
  const items = subscription.items.data
  const first = items.find(isCounted)
  const sum = items.reduce((total, item) => {
    const full = perMonth(item, minorOf(item))
    return total + lessened(full, item.discounts, item, atSeconds)
  }, 0)
  return first ? lessened(sum, subscription.discounts, first, atSeconds) : sum
}

/** What counts as recurring income: not trials, pauses or what was never paid; a late payer still counts. */
export const countedMonthly = (subscription: Subscription, atSeconds: number): number =>
  isEarning(subscription) ? monthlyOf(subscription, atSeconds) : 0

const isEarning = ({ status, pause_collection }: Subscription): boolean =>
  (status === 'active' || status === 'past_due') && !pause_collection

/** Discounts that are only named by their id: the subscription must be fetched to know its price. */
export const hasHiddenDiscounts = ({ discounts, items }: Subscription): boolean =>
  [discounts, ...items.data.map((item) => item.discounts)].some((list) =>
    list?.some((one) => typeof one === 'string' || typeof one.source?.coupon === 'string'),
  )

/** One-off and metered prices bring an amount that nobody knows before. */
const isCounted = ({ price }: SubscriptionItem): boolean =>
  !!price.recurring && price.recurring.usage_type !== 'metered'

/** Of one period, in units of 1/10,000 of a minor unit (a unit price is a decimal of minor units). */
function minorOf(item: SubscriptionItem): bigint {
  if (!isCounted(item)) return 0n
  const minor = parseUnits(item.price.unit_amount_decimal ?? String(item.price.unit_amount ?? 0)) ?? 0
  return BigInt(minor) * BigInt(item.quantity ?? 1)
}

function perMonth({ price }: SubscriptionItem, minor: bigint): number {
  if (!price.recurring) return 0
  const [times, over] = PER_MONTH[price.recurring.interval] ?? [1n, 1n]
  const numerator = minor * BigInt(unitsPerMinor(price.currency)) * times
  return divideRound(numerator, 10_000n * over * BigInt(price.recurring.interval_count))
}

/** An amount off is taken from each invoice, so it is spread over the months of the item's period. */
function lessened(full: number, discounts: Discounts, item: SubscriptionItem, atSeconds: number): number {
  let rest = full
  for (const one of discounts ?? []) {
    const coupon = typeof one === 'string' || !isLasting(one, atSeconds) ? null : couponOf(one)
    if (!coupon) continue
    if (coupon.percent_off) {
      const kept = BigInt(Math.round((100 - coupon.percent_off) * 10_000))
      rest = divideRound(BigInt(rest) * kept, 1_000_000n)
    } else if (coupon.amount_off) {
      const same = !coupon.currency || currencyOf(coupon.currency) === currencyOf(item.price.currency)
      const off = perMonth(item, BigInt(coupon.amount_off) * 10_000n)
      if (same) rest -= off
    }
  }
  return Math.max(0, rest)
}

const couponOf = ({ coupon, source }: Discount) =>
  coupon ?? (typeof source?.coupon === 'object' ? source.coupon : null)

function isLasting(discount: Discount, atSeconds: number): boolean {
  const coupon = couponOf(discount)
  if (!coupon || coupon.duration === 'once') return false
  return !discount.end || discount.end > atSeconds
}
