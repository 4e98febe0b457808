/** Whether an automation has fallen silent: it is live, should have run, and has not. */
import type { Trigger } from './automation-model.ts'

export interface PastStarts {
  /** Starts of the last 14 days, and of the 28 days before those. */
  lately: number
  before: number
  /** When it last ran, in milliseconds; null: never. */
  lastAt: number | null
  /** Since when what runs now is live, in milliseconds. */
  liveSince: number
}

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
/** So late a moment of a rhythm is missed, and not just waiting for its turn. */
const GRACE_MS = 2 * HOUR_MS
/** Runs in 28 days that make a habit. */
const HABIT = 6

/**
 * In words what is odd, or null. `due`: the last moment of its rhythm before now (milliseconds), null when it has none.
 * Of events only a habit that breaks off is told: nobody knows how often they should come.
 */
export function silenceWords(
  trigger: Trigger,
  { lately, before, lastAt, liveSince }: PastStarts,
  due: number | null,
  now: number,
): string | null {
  if (trigger.kind === 'schedule')
    return due !== null && due > liveSince && due < now - GRACE_MS && (lastAt ?? 0) < due
      ? 'It should have run by its rhythm, and has not.'
      : null
  if (trigger.kind === 'manual' || now - liveSince < 14 * DAY_MS) return null
  return before >= HABIT && lately === 0
    ? `It ran ${before} times in four weeks, and not once in the two weeks since. Is what starts it still connected?`
    : null
}
