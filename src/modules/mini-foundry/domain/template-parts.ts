/** What dashboards to start from are put together of. */
import type { Dimension, Widget, WidgetPlace } from './dashboard.ts'

type MetricName = Widget['metrics'][number]

export interface DashboardTemplate {
  type: string
  name: string
  /** What it answers, in one sentence. */
  about: string
  widgets: Widget[]
  layout: WidgetPlace[]
}

/** A figure with the period before. */
export const number = (metric: MetricName, title: string): Widget => ({
  id: metric.replaceAll('_', '-'),
  kind: 'number',
  title,
  metrics: [metric],
  compare: 'previous_period',
})

/** Its course beside the period before. */
export const line = (metric: MetricName, title: string): Widget => ({
  id: `${metric.replaceAll('_', '-')}-over-time`,
  kind: 'line',
  title,
  metrics: [metric],
  compare: 'previous_period',
})

/** The largest of a dimension. */
export const bars = (metric: MetricName, by: Dimension, title: string): Widget => ({
  id: `${metric.replaceAll('_', '-')}-by-${by}`,
  kind: 'bar',
  title,
  metrics: [metric],
  group_by: by,
  limit: 8,
})

/** Several figures side by side for each of a dimension. */
export const table = (metrics: MetricName[], by: Dimension, title: string, limit = 10): Widget => ({
  id: `top-${by}`,
  kind: 'table',
  title,
  metrics,
  group_by: by,
  limit,
})

/** Any other kind, with several figures. */
export const chart = (
  kind: Widget['kind'],
  title: string,
  metrics: MetricName[] = [],
  more: Partial<Widget> = {},
): Widget => ({ id: title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'), kind, title, metrics, ...more })

const SIZES: Record<Widget['kind'], [w: number, h: number]> = {
  number: [3, 2],
  goal: [3, 2],
  line: [12, 5],
  area: [12, 5],
  bar: [6, 5],
  stacked: [12, 5],
  donut: [6, 5],
  table: [12, 6],
  heat_map: [12, 5],
  funnel: [6, 5],
  cohort: [12, 6],
  map: [12, 6],
  text: [12, 2],
  activity: [6, 5],
}

/** Numbers four in a row, the rest two in a row or whole, from the top down. */
export function arrange(widgets: readonly Widget[]): WidgetPlace[] {
  const places: WidgetPlace[] = []
  let x = 0
  let y = 0
  let height = 0
  for (const { id, kind } of widgets) {
    const [w, h] = SIZES[kind]
    if (x + w > 12) {
      x = 0
      y += height
      height = 0
    }
    places.push({ id, x, y, w, h })
    x += w
    height = Math.max(height, h)
  }
  return places
}

/** Placed from the top down. */
export const template = (
  type: string,
  name: string,
  about: string,
  widgets: Widget[],
): DashboardTemplate => ({
  type,
  name,
  about,
  widgets,
  layout: arrange(widgets),
})
