/** Webhooks we send: endpoints of API clients, and every delivery to them. */
import {
  foreignKey,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { tenantId } from './tenant-column.ts'

export const webhookEndpoints = sqliteTable(
  'webhook_endpoints',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    url: text('url').notNull(),
    description: text('description').notNull().default(''),
    /** Event types, or `*` for all. */
    events: text('events', { mode: 'json' }).$type<string[]>().notNull(),
    /** Sealed JSON list of `{ secret, until? }`: after a rotation the old one signs too, until it is over. */
    secrets: text('secrets').notNull(),
    status: text('status', { enum: ['active', 'paused', 'failing'] }).notNull(),
    failingSince: text('failing_since'),
    version: integer('version').notNull().default(1),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
)

export const webhookDeliveries = sqliteTable(
  'webhook_deliveries',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    endpointId: text('endpoint_id').notNull(),
    eventId: text('event_id').notNull(),
    eventType: text('event_type').notNull(),
    /** The body as it is signed and sent; the same on each retry. */
    body: text('body').notNull(),
    status: text('status', { enum: ['pending', 'delivered', 'failed'] }).notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** Each attempt: when, HTTP status, milliseconds, the beginning of the answer or the error. */
    log: text('log', { mode: 'json' })
      .$type<{ at: string; status: number | null; ms: number; answer: string }[]>()
      .notNull(),
    nextAttemptAt: integer('next_attempt_at'),
    /** Empty, or the id of the replay that somebody asked for: the same event again. */
    replayOf: text('replay_of').notNull().default(''),
    createdAt: text('created_at').notNull(),
    settledAt: text('settled_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex('webhook_deliveries_event').on(t.tenantId, t.endpointId, t.eventId, t.replayOf),
    index('webhook_deliveries_newest').on(t.tenantId, t.endpointId, t.id),
    foreignKey({
      columns: [t.tenantId, t.endpointId],
      foreignColumns: [webhookEndpoints.tenantId, webhookEndpoints.id],
    }).onDelete('cascade'),
  ],
)
