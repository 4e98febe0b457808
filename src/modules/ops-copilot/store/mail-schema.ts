/** Mail of automations: templates, what was sent by which step, and what recipients did with it. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { workspaces } from '../../../platform/directory-schema.ts'
import type { Json } from '../domain/definition-model.ts'

const tenantId = () =>
  text('tenant_id')
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' })

export const emailTemplates = sqliteTable(
  'email_templates',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    /** Liquid. */
    subject: text('subject').notNull(),
    preheader: text('preheader').notNull(),
    /** Blocks of the editor, see domain/mail-blocks. */
    blocks: text('blocks', { mode: 'json' }).$type<Json[]>().notNull(),
    /** marketing needs consent and carries an unsubscribe link; workspace is written to one person for a reason. */
    stream: text('stream', { enum: ['workspace', 'marketing'] }).notNull(),
    galleryKey: text('gallery_key'),
    version: integer('version').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
    deletedAt: text('deleted_at'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
)

/** A mail that a step sent: what the recipient saw stays, whatever becomes of the template. */
export const automationMails = sqliteTable(
  'automation_mails',
  {
    tenantId: tenantId(),
    /** Id of the mail in the workspace's mail. */
    mailId: text('mail_id').notNull(),
    /** Names it in tracked addresses, whose signature holds it. */
    trackId: text('track_id').notNull(),
    automationId: text('automation_id').notNull(),
    runId: text('run_id').notNull(),
    stepKey: text('step_key').notNull(),
    templateId: text('template_id'),
    contactId: text('contact_id'),
    toAddress: text('to_address').notNull(),
    subject: text('subject').notNull(),
    stream: text('stream', { enum: ['workspace', 'marketing'] }).notNull(),
    /** Addresses of its links, in order: redirects lead to these and nowhere else. */
    links: text('links', { mode: 'json' }).$type<string[]>().notNull(),
    sentAt: text('sent_at').notNull(),
    openedAt: text('opened_at'),
    clickedAt: text('clicked_at'),
    repliedAt: text('replied_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.mailId] }),
    index('automation_mails_of').on(t.tenantId, t.automationId, t.sentAt),
    index('automation_mails_run').on(t.tenantId, t.runId),
    index('automation_mails_to').on(t.tenantId, t.toAddress, t.sentAt),
    index('automation_mails_track').on(t.tenantId, t.trackId),
  ],
)

/** Opens and clicks as they came, with what they probably were. */
export const mailHits = sqliteTable(
  'mail_hits',
  {
    tenantId: tenantId(),
    mailId: text('mail_id').notNull(),
    id: text('id').notNull(),
    kind: text('kind', { enum: ['open', 'click'] }).notNull(),
    link: integer('link'),
    verdict: text('verdict', { enum: ['human', 'machine', 'unknown'] }).notNull(),
    /** Why it was taken for that. */
    reasons: text('reasons', { mode: 'json' }).$type<string[]>().notNull(),
    at: text('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.mailId, t.id] })],
)
