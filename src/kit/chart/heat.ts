/** A field of cells, darker where there is more: labels are its rows, series its columns. */

import type { ChartData, ChartPicture, ChartSize, Mark } from './marks.ts'
import { chooseLabels, tenth } from './scale.ts'

const SIZES = { narrow: { width: 380, names: 62, row: 22 }, wide: { width: 840, names: 90, row: 28 } }
export const HEAT_LEVELS = 6

/** Words stand in the cells where they fit. */
export function heatChart(data: ChartData, size: ChartSize = 'wide'): ChartPicture {
  const { width, names, row } = SIZES[size]
  const known = data.series.flatMap(({ values }) => values.filter((value) => value !== null))
  const most = Math.max(0, ...known)
  const plot = { left: names, right: width - 4, top: 20, bottom: 20 + data.labels.length * row }
  const step = (plot.right - plot.left) / Math.max(1, data.series.length)
  const xs = data.series.map((_, index) => tenth(plot.left + (index + 0.5) * step))
  const headings = data.series.map(({ name }) => name)
  const marks: Mark[] = chooseLabels(headings, plot.right - plot.left).map((index) => ({
    kind: 'label',
    x: xs[index] ?? 0,
    y: 13,
    text: headings[index] ?? '',
    anchor: 'middle',
  }))
  data.labels.forEach((label, line) => {
    const y = plot.top + line * row
    marks.push({ kind: 'label', x: names - 8, y: tenth(y + row / 2 + 4), text: label, anchor: 'end' })
    data.series.forEach(({ values }, column) => {
      const value = values[line]
      if (value === null || value === undefined) return
      marks.push({
        kind: 'cell',
        x: tenth(plot.left + column * step + 1),
        y: y + 1,
        width: tenth(step - 2),
        height: row - 2,
        level: heatLevel(value, most),
      })
    })
  })
  return { width, height: plot.bottom + 4, marks, plot, xs }
}

/** 0 for nothing, 1 to 6 in even steps up to the most. */
export const heatLevel = (value: number, most: number): number =>
  value <= 0 || most <= 0 ? 0 : Math.max(1, Math.min(HEAT_LEVELS, Math.ceil((value / most) * HEAT_LEVELS)))
