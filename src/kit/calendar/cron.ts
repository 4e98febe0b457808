/** When a cron expression is next due on the clocks of a zone. */
import { Cron } from 'croner'

/**
 * The first moment strictly after `after` (an ISO instant) at which `cron` (five fields, or six with seconds first) is
 * due in `timeZone`, as an ISO instant; null when it never is (30 February). A time that the night of a clock change
 * skips runs right after the gap, one that comes twice runs the first time. Throws for an expression, zone or instant
 * that cannot be read.
 */
export function nextOccurrence(cron: string, timeZone: string, after: string): string | null {
  const from = new Date(after)
  if (Number.isNaN(from.getTime())) throw new RangeError(`"${after}" is no instant`)
  const next = new Cron(cron, { timezone: timeZone, paused: true }).nextRun(from)
  return next ? next.toISOString() : null
}
