/** What mail providers tell by webhook, proven as each documents it, as outcomes of our mails. */
import * as z from 'zod'
import type { MailHookPort, MailNews } from '../../modules/workspace/domain/mail-hook.ts'
import { hmacSha256Base64, sameText } from '../../platform/crypto/digest.ts'
import { parseJson } from '../../platform/json.ts'

const TOLERANCE_SECONDS = 300

const resendBody = z.object({
  type: z.string().max(100),
  created_at: z.string().max(60),
  data: z.object({
    email_id: z.string().min(1).max(100),
    bounce: z.object({ type: z.string().optional(), message: z.string().optional() }).optional(),
  }),
})

/** Resend signs as Svix does: `svix-id`, `svix-timestamp`, `svix-signature` (`v1,<base64>` lists), secret `whsec_<base64>`. */
export const resendHooks = (secret: string): MailHookPort => ({
  provider: 'resend',
  async verify(body, headers, nowMs) {
    const [id, time, given] = ['svix-id', 'svix-timestamp', 'svix-signature'].map(
      (name) => headers.get(name) ?? '',
    )
    if (!secret || !id || !/^\d{1,12}$/.test(time ?? '') || !given) return false
    if (Math.abs(nowMs / 1000 - Number(time)) > TOLERANCE_SECONDS) return false
    const expected = await hmacSha256Base64(keyOf(secret), `${id}.${time}.${body}`)
    let holds = false
    for (const one of given.split(' ')) if (sameText(one, `v1,${expected}`)) holds = true
    return holds
  },
  read(body, headers) {
    const parsed = resendBody.safeParse(parseJson(body))
    if (!parsed.success) return 'malformed'
    const { type, created_at, data } = parsed.data
    const known = RESEND_TYPES[type]
    if (!known) return null
    return {
      providerId: data.email_id,
      externalId: (headers.get('svix-id') ?? '').slice(0, 100),
      type: known,
      // Resend: Permanent, Transient or Undetermined; only the first is the end of an address
      hard: known === 'bounced' && data.bounce?.type !== 'Transient' && data.bounce?.type !== 'Undetermined',
      at: instantOf(created_at),
      detail: (data.bounce?.message ?? '').slice(0, 300),
    }
  },
})

const RESEND_TYPES: Record<string, MailNews['type'] | undefined> = {
  'email.delivered': 'delivered',
  'email.delivery_delayed': 'deferred',
  'email.bounced': 'bounced',
  'email.complained': 'complained',
}

const postmarkBody = z.object({
  RecordType: z.string().max(60),
  MessageID: z.string().min(1).max(100),
  ID: z.union([z.number(), z.string()]).optional(),
  Type: z.string().max(60).optional(),
  Description: z.string().optional(),
  Details: z.string().optional(),
  Inactive: z.boolean().optional(),
  BouncedAt: z.string().max(60).optional(),
  DeliveredAt: z.string().max(60).optional(),
})

/** The one bounce that speaks of the address itself (postmarkapp.com/developer/api/bounce-api); `Inactive`: it writes no more. */
const POSTMARK_HARD = 'HardBounce'

/** Postmark signs nothing: the address of its hook carries a user name and a password (Basic). */
export const postmarkHooks = (password: string): MailHookPort => ({
  provider: 'postmark',
  async verify(_body, headers) {
    return (
      password !== '' && sameText(headers.get('Authorization') ?? '', `Basic ${btoa(`postmark:${password}`)}`)
    )
  },
  read(body) {
    const parsed = postmarkBody.safeParse(parseJson(body))
    if (!parsed.success) return 'malformed'
    const {
      RecordType,
      MessageID,
      ID,
      Type = '',
      Description,
      Details,
      Inactive,
      BouncedAt,
      DeliveredAt,
    } = parsed.data
    const complaint =
      RecordType === 'SpamComplaint' || Type === 'SpamComplaint' || Type === 'SpamNotification'
    const known = RecordType === 'Delivery' ? 'delivered' : complaint ? 'complained' : 'bounced'
    if (!['Delivery', 'Bounce', 'SpamComplaint'].includes(RecordType)) return null
    return {
      providerId: MessageID,
      externalId: `${RecordType}:${ID ?? MessageID}`.slice(0, 100),
      type: known,
      hard: known === 'bounced' && (Inactive ?? Type === POSTMARK_HARD),
      at: instantOf(BouncedAt ?? DeliveredAt ?? ''),
      detail: (Details ?? Description ?? '').slice(0, 300),
    }
  },
})

/** An instant as ISO 8601 UTC; empty when the text is none (the door then takes its own time). */
function instantOf(text: string): string {
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString()
}

function keyOf(secret: string): Uint8Array<ArrayBuffer> {
  const base64 = secret.replace(/^whsec_/, '')
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
  } catch {
    return new TextEncoder().encode(secret) as Uint8Array<ArrayBuffer>
  }
}
