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
  const jumped = fixed ? afterGap(cron, timeZone, from.getTime(), next?.getTime() ?? null) : null
  if (jumped !== null) return new Date(jumped).toISOString()
  return next ? next.toISOString() : null
}

/**
 * The first moment after a gap (the clock put forward) between `from` and `to` in which one of its times would have
 * been, in milliseconds; null: there is none. Lists of times are looked at one by one here, which croner leaves out.
 */
function afterGap(cron: string, timeZone: string, from: number, to: number | null): number | null {
  let zoned = zonedAt(from, timeZone)
  for (let change = 0; change < MOST_CHANGES; change++) {
    const next = zoned.getTimeZoneTransition('next')
    if (!next || (to !== null && next.epochMilliseconds >= to)) return null
    const forward = next.offsetNanoseconds - zonedAt(next.epochMilliseconds - 1, timeZone).offsetNanoseconds
    const jumpMs = forward / 1_000_000
    if (jumpMs > 0 && jumpMs < LEFT_OUT_MS && comesOnWall(cron, next, jumpMs)) return next.epochMilliseconds
    zoned = next
  }
  return null
}

/** A place that changes sides of the date line leaves a whole day out: nothing of it is made up for. */
const LEFT_OUT_MS = 12 * 3_600_000
/** Clocks change twice a year at most in most places; after so many changes a rhythm that rare is left to itself. */
const MOST_CHANGES = 12

/** A time of the expression stands among those that the clock jumped over before `end`. */
function comesOnWall(cron: string, end: Temporal.ZonedDateTime, jumpMs: number): boolean {
  const wall = Date.parse(`${end.toPlainDateTime().toString({ smallestUnit: 'second' })}Z`)
  const first = new Cron(cron, { timezone: 'UTC', paused: true }).nextRun(new Date(wall - jumpMs - 1000))
  return first !== null && first.getTime() < wall
}

const zonedAt = (at: number, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)

/** No `*` and no step in its minutes and hours. */
function hasFixedTimes(cron: string): boolean {
  const fields = cron.trim().split(/\s+/)
  const [minute = '*', hour = '*'] = fields.slice(-5)
  return !/[*/]/.test(`${minute}${hour}`)
}

/** The clock of the zone showed the same time once before, because it was put back since. */
function isSecondPass(at: Date, timeZone: string): boolean {
  const zoned = zonedAt(at.getTime(), timeZone)
  const first = zoned.toPlainDateTime().toZonedDateTime(timeZone, { disambiguation: 'earlier' })
  return first.epochMilliseconds < zoned.epochMilliseconds
}
