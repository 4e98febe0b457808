/** Undoes an import: what it made goes, what it overwrote comes back, and what later imports did stays. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { fail, forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { dropCarry, dropLandingAgain, keepLandingAgain, loadLandingAgain } from '../store/import-files.ts'
import {
  claimUndo,
  completeUndo,
  type ImportRow,
  importRow,
  overlappingImports,
  touchImport,
} from '../store/imports.ts'
import { recountSource } from '../store/landing-sources.ts'
import { FACT_TABLES } from '../store/landing-tables.ts'
import { buriedRows, ownRows, rederiveOrders, unlinkBuried, unwindRows } from '../store/undo.ts'
import { openLandingAgain, tidy } from './imports-land.ts'

const CHUNK = 1_000
const BUDGET_MS = 20_000

/** Starts the undo; the work is done by the queue. */
export async function undoImport(
  services: Services,
  actor: Actor,
  importId: string,
): Promise<Result<{ id: string }>> {
  if (!can(actor, 'foundry:write')) return forbidden('undo imports')
  const db = services.tenant(actor.tenantId)
  const row = await db.get(importRow(db, importId))
  if (!row) return notFound('import')
  if (row.status === 'undone' || row.stage === 'undoing') return ok({ id: importId })
  if (row.status === 'queued' || row.status === 'running') {
    return fail(
      'conflict',
      'import-not-finished',
      'This import is still at work. Cancel it first; then it can be undone.',
    )
  }
  const now = services.clock.now()
  const [claimed] = await db.write([
    claimUndo(db, importId, isoInstant(now)),
    recordAudit(db, now, actor, 'import.undo_started', importId, { fileName: row.fileName }),
  ])
  if (!claimed) {
    return fail(
      'conflict',
      'import-at-work',
      'Another import is at work in this workspace. Try again when it is done.',
    )
  }
  await services.queue.send({ kind: 'import.undo', tenantId: actor.tenantId, importId })
  return ok({ id: importId })
}

/** Idempotent: what is undone already is no longer found, so a message may come again or stop anywhere. */
export async function undoImportChunk(
  services: Services,
  actor: Actor,
  importId: string,
  budget: { ms: number; chunks: number } = { ms: BUDGET_MS, chunks: 400 },
): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const row = await db.get(importRow(db, importId))
  if (row?.stage !== 'undoing') return
  const until = services.clock.now() + budget.ms
  let left = budget.chunks
  const goOn = () => left-- > 0 && services.clock.now() <= until
  const finished =
    (await unwind(services, actor, row, goOn)) &&
    (await unbury(services, actor, row, goOn)) &&
    (await landOthers(services, actor, row, goOn))
  if (!finished) {
    await db.write([touchImport(db, importId, isoInstant(services.clock.now()))])
    await services.queue.send({ kind: 'import.undo', tenantId: actor.tenantId, importId })
    return
  }
  await finish(services, actor, row)
}

/** Rows that are this import's now: restored or removed, table by table. */
async function unwind(
  services: Services,
  actor: Actor,
  row: ImportRow,
  goOn: () => boolean,
): Promise<boolean> {
  const db = services.tenant(actor.tenantId)
  for (const { kind } of FACT_TABLES) {
    for (let after = ''; ; ) {
      const rows = await db.get(ownRows(db, kind, row.sourceId, row.id, after, CHUNK))
      if (rows.length === 0) break
      if (!goOn()) return false
      await db.write([
        ...unwindRows(db, kind, row.sourceId, row.id, rows),
        ...rederiveOrders(db, row.sourceId, rows),
      ])
      await services.live.importMoved(actor.tenantId, row.id)
      after = rows.at(-1)?.extId ?? ''
      if (rows.length < CHUNK) break
    }
  }
  return true
}

/** Rows that later imports wrote over: taken out of their past. */
async function unbury(
  services: Services,
  actor: Actor,
  row: ImportRow,
  goOn: () => boolean,
): Promise<boolean> {
  const db = services.tenant(actor.tenantId)
  for (;;) {
    const rows = await db.get(buriedRows(db, row.id, CHUNK))
    if (rows.length === 0) return true
    if (!goOn()) return false
    await db.write(unlinkBuried(db, row.id, rows))
  }
}

/**
 * Facts that another import brought as well, and found there already, went with this one: that import lands again. It
 * writes only what is missing, and every row of it the same as the first time, so this may stop and go on anywhere.
 */
async function landOthers(
  services: Services,
  actor: Actor,
  row: ImportRow,
  goOn: () => boolean,
): Promise<boolean> {
  const db = services.tenant(actor.tenantId)
  const { files } = services
  const state = await loadLandingAgain(files, actor.tenantId, row.id)
  for (const other of await db.get(overlappingImports(db, row.id))) {
    if (state.done.includes(other.id)) continue
    const landing = await openLandingAgain(
      services,
      actor,
      other,
      state.at?.importId === other.id ? state.at : null,
    )
    while (await landing.next()) {
      state.at = { importId: other.id, ...landing.at }
      await keepLandingAgain(files, actor.tenantId, row.id, state)
      if (!goOn()) return false
    }
    state.done.push(other.id)
    state.at = null
    await keepLandingAgain(files, actor.tenantId, row.id, state)
    await dropCarry(files, actor.tenantId, other.id)
  }
  return true
}

async function finish(services: Services, actor: Actor, row: ImportRow): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  await db.write([
    completeUndo(db, row.id, isoInstant(now)),
    recountSource(db, row.sourceId, isoInstant(now)),
    recordAudit(db, now, actor, 'import.undone', row.id, { fileName: row.fileName }),
  ])
  await services.queue.send({ kind: 'rollup', tenantId: actor.tenantId })
  await services.live.importMoved(actor.tenantId, row.id)
  services.later(tidy(services, dropCarry(services.files, actor.tenantId, row.id)))
  services.later(tidy(services, dropLandingAgain(services.files, actor.tenantId, row.id)))
}
