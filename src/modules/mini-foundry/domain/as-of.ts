/** Looking back: figures as they stood at the end of a past day, before later refunds, edits and payments. */
import { addDays, type DayRange, isDay } from '../../../kit/calendar.ts'
import type { FieldError } from '../../../platform/result.ts'
import type { Metric } from './metrics.ts'

/** The day to look back to; null without one. What is no past day is noted in `errors`; today is no looking back. */
export function asOfDay(text: string | undefined, today: string, errors: FieldError[]): string | null {
  if (!text) return null
  if (!isDay(text)) errors.push({ path: 'as_of', message: 'Write the day to look back to as 2026-01-31.' })
  else if (text > today) {
    errors.push({ path: 'as_of', message: `${text} is yet to come; nobody knows its figures.` })
  }
  return text < today ? text : null
}

/** The days of a range that had come by then; ends before it starts when none had. */
export const daysUntil = (range: DayRange, asOf: string | undefined): DayRange =>
  asOf && asOf < range.to ? { ...range, to: asOf } : range

/** The first day of a range, or the day after `asOf` when that comes first: levels open with all that moved before it. */
export const openingDay = (range: DayRange, asOf: string | undefined): string =>
  asOf && asOf < range.from ? addDays(asOf, 1) : range.from

/** Why a metric cannot look back, in a sentence; null when it can. */
export function whyNotBack(metric: Metric): string | null {
  if (!metric.measures.some(({ family }) => family === 'fulfilment')) return null
  return `${metric.name} follows the state that orders are in today, so it cannot be shown as it stood on an earlier day.`
}
