/** When an event happened, fine enough that two events of one object never tie: Stripe's clock has whole seconds. */
import { businessDay } from '../../kit/calendar/business-day.ts'
import { isoInstant } from '../../platform/clock.ts'

export interface Moment {
  type: string
  timeZone: string
  /** ISO instant. */
  at: string
  /** The workspace's day of it. */
  day: string
  /** The version of what the event tells: larger is later. No clock reading, only an order. */
  version: number
}

/** Later stages of an object's life, by the last word of the event's type, for events of the same second. */
const STAGE: Record<string, number> = {
  created: 0,
  pending: 0,
  succeeded: 2,
  payment_failed: 2,
  captured: 3,
  finalized: 4,
  updated: 4,
  overdue: 4,
  refunded: 5,
  failed: 6,
  paid: 6,
  expired: 7,
  voided: 7,
  marked_uncollectible: 7,
  closed: 7,
  deleted: 8,
}

const PER_SECOND = 4_000_000
const PER_STAGE = 400_000
const PER_PROGRESS = 4_000

/**
 * `progress` (0 to 1) tells two states of the same second and stage apart by what only ever grows, e.g. the share of a
 * charge that was refunded, or how far an invoice has come. What still ties is ordered by the event's id: arbitrary,
 * but the same in any order of arrival.
 */
export function momentOf(
  event: { id: string; type: string; created: number },
  timeZone: string,
  progress = 0,
): Moment {
  const stage = STAGE[event.type.split('.').at(-1) ?? ''] ?? 4
  const grown = Math.round(Math.min(1, Math.max(0, progress)) * 99)
  return {
    type: event.type,
    timeZone,
    at: isoInstant(event.created * 1000),
    day: businessDay(event.created * 1000, timeZone),
    version:
      event.created * PER_SECOND +
      stage * PER_STAGE +
      grown * PER_PROGRESS +
      tieBreak(event.id, PER_PROGRESS),
  }
}

/** Our clock and Stripe's may differ by a little: what happened so shortly before a listing may still overrule it. */
const SKEW_SECONDS = 5

/**
 * The moment of an object as a list showed it at `readAt` (milliseconds): newer than every event before, older than
 * every event after. Its instant is the object's own, so that the same object listed twice is the same fact.
 */
export function listedMoment(object: { created: number }, timeZone: string, readAt: number): Moment {
  return {
    type: 'listed',
    timeZone,
    at: isoInstant(object.created * 1000),
    day: businessDay(object.created * 1000, timeZone),
    version: (Math.floor(readAt / 1000) - SKEW_SECONDS) * PER_SECOND,
  }
}

/**
 * The version of what an object mentions in passing, such as the customer's name on a charge: a later mention wins over
 * an earlier one, and any event of the customer itself wins over both.
 */
export const passingVersion = (created: number, id: string): number => created * 1000 + tieBreak(id, 1000)

function tieBreak(id: string, size: number): number {
  let hash = 7
  for (const char of id) hash = (hash * 31 + char.charCodeAt(0)) % size
  return hash
}
