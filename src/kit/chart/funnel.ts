/** Steps that narrow: each as wide as what is left of the first. */
import type { ChartData, ChartPicture, ChartSize, Mark } from './marks.ts'
import { tenth } from './scale.ts'

const SIZES = { narrow: { width: 380, names: 120 }, wide: { width: 720, names: 200 } }
const ROW = 44

/** Of the first series, one step a label; a step without a value keeps its name and has no shape. */
export function funnelChart(data: ChartData, size: ChartSize = 'wide'): ChartPicture {
  const { width, names } = SIZES[size]
  const values = data.labels.map((_, index) => Math.max(0, data.series[0]?.values[index] ?? 0))
  const most = Math.max(1, ...values)
  const plot = { left: names, right: width - 90, top: 4, bottom: data.labels.length * ROW }
  const middle = (plot.left + plot.right) / 2
  const half = (value: number) => ((plot.right - plot.left) / 2) * (value / most)
  const marks = data.labels.flatMap((label, index): Mark[] => {
    const value = values[index] ?? 0
    const next = values[index + 1] ?? value
    const [top, bottom] = [plot.top + index * ROW, plot.top + index * ROW + ROW - 6]
    const corner = (side: number, of: number, y: number) => `${tenth(middle + side * half(of))},${y}`
    const path = `M${corner(-1, value, top)}L${corner(1, value, top)}L${corner(1, Math.min(value, next), bottom)}L${corner(-1, Math.min(value, next), bottom)}Z`
    const known = data.series[0]?.values[index] ?? null
    return [
      { kind: 'label', x: names - 10, y: top + 23, text: label, anchor: 'end' },
      ...(value > 0 ? [{ kind: 'shape' as const, path, series: 0 }] : []),
      {
        kind: 'label',
        x: plot.right + 8,
        y: top + 23,
        text: known === null ? '–' : data.formatShort(known),
        anchor: 'start',
      },
    ]
  })
  return { width, height: plot.bottom + 4, marks, plot, xs: [] }
}
