/** A mail that came in, as far as we need it; and what kind of mail it is. */

export interface ParsedMail {
  from: { address: string; name: string }
  subject: string
  text: string
  /** The message id without angle brackets; empty when it has none. */
  messageId: string
  /** Ids it answers, the nearest first. */
  references: string[]
  /** Lower-case names. */
  headers: [name: string, value: string][]
  attachments: { name: string; type: string; bytes: number; text: string | null }[]
}

export type Verdict = 'human' | 'automatic' | 'bounce' | 'complaint'

/** Written by a person, by a machine (RFC 3834), a report of non-delivery (RFC 3464) or of abuse (RFC 5965). */
export function verdictOf(mail: Pick<ParsedMail, 'headers' | 'from' | 'attachments'>): Verdict {
  const header = (name: string) => mail.headers.find(([known]) => known === name)?.[1].toLowerCase() ?? ''
  const type = header('content-type')
  if (type.includes('report-type="feedback-report"') || type.includes('report-type=feedback-report'))
    return 'complaint'
  const reports = mail.attachments.some(({ type: part }) => part === 'message/delivery-status')
  if (type.includes('delivery-status') || reports) return 'bounce'
  if (mail.attachments.some(({ type: part }) => part === 'message/feedback-report')) return 'complaint'
  const automatic = header('auto-submitted')
  if (automatic && !automatic.startsWith('no')) return 'automatic'
  if (/\b(bulk|junk|list|auto_reply)\b/.test(header('precedence'))) return 'automatic'
  if (header('x-autoreply') || header('x-autorespond') || header('list-id')) return 'automatic'
  return /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply)@/i.test(mail.from.address)
    ? 'automatic'
    : 'human'
}

/** RFC 3463: class 5 is for good. A report that does not say counts as passing. */
export const isHardBounce = (reports: readonly string[]): boolean =>
  reports.some((text) => /^status:\s*5\.\d+\.\d+/im.test(text))

const MAIL_ID = /\b([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})(?=@)/gi

/** Ids of mails of ours that a text names, as they stand before the at sign of a message id or reply address. */
export const mailIdsIn = (text: string): string[] => [
  ...new Set(Array.from(text.matchAll(MAIL_ID), (match) => (match[1] ?? '').toLowerCase())),
]

/** What a local part says: an answer to a mail of ours, or an inbox. */
export function readLocalPart(
  local: string,
): { kind: 'reply'; mailId: string } | { kind: 'inbox'; id: string } {
  const [mailId] = /^reply\+/i.test(local) ? mailIdsIn(`${local.slice('reply+'.length)}@`) : []
  return mailId ? { kind: 'reply', mailId } : { kind: 'inbox', id: local.toLowerCase() }
}
