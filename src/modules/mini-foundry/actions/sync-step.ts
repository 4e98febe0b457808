/** One step of a stream: one page is read, kept, made into facts and landed; the next message follows. */
import type { Actor } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { errorText } from '../../../platform/log.ts'
import { fail, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { ReadContext, SourcePage, SourceStream } from '../../../platform/source-reader.ts'
import { readerOf } from '../domain/ports.ts'
import { isHistoryComplete, planRun } from '../domain/sync/plan.ts'
import { MAX_ATTEMPTS } from '../domain/sync/retry.ts'
import { type SourceRow, sourceById } from '../store/sources.ts'
import {
  haltStreams,
  isOvertaken,
  moveStream,
  type StreamRow,
  stillOurs,
  streamsOf,
  takeStream,
} from '../store/sync.ts'
import { runById } from '../store/sync-runs.ts'
import { readContextOf } from './sync-context.ts'
import { recordFailure } from './sync-fail.ts'
import { landPage } from './sync-land.ts'
import type { Next, Step } from './sync-model.ts'

/** A page takes seconds; a step that died lets go after this. */
const LEASE_MS = 5 * 60_000
/** Longer waits are left to the sweep. */
const LONGEST_DELAY_MS = 10 * 60_000

export interface StepMessage {
  sourceId: string
  stream: string
  /** The step that the message was sent for; absent: whichever is due. */
  step?: number
}

/** Idempotent: a message that comes twice, late or to two consumers does one step at most. */
export async function stepStream(services: Services, actor: Actor, message: StepMessage): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  const [taken] = await db.write([takeStream(db, message, now, LEASE_MS)])
  if (!taken) return
  const [source, rows] = await db.getAll([sourceById(db, message.sourceId), streamsOf(db, message.sourceId)])
  const row = rows.find(({ stream }) => stream === message.stream)
  const reader = source && readerOf(services.readers, source.sourceType)
  if (!source || !row) return
  if (!reader || !source.connectorId || source.syncStatus === 'disconnected') {
    await db.write([haltStreams(db, source.id)])
    return
  }
  const streams = reader.streams(source.settings)
  const stream = streams.find(({ name }) => name === message.stream)
  // settings no longer ask for it
  if (!stream) {
    await db.write([moveStream(db, source.id, row.stream, { nextRunAt: null, leaseUntil: 0 })])
    return
  }
  try {
    if (row.attempt >= MAX_ATTEMPTS) {
      await recordFailure({ services, actor, source, row, stream, run: null }, diedTooOften(stream))
      return
    }
    const next = await performStep({ services, actor, source, row, reader, stream, streams, now }, rows)
    await sendNext(services, actor, row, next)
  } catch (error) {
    if (isOvertaken(error)) return
    await noteBreak(services, actor, { source, row, stream, error })
    throw error
  }
}

async function performStep(base: Omit<Step, 'run'>, rows: readonly StreamRow[]): Promise<Next> {
  const { services, actor, source, row } = base
  const db = services.tenant(actor.tenantId)
  const run = await runOf(base, rows)
  if ('waitUntil' in run) {
    const { step } = row
    await db.write([
      stillOurs(db, source.id, row.stream, step),
      moveStream(db, source.id, row.stream, { nextRunAt: run.waitUntil, leaseUntil: 0, status: 'waiting' }),
    ])
    return { at: run.waitUntil }
  }
  const step: Step = { ...base, run }
  const context = await readContextOf(services, actor, source)
  if (!context.ok) return recordFailure(step, context.error)
  const page = await readPage(step, context.value)
  if (!page.ok) return recordFailure(step, page.error)
  const fault = faultOf(page.value)
  return fault ? recordFailure(step, fault) : landPage(step, page.value, services.clock.now())
}

/** The run that is under way, or the next one. */
async function runOf(
  base: Omit<Step, 'run'>,
  rows: readonly StreamRow[],
): Promise<Step['run'] | { waitUntil: number }> {
  const { services, actor, row, stream, now } = base
  const db = services.tenant(actor.tenantId)
  if (row.runId !== null && row.windowFrom !== null && row.windowTo !== null) {
    const known = await db.get(runById(db, row.runId))
    return {
      id: row.runId,
      mode: row.mode,
      trigger: known?.trigger ?? 'schedule',
      window: { from: row.windowFrom, to: row.windowTo },
      startedAt: known?.startedAt ?? isoInstant(now),
      pages: known?.pages ?? 0,
      state: row.state === null ? null : JSON.parse(row.state),
    }
  }
  const needed = new Set(stream.after ?? [])
  const isBlocked = rows.some((other) => needed.has(other.stream) && !isHistoryComplete(other))
  const plan = planRun(stream, row, { now, timeZone: actor.workspace.timeZone, isBlocked })
  if ('waitUntil' in plan) return plan
  return { ...plan.run, id: uuidv7(now), startedAt: isoInstant(now), pages: 0, state: null }
}

/** A token that the vendor no longer takes is renewed once. */
async function readPage(step: Step, context: ReadContext): Promise<Result<SourcePage>> {
  const { services, actor, source, reader, stream, run } = step
  const request = { stream: stream.name, mode: run.mode, window: run.window, state: run.state }
  const page = await reader.read(request, context)
  if (page.ok || page.error.kind !== 'unauthenticated' || !source.connectorId) return page
  const renewed = await services.gate.renewed(
    actor.tenantId,
    source.connectorId,
    context.credentials.accessToken ?? '',
  )
  return renewed.ok ? reader.read(request, { ...context, credentials: renewed.value }) : renewed
}

/** A step that is killed (memory, time) can say nothing; the next one finds its lease still held, and counts it. */
const diedTooOften = (stream: SourceStream) =>
  fail(
    'unavailable',
    'sync-died',
    `Reading ${stream.title.toLowerCase()} was cut off again and again; a page of it may be too large for us.`,
  ).error

/** A page that contradicts itself is not believed. */
function faultOf(page: SourcePage) {
  if (page.raw !== null || page.records === 0) return null
  const told = fail('malformed', 'page-empty', 'The source announced records but sent none.')
  return told.error
}

async function sendNext(services: Services, actor: Actor, row: StreamRow, next: Next): Promise<void> {
  if (next.at === null) return
  const wait = next.at - services.clock.now()
  if (wait > LONGEST_DELAY_MS) return
  const { sourceId, stream, step } = row
  const message = { kind: 'sync.step' as const, tenantId: actor.tenantId, sourceId, stream, step }
  await services.queue.send(message, Math.max(0, Math.ceil(wait / 1000)))
}

/** Something of ours broke: the page is tried again like any other failure, and the error goes on to the operator. */
async function noteBreak(
  services: Services,
  actor: Actor,
  broken: { source: SourceRow; row: StreamRow; stream: SourceStream; error: unknown },
): Promise<void> {
  const { source, row, stream } = broken
  services.log.error('sync.broken', { source: source.id, stream: row.stream, error: errorText(broken.error) })
  const { error } = fail(
    'unavailable',
    'sync-broken',
    `Reading ${stream.title.toLowerCase()} broke off on our side; we have been told.`,
  )
  const base = { services, actor, source, row, stream, now: services.clock.now() }
  // when not even this can be written, the lease runs out and the sweep goes on
  await recordFailure({ ...base, run: null }, error).catch((second: unknown) =>
    services.log.warn('sync.unrecorded', { error: errorText(second) }),
  )
}
