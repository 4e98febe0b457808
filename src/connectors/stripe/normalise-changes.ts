/** How the monthly amount of a subscription moved: one row a day, the last state of the day stands. */
import { businessDay } from '../../kit/calendar/business-day.ts'
import type { SubscriptionChangeFact } from '../../modules/mini-foundry/domain/facts.ts'
import { isoInstant } from '../../platform/clock.ts'
import { currencyOf } from './amounts.ts'
import type { Moment } from './moment.ts'
import { countedMonthly } from './monthly.ts'
import type { Subscription } from './objects.ts'

/** Versions that shrink as time goes by: of what is known of the past, the earliest knowledge stands. */
const FROM_LIST = 100_000_000_000
const FROM_EVENT = 200_000_000_000

/**
 * An event tells what counts from its moment on, and by what stood before also what counted since the start. A list
 * tells the start (by what stands now, until an event knows better), what counts on the day it is read (so that a change
 * which no event told of is in time from then on), and the end.
 */
export function changesOf(
  subscription: Subscription,
  moment: Moment,
  previous: Subscription | null,
): SubscriptionChangeFact[] {
  const started = subscription.start_date ?? subscription.created
  const at = Date.parse(moment.at) / 1000
  if (moment.type === 'listed') {
    const since = Math.floor(moment.version / 4_000_000)
    return [
      ...beginning(subscription, moment, FROM_LIST - since),
      ...today(subscription, moment, since),
      ...ending(subscription, moment),
    ]
  }
  if (moment.type === 'customer.subscription.deleted')
    return [rowOf(subscription, moment, subscription.ended_at ?? at, 0, moment.version)]
  const now = countedMonthly(subscription, at)
  const before = previous ? countedMonthly(previous, at) : now
  const isStart = moment.type === 'customer.subscription.created'
  if (!isStart && previous && before === now) return []
  const rows = [rowOf(subscription, moment, isStart ? started : at, now, moment.version)]
  const isLater = businessDay(started * 1000, moment.timeZone) !== moment.day
  return previous && isLater ? [...beginning(previous, moment, FROM_EVENT - at), ...rows] : rows
}

function today(subscription: Subscription, moment: Moment, readAt: number): SubscriptionChangeFact[] {
  const started = subscription.start_date ?? subscription.created
  const isFirstDay =
    businessDay(started * 1000, moment.timeZone) === businessDay(readAt * 1000, moment.timeZone)
  if (isFirstDay || started > readAt || subscription.status === 'canceled') return []
  if (subscription.status === 'incomplete' || subscription.status === 'incomplete_expired') return []
  return [rowOf(subscription, moment, readAt, countedMonthly(subscription, readAt), moment.version)]
}

/** On trial nothing counts; the day after it ends, the price does. */
function beginning(subscription: Subscription, moment: Moment, version: number): SubscriptionChangeFact[] {
  const started = subscription.start_date ?? subscription.created
  if (subscription.status === 'incomplete' || subscription.status === 'incomplete_expired') return []
  const trialEnd = subscription.trial_end ?? 0
  const earning = countedMonthly({ ...subscription, status: 'active', pause_collection: null }, started)
  if (trialEnd <= started) return [rowOf(subscription, moment, started, earning, version)]
  const trial = rowOf(subscription, moment, started, 0, version)
  const stillOn = subscription.status === 'trialing' || (subscription.ended_at ?? Infinity) <= trialEnd
  return stillOn ? [trial] : [trial, rowOf(subscription, moment, trialEnd, earning, version)]
}

function ending(subscription: Subscription, moment: Moment): SubscriptionChangeFact[] {
  const { status, ended_at } = subscription
  return status === 'canceled' && ended_at ? [rowOf(subscription, moment, ended_at, 0, moment.version)] : []
}

function rowOf(
  subscription: Subscription,
  moment: Moment,
  atSeconds: number,
  monthly: number,
  version: number,
): SubscriptionChangeFact {
  const day = businessDay(atSeconds * 1000, moment.timeZone)
  return {
    extId: `${subscription.id}:${day}`,
    srcUpdatedAt: version,
    subscriptionExtId: subscription.id,
    customerExtId: subscription.customer ?? null,
    day,
    happenedAt: isoInstant(atSeconds * 1000),
    monthly,
    currency: currencyOf(subscription.currency ?? subscription.items.data[0]?.price.currency ?? 'usd'),
  }
}
