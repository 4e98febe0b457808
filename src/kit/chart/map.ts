/** A map whose places are darker where there is more; their shapes are drawn elsewhere and named here. */
import { HEAT_LEVELS } from './heat.ts'
import type { ChartData, ChartPicture, ChartSize, Mark } from './marks.ts'
import { tenth } from './scale.ts'

/** Heights of the two maps, as their shapes are drawn 840 wide. */
const SHAPES = { world: { width: 840, height: 373 }, us: { width: 840, height: 492 } }
const WIDTHS = { narrow: 380, wide: 840 }
const KEY = { height: 42, cell: 12 }

/** Of the first series; labels whose place is null stand in the table only. Below the map is the key of its shades. */
export function mapChart(data: ChartData, size: ChartSize = 'wide'): ChartPicture {
  const map = data.places?.map ?? 'world'
  const width = WIDTHS[size]
  const scale = width / SHAPES[map].width
  const bottom = Math.round(SHAPES[map].height * scale)
  const values = data.series[0]?.values ?? []
  const most = Math.max(0, ...values.map((value) => value ?? 0))
  const marks: Mark[] = [{ kind: 'place', map, shape: 'all', level: 0, scale, title: '' }]
  for (const [index, label] of data.labels.entries()) {
    const shape = data.places?.shapes[index]
    const value = values[index] ?? null
    if (!shape || value === null) continue
    const title = `${label}: ${data.format(value)}`
    marks.push({ kind: 'place', map, shape, level: mapLevel(value, most), scale, title })
  }
  if (most > 0) marks.push(...keyMarks(most, data, { width, top: bottom + 10 }))
  return {
    width,
    height: bottom + KEY.height,
    marks,
    plot: { left: 0, right: width, top: 0, bottom },
    xs: [],
  }
}

/**
 * 0 for nothing, 6 from half of the most on, 5 from a quarter on, and so on down to 1: sales lie so unevenly
 * over the world that even steps would leave all but one place pale.
 */
export const mapLevel = (value: number, most: number): number =>
  value <= 0 || most <= 0
    ? 0
    : Math.max(1, Math.min(HEAT_LEVELS, HEAT_LEVELS + 1 - Math.ceil(Math.log2(most / value))))

/** Six shades, each with where it begins. */
function keyMarks(most: number, data: ChartData, at: { width: number; top: number }): Mark[] {
  const step = Math.min(90, at.width / HEAT_LEVELS)
  return Array.from({ length: HEAT_LEVELS }, (_, index): Mark[] => {
    const level = index + 1
    const x = tenth(index * step + 1)
    const from = most / 2 ** (HEAT_LEVELS - index)
    const text =
      index === 0 ? `< ${data.formatShort(most / 2 ** (HEAT_LEVELS - 1))}` : `${data.formatShort(from)}+`
    return [
      { kind: 'cell', x, y: at.top, width: tenth(step - 3), height: KEY.cell, level },
      { kind: 'label', x, y: at.top + KEY.cell + 15, text, anchor: 'start' },
    ]
  }).flat()
}
