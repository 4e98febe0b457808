/** Mails of automations: what went to whom, and what they did with it. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'

export interface AutomationMail {
  mailId: string
  trackId: string
  automationId: string
  runId: string
  stepKey: string
  templateId: string | null
  contactId: string | null
  toAddress: string
  subject: string
  stream: 'workspace' | 'marketing'
  links: string[]
  sentAt: string
}

export const insertAutomationMail = (db: TenantDb, mail: AutomationMail) =>
  db.statement(
    `INSERT INTO automation_mails (tenant_id, mail_id, track_id, automation_id, run_id, step_key, template_id, contact_id,
       to_address, subject, stream, links, sent_at)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT DO NOTHING`,
    ...[
      mail.mailId,
      mail.trackId,
      mail.automationId,
      mail.runId,
      mail.stepKey,
      mail.templateId,
      mail.contactId,
    ],
    ...[mail.toAddress, mail.subject, mail.stream, JSON.stringify(mail.links), mail.sentAt],
  )

/** When the mails of automations went to an address, the newest first. */
export const mailsTo = (db: TenantDb, address: string, since: string): Query<{ sent_at: string }[]> =>
  db.sql(
    'SELECT sent_at FROM automation_mails WHERE tenant_id = ?1 AND to_address = ?2 AND sent_at >= ?3 ORDER BY sent_at DESC LIMIT 600',
    address,
    since,
  )

export interface TrackedMail {
  mail_id: string
  automation_id: string
  run_id: string
  contact_id: string | null
  to_address: string
  links: string
  sent_at: string
}

export const mailByTrack = (db: TenantDb, trackId: string): Query<TrackedMail[]> =>
  db.sql(
    `SELECT mail_id, automation_id, run_id, contact_id, to_address, links, sent_at FROM automation_mails
     WHERE tenant_id = ?1 AND track_id = ?2 LIMIT 1`,
    trackId,
  )

export const mailById = (db: TenantDb, mailId: string): Query<TrackedMail[]> =>
  db.sql(
    `SELECT mail_id, automation_id, run_id, contact_id, to_address, links, sent_at FROM automation_mails
     WHERE tenant_id = ?1 AND mail_id = ?2`,
    mailId,
  )

/** Notes the first time; changes nothing after it. */
export const markMail = (
  db: TenantDb,
  mailId: string,
  column: 'opened_at' | 'clicked_at' | 'replied_at',
  at: string,
) =>
  db.statement(
    `UPDATE automation_mails SET ${column} = ?3 WHERE tenant_id = ?1 AND mail_id = ?2 AND ${column} IS NULL`,
    mailId,
    at,
  )

export interface HitRow {
  mailId: string
  id: string
  kind: 'open' | 'click'
  link: number | null
  verdict: 'human' | 'machine' | 'unknown'
  reasons: string[]
  at: string
}

export const insertHit = (db: TenantDb, { mailId, id, kind, link, verdict, reasons, at }: HitRow) =>
  db.statement(
    'INSERT INTO mail_hits (tenant_id, mail_id, id, kind, link, verdict, reasons, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)',
    ...[mailId, id, kind, link, verdict, JSON.stringify(reasons), at],
  )

export const countHits = (db: TenantDb, mailId: string): Query<{ n: number }[]> =>
  db.sql('SELECT count(*) AS n FROM mail_hits WHERE tenant_id = ?1 AND mail_id = ?2', mailId)

export const hitsSince = (db: TenantDb, mailId: string, since: string): Query<{ link: number | null }[]> =>
  db.sql('SELECT link FROM mail_hits WHERE tenant_id = ?1 AND mail_id = ?2 AND at >= ?3', mailId, since)
