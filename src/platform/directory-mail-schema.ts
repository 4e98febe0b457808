/** Outgoing mail and what became of it: rows of the directory, because account mail belongs to no workspace. */
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

export const mails = sqliteTable(
  'mails',
  {
    id: text('id').primaryKey(),
    tenantId: text('tenant_id'),
    kind: text('kind').notNull(),
    recipient: text('recipient').notNull(),
    subject: text('subject').notNull(),
    textBody: text('text_body').notNull(),
    htmlBody: text('html_body').notNull(),
    /** account: never suppressed by choice; notice; workspace: written by people or automations; marketing. */
    stream: text('stream', { enum: ['account', 'notice', 'workspace', 'marketing'] })
      .notNull()
      .default('account'),
    fromName: text('from_name').notNull().default(''),
    replyTo: text('reply_to').notNull().default(''),
    /** Further headers as a JSON object, checked line by line before they are kept. */
    headers: text('headers').notNull().default('{}'),
    /** Files beside the mail: a JSON list of `{ name, contentType, base64 }`. */
    attachments: text('attachments').notNull().default('[]'),
    /** The same key of the same workspace is the same mail. */
    dedupeKey: text('dedupe_key'),
    status: text('status', {
      enum: ['queued', 'sent', 'delivered', 'bounced', 'complained', 'suppressed', 'failed'],
    }).notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** Milliseconds: until then one attempt has the mail to itself; afterwards the end of the last attempt. */
    leaseUntil: integer('lease_until').notNull().default(0),
    error: text('error'),
    provider: text('provider').notNull().default(''),
    providerId: text('provider_id').notNull().default(''),
    createdAt: text('created_at').notNull(),
    sentAt: text('sent_at'),
  },
  (t) => [
    index('mails_created').on(t.createdAt),
    index('mails_tenant').on(t.tenantId, t.createdAt),
    index('mails_recipient').on(t.tenantId, sql`lower(${t.recipient})`),
    index('mails_provider').on(t.provider, t.providerId),
    uniqueIndex('mails_dedupe').on(t.tenantId, t.dedupeKey),
  ],
)

/** The timeline of a mail: queued, attempted, sent, delivered, deferred, bounced, complained, suppressed, failed. */
export const mailEvents = sqliteTable(
  'mail_events',
  {
    mailId: text('mail_id')
      .notNull()
      .references(() => mails.id, { onDelete: 'cascade' }),
    id: text('id').notNull(),
    type: text('type').notNull(),
    at: text('at').notNull(),
    detail: text('detail').notNull().default(''),
    /** The provider's id of the event, so that a second delivery changes nothing. */
    externalId: text('external_id'),
  },
  (t) => [
    primaryKey({ columns: [t.mailId, t.id] }),
    uniqueIndex('mail_events_external').on(t.mailId, t.externalId),
  ],
)
