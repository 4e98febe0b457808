/** What a person or a caller may change on a dashboard, and how the rest follows. */
import * as z from 'zod'
import {
  dashboardSettingsSchema,
  placeSchema,
  type Widget,
  type WidgetPlace,
  widgetSchema,
} from './dashboard.ts'
import { arrange } from './template-parts.ts'
import { TEMPLATES } from './templates.ts'

export const DASHBOARD_TYPES = [...TEMPLATES.map(({ type }) => type), 'custom']

const widgetsSchema = z
  .array(widgetSchema)
  .max(40, 'A dashboard holds at most 40 widgets.')
  .refine(
    (widgets) => new Set(widgets.map(({ id }) => id)).size === widgets.length,
    'Each widget needs an id of its own.',
  )
  .refine(
    (widgets) =>
      widgets.every(({ kind, group_by }) => group_by !== undefined || (kind !== 'bar' && kind !== 'table')),
    'Bars and tables need a group_by.',
  )

/** A new dashboard; a name alone gives the widgets of the sales overview. */
export const newDashboardSchema = z.strictObject({
  name: z.string().trim().min(1, 'Give it a name.').max(80),
  type: z.enum(DASHBOARD_TYPES as [string, ...string[]]).optional(),
  widgets: widgetsSchema.optional(),
  layout: z.array(placeSchema).max(40).optional(),
  settings: dashboardSettingsSchema.optional(),
  is_default: z.boolean().optional(),
})
export type NewDashboard = z.infer<typeof newDashboardSchema>

/** What is left out stays. */
export const dashboardChangeSchema = newDashboardSchema.partial()
export type DashboardChange = z.infer<typeof dashboardChangeSchema>

/** A place for each widget and none for others: given ones are kept, missing ones go below. */
export function completeLayout(widgets: readonly Widget[], given: readonly WidgetPlace[]): WidgetPlace[] {
  const ids = new Set(widgets.map(({ id }) => id))
  const placed = given.filter(
    ({ id }, index) => ids.has(id) && given.findIndex((other) => other.id === id) === index,
  )
  const bottom = placed.reduce((lowest, { y, h }) => Math.max(lowest, y + h), 0)
  const missing = widgets.filter(({ id }) => !placed.some((place) => place.id === id))
  return [...placed, ...arrange(missing).map((place) => ({ ...place, y: Math.min(200, place.y + bottom) }))]
}
