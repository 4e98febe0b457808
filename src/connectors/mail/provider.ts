/** What hands a mail to the world. */
import type { MailAttachment } from '../../platform/mail-attachment.ts'
import { fail, ok, type Result } from '../../platform/result.ts'
import type { FetchedText } from '../../platform/safe-fetch.ts'

export interface OutgoingMail {
  id: string
  /** `Shop <mail@example.com>` or an address. */
  from: string
  to: string
  /** Empty: none. */
  replyTo: string
  subject: string
  text: string
  html: string
  headers: Record<string, string>
  attachments: readonly MailAttachment[]
}

/** `suppressed`: the provider itself does not write to this address (any more). */
export type Sent = { providerId: string; suppressed?: string }

export interface MailProvider {
  name: string
  /** The same mail id handed over twice is one mail. */
  idempotent: boolean
  /** `unavailable`: try again later; any other failure is final. */
  send(mail: OutgoingMail): Promise<Result<Sent>>
}

/** The mail stays in the table, where the development outbox shows it. */
export const outboxProvider: MailProvider = {
  name: 'outbox',
  idempotent: true,
  send: async (mail) => ok({ providerId: mail.id }),
}

/** An HTTP provider's answer that is no success: 429 and 5xx pass by, the rest is final. Bodies are never repeated: they hold addresses. */
export function refusedBy(provider: string, { status, headers }: FetchedText): ReturnType<typeof fail> {
  const detail = `${provider} answered ${status}.`
  if (status !== 429 && status < 500) return fail('invalid', 'mail-refused', detail)
  const seconds = Number(headers.get('Retry-After'))
  return fail('unavailable', 'mail-provider', detail, seconds > 0 ? { retryAfter: seconds } : {})
}

/** The name and address of `Shop <mail@example.com>`. */
export function splitSender(from: string): { name: string; email: string } {
  const parts = /^\s*"?([^"<]*?)"?\s*<([^<>]+)>\s*$/.exec(from)
  return parts ? { name: parts[1] ?? '', email: (parts[2] ?? '').trim() } : { name: '', email: from.trim() }
}
