/** Number and date formats, made once each: making one costs far more than using it. */

const MOST = 500
const numbers = new Map<string, Intl.NumberFormat>()
const dates = new Map<string, Intl.DateTimeFormat>()

/** As `new Intl.NumberFormat`; throws for a locale or option that does not exist. */
export const numberFormat = (locale: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat =>
  kept(numbers, locale, options, () => new Intl.NumberFormat(locale, options))

/** As `new Intl.DateTimeFormat`; name the zone, or it is that of the machine. */
export const dateFormat = (locale: string, options: Intl.DateTimeFormatOptions = {}): Intl.DateTimeFormat =>
  kept(dates, locale, options, () => new Intl.DateTimeFormat(locale, options))

function kept<Format>(
  formats: Map<string, Format>,
  locale: string,
  options: object,
  make: () => Format,
): Format {
  const key = `${locale} ${JSON.stringify(options)}`
  const known = formats.get(key)
  if (known) return known
  // every currency of every locale would be thousands
  if (formats.size >= MOST) formats.clear()
  const made = make()
  formats.set(key, made)
  return made
}
