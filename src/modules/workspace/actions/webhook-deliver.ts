/**
 * Delivery of events to webhook endpoints, at least once. A delivery is a row with a `due` entry beside it from its first
 * breath to its last, so one whose message was lost, or whose attempt ended in a crash, is found by cron.
 */
import type { Actor } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { readEvent, recordEvent } from '../../../platform/event.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import type { Listener, Services } from '../../../platform/services.ts'
import { hears, isFailing, keptAnswer, nextAttempt, verdictOf, withoutQuery } from '../domain/webhook.ts'
import * as store from '../store/webhooks.ts'
import { openSecrets, signedHeaders } from './webhook-secrets.ts'

export const DUE = 'webhook'
/** Longer than an attempt can take. */
const LEASE_MS = 60_000
/** How long after its time a delivery counts as one whose message was lost. */
const LOST_AFTER_MS = 60_000
/** Queues hold a message for at most 12 hours; later attempts wait for cron alone. */
const LONGEST_QUEUE_DELAY_MS = 12 * 3_600_000
const SWEPT_AT_ONCE = 200

export interface DeliverableEvent {
  id: string
  type: string
  createdAt: number
  payload: Record<string, unknown>
}

/** The body of a message, the same for every endpoint. */
export const bodyOf = (tenantId: string, event: DeliverableEvent, more: { test?: true } = {}): string =>
  JSON.stringify({
    type: event.type,
    timestamp: isoInstant(event.createdAt),
    data: event.payload,
    id: event.id,
    workspace_id: tenantId,
    ...more,
  })

export const pendingDelivery = (
  endpointId: string,
  event: { id: string; type: string; body: string },
  now: number,
  replayOf = '',
): Omit<store.DeliveryRow, 'tenantId'> => ({
  id: uuidv7(now),
  endpointId,
  eventId: event.id,
  eventType: event.type,
  body: event.body,
  status: 'pending',
  attempts: 0,
  log: [],
  nextAttemptAt: now,
  replayOf,
  createdAt: isoInstant(now),
  settledAt: null,
})

/** One delivery for each endpoint that asks for the event; hearing it twice makes no second one. */
export const deliverToWebhooks: Listener = async (services, actor, { id }) => {
  const db = services.tenant(actor.tenantId)
  const rows = await db.get(store.allEndpoints(db))
  if (rows.length === 0) return
  const event = await readEvent(db, id)
  if (!event) return
  const now = services.clock.now()
  const body = bodyOf(actor.tenantId, event)
  for (const row of rows.filter((one) => hears(one.events, event.type))) {
    const made = pendingDelivery(row.id, { id, type: event.type, body }, now)
    const [added] = await services.directory.transact([
      store.insertDelivery(db, made),
      services.directory.dueStatement(DUE, actor.tenantId, made.id, now + LOST_AFTER_MS),
    ])
    if (added === 1 && row.status === 'active')
      await services.queue.send({ kind: 'webhook.deliver', tenantId: actor.tenantId, deliveryId: made.id })
  }
}

/** Cron's half: retries whose time has come, and deliveries whose message was lost. */
export async function sendDueWebhooks(services: Services): Promise<void> {
  const due = await services.directory.dueWork(DUE, services.clock.now(), SWEPT_AT_ONCE)
  for (const { tenantId, ref } of due)
    await services.queue.send({ kind: 'webhook.deliver', tenantId, deliveryId: ref })
}

/** The queue's half: one attempt. Called again it sends nothing before the delivery's next time has come. */
export async function attemptDelivery(services: Services, actor: Actor, id: string): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const delivery = await db.get(store.delivery(db, id))
  const endpoint = delivery && (await db.get(store.endpoint(db, delivery.endpointId)))
  const open = delivery?.status === 'pending' && endpoint
  if (!open || (endpoint.status !== 'active' && !isTest(delivery))) {
    // settled, deleted, or held until the endpoint is resumed: nothing is due
    await services.directory.transact([services.directory.dueDoneStatement(DUE, actor.tenantId, id)])
    return
  }
  const now = services.clock.now()
  const [taken] = await db.write([store.claimDelivery(db, id, delivery.attempts, now, now + LEASE_MS)])
  if (taken !== 1) return
  const secrets = await openSecrets(services, endpoint)
  const headers = await signedHeaders(secrets, { id: delivery.eventId, body: delivery.body, now })
  const answer = await services.post.post(endpoint.url, delivery.body, headers)
  const attempt = {
    at: isoInstant(now),
    status: answer.ok ? answer.value.status : null,
    ms: answer.ok ? answer.value.ms : Math.max(0, services.clock.now() - now),
    answer: keptAnswer(answer.ok ? answer.value.text : answer.error.detail),
  }
  const tried = { ...delivery, attempts: delivery.attempts + 1, log: [...delivery.log, attempt] }
  await settle(services, actor, endpoint, tried, attempt.status)
}

/** A test tells nothing about the endpoint's health and is tried once. */
export const isTest = (delivery: { eventId: string }): boolean => delivery.eventId.startsWith('test_')

async function settle(
  services: Services,
  actor: Actor,
  endpoint: store.EndpointRow,
  delivery: store.DeliveryRow,
  httpStatus: number | null,
): Promise<void> {
  const { directory } = services
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  const { id, attempts, log } = delivery
  const verdict = verdictOf(httpStatus)
  const next = verdict === 'again' && !isTest(delivery) ? nextAttempt(id, attempts, now) : null
  const status = verdict === 'delivered' ? 'delivered' : next === null ? 'failed' : 'pending'
  const settledAt = next === null ? isoInstant(now) : null
  const byQueue = next !== null && next - now <= LONGEST_QUEUE_DELAY_MS
  const [settled] = await db.write([
    store.settleDelivery(db, id, attempts, { status, log, nextAttemptAt: next, settledAt }),
  ])
  // the lease was over and somebody else tries by now: theirs is the word that counts
  if (settled !== 1) return
  const failedAt = status === 'delivered' ? null : isoInstant(now)
  await directory.transact([
    next === null
      ? directory.dueDoneStatement(DUE, actor.tenantId, id)
      : directory.dueStatement(DUE, actor.tenantId, id, byQueue ? next + LOST_AFTER_MS : next),
    ...(isTest(delivery) ? [] : [store.noteHealth(db, endpoint.id, failedAt)]),
  ])
  if (!isTest(delivery)) await stopWhenHopeless(services, actor, endpoint, verdict)
  if (byQueue)
    await services.queue.send(
      { kind: 'webhook.deliver', tenantId: actor.tenantId, deliveryId: id },
      Math.ceil((next - now) / 1000),
    )
}

/** An endpoint that says it is gone is paused, one that failed for days is stopped; the admins hear of it either way. */
async function stopWhenHopeless(
  services: Services,
  actor: Actor,
  endpoint: store.EndpointRow,
  verdict: 'delivered' | 'gone' | 'again',
): Promise<void> {
  const now = services.clock.now()
  const gone = verdict === 'gone'
  if (verdict === 'delivered' || !(gone || isFailing(endpoint.failingSince, now))) return
  const db = services.tenant(actor.tenantId)
  const eventId = uuidv7(now)
  const payload = {
    endpoint_id: endpoint.id,
    url: withoutQuery(endpoint.url),
    reason: gone ? 'gone' : 'failing',
    failing_since: endpoint.failingSince ?? isoInstant(now),
  }
  const [stopped] = await db.write([
    store.stopEndpoint(db, endpoint.id, gone ? 'paused' : 'failing', isoInstant(now)),
    recordEvent(db, now, { id: eventId, type: 'webhook.failing', payload }, 'if-changed'),
    recordAudit(db, now, actor, 'webhook.stopped', endpoint.id, { reason: payload.reason }, 'if-changed'),
  ])
  if (stopped === 1) await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId })
}
