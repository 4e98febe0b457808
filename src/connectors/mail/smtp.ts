/** One's own mailbox over SMTP (RFC 5321): 4yz replies pass by, 5yz replies are final. A repeated delivery may be a second mail. */
import type { WorkerMailerOptions } from 'worker-mailer'
import { errorText } from '../../platform/log.ts'
import { fail, ok } from '../../platform/result.ts'
import { type MailProvider, splitSender } from './provider.ts'

export interface SmtpSettings {
  host: string
  port: number
  user: string
  password: string
}

/** The library writes names as they are, and heads are ASCII. */
const plainName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .trim() || 'file'

type SendMail = typeof import('worker-mailer').WorkerMailer.send

/** Sockets exist only in workerd, so the library is loaded when the first mail goes out. */
const sendBySocket: SendMail = async (options, email) =>
  (await import('worker-mailer')).WorkerMailer.send(options, email)

/** The server's reply as the library quotes it: at the end of its own sentence. A port number stands elsewhere. */
const REPLY = /(?:^|: |\. |> )([45]\d\d)[ -]/

export function smtpProvider(settings: SmtpSettings, send: SendMail = sendBySocket): MailProvider {
  const options: WorkerMailerOptions = {
    host: settings.host,
    port: settings.port,
    secure: settings.port === 465,
    startTls: settings.port !== 465,
    authType: ['plain', 'login'],
    ...(settings.user ? { credentials: { username: settings.user, password: settings.password } } : {}),
    socketTimeoutMs: 20_000,
    responseTimeoutMs: 20_000,
  }
  return {
    name: 'smtp',
    idempotent: false,
    async send({ id, from, to, replyTo, subject, text, html, headers, attachments }) {
      const { name, email } = splitSender(from)
      const messageId = `<${id}@${email.split('@')[1] ?? 'localhost'}>`
      try {
        await send(options, {
          from: name ? { name, email } : email,
          to,
          subject,
          text,
          html,
          headers: { ...headers, 'Message-ID': messageId },
          ...(replyTo ? { reply: replyTo } : {}),
          ...(attachments.length > 0 && {
            attachments: attachments.map(({ name, contentType, base64 }) => ({
              filename: plainName(name),
              content: base64,
              mimeType: contentType,
            })),
          }),
        })
        return ok({ providerId: messageId })
      } catch (error) {
        const code = REPLY.exec(errorText(error))?.[1]
        if (code?.startsWith('5')) return fail('invalid', 'mail-refused', `The mail server answered ${code}.`)
        const detail = code ? `The mail server answered ${code}.` : 'The mail server did not answer.'
        return fail('unavailable', 'mail-provider', detail)
      }
    },
  }
}
