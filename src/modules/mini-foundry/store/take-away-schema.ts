/** Files that take all facts of a workspace away: how far the making of each is, and until when it is kept. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { workspaces } from '../../../platform/directory-schema.ts'
import type { TakeAwayState } from '../domain/take-away/state.ts'

export const takeAways = sqliteTable(
  'take_aways',
  {
    tenantId: text('tenant_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    id: text('id').notNull(),
    status: text('status', { enum: ['making', 'ready', 'failed'] }).notNull(),
    /** Rises with each piece that was written: a piece that was made twice counts once. */
    step: integer('step').notNull().default(0),
    state: text('state', { mode: 'json' }).$type<TakeAwayState>().notNull(),
    rows: integer('rows').notNull().default(0),
    bytes: integer('bytes').notNull().default(0),
    /** Failed tries since it last moved. */
    failures: integer('failures').notNull().default(0),
    error: text('error'),
    requestedBy: text('requested_by').notNull(),
    requestedByName: text('requested_by_name').notNull(),
    createdAt: text('created_at').notNull(),
    finishedAt: text('finished_at'),
    expiresAt: text('expires_at'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
)
