/** Notices as rows: written many at a time, read as an inbox, marked as read. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type { MailMode, NoticeSettings } from '../domain/notice.ts'

export interface NoticeRow {
  id: string
  personId: string
  kind: string
  title: string
  body: string
  href: string
  dedupeKey: string
  createdAt: string
  inApp: 0 | 1
  mailState: 'none' | 'waiting'
  mailDueAt: number | null
}

export interface PreferenceRow {
  person_id: string
  kind: string
  in_app: number
  mail: MailMode
}

/** One statement for many notices; those that were told before are left as they are. */
export const insertNotices = (db: TenantDb, rows: readonly NoticeRow[]): D1PreparedStatement =>
  db.statement(
    `INSERT INTO notifications (tenant_id, id, person_id, kind, title, body, href, dedupe_key, created_at, in_app, mail_state, mail_due_at)
     SELECT ?1, value ->> 'id', value ->> 'personId', value ->> 'kind', value ->> 'title', value ->> 'body', value ->> 'href',
       value ->> 'dedupeKey', value ->> 'createdAt', value ->> 'inApp', value ->> 'mailState', value ->> 'mailDueAt'
     FROM json_each(?2) WHERE true ON CONFLICT DO NOTHING`,
    JSON.stringify(rows),
  )

/** What the minute's sweep finds people by: when the earliest waiting mail of each is due. */
export const dueOfPeople = (db: TenantDb, personIds: readonly string[]): D1PreparedStatement =>
  db.statement(
    `INSERT INTO due (kind, tenant_id, ref, at)
     SELECT 'notice', ?1, ref, at FROM (SELECT value AS ref, (SELECT n.mail_due_at FROM notifications n WHERE n.tenant_id = ?1
       AND n.person_id = value AND n.mail_state = 'waiting' ORDER BY n.mail_due_at LIMIT 1) AS at FROM json_each(?2))
     WHERE at IS NOT NULL ON CONFLICT (kind, tenant_id, ref) DO UPDATE SET at = excluded.at`,
    JSON.stringify(personIds),
  )

/** The same for one person, whose row goes when neither a notice nor a mail waits any more. */
export const settleDue = (db: TenantDb, personId: string): D1PreparedStatement[] => [
  db.statement(
    `DELETE FROM due WHERE kind = 'notice' AND tenant_id = ?1 AND ref = ?2
       AND NOT EXISTS (SELECT 1 FROM notice_mails m WHERE m.tenant_id = ?1 AND m.person_id = ?2 AND m.sent_at IS NULL)`,
    personId,
  ),
  dueOfPeople(db, [personId]),
]

export const preferencesOf = (
  db: TenantDb,
  personIds: readonly string[],
  kinds: readonly string[],
): Query<PreferenceRow[]> =>
  db.sql<PreferenceRow>(
    `SELECT person_id, kind, in_app, mail FROM notice_preferences WHERE tenant_id = ?1
       AND person_id IN (SELECT value FROM json_each(?2)) AND kind IN (SELECT value FROM json_each(?3))`,
    JSON.stringify(personIds),
    JSON.stringify(kinds),
  )

export function settingsOf(
  db: TenantDb,
  personIds: readonly string[],
): Query<(NoticeSettings & { personId: string })[]> {
  return db.sql<NoticeSettings & { personId: string }>(
    `SELECT person_id AS personId, time_zone AS timeZone, quiet_from AS quietFrom, quiet_until AS quietUntil,
       digest_hour AS digestHour, digest_weekday AS digestWeekday, mails_per_hour AS mailsPerHour
     FROM notice_settings WHERE tenant_id = ?1 AND person_id IN (SELECT value FROM json_each(?2))`,
    JSON.stringify(personIds),
  )
}

export interface InboxRow {
  id: string
  kind: string
  title: string
  body: string
  href: string
  created_at: string
  read_at: string | null
}

export interface InboxFilter {
  kind?: string
  unread?: boolean
  /** Id of the last row of the page before. */
  before?: string
}

/** The newest first. */
export function inboxOf(
  db: TenantDb,
  personId: string,
  filter: InboxFilter,
  limit: number,
): Query<InboxRow[]> {
  const unread = filter.unread ? 'AND read_at IS NULL' : ''
  return db.sql<InboxRow>(
    `SELECT id, kind, title, body, href, created_at, read_at FROM notifications
     WHERE tenant_id = ?1 AND person_id = ?2 AND in_app = 1 ${unread} AND (?3 IS NULL OR kind = ?3)
       AND (?4 IS NULL OR id < ?4) ORDER BY id DESC LIMIT ?5`,
    personId,
    filter.kind ?? null,
    filter.before ?? null,
    limit,
  )
}

/** Counts no further than `ceiling`: what a badge cannot show need not be read. */
export const unreadCount = (db: TenantDb, personId: string, ceiling: number): Query<number> => {
  const query = db.sql<{ unread: number }>(
    `SELECT count(*) AS unread FROM (SELECT 1 FROM notifications
       WHERE tenant_id = ?1 AND person_id = ?2 AND read_at IS NULL AND in_app = 1 LIMIT ?3)`,
    personId,
    ceiling,
  )
  return { statement: query.statement, map: (rows) => query.map(rows)[0]?.unread ?? 0 }
}

/** Kinds among the latest notices of a person: what a filter can offer. */
export const kindsHad = (db: TenantDb, personId: string): Query<{ kind: string }[]> =>
  db.sql<{ kind: string }>(
    `SELECT DISTINCT kind FROM (SELECT kind FROM notifications
       WHERE tenant_id = ?1 AND person_id = ?2 AND in_app = 1 ORDER BY id DESC LIMIT 500)`,
    personId,
  )

export const noticeOf = (db: TenantDb, personId: string, id: string): Query<InboxRow[]> =>
  db.sql<InboxRow>(
    `SELECT id, kind, title, body, href, created_at, read_at FROM notifications
     WHERE tenant_id = ?1 AND person_id = ?2 AND id = ?3 AND in_app = 1`,
    personId,
    id,
  )

/** `id` null: all up to now. */
export const markRead = (
  db: TenantDb,
  personId: string,
  id: string | null,
  at: string,
): D1PreparedStatement =>
  id === null
    ? db.statement(
        `UPDATE notifications SET read_at = ?3 WHERE tenant_id = ?1 AND person_id = ?2 AND read_at IS NULL AND in_app = 1`,
        personId,
        at,
      )
    : db.statement(
        `UPDATE notifications SET read_at = ?4 WHERE tenant_id = ?1 AND id = ?3 AND person_id = ?2 AND read_at IS NULL`,
        personId,
        id,
        at,
      )
