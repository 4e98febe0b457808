/** How a source's reading stands, for its page and the API. */
import { type Actor, can } from '../../../platform/actor.ts'
import { forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { SettingsField } from '../../../platform/source-reader.ts'
import { readerOf } from '../domain/ports.ts'
import { whyCounted } from '../domain/source-of-record.ts'
import { isHistoryComplete } from '../domain/sync/plan.ts'
import { allSources, type SourceRow, sourceById } from '../store/sources.ts'
import { type StreamRow, streamsOf } from '../store/sync.ts'
import { type DeadRow, type DriftRow, deadPage, driftOf, type RunRow, runsPage } from '../store/sync-runs.ts'

export type { DeadRow, DriftRow, RunRow }

export interface StreamView extends StreamRow {
  title: string
  needs: string | null
  /** 0 to 1: how much of the history that was asked for is here. */
  share: number
  isComplete: boolean
}

export interface SourceStreams {
  source: SourceRow
  /** Whether we read it; else it sends by itself. */
  isRead: boolean
  role: string | null
  streams: StreamView[]
  /** The first thing that must be chosen before it can be read, in words. */
  settingsFault: { path: string; message: string } | null
  why: string
  /** What the settings form asks for. */
  fields: readonly SettingsField[]
  /** Minutes until the history is here, as far as can be told; null: not loading, or nothing known yet. */
  minutesLeft: number | null
}

export async function readStreams(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<SourceStreams>> {
  if (!can(actor, 'foundry:read')) return forbidden('see data sources')
  const db = services.tenant(actor.tenantId)
  const [source, rows, all] = await db.getAll([sourceById(db, id), streamsOf(db, id), allSources(db)])
  if (!source) return notFound('data source')
  const reader = readerOf(services.readers, source.sourceType)
  const known = reader?.streams(source.settings) ?? []
  const order = new Map(known.map(({ name }, index) => [name, index]))
  const streams = rows
    .map((row) => {
      const told = known.find(({ name }) => name === row.stream)
      const isComplete = isHistoryComplete(row)
      return {
        ...row,
        title: told?.title ?? row.stream,
        needs: told?.needs ?? null,
        isComplete,
        share: shareOf(row),
      }
    })
    .sort((a, b) => (order.get(a.stream) ?? 99) - (order.get(b.stream) ?? 99))
  return ok({
    source,
    isRead: reader !== null,
    role: reader?.role ?? null,
    streams,
    settingsFault: (source.connectorId && reader?.settingsFault?.(source.settings)) || null,
    why: whyCounted(source, all),
    fields: reader?.settingsFields ?? [],
    minutesLeft: minutesLeft(source, streams, services.clock.now()),
  })
}

/** By days of history, since records are not known before they come. */
function shareOf(row: StreamRow): number {
  if (isHistoryComplete(row)) return 1
  const { backfillTarget, backfilledTo } = row
  if (backfillTarget === null || backfilledTo === null) return 0
  const begun = Date.parse(row.updatedAt)
  const whole = Math.max(1, begun - backfillTarget)
  return Math.min(0.99, Math.max(0, (begun - backfilledTo) / whole))
}

/** As long again as it took so far for each part that is missing. */
function minutesLeft(source: SourceRow, streams: readonly StreamView[], now: number): number | null {
  const share = streams.reduce((sum, { share }) => sum + share, 0) / Math.max(1, streams.length)
  if (streams.length === 0 || share >= 1 || share < 0.02) return null
  const spent = now - Date.parse(source.createdAt)
  return Math.max(1, Math.round((spent / share) * (1 - share)) / 60_000)
}

export async function readRuns(
  services: Services,
  actor: Actor,
  sourceId: string,
  filter: { stream?: string; before?: string },
  limit: number,
): Promise<Result<{ rows: RunRow[]; nextCursor: string | null }>> {
  const known = await visible(services, actor, sourceId)
  if (!known.ok) return known
  const db = services.tenant(actor.tenantId)
  return ok(paged(await db.get(runsPage(db, sourceId, filter, limit + 1)), limit))
}

export async function readDead(
  services: Services,
  actor: Actor,
  sourceId: string,
  filter: { status?: DeadRow['status']; before?: string },
  limit: number,
): Promise<Result<{ rows: DeadRow[]; nextCursor: string | null }>> {
  const known = await visible(services, actor, sourceId)
  if (!known.ok) return known
  const db = services.tenant(actor.tenantId)
  return ok(paged(await db.get(deadPage(db, sourceId, filter, limit + 1)), limit))
}

export async function readDrift(
  services: Services,
  actor: Actor,
  sourceId: string,
): Promise<Result<DriftRow[]>> {
  const known = await visible(services, actor, sourceId)
  if (!known.ok) return known
  const db = services.tenant(actor.tenantId)
  return ok(await db.get(driftOf(db, sourceId)))
}

async function visible(services: Services, actor: Actor, sourceId: string): Promise<Result<SourceRow>> {
  if (!can(actor, 'foundry:read')) return forbidden('see data sources')
  const db = services.tenant(actor.tenantId)
  const source = await db.get(sourceById(db, sourceId))
  return source ? ok(source) : notFound('data source')
}

function paged<Row extends { id: string }>(
  rows: Row[],
  limit: number,
): { rows: Row[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit)
  return { rows: shown, nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null }
}
