/** Lines over time, with round ticks and gaps where there is no value. */
import { scalePoint } from 'd3-scale'
import { area, line } from 'd3-shape'
import { flagMarks } from './flags.ts'
import type { ChartData, ChartPicture, ChartSize, Mark } from './marks.ts'
import { chooseLabels, shapeScale, tenth, valueScale } from './scale.ts'

const SIZES = { narrow: { width: 380, height: 210 }, wide: { width: 840, height: 280 } }
const MARGIN = { right: 14, top: 12, bottom: 28 }
const LETTER = 7

type Plot = ChartPicture['plot']

/** Coordinates are the picture's own; the painter scales them to the page. */
export function lineChart(data: ChartData, size: ChartSize = 'wide'): ChartPicture {
  const { width, height } = SIZES[size]
  const known = data.series.flatMap((series) => series.values.filter((value) => value !== null))
  const y = valueScale(known, height - MARGIN.bottom, MARGIN.top)
  const ticks = y
    .ticks(4)
    .map((tick) => ({ at: tenth(y(tick)), words: data.formatShort(tick), zero: tick === 0 }))
  const left = Math.max(...ticks.map((tick) => tick.words.length)) * LETTER + 14
  const plot = { left, right: width - MARGIN.right, top: MARGIN.top, bottom: height - MARGIN.bottom }
  const xs = placesOf(data.labels.length, plot)
  const marks: Mark[] = ticks.flatMap((tick): Mark[] => [
    { kind: 'rule', x1: plot.left, x2: plot.right, y1: tick.at, y2: tick.at, strong: tick.zero },
    { kind: 'label', x: plot.left - 8, y: tick.at + 4, text: tick.words, anchor: 'end' },
  ])
  marks.push(...xAxis(data.axisLabels ?? data.labels, xs, plot))
  // Comparisons lie behind what they are compared with.
  const drawn = data.series.map((series, index) => ({ series, index }))
  for (const { series, index } of drawn.filter((one) => one.series.dashed))
    marks.push(...lineMarks(series.values, index, true, xs, y))
  const { soFar } = data
  for (const { series, index } of drawn.filter((one) => !one.series.dashed))
    marks.push(...openLineMarks(series.values, index, soFar, xs, y))
  marks.push(...flagMarks(data, xs, plot))
  return { width, height, marks, plot, xs }
}

/** A small line without axes, from its lowest to its highest value. */
export function sparkline(values: (number | null)[], width = 160, height = 36): ChartPicture {
  const plot = { left: 1, right: width - 1, top: 2, bottom: height - 1 }
  const known = values.filter((value) => value !== null)
  const xs = placesOf(values.length, plot)
  const marks =
    known.length === 0
      ? []
      : lineMarks(values, 0, false, xs, shapeScale(known, plot.bottom, plot.top), plot.bottom)
  return { width, height, marks, plot, xs }
}

function placesOf(count: number, plot: Plot): number[] {
  const indexes = Array.from({ length: count }, (_, index) => index)
  const x = scalePoint<number>().domain(indexes).range([plot.left, plot.right])
  return indexes.map((index) => tenth(x(index) ?? plot.left))
}

/** A line whose last stretch leads to a period that is not over: that stretch alone is dashed, with a dot at its end. */
function openLineMarks(
  values: (number | null)[],
  series: number,
  soFar: number | undefined,
  xs: number[],
  y: (value: number) => number,
): Mark[] {
  const [from, to] = [values[(soFar ?? 0) - 1] ?? null, values[soFar ?? -1] ?? null]
  if (soFar === undefined || from === null || to === null) return lineMarks(values, series, false, xs, y)
  const over = values.map((value, index) => (index >= soFar ? null : value))
  const [x1, x2] = [xs[soFar - 1] ?? 0, xs[soFar] ?? 0]
  const path = `M${x1},${tenth(y(from))}L${x2},${tenth(y(to))}`
  return [
    ...lineMarks(over, series, false, xs, y),
    { kind: 'line', path, series, dashed: false, soFar: true },
    { kind: 'point', x: x2, y: tenth(y(to)), series, index: soFar },
  ]
}

function lineMarks(
  values: (number | null)[],
  series: number,
  dashed: boolean,
  xs: number[],
  y: (value: number) => number,
  floor = tenth(y(0)),
): Mark[] {
  const points = values.map((value, index) => ({
    x: xs[index] ?? 0,
    y: value === null ? null : tenth(y(value)),
  }))
  type Point = (typeof points)[number]
  const known = (point: Point) => point.y !== null
  const path =
    line<Point>(
      ({ x }) => x,
      ({ y }) => y ?? 0,
    ).defined(known)(points) ?? ''
  const below =
    area<Point>(
      ({ x }) => x,
      floor,
      ({ y }) => y ?? 0,
    ).defined(known)(points) ?? ''
  const marks: Mark[] = dashed ? [] : [{ kind: 'area', path: below, series }]
  marks.push({ kind: 'line', path, series, dashed })
  points.forEach((point, index) => {
    if (point.y !== null && isLonely(values, index))
      marks.push({ kind: 'point', x: point.x, y: point.y, series, index })
  })
  return marks
}

/** A value with no neighbours has no line: it needs a dot to be seen. */
const isLonely = (values: (number | null)[], at: number): boolean =>
  (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null

/** Labels stand under their places; those at the edges lean inwards so that nothing is cut off. */
export function xAxis(labels: string[], xs: number[], plot: Plot): Mark[] {
  return chooseLabels(labels, plot.right - plot.left, LETTER).map((index) => {
    const text = labels[index] ?? ''
    const x = xs[index] ?? 0
    const half = (text.length * LETTER) / 2
    const anchor = x + half > plot.right + MARGIN.right ? 'end' : x - half < 0 ? 'start' : 'middle'
    return {
      kind: 'label',
      x: anchor === 'end' ? plot.right + MARGIN.right - 2 : x,
      y: plot.bottom + 19,
      text,
      anchor,
    }
  })
}
