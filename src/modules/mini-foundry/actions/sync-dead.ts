/** Records that could not be read: tried again or left out by a person; and changes of shape, acknowledged. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { errorText } from '../../../platform/log.ts'
import { fail, forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { contentHash, type FactBatch } from '../domain/facts.ts'
import { readerOf } from '../domain/ports.ts'
import { sourceById } from '../store/sources.ts'
import {
  acknowledgeDrift,
  arrivedAt,
  type DeadRow,
  deadById,
  pageKept,
  settleDead,
} from '../store/sync-runs.ts'
import { landFacts } from './land-facts.ts'
import { normaliseContextOf, normaliseInWords } from './sync-normalise.ts'
import { readRaw } from './sync-raw.ts'

/** Reads the page of the record again: a better reader, mapping or setting may understand it now. */
export async function replayDead(
  services: Services,
  actor: Actor,
  sourceId: string,
  id: string,
): Promise<Result<null>> {
  const found = await openRecord(services, actor, sourceId, id)
  if (!found.ok) return found
  const db = services.tenant(actor.tenantId)
  const dead = found.value
  const [source, page] = await db.getAll([
    sourceById(db, sourceId),
    pageKept(db, sourceId, dead.stream, dead.rawKey),
  ])
  const reader = source && readerOf(services.readers, source.sourceType)
  const raw = await readRaw(services, dead.rawKey)
  if (!source || !reader || raw === null)
    return fail('conflict', 'record-gone', 'The kept page is gone. Read the stream again instead.')
  const readAt = page ? arrivedAt(page.id) : Date.parse(dead.createdAt)
  const context = await normaliseContextOf({ services, actor, source }, dead.stream, readAt)
  let read: ReturnType<typeof reader.normalise>
  try {
    read = normaliseInWords(reader, dead.stream, raw, context)
  } catch (error) {
    return fail('conflict', 'record-unreadable', `It still cannot be read: ${errorText(error).slice(0, 300)}`)
  }
  const still = read.refused.find(
    ({ extId, record }) => contentHash(`${sourceId} ${dead.stream} ${extId ?? record}`) === dead.id,
  )
  if (still)
    return fail(
      'conflict',
      'record-unreadable',
      `It still cannot be read: ${still.reason} Correct it at the source, or leave it out.`,
    )
  const at = isoInstant(services.clock.now())
  await landFacts(services, actor, {
    sourceId,
    origin: 'history',
    batch: ownFacts(read.batch, dead.extId),
    orderExtIds: read.orderExtIds?.filter((id) => dead.extId === null || belongs(id, dead.extId)),
    also: [
      settleDead(db, id, 'replayed', at),
      recordAudit(db, services.clock.now(), actor, 'record.replayed', id, { stream: dead.stream }),
    ],
  })
  return ok(null)
}

/**
 * The facts of one record of a page: the others of the page have landed, and may have changed or gone since. All of them
 * where nothing bears the record's id.
 */
function ownFacts(batch: FactBatch, extId: string | null): FactBatch {
  if (extId === null) return batch
  const { ifAbsent, ...kinds } = batch
  const own = Object.fromEntries(
    Object.entries(kinds as Record<string, Named[]>).map(([kind, facts]) => [
      kind,
      facts.filter((fact) => [fact.extId, fact.orderExtId].some((id) => id && belongs(id, extId))),
    ]),
  ) as FactBatch
  const some = Object.values(own as Record<string, Named[]>).some((facts) => facts.length > 0)
  return some ? { ...own, ...(ifAbsent ? { ifAbsent } : {}) } : batch
}

interface Named {
  extId: string
  orderExtId?: string | null
}

/** `Invoice:12` and `ord_1:line_2` belong to 12 and to ord_1. */
const belongs = (id: string, record: string): boolean =>
  id === record || id.split(/[:/#|]/).includes(record) || id.startsWith(`${record}:`)

/** A person decides that the record does not matter. */
export async function leaveDeadOut(
  services: Services,
  actor: Actor,
  sourceId: string,
  id: string,
): Promise<Result<null>> {
  const found = await openRecord(services, actor, sourceId, id)
  if (!found.ok) return found
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  await db.write([
    settleDead(db, id, 'left_out', isoInstant(now)),
    recordAudit(db, now, actor, 'record.left_out', id, { stream: found.value.stream }),
  ])
  return ok(null)
}

/** Somebody has seen what the vendor changed. */
export async function acknowledgeDrifts(
  services: Services,
  actor: Actor,
  sourceId: string,
): Promise<Result<null>> {
  if (!can(actor, 'foundry:manage')) return forbidden('change data sources')
  const db = services.tenant(actor.tenantId)
  if (!(await db.get(sourceById(db, sourceId)))) return notFound('data source')
  const now = services.clock.now()
  await db.write([
    acknowledgeDrift(db, sourceId, isoInstant(now)),
    recordAudit(db, now, actor, 'source.drift_seen', sourceId, {}, 'if-changed'),
  ])
  return ok(null)
}

async function openRecord(
  services: Services,
  actor: Actor,
  sourceId: string,
  id: string,
): Promise<Result<DeadRow>> {
  if (!can(actor, 'foundry:manage')) return forbidden('decide about records')
  const db = services.tenant(actor.tenantId)
  const row = await db.get(deadById(db, id))
  return row?.sourceId === sourceId && row.status === 'open' ? ok(row) : notFound('open record')
}
