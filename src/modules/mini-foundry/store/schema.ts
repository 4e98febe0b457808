/** Tables of Mini Foundry: sources and imports, and what is computed from the facts. The facts are in fact-schema.ts. */
import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { workspaces } from '../../../platform/directory-schema.ts'
import type { ImportMapping, ImportNote, ImportOptions } from '../domain/import/types.ts'
import { dataSources } from './source-schema.ts'

export * from './alert-schema.ts'
export * from './dashboard-schema.ts'
export * from './fact-money-schema.ts'
export * from './fact-schema.ts'
export * from './metric-schema.ts'
export * from './money-schema.ts'
export * from './source-schema.ts'
export * from './sync-schema.ts'
export * from './take-away-schema.ts'

const tenantId = () =>
  text('tenant_id')
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' })

export const imports = sqliteTable(
  'imports',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    sourceId: text('source_id').notNull(),
    kind: text('kind', {
      enum: ['orders', 'customers', 'products', 'invoices', 'contacts', 'spend'],
    }).notNull(),
    status: text('status', {
      enum: ['queued', 'running', 'completed', 'completed_with_errors', 'failed', 'cancelled', 'undone'],
    }).notNull(),
    /** Fine state of `queued` and `running`: mapping (a person chooses), profiling, landing, undoing. */
    stage: text('stage', {
      enum: ['mapping', 'waiting', 'profiling', 'landing', 'undoing', 'done'],
    }).notNull(),
    fileName: text('file_name').notNull(),
    fileKey: text('file_key').notNull(),
    fileBytes: integer('file_bytes').notNull(),
    mapping: text('mapping', { mode: 'json' }).$type<ImportMapping>().notNull(),
    options: text('options', { mode: 'json' }).$type<ImportOptions>().notNull(),
    notes: text('notes', { mode: 'json' }).$type<ImportNote[]>().notNull(),
    rowsTotal: integer('rows_total'),
    /** First byte not yet landed: moves last, in the batch of the facts before it. */
    cursorByte: integer('cursor_byte').notNull().default(0),
    cursorLine: integer('cursor_line').notNull().default(0),
    rowsLanded: integer('rows_landed').notNull().default(0),
    rowsUnchanged: integer('rows_unchanged').notNull().default(0),
    rowsDuplicate: integer('rows_duplicate').notNull().default(0),
    rowsFailed: integer('rows_failed').notNull().default(0),
    /** Given at the start, rising: the version of all that this import lands. Imports land one after another. */
    sequence: integer('sequence'),
    /** Some of its facts were there already, from another import: when that one is undone, this one lands again. */
    overlaps: integer('overlaps', { mode: 'boolean' }).notNull().default(false),
    /** Failed tries since it last moved; after several it stops and says so, instead of standing in the way. */
    attempts: integer('attempts').notNull().default(0),
    error: text('error'),
    createdBy: text('created_by').notNull(),
    createdAt: text('created_at').notNull(),
    startedAt: text('started_at'),
    /** Last sign of life; cron wakes what has stood still. */
    movedAt: text('moved_at'),
    completedAt: text('completed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId, t.sourceId], foreignColumns: [dataSources.tenantId, dataSources.id] }),
  ],
)

/** What an import wrote over, so that the whole of it can be undone even when later imports came after. */
export const importVersions = sqliteTable(
  'import_versions',
  {
    tenantId: tenantId(),
    importId: text('import_id').notNull(),
    fact: text('fact').notNull(),
    extId: text('ext_id').notNull(),
    previousImportId: text('previous_import_id'),
    /** The whole row as it was, as JSON. */
    previous: text('previous').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.importId, t.fact, t.extId] }),
    index('import_versions_previous').on(t.tenantId, t.previousImportId),
  ],
)

export const webhookEvents = sqliteTable(
  'webhook_events',
  {
    tenantId: tenantId(),
    sourceId: text('source_id').notNull(),
    eventId: text('event_id').notNull(),
    type: text('type').notNull(),
    status: text('status', { enum: ['received', 'processed', 'ignored', 'failed'] }).notNull(),
    payloadKey: text('payload_key').notNull(),
    error: text('error'),
    receivedAt: text('received_at').notNull(),
    processedAt: text('processed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.sourceId, t.eventId] }),
    foreignKey({ columns: [t.tenantId, t.sourceId], foreignColumns: [dataSources.tenantId, dataSources.id] }),
    index('webhook_events_received').on(t.tenantId, t.sourceId, t.receivedAt),
    /** What cron looks through: nearly always empty. */
    index('webhook_events_waiting').on(t.tenantId, t.receivedAt).where(sql`status = 'received'`),
    index('webhook_events_failed').on(t.tenantId, t.sourceId).where(sql`status = 'failed'`),
  ],
)

/** Days whose rollups no longer tell the truth; kept by triggers, so no writer can forget it. */
export const dirtyDays = sqliteTable(
  'dirty_days',
  { tenantId: tenantId(), day: text('day').notNull() },
  (t) => [primaryKey({ columns: [t.tenantId, t.day] })],
)

/** Customers whose first order day may have moved; kept by triggers. */
export const dirtyCustomers = sqliteTable(
  'dirty_customers',
  { tenantId: tenantId(), sourceId: text('source_id').notNull(), extId: text('ext_id').notNull() },
  (t) => [primaryKey({ columns: [t.tenantId, t.sourceId, t.extId] })],
)

/**
 * One row a day, dimension value and currency, in two books: by the day of the order, and by the day each thing
 * happened. `customers` lists the numbers of the day's distinct customers, so any range counts them exactly.
 */
export const rollupDays = sqliteTable(
  'rollup_days',
  {
    tenantId: tenantId(),
    book: text('book', { enum: ['order_date', 'event_date'] }).notNull(),
    dimension: text('dimension').notNull(),
    day: text('day').notNull(),
    value: text('value').notNull(),
    currency: text('currency').notNull(),
    orders: integer('orders').notNull(),
    quantity: integer('quantity').notNull(),
    gross: integer('gross').notNull(),
    discount: integer('discount').notNull(),
    /** Net of discounts, before refunds and tax. */
    revenue: integer('revenue').notNull(),
    refunds: integer('refunds').notNull(),
    tax: integer('tax').notNull(),
    shipping: integer('shipping').notNull(),
    cost: integer('cost').notNull(),
    customers: text('customers').notNull(),
    newCustomers: integer('new_customers').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.book, t.dimension, t.day, t.value, t.currency] })],
)

/** Counts up with every change of what a page could show; the key of caches and the ETag. */
export const dataVersions = sqliteTable('data_versions', {
  tenantId: tenantId().primaryKey(),
  version: integer('version').notNull(),
  changedAt: text('changed_at').notNull(),
})

export const metricsCache = sqliteTable(
  'metrics_cache',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    metricType: text('metric_type').notNull(),
    period: text('period').notNull(),
    /** Decimal text, or null when there is no value (a ratio over nothing). */
    value: text('value'),
    metadata: text('metadata', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    queryHash: text('query_hash').notNull(),
    dataVersion: integer('data_version').notNull(),
    calculatedAt: text('calculated_at').notNull(),
    expiresAt: text('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.queryHash, t.metricType] })],
)
