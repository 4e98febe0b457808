/** Postmark: `POST /email`. It knows no idempotency key, so a repeated delivery may be a second mail. */
import * as z from 'zod'
import { parseJson } from '../../platform/json.ts'
import { fail, ok } from '../../platform/result.ts'
import { type FetchRules, fetchText } from '../../platform/safe-fetch.ts'
import { type MailProvider, refusedBy } from './provider.ts'

const answerSchema = z.object({
  MessageID: z.string().max(100).optional(),
  ErrorCode: z.number().int(),
})
/** postmarkapp.com/developer/api/overview: the recipient bounced or complained before and is inactive. */
const INACTIVE_RECIPIENT = 406

export function postmarkProvider(base: string, token: string, rules: FetchRules): MailProvider {
  return {
    name: 'postmark',
    idempotent: false,
    async send({ id, from, to, replyTo, subject, text, html, headers, attachments }) {
      const answer = await fetchText(
        `${base}/email`,
        {
          method: 'POST',
          headers: {
            'X-Postmark-Server-Token': token,
            'Content-Type': 'application/json',
            Accept: 'application/json',
          },
          body: JSON.stringify({
            From: from,
            To: to,
            Subject: subject,
            TextBody: text,
            HtmlBody: html,
            Metadata: { mail_id: id },
            Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
            ...(replyTo ? { ReplyTo: replyTo } : {}),
            ...(attachments.length > 0 && {
              Attachments: attachments.map(({ name, contentType, base64 }) => ({
                Name: name,
                Content: base64,
                ContentType: contentType,
              })),
            }),
          }),
        },
        rules,
      )
      if (!answer.ok) return answer
      const parsed = answerSchema.safeParse(parseJson(answer.value.text))
      if (parsed.success && parsed.data.ErrorCode === INACTIVE_RECIPIENT)
        return ok({ providerId: '', suppressed: 'Postmark does not write to this address any more.' })
      if (answer.value.status >= 300) return refusedBy('Postmark', answer.value)
      if (!parsed.success || parsed.data.ErrorCode !== 0)
        return fail('invalid', 'mail-refused', 'Postmark did not take the mail.')
      return ok({ providerId: parsed.data.MessageID ?? '' })
    },
  }
}
