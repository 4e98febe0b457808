/** A raw mail (RFC 5322, MIME) as what we need of it. */
import PostalMime from 'postal-mime'
import type { ParsedMail } from '../../modules/workspace/domain/inbound-mail.ts'

const MAX_TEXT = 200_000
const REPORT = /^(message\/(delivery-status|feedback-report|rfc822)|text\/rfc822-headers)$/

const NOTHING: ParsedMail = {
  from: { address: '', name: '' },
  subject: '',
  text: '',
  messageId: '',
  references: [],
  headers: [],
  attachments: [],
}

/** Never throws on what is no mail: it is then a mail without anything. */
export async function parseMail(raw: ArrayBuffer): Promise<ParsedMail> {
  const options = { attachmentEncoding: 'arraybuffer', rfc822Attachments: true } as const
  const mail = await PostalMime.parse(raw, options).catch(() => null)
  if (!mail) return NOTHING
  const from = mail.from && 'address' in mail.from ? mail.from : undefined
  return {
    from: {
      address: (from?.address ?? '').toLowerCase().slice(0, 320),
      name: (from?.name ?? '').slice(0, 200),
    },
    subject: (mail.subject ?? '').slice(0, 500),
    text: (mail.text ?? textOf(mail.html ?? '')).slice(0, MAX_TEXT),
    messageId: idsIn(mail.messageId ?? '')[0] ?? '',
    references: [...idsIn(mail.inReplyTo ?? ''), ...idsIn(mail.references ?? '').reverse()],
    headers: mail.headers.map(({ key, value }) => [key.toLowerCase(), value]),
    attachments: mail.attachments.map(({ filename, mimeType, content }) => ({
      name: (filename ?? 'without a name').slice(0, 200),
      type: mimeType,
      bytes: typeof content === 'string' ? content.length : content.byteLength,
      text: REPORT.test(mimeType) ? plain(content) : null,
    })),
  }
}

const idsIn = (text: string): string[] =>
  Array.from(text.matchAll(/<([^<>\s]{1,300})>/g), (match) => match[1] ?? '')

function plain(content: string | ArrayBuffer | Uint8Array): string {
  const text = typeof content === 'string' ? content : new TextDecoder().decode(content)
  return text.slice(0, MAX_TEXT)
}

/** Words of an HTML-only mail, for reading in a list; the mail itself is shown in the sandbox of /preview. */
const textOf = (html: string): string =>
  html
    .replace(/<(style|script|head)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<(br|\/p|\/div|\/tr|\/li)\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;/gi, ' ')
    .replace(/&lt;/gi, '<')
    .replace(/&gt;/gi, '>')
    .replace(/&amp;/gi, '&')
    .replace(/[ \t]+/g, ' ')
    .trim()
