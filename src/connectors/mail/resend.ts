/** Resend: `POST /emails`. An idempotency key (24 hours) makes a repeated delivery one mail. */
import * as z from 'zod'
import { parseJson } from '../../platform/json.ts'
import { ok } from '../../platform/result.ts'
import { type FetchRules, fetchText } from '../../platform/safe-fetch.ts'
import { type MailProvider, refusedBy } from './provider.ts'

const answerSchema = z.object({ id: z.string().max(100) })

export function resendProvider(base: string, apiKey: string, rules: FetchRules): MailProvider {
  return {
    name: 'resend',
    idempotent: true,
    async send({ id, from, to, replyTo, subject, text, html, headers, attachments }) {
      const answer = await fetchText(
        `${base}/emails`,
        {
          method: 'POST',
          headers: {
            Authorization: `Bearer ${apiKey}`,
            'Content-Type': 'application/json',
            'Idempotency-Key': id,
          },
          body: JSON.stringify({
            from,
            to: [to],
            subject,
            text,
            html,
            headers,
            ...(replyTo ? { reply_to: replyTo } : {}),
            ...(attachments.length > 0 && {
              attachments: attachments.map(({ name, contentType, base64 }) => ({
                filename: name,
                content: base64,
                content_type: contentType,
              })),
            }),
          }),
        },
        rules,
      )
      if (!answer.ok) return answer
      if (answer.value.status >= 300) return refusedBy('Resend', answer.value)
      const parsed = answerSchema.safeParse(parseJson(answer.value.text))
      return ok({ providerId: parsed.success ? parsed.data.id : '' })
    },
  }
}
