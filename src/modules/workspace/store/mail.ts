/** Mails as a workspace sees its own, who is not written to, and what came in. */
import { and, desc, eq, lt, or } from 'drizzle-orm'
import type { TenantDb } from '../../../platform/tenant-db.ts'
import { inboundMails, mailInboxes, mailSuppressions } from './schema.ts'

export type SuppressionRow = typeof mailSuppressions.$inferSelect
export type InboxRow = typeof mailInboxes.$inferSelect
export type InboundRow = typeof inboundMails.$inferSelect

export interface MailLine {
  id: string
  kind: string
  stream: string
  recipient: string
  subject: string
  status: string
  error: string | null
  attempts: number
  created_at: string
  sent_at: string | null
}

export interface MailFilter {
  text?: string
  status?: string
  /** Id of the last mail of the page before. */
  before?: string
}

const COLUMNS = 'id, kind, stream, recipient, subject, status, error, attempts, created_at, sent_at'

/** The newest first. Account mail (links to get in) is for its recipient's eyes alone. */
export const mailPage = (db: TenantDb, filter: MailFilter, limit: number) =>
  db.sql<MailLine>(
    `SELECT ${COLUMNS} FROM mails WHERE tenant_id = ?1 AND stream <> 'account' AND id < ?2
       AND (?3 = '' OR instr(lower(recipient), ?3) > 0 OR instr(lower(subject), ?3) > 0) AND (?4 = '' OR status = ?4)
     ORDER BY id DESC LIMIT ?5`,
    filter.before || 'g',
    (filter.text ?? '').toLowerCase(),
    filter.status ?? '',
    limit,
  )

export const mailsTo = (db: TenantDb, address: string, limit: number) =>
  db.sql<MailLine>(
    `SELECT ${COLUMNS} FROM mails WHERE tenant_id = ?1 AND stream <> 'account' AND lower(recipient) = ?2 ORDER BY id DESC LIMIT ?3`,
    address,
    limit,
  )

/** The recipient and the words go, the fact that a mail was sent stays. */
export const forgetMailsTo = (db: TenantDb, address: string) =>
  db.statement(
    `UPDATE mails SET recipient = 'forgotten', subject = '', text_body = '', html_body = '', reply_to = '', headers = '{}',
       error = CASE WHEN error IS NULL THEN NULL ELSE '' END
     WHERE tenant_id = ?1 AND stream <> 'account' AND lower(recipient) = ?2`,
    address,
  )

export interface SuppressionLine {
  address: string
  scope: 'all' | 'marketing'
  reason: string
  detail: string
  created_at: string
}

/** `after` is `<scope> <address>` of the last of the page before. */
export function suppressionPage(db: TenantDb, text: string, after: string, limit: number) {
  const at = after.indexOf(' ')
  return db.sql<SuppressionLine>(
    `SELECT address, scope, reason, detail, created_at FROM mail_suppressions
     WHERE tenant_id = ?1 AND (address, scope) > (?2, ?3) AND instr(address, ?4) > 0 ORDER BY address, scope LIMIT ?5`,
    after.slice(at + 1),
    after.slice(0, Math.max(0, at)),
    text.toLowerCase(),
    limit,
  )
}

export const suppressionOf = (db: TenantDb, address: string, scope: 'all' | 'marketing') =>
  db.row(mailSuppressions, and(eq(mailSuppressions.address, address), eq(mailSuppressions.scope, scope)))

/** The first reason stays; a graver one (a complaint) takes its place. */
export const suppressStatement = (
  db: TenantDb,
  row: Omit<SuppressionRow, 'tenantId'>,
  when: 'always' | 'if-changed' = 'always',
) =>
  db.statement(
    `INSERT INTO mail_suppressions (tenant_id, address, scope, reason, detail, mail_id, created_at)
     SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE ?8 = 'always' OR changes() > 0
     ON CONFLICT (tenant_id, address, scope) DO UPDATE SET reason = excluded.reason, detail = excluded.detail
       WHERE excluded.reason = 'complaint' AND reason <> 'complaint'`,
    row.address,
    row.scope,
    row.reason,
    row.detail,
    row.mailId,
    row.createdAt,
    when,
  )

export const removeSuppression = (db: TenantDb, address: string, scope: 'all' | 'marketing') =>
  db.remove(mailSuppressions, and(eq(mailSuppressions.address, address), eq(mailSuppressions.scope, scope)))

export const inboxes = (db: TenantDb) =>
  db.rows(mailInboxes, undefined, { orderBy: [desc(mailInboxes.createdAt)] })

export const insertInbox = (db: TenantDb, row: Omit<InboxRow, 'tenantId'>) => db.insert(mailInboxes, row)

export const insertInbound = (db: TenantDb, row: Omit<InboundRow, 'tenantId'>) =>
  db.insert(inboundMails, row, 'ignore')

/** The newest first; `before` is `<received at> <id>` of the last of the page before. */
export function inboundPage(db: TenantDb, before: string, limit: number) {
  const [at = '', id = ''] = before.split(' ')
  const earlier = or(
    lt(inboundMails.receivedAt, at),
    and(eq(inboundMails.receivedAt, at), lt(inboundMails.id, id)),
  )
  return db.rows(inboundMails, before ? earlier : undefined, {
    orderBy: [desc(inboundMails.receivedAt), desc(inboundMails.id)],
    limit,
  })
}

export const inboundById = (db: TenantDb, id: string) => db.row(inboundMails, eq(inboundMails.id, id))

export const markInboundRead = (db: TenantDb, id: string, at: string) =>
  db.statement(
    'UPDATE inbound_mails SET read_at = ?3 WHERE tenant_id = ?1 AND id = ?2 AND read_at IS NULL',
    id,
    at,
  )

export const inboundFrom = (db: TenantDb, address: string, limit: number) =>
  db.rows(inboundMails, eq(inboundMails.fromAddress, address), { orderBy: [desc(inboundMails.id)], limit })

export const forgetInboundFrom = (db: TenantDb, address: string) =>
  db.remove(inboundMails, eq(inboundMails.fromAddress, address))
