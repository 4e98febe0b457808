/** What sends a mail: the local outbox (kept, readable in development) or Resend's HTTP API. */
import { fail, ok, type Result } from '../../platform/result.ts'
import { type FetchRules, fetchText } from '../../platform/safe-fetch.ts'

export interface OutgoingMail {
  id: string
  from: string
  to: string
  subject: string
  text: string
  html: string
}

export type MailProvider = (mail: OutgoingMail) => Promise<Result<null>>

/** The mail stays in the table, where the development outbox shows it. */
export const outboxProvider: MailProvider = async () => ok(null)

/** Resend: `POST /emails` with an idempotency key, so a repeated delivery sends once. */
export function resendProvider(base: string, apiKey: string, rules: FetchRules): MailProvider {
  return async (mail) => {
    const { from, to, subject, text, html } = mail
    const answer = await fetchText(
      `${base}/emails`,
      {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${apiKey}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': mail.id,
        },
        body: JSON.stringify({ from, to: [to], subject, text, html }),
      },
      rules,
    )
    if (!answer.ok) return answer
    if (answer.value.status < 300) return ok(null)
    const passing = answer.value.status === 429 || answer.value.status >= 500
    const detail = `The mail provider answered ${answer.value.status}.`
    return passing ? fail('unavailable', 'mail-provider', detail) : fail('invalid', 'mail-refused', detail)
  }
}
