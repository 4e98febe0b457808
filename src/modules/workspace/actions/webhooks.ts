/** Webhook endpoints of a workspace: where events are posted to, made, changed, paused and ended. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import {
  type FieldError,
  fail,
  forbidden,
  invalid,
  notFound,
  ok,
  type Result,
} from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import {
  type EndpointStatus,
  MOST_ENDPOINTS,
  newWebhookSchema,
  OVERLAP_MS,
  rotated,
  signing,
  webhookPatchSchema,
  withoutQuery,
} from '../domain/webhook.ts'
import * as store from '../store/webhooks.ts'
import { fieldErrors } from './sign-up.ts'
import { freshSecret, openSecrets, sealSecrets } from './webhook-secrets.ts'

const HEALTH_MS = 7 * 86_400_000
const SENT_AT_ONCE = 50

export interface WebhookLine {
  id: string
  url: string
  description: string
  events: string[]
  status: EndpointStatus
  failingSince: string | null
  version: number
  createdAt: string
  updatedAt: string
  /** Of the deliveries of the last seven days. */
  health: { delivered: number; failed: number; pending: number; lastDeliveredAt: string | null }
}

export const mayNot = () => forbidden('manage webhooks')

/** The oldest first, with how they fared in the last seven days. Secrets are not among it. */
export async function listWebhooks(services: Services, actor: Actor): Promise<Result<WebhookLine[]>> {
  if (!can(actor, 'webhooks:manage')) return mayNot()
  const db = services.tenant(actor.tenantId)
  const since = isoInstant(services.clock.now() - HEALTH_MS)
  const [rows, health] = await db.getAll([store.allEndpoints(db), store.healthSince(db, since)])
  return ok(
    rows.map((row) =>
      lineOf(
        row,
        health.find((one) => one.endpoint_id === row.id),
      ),
    ),
  )
}

export async function readWebhook(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<WebhookLine>> {
  const listed = await listWebhooks(services, actor)
  if (!listed.ok) return listed
  const found = listed.value.find((line) => line.id === id)
  return found ? ok(found) : notFound('webhook')
}

/** `{ url, description?, events }`; the answer holds the signing secret, this once. */
export async function createWebhook(
  services: Services,
  actor: Actor,
  input: unknown,
): Promise<Result<{ webhook: WebhookLine; secret: string }>> {
  if (!can(actor, 'webhooks:manage')) return mayNot()
  const parsed = newWebhookSchema.safeParse(input)
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const wrong = refusals(services, parsed.data)
  if (wrong.length > 0) return invalid(wrong)
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const id = uuidv7(now)
  const secret = freshSecret()
  const row = {
    ...parsed.data,
    events: chosen(parsed.data.events),
    id,
    secrets: await sealSecrets(services, actor.tenantId, id, [{ secret }]),
    status: 'active' as const,
    failingSince: null,
    version: 1,
    createdAt: isoInstant(now),
    updatedAt: isoInstant(now),
  }
  const detail = { url: withoutQuery(row.url), events: row.events }
  const [added] = await db.write([
    store.insertEndpoint(db, row, MOST_ENDPOINTS),
    recordAudit(db, now, actor, 'webhook.created', id, detail, 'if-changed'),
  ])
  if (added !== 1)
    return fail(
      'conflict',
      'too-many-webhooks',
      `A workspace has at most ${MOST_ENDPOINTS} webhooks. Delete one.`,
    )
  return ok({ webhook: lineOf({ ...row, tenantId: actor.tenantId }), secret })
}

/** `{ url?, description?, events? }`; `version` of what the caller has seen, or null for whatever stands. */
export async function updateWebhook(
  services: Services,
  actor: Actor,
  id: string,
  input: unknown,
  version: number | null = null,
): Promise<Result<WebhookLine>> {
  const parsed = webhookPatchSchema.safeParse(input)
  if (!can(actor, 'webhooks:manage')) return mayNot()
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const wrong = refusals(services, parsed.data)
  if (wrong.length > 0) return invalid(wrong)
  const { url, description, events } = parsed.data
  const set = {
    ...(url === undefined ? {} : { url }),
    ...(description === undefined ? {} : { description }),
    ...(events === undefined ? {} : { events: chosen(events) }),
  }
  const detail = { ...set, ...(url === undefined ? {} : { url: withoutQuery(url) }) }
  const changed = await change(services, actor, id, { set, version, action: 'webhook.updated', detail })
  return changed.ok ? readWebhook(services, actor, id) : changed
}

/** Nothing more is posted; events are kept for it and go out when it is resumed. */
export const pauseWebhook = (services: Services, actor: Actor, id: string): Promise<Result<null>> =>
  change(services, actor, id, { set: { status: 'paused' }, action: 'webhook.paused' })

/** Posts again, beginning with all that waited. */
export async function resumeWebhook(services: Services, actor: Actor, id: string): Promise<Result<null>> {
  const set = { status: 'active' as const, failingSince: null }
  const changed = await change(services, actor, id, { set, action: 'webhook.resumed' })
  if (!changed.ok) return changed
  const db = services.tenant(actor.tenantId)
  await db.write(store.hurryStatements(db, id, services.clock.now()))
  const waiting = await db.get(store.deliveriesPage(db, id, { status: 'pending' }, SENT_AT_ONCE))
  for (const { id: deliveryId } of waiting.toReversed())
    await services.queue.send({ kind: 'webhook.deliver', tenantId: actor.tenantId, deliveryId })
  return ok(null)
}

/** A new secret, shown this once; the old one signs beside it for 24 hours. */
export async function rotateWebhookSecret(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<{ secret: string; oldUntil: string }>> {
  if (!can(actor, 'webhooks:manage')) return mayNot()
  const db = services.tenant(actor.tenantId)
  const row = await db.get(store.endpoint(db, id))
  if (!row) return notFound('webhook')
  const now = services.clock.now()
  const secret = freshSecret()
  const kept = rotated(signing(await openSecrets(services, row), now), secret, now)
  const secrets = await sealSecrets(services, actor.tenantId, id, kept)
  const changed = await change(services, actor, id, {
    set: { secrets },
    version: row.version,
    action: 'webhook.secret_rotated',
  })
  return changed.ok ? ok({ secret, oldUntil: isoInstant(now + OVERLAP_MS) }) : changed
}

/** Ends the endpoint with its log; what waited is not sent. */
export async function deleteWebhook(services: Services, actor: Actor, id: string): Promise<Result<null>> {
  if (!can(actor, 'webhooks:manage')) return mayNot()
  const db = services.tenant(actor.tenantId)
  const [gone] = await db.write([
    store.removeEndpoint(db, id),
    recordAudit(db, services.clock.now(), actor, 'webhook.deleted', id, {}, 'if-changed'),
  ])
  // its deliveries, which go with it, are counted too
  return gone ? ok(null) : notFound('webhook')
}

async function change(
  services: Services,
  actor: Actor,
  id: string,
  wanted: {
    set: Parameters<typeof store.updateEndpoint>[3]
    action: string
    detail?: Record<string, unknown>
    version?: number | null
  },
): Promise<Result<null>> {
  if (!can(actor, 'webhooks:manage')) return mayNot()
  const db = services.tenant(actor.tenantId)
  const row = await db.get(store.endpoint(db, id))
  if (!row) return notFound('webhook')
  const now = services.clock.now()
  const set = { ...wanted.set, updatedAt: isoInstant(now) }
  const [changed] = await db.write([
    store.updateEndpoint(db, id, wanted.version ?? row.version, set),
    recordAudit(db, now, actor, wanted.action, id, wanted.detail ?? {}, 'if-changed'),
  ])
  if (changed === 1) return ok(null)
  return fail('stale', 'stale', 'Somebody else changed this webhook meanwhile. Look at it again, then save.')
}

const chosen = (events: readonly string[]): string[] =>
  events.includes('*') ? ['*'] : [...new Set(events)].toSorted()

/** An address we may post to, and events that exist. */
function refusals(services: Services, { url, events }: { url?: string; events?: string[] }): FieldError[] {
  const errors: FieldError[] = []
  const refusal = url === undefined ? null : refuseAddress(services, url)
  if (refusal) errors.push({ path: 'url', message: refusal })
  const known = new Set(['*', ...services.wings.flatMap((wing) => wing.events.map((event) => event.type))])
  const unknown = events?.find((type) => !known.has(type))
  if (unknown)
    errors.push({ path: 'events', message: `There is no event “${unknown}”. See the list of events.` })
  return errors
}

function refuseAddress(services: Services, url: string): string | null {
  const refusal = services.post.refuse(url)
  if (refusal) return refusal
  const plain = new URL(url).protocol !== 'https:'
  return plain && services.config.environment === 'production'
    ? 'Use an https address: what we post must not be readable on its way.'
    : null
}

const lineOf = (row: store.EndpointRow, health?: store.HealthRow): WebhookLine => ({
  id: row.id,
  url: row.url,
  description: row.description,
  events: row.events,
  status: row.status,
  failingSince: row.failingSince,
  version: row.version,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
  health: {
    delivered: health?.delivered ?? 0,
    failed: health?.failed ?? 0,
    pending: health?.pending ?? 0,
    lastDeliveredAt: health?.last_delivered_at ?? null,
  },
})
