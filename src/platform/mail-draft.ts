/**
 * What may become the head of a mail. A line break in it would begin a header of somebody else's choosing, so whatever holds
 * one is refused, never mended (research/ops-copilot 5.5).
 */
import { MAX_ATTACHED, type MailAttachment } from './mail-attachment.ts'
import type { MailDraft } from './services.ts'

const CONTENT_TYPE = /^[a-z]+\/[a-z0-9.+-]{1,80}$/
/** RFC 5322 2.1.1. */
const MAX_LINE = 998
const MAX_HEADERS_BYTES = 8_000
/** Control characters, and what some programs take for a line break. */
const BREAKS = /[\p{Cc}\u2028\u2029]/u
/** One address: a local part, one at sign, a domain with a dot; no spaces, quotes, angle brackets, lists. */
const ADDRESS = /^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]{1,255}$/u
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]{0,75}$/
/** Written by us or the provider; nobody else says who a mail is from and to, or how it is put together. */
const RESERVED = new Set(
  'from to cc bcc sender reply-to subject date message-id return-path received mime-version content-type content-transfer-encoding content-disposition dkim-signature authentication-results resent-from resent-to resent-cc resent-bcc'.split(
    ' ',
  ),
)

export const isAddress = (text: string): boolean =>
  ADDRESS.test(text) && !BREAKS.test(text) && text.length <= 320

/** Why this draft cannot be a mail, in words; null when it can. */
export function refuseDraft(
  draft: Pick<MailDraft, 'to' | 'subject' | 'fromName' | 'replyTo' | 'headers' | 'attachments'>,
): string | null {
  if (!isAddress(draft.to)) return 'The recipient is not one e-mail address.'
  if (draft.replyTo && !isAddress(draft.replyTo)) return 'The reply address is not one e-mail address.'
  if (isUnfit(draft.subject)) return 'The subject holds a line break or is too long.'
  if (draft.fromName && (isUnfit(draft.fromName) || /[<>"]/.test(draft.fromName)))
    return 'The name of the sender holds a line break, quote or angle bracket.'
  return refuseHeaders(draft.headers ?? {}) ?? refuseFiles(draft.attachments ?? [])
}

function refuseFiles(files: readonly MailAttachment[]): string | null {
  if (files.some(({ name }) => isUnfit(name) || /["\\/]/.test(name) || name.trim() === ''))
    return 'The name of a file holds a line break, quote or slash.'
  if (files.some(({ contentType }) => !CONTENT_TYPE.test(contentType))) return 'The type of a file is none.'
  if (files.some(({ base64 }) => !/^[A-Za-z0-9+/]*={0,2}$/.test(base64))) return 'A file is not base64.'
  const size = files.reduce((sum, { base64 }) => sum + base64.length, 0)
  return size > MAX_ATTACHED ? 'The files are too large for a mail.' : null
}

function refuseHeaders(headers: Record<string, string>): string | null {
  let bytes = 0
  for (const [name, value] of Object.entries(headers)) {
    if (!HEADER_NAME.test(name)) return 'A header name holds something else than letters, digits and dashes.'
    if (RESERVED.has(name.toLowerCase())) return `The header ${name} cannot be set.`
    if (isUnfit(value)) return `The header ${name} holds a line break or is too long.`
    bytes += name.length + value.length
  }
  return bytes > MAX_HEADERS_BYTES ? 'The headers are too long.' : null
}

const isUnfit = (text: string): boolean => BREAKS.test(text) || text.length > MAX_LINE
