/** Columns over time whose parts stand on each other; what is below zero hangs below the line. */
import { scaleBand } from 'd3-scale'
import { flagMarks } from './flags.ts'
import { xAxis } from './line.ts'
import type { ChartData, ChartPicture, ChartSize, Mark } from './marks.ts'
import { tenth, valueScale } from './scale.ts'

const SIZES = { narrow: { width: 380, height: 230 }, wide: { width: 840, height: 290 } }
const LETTER = 7

/** One column a label; comparisons are left out, because a stack beside a stack reads as one. */
export function stackedChart(data: ChartData, size: ChartSize = 'wide'): ChartPicture {
  const { width, height } = SIZES[size]
  const ends = data.labels.flatMap((_, index) => endsOf(data, index))
  const y = valueScale(ends, height - 28, 12)
  const ticks = y
    .ticks(4)
    .map((tick) => ({ at: tenth(y(tick)), words: data.formatShort(tick), zero: tick === 0 }))
  const left = Math.max(...ticks.map(({ words }) => words.length)) * LETTER + 14
  const plot = { left, right: width - 14, top: 12, bottom: height - 28 }
  const x = scaleBand<number>().domain(data.labels.keys()).range([plot.left, plot.right]).padding(0.22)
  const xs = data.labels.map((_, index) => tenth((x(index) ?? plot.left) + x.bandwidth() / 2))
  const marks: Mark[] = ticks.flatMap(({ at, words, zero }): Mark[] => [
    { kind: 'rule', x1: plot.left, x2: plot.right, y1: at, y2: at, strong: zero },
    { kind: 'label', x: plot.left - 8, y: at + 4, text: words, anchor: 'end' },
  ])
  marks.push(...xAxis(data.axisLabels ?? data.labels, xs, plot))
  for (const index of data.labels.keys()) {
    for (const { series, from, to } of partsOf(data, index)) {
      marks.push({
        kind: 'bar',
        x: tenth(x(index) ?? plot.left),
        y: tenth(y(Math.max(from, to))),
        width: tenth(Math.max(0.5, x.bandwidth())),
        height: tenth(Math.abs(y(from) - y(to))),
        series,
      })
    }
  }
  marks.push(...flagMarks(data, xs, plot))
  return { width, height, marks, plot, xs }
}

/** Where each part of a column begins and ends, in values. */
function partsOf(data: ChartData, index: number): { series: number; from: number; to: number }[] {
  let above = 0
  let below = 0
  return data.series.flatMap((one, series) => {
    const value = one.dashed ? null : one.values[index]
    if (!value) return []
    const from = value > 0 ? above : below
    const to = from + value
    if (value > 0) above = to
    else below = to
    return [{ series, from, to }]
  })
}

const endsOf = (data: ChartData, index: number): number[] => partsOf(data, index).map(({ to }) => to)
