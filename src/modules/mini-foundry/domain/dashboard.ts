/** Dashboards as data: widgets, and where each stands on a grid of 12 columns. */
import * as z from 'zod'
import { DIMENSIONS } from './dimensions.ts'
import { isMetricId } from './metrics.ts'

export const WIDGET_KINDS = [
  'number',
  'line',
  'area',
  'bar',
  'stacked',
  'donut',
  'table',
  'heat_map',
  'funnel',
  'cohort',
  'map',
  'goal',
  'text',
  'activity',
] as const

export {
  DIMENSIONS,
  type Dimension,
  type MetricId,
  SALES_DIMENSIONS,
  type SalesDimension,
} from './dimensions.ts'

export const COMPARISONS = ['previous_period', 'previous_year', 'same_weekday', 'holiday'] as const
export const GRANULARITIES = ['day', 'week', 'month', 'quarter', 'year'] as const
export const BOOKS = ['order_date', 'event_date'] as const

/** Ids become part of element ids and addresses. */
const idSchema = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, 'An id has 1 to 40 letters, digits, - or _.')

export const widgetSchema = z.strictObject({
  id: idSchema,
  kind: z.enum(WIDGET_KINDS),
  title: z.string().min(1).max(80),
  metrics: z
    .array(
      z
        .string()
        .refine(
          isMetricId,
          'There is no such metric; GET /modules/mini-foundry/metrics/catalogue lists all.',
        ),
    )
    .max(6),
  group_by: z.enum(DIMENSIONS).optional(),
  compare: z.enum(COMPARISONS).optional(),
  /** Rows of a bar or table widget, the largest first. */
  limit: z.number().int().min(1).max(50).optional(),
  /** The tab it stands on; absent: the first. */
  tab: idSchema.optional(),
  /** Text widgets: Markdown. */
  text: z.string().max(4000).optional(),
  /** Map widgets. */
  map: z.enum(['world', 'us']).optional(),
  /** `dimension:value`, in addition to the dashboard's own. */
  filter: z.string().max(200).optional(),
})
export type Widget = z.infer<typeof widgetSchema>

export const placeSchema = z.strictObject({
  id: idSchema,
  x: z.number().int().min(0).max(11),
  y: z.number().int().min(0).max(200),
  w: z.number().int().min(1).max(12),
  h: z.number().int().min(1).max(12),
})
export type WidgetPlace = z.infer<typeof placeSchema>

/** What a dashboard knows beside its widgets: tabs, and the question it opens with. */
export const dashboardSettingsSchema = z.strictObject({
  tabs: z
    .array(z.strictObject({ id: idSchema, name: z.string().trim().min(1).max(40) }))
    .max(12)
    .optional(),
  /** As in the address of the page: range, from, to, granularity, compare, book, filter. */
  query: z.record(z.string().max(20), z.string().max(200)).optional(),
})
export type DashboardSettings = z.infer<typeof dashboardSettingsSchema>
