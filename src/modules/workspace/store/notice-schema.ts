/** Notifications: what a person is told, how they want to be told, and where else the workspace is told. */
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { tenantId } from './tenant-column.ts'

export const notifications = sqliteTable(
  'notifications',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    personId: text('person_id').notNull(),
    kind: text('kind').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull().default(''),
    href: text('href').notNull().default(''),
    /** What the notice is about: the same key again is the same notice. */
    dedupeKey: text('dedupe_key').notNull(),
    createdAt: text('created_at').notNull(),
    /** False: the person wants this kind by mail only. */
    inApp: integer('in_app', { mode: 'boolean' }).notNull().default(true),
    readAt: text('read_at'),
    /** How it goes by mail: none, waiting (until `mail_due_at`), sent (in `mail_id` of `notice_mails`). */
    mailState: text('mail_state', { enum: ['none', 'waiting', 'sent'] }).notNull(),
    mailDueAt: integer('mail_due_at'),
    mailId: text('mail_id'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex('notifications_dedupe').on(t.tenantId, t.personId, t.dedupeKey),
    index('notifications_person').on(t.tenantId, t.personId, t.id),
    index('notifications_unread').on(t.tenantId, t.personId, t.id).where(sql`read_at IS NULL AND in_app = 1`),
    index('notifications_waiting').on(t.tenantId, t.personId, t.mailDueAt).where(sql`mail_state = 'waiting'`),
    index('notifications_mail').on(t.tenantId, t.mailId, t.id).where(sql`mail_id IS NOT NULL`),
  ],
)

/** Mails of notices: claimed together with their notices, then sent, then marked. What is not marked is finished later. */
export const noticeMails = sqliteTable(
  'notice_mails',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    personId: text('person_id').notNull(),
    urgent: integer('urgent', { mode: 'boolean' }).notNull(),
    /** Milliseconds: caps count by it. */
    claimedAt: integer('claimed_at').notNull(),
    sentAt: integer('sent_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('notice_mails_person').on(t.tenantId, t.personId, t.claimedAt),
  ],
)

/** One row a person and kind that differs from the kind's default. */
export const noticePreferences = sqliteTable(
  'notice_preferences',
  {
    tenantId: tenantId(),
    personId: text('person_id').notNull(),
    kind: text('kind').notNull(),
    inApp: integer('in_app', { mode: 'boolean' }).notNull(),
    mail: text('mail', { enum: ['instant', 'daily', 'weekly', 'off'] }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.personId, t.kind] })],
)

/** Quiet hours (in the person's zone), the hour of digests, and how many mails an hour at most. */
export const noticeSettings = sqliteTable(
  'notice_settings',
  {
    tenantId: tenantId(),
    personId: text('person_id').notNull(),
    timeZone: text('time_zone').notNull(),
    /** Minutes after midnight; the same twice: no quiet hours. */
    quietFrom: integer('quiet_from').notNull(),
    quietUntil: integer('quiet_until').notNull(),
    digestHour: integer('digest_hour').notNull(),
    /** ISO weekday of the weekly digest. */
    digestWeekday: integer('digest_weekday').notNull(),
    mailsPerHour: integer('mails_per_hour').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.personId] })],
)

/** Slack and Teams channels by incoming webhook. */
export const noticeChannels = sqliteTable(
  'notice_channels',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    type: text('type', { enum: ['slack', 'teams'] }).notNull(),
    name: text('name').notNull(),
    /** The sealed webhook address: whoever knows it can post. */
    url: text('url').notNull(),
    kinds: text('kinds', { mode: 'json' }).$type<string[]>().notNull(),
    status: text('status', { enum: ['active', 'failing', 'paused'] }).notNull(),
    lastError: text('last_error'),
    lastSentAt: text('last_sent_at'),
    postsPerHour: integer('posts_per_hour').notNull(),
    /** Milliseconds: until then one worker posts, so that posts go one by one and in order. */
    heldUntil: integer('held_until').notNull().default(0),
    createdAt: text('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
)

export const channelPosts = sqliteTable(
  'channel_posts',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    channelId: text('channel_id').notNull(),
    kind: text('kind').notNull(),
    dedupeKey: text('dedupe_key').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    href: text('href').notNull(),
    /** capped: told in a summary instead of on its own. */
    status: text('status', { enum: ['waiting', 'sent', 'failed', 'capped'] }).notNull(),
    attempts: integer('attempts').notNull().default(0),
    error: text('error'),
    createdAt: text('created_at').notNull(),
    sentAt: text('sent_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex('channel_posts_dedupe').on(t.tenantId, t.channelId, t.dedupeKey),
    index('channel_posts_waiting').on(t.tenantId, t.channelId, t.id).where(sql`status = 'waiting'`),
    index('channel_posts_sent').on(t.tenantId, t.channelId, t.sentAt),
  ],
)
