/** Figures, periods and changes of a dashboard in words of the viewer's place. */

import type { DayRange, Granularity } from '../../../kit/calendar.ts'
import { dateFormat, numberFormat } from '../../../kit/format.ts'
import { currencyDigits, displayMoney, parseUnits } from '../../../platform/money.ts'
import type { StatChange } from '../../../views/stat.tsx'
import { remarkPlaces } from '../domain/annotations.ts'
import type { Comparison } from '../domain/compare.ts'
import { COMPARISON_LABELS } from '../domain/compare.ts'
import type { DashboardView } from '../domain/dashboard-model.ts'
import type { MetricAnswer, MetricValue } from '../domain/metrics-answer.ts'

/** Where and how the viewer reads. */
export interface Reader {
  locale: string
  timeZone: string
  /** A visitor of a link: sees figures, and no way to pages that need an account. */
  guest?: boolean
}

const NOTHING = '–'

/** A figure for people: money in its currency, counts grouped, a dash where there is no value. */
export function figure(
  answer: Pick<MetricAnswer, 'unit' | 'currency'>,
  value: MetricValue,
  { locale }: Reader,
): string {
  if (value === null) return NOTHING
  if (answer.unit === 'money')
    return displayMoney(parseUnits(String(value)) ?? 0, answer.currency ?? 'USD', locale)
  return unitFormat(answer.unit, locale).format(
    answer.unit === 'percent' ? Number(value) / 100 : Number(value),
  )
}

/** How figures that are no money read: 12.5%, 3.2 days, 1.75. */
function unitFormat(unit: MetricAnswer['unit'], locale: string, short = false): Intl.NumberFormat {
  const most = { maximumFractionDigits: unit === 'ratio' ? 2 : 1 }
  if (unit === 'percent') return numberFormat(locale, { style: 'percent', ...most })
  if (unit === 'days' || unit === 'hours') {
    return numberFormat(locale, {
      style: 'unit',
      unit: unit === 'days' ? 'day' : 'hour',
      unitDisplay: short ? 'short' : 'long',
      ...most,
    })
  }
  return numberFormat(locale, short ? { notation: 'compact', maximumFractionDigits: 1 } : most)
}

/** Formats for a chart, whose values are plain numbers. */
export function chartFormats(answer: Pick<MetricAnswer, 'unit' | 'currency'>, { locale }: Reader) {
  if (answer.unit !== 'money') {
    const scale = answer.unit === 'percent' ? 100 : 1
    const [exact, brief] = [unitFormat(answer.unit, locale), unitFormat(answer.unit, locale, true)]
    return {
      format: (value: number) => exact.format(value / scale),
      formatShort: (value: number) => brief.format(value / scale),
    }
  }
  const money = answer.currency ? { style: 'currency' as const, currency: answer.currency } : {}
  const digits = answer.currency ? currencyDigits(answer.currency) : 0
  const long = numberFormat(locale, {
    ...money,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  const short = numberFormat(locale, { ...money, notation: 'compact', maximumFractionDigits: 1 })
  return {
    format: (value: number) => long.format(value),
    formatShort: (value: number) => short.format(value),
  }
}

export const numbers = (points: readonly { value: MetricValue }[]): (number | null)[] =>
  points.map(({ value }) => (value === null ? null : Number(value)))

/** How a reader's calendar is cut, and whether one year is all that is shown (so that days need not name it). */
export interface PeriodStyle {
  granularity: Granularity
  fiscalYearStart: number
  oneYear: boolean
}

/** A period by its first day: `5 Jan`, `Jan 2026`, `Q1 2026`, `2026`. */
export function periodLabel(start: string, style: PeriodStyle, { locale }: Reader): string {
  const date = new Date(`${start}T00:00:00Z`)
  const say = (options: Intl.DateTimeFormatOptions) =>
    dateFormat(locale, { ...options, timeZone: 'UTC' }).format(date)
  const month = say({ month: 'short', year: 'numeric' })
  switch (style.granularity) {
    case 'day':
    case 'week':
      return say({ day: 'numeric', month: 'short', year: style.oneYear ? undefined : 'numeric' })
    case 'month':
      return month
    case 'quarter':
      return style.fiscalYearStart % 3 === 1
        ? `Q${Math.ceil((date.getUTCMonth() + 1) / 3)} ${start.slice(0, 4)}`
        : `3 months from ${month}`
    case 'year':
      return style.fiscalYearStart === 1 ? start.slice(0, 4) : `Year from ${month}`
  }
}

/**
 * The place of the period that today lies in, which is not over yet; undefined where the range ends before today or looks
 * back at a day that was over.
 */
export function soFarOf(
  { query, range, calendar }: Pick<DashboardView, 'query' | 'range' | 'calendar'>,
  series: readonly { period: string }[],
): number | undefined {
  if (query.asOf !== null || range.to < calendar.today) return undefined
  const at = series.findLastIndex(({ period }) => period <= calendar.today)
  return at < 0 ? undefined : at
}

/** The labels of periods, the one that is not over named so. */
export function periodLabels(
  series: readonly { period: string }[],
  style: PeriodStyle,
  soFar: number | undefined,
  reader: Reader,
): string[] {
  return series.map(({ period }, index) => {
    const label = periodLabel(period, style, reader)
    return index === soFar ? `${label} (so far)` : label
  })
}

export const PERIOD_NAMES: Record<Granularity, string> = {
  day: 'Day',
  week: 'Week of',
  month: 'Month',
  quarter: 'Quarter',
  year: 'Year',
}

export function rangeWords(range: DayRange, { locale }: Reader): string {
  const format = dateFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  return format.formatRange(new Date(`${range.from}T00:00:00Z`), new Date(`${range.to}T00:00:00Z`))
}

/** What a look back leaves out. */
export const asOfWords = (asOf: string, { locale }: Reader): string => {
  const day = dateFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  return `As it stood at the end of ${day.format(new Date(`${asOf}T00:00:00Z`))}: later refunds, edits, cancellations and payments are left out.`
}

/** What is remarked on the periods of a chart. */
export const remarkWords = (
  { remarks }: Pick<DashboardView, 'remarks'>,
  series: readonly { period: string }[],
  { locale }: Reader,
): { index: number; words: string }[] => {
  const day = dateFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const starts = series.map(({ period }) => period)
  return remarkPlaces(starts, remarks).map(({ index, remark }) => ({
    index,
    words: `${day.format(new Date(`${remark.day}T00:00:00Z`))}: ${remark.text}`,
  }))
}

/** The change of a figure in words, and whether it is good news. */
export function changeWords(
  answer: MetricAnswer,
  comparison: Comparison | null,
  reader: Reader,
): StatChange | null {
  const { compare } = answer
  if (!compare || !comparison) return null
  const before = `the ${COMPARISON_LABELS[comparison]} (${figure(answer, compare.total, reader)})`
  const percent = compare.change_percent
  if (percent === null) return { text: `no comparison with ${before}`, direction: 'flat', good: null }
  if (percent === 0) return { text: `same as ${before}`, direction: 'flat', good: null }
  const size = numberFormat(reader.locale, { style: 'percent', maximumFractionDigits: 1 }).format(
    Math.abs(percent) / 100,
  )
  const direction = percent > 0 ? 'up' : 'down'
  const better = answer.less_is_better ? 'down' : 'up'
  return {
    text: `${size} ${percent > 0 ? 'more' : 'less'} than ${before}`,
    direction,
    good: direction === better,
  }
}
