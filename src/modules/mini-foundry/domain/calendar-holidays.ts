/** Holidays that move, so that a year can be held against the one before with the holidays on top of each other. */
import { addDays, type DayRange, daysBetween, isDay } from '../../../kit/calendar.ts'

export const HOLIDAYS = [
  'thanksgiving',
  'black_friday',
  'cyber_monday',
  'easter',
  'christmas',
  'lunar_new_year',
  'ramadan',
  'eid_al_fitr',
  'eid_al_adha',
  'diwali',
] as const
export type Holiday = (typeof HOLIDAYS)[number]

export const HOLIDAY_NAMES: Record<Holiday, string> = {
  thanksgiving: 'Thanksgiving',
  black_friday: 'Black Friday',
  cyber_monday: 'Cyber Monday',
  easter: 'Easter',
  christmas: 'Christmas',
  lunar_new_year: 'Lunar New Year',
  ramadan: 'the start of Ramadan',
  eid_al_fitr: 'Eid al-Fitr',
  eid_al_adha: 'Eid al-Adha',
  diwali: 'Diwali',
}

/** Days of one year that a rule gives, or a table where there is no rule (2015-2035): none outside of it. */
export function holidayIn(holiday: Holiday, year: number): string[] {
  switch (holiday) {
    case 'thanksgiving':
      return [thanksgiving(year)]
    case 'black_friday':
      return [addDays(thanksgiving(year), 1)]
    case 'cyber_monday':
      return [addDays(thanksgiving(year), 4)]
    case 'easter':
      return [easterSunday(year)]
    case 'christmas':
      return [`${yearText(year)}-12-25`]
    default:
      return (TABLES[holiday] ?? []).filter((day) => Number(day.slice(0, 4)) === year)
  }
}

/** Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher). */
export function easterSunday(year: number): string {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor(b / 4)
  const e = b % 4
  const f = Math.floor((b + 8) / 25)
  const g = Math.floor((b - f + 1) / 3)
  const h = (19 * a + b - d - g + 15) % 30
  const i = Math.floor(c / 4)
  const k = c % 4
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const month = Math.floor((h + l - 7 * m + 114) / 31)
  const day = ((h + l - 7 * m + 114) % 31) + 1
  return `${yearText(year)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Fourth Thursday of November. */
function thanksgiving(year: number): string {
  const first = new Date(Date.UTC(year, 10, 1)).getUTCDay()
  return `${yearText(year)}-11-${String(1 + ((4 - first + 7) % 7) + 21).padStart(2, '0')}`
}

export interface HolidayAlignment {
  /** What stands on top of what; null: no holiday is near, so weekdays do. */
  holiday: Holiday | null
  /** Days to go back. */
  days: number
}

/** Longer ranges hold many holidays: there weekdays are what can be aligned. */
const LONGEST = 62
/** A range is about a holiday that it holds, or that follows so soon that people already buy for it. */
const AHEAD = 10

/**
 * How many days to go back so that a range meets the same holiday a year before. The first of HOLIDAYS that lies in
 * the range counts, else the first that follows within 10 days; without any: 364 days, so that Mondays meet Mondays.
 */
export function holidayAlignment(range: DayRange): HolidayAlignment {
  const plain: HolidayAlignment = { holiday: null, days: 364 }
  if (!isDay(range.from) || daysBetween(range.from, range.to) >= LONGEST) return plain
  return alignedIn(range) ?? alignedIn({ from: range.from, to: addDays(range.to, AHEAD) }) ?? plain
}

function alignedIn(range: DayRange): HolidayAlignment | null {
  for (const holiday of HOLIDAYS) {
    const days = shiftOf(holiday, range)
    if (days !== null) return { holiday, days }
  }
  return null
}

/** Days between the holiday in the range and the one before it; null when the range holds none. */
function shiftOf(holiday: Holiday, range: DayRange): number | null {
  const year = Number(range.from.slice(0, 4))
  const days = [year - 1, year, year + 1].flatMap((known) => holidayIn(holiday, known))
  const index = days.findIndex((day) => day >= range.from && day <= range.to)
  const now = days[index]
  const before = days[index - 1]
  return now && before ? daysBetween(before, now) : null
}

const yearText = (year: number): string => String(year).padStart(4, '0')

const list = (days: string): string[] => days.trim().split(/\s+/)

/** Umm al-Qura for the Islamic days (a sighting may differ by one), the Chinese calendar, Lakshmi Puja of Diwali. */
const TABLES: Partial<Record<Holiday, string[]>> = {
  lunar_new_year: list(`
    2015-02-19 2016-02-08 2017-01-28 2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10
    2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-03 2031-01-23 2032-02-11 2033-01-31 2034-02-19
    2035-02-08`),
  ramadan: list(`
    2015-06-18 2016-06-06 2017-05-27 2018-05-16 2019-05-06 2020-04-24 2021-04-13 2022-04-02 2023-03-23 2024-03-11
    2025-03-01 2026-02-18 2027-02-08 2028-01-28 2029-01-16 2030-01-05 2030-12-26 2031-12-16 2032-12-04 2033-11-23
    2034-11-12 2035-11-01`),
  eid_al_fitr: list(`
    2015-07-17 2016-07-06 2017-06-25 2018-06-15 2019-06-04 2020-05-24 2021-05-13 2022-05-02 2023-04-21 2024-04-10
    2025-03-30 2026-03-20 2027-03-09 2028-02-26 2029-02-14 2030-02-04 2031-01-24 2032-01-14 2033-01-03 2033-12-23
    2034-12-12 2035-12-01`),
  eid_al_adha: list(`
    2015-09-23 2016-09-11 2017-09-01 2018-08-21 2019-08-11 2020-07-31 2021-07-20 2022-07-09 2023-06-28 2024-06-16
    2025-06-06 2026-05-27 2027-05-16 2028-05-05 2029-04-24 2030-04-13 2031-04-02 2032-03-22 2033-03-12 2034-03-01
    2035-02-19`),
  diwali: list(`
    2015-11-11 2016-10-30 2017-10-19 2018-11-07 2019-10-27 2020-11-14 2021-11-04 2022-10-24 2023-11-12 2024-10-31
    2025-10-20 2026-11-08 2027-10-29 2028-10-17 2029-11-05 2030-10-26 2031-11-14 2032-11-02 2033-10-22 2034-11-10
    2035-10-30`),
}
