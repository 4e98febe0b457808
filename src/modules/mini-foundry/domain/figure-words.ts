/** Figures and changes as plain text, for mails and files. */

import type { DayRange } from '../../../kit/calendar.ts'
import { dateFormat, numberFormat } from '../../../kit/format.ts'
import { displayMoney, parseUnits } from '../../../platform/money.ts'
import { COMPARISON_LABELS, type Comparison } from './compare.ts'
import type { MetricAnswer, MetricValue } from './metrics-answer.ts'

/** Money in its currency, percentages with their sign, a dash where there is no value. */
export function figureText(
  answer: Pick<MetricAnswer, 'unit' | 'currency'>,
  value: MetricValue,
  locale: string,
): string {
  if (value === null) return '–'
  if (answer.unit === 'money')
    return displayMoney(parseUnits(String(value)) ?? 0, answer.currency ?? 'USD', locale)
  const number = numberFormat(locale, { maximumFractionDigits: 2 }).format(Number(value))
  if (answer.unit === 'percent') return `${number}%`
  return answer.unit === 'days' || answer.unit === 'hours' ? `${number} ${answer.unit}` : number
}

/** `12% more than the previous period ($1,200.00)`; null where nothing is compared. */
export function changeText(
  answer: MetricAnswer,
  comparison: Comparison | null,
  locale: string,
): string | null {
  const { compare } = answer
  if (!compare || !comparison) return null
  const before = `the ${COMPARISON_LABELS[comparison]} (${figureText(answer, compare.total, locale)})`
  const percent = compare.change_percent
  if (percent === null) return `no comparison with ${before}`
  if (percent === 0) return `same as ${before}`
  const size = numberFormat(locale, { maximumFractionDigits: 1 }).format(Math.abs(percent))
  return `${size}% ${percent > 0 ? 'more' : 'less'} than ${before}`
}

export const rangeText = (range: DayRange, locale: string): string =>
  dateFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).formatRange(
    new Date(`${range.from}T00:00:00Z`),
    new Date(`${range.to}T00:00:00Z`),
  )
