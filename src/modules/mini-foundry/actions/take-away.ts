/** One SQLite file with every fact of the workspace: asked for by an owner, made in the background, kept for a week. */
import type { Actor } from '../../../platform/actor.ts'
import { can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { errorText } from '../../../platform/log.ts'
import { fail, forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { NEW_TAKE_AWAY } from '../domain/take-away/state.ts'
import { FACT_TABLES } from '../domain/take-away/tables.ts'
import {
  insertTakeAway,
  removeTakeAway,
  type TakeAwayRow,
  takeAwayRow,
  takeAwayRows,
} from '../store/take-away.ts'
import { keyOf, LOST_AFTER_MS, TAKE_AWAY_DUE, writePiece } from './take-away-write.ts'

export interface TakeAway {
  id: string
  status: 'making' | 'ready' | 'failed'
  /** Tables that are written, of how many. */
  tablesDone: number
  tablesTotal: number
  rows: number
  bytes: number
  error: string | null
  requestedByName: string
  createdAt: string
  finishedAt: string | null
  expiresAt: string | null
}

/** Facts, metrics, their days, the table of contents and what the file says of itself. */
const TABLES_TOTAL = FACT_TABLES.length + 4

const mayTake = (actor: Actor): boolean => actor.role === 'owner' && can(actor, 'foundry:manage')

/** The newest first. */
export async function listTakeAways(services: Services, actor: Actor): Promise<Result<TakeAway[]>> {
  if (!mayTake(actor)) return forbidden('take all facts away')
  const db = services.tenant(actor.tenantId)
  return ok((await db.get(takeAwayRows(db))).map(shown))
}

/** Begins a file. While one is being made that one is answered; files of before are removed. */
export async function beginTakeAway(services: Services, actor: Actor): Promise<Result<TakeAway>> {
  if (!mayTake(actor)) return forbidden('take all facts away')
  const db = services.tenant(actor.tenantId)
  const before = await db.get(takeAwayRows(db))
  const making = before.find(({ status }) => status === 'making')
  if (making) return ok(shown(making))
  for (const row of before) await letGo(services, actor, row.id)
  const now = services.clock.now()
  const id = uuidv7(now)
  await services.directory.transact([
    insertTakeAway(db, {
      id,
      state: NEW_TAKE_AWAY,
      requestedBy: actor.id,
      requestedByName: actor.name,
      createdAt: isoInstant(now),
    }),
    recordAudit(db, now, actor, 'facts.take_away_begun', id),
    services.directory.dueStatement(TAKE_AWAY_DUE, actor.tenantId, id, now + LOST_AFTER_MS),
  ])
  await services.queue.send({ kind: 'take-away.step', tenantId: actor.tenantId, takeAwayId: id, step: 0 })
  const row = await db.get(takeAwayRow(db, id))
  return row ? ok(shown(row)) : notFound('file')
}

/** The file itself, its pieces one behind another. Reading it is written down. */
export async function openTakeAway(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<{ fileName: string; bytes: number; body: ReadableStream<Uint8Array> }>> {
  if (!mayTake(actor)) return forbidden('take all facts away')
  const db = services.tenant(actor.tenantId)
  const row = await db.get(takeAwayRow(db, id))
  if (!row) return notFound('file')
  if (row.status !== 'ready') return fail('conflict', 'not-ready', 'This file is not finished yet.')
  await db.write([recordAudit(db, services.clock.now(), actor, 'facts.taken_away', id)])
  const { readable, writable } = new FixedLengthStream(row.bytes)
  const keys = row.state.pieces.map(({ key }) => key)
  // it lives as long as somebody reads; who stops reading ends it, and nothing is to mend
  void pour(services, keys, writable).catch((error) =>
    services.log.warn('take_away.cut', { file: id, error: errorText(error) }),
  )
  return ok({ fileName: fileName(actor, row), bytes: row.bytes, body: readable })
}

/** The queue's half: the next piece of a file, or its end when its days are over. */
export async function stepTakeAway(
  services: Services,
  actor: Actor,
  message: { takeAwayId: string; step?: number },
): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const row = await db.get(takeAwayRow(db, message.takeAwayId))
  const isOver = row?.expiresAt && row.expiresAt <= isoInstant(services.clock.now())
  if (!row || isOver || row.status === 'failed') return finish(services, actor, message.takeAwayId, row)
  if (row.status === 'ready' || (message.step ?? row.step) !== row.step) return
  await writePiece(services, actor, row)
}

/** Cron's half: steps whose message was lost, and files whose days are over. */
export async function sendDueTakeAways(services: Services): Promise<void> {
  for (const { tenantId, ref } of await services.directory.dueWork(TAKE_AWAY_DUE, services.clock.now()))
    await services.queue.send({ kind: 'take-away.step', tenantId, takeAwayId: ref })
}

/** A failed one keeps its row, so that it is seen; its pieces go. */
async function finish(services: Services, actor: Actor, id: string, row: TakeAwayRow | null): Promise<void> {
  if (row?.status !== 'failed') return letGo(services, actor, id)
  await services.files.remove(await services.files.list(keyOf(actor.tenantId, id)))
  await services.directory.transact([services.directory.dueDoneStatement(TAKE_AWAY_DUE, actor.tenantId, id)])
}

async function letGo(services: Services, actor: Actor, id: string): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const keys = await services.files.list(keyOf(actor.tenantId, id))
  if (keys.length > 0) await services.files.remove(keys)
  await services.directory.transact([
    removeTakeAway(db, id),
    services.directory.dueDoneStatement(TAKE_AWAY_DUE, actor.tenantId, id),
  ])
}

async function pour(services: Services, keys: string[], into: WritableStream<Uint8Array>): Promise<void> {
  for (const key of keys) {
    const piece = await services.files.stream(key)
    if (!piece) throw new Error(`the piece ${key} is missing`)
    await piece.pipeTo(into, { preventClose: true })
  }
  await into.close()
}

function fileName({ workspace }: Actor, { createdAt }: TakeAwayRow): string {
  const name = workspace.name.replace(/[\p{Cc}/\\]+/gu, ' ').trim()
  return `${name || 'workspace'} ${createdAt.slice(0, 10)}.sqlite`
}

const shown = (row: TakeAwayRow): TakeAway => ({
  id: row.id,
  status: row.status,
  tablesDone: row.status === 'ready' ? TABLES_TOTAL : row.state.part,
  tablesTotal: TABLES_TOTAL,
  rows: row.rows,
  bytes: row.bytes,
  error: row.error,
  requestedByName: row.requestedByName,
  createdAt: row.createdAt,
  finishedAt: row.finishedAt,
  expiresAt: row.expiresAt,
})
