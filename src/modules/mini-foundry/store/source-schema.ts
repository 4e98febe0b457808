/** Where facts come from: one row a connected system, file kind or demo. */
import { foreignKey, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { workspaces } from '../../../platform/directory-schema.ts'
import { connectors } from '../../connections/store/schema.ts'

export const SOURCE_TYPES = [
  'csv',
  'demo',
  'manual',
  'shopify',
  'stripe',
  'quickbooks',
  'woocommerce',
  'hubspot',
  'google_sheets',
  'csv_url',
  'meta_ads',
  'google_ads',
  'http',
] as const

export const dataSources = sqliteTable(
  'data_sources',
  {
    tenantId: text('tenant_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    id: text('id').notNull(),
    connectorId: text('connector_id'),
    sourceType: text('source_type', { enum: SOURCE_TYPES }).notNull(),
    name: text('name').notNull(),
    syncStatus: text('sync_status', {
      enum: ['idle', 'backfilling', 'syncing', 'ok', 'delayed', 'failed', 'disconnected'],
    }).notNull(),
    lastSyncAt: text('last_sync_at'),
    recordCount: integer('record_count').notNull().default(0),
    /** Whether its sale events count in sales metrics: one sale seen by two sources must count once. */
    countsAsSales: integer('counts_as_sales', { mode: 'boolean' }).notNull(),
    isDemo: integer('is_demo', { mode: 'boolean' }).notNull().default(false),
    lastError: text('last_error'),
    /** What the person chose for this kind of source: which sheet, which address, how far back. */
    settings: text('settings', { mode: 'json' }).$type<Record<string, unknown>>().notNull().default({}),
    /** Sealed secrets that prove deliveries of this source, when they are not the vendor app's own. */
    hookSecrets: text('hook_secrets'),
    /** First day of the history that was asked for. */
    historyFrom: text('history_from'),
    /** Milliseconds: the last time anything came, and since when it is unusually quiet. */
    lastDataAt: integer('last_data_at'),
    quietSince: integer('quiet_since'),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.connectorId],
      foreignColumns: [connectors.tenantId, connectors.id],
    }),
  ],
)
