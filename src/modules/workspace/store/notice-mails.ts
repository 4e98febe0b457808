/** Mails of notices as claims: a mail and the notices in it are bound together before it goes out. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'

export interface MailLine {
  id: string
  kind: string
  title: string
  body: string
  href: string
  created_at: string
}

/** Instants of claims since `since` (milliseconds), the ordinary or the urgent. */
export const claimsSince = (
  db: TenantDb,
  personId: string,
  since: number,
): Query<{ claimed_at: number; urgent: number }[]> =>
  db.sql(
    `SELECT claimed_at, urgent FROM notice_mails WHERE tenant_id = ?1 AND person_id = ?2 AND claimed_at > ?3`,
    personId,
    since,
  )

export const unsentClaims = (db: TenantDb, personId: string): Query<{ id: string }[]> =>
  db.sql(
    'SELECT id FROM notice_mails WHERE tenant_id = ?1 AND person_id = ?2 AND sent_at IS NULL ORDER BY id',
    personId,
  )

/**
 * Binds what is due to a new mail, in one transaction: nothing happens when nothing is due or when `cap` mails of the
 * last hour stand already, so that two workers at once never exceed it. `urgentKinds` are taken, or left out.
 */
export function claimMail(
  db: TenantDb,
  claim: { id: string; personId: string; now: number; cap: number; urgent: boolean; urgentKinds: string[] },
): D1PreparedStatement[] {
  const among = claim.urgent ? 'IN' : 'NOT IN'
  const kinds = JSON.stringify(claim.urgentKinds)
  return [
    db.statement(
      `INSERT INTO notice_mails (tenant_id, id, person_id, urgent, claimed_at)
       SELECT ?1, ?2, ?3, ?5, ?4 WHERE
         (SELECT count(*) FROM notice_mails m WHERE m.tenant_id = ?1 AND m.person_id = ?3 AND m.urgent = ?5 AND m.claimed_at > ?4 - 3600000) < ?6
         AND EXISTS (SELECT 1 FROM notifications n WHERE n.tenant_id = ?1 AND n.person_id = ?3 AND n.mail_state = 'waiting'
           AND n.mail_due_at <= ?4 AND n.kind ${among} (SELECT value FROM json_each(?7)))`,
      claim.id,
      claim.personId,
      claim.now,
      claim.urgent ? 1 : 0,
      claim.cap,
      kinds,
    ),
    db.statement(
      `UPDATE notifications SET mail_state = 'sent', mail_id = ?2 WHERE tenant_id = ?1 AND person_id = ?3 AND mail_state = 'waiting'
         AND mail_due_at <= ?4 AND kind ${among} (SELECT value FROM json_each(?5))
         AND EXISTS (SELECT 1 FROM notice_mails m WHERE m.tenant_id = ?1 AND m.id = ?2)`,
      claim.id,
      claim.personId,
      claim.now,
      kinds,
    ),
  ]
}

export const linesOf = (db: TenantDb, mailId: string, limit: number): Query<MailLine[]> =>
  db.sql<MailLine>(
    `SELECT id, kind, title, body, href, created_at FROM notifications
     WHERE tenant_id = ?1 AND mail_id = ?2 ORDER BY id DESC LIMIT ?3`,
    mailId,
    limit,
  )

export const countsOf = (db: TenantDb, mailId: string): Query<{ kind: string; notices: number }[]> =>
  db.sql(
    `SELECT kind, count(*) AS notices FROM notifications WHERE tenant_id = ?1 AND mail_id = ?2
     GROUP BY kind ORDER BY notices DESC, kind`,
    mailId,
  )

export const markMailSent = (db: TenantDb, id: string, now: number): D1PreparedStatement =>
  db.statement('UPDATE notice_mails SET sent_at = ?3 WHERE tenant_id = ?1 AND id = ?2', id, now)

/** Holds what is due until `at` (milliseconds). */
export const holdDue = (
  db: TenantDb,
  personId: string,
  now: number,
  at: number,
  urgentKinds: string[],
): D1PreparedStatement =>
  db.statement(
    `UPDATE notifications SET mail_due_at = ?4 WHERE tenant_id = ?1 AND person_id = ?2 AND mail_state = 'waiting'
       AND mail_due_at <= ?3 AND kind NOT IN (SELECT value FROM json_each(?5))`,
    personId,
    now,
    at,
    JSON.stringify(urgentKinds),
  )

/** Nobody to mail to: the notices stay in the inbox. */
export const dropWaiting = (db: TenantDb, personId: string): D1PreparedStatement[] => [
  db.statement(
    `UPDATE notifications SET mail_state = 'none', mail_due_at = NULL WHERE tenant_id = ?1 AND person_id = ?2 AND mail_state = 'waiting'`,
    personId,
  ),
  db.statement(
    'UPDATE notice_mails SET sent_at = claimed_at WHERE tenant_id = ?1 AND person_id = ?2 AND sent_at IS NULL',
    personId,
  ),
]
