/** Cloudflare's e-mail binding. It knows no idempotency key, so a repeated delivery may be a second mail. */
import type { Env } from '../../env.ts'
import { errorText } from '../../platform/log.ts'
import { fail, ok } from '../../platform/result.ts'
import { type MailProvider, splitSender } from './provider.ts'

/** Error codes that stay the same on a second try (developers.cloudflare.com, Email Service, Workers API). */
const FINAL = /E_(VALIDATION|FIELD|TOO_MANY_RECIPIENTS|SENDER|RECIPIENT|CONTENT|HEADER)/

export function cloudflareProvider(binding: Env['EMAIL']): MailProvider {
  return {
    name: 'cloudflare',
    idempotent: false,
    async send({ from, to, replyTo, subject, text, html, headers, attachments }) {
      if (!binding) return fail('unavailable', 'mail-provider', 'The e-mail binding is missing.')
      const { name, email } = splitSender(from)
      try {
        const sent = await binding.send({
          from: name ? { name, email } : email,
          to,
          subject,
          text,
          html,
          headers,
          ...(replyTo ? { replyTo } : {}),
          ...(attachments.length > 0 && {
            attachments: attachments.map(({ name, contentType, base64 }) => ({
              filename: name,
              // a text might be taken for what it is, not for what it stands for
              content: Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)),
              type: contentType,
              disposition: 'attachment',
            })),
          }),
        })
        return ok({ providerId: sent?.messageId ?? '' })
      } catch (error) {
        const code = codeOf(error)
        if (code === 'E_RECIPIENT_SUPPRESSED')
          return ok({ providerId: '', suppressed: 'Cloudflare does not write to this address any more.' })
        const detail = `Cloudflare did not take the mail (${code}).`
        return FINAL.test(code)
          ? fail('invalid', 'mail-refused', detail)
          : fail('unavailable', 'mail-provider', detail)
      }
    },
  }
}

const codeOf = (error: unknown): string => {
  const code = error && typeof error === 'object' && 'code' in error ? String(error.code) : ''
  return (/^E_[A-Z_]+$/.exec(code)?.[0] ?? /E_[A-Z_]+/.exec(errorText(error))?.[0] ?? 'no code').slice(0, 60)
}
