/** A chart in a sentence, for those who do not see it and those in a hurry. */
import type { ChartData } from './marks.ts'

/** Of the first series: from, to, highest and lowest. */
export function summarise(data: ChartData): string {
  const [series] = data.series
  if (!series) return 'There is nothing to show.'
  const known = series.values.flatMap((value, index) =>
    value === null ? [] : [{ value, label: data.labels[index] ?? '' }],
  )
  const [first] = known
  const last = known.at(-1)
  if (!first || !last) return `${series.name}: no values in this range.`
  if (known.length === 1) return `${series.name}: ${data.format(first.value)} (${first.label}).`
  const highest = known.reduce((best, point) => (point.value > best.value ? point : best))
  const lowest = known.reduce((best, point) => (point.value < best.value ? point : best))
  const moved = last.value > first.value ? 'rose' : last.value < first.value ? 'fell' : 'stayed'
  return (
    `${series.name} ${moved} from ${data.format(first.value)} (${first.label}) to ${data.format(last.value)} (${last.label}); ` +
    `highest ${data.format(highest.value)} (${highest.label}), lowest ${data.format(lowest.value)} (${lowest.label}).`
  )
}

/** Of the first series, where labels are parts of a whole and no days: the largest three, and how many there are. */
export function summariseParts(data: ChartData): string {
  const [series] = data.series
  if (!series) return 'There is nothing to show.'
  const known = series.values
    .flatMap((value, index) => (value === null ? [] : [{ value, label: data.labels[index] ?? '' }]))
    .toSorted((a, b) => b.value - a.value)
  if (known.length === 0) return `${series.name}: no values in this range.`
  const largest = known.slice(0, 3).map(({ value, label }) => `${label} (${data.format(value)})`)
  const of = known.length > 3 ? `, the largest of ${known.length}` : ''
  return `${series.name}: ${largest.join(', ')}${of}.`
}
