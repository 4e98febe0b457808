/** Quiet hours on a person's own clock: whether an instant lies in them, and when they end, whatever the clock does. */

const DAY_MINUTES = 1440
const MINUTE_MS = 60_000

export interface QuietHours {
  /** IANA zone of the person. */
  timeZone: string
  /** Minutes after midnight, from (inclusive) and until (exclusive); the same twice: none. Until before from: over midnight. */
  quietFrom: number
  quietUntil: number
}

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Minutes after local midnight of an instant (milliseconds since the epoch). Throws RangeError for an unknown zone. */
export function minuteOfDay(instantMs: number, timeZone: string): number {
  let formatter = formatters.get(timeZone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      numberingSystem: 'latn',
      hourCycle: 'h23',
      hour: '2-digit',
      minute: '2-digit',
    })
    formatters.set(timeZone, formatter)
  }
  const [hour = '0', minute = '0'] = formatter.format(instantMs).split(':')
  return Number(hour) * 60 + Number(minute)
}

/** True when the person wants to be left alone at this instant. */
export function isQuiet(instantMs: number, hours: QuietHours): boolean {
  const { quietFrom, quietUntil } = hours
  if (quietFrom === quietUntil) return false
  const minute = minuteOfDay(instantMs, hours.timeZone)
  return quietFrom < quietUntil
    ? minute >= quietFrom && minute < quietUntil
    : minute >= quietFrom || minute < quietUntil
}

/**
 * The first instant from `instantMs` on that is not quiet. A clock change on the way is looked for, so that the night
 * it happens ends at the hour on the wall: a spring gap that swallows the end ends the quiet with it.
 */
export function quietEnd(instantMs: number, hours: QuietHours): number {
  let at = instantMs
  for (let hop = 0; hop < 4 && isQuiet(at, hours); hop++) {
    const end = startOfMinute(at) + minutesLeft(at, hours) * MINUTE_MS
    const change = clockChange(startOfMinute(at), end, hours.timeZone)
    at = change ?? end
  }
  return at
}

const startOfMinute = (ms: number): number => Math.floor(ms / MINUTE_MS) * MINUTE_MS

const minutesLeft = (at: number, { quietUntil, timeZone }: QuietHours): number =>
  (quietUntil - minuteOfDay(at, timeZone) + DAY_MINUTES) % DAY_MINUTES

/** The minute within (`from`, `to`] at which the zone's clock jumps, or null when it runs through. */
function clockChange(from: number, to: number, timeZone: string): number | null {
  const shift = (at: number) =>
    (((minuteOfDay(at, timeZone) - at / MINUTE_MS) % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES
  const before = shift(from)
  if (shift(to) === before) return null
  let [low, high] = [from / MINUTE_MS, to / MINUTE_MS]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (shift(middle * MINUTE_MS) === before) low = middle
    else high = middle
  }
  return high * MINUTE_MS
}
