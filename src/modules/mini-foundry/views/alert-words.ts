/** Words and pictures of alerts on pages. */

import type { ChartData } from '../../../kit/chart/marks.ts'
import { dateFormat, numberFormat } from '../../../kit/format.ts'
import type { Verdict } from '../domain/alert-judge.ts'
import { type AlertReader, sayValue } from '../domain/alert-words.ts'

export const KIND_LABELS = {
  threshold: 'A line is crossed',
  change: 'It moves',
  anomaly: 'It is unusual',
  quiet: 'A source goes quiet',
} as const

/** `It would have gone off 3 times in the last year`, without its stop. */
export function wouldHaveWords(count: number): string {
  if (count === 0) return 'It would not have gone off in the last year'
  return `It would have gone off ${count === 1 ? 'once' : `${count} times`} in the last year`
}

/** The judged periods with what they were held against. */
export function verdictChart(verdicts: readonly Verdict[], name: string, reader: AlertReader): ChartData {
  const date = dateFormat(reader.locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const short = dateFormat(reader.locale, { month: 'short', day: 'numeric', timeZone: 'UTC' })
  const money = reader.unit === 'money' && reader.currency
  const compact = numberFormat(reader.locale, {
    notation: 'compact',
    maximumFractionDigits: 1,
    ...(money && { style: 'currency', currency: money }),
  })
  const series = [
    { name, values: verdicts.map(({ value }) => value) },
    { name: 'Held against', values: verdicts.map(({ expected }) => expected), dashed: true },
  ]
  return {
    labels: verdicts.map(({ period }) => date.format(new Date(`${period}T00:00:00Z`))),
    axisLabels: verdicts.map(({ period }) => short.format(new Date(`${period}T00:00:00Z`))),
    series,
    format: (value) => sayValue(value, reader),
    formatShort: (value) => compact.format(value),
  }
}
