/** A chart as a list of marks in its own coordinates; painters draw it as SVG, in a PDF or in a mail. */

export type Mark =
  | { kind: 'rule'; x1: number; y1: number; x2: number; y2: number; strong: boolean }
  | { kind: 'label'; x: number; y: number; text: string; anchor: 'start' | 'middle' | 'end' }
  /** `soFar`: the way to a period that is not over yet. */
  | { kind: 'line'; path: string; series: number; dashed: boolean; soFar?: true }
  | { kind: 'area'; path: string; series: number }
  | { kind: 'bar'; x: number; y: number; width: number; height: number; series: number }
  /** A slice, a step of a funnel: filled. */
  | { kind: 'shape'; path: string; series: number }
  /** A field of a heat map; `level` 0 (nothing) to 6 (the most). */
  | { kind: 'cell'; x: number; y: number; width: number; height: number; level: number }
  /** A country or state by the name of its shape; all shapes are drawn in one system, `scale` makes them fit. */
  | { kind: 'place'; map: MapName; shape: string; level: number; scale: number; title: string }
  /** A remark at a place of the x axis: a line and a number. */
  | { kind: 'flag'; x: number; y1: number; y2: number; text: string; title: string }
  | { kind: 'point'; x: number; y: number; series: number; index: number }

/** World by ISO codes (`DE`), the United States by names (`new-york`); `all` is the whole land. */
export type MapName = 'world' | 'us'

export interface ChartSeries {
  name: string
  /** One value a label; null where there is none (a gap, not a zero). */
  values: (number | null)[]
  /** A comparison: drawn behind, dashed. */
  dashed?: boolean
}

export interface ChartData {
  /** One label a place on the x axis, long enough to stand alone in a table. */
  labels: string[]
  /** The same, short, for the axis; absent: the labels themselves. */
  axisLabels?: string[]
  series: ChartSeries[]
  /** For maps: the shape of each label, null where the map has none. */
  places?: { map: MapName; shapes: (string | null)[] }
  /** For lines and stacks: what is said about a label, e.g. `4 Nov: prices raised`. */
  remarks?: { index: number; words: string }[]
  /** The label whose period is not over yet: lines are drawn dashed on the way to it. */
  soFar?: number
  /** A value in words, e.g. money. */
  format(value: number): string
  /** The same, short, for the axis. */
  formatShort(value: number): string
}

/** For a phone or a tile, or for a place of some 560 pixels and more. */
export type ChartSize = 'narrow' | 'wide'

export interface ChartPicture {
  width: number
  height: number
  marks: Mark[]
  /** Where the plot itself lies, for hovering. */
  plot: { left: number; right: number; top: number; bottom: number }
  /** The middle of each label's place on the x axis. */
  xs: number[]
}
