/** What people type to make and use an account, as shapes. */
import * as z from 'zod'

export const emailField = z
  .string()
  .trim()
  .max(254, 'This address is too long.')
  .pipe(z.email('Write an e-mail address, like name@example.com.'))
/** Names stand in subjects of mails: one line, read in the order it was typed. */
export const nameField = z
  .string()
  .trim()
  .min(1, 'Tell us a name.')
  .max(80, 'At most 80 characters.')
  .regex(/^[^\p{Cc}\u202A-\u202E\u2066-\u2069]*$/u, 'Leave out line breaks and invisible control signs.')

export const SUPPORTED_CURRENCIES = Intl.supportedValuesOf('currency')
export const SUPPORTED_ZONES = Intl.supportedValuesOf('timeZone')

export const settingsSchema = z.strictObject({
  name: nameField,
  timeZone: z.string().refine(isTimeZone, 'This is no time zone we know, like Europe/Berlin.'),
  currency: z
    .string()
    .refine((code) => SUPPORTED_CURRENCIES.includes(code), 'This is no currency we know, like EUR.'),
  locale: z.string().refine(isLocale, 'This is no language and country we know, like en-GB.'),
  weekStart: z.coerce.number().int().min(1).max(7),
  fiscalYearStart: z.coerce.number().int().min(1).max(12),
  country: z.string().regex(/^[A-Z]{2}$/, 'Use the two letters of the country, like DE.'),
  industry: z.string().trim().max(60, 'At most 60 characters.'),
})

export const signUpSchema = z.object({
  name: nameField,
  email: emailField,
  password: z.string(),
  workspace: nameField,
})

/** For people whom a provider vouches for: the address is theirs already, a password is not asked for. */
export const outsideSignUpSchema = z.object({ name: nameField, workspace: nameField })

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

function isLocale(locale: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale).length === 1
  } catch {
    return false
  }
}

/** Settings to begin with, from what a browser tells of where it is. */
export function guessSettings(hints: { country?: string; timeZone?: string; language?: string }) {
  const country = /^[A-Z]{2}$/.test(hints.country ?? '') ? (hints.country as string) : 'US'
  const language = hints.language && isLocale(hints.language) ? hints.language : 'en-US'
  return {
    timeZone: hints.timeZone && isTimeZone(hints.timeZone) ? hints.timeZone : 'UTC',
    currency: CURRENCY_OF[country] ?? 'USD',
    locale: language,
    weekStart: ['US', 'CA', 'JP', 'BR', 'MX', 'IN', 'IL'].includes(country) ? 7 : 1,
    fiscalYearStart: ({ GB: 4, IN: 4, JP: 4, AU: 7, NZ: 4 } as Record<string, number>)[country] ?? 1,
    country,
    industry: '',
  }
}

const EURO = 'AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK'.split(' ')
const CURRENCY_OF: Record<string, string> = {
  ...Object.fromEntries(EURO.map((country) => [country, 'EUR'])),
  GB: 'GBP',
  CH: 'CHF',
  PL: 'PLN',
  CZ: 'CZK',
  SE: 'SEK',
  NO: 'NOK',
  DK: 'DKK',
  HU: 'HUF',
  RO: 'RON',
  BG: 'EUR',
  CA: 'CAD',
  AU: 'AUD',
  NZ: 'NZD',
  JP: 'JPY',
  IN: 'INR',
  BR: 'BRL',
  MX: 'MXN',
  ZA: 'ZAR',
  SG: 'SGD',
  AE: 'AED',
}
