/** Works on an import whenever a message asks: profiles the file, then lands it chunk by chunk until it is done. */
import type { Actor } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { recordEvent } from '../../../platform/event.ts'
import { errorText } from '../../../platform/log.ts'
import type { Services } from '../../../platform/services.ts'
import { dropCarry } from '../store/import-files.ts'
import {
  claimImport,
  completeImport,
  countAttempt,
  failImport,
  type ImportRow,
  importRow,
  leaveProfiling,
  touchImport,
} from '../store/imports.ts'
import { recountSource } from '../store/landing-sources.ts'
import { CHUNK_ROWS, openLanding, tidy } from './imports-land.ts'
import { profileImport } from './imports-profile.ts'
import { undoImportChunk } from './imports-undo.ts'

/** What one message may do; then the next message goes on, so no message runs into the platform's limits. */
export interface Budget {
  ms: number
  chunks: number
  /** Rows of one transaction: large enough that its fixed cost does not count, small enough to answer a cancel at once. */
  rows: number
}

const BUDGET: Budget = { ms: 20_000, chunks: 100, rows: CHUNK_ROWS }
/** How long to wait for another import of the workspace before looking again. */
const WAIT_SECONDS = 3
const MAX_ATTEMPTS = 6
/** Rollups run along with a large import, so that its first figures show while the rest lands. */
const ROWS_BETWEEN_ROLLUPS = 20_000

/** Kinds of file that tell of people. */
const NAMES_PEOPLE: ReadonlySet<string> = new Set(['orders', 'customers', 'contacts', 'invoices'])

/** Idempotent and safe to run twice at once: every move is made by a statement that asks for the state before it. */
export async function continueImport(
  services: Services,
  actor: Actor,
  importId: string,
  budget: Budget = BUDGET,
): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const row = await db.get(importRow(db, importId))
  if (!row) return
  if (row.stage === 'undoing') return undoImportChunk(services, actor, importId)
  try {
    await workOn(services, actor, row, budget)
  } catch (error) {
    await giveUpOrRetry(services, actor, row, error)
  }
}

async function workOn(services: Services, actor: Actor, row: ImportRow, budget: Budget): Promise<void> {
  const db = services.tenant(actor.tenantId)
  if (row.status === 'queued' && row.stage === 'waiting') {
    const now = services.clock.now()
    const [claimed] = await db.write([claimImport(db, row.id, now, isoInstant(now))])
    if (!claimed) {
      // Touched, so that the sweep for lost messages does not add a second one to this.
      await db.write([touchImport(db, row.id, isoInstant(now))])
      return services.queue.send(continuing(actor, row.id), WAIT_SECONDS)
    }
    await services.live.importMoved(actor.tenantId, row.id)
  } else if (row.status !== 'running') return
  const claimed = await db.get(importRow(db, row.id))
  if (claimed?.stage === 'profiling') await profile(services, actor, claimed)
  const landing = await db.get(importRow(db, row.id))
  if (landing?.status === 'running' && landing.stage === 'landing')
    await land(services, actor, landing, budget)
}

const continuing = (actor: Actor, importId: string) =>
  ({ kind: 'import.continue', tenantId: actor.tenantId, importId }) as const

async function profile(services: Services, actor: Actor, row: ImportRow): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const result = await profileImport(services.files, row, actor.workspace)
  if (!result.ok) return stop(services, actor, row, result.error)
  await db.write([leaveProfiling(db, row.id, result.value, isoInstant(services.clock.now()))])
  await services.live.importMoved(actor.tenantId, row.id)
}

async function land(services: Services, actor: Actor, row: ImportRow, budget: Budget): Promise<void> {
  const started = services.clock.now()
  const landing = await openLanding(services, actor, row, budget.rows)
  let sinceRollup = 0
  for (let chunks = 0; landing.cursor < row.fileBytes; chunks++) {
    if (chunks >= budget.chunks || services.clock.now() - started > budget.ms) {
      return services.queue.send(continuing(actor, row.id))
    }
    const moved = await landing.next()
    if (moved === null) return
    sinceRollup += moved
    await services.live.importMoved(actor.tenantId, row.id)
    if (sinceRollup >= ROWS_BETWEEN_ROLLUPS) {
      sinceRollup = 0
      await services.queue.send({ kind: 'rollup', tenantId: actor.tenantId })
    }
  }
  await finish(services, actor, row)
}

async function finish(services: Services, actor: Actor, row: ImportRow): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  const nowIso = isoInstant(now)
  const eventId = `${row.id}:completed`
  // The event's id is fixed, so a second finisher of the same import is refused by its key and tries again in vain.
  await db.write([
    completeImport(db, row.id, nowIso),
    recountSource(db, row.sourceId, nowIso),
    recordAudit(db, now, actor, 'import.completed', row.id, { kind: row.kind, fileName: row.fileName }),
    recordEvent(db, now, {
      id: eventId,
      type: 'import.completed',
      payload: { import_id: row.id, kind: row.kind, created_by: row.createdBy },
    }),
  ])
  await services.queue.send({ kind: 'rollup', tenantId: actor.tenantId })
  await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId })
  if (NAMES_PEOPLE.has(row.kind))
    await services.queue.send({ kind: 'contacts.gather', tenantId: actor.tenantId })
  await services.live.importMoved(actor.tenantId, row.id)
  services.later(tidy(services, dropCarry(services.files, actor.tenantId, row.id)))
}

async function stop(services: Services, actor: Actor, row: ImportRow, reason: string): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  await db.write([
    failImport(db, row.id, reason, isoInstant(now)),
    recordAudit(db, now, actor, 'import.failed', row.id, { reason }),
  ])
  await services.live.importMoved(actor.tenantId, row.id)
}

/** A fault is tried again by the queue; one that stays is told, and no longer keeps other imports waiting. */
async function giveUpOrRetry(
  services: Services,
  actor: Actor,
  row: ImportRow,
  error: unknown,
): Promise<void> {
  const db = services.tenant(actor.tenantId)
  services.log.error('import.fault', { importId: row.id, error: errorText(error) })
  const now = await db.get(importRow(db, row.id))
  if (now && now.status === 'running' && now.attempts + 1 >= MAX_ATTEMPTS) {
    const reason =
      'Reading this file failed several times, which is our fault and not the file’s. What has landed stays; undo it, or import the file again.'
    return stop(services, actor, row, reason)
  }
  await db.write([countAttempt(db, row.id)])
  throw error
}
