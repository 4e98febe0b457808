/** Bars that lie: a name to the left, its value at the end; below zero they grow to the left of the zero line. */
import { scaleBand, scaleLinear } from 'd3-scale'
import type { ChartData, ChartPicture, ChartSize, Mark } from './marks.ts'
import { tenth, valueDomain } from './scale.ts'

const SIZES = { narrow: { width: 380, names: 112, row: 32 }, wide: { width: 720, names: 190, row: 34 } }
const LETTER = 7

/** As high as it has rows; a row holds one bar a series. */
export function barChart(data: ChartData, size: ChartSize = 'wide'): ChartPicture {
  const { width, names, row } = SIZES[size]
  const known = data.series.flatMap((series) => series.values.filter((value) => value !== null))
  const [low, high] = valueDomain(known)
  const words = Math.max(0, ...known.map((value) => data.format(value).length)) * LETTER + 12
  const height = Math.max(1, data.labels.length * Math.max(1, data.series.length * 0.7)) * row + 8
  const plot = { left: names + (low < 0 ? words : 0), right: width - words, top: 4, bottom: height - 4 }
  const x = scaleLinear().domain([low, high]).range([plot.left, plot.right])
  const rows = scaleBand<number>()
    .domain(data.labels.keys())
    .range([plot.top, plot.bottom])
    .paddingInner(0.38)
  const thick = rows.bandwidth() / Math.max(1, data.series.length)
  const marks: Mark[] = []
  if (low < 0)
    marks.push({
      kind: 'rule',
      x1: tenth(x(0)),
      x2: tenth(x(0)),
      y1: plot.top,
      y2: plot.bottom,
      strong: true,
    })
  data.labels.forEach((label, index) => {
    const top = rows(index) ?? 0
    const middle = top + rows.bandwidth() / 2
    marks.push({
      kind: 'label',
      x: names - 10,
      y: tenth(middle + 4),
      text: shorten(label, names - 14),
      anchor: 'end',
    })
    data.series.forEach((one, series) => {
      const value = one.values[index]
      if (value === null || value === undefined) return
      const from = x(Math.min(0, value))
      const to = x(Math.max(0, value))
      const y = top + series * thick
      marks.push({
        kind: 'bar',
        x: tenth(from),
        y: tenth(y),
        width: tenth(Math.max(1, to - from)),
        height: tenth(thick),
        series,
      })
      const end =
        value < 0
          ? { x: tenth(from - 6), anchor: 'end' as const }
          : { x: tenth(to + 6), anchor: 'start' as const }
      marks.push({ kind: 'label', ...end, y: tenth(y + thick / 2 + 4), text: data.format(value) })
    })
  })
  return { width, height: tenth(height), marks, plot, xs: [] }
}

function shorten(text: string, room: number): string {
  const letters = Math.floor(room / LETTER)
  return text.length > letters ? `${text.slice(0, letters - 1).trimEnd()}…` : text
}
