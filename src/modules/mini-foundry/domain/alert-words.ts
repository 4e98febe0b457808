/** Alerts in plain words: what one does, and what it found. */
import { dateFormat, numberFormat } from '../../../kit/format.ts'
import type { AlertGranularity, AlertRule } from './alert.ts'
import type { Verdict } from './alert-judge.ts'
import type { MetricUnit } from './metrics.ts'

/** How values are written. */
export interface AlertReader {
  unit: MetricUnit
  currency: string | null
  locale: string
}

const PERIOD: Record<AlertGranularity, string> = { day: 'of a day', week: 'of a week', month: 'of a month' }
const AGAINST: Record<string, Record<AlertGranularity, string>> = {
  previous_period: { day: 'the day before', week: 'the week before', month: 'the month before' },
  same_weekday: { day: 'the same weekday a week before', week: '', month: '' },
  previous_year: {
    day: 'the same day a year before',
    week: 'the same week a year before',
    month: 'the same month a year before',
  },
}
const MOVES = { rise: 'rises', drop: 'drops', any: 'moves' } as const
const STRANGE = { rise: 'unusually high', drop: 'unusually low', any: 'unusual' } as const

/** A value in major units as a person of that place writes it. */
export function sayValue(value: number, { unit, currency, locale }: AlertReader): string {
  if (unit === 'money' && currency) {
    return numberFormat(locale, {
      style: 'currency',
      currency,
      trailingZeroDisplay: 'stripIfInteger',
    }).format(value)
  }
  const text = numberFormat(locale, { maximumFractionDigits: 2 }).format(value)
  if (unit === 'percent') return `${text} %`
  return unit === 'days' || unit === 'hours' ? `${text} ${unit}` : text
}

/** `Revenue of a day is below $1,000`: the alert as a sentence without its stop. */
export function alertWords(
  alert: AlertRule & { granularity: AlertGranularity },
  metricName: string,
  reader: AlertReader,
  sourceName = 'the source',
): string {
  const subject = `${metricName} ${PERIOD[alert.granularity]}`
  switch (alert.kind) {
    case 'threshold':
      return `${subject} is ${alert.rule.operator} ${sayValue(alert.rule.value, reader)}`
    case 'change': {
      const { direction, by, unit, against } = alert.rule
      const size =
        unit === 'percent' ? `${sayValue(by, { ...reader, unit: 'percent' })}` : sayValue(by, reader)
      return `${subject} ${MOVES[direction]} by ${size} or more against ${AGAINST[against]?.[alert.granularity]}`
    }
    case 'anomaly':
      return `${subject} is ${STRANGE[alert.rule.direction]}`
    case 'quiet':
      return `Nothing comes from ${sourceName} for much longer than usual`
  }
}

/** What was found in a period, as a sentence. */
export function verdictWords(
  alert: AlertRule & { granularity: AlertGranularity },
  verdict: Verdict,
  metricName: string,
  reader: AlertReader,
  sourceName = 'the source',
): string {
  const when = periodWords(verdict.period, alert.granularity, reader.locale)
  if (alert.kind === 'quiet') {
    const { silentDays, expected } = verdict
    return `Nothing has come from ${sourceName} for ${silentDays} days (up to ${when}); up to ${expected} are usual.`
  }
  const value = verdict.value === null ? 'no value' : sayValue(verdict.value, reader)
  const head = `${metricName} was ${value} ${when}`
  const { expected, band, changePercent } = verdict
  if (alert.kind === 'threshold')
    return `${head}, ${alert.rule.operator} ${sayValue(alert.rule.value, reader)}.`
  const by =
    changePercent === null
      ? ''
      : ` (${changePercent > 0 ? '+' : ''}${sayValue(changePercent, { ...reader, unit: 'percent' })})`
  if (alert.kind === 'change') {
    const base =
      expected === null
        ? ''
        : `, against ${sayValue(expected, reader)} ${AGAINST[alert.rule.against]?.[alert.granularity]}`
    return `${head}${base}${by}.`
  }
  if (!band || expected === null) return `${head}.`
  const low = sayValue(band.low, reader)
  return `${head}; ${low} to ${sayValue(band.high, reader)} is usual${by && `, about ${sayValue(expected, reader)}`}${by}.`
}

/** `on 5 Jan 2026`, `in the week of 5 Jan 2026`, `in January 2026`. */
export function periodWords(period: string, granularity: AlertGranularity, locale: string): string {
  const date = new Date(`${period}T00:00:00Z`)
  const say = (options: Intl.DateTimeFormatOptions) =>
    dateFormat(locale, { ...options, timeZone: 'UTC' }).format(date)
  if (granularity === 'month') return `in ${say({ month: 'long', year: 'numeric' })}`
  const day = say({ dateStyle: 'medium' })
  return granularity === 'week' ? `in the week of ${day}` : `on ${day}`
}
