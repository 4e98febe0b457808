/** When an event happened, fine enough that two events never tie: Stripe's clock has whole seconds. */
import { isoInstant } from '../../platform/clock.ts'

export interface Moment {
  type: string
  timeZone: string
  /** ISO instant. */
  at: string
  /** Milliseconds; within the second ordered by how far in its life the object is, then by the event's id. */
  updatedAt: number
}

/** Later stages of an object's life, by the last word of the event's type. */
const STAGE: Record<string, number> = {
  created: 0,
  failed: 1,
  succeeded: 2,
  captured: 3,
  finalized: 3,
  updated: 4,
  overdue: 4,
  refunded: 5,
  paid: 6,
  voided: 7,
  marked_uncollectible: 7,
  deleted: 8,
}

export function momentOf(event: { id: string; type: string; created: number }, timeZone: string): Moment {
  const stage = STAGE[event.type.split('.').at(-1) ?? ''] ?? 4
  return {
    type: event.type,
    timeZone,
    at: isoInstant(event.created * 1000),
    updatedAt: event.created * 1000 + stage * 100 + tieBreak(event.id) * 2,
  }
}

/** 0-44 from the id: arbitrary, but the same whatever the order of arrival. */
const tieBreak = (id: string): number => {
  let hash = 7
  for (const char of id) hash = (hash * 31 + char.charCodeAt(0)) % 45
  return hash
}
