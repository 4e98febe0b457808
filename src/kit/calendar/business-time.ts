/** Office hours: when a business is open, and lengths of time on its clocks. */
import { Temporal } from 'temporal-polyfill'
import { weekdayOf } from './days.ts'

export interface BusinessTime {
  /** IANA zone. */
  timeZone: string
  /** Weekdays that are worked, Monday is 1; at least one. */
  workdays: readonly number[]
  /** Minutes after midnight; `closes` is the first that is closed again, and lies after `opens`. */
  opens: number
  closes: number
  /** Days that are not worked, as `2026-12-25`. */
  holidays: readonly string[]
}

export interface TimeSpan {
  amount: number
  unit: 'minutes' | 'hours' | 'days' | 'weeks' | 'business_days'
}

/** Longer than any row of closed days; somebody who lists more holidays than that is never open. */
const MOST_DAYS = 4_000

const isWorkday = (day: string, { workdays, holidays }: BusinessTime): boolean =>
  workdays.includes(weekdayOf(day)) && !holidays.includes(day)

/**
 * The first instant at or after `at` (milliseconds) at which the business is open. A time that a clock change skips is
 * the first one after the gap; of one that comes twice, the first.
 */
export function nextOpening(at: number, time: BusinessTime): number {
  const local = zoned(at, time)
  const minute = local.hour * 60 + local.minute
  if (isWorkday(dayOf(local), time) && minute >= time.opens && minute < time.closes) return at
  const today = minute < time.opens ? local : local.add({ days: 1 })
  return onWorkday(today, time).with(clockAt(time.opens)).epochMilliseconds
}

/**
 * The instant a length after `at`. Minutes and hours are counted, days and weeks keep the time on the clock, and business
 * days count only days that are worked (one business day after Friday noon is Monday noon).
 */
export function after(at: number, { amount, unit }: TimeSpan, time: BusinessTime): number {
  const local = zoned(at, time)
  if (unit !== 'business_days') return local.add({ [unit]: amount }).epochMilliseconds
  let day = local
  for (let left = amount; left > 0; left -= 1) day = onWorkday(day.add({ days: 1 }), time)
  return day.epochMilliseconds
}

/** The same time of the clock on the first day at or after `at` that is worked; `at` itself when its day is. */
export const onNextWorkday = (at: number, time: BusinessTime): number =>
  onWorkday(zoned(at, time), time).epochMilliseconds

/** The instant at which a day (`2026-03-01`) or instant of text begins; null when it is neither. */
export function instantOf(text: string, timeZone: string): number | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    try {
      return Temporal.PlainDate.from(text).toZonedDateTime(timeZone).epochMilliseconds
    } catch {
      return null
    }
  }
  const at = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : at
}

const zoned = (at: number, { timeZone }: BusinessTime): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)

const dayOf = (at: Temporal.ZonedDateTime): string => at.toPlainDate().toString()

const clockAt = (minutes: number) => ({
  ...{ hour: Math.floor(minutes / 60), minute: minutes % 60, second: 0 },
  ...{ millisecond: 0, microsecond: 0, nanosecond: 0 },
})

function onWorkday(from: Temporal.ZonedDateTime, time: BusinessTime): Temporal.ZonedDateTime {
  let day = from
  for (let i = 0; i < MOST_DAYS; i++) {
    if (isWorkday(dayOf(day), time)) return day
    day = day.add({ days: 1 })
  }
  return day
}
