/** What a person chose about notices, and what waits already moved to the new choice. */
import type { TenantDb } from '../../../platform/tenant-db.ts'
import type { NoticePreference, NoticeSettings } from '../domain/notice.ts'

export const keepPreferences = (
  db: TenantDb,
  personId: string,
  kinds: readonly ({ kind: string } & NoticePreference)[],
): D1PreparedStatement =>
  db.statement(
    `INSERT INTO notice_preferences (tenant_id, person_id, kind, in_app, mail)
     SELECT ?1, ?2, value ->> 'kind', value ->> 'inApp', value ->> 'mail' FROM json_each(?3) WHERE true
     ON CONFLICT (tenant_id, person_id, kind) DO UPDATE SET in_app = excluded.in_app, mail = excluded.mail`,
    personId,
    JSON.stringify(kinds),
  )

export const keepSettings = (db: TenantDb, personId: string, settings: NoticeSettings): D1PreparedStatement =>
  db.statement(
    `INSERT INTO notice_settings (tenant_id, person_id, time_zone, quiet_from, quiet_until, digest_hour, digest_weekday, mails_per_hour)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
     ON CONFLICT (tenant_id, person_id) DO UPDATE SET time_zone = excluded.time_zone, quiet_from = excluded.quiet_from,
       quiet_until = excluded.quiet_until, digest_hour = excluded.digest_hour, digest_weekday = excluded.digest_weekday,
       mails_per_hour = excluded.mails_per_hour`,
    personId,
    settings.timeZone,
    settings.quietFrom,
    settings.quietUntil,
    settings.digestHour,
    settings.digestWeekday,
    settings.mailsPerHour,
  )

/** Waiting mail of these kinds is due at `dueAt` (milliseconds), or not at all when that is null. */
export const moveWaiting = (
  db: TenantDb,
  personId: string,
  kinds: readonly { kind: string; dueAt: number | null }[],
): D1PreparedStatement[] =>
  kinds.map(({ kind, dueAt }) =>
    db.statement(
      `UPDATE notifications SET mail_due_at = ?4, mail_state = iif(?4 IS NULL, 'none', 'waiting')
       WHERE tenant_id = ?1 AND person_id = ?2 AND kind = ?3 AND mail_state = 'waiting'`,
      personId,
      kind,
      dueAt,
    ),
  )
