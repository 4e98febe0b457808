/** Outgoing mails and what became of each. Account mail belongs to no workspace, so these are global rows. */
import { isoInstant } from '../clock.ts'
import type { MailAttachment } from '../mail-attachment.ts'
import type { MailStream } from '../mail-stream.ts'

export type MailStatus = 'queued' | 'sent' | 'delivered' | 'bounced' | 'complained' | 'suppressed' | 'failed'

export interface MailRow {
  id: string
  tenant_id: string | null
  kind: string
  stream: MailStream
  recipient: string
  from_name: string
  reply_to: string
  headers: string
  attachments: string
  subject: string
  text_body: string
  html_body: string
  status: MailStatus
  attempts: number
  lease_until: number
  error: string | null
  provider: string
  provider_id: string
  created_at: string
  sent_at: string | null
}

export interface NewMail {
  id: string
  tenantId: string | null
  kind: string
  stream: MailStream
  to: string
  fromName: string
  replyTo: string
  headers: Record<string, string>
  attachments: readonly MailAttachment[]
  subject: string
  text: string
  html: string
  dedupeKey: string | null
  at: string
}

export interface MailEvent {
  id: string
  type: string
  at: string
  detail: string
}

/** What may still become of a mail: a later word of the provider never takes a graver one back. */
const GRAVER: Record<string, readonly MailStatus[]> = {
  delivered: ['sent'],
  bounced: ['sent', 'delivered'],
  complained: ['sent', 'delivered', 'bounced'],
}

export function mailDirectory(d1: D1Database) {
  const eventStatement = (
    mailId: string,
    event: { id: string; type: string; at: string; detail?: string; externalId?: string | null },
  ) =>
    d1
      .prepare(
        `INSERT OR IGNORE INTO mail_events (mail_id, id, type, at, detail, external_id)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE EXISTS (SELECT 1 FROM mails WHERE id = ?1)`,
      )
      .bind(mailId, event.id, event.type, event.at, event.detail ?? '', event.externalId ?? null)

  return {
    /** Writes the mail down; answers the id of the one that is there already under this key. */
    async keepMail(mail: NewMail): Promise<{ id: string; isNew: boolean }> {
      const [added] = await d1.batch([
        d1
          .prepare(
            `INSERT INTO mails (id, tenant_id, kind, stream, recipient, from_name, reply_to, headers, subject, text_body,
               html_body, dedupe_key, status, created_at, attachments)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 'queued', ?13, ?14)
             ON CONFLICT (tenant_id, dedupe_key) DO NOTHING`,
          )
          .bind(
            mail.id,
            mail.tenantId,
            mail.kind,
            mail.stream,
            mail.to,
            mail.fromName,
            mail.replyTo,
            JSON.stringify(mail.headers),
            mail.subject,
            mail.text,
            mail.html,
            mail.dedupeKey,
            mail.at,
            JSON.stringify(mail.attachments),
          ),
        eventStatement(mail.id, { id: 'queued', type: 'queued', at: mail.at }),
      ])
      if (added?.meta.changes === 1) return { id: mail.id, isNew: true }
      const known = await d1
        .prepare('SELECT id FROM mails WHERE tenant_id = ?1 AND dedupe_key = ?2')
        .bind(mail.tenantId, mail.dedupeKey)
        .first<{ id: string }>()
      return { id: known?.id ?? mail.id, isNew: false }
    },

    async mail(id: string): Promise<MailRow | null> {
      return d1.prepare('SELECT * FROM mails WHERE id = ?1').bind(id).first<MailRow>()
    },

    async mailEvents(mailId: string): Promise<MailEvent[]> {
      const { results } = await d1
        .prepare('SELECT id, type, at, detail FROM mail_events WHERE mail_id = ?1 ORDER BY at, id LIMIT 200')
        .bind(mailId)
        .all<MailEvent>()
      return results
    },

    async addMailEvent(
      mailId: string,
      event: { id: string; type: string; at: string; detail?: string; externalId?: string | null },
    ): Promise<void> {
      await eventStatement(mailId, event).run()
    },

    /**
     * Begins an attempt that has the mail to itself until `leaseUntil`; null when another has it, or it came to its end.
     * `open`: how many attempts were begun before and never came to an end we know of; `attempt` names this one.
     */
    async claimMail(
      mailId: string,
      nowMs: number,
      leaseUntil: number,
    ): Promise<{ open: number; attempt: number } | null> {
      const at = isoInstant(nowMs)
      const answers = await d1.batch<{ begun: number; ended: number; attempts: number }>([
        d1
          .prepare(
            `SELECT sum(type = 'attempted') AS begun, sum(type IN ('deferred', 'sent', 'failed')) AS ended FROM mail_events
             WHERE mail_id = ?1`,
          )
          .bind(mailId),
        d1
          .prepare(
            `UPDATE mails SET attempts = attempts + 1, lease_until = ?3
             WHERE id = ?1 AND status = 'queued' AND lease_until <= ?2 RETURNING attempts`,
          )
          .bind(mailId, nowMs, leaseUntil),
        d1
          .prepare(
            `INSERT OR IGNORE INTO mail_events (mail_id, id, type, at, detail)
             SELECT id, 'attempted ' || printf('%04d', attempts) || ' ' || ?2, 'attempted', ?2, '' FROM mails
             WHERE id = ?1 AND changes() = 1`,
          )
          .bind(mailId, at),
      ])
      const [claimed] = answers[1]?.results ?? []
      if (!claimed) return null
      const [known] = answers[0]?.results ?? []
      return { open: (known?.begun ?? 0) - (known?.ended ?? 0), attempt: claimed.attempts }
    },

    /** The attempt ended without an end of the mail: the next may begin at once, unless it has begun already. */
    async releaseMail(mailId: string, attempt: number, nowMs: number): Promise<void> {
      await d1
        .prepare(`UPDATE mails SET lease_until = ?2 WHERE id = ?1 AND status = 'queued' AND attempts = ?3`)
        .bind(mailId, nowMs, attempt)
        .run()
    },

    /** The end of a queued mail; changes nothing when it came to one already. */
    async settleMail(
      mailId: string,
      end: {
        status: MailStatus
        at: string
        detail: string
        provider?: string
        providerId?: string
      },
    ): Promise<void> {
      const sent = end.status === 'sent'
      await d1.batch([
        d1
          .prepare(
            `UPDATE mails SET status = ?2, error = ?3, provider = ?4, provider_id = ?5, sent_at = ?6
             WHERE id = ?1 AND status = 'queued'`,
          )
          .bind(
            mailId,
            end.status,
            sent ? null : end.detail,
            end.provider ?? '',
            end.providerId ?? '',
            sent ? end.at : null,
          ),
        eventStatement(mailId, { id: `settled ${end.at}`, type: end.status, at: end.at, detail: end.detail }),
      ])
    },

    /** What providers said of a workspace's mails to an address may quote it. */
    async forgetMailWords(tenantId: string, address: string): Promise<void> {
      await d1
        .prepare(
          `UPDATE mail_events SET detail = '' WHERE detail <> '' AND mail_id IN (
             SELECT id FROM mails WHERE tenant_id = ?1 AND stream <> 'account' AND lower(recipient) = ?2)`,
        )
        .bind(tenantId, address)
        .run()
    },

    async mailByProviderId(provider: string, providerId: string): Promise<MailRow | null> {
      return d1
        .prepare('SELECT * FROM mails WHERE provider = ?1 AND provider_id = ?2 LIMIT 1')
        .bind(provider, providerId)
        .first<MailRow>()
    },

    /** What the provider says later: a line of the timeline, once, and the graver status. Answers whether it is news. */
    async noteMailOutcome(
      mailId: string,
      outcome: { type: string; at: string; detail: string; externalId: string },
    ): Promise<boolean> {
      const from = GRAVER[outcome.type] ?? []
      const event = { ...outcome, id: `outcome ${outcome.externalId}`.slice(0, 200) }
      const [added] = await d1.batch([
        eventStatement(mailId, event),
        d1
          .prepare(
            `UPDATE mails SET status = ?2, error = CASE WHEN ?2 = 'delivered' THEN error ELSE ?3 END
             WHERE id = ?1 AND status IN (SELECT value FROM json_each(?4))`,
          )
          .bind(mailId, outcome.type, outcome.detail, JSON.stringify(from)),
      ])
      return added?.meta.changes === 1
    },

    /** How the mails of the last hours ended, by status; `tenantId` null: of the whole installation. */
    async mailCounts(tenantId: string, sinceMs: number): Promise<Partial<Record<MailStatus, number>>> {
      const { results } = await d1
        .prepare(
          `SELECT status, count(*) AS n FROM mails WHERE tenant_id = ?1 AND created_at >= ?2 AND stream <> 'account'
           GROUP BY status`,
        )
        .bind(tenantId, isoInstant(sinceMs))
        .all<{ status: MailStatus; n: number }>()
      return Object.fromEntries(results.map(({ status, n }) => [status, n]))
    },
  }
}
