/** Data rights: what was asked about a person's data, by whom, until when, and what was done. */
import { index, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { tenantId } from './tenant-column.ts'

export const privacyRequests = sqliteTable(
  'privacy_requests',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    /** shopify, or the person of the workspace who wrote it down. */
    source: text('source').notNull(),
    topic: text('topic', { enum: ['access', 'erasure', 'shop_erasure'] }).notNull(),
    /** The vendor's id of the delivery, so that a second one changes nothing. */
    externalId: text('external_id').notNull(),
    subjectEmail: text('subject_email'),
    subjectRef: text('subject_ref'),
    detail: text('detail', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    status: text('status', { enum: ['received', 'processing', 'done', 'failed'] }).notNull(),
    /** What was found or erased, by table. */
    outcome: text('outcome', { mode: 'json' }).$type<Record<string, number>>().notNull(),
    fileKey: text('file_key'),
    receivedAt: text('received_at').notNull(),
    dueAt: text('due_at').notNull(),
    doneAt: text('done_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex('privacy_requests_external').on(t.tenantId, t.source, t.externalId),
    index('privacy_requests_status').on(t.tenantId, t.status),
  ],
)
