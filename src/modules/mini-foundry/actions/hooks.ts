/** Deliveries of a vendor: taken in at once when genuine, turned into facts by the queue, once however often they come. */
import { type Actor, can } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { recordEvent } from '../../../platform/event.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { errorText } from '../../../platform/log.ts'
import { fail, forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { HookPort, HookRefusal } from '../domain/ports.ts'
import { hookById, insertHook, settleHook, sourceById, updateSource } from '../store/sources.ts'
import { landFacts } from './land-facts.ts'
import { signingSecrets } from './sources.ts'

/** What happened longer ago than this, or before the source was connected, is history and triggers nothing. */
const LIVE_MS = 24 * 3_600_000

const REFUSALS: Record<HookRefusal, string> = {
  malformed: 'The body is no event.',
  signature: 'The signature does not fit the body and any of the signing secrets of this source.',
  'too-old': 'The signature is older than five minutes. Check the clock, or send the event again.',
}

/** Checks, keeps and queues a delivery; a second delivery of the same event changes nothing. */
export async function receiveHook(
  services: Services,
  port: HookPort,
  input: { kind: string; hookId: string; body: string; headers: Headers },
): Promise<Result<{ received: boolean }>> {
  const target = await services.directory.publicId(input.kind, input.hookId)
  if (!target) return notFound('webhook address')
  const db = services.tenant(target.tenantId)
  const source = await db.get(sourceById(db, target.ref))
  if (!source?.connectorId) return notFound('webhook address')
  const now = services.clock.now()
  const secrets = await signingSecrets(services, target.tenantId, source.connectorId)
  const event = await port.verify(input.body, input.headers, secrets, now)
  if (typeof event === 'string') return fail('malformed', `hook-${event}`, REFUSALS[event])
  const known = await db.get(hookById(db, source.id, event.id))
  if (known && known.status !== 'received') return ok({ received: false })
  const payloadKey = `hooks/${input.kind}/${target.tenantId}/${source.id}/${encodeURIComponent(event.id)}.json`
  await services.files.put(payloadKey, input.body, 'application/json')
  await db.write([
    insertHook(db, {
      sourceId: source.id,
      eventId: event.id,
      type: event.type,
      status: 'received',
      payloadKey,
      error: null,
      receivedAt: isoInstant(now),
      processedAt: null,
    }),
  ])
  await services.queue.send({ kind: 'hook.process', tenantId: target.tenantId, sourceId: source.id, eventId: event.id })
  return ok({ received: true })
}

/** Turns a kept delivery into facts. Everything it writes stands in the transaction that marks it as processed. */
export async function processHook(
  services: Services,
  actor: Actor,
  port: HookPort,
  input: { sourceId: string; eventId: string },
): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const [hook, source] = await db.getAll([hookById(db, input.sourceId, input.eventId), sourceById(db, input.sourceId)])
  if (!hook || !source || hook.status === 'processed' || hook.status === 'ignored') return
  const now = services.clock.now()
  const at = isoInstant(now)
  const body = await services.files.text(hook.payloadKey)
  const reading = readSafely(port, body, actor.workspace.timeZone)
  if (!reading.ok) {
    services.log.warn('hook.unreadable', { eventId: input.eventId, reason: reading.error })
    await db.write([
      settleHook(db, source.id, hook.eventId, { status: 'failed', error: reading.error, processedAt: at }),
      updateSource(db, source.id, { lastError: `${hook.type}: ${reading.error}`, updatedAt: at }),
    ])
    return
  }
  if (reading.value === null) {
    await db.write([settleHook(db, source.id, hook.eventId, { status: 'ignored', error: null, processedAt: at })])
    return
  }
  const { batch, orderExtIds, events } = reading.value
  const happenedMs = createdOf(body)
  const live = now - happenedMs < LIVE_MS && happenedMs >= Date.parse(source.createdAt)
  await landFacts(services, actor, {
    sourceId: source.id,
    origin: live ? 'live' : 'history',
    batch,
    orderExtIds,
    also: [
      ...(live ? events : []).map((event) => recordEvent(db, now, { id: uuidv7(now), ...event })),
      settleHook(db, source.id, hook.eventId, { status: 'processed', error: null, processedAt: at }),
      updateSource(db, source.id, { syncStatus: 'ok', lastError: null, updatedAt: at }),
    ],
  })
}

/** Puts a failed delivery back into the queue. */
export async function retryHook(services: Services, actor: Actor, sourceId: string, eventId: string): Promise<Result<null>> {
  if (!can(actor, 'foundry:manage')) return forbidden('process deliveries again')
  const db = services.tenant(actor.tenantId)
  const hook = await db.get(hookById(db, sourceId, eventId))
  if (!hook) return notFound('delivery')
  await db.write([settleHook(db, sourceId, eventId, { status: 'received', error: null, processedAt: null })])
  await services.queue.send({ kind: 'hook.process', tenantId: actor.tenantId, sourceId, eventId })
  return ok(null)
}

type Reading = { ok: true; value: ReturnType<HookPort['read']> } | { ok: false; error: string }

function readSafely(port: HookPort, body: string | null, timeZone: string): Reading {
  if (body === null) return { ok: false, error: 'The kept body is gone.' }
  try {
    return { ok: true, value: port.read(body, { timeZone }) }
  } catch (error) {
    return { ok: false, error: `The event could not be read: ${errorText(error).slice(0, 300)}` }
  }
}

const createdOf = (body: string | null): number => {
  const created = (JSON.parse(body ?? '{}') as { created?: unknown }).created
  return typeof created === 'number' ? created * 1000 : 0
}
