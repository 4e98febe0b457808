/** Where facts come from: one row a connected system, file kind or demo. */
import { foreignKey, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { workspaces } from '../../../platform/directory-schema.ts'
import { connectors } from '../../connections/store/schema.ts'

export const dataSources = sqliteTable(
  'data_sources',
  {
    tenantId: text('tenant_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    id: text('id').notNull(),
    connectorId: text('connector_id'),
    sourceType: text('source_type', { enum: ['csv', 'stripe', 'demo'] }).notNull(),
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
