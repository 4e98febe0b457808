/** Which calendar day an instant falls on where the business is. */

const formatters = new Map<string, Intl.DateTimeFormat>()

/**
 * The date (`YYYY-MM-DD`) of an instant (milliseconds since the epoch) in an IANA zone. Throws RangeError for a zone
 * that does not exist. Formatters are kept per zone: making one costs more than a thousand conversions.
 */
export function businessDay(instantMs: number, timeZone: string): string {
  let formatter = formatters.get(timeZone)
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
    formatters.set(timeZone, formatter)
  }
  const [month = '', day = '', year = ''] = formatter.format(instantMs).split('/')
  return `${year.padStart(4, '0')}-${month}-${day}`
}

const FARTHEST_ZONE_MS = 16 * 3_600_000

/** The instant (milliseconds since the epoch) at which a day begins in a zone, whatever its clock did that night. */
export function dayStart(day: string, timeZone: string): number {
  let before = Date.parse(day) - FARTHEST_ZONE_MS
  let within = Date.parse(day) + FARTHEST_ZONE_MS
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2)
    if (businessDay(middle, timeZone) < day) before = middle
    else within = middle
  }
  return within
}
