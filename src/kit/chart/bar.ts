/** Bars that lie: names to the left in full, values at the end of each bar. */
import { scaleBand, scaleLinear } from 'd3-scale'
import type { ChartData, ChartPicture, Mark } from './marks.ts'

const ROW = 30
const NAME_WIDTH = 150
const VALUE_WIDTH = 92

/** One bar a label and series; as high as it has rows. */
export function barChart(data: ChartData, width = 480): ChartPicture {
  const height = Math.max(1, data.labels.length) * ROW + 8
  const plot = { left: NAME_WIDTH, right: width - VALUE_WIDTH, top: 4, bottom: height - 4 }
  const values = data.series.flatMap((series) => series.values.filter((value) => value !== null))
  const x = scaleLinear()
    .domain([Math.min(0, ...values), Math.max(1, ...values)])
    .range([plot.left, plot.right])
  const rows = scaleBand<number>().domain(data.labels.map((_, index) => index)).range([plot.top, plot.bottom]).paddingInner(0.35)
  const band = rows.bandwidth() / Math.max(1, data.series.length)
  const marks: Mark[] = []
  data.labels.forEach((label, index) => {
    const top = rows(index) ?? 0
    marks.push({ kind: 'label', x: NAME_WIDTH - 10, y: round(top + rows.bandwidth() / 2 + 4), text: shorten(label), anchor: 'end' })
    data.series.forEach((series, number) => {
      const value = series.values[index]
      if (value === null || value === undefined) return
      const [from, to] = [x(Math.min(0, value)), x(Math.max(0, value))]
      marks.push({ kind: 'bar', x: round(from), y: round(top + number * band), width: round(Math.max(1, to - from)), height: round(band), series: number })
      if (number === 0) marks.push({ kind: 'label', x: round(to + 8), y: round(top + rows.bandwidth() / 2 + 4), text: data.format(value), anchor: 'start' })
    })
  })
  return { width, height, marks, plot, xs: [] }
}

const shorten = (text: string): string => (text.length > 22 ? `${text.slice(0, 21)}…` : text)

const round = (value: number): number => Math.round(value * 10) / 10
