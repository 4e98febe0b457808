/** Remarks on a chart over time: a line at their place with a number, whose words stand below the chart. */
import type { ChartData, ChartPicture, Mark } from './marks.ts'

/** Remarks by place, in the order of places; their position is the number they carry. */
export function remarksByPlace(data: ChartData): { index: number; words: string[] }[] {
  const places = new Map<number, string[]>()
  for (const { index, words } of data.remarks ?? []) places.set(index, [...(places.get(index) ?? []), words])
  return Array.from(places, ([index, words]) => ({ index, words })).toSorted((a, b) => a.index - b.index)
}

/** One flag a place, from the top of the plot to its foot. */
export const flagMarks = (data: ChartData, xs: readonly number[], plot: ChartPicture['plot']): Mark[] =>
  remarksByPlace(data).map(({ index, words }, order) => ({
    kind: 'flag',
    x: xs[index] ?? plot.left,
    y1: plot.top,
    y2: plot.bottom,
    text: String(order + 1),
    title: words.join('; '),
  }))
