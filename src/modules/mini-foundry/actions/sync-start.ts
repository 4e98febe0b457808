/** Beginning, pausing, resuming and repeating what a source's streams read. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { SourceStream } from '../../../platform/source-reader.ts'
import { readerOf } from '../domain/ports.ts'
import { DAY_MS } from '../domain/sync/plan.ts'
import { type SourceRow, sourceById, updateSource } from '../store/sources.ts'
import {
  insertStream,
  moveStream,
  resumeStreams,
  type StreamRow,
  streamRow,
  streamsOf,
} from '../store/sync.ts'
import { markHealth } from '../store/sync-health.ts'

/** What is read when nobody says how far back. */
const HISTORY_DAYS = 730
/** Farther back nothing is asked for. */
export const LONGEST_HISTORY_DAYS = 3_650

/** How far back a source's history goes: what was chosen, else two years. Milliseconds. */
export function historyStart(source: Pick<SourceRow, 'historyFrom'>, nowMs: number): number {
  const chosen = source.historyFrom === null ? Number.NaN : Date.parse(source.historyFrom)
  return Number.isNaN(chosen) ? nowMs - HISTORY_DAYS * DAY_MS : Math.min(chosen, nowMs)
}

/** How far back one stream is read. */
const targetOf = (
  { historyDays = 0 }: Pick<SourceStream, 'historyDays'>,
  chosen: number,
  now: number,
): number => Math.min(chosen, now - historyDays * DAY_MS)

/** The rows of a source's streams; those that are there already stay as they are. */
export function startStatements(
  services: Services,
  tenantId: string,
  source: SourceRow,
): D1PreparedStatement[] {
  const reader = readerOf(services.readers, source.sourceType)
  if (!reader || reader.settingsFault?.(source.settings)) return []
  const db = services.tenant(tenantId)
  const now = services.clock.now()
  const begun = {
    mode: 'backfill' as const,
    status: 'waiting' as const,
    syncedUntil: now,
    backfilledTo: now,
    nextRunAt: now,
    updatedAt: isoInstant(now),
  }
  return reader.streams(source.settings).map((stream) =>
    insertStream(db, {
      ...{ sourceId: source.id, stream: stream.name, ...begun },
      backfillTarget: targetOf(stream, historyStart(source, now), now),
    }),
  )
}

/** Every stream that is due is told so; what is lost on the way is found by the sweep. */
export async function sendSteps(services: Services, tenantId: string, sourceId: string): Promise<void> {
  const db = services.tenant(tenantId)
  const now = services.clock.now()
  for (const { stream, step, nextRunAt } of await db.get(streamsOf(db, sourceId)))
    if (nextRunAt !== null && nextRunAt <= now)
      await services.queue.send({ kind: 'sync.step', tenantId, sourceId, stream, step })
}

export interface SyncWish {
  /** Absent: every stream. */
  stream?: string
  /** Days to read again; absent: only what changed since the last read. */
  days?: number
}

/** A person wants the newest now, or a stretch of the past once more. */
export async function syncNow(
  services: Services,
  actor: Actor,
  sourceId: string,
  wish: SyncWish,
): Promise<Result<{ streams: string[] }>> {
  const found = await readable(services, actor, sourceId)
  if (!found.ok) return found
  const { days } = wish
  if (days !== undefined && !(Number.isInteger(days) && days >= 1 && days <= LONGEST_HISTORY_DAYS))
    return invalid([{ path: 'days', message: `Choose 1 to ${LONGEST_HISTORY_DAYS} days.` }])
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  const rows = await db.get(streamsOf(db, sourceId))
  const streams = readerOf(services.readers, found.value.sourceType)?.streams(found.value.settings) ?? []
  /** So far back that the next read of what changed is due; it reads from there on. */
  const dueSince = ({ stream, syncedUntil }: StreamRow, at: number) => {
    const every = streams.find(({ name }) => name === stream)?.everyMinutes ?? 0
    return Math.min(syncedUntil ?? at, at - every * 60_000)
  }
  const chosen = rows.filter(({ stream, status }) =>
    wish.stream === undefined ? status !== 'paused' : stream === wish.stream,
  )
  if (wish.stream !== undefined && chosen.length === 0) return notFound('stream')
  await db.write([
    ...startStatements(services, actor.tenantId, found.value),
    ...chosen.map((row) =>
      moveStream(db, sourceId, row.stream, {
        ...(days === undefined
          ? { syncedUntil: dueSince(row, now) }
          : { wantedFrom: now - days * DAY_MS, runId: null, state: null }),
        status: days === undefined && row.runId !== null ? 'running' : 'waiting',
        attempt: 0,
        lastError: null,
        nextRunAt: now,
        updatedAt: isoInstant(now),
        // a step that is under way is overtaken: what it read is read again
        ...(days === undefined ? {} : { step: row.step + 1, leaseUntil: 0 }),
      }),
    ),
    markHealth(db, sourceId, isoInstant(now)),
    recordAudit(db, now, actor, 'source.synced', sourceId, { ...wish }),
  ])
  await sendSteps(services, actor.tenantId, sourceId)
  return ok({ streams: chosen.map(({ stream }) => stream) })
}

export async function pauseStream(
  services: Services,
  actor: Actor,
  sourceId: string,
  stream: string,
  wanted: 'pause' | 'resume',
): Promise<Result<null>> {
  const found = await readable(services, actor, sourceId)
  if (!found.ok) return found
  const db = services.tenant(actor.tenantId)
  const row = await db.get(streamRow(db, sourceId, stream))
  if (!row) return notFound('stream')
  const now = services.clock.now()
  const isPause = wanted === 'pause'
  await db.write([
    moveStream(db, sourceId, stream, {
      status: isPause ? 'paused' : row.runId === null ? 'waiting' : 'running',
      nextRunAt: isPause ? null : now,
      attempt: 0,
      lastError: null,
      leaseUntil: 0,
      step: row.step + 1,
      updatedAt: isoInstant(now),
    }),
    markHealth(db, sourceId, isoInstant(now)),
    recordAudit(db, now, actor, isPause ? 'source.paused' : 'source.resumed', sourceId, { stream }),
  ])
  if (!isPause) await sendSteps(services, actor.tenantId, sourceId)
  return ok(null)
}

/** Which sheet, which address, how far back: what a person chooses for a source. New streams begin at once. */
export async function saveSettings(
  services: Services,
  actor: Actor,
  sourceId: string,
  change: { settings?: Record<string, unknown>; historyFrom?: string | null },
): Promise<Result<SourceRow>> {
  const found = await readable(services, actor, sourceId)
  if (!found.ok) return found
  const settings = { ...found.value.settings, ...change.settings }
  const reader = readerOf(services.readers, found.value.sourceType)
  const fault = change.settings ? reader?.settingsFault?.(settings) : null
  const historyFrom = change.historyFrom === undefined ? found.value.historyFrom : change.historyFrom || null
  const now = services.clock.now()
  const errors = [
    ...(fault ? [fault] : []),
    ...(historyFault(historyFrom, now)
      ? [{ path: 'history_from', message: historyFault(historyFrom, now) ?? '' }]
      : []),
  ]
  if (errors.length > 0) return invalid(errors)
  const db = services.tenant(actor.tenantId)
  const source = { ...found.value, settings, historyFrom, updatedAt: isoInstant(now) }
  const rows = await db.get(streamsOf(db, sourceId))
  const target = historyStart(source, now)
  await db.write([
    updateSource(db, sourceId, { settings, historyFrom, updatedAt: source.updatedAt }),
    ...startStatements(services, actor.tenantId, source),
    ...rows.map(({ stream, status, backfillTarget }) =>
      moveStream(db, sourceId, stream, {
        backfillTarget: Math.min(target, backfillTarget ?? target),
        ...(status === 'paused' ? {} : { nextRunAt: now }),
      }),
    ),
    ...(change.settings ? [resumeStreams(db, sourceId, now, source.updatedAt)] : []),
    markHealth(db, sourceId, source.updatedAt),
    recordAudit(db, now, actor, 'source.changed', sourceId, {
      settings: Object.keys(change.settings ?? {}),
      historyFrom,
    }),
  ])
  await sendSteps(services, actor.tenantId, sourceId)
  return ok(source)
}

function historyFault(day: string | null, now: number): string | null {
  if (day === null) return null
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(day) : Number.NaN
  if (Number.isNaN(at)) return 'Write the day as YYYY-MM-DD.'
  if (at > now) return 'Choose a day in the past.'
  return at < now - LONGEST_HISTORY_DAYS * DAY_MS ? 'Choose a day within the last ten years.' : null
}

async function readable(services: Services, actor: Actor, sourceId: string): Promise<Result<SourceRow>> {
  if (!can(actor, 'foundry:manage')) return forbidden('change data sources')
  const db = services.tenant(actor.tenantId)
  const source = await db.get(sourceById(db, sourceId))
  if (!source) return notFound('data source')
  if (!readerOf(services.readers, source.sourceType))
    return fail('conflict', 'not-read', 'This source sends by itself; there is nothing to read from it.')
  if (!source.connectorId || source.syncStatus === 'disconnected')
    return fail('conflict', 'not-connected', `${source.name} is disconnected. Connect it again first.`)
  return ok(source)
}
