/** Dashboards, what they were before, whose default they are, and when they are sent. */
import { foreignKey, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { workspaces } from '../../../platform/directory-schema.ts'
import type { DashboardSettings, Widget, WidgetPlace } from '../domain/dashboard.ts'

const tenantId = () =>
  text('tenant_id')
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' })

export const dashboards = sqliteTable(
  'dashboards',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    type: text('type').notNull(),
    layout: text('layout', { mode: 'json' }).$type<WidgetPlace[]>().notNull(),
    widgets: text('widgets', { mode: 'json' }).$type<Widget[]>().notNull(),
    isDefault: integer('is_default', { mode: 'boolean' }).notNull(),
    /** Tabs, filters and the range it opens with. */
    settings: text('settings', { mode: 'json' }).$type<DashboardSettings>().notNull().default({}),
    createdBy: text('created_by'),
    version: integer('version').notNull().default(1),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
)

/** States to go back to (`undo`) and, after going back, forward to again (`redo`). The newest 50 are kept. */
export const dashboardVersions = sqliteTable(
  'dashboard_versions',
  {
    tenantId: tenantId(),
    dashboardId: text('dashboard_id').notNull(),
    version: integer('version').notNull(),
    name: text('name').notNull(),
    layout: text('layout', { mode: 'json' }).$type<WidgetPlace[]>().notNull(),
    widgets: text('widgets', { mode: 'json' }).$type<Widget[]>().notNull(),
    settings: text('settings', { mode: 'json' }).$type<DashboardSettings>().notNull(),
    stack: text('stack', { enum: ['undo', 'redo'] })
      .notNull()
      .default('undo'),
    changedBy: text('changed_by'),
    changedAt: text('changed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.dashboardId, t.version] }),
    foreignKey({
      columns: [t.tenantId, t.dashboardId],
      foreignColumns: [dashboards.tenantId, dashboards.id],
    }),
  ],
)

/** The dashboard that a person sees first; without a row the workspace's default. */
export const dashboardDefaults = sqliteTable(
  'dashboard_defaults',
  {
    tenantId: tenantId(),
    personId: text('person_id').notNull(),
    dashboardId: text('dashboard_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.personId] }),
    foreignKey({
      columns: [t.tenantId, t.dashboardId],
      foreignColumns: [dashboards.tenantId, dashboards.id],
    }),
  ],
)

export const dashboardSchedules = sqliteTable(
  'dashboard_schedules',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    dashboardId: text('dashboard_id').notNull(),
    /** `{ every: day|week|month, weekday?, monthDay?, hour, minute }` in the workspace's zone. */
    rhythm: text('rhythm', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    /** Mail addresses. */
    recipients: text('recipients', { mode: 'json' }).$type<string[]>().notNull(),
    /** Addresses of people outside the workspace: nothing is sent to them before they have said yes, or after no. */
    outside: text('outside', { mode: 'json' })
      .$type<Record<string, 'asked' | 'confirmed' | 'stopped'>>()
      .notNull()
      .default({}),
    /** How often in a row it could not be sent; the third time pauses it. */
    failures: integer('failures').notNull().default(0),
    /** As in the address of the page. */
    query: text('query', { mode: 'json' }).$type<Record<string, string>>().notNull(),
    withPdf: integer('with_pdf', { mode: 'boolean' }).notNull(),
    status: text('status', { enum: ['active', 'paused'] }).notNull(),
    /** Milliseconds. */
    nextAt: integer('next_at'),
    lastSentAt: text('last_sent_at'),
    lastError: text('last_error'),
    createdBy: text('created_by').notNull(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.dashboardId],
      foreignColumns: [dashboards.tenantId, dashboards.id],
    }),
    /** What cron looks for, over all workspaces. */
    index('dashboard_schedules_due').on(t.nextAt),
  ],
)

/** A remark on a day, shown on every chart that holds the day. */
export const annotations = sqliteTable(
  'annotations',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    day: text('day').notNull(),
    text: text('text').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] }), index('annotations_day').on(t.tenantId, t.day)],
)
