/** Lines over time, with nice ticks and gaps where there is no value. */
import { scaleLinear, scalePoint } from 'd3-scale'
import { area, line } from 'd3-shape'
import type { ChartData, ChartPicture, Mark } from './marks.ts'

const MARGIN = { left: 56, right: 12, top: 10, bottom: 26 }

/** `width` and `height` in the picture's own units; the painter scales it to the page. */
export function lineChart(data: ChartData, width = 720, height = 260): ChartPicture {
  const plot = { left: MARGIN.left, right: width - MARGIN.right, top: MARGIN.top, bottom: height - MARGIN.bottom }
  const x = scalePoint<number>().domain(data.labels.map((_, index) => index)).range([plot.left, plot.right])
  const values = data.series.flatMap((series) => series.values.filter((value) => value !== null))
  const y = scaleLinear()
    .domain([Math.min(0, ...values), Math.max(1, ...values)])
    .nice(4)
    .range([plot.bottom, plot.top])
  const xs = data.labels.map((_, index) => round(x(index) ?? plot.left))
  const marks: Mark[] = [...yAxis(data, y, plot), ...xAxis(data.labels, xs, plot)]
  const drawn = data.series.map((series, index) => ({ series, index })).sort((a, b) => Number(b.series.dashed ?? false) - Number(a.series.dashed ?? false))
  for (const { series, index } of drawn) marks.push(...seriesMarks(series.values, index, series.dashed ?? false, xs, y))
  return { width, height, marks, plot, xs }
}

/** A small line without axes. */
export function sparkline(values: (number | null)[], width = 160, height = 36): ChartPicture {
  const plot = { left: 2, right: width - 2, top: 3, bottom: height - 3 }
  const x = scalePoint<number>().domain(values.map((_, index) => index)).range([plot.left, plot.right])
  const known = values.filter((value) => value !== null)
  const y = scaleLinear().domain([Math.min(0, ...known), Math.max(1, ...known)]).range([plot.bottom, plot.top])
  const xs = values.map((_, index) => round(x(index) ?? plot.left))
  const [areaMark, lineMark] = seriesMarks(values, 0, false, xs, y)
  return { width, height, marks: [areaMark, lineMark].filter((mark) => mark !== undefined), plot, xs }
}

function seriesMarks(
  values: (number | null)[],
  index: number,
  dashed: boolean,
  xs: number[],
  y: (value: number) => number,
): Mark[] {
  const points = values.map((value, at) => ({ x: xs[at] ?? 0, value }))
  const defined = (point: { value: number | null }) => point.value !== null
  const at = (point: { value: number | null }) => round(y(point.value ?? 0))
  const path = line<(typeof points)[number]>().defined(defined).x((point) => point.x).y(at)(points) ?? ''
  const marks: Mark[] = []
  if (!dashed) {
    const below = area<(typeof points)[number]>().defined(defined).x((point) => point.x).y0(round(y(0))).y1(at)(points)
    marks.push({ kind: 'area', path: below ?? '', series: index })
  }
  marks.push({ kind: 'line', path, series: index, dashed })
  points.forEach((point, place) => {
    if (point.value !== null && isLonely(values, place)) marks.push({ kind: 'point', x: point.x, y: at(point), series: index, index: place })
  })
  return marks
}

/** A value with no neighbours has no line: it needs a dot to be seen. */
const isLonely = (values: (number | null)[], at: number): boolean =>
  (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null

type Plot = ChartPicture['plot']

function yAxis(data: ChartData, y: { (value: number): number; ticks(count: number): number[] }, plot: Plot): Mark[] {
  return y.ticks(4).flatMap((tick): Mark[] => [
    { kind: 'rule', x1: plot.left, x2: plot.right, y1: round(y(tick)), y2: round(y(tick)) },
    { kind: 'label', x: plot.left - 8, y: round(y(tick)) + 4, text: data.formatShort(tick), anchor: 'end' },
  ])
}

/** As many labels as fit, evenly, always the first and where possible the last. */
export function xAxis(labels: string[], xs: number[], plot: Plot): Mark[] {
  const longest = Math.max(1, ...labels.map((label) => label.length))
  const room = Math.max(2, Math.floor((plot.right - plot.left) / (longest * 6.5 + 16)))
  const every = Math.max(1, Math.ceil(labels.length / room))
  return labels.flatMap((text, index): Mark[] => {
    if (index % every !== 0) return []
    const anchor = index === 0 && labels.length > 1 ? 'start' : index === labels.length - 1 && labels.length > 1 ? 'end' : 'middle'
    return [{ kind: 'label', x: xs[index] ?? 0, y: plot.bottom + 18, text, anchor }]
  })
}

const round = (value: number): number => Math.round(value * 10) / 10
