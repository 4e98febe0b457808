/** When a person may be written to: not in the night, and not more often than is good. */
import { addDays, businessDay, instantOf } from '../../../kit/calendar.ts'
import { type CopilotSettings, minutesOf } from './copilot-settings.ts'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

export type Pace = { kind: 'now' } | { kind: 'later'; at: number; why: string }

/** `sent`: when earlier mails of automations went to this person, milliseconds, the newest first. */
export function paceOf(
  { quiet_from, quiet_to, mails_per_day, mails_per_week }: CopilotSettings,
  timeZone: string,
  sent: readonly number[],
  now: number,
): Pace {
  const cap = capOf(sent, now, mails_per_day, DAY_MS) ?? capOf(sent, now, mails_per_week, 7 * DAY_MS)
  const at = cap === null ? now : Math.max(now, cap)
  const quiet = quietEnd(at, minutesOf(quiet_from), minutesOf(quiet_to), timeZone)
  if (quiet !== null) return { kind: 'later', at: quiet, why: 'Waits for the end of the quiet hours.' }
  if (at > now)
    return {
      kind: 'later',
      at,
      why: `Waits, because this person has had ${mails_per_day} mails in a day or ${mails_per_week} in a week already.`,
    }
  return { kind: 'now' }
}

/** When the oldest of the last `most` falls out of the window; null: there is room. */
function capOf(sent: readonly number[], now: number, most: number, window: number): number | null {
  const recent = sent.filter((at) => at > now - window)
  const oldest = recent[most - 1]
  return oldest === undefined ? null : oldest + window + 1
}

/** The end of the quiet hours that `at` lies in; null: in none. */
function quietEnd(at: number, from: number, to: number, timeZone: string): number | null {
  if (from === to) return null
  const day = businessDay(at, timeZone)
  const midnight = instantOf(day, timeZone) ?? at
  const minute = (at - midnight) / MINUTE_MS
  const isQuiet = from < to ? minute >= from && minute < to : minute >= from || minute < to
  if (!isQuiet) return null
  const next = minute < to ? midnight : (instantOf(addDays(day, 1), timeZone) ?? midnight + DAY_MS)
  return next + to * MINUTE_MS
}
