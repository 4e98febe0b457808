/** Tables of the workspace wing: what happened (audit, events), who is invited, and the rest by their files. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { tenantId } from './tenant-column.ts'

export * from './contact-schema.ts'
export * from './mail-schema.ts'
export * from './notice-schema.ts'
export * from './privacy-schema.ts'
export * from './share-schema.ts'
export * from './webhook-schema.ts'

export const auditLog = sqliteTable(
  'audit_log',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    at: text('at').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id').notNull(),
    actorName: text('actor_name').notNull(),
    /** Verb in the past tense with its object, e.g. `member.role_changed`. */
    action: text('action').notNull(),
    target: text('target').notNull(),
    detail: text('detail', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    requestId: text('request_id').notNull(),
    ipPrefix: text('ip_prefix').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
)

/** Events written in the batch of their change; sent after commit, swept by cron when the send was lost. */
export const outbox = sqliteTable(
  'outbox',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    type: text('type').notNull(),
    payload: text('payload', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    createdAt: integer('created_at').notNull(),
    sentAt: integer('sent_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('outbox_unsent').on(t.tenantId, t.sentAt),
    index('outbox_order').on(t.tenantId, t.createdAt, t.id),
  ],
)

/** Which event a listener has seen, so that a second delivery changes nothing. */
export const eventReceipts = sqliteTable(
  'event_receipts',
  {
    tenantId: tenantId(),
    eventId: text('event_id').notNull(),
    listener: text('listener').notNull(),
    at: integer('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.eventId, t.listener] })],
)

export const invitations = sqliteTable(
  'invitations',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    email: text('email').notNull(),
    role: text('role', { enum: ['admin', 'member', 'viewer'] }).notNull(),
    invitedBy: text('invited_by').notNull(),
    createdAt: text('created_at').notNull(),
    expiresAt: text('expires_at').notNull(),
    acceptedAt: text('accepted_at'),
    revokedAt: text('revoked_at'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
)
