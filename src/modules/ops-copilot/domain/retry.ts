/** When a failed step is tried again. */
import type { Retry } from './definition-model.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND

/** Pauses after the first, second, ... failure; the last one holds from there on. */
const PAUSES = {
  quick: [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE],
  /** Outages last hours: a tail like that of Make (research 1.9). */
  long: [5 * SECOND, MINUTE, 10 * MINUTE, 10 * MINUTE, 30 * MINUTE, 30 * MINUTE, 30 * MINUTE, 180 * MINUTE],
}

export const DEFAULT_RETRY: Retry = { tries: 9, schedule: 'long' }

/**
 * Milliseconds until the try after `attempt` (the first is 1), or null when that was the last. What the other side asked
 * for (`afterMs`, from Retry-After) is the least; `chance` (0 to 1) spreads those who failed together.
 */
export function retryPause(
  { tries, schedule }: Retry,
  attempt: number,
  { afterMs = 0, chance = 0 }: { afterMs?: number; chance?: number } = {},
): number | null {
  if (attempt >= tries) return null
  const pauses = PAUSES[schedule]
  const pause = pauses[Math.min(attempt, pauses.length) - 1] ?? 0
  return Math.max(afterMs, Math.round(pause * (1 + 0.2 * chance)))
}
