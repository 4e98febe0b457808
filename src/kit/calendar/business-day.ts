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
