/** When a cron expression is next due on the clocks of a zone. */
import { Cron } from 'croner'
import { Temporal } from 'temporal-polyfill'

/**
 * The first moment strictly after `after` (an ISO instant) at which `cron` (five fields, or six with seconds first) is
 * due in `timeZone`, as an ISO instant; null when it never is (30 February). A time that the night of a clock change
 * skips runs right after the gap. One that comes twice runs the first time, unless the expression goes on through every
 * hour (a `*` or a step in the minute or hour): then both. Throws for an expression, zone or instant that cannot be read.
 */
export function nextOccurrence(cron: string, timeZone: string, after: string): string | null {
  const from = new Date(after)
  if (Number.isNaN(from.getTime())) throw new RangeError(`"${after}" is no instant`)
  const job = new Cron(cron, { timezone: timeZone, paused: true })
  const fixed = hasFixedTimes(cron)
  let next = job.nextRun(from)
  while (next && fixed && isSecondPass(next, timeZone)) next = job.nextRun(next)
  return next ? next.toISOString() : null
}

/** No `*` and no step in its minutes and hours. */
function hasFixedTimes(cron: string): boolean {
  const fields = cron.trim().split(/\s+/)
  const [minute = '*', hour = '*'] = fields.slice(-5)
  return !/[*/]/.test(`${minute}${hour}`)
}

/** The clock of the zone showed the same time once before, because it was put back since. */
function isSecondPass(at: Date, timeZone: string): boolean {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone)
  const first = zoned.toPlainDateTime().toZonedDateTime(timeZone, { disambiguation: 'earlier' })
  return first.epochMilliseconds < zoned.epochMilliseconds
}
