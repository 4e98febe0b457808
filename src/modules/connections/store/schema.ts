/** The one table of outside systems a workspace is connected to. Other wings hold only a `connector_id`. */
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { workspaces } from '../../../platform/directory-schema.ts'

const tenantId = () =>
  text('tenant_id')
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' })

export const connectors = sqliteTable(
  'connectors',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    kind: text('kind').notNull(),
    name: text('name').notNull(),
    status: text('status', { enum: ['connected', 'failed', 'disconnected'] }).notNull(),
    /** Sealed JSON of that kind's credentials. */
    credentials: text('credentials').notNull(),
    /** The vendor's id of the account (shop domain, realm, ...): connecting it again revives the same row. */
    account: text('account').notNull().default(''),
    accountName: text('account_name').notNull().default(''),
    scopes: text('scopes', { mode: 'json' }).$type<string[]>().notNull().default([]),
    /** Roles of people whose work may use the connection. */
    roles: text('roles', { mode: 'json' }).$type<string[]>().notNull().default(['owner', 'admin', 'member']),
    /** oauth, key, or hook (only their webhooks come in): what every connection was before there were vendors. */
    method: text('method').notNull().default('hook'),
    lastError: text('last_error'),
    lastCheckedAt: text('last_checked_at'),
    lastOkAt: text('last_ok_at'),
    lastUsedAt: text('last_used_at'),
    /** When access ends without a refresh, ISO 8601; null: never, or not told. */
    expiresAt: text('expires_at'),
    version: integer('version').notNull().default(1),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    // from a vendor's delivery to whom it concerns
    index('connectors_account').on(t.kind, t.account),
    // two people who connect the same account at once make one connection
    uniqueIndex('connectors_own_account')
      .on(t.tenantId, t.kind, t.account)
      .where(sql`account <> '' AND method <> 'hook'`),
  ],
)

/** A workspace's own app at a vendor: its client id and sealed secret, used instead of the installation's. */
export const connectorApps = sqliteTable(
  'connector_apps',
  {
    tenantId: tenantId(),
    kind: text('kind').notNull(),
    clientId: text('client_id').notNull(),
    clientSecret: text('client_secret').notNull(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.kind] })],
)
