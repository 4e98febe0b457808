/**
 * Intuit's deliveries: `intuit-signature` is base64 HMAC-SHA256 of the raw body with the app's verifier token
 * (developer.intuit.com, "Webhooks"). The body is an array of CloudEvents, or the older `eventNotifications`; one body
 * may speak of several companies. Events hold ids only, so the records are fetched again.
 */
import * as z from 'zod'
import type { FactBatch } from '../../modules/mini-foundry/domain/facts.ts'
import { hmacSha256Base64, sameText } from '../../platform/crypto/digest.ts'
import type { DeliveredEvent, DeliveryRefusal, SourceHooks } from '../../platform/source-reader.ts'
import { ENTITIES } from './streams.ts'

const text = z.string().min(1).max(200)
const instant = z.string().refine((value) => !Number.isNaN(Date.parse(value)))
const cloudEvents = z
  .array(
    z.object({
      id: text,
      type: text,
      time: instant,
      intuitentityid: text,
      intuitaccountid: text,
    }),
  )
  .min(1)
const notifications = z.object({
  eventNotifications: z.array(
    z.object({
      realmId: text,
      dataChangeEvent: z.object({
        entities: z.array(z.object({ name: text, id: text, operation: text, lastUpdated: instant })),
      }),
    }),
  ),
})

interface Told {
  id: string
  type: string
  createdMs: number
  account: string
  /** Lower case, as in `salesreceipt`. */
  entity: string
  record: string
}

export const quickbooksHooks: SourceHooks<FactBatch> = {
  async verify(body, headers, secrets): Promise<DeliveredEvent[] | DeliveryRefusal> {
    const given = headers.get('intuit-signature') ?? ''
    let holds = false
    for (const secret of secrets)
      if (secret && sameText(given, await hmacSha256Base64(secret, body))) holds = true
    if (!holds) return 'signature'
    const told = toldBy(body)
    return told
      ? told.map(({ id, type, createdMs, account }) => ({ id, type, createdMs, account }))
      : 'malformed'
  },

  accounts(body) {
    return [...new Set(parsed(body).map(({ account }) => account))]
  },

  only(body, account) {
    const json: unknown = JSON.parse(body)
    if (Array.isArray(json)) return JSON.stringify(json.filter((one) => one?.intuitaccountid === account))
    const { eventNotifications } = notifications.parse(json)
    return JSON.stringify({
      eventNotifications: eventNotifications.filter(({ realmId }) => realmId === account),
    })
  },

  read(body, eventId) {
    const told = parsed(body).find(({ id }) => id === eventId)
    const place = told && placeOf(told.entity)
    if (!told || !place) return null
    const refetch = [{ stream: place.stream, ids: [`${place.entity}:${told.record}`] }]
    return { happenedMs: told.createdMs, facts: null, refetch }
  },
}

function parsed(body: string): Told[] {
  const told = toldBy(body)
  if (!told) throw new Error('The delivery is not in a form that QuickBooks documents.')
  return told
}

function toldBy(body: string): Told[] | null {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return null
  }
  const events = cloudEvents.safeParse(json)
  if (events.success)
    return events.data.map(({ id, type, time, intuitentityid, intuitaccountid }) => ({
      id,
      type,
      createdMs: Date.parse(time),
      account: intuitaccountid,
      entity: type.split('.')[1] ?? '',
      record: intuitentityid,
    }))
  const older = notifications.safeParse(json)
  return older.success ? older.data.eventNotifications.flatMap(toldOf) : null
}

/** The older form gives its events no id: the record and the moment of its change name them. */
function toldOf({
  realmId,
  dataChangeEvent,
}: z.infer<typeof notifications>['eventNotifications'][number]): Told[] {
  return dataChangeEvent.entities.map(({ name, id, operation, lastUpdated }) => ({
    id: [realmId, name, id, operation, lastUpdated].join(':'),
    type: `${name}.${operation}`,
    createdMs: Date.parse(lastUpdated),
    account: realmId,
    entity: name.toLowerCase(),
    record: id,
  }))
}

function placeOf(entity: string): { stream: string; entity: string } | null {
  // the payment of a bill is read for what it changes: the bill
  if (entity === 'billpayment') return { stream: 'bills', entity: 'BillPayment' }
  for (const [stream, entities] of Object.entries(ENTITIES))
    for (const name of entities) if (name.toLowerCase() === entity) return { stream, entity: name }
  return null
}
