/** What dashboards look like over the API. */
import { z } from '@hono/zod-openapi'
import type { Dashboard } from '../../modules/mini-foundry/index.ts'
import { bearer } from './api.ts'

export const BASE = '/modules/mini-foundry/dashboards'

export const common = { tags: ['Mini Foundry'], security: bearer }

export const idParam = z.object({ id: z.string() })

export const jsonBody = <T extends z.ZodType>(schema: T) => ({
  content: { 'application/json': { schema } },
  required: true,
})

/** The domain judges what stands in it, so that each mistake is said in its own words. */
const widgetSchema = z
  .strictObject({
    id: z.string(),
    kind: z.enum([
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
    ]),
    title: z.string(),
    metrics: z.array(z.string()).openapi({ description: 'Ids of the catalogue, at most six' }),
    group_by: z.string().optional(),
    compare: z.string().optional(),
    limit: z.number().int().optional(),
    tab: z.string().optional().openapi({ description: 'The tab it stands on; left out: the first' }),
    text: z.string().optional().openapi({ description: 'Markdown, of widgets of kind `text`' }),
    map: z.enum(['world', 'us']).optional(),
    filter: z.string().optional().openapi({ example: 'country:DE' }),
  })
  .openapi('Widget')

const placeSchema = z
  .strictObject({
    id: z.string(),
    x: z.number().int(),
    y: z.number().int(),
    w: z.number().int(),
    h: z.number().int(),
  })
  .openapi('WidgetPlace', { description: 'Where a widget stands on a grid of 12 columns' })

const settingsSchema = z
  .strictObject({
    tabs: z.array(z.strictObject({ id: z.string(), name: z.string() })).optional(),
    query: z.record(z.string(), z.string()).optional().openapi({
      description: 'What it opens with: range, from, to, granularity, compare, book, filter',
    }),
  })
  .openapi('DashboardSettings')

export const dashboardSchema = z
  .object({
    id: z.string(),
    tenant_id: z.string(),
    name: z.string(),
    type: z.string(),
    layout: z.array(placeSchema),
    widgets: z.array(widgetSchema),
    settings: settingsSchema,
    is_default: z.boolean(),
    version: z.number().int(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .openapi('Dashboard')

export const wishSchema = z.strictObject({
  name: z.string(),
  type: z
    .string()
    .optional()
    .openapi({ description: 'A template: sales_overview, products, customers, places; or custom' }),
  widgets: z.array(widgetSchema).optional(),
  layout: z.array(placeSchema).optional(),
  settings: settingsSchema.optional(),
  is_default: z.boolean().optional(),
})

export const versionSchema = z
  .object({
    version: z.number().int(),
    stack: z.enum(['undo', 'redo']).openapi({ description: 'Whether one goes back or forward to it' }),
    name: z.string(),
    widgets: z.array(widgetSchema),
    layout: z.array(placeSchema),
    settings: settingsSchema,
    changed_by: z.string().nullable(),
    changed_at: z.string(),
  })
  .openapi('DashboardVersion')

export const etagOf = (row: Dashboard): string => `"${row.version}"`

/** The version of an If-Match header: null where any will do, undefined where it is none of a dashboard. */
export function versionOf(condition: string | undefined): number | null | undefined {
  if (condition === undefined || condition === '*') return null
  const digits = /^"(\d{1,9})"$/.exec(condition)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

export const toJson = (row: Dashboard) => ({
  id: row.id,
  tenant_id: row.tenantId,
  name: row.name,
  type: row.type,
  layout: row.layout,
  widgets: row.widgets,
  settings: row.settings,
  is_default: row.isDefault,
  version: row.version,
  created_at: row.createdAt,
  updated_at: row.updatedAt,
})
