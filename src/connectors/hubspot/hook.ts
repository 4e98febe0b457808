/**
 * HubSpot's deliveries: `X-HubSpot-Signature-v3` is base64 HMAC-SHA256, with the app's secret, of the method, the address,
 * the body and the timestamp, which is at most five minutes old (developers.hubspot.com, "Request validation"). An app
 * has one address for all accounts. Events say what changed, the record is fetched again.
 */
import * as z from 'zod'
import type { FactBatch } from '../../modules/mini-foundry/domain/facts.ts'
import { hmacSha256Base64, sameText } from '../../platform/crypto/digest.ts'
import type { SourceHooks } from '../../platform/source-reader.ts'

const TOLERANCE_MS = 5 * 60_000

const id = z.union([z.string().min(1).max(60), z.number()]).transform(String)
const eventsSchema = z
  .array(
    z.object({
      eventId: id,
      portalId: id,
      objectId: id,
      subscriptionType: z.string().min(1).max(60),
      objectTypeId: z.string().max(40).optional(),
      occurredAt: z.number().int().nonnegative(),
    }),
  )
  .min(1)
type HubspotEvent = z.infer<typeof eventsSchema>[number]

/** Generic subscriptions name the kind of object by number. */
const STREAM_OF: Readonly<Record<string, string>> = {
  contact: 'contacts',
  deal: 'deals',
  '0-1': 'contacts',
  '0-3': 'deals',
}

/** `address` is where the app's settings at HubSpot send deliveries to. */
export function hubspotHooks(address: string): SourceHooks<FactBatch> {
  return {
    async verify(body, headers, secrets, nowMs) {
      const given = headers.get('X-HubSpot-Signature-v3') ?? ''
      const timestamp = headers.get('X-HubSpot-Request-Timestamp') ?? ''
      if (!/^\d{1,15}$/.test(timestamp)) return 'signature'
      const signed = `POST${address}${body}${timestamp}`
      let holds = false
      for (const secret of secrets)
        if (secret && sameText(given, await hmacSha256Base64(secret, signed))) holds = true
      if (!holds) return 'signature'
      if (Math.abs(nowMs - Number(timestamp)) > TOLERANCE_MS) return 'too-old'
      const events = eventsSchema.safeParse(parsed(body))
      if (!events.success) return 'malformed'
      return events.data.map((event) => ({
        id: nameOf(event),
        type: event.subscriptionType,
        createdMs: event.occurredAt,
      }))
    },

    accounts: (body) => [...new Set(eventsSchema.parse(parsed(body)).map(({ portalId }) => portalId))],

    read(body, eventId) {
      const event = eventsSchema.parse(parsed(body)).find((one) => nameOf(one) === eventId)
      const [kind = ''] = event?.subscriptionType.split('.') ?? []
      const stream = STREAM_OF[event?.objectTypeId ?? ''] ?? STREAM_OF[kind]
      if (!event || !stream) return null
      return { happenedMs: event.occurredAt, facts: null, refetch: [{ stream, ids: [event.objectId] }] }
    },
  }
}

/** HubSpot does not promise that its own id of an event is the only one. */
const nameOf = ({ portalId, eventId, subscriptionType, objectId, occurredAt }: HubspotEvent): string =>
  [portalId, eventId, subscriptionType, objectId, occurredAt].join(':')

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
