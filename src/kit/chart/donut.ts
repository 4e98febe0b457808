/** A ring of shares with their names and percentages beside it. */
import { arc, pie } from 'd3-shape'
import type { ChartData, ChartPicture, ChartSize, Mark } from './marks.ts'
import { tenth } from './scale.ts'
import { type Share, sharesOf } from './shares.ts'

const SIZES = { narrow: { width: 380, radius: 66 }, wide: { width: 720, radius: 96 } }
const ROW = 21
const REST = 8

/** Of the first series: at most eight slices and the rest. Names stand beside the ring, so colour is never alone. */
export function donutChart(data: ChartData, size: ChartSize = 'wide'): ChartPicture {
  const { width, radius } = SIZES[size]
  const values = data.series[0]?.values ?? []
  const { shares } = sharesOf(data.labels.map((label, index) => ({ label, value: values[index] ?? null })))
  const height = Math.max(radius * 2 + 12, shares.length * ROW + 12)
  const middle = { x: radius + 8, y: height / 2 }
  const slices = pie<Share>()
    .sort(null)
    .value(({ value }) => value)(shares)
  const marks: Mark[] = slices.map((slice, index) => ({
    kind: 'shape',
    path: moved(radius, slice.startAngle, slice.endAngle, middle),
    series: index === REST ? REST : index,
  }))
  const names = radius * 2 + 36
  const top = (height - shares.length * ROW) / 2
  shares.forEach(({ label, percent }, index) => {
    const y = tenth(top + index * ROW)
    marks.push({ kind: 'bar', x: names, y: y + 4, width: 10, height: 10, series: index })
    const text = `${percent.toFixed(1)}% ${shorten(label, Math.floor((width - names - 70) / 7))}`
    marks.push({ kind: 'label', x: names + 18, y: y + 13, text, anchor: 'start' })
  })
  return { width, height, marks, plot: { left: 0, right: width, top: 0, bottom: height }, xs: [] }
}

const shorten = (text: string, letters: number): string =>
  text.length > letters ? `${text.slice(0, letters - 1).trimEnd()}…` : text

/** An arc as a path in the picture's own coordinates (d3 draws around 0,0, and marks know no transforms). */
function moved(radius: number, from: number, to: number, middle: { x: number; y: number }): string {
  const path =
    arc<null>()
      .innerRadius(radius * 0.58)
      .outerRadius(radius)
      .startAngle(from)
      .endAngle(to)(null) ?? ''
  return path.replace(/([MLA])([^MLAZ]*)/g, (_, verb: string, numbers: string) => {
    const all = numbers.split(/[ ,]+/).map(Number)
    const at = all.length - 2
    const shifted = all.map((value, index) =>
      index < at ? value : tenth(value + (index === at ? middle.x : middle.y)),
    )
    return `${verb}${shifted.join(',')}`
  })
}
