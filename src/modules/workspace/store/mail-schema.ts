/** Mail of a workspace: who is not written to, and what came in. Outgoing mails are rows of the directory. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { tenantId } from './tenant-column.ts'

/** Addresses this workspace does not write to. `scope` all: nothing but account mail; marketing: no marketing. */
export const mailSuppressions = sqliteTable(
  'mail_suppressions',
  {
    tenantId: tenantId(),
    address: text('address').notNull(),
    scope: text('scope', { enum: ['all', 'marketing'] }).notNull(),
    reason: text('reason', { enum: ['bounce', 'complaint', 'unsubscribe', 'manual'] }).notNull(),
    detail: text('detail').notNull().default(''),
    mailId: text('mail_id'),
    createdAt: text('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.address, t.scope] })],
)

/** Where mail comes in: `<address id>@<inbound domain>`; the id leads here through the directory's public ids. */
export const mailInboxes = sqliteTable(
  'mail_inboxes',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    localPart: text('local_part').notNull(),
    name: text('name').notNull(),
    createdAt: text('created_at').notNull(),
    archivedAt: text('archived_at'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
)

export const inboundMails = sqliteTable(
  'inbound_mails',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    inboxId: text('inbox_id'),
    /** The mail of ours that it answers, when it says so. */
    inReplyTo: text('in_reply_to'),
    fromAddress: text('from_address').notNull(),
    fromName: text('from_name').notNull(),
    subject: text('subject').notNull(),
    textBody: text('text_body').notNull(),
    /** human, automatic (out of office), bounce, complaint. */
    verdict: text('verdict').notNull(),
    messageId: text('message_id').notNull(),
    rawKey: text('raw_key').notNull(),
    bytes: integer('bytes').notNull(),
    attachments: text('attachments', { mode: 'json' })
      .$type<{ name: string; type: string; bytes: number }[]>()
      .notNull(),
    receivedAt: text('received_at').notNull(),
    readAt: text('read_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('inbound_mails_received').on(t.tenantId, t.receivedAt),
    index('inbound_mails_from').on(t.tenantId, t.fromAddress),
  ],
)
