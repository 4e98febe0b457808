/** When an automation that goes by the clock is due: its rhythm, days that are not worked, and what was missed. */
import { type BusinessTime, nextOccurrence, onNextWorkday } from '../../../kit/calendar.ts'
import type { ScheduleTrigger } from './automation-model.ts'

/** So late an occurrence counts as kept. */
const GRACE_MS = 10 * 60_000
/** Occurrences that one look back goes through; older ones are left out. */
const MOST_MISSED = 100
const MOST_MOVES = 400

/** The first moment after `after` (milliseconds) at which it is due; null: never. */
export function nextDue(trigger: ScheduleTrigger, after: number, business: BusinessTime): number | null {
  let from = after
  for (let moves = 0; moves < MOST_MOVES; moves++) {
    const next = nextOccurrence(trigger.cron, trigger.time_zone, new Date(from).toISOString())
    if (next === null) return null
    const at = Date.parse(next)
    // days are those of the schedule's own zone
    const worked = onNextWorkday(at, { ...business, timeZone: trigger.time_zone })
    if (trigger.business_days === undefined || worked === at) return at
    if (trigger.business_days === 'next') return worked
    from = at
  }
  return null
}

/** What is due by `now`, the first of them at `due`: those that count under the policy for missed ones, oldest first. */
export function dueOccurrences(
  trigger: ScheduleTrigger,
  due: number,
  now: number,
  business: BusinessTime,
): { run: number[]; missed: number; next: number | null } {
  const all: number[] = []
  let next: number | null = due
  while (next !== null && next <= now) {
    all.push(next)
    if (all.length > MOST_MISSED) all.shift()
    next = nextDue(trigger, next, business)
  }
  const run =
    trigger.missed === 'all'
      ? all
      : trigger.missed === 'latest'
        ? all.slice(-1)
        : all.slice(-1).filter((at) => now - at <= GRACE_MS)
  return { run, missed: all.length - run.length, next }
}
