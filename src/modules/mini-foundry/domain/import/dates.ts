/**
 * Dates as files write them. A plain date or date-time stays plain (it is the business's own day); one with a zone or
 * an epoch number is an instant, and becomes a day by the workspace's zone.
 */
import { monthOf } from './months.ts'
import type { DateOrder } from './types.ts'

export interface ParsedDate {
  /** `YYYY-MM-DD` as written. */
  day: string
  /** `HH:MM:SS` as written, or null. */
  time: string | null
  /** Milliseconds since the epoch when the text names a zone; null for plain dates. */
  instant: number | null
}

const ISO = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?=$|[T\s,])(.*)$/
const NUMERIC = /^(\d{1,2})([-/. ])(\d{1,2})\2\s?(\d{4}|\d{2})(?=$|[T\s,])(.*)$/
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?=$|[T\s])(.*)$/
const DAY_NAME_YEAR =
  /^(?:\p{L}+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]*(?:de\s+)?(\p{L}{3,})\.?,?[\s-]*(?:de\s+)?(\d{4}|\d{2})(?=$|[T\s,])(.*)$/u
const NAME_DAY_YEAR =
  /^(?:\p{L}+\.?,?\s+)?(\p{L}{3,})\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{4}|\d{2})(?=$|[T\s,])(.*)$/u
const YEAR_NAME_DAY = /^(\d{4})[\s-]+(\p{L}{3,})\.?[\s-]+(\d{1,2})(?=$|[T\s,])(.*)$/u
const TIME =
  /^[T\s,]*(?:(?:at|um|à)\s+)?(\d{1,2})[:.h](\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*([ap]\.?\s?m\.?)?\s*(Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?)?$/i
const SERIAL = /^(\d{5})(?:[.,](\d+))?$/
const EPOCH = /^\d{10}(?:\d{3})?$/

/** Reads a date; `order` decides 03/04/2016. Null when the text is no date in that order. */
export function parseDate(text: string, order: DateOrder): ParsedDate | null {
  const trimmed = text.trim()
  const year = ISO.exec(trimmed) ?? COMPACT.exec(trimmed)
  if (year) return dated(Number(year[1]), Number(year[2]), Number(year[3]), year[4] ?? '')
  const numeric = NUMERIC.exec(trimmed)
  if (numeric) return ordered(numeric, order)
  return named(trimmed) ?? numbered(trimmed)
}

/** What one value says about the order of its column: `either` could be both, `fixed` needs no order. */
export type OrderEvidence = 'dmy' | 'mdy' | 'either' | 'fixed' | 'not-a-date'

export function orderEvidence(text: string): OrderEvidence {
  const trimmed = text.trim()
  const match = NUMERIC.exec(trimmed)
  if (!match) return parseDate(trimmed, 'ymd') ? 'fixed' : 'not-a-date'
  const dmy = ordered(match, 'dmy')
  const mdy = ordered(match, 'mdy')
  if (dmy && mdy) return dmy.day === mdy.day ? 'fixed' : 'either'
  if (dmy) return 'dmy'
  if (mdy) return 'mdy'
  return ordered(match, 'ymd') ? 'fixed' : 'not-a-date'
}

/** ISO text of when it happened: an instant where the source knows one, else the plain date or date-time. */
export function happenedAt(date: ParsedDate): string {
  if (date.instant !== null) return new Date(date.instant).toISOString()
  return date.time ? `${date.day}T${date.time}` : date.day
}

function ordered(match: RegExpExecArray, order: DateOrder): ParsedDate | null {
  const [, a = '', , b = '', c = '', rest = ''] = match
  if (order === 'ymd') return c.length === 2 ? dated(fullYear(a), Number(b), Number(c), rest) : null
  const [day, month] = order === 'dmy' ? [a, b] : [b, a]
  return dated(fullYear(c), Number(month), Number(day), rest)
}

function named(text: string): ParsedDate | null {
  if (!/\p{L}{3}/u.test(text)) return null
  const dayFirst = DAY_NAME_YEAR.exec(text)
  if (dayFirst) return withName(dayFirst[3], dayFirst[2], dayFirst[1], dayFirst[4])
  const nameFirst = NAME_DAY_YEAR.exec(text)
  if (nameFirst) return withName(nameFirst[3], nameFirst[1], nameFirst[2], nameFirst[4])
  const yearFirst = YEAR_NAME_DAY.exec(text)
  return yearFirst ? withName(yearFirst[1], yearFirst[2], yearFirst[3], yearFirst[4]) : null
}

function withName(year = '', name = '', day = '', rest = ''): ParsedDate | null {
  const month = monthOf(name)
  return month ? dated(fullYear(year), month, Number(day), rest) : null
}

/** Spreadsheet serials (days since 30 December 1899) and Unix time in seconds or milliseconds. */
function numbered(text: string): ParsedDate | null {
  const serial = SERIAL.exec(text)
  if (serial) {
    const days = Number(serial[1])
    if (days < 20_000 || days > 80_000) return null
    const at = new Date(Date.UTC(1899, 11, 30) + days * 86_400_000)
    const seconds = Math.round(Number(`0.${serial[2] ?? '0'}`) * 86_400)
    const time = serial[2]
      ? clock(Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60)
      : null
    return { day: at.toISOString().slice(0, 10), time, instant: null }
  }
  if (!EPOCH.test(text)) return null
  const instant = text.length === 13 ? Number(text) : Number(text) * 1000
  const iso = new Date(instant).toISOString()
  return { day: iso.slice(0, 10), time: iso.slice(11, 19), instant }
}

function dated(year: number, month: number, day: number, rest: string): ParsedDate | null {
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) return null
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null
  const text = `${year}-${pad(month)}-${pad(day)}`
  if (rest.trim() === '') return { day: text, time: null, instant: null }
  const match = TIME.exec(rest)
  if (!match) return null
  const [, h = '', m = '', s = '0', half = '', zone = ''] = match
  const hour = halfDay(Number(h), half)
  if (hour > 23 || Number(m) > 59 || Number(s) > 59) return null
  const time = clock(hour, Number(m), Number(s))
  const offset = zone ? offsetMinutes(zone) : null
  const instant = offset === null ? null : Date.parse(`${text}T${time}Z`) - offset * 60_000
  return { day: text, time, instant }
}

const fullYear = (text: string): number => {
  if (text.length === 4) return Number(text)
  return Number(text) + (Number(text) < 70 ? 2000 : 1900)
}

function halfDay(hour: number, half: string): number {
  if (!half) return hour
  if (hour < 1 || hour > 12) return 99
  return (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0)
}

function offsetMinutes(zone: string): number {
  const match = /([+-])(\d{1,2}):?(\d{2})?$/.exec(zone)
  if (!match) return 0
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
  return match[1] === '-' ? -minutes : minutes
}

const pad = (n: number): string => String(n).padStart(2, '0')

const clock = (h: number, m: number, s: number): string => `${pad(h)}:${pad(m)}:${pad(s)}`
