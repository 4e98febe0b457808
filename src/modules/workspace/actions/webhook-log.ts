/** What was sent to an endpoint, and sending it again: the log of deliveries, replays and tests. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { fail, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { EVENTS_KEPT_DAYS, hears } from '../domain/webhook.ts'
import { type EventRow, eventsPage } from '../store/events.ts'
import * as store from '../store/webhooks.ts'
import { attemptDelivery, bodyOf, DUE, pendingDelivery } from './webhook-deliver.ts'
import { mayNot } from './webhooks.ts'

export type DeliveryView = Omit<store.DeliveryRow, 'tenantId'>

const PAGE = 200
const MOST_REPLAYED = 2_000
const SENT_AT_ONCE = 50

/** The newest first. `filter.before` is the id of the last delivery of the page before. */
export async function listDeliveries(
  services: Services,
  actor: Actor,
  endpointId: string,
  filter: store.DeliveryFilter = {},
  limit = 50,
): Promise<Result<{ deliveries: DeliveryView[]; nextCursor: string | null }>> {
  if (!can(actor, 'webhooks:manage')) return mayNot()
  const db = services.tenant(actor.tenantId)
  const [endpoint, rows] = await db.getAll([
    store.endpoint(db, endpointId),
    store.deliveriesPage(db, endpointId, filter, limit + 1),
  ])
  if (!endpoint) return notFound('webhook')
  const deliveries = rows.slice(0, limit)
  return ok({ deliveries, nextCursor: rows.length > limit ? (deliveries.at(-1)?.id ?? null) : null })
}

/** One delivery, and the others of the same event to the same endpoint. */
export async function readDelivery(
  services: Services,
  actor: Actor,
  endpointId: string,
  id: string,
): Promise<Result<{ delivery: DeliveryView; others: DeliveryView[] }>> {
  if (!can(actor, 'webhooks:manage')) return mayNot()
  const db = services.tenant(actor.tenantId)
  const delivery = await db.get(store.delivery(db, id))
  if (delivery?.endpointId !== endpointId) return notFound('delivery')
  const same = await db.get(store.deliveriesOfEvent(db, endpointId, delivery.eventId))
  return ok({ delivery, others: same.filter((one) => one.id !== id) })
}

/** The same message once more, as a delivery of its own: same body, same `webhook-id`. */
export async function replayDelivery(
  services: Services,
  actor: Actor,
  endpointId: string,
  id: string,
): Promise<Result<DeliveryView>> {
  const read = await readDelivery(services, actor, endpointId, id)
  if (!read.ok) return read
  const { eventId, eventType, body } = read.value.delivery
  const now = services.clock.now()
  const event = { id: eventId, type: eventType, body }
  const made = pendingDelivery(endpointId, event, now, uuidv7(now))
  await addAll(services, actor, [made])
  const db = services.tenant(actor.tenantId)
  await db.write([recordAudit(db, now, actor, 'webhook.replayed', endpointId, { event: eventId })])
  return ok(made)
}

/**
 * Every event of a time that the endpoint asks for, once more, also those from before the endpoint was made. `since` and
 * `until` are milliseconds, the end is exclusive. Answers how many will be sent.
 */
export async function replayRange(
  services: Services,
  actor: Actor,
  endpointId: string,
  range: { since: number; until: number },
): Promise<Result<{ replayed: number }>> {
  if (!can(actor, 'webhooks:manage')) return mayNot()
  const db = services.tenant(actor.tenantId)
  const endpoint = await db.get(store.endpoint(db, endpointId))
  if (!endpoint) return notFound('webhook')
  const now = services.clock.now()
  if (!(range.since < range.until))
    return invalid([{ path: 'until', message: 'The end must be after the beginning.' }])
  if (now - range.since > EVENTS_KEPT_DAYS * 86_400_000)
    return invalid([{ path: 'since', message: `Events are kept for ${EVENTS_KEPT_DAYS} days.` }])
  const events = await eventsFor(services, actor, endpoint.events, range)
  if (events.length > MOST_REPLAYED)
    return invalid([
      { path: 'since', message: `These are more than ${MOST_REPLAYED} events. Take a shorter time.` },
    ])
  const replay = uuidv7(now)
  for (let from = 0; from < events.length; from += PAGE)
    await addAll(
      services,
      actor,
      events.slice(from, from + PAGE).map((row) => deliveryOf(actor.tenantId, endpointId, row, now, replay)),
      from === 0,
    )
  const detail = { since: range.since, until: range.until, events: events.length }
  await db.write([recordAudit(db, now, actor, 'webhook.replayed', endpointId, detail)])
  return ok({ replayed: events.length })
}

async function eventsFor(
  services: Services,
  actor: Actor,
  chosen: readonly string[],
  range: { since: number; until: number },
): Promise<EventRow[]> {
  const db = services.tenant(actor.tenantId)
  const types = chosen.includes('*') ? [] : chosen
  const found: EventRow[] = []
  for (let after: { at: number; id: string } | undefined; ; ) {
    const rows = await db.get(eventsPage(db, { ...range, after, types }, PAGE))
    found.push(...rows)
    const last = rows.at(-1)
    if (!last || rows.length < PAGE || found.length > MOST_REPLAYED) return found
    after = { at: last.created_at, id: last.id }
  }
}

function deliveryOf(tenantId: string, endpointId: string, row: EventRow, now: number, replay: string) {
  const event = { id: row.id, type: row.type, createdAt: row.created_at, payload: JSON.parse(row.payload) }
  return pendingDelivery(
    endpointId,
    { id: row.id, type: row.type, body: bodyOf(tenantId, event) },
    now,
    replay,
  )
}

/** Rows and their due entries in one transaction. A few are sent at once; cron sends the others minute by minute. */
async function addAll(
  services: Services,
  actor: Actor,
  rows: Omit<store.DeliveryRow, 'tenantId'>[],
  sendSome = true,
): Promise<void> {
  const { directory, queue, clock } = services
  const db = services.tenant(actor.tenantId)
  const at = clock.now()
  await directory.transact(
    rows.flatMap((row) => [
      store.insertDelivery(db, row),
      directory.dueStatement(DUE, actor.tenantId, row.id, at),
    ]),
  )
  if (!sendSome) return
  for (const { id } of rows.slice(0, SENT_AT_ONCE))
    await queue.send({ kind: 'webhook.deliver', tenantId: actor.tenantId, deliveryId: id })
}

/**
 * Posts the catalogue's sample of an event at once, marked `test: true`, and answers how it went. Paused and failing
 * endpoints can be tested too.
 */
export async function testWebhook(
  services: Services,
  actor: Actor,
  endpointId: string,
  type: string,
): Promise<Result<DeliveryView>> {
  if (!can(actor, 'webhooks:manage')) return mayNot()
  const db = services.tenant(actor.tenantId)
  const endpoint = await db.get(store.endpoint(db, endpointId))
  if (!endpoint) return notFound('webhook')
  const sample = services.wings.flatMap((wing) => wing.events).find((event) => event.type === type)
  if (!sample || !hears(endpoint.events, type))
    return invalid([{ path: 'type', message: 'Choose an event that this webhook asks for.' }])
  const now = services.clock.now()
  const event = { id: `test_${uuidv7(now)}`, type, createdAt: now, payload: sample.sample }
  const body = bodyOf(actor.tenantId, event, { test: true })
  const made = pendingDelivery(endpointId, { ...event, body }, now)
  await services.directory.transact([
    store.insertDelivery(db, made),
    services.directory.dueStatement(DUE, actor.tenantId, made.id, now + 60_000),
    recordAudit(db, now, actor, 'webhook.tested', endpointId, { type }),
  ])
  await attemptDelivery(services, actor, made.id)
  const done = await db.get(store.delivery(db, made.id))
  return done ? ok(done) : fail('conflict', 'deleted', 'The webhook was deleted meanwhile.')
}
