/** What a kept delivery holds: facts that it carries itself, and records fetched again by id (a webhook is a hint). */
import * as z from 'zod'
import type { Actor } from '../../../platform/actor.ts'
import { errorText } from '../../../platform/log.ts'
import type { Failure } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { Normalised } from '../../../platform/source-reader.ts'
import type { FactBatch } from '../domain/facts.ts'
import { type FoundryReader, type HookPort, type HookReading, readerOf } from '../domain/ports.ts'
import type { HookRow, SourceRow } from '../store/sources.ts'
import { insertPage } from '../store/sync-runs.ts'
import { readContextOf } from './sync-context.ts'
import { pageId, problemsOf } from './sync-land.ts'
import { normaliseContextOf, normaliseInWords } from './sync-normalise.ts'
import { keepRaw, rawKey } from './sync-raw.ts'

/** A reading, with what else belongs into the transaction of its facts. */
export interface Arrived extends HookReading {
  also?: D1PreparedStatement[]
}

export type Reading = { ok: true; value: Arrived | null } | { ok: false; error: string }

/** Where the bodies of deliveries to readers are kept. */
export const arrivedFolder = (tenantId: string, sourceId: string): string => `hooks/${tenantId}/${sourceId}/`

export const isOfReader = (hook: Pick<HookRow, 'payloadKey' | 'tenantId'>): boolean =>
  hook.payloadKey.startsWith(`hooks/${hook.tenantId}/`)

export function readByPort(port: HookPort, body: string | null, timeZone: string): Reading {
  if (body === null) return { ok: false, error: 'The kept body is gone.' }
  try {
    return { ok: true, value: port.read(body, { timeZone }) }
  } catch (error) {
    return { ok: false, error: `The event could not be read: ${reasonOf(error)}` }
  }
}

/** Throws when the vendor cannot be asked just now: then the message comes again. */
export async function readArrived(
  services: Services,
  actor: Actor,
  source: SourceRow,
  hook: HookRow,
  body: string | null,
): Promise<Reading> {
  const reader = readerOf(services.readers, source.sourceType)
  if (body === null) return { ok: false, error: 'The kept body is gone.' }
  if (!reader?.hooks) return { ok: false, error: 'This kind of source takes no deliveries any more.' }
  const context = await normaliseContextOf({ services, actor, source }, '')
  let delivery: ReturnType<NonNullable<FoundryReader['hooks']>['read']>
  try {
    delivery = reader.hooks.read(body, hook.eventId, context)
  } catch (error) {
    return { ok: false, error: `The event could not be read: ${reasonOf(error)}` }
  }
  if (delivery === null) return { ok: true, value: null }
  const parts: Normalised<FactBatch>[] = delivery.facts ? [delivery.facts] : []
  const also: D1PreparedStatement[] = []
  for (const [index, { stream, ids }] of delivery.refetch.entries()) {
    const fetched = await fetchAgain({ services, actor, source, hook, reader }, { stream, ids, index })
    if (!fetched.ok) return fetched
    parts.push(fetched.part)
    also.push(...fetched.also)
  }
  return { ok: true, value: { happenedMs: delivery.happenedMs, ...together(parts), also } }
}

interface Surroundings {
  services: Services
  actor: Actor
  source: SourceRow
  hook: HookRow
  reader: FoundryReader
}

type Fetched =
  | { ok: true; part: Normalised<FactBatch>; also: D1PreparedStatement[] }
  | { ok: false; error: string }

async function fetchAgain(
  { services, actor, source, hook, reader }: Surroundings,
  wanted: { stream: string; ids: string[]; index: number },
): Promise<Fetched> {
  const { stream, ids, index } = wanted
  if (!reader.fetch) return { ok: false, error: 'This source cannot be asked for single records.' }
  const context = await readContextOf(services, actor, source)
  if (!context.ok) return refusal(context.error)
  let raw = await reader.fetch(stream, ids, context.value)
  if (!raw.ok && raw.error.kind === 'unauthenticated' && source.connectorId) {
    const failed = context.value.credentials.accessToken ?? ''
    const renewed = await services.gate.renewed(actor.tenantId, source.connectorId, failed)
    if (renewed.ok) raw = await reader.fetch(stream, ids, { ...context.value, credentials: renewed.value })
  }
  if (!raw.ok) return refusal(raw.error)
  const { tenantId } = actor
  const at = Date.parse(hook.receivedAt)
  const run = `hook-${hook.eventId}`
  const key = rawKey({ tenantId, sourceId: source.id, stream, run, number: index, at })
  await keepRaw(services, key, raw.value)
  const normalising = await normaliseContextOf({ services, actor, source }, stream)
  const part = normaliseInWords(reader, stream, raw.value, normalising)
  const db = services.tenant(tenantId)
  const page = insertPage(db, {
    sourceId: source.id,
    stream,
    id: pageId(at, run, index),
    runId: null,
    rawKey: key,
    records: ids.length,
    keys: null,
    seen: null,
  })
  const step = { services, actor, source, row: { stream } as never }
  return { ok: true, part, also: [page, ...problemsOf(step, { read: part, key, now: services.clock.now() })] }
}

/** What only a person can mend is shown; everything else passes by itself, so the message comes again. */
function refusal(failure: Failure): { ok: false; error: string } {
  if (failure.kind === 'unauthenticated' || failure.kind === 'forbidden' || failure.kind === 'conflict')
    return { ok: false, error: failure.detail }
  throw new Error(`${failure.slug}: ${failure.detail}`)
}

/** Several pieces of one delivery as one: later pieces (fetched records) come after what the delivery carried. */
function together(
  parts: readonly Normalised<FactBatch>[],
): Pick<HookReading, 'batch' | 'orderExtIds' | 'events'> {
  const batch: Record<string, unknown[]> = {}
  const absent: Record<string, unknown[]> = {}
  for (const part of parts) {
    const { ifAbsent = {}, ...facts } = part.batch
    for (const [kind, rows] of Object.entries(facts)) batch[kind] = [...(batch[kind] ?? []), ...rows]
    for (const [kind, rows] of Object.entries(ifAbsent)) absent[kind] = [...(absent[kind] ?? []), ...rows]
  }
  return {
    batch: { ...batch, ifAbsent: absent } as FactBatch,
    orderExtIds: parts.flatMap(({ orderExtIds }) => orderExtIds ?? []),
    events: parts.flatMap(({ events }) => events ?? []) as HookReading['events'],
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof z.ZodError)) return errorText(error).slice(0, 300)
  const reasons = error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.join('.') || 'the event'}: ${message}`)
  return reasons.join('; ')
}
