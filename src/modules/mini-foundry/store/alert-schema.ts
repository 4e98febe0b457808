/** Alerts on metrics and what they found. */
import { foreignKey, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { workspaces } from '../../../platform/directory-schema.ts'

const tenantId = () =>
  text('tenant_id')
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' })

export const metricAlerts = sqliteTable(
  'metric_alerts',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    metric: text('metric').notNull(),
    filter: text('filter'),
    granularity: text('granularity', { enum: ['day', 'week', 'month'] }).notNull(),
    kind: text('kind', { enum: ['threshold', 'change', 'anomaly', 'quiet'] }).notNull(),
    /** The rest of the rule by its kind: operator, value, comparison, sensitivity, source. */
    rule: text('rule', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    /** Person ids; empty: everybody who may see metrics and wants to hear of alerts. */
    recipients: text('recipients', { mode: 'json' }).$type<string[]>().notNull(),
    status: text('status', { enum: ['active', 'paused'] }).notNull(),
    snoozedUntil: text('snoozed_until'),
    /** First day of the last period that was judged. */
    judgedPeriod: text('judged_period'),
    /** Why it was not judged (data incomplete, no value), or null. */
    waitingFor: text('waiting_for'),
    lastFiredAt: text('last_fired_at'),
    version: integer('version').notNull().default(1),
    createdBy: text('created_by').notNull(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
)

/** One row a firing; a period fires once. */
export const metricAlertEvents = sqliteTable(
  'metric_alert_events',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    alertId: text('alert_id').notNull(),
    period: text('period').notNull(),
    value: text('value'),
    expected: text('expected'),
    words: text('words').notNull(),
    /** False while the alert was snoozed: kept, but nobody was told. */
    told: integer('told', { mode: 'boolean' }).notNull(),
    firedAt: text('fired_at').notNull(),
    /** When a later period was as usual again. */
    resolvedAt: text('resolved_at'),
    acknowledgedAt: text('acknowledged_at'),
    acknowledgedBy: text('acknowledged_by'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.alertId, t.period] }),
    foreignKey({
      columns: [t.tenantId, t.alertId],
      foreignColumns: [metricAlerts.tenantId, metricAlerts.id],
    }),
    index('metric_alert_events_fired').on(t.tenantId, t.firedAt),
  ],
)
