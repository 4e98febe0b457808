/** Deliveries of a vendor: taken in at once when genuine, turned into facts by the queue, once however often they come. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { recordEvent } from '../../../platform/event.ts'
import { errorText } from '../../../platform/log.ts'
import { fail, forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { HookPort, HookReading, HookRefusal } from '../domain/ports.ts'
import { settleRefunds } from '../store/hooks-refunds.ts'
import {
  type HookRow,
  hookById,
  insertHook,
  type SourceRow,
  settleHook,
  sourceById,
} from '../store/sources.ts'
import { markData, markHealth } from '../store/sync-health.ts'
import { gatherSome } from './contacts-gather.ts'
import { type Arrived, isOfReader, readArrived, readByPort } from './hooks-read.ts'
import { landFacts } from './land-facts.ts'
import { signingSecrets } from './sources-secrets.ts'

/** What happened longer ago than this, or before the source was connected, is history and triggers nothing. */
const LIVE_MS = 24 * 3_600_000

export const REFUSALS: Record<HookRefusal, string> = {
  malformed: 'The body is no event.',
  signature: 'The signature does not fit the body and any of the signing secrets of this source.',
  'too-old':
    'The signature is more than five minutes away from now. Check the clock, or send the event again.',
}

export interface Delivery {
  /** The vendor: `stripe`. */
  kind: string
  /** The id in the public address. */
  hookId: string
  /** The exact text that arrived. */
  body: string
  headers: Headers
}

/** Checks, keeps and queues a delivery; a second delivery of the same event changes nothing. */
export async function receiveHook(
  services: Services,
  port: HookPort,
  delivery: Delivery,
): Promise<Result<{ received: boolean }>> {
  const target = await services.directory.publicId(delivery.kind, delivery.hookId)
  if (!target) return notFound('webhook address')
  const db = services.tenant(target.tenantId)
  const source = await db.get(sourceById(db, target.ref))
  if (!source?.connectorId) return notFound('webhook address')
  const now = services.clock.now()
  const secrets = await signingSecrets(services, target.tenantId, source.connectorId)
  const event = await port.verify(delivery.body, delivery.headers, secrets, now)
  if (typeof event === 'string') return fail('malformed', `hook-${event}`, REFUSALS[event])
  const payloadKey = `${payloadFolder(target.tenantId, source.id)}${encodeURIComponent(event.id)}.json`
  const received = await keepDelivery(services, target.tenantId, source.id, event, {
    payloadKey,
    body: delivery.body,
  })
  return ok({ received })
}

/** Stores the body once and queues it; false when it was there already. */
export async function keepDelivery(
  services: Services,
  tenantId: string,
  sourceId: string,
  event: { id: string; type: string },
  kept: { payloadKey: string; body: string },
): Promise<boolean> {
  const db = services.tenant(tenantId)
  const known = await db.get(hookById(db, sourceId, event.id))
  if (known && known.status !== 'received') return false
  if (!known) {
    await services.files.put(kept.payloadKey, kept.body, 'application/json')
    const row = {
      sourceId,
      eventId: event.id,
      type: event.type,
      status: 'received' as const,
      payloadKey: kept.payloadKey,
    }
    const receivedAt = isoInstant(services.clock.now())
    await db.write([insertHook(db, { ...row, error: null, receivedAt, processedAt: null })])
  }
  await services.queue.send({ kind: 'hook.process', tenantId, sourceId, eventId: event.id })
  return !known
}

/** Where the bodies of a source's deliveries are kept. */
export const payloadFolder = (tenantId: string, sourceId: string): string =>
  `hooks/stripe/${tenantId}/${sourceId}/`

/** Turns a kept delivery into facts. Everything it writes stands in the transaction that marks it as processed. */
export async function processHook(
  services: Services,
  actor: Actor,
  port: HookPort,
  input: { sourceId: string; eventId: string },
): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const [hook, source] = await db.getAll([
    hookById(db, input.sourceId, input.eventId),
    sourceById(db, input.sourceId),
  ])
  if (!hook || !source || (hook.status !== 'received' && hook.status !== 'processed')) return
  const body = await services.files.text(hook.payloadKey)
  if (hook.status === 'processed' && isOfReader(hook)) {
    await services.queue.send({ kind: 'contacts.gather', tenantId: actor.tenantId })
    return
  }
  const reading = isOfReader(hook)
    ? await readArrived(services, actor, source, hook, body)
    : readByPort(port, body, actor.workspace.timeZone)
  if (hook.status === 'processed') {
    // a worker that died between the facts and the contacts: the same again writes nothing
    if (reading.ok && reading.value)
      await tellContacts(services, actor, source.id, reading.value.batch, false)
    return
  }
  if (!reading.ok) return setAside(services, actor, hook, reading.error)
  const processedAt = isoInstant(services.clock.now())
  if (reading.value === null) {
    await db.write([settleHook(db, source.id, hook.eventId, { status: 'ignored', error: null, processedAt })])
    return
  }
  await landReading(services, actor, { hook, source, reading: reading.value, processedAt })
}

interface Arrival {
  hook: HookRow
  source: SourceRow
  reading: Arrived
  processedAt: string
}

async function landReading(services: Services, actor: Actor, arrival: Arrival): Promise<void> {
  const { hook, source, processedAt } = arrival
  const { happenedMs, batch, orderExtIds, events } = arrival.reading
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  const age = Date.parse(hook.receivedAt) - happenedMs
  const live = age < LIVE_MS && happenedMs >= connectedMs(source)
  // The ids are fixed, so of two consumers at once the second is refused by the key, tries again and finds it done.
  const told = (live ? events : []).map((event, index) => ({
    id: `${source.id}:${hook.eventId}:${index}`,
    ...event,
  }))
  await landFacts(services, actor, {
    sourceId: source.id,
    origin: live ? 'live' : 'history',
    batch,
    orderExtIds,
    also: [
      ...settleRefunds(db, source.id, orderExtIds),
      ...(arrival.reading.also ?? []),
      markData(db, source.id, now),
      ...told.map((event) => recordEvent(db, now, event)),
      settleHook(db, source.id, hook.eventId, { status: 'processed', error: null, processedAt }),
      markHealth(db, source.id, processedAt),
    ],
  })
  for (const { id } of told) {
    await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId: id })
  }
  await tellContacts(services, actor, source.id, batch, live)
}

/** The facts stand: contacts that cannot be brought in now are gathered by a message of their own. */
async function tellContacts(
  services: Services,
  actor: Actor,
  sourceId: string,
  batch: HookReading['batch'],
  live: boolean,
): Promise<void> {
  const idsOf = (facts: readonly { extId: string }[] = []) => facts.map(({ extId }) => extId)
  const customers = [...idsOf(batch.customers), ...idsOf(batch.ifAbsent?.customers)]
  const ids = { customers, contacts: idsOf(batch.contacts) }
  try {
    await gatherSome(services, actor, sourceId, ids, live ? 'live' : 'history')
  } catch (error) {
    services.log.warn('contacts.delayed', { error: errorText(error) })
    await services.queue.send({ kind: 'contacts.gather', tenantId: actor.tenantId })
  }
}

/** Vendors tell time in whole seconds: what happened in the second of the connection happened after it. */
const connectedMs = (source: SourceRow): number => Math.floor(Date.parse(source.createdAt) / 1000) * 1000

/** A delivery that cannot be read is kept with the reason; a person may have it processed again. */
async function setAside(services: Services, actor: Actor, hook: HookRow, error: string): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const processedAt = isoInstant(services.clock.now())
  services.log.warn('hook.unreadable', { eventId: hook.eventId, reason: error })
  await db.write([
    settleHook(db, hook.sourceId, hook.eventId, { status: 'failed', error, processedAt }),
    markHealth(db, hook.sourceId, processedAt),
  ])
}

/** Puts a delivery that failed, or whose message was lost, back into the queue. */
export async function retryHook(
  services: Services,
  actor: Actor,
  sourceId: string,
  eventId: string,
): Promise<Result<null>> {
  if (!can(actor, 'foundry:manage')) return forbidden('process deliveries again')
  const db = services.tenant(actor.tenantId)
  const hook = await db.get(hookById(db, sourceId, eventId))
  if (!hook) return notFound('delivery')
  if (hook.status === 'processed' || hook.status === 'ignored') return ok(null)
  await db.write([settleHook(db, sourceId, eventId, { status: 'received', error: null, processedAt: null })])
  await services.queue.send({ kind: 'hook.process', tenantId: actor.tenantId, sourceId, eventId })
  return ok(null)
}

/** A person decides that a delivery which cannot be read does not matter. */
export async function dismissHook(
  services: Services,
  actor: Actor,
  sourceId: string,
  eventId: string,
): Promise<Result<null>> {
  if (!can(actor, 'foundry:manage')) return forbidden('leave deliveries out')
  const db = services.tenant(actor.tenantId)
  const hook = await db.get(hookById(db, sourceId, eventId))
  if (hook?.status !== 'failed') return notFound('failed delivery')
  const processedAt = isoInstant(services.clock.now())
  await db.write([
    settleHook(db, sourceId, eventId, { status: 'ignored', error: hook.error, processedAt }),
    markHealth(db, sourceId, processedAt),
    recordAudit(db, services.clock.now(), actor, 'delivery.left_out', eventId, { type: hook.type }),
  ])
  return ok(null)
}
