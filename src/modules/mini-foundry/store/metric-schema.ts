/** Measures added up by day, metrics that people made, and targets. */
import { foreignKey, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { workspaces } from '../../../platform/directory-schema.ts'

const tenantId = () =>
  text('tenant_id')
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' })

/**
 * What is no sale, added up: payments, payouts, invoices, subscriptions, spend, stock, books, deals, fulfilment. One
 * row a measure, dimension value, day and currency ('' for counts). Amounts in 1/10,000, counts as they are.
 */
export const measureDays = sqliteTable(
  'measure_days',
  {
    tenantId: tenantId(),
    measure: text('measure').notNull(),
    dimension: text('dimension').notNull(),
    day: text('day').notNull(),
    value: text('value').notNull(),
    currency: text('currency').notNull(),
    amount: integer('amount').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.measure, t.dimension, t.day, t.value, t.currency] })],
)

/** Families of measures whose days no longer tell the truth; day '' means all of them. Kept by triggers. */
export const dirtyMeasures = sqliteTable(
  'dirty_measures',
  { tenantId: tenantId(), family: text('family').notNull(), day: text('day').notNull() },
  (t) => [primaryKey({ columns: [t.tenantId, t.family, t.day] })],
)

export const customMetrics = sqliteTable(
  'custom_metrics',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    /** The word that dashboards, formulas and the API use: `custom_` and a slug, never changed. */
    key: text('key').notNull(),
    name: text('name').notNull(),
    description: text('description').notNull(),
    formula: text('formula').notNull(),
    unit: text('unit').notNull(),
    lessIsBetter: integer('less_is_better', { mode: 'boolean' }).notNull(),
    version: integer('version').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
    archivedAt: text('archived_at'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] }), index('custom_metrics_key').on(t.tenantId, t.key)],
)

export const customMetricVersions = sqliteTable(
  'custom_metric_versions',
  {
    tenantId: tenantId(),
    metricId: text('metric_id').notNull(),
    version: integer('version').notNull(),
    name: text('name').notNull(),
    formula: text('formula').notNull(),
    unit: text('unit').notNull(),
    changedBy: text('changed_by').notNull(),
    changedAt: text('changed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.metricId, t.version] }),
    foreignKey({
      columns: [t.tenantId, t.metricId],
      foreignColumns: [customMetrics.tenantId, customMetrics.id],
    }),
  ],
)

export const metricTargets = sqliteTable(
  'metric_targets',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    metric: text('metric').notNull(),
    granularity: text('granularity', { enum: ['month', 'quarter', 'year'] }).notNull(),
    /** First day of the period. */
    period: text('period').notNull(),
    /** Decimal text in the metric's unit (workspace currency). */
    value: text('value').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('metric_targets_of').on(t.tenantId, t.metric, t.granularity, t.period),
  ],
)
