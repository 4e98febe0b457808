/** Arithmetic on plain dates (`YYYY-MM-DD`): no instants, no zones, so nothing here knows of daylight saving. */

const DAY_MS = 86_400_000
const SHAPE = /^\d{4}-\d{2}-\d{2}$/

/** True for a date that the calendar really has: `2024-02-29` is one, `2023-02-29` is not. */
export function isDay(text: string): boolean {
  if (!SHAPE.test(text)) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && toDay(at) === text
}

/** The date `count` days later (earlier when negative). */
export const addDays = (day: string, count: number): string => toDay(toMs(day) + count * DAY_MS)

/** Whole days from `from` to `to`: 0 for the same date, negative when `to` lies before. */
export const daysBetween = (from: string, to: string): number => Math.round((toMs(to) - toMs(from)) / DAY_MS)

/** ISO weekday: 1 Monday to 7 Sunday. */
export const weekdayOf = (day: string): number => new Date(toMs(day)).getUTCDay() || 7

/** The date `count` months later; the last of the month where the month is too short (31 Jan + 1 -> 28 or 29 Feb). */
export function addMonths(day: string, count: number): string {
  const [year, month, date] = partsOf(day)
  const first = new Date(Date.UTC(year, month - 1 + count, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return toDay(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(date, last)))
}

/** The same date `count` years later; 29 Feb becomes 28 Feb where there is none. */
export const addYears = (day: string, count: number): string => addMonths(day, count * 12)

/** First day of the week that holds `day`; `weekStart` is an ISO weekday. */
export const startOfWeek = (day: string, weekStart: number): string =>
  addDays(day, -((weekdayOf(day) - weekStart + 7) % 7))

export const startOfMonth = (day: string): string => `${day.slice(0, 7)}-01`

/** First day of the fiscal quarter; `fiscalYearStart` is the month (1-12) in which the fiscal year starts. */
export function startOfQuarter(day: string, fiscalYearStart: number): string {
  const [, month] = partsOf(day)
  return addMonths(startOfMonth(day), -((month - fiscalYearStart + 12) % 3))
}

/** First day of the fiscal year. */
export function startOfYear(day: string, fiscalYearStart: number): string {
  const [, month] = partsOf(day)
  return addMonths(startOfMonth(day), -((month - fiscalYearStart + 12) % 12))
}

const toMs = (day: string): number => Date.parse(`${day}T00:00:00Z`)

const toDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

function partsOf(day: string): [year: number, month: number, date: number] {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))]
}
