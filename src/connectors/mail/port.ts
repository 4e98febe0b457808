/** The mail port: write the mail down, queue its id, deliver it once. */
import { type Clock, isoInstant } from '../../platform/clock.ts'
import { uuidv7 } from '../../platform/ids.ts'
import type { Log } from '../../platform/log.ts'
import type { MailPort, QueuePort } from '../../platform/services.ts'
import type { MailProvider } from './provider.ts'

interface MailRow {
  id: string
  recipient: string
  subject: string
  text_body: string
  html_body: string
  status: string
}

/** A header must be one line: what comes with a line break is not a header but an attempt. */
const oneLine = (text: string): string => text.replace(/[\r\n\u2028\u2029]+/g, ' ').trim()

export function createMailPort(
  d1: D1Database,
  queue: QueuePort,
  provider: MailProvider,
  from: string,
  clock: Clock,
  log: Log,
): MailPort {
  return {
    async send(draft) {
      const id = uuidv7(clock.now())
      await d1
        .prepare(
          `INSERT INTO mails (id, tenant_id, kind, recipient, subject, text_body, html_body, status, created_at)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'queued', ?8)`,
        )
        .bind(
          id,
          draft.tenantId ?? null,
          draft.kind,
          oneLine(draft.to),
          oneLine(draft.subject),
          draft.text,
          draft.html,
          isoInstant(clock.now()),
        )
        .run()
      await queue.send({ kind: 'mail.send', mailId: id })
      return { id }
    },

    async deliver(mailId) {
      const row = await d1.prepare('SELECT * FROM mails WHERE id = ?1').bind(mailId).first<MailRow>()
      if (row?.status !== 'queued') return
      const sent = await provider({
        id: row.id,
        from,
        to: row.recipient,
        subject: row.subject,
        text: row.text_body,
        html: row.html_body,
      })
      if (!sent.ok && sent.error.kind === 'unavailable') throw new Error(sent.error.detail)
      if (!sent.ok) log.warn('mail.refused', { mailId, reason: sent.error.slug })
      await d1
        .prepare(
          'UPDATE mails SET status = ?2, error = ?3, sent_at = ?4, attempts = attempts + 1 WHERE id = ?1',
        )
        .bind(
          mailId,
          sent.ok ? 'sent' : 'failed',
          sent.ok ? null : sent.error.detail,
          isoInstant(clock.now()),
        )
        .run()
    },
  }
}
