/** Dashboards to start from. */
import { DIMENSIONS, type Dimension, type Widget, type WidgetPlace } from './dashboard.ts'

export interface DashboardTemplate {
  type: string
  name: string
  /** What it answers, in one sentence. */
  about: string
  widgets: Widget[]
  layout: WidgetPlace[]
}

const number = (metric: Widget['metrics'][number], title: string): Widget => ({
  id: metric.replaceAll('_', '-'),
  kind: 'number',
  title,
  metrics: [metric],
  compare: 'previous_period',
})

const line = (metric: Widget['metrics'][number], title: string): Widget => ({
  id: `${metric.replaceAll('_', '-')}-over-time`,
  kind: 'line',
  title,
  metrics: [metric],
  compare: 'previous_period',
})

const bars = (metric: Widget['metrics'][number], by: Dimension, title: string): Widget => ({
  id: `${metric.replaceAll('_', '-')}-by-${by}`,
  kind: 'bar',
  title,
  metrics: [metric],
  group_by: by,
  limit: 8,
})

const table = (metrics: Widget['metrics'], by: Dimension, title: string, limit = 10): Widget => ({
  id: `top-${by}`,
  kind: 'table',
  title,
  metrics,
  group_by: by,
  limit,
})

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

const template = (type: string, name: string, about: string, widgets: Widget[]): DashboardTemplate => ({
  type,
  name,
  about,
  widgets,
  layout: arrange(widgets),
})

export const TEMPLATES: DashboardTemplate[] = [
  template(
    'sales_overview',
    'Sales overview',
    'How sales go: the four figures that matter, their course, and what sells where.',
    [
      number('revenue', 'Revenue'),
      number('orders', 'Orders'),
      number('customers', 'Customers'),
      number('average_order_value', 'Average order value'),
      line('revenue', 'Revenue over time'),
      bars('revenue', 'channel', 'Revenue by channel'),
      bars('revenue', 'country', 'Revenue by country'),
      table(['revenue', 'orders'], 'product', 'Top products'),
    ],
  ),
  template('products', 'Products', 'What sells and what comes back.', [
    number('revenue', 'Revenue'),
    number('net_revenue', 'Net revenue'),
    number('refunds', 'Refunds'),
    number('average_order_value', 'Average order value'),
    bars('revenue', 'category', 'Revenue by category'),
    bars('refunds', 'category', 'Refunds by category'),
    table(['revenue', 'orders', 'refunds'], 'product', 'Products', 25),
  ]),
  template(
    'customers',
    'Customers',
    'Who buys: how many, how many of them for the first time, and from where.',
    [
      number('customers', 'Customers'),
      number('new_customers', 'New customers'),
      number('orders', 'Orders'),
      number('average_order_value', 'Average order value'),
      line('customers', 'Customers over time'),
      bars('customers', 'country', 'Customers by country'),
      bars('new_customers', 'channel', 'New customers by channel'),
    ],
  ),
  template('places', 'Channels and places', 'Where sales come from.', [
    number('revenue', 'Revenue'),
    number('orders', 'Orders'),
    line('orders', 'Orders over time'),
    bars('revenue', 'channel', 'Revenue by channel'),
    bars('revenue', 'source', 'Revenue by source'),
    table(['revenue', 'orders', 'customers'], 'country', 'Countries', 15),
    table(['revenue', 'orders', 'customers'], 'region', 'Regions', 15),
  ]),
]

export const DEFAULT_TEMPLATE = TEMPLATES[0] as DashboardTemplate

export const templateOf = (type: string | undefined): DashboardTemplate | undefined =>
  TEMPLATES.find((known) => known.type === type)

export const DIMENSION_NAMES: Record<Dimension, string> = {
  source: 'source',
  channel: 'channel',
  country: 'country',
  region: 'region',
  category: 'category',
  product: 'product',
  campaign: 'campaign',
  movement: 'kind of movement',
  expense_category: 'category of expense',
}

/**
 * Widgets whose bars have something to say: a dimension with fewer than two values gives way to the one with the most
 * (products have a table of their own). `counts` are the different values of each dimension.
 */
export function fitToData(widgets: readonly Widget[], counts: Partial<Record<Dimension, number>>): Widget[] {
  const taken = new Set(
    widgets
      .filter((widget) => widget.kind === 'bar' && speaks(widget.group_by, counts))
      .map(({ group_by }) => group_by),
  )
  return widgets.map((widget) => {
    if (widget.kind !== 'bar' || speaks(widget.group_by, counts)) return widget
    const better = DIMENSIONS.filter(
      (dimension) => dimension !== 'product' && !taken.has(dimension) && speaks(dimension, counts),
    )
    const [best] = better.toSorted((a, b) => preference(b) - preference(a))
    if (!best) return widget
    taken.add(best)
    return {
      ...widget,
      id: widget.id.replace(/-by-.*$/, `-by-${best}`),
      group_by: best,
      title: widget.title.replace(/ by .*$/, ` by ${DIMENSION_NAMES[best]}`),
    }
  })
}

const speaks = (dimension: Dimension | undefined, counts: Partial<Record<Dimension, number>>): boolean =>
  dimension !== undefined && (counts[dimension] ?? 0) > 1

const preference = (dimension: Dimension): number =>
  ['source', 'country', 'region', 'category', 'channel'].indexOf(dimension)
