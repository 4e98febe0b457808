/** The one table of outside systems a workspace is connected to. Other wings hold only a `connector_id`. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { workspaces } from '../../../platform/directory-schema.ts'

export const connectors = sqliteTable(
  'connectors',
  {
    tenantId: text('tenant_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    id: text('id').notNull(),
    kind: text('kind').notNull(),
    name: text('name').notNull(),
    status: text('status', { enum: ['connected', 'failed', 'disconnected'] }).notNull(),
    /** Sealed JSON of that kind's credentials. */
    credentials: text('credentials').notNull(),
    lastError: text('last_error'),
    lastUsedAt: text('last_used_at'),
    version: integer('version').notNull().default(1),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
)
