/** Reading a stream's kept pages again, when what becomes of them has changed: no vendor is asked. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { errorText } from '../../../platform/log.ts'
import { fail, forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { readerOf } from '../domain/ports.ts'
import { settleRefunds } from '../store/hooks-refunds.ts'
import { sourceById } from '../store/sources.ts'
import { moveStream, streamRow } from '../store/sync.ts'
import { markHealth } from '../store/sync-health.ts'
import { arrivedAt, pageBefore, pagesAfter } from '../store/sync-runs.ts'
import { landFacts } from './land-facts.ts'
import { problemsOf } from './sync-land.ts'
import { normaliseContextOf, normaliseInWords } from './sync-normalise.ts'
import { readRaw } from './sync-raw.ts'

/** Pages of one message. */
const PAGES_AT_ONCE = 5

/** Begins, or begins again: the stream's kept pages that still hold are made into facts under the mapping of now. */
export async function replayRaw(
  services: Services,
  actor: Actor,
  sourceId: string,
  stream: string,
): Promise<Result<null>> {
  if (!can(actor, 'foundry:manage')) return forbidden('read sources again')
  const db = services.tenant(actor.tenantId)
  const [source, row] = await db.getAll([sourceById(db, sourceId), streamRow(db, sourceId, stream)])
  if (!source) return notFound('data source')
  if (!row) return notFound('stream')
  if (!readerOf(services.readers, source.sourceType))
    return fail('conflict', 'not-read', 'This source sends by itself; there is nothing to read again.')
  const now = services.clock.now()
  // pages before the last read of the whole hold what is gone since
  const replayAfter = row.wholeRunId ? await db.get(pageBefore(db, sourceId, stream, row.wholeRunId)) : ''
  await db.write([
    moveStream(db, sourceId, stream, { replayAfter, updatedAt: isoInstant(now) }),
    recordAudit(db, now, actor, 'source.replayed', sourceId, { stream }),
  ])
  await services.queue.send({ kind: 'sync.replay', tenantId: actor.tenantId, sourceId, stream })
  return ok(null)
}

/** The queue's half of it: some pages, then the next message. Repeating a page changes nothing. */
export async function replayStep(
  services: Services,
  actor: Actor,
  message: { sourceId: string; stream: string },
): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const { sourceId, stream } = message
  const [source, row] = await db.getAll([sourceById(db, sourceId), streamRow(db, sourceId, stream)])
  const reader = source && readerOf(services.readers, source.sourceType)
  if (!source || !reader || !row || row.replayAfter === null) return
  const pages = await db.get(pagesAfter(db, sourceId, stream, row.replayAfter, PAGES_AT_ONCE))
  for (const page of pages) {
    const context = await normaliseContextOf({ services, actor, source }, stream, arrivedAt(page.id))
    const raw = await readRaw(services, page.rawKey)
    const moved = moveStream(db, sourceId, stream, { replayAfter: page.id })
    if (raw === null) {
      await db.write([moved])
      continue
    }
    try {
      const read = normaliseInWords(reader, stream, raw, context)
      const step = { services, actor, source, row }
      await landFacts(services, actor, {
        sourceId,
        origin: 'history',
        batch: read.batch,
        orderExtIds: read.orderExtIds,
        also: [
          ...(source.sourceType === 'stripe' ? settleRefunds(db, sourceId, read.orderExtIds ?? []) : []),
          ...problemsOf(step, { read, key: page.rawKey, now: services.clock.now() }),
          moved,
        ],
      })
    } catch (error) {
      services.log.warn('replay.failed', { source: sourceId, page: page.id, error: errorText(error) })
      throw error
    }
  }
  if (pages.length === PAGES_AT_ONCE) {
    await services.queue.send({ kind: 'sync.replay', tenantId: actor.tenantId, sourceId, stream })
    return
  }
  const at = isoInstant(services.clock.now())
  await db.write([
    moveStream(db, sourceId, stream, { replayAfter: null, updatedAt: at }),
    markHealth(db, sourceId, at),
  ])
}
