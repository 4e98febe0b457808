/** Starting, steering and stopping imports. The work itself is done by the queue (imports-run.ts). */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { ImportMapping } from '../domain/import/types.ts'
import { fileKey } from '../store/import-files.ts'
import { cancelRow, ensureFileSource, importRow, insertImport, leaveMapping } from '../store/imports.ts'
import { recountSource } from '../store/landing-sources.ts'
import { type ArrivedFile, decide, type ImportWish, mappingErrors, readOptions } from './imports-decide.ts'
import { sniffFile } from './imports-file.ts'

export const MAX_FILE_BYTES = 250 * 1024 * 1024

/** A place for a file that is about to come: its import's id, and where to put it. */
export function newImportFile(services: Services, actor: Actor): Result<{ id: string; key: string }> {
  if (!can(actor, 'foundry:write')) return forbidden('import files')
  const id = uuidv7(services.clock.now())
  return ok({ id, key: fileKey(actor.tenantId, id) })
}

/** A file that came with something that is refused does not stay. */
export async function discardImportFile(services: Services, actor: Actor, id: string): Promise<void> {
  await services.files.remove([fileKey(actor.tenantId, id)])
}

/**
 * Makes the import of a file that has arrived. With `ask` a person confirms the columns first; without it the work
 * begins at once, and a required field that neither the mapping nor the guess finds is refused.
 */
export async function createImport(
  services: Services,
  actor: Actor,
  file: ArrivedFile,
  wish: ImportWish,
  ask = false,
): Promise<Result<{ id: string }>> {
  if (!can(actor, 'foundry:write')) return forbidden('import files')
  const key = fileKey(actor.tenantId, file.id)
  const decided = await decide(services, key, file, wish, ask)
  if (!decided.ok) {
    await services.files.remove([key])
    return decided
  }
  const { kind, mapping, options, notes } = decided.value
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  const nowIso = isoInstant(now)
  await db.write([
    ensureFileSource(db, uuidv7(now), nowIso),
    insertImport(db, {
      id: file.id,
      kind,
      stage: ask ? 'mapping' : 'waiting',
      fileName: file.fileName.slice(0, 200) || 'file.csv',
      fileKey: key,
      fileBytes: file.bytes,
      mapping,
      options,
      notes,
      createdBy: actor.id,
      nowIso,
    }),
    recordAudit(db, now, actor, 'import.created', file.id, {
      kind,
      fileName: file.fileName,
      bytes: file.bytes,
    }),
  ])
  if (!ask)
    await services.queue.send({ kind: 'import.continue', tenantId: actor.tenantId, importId: file.id })
  return ok({ id: file.id })
}

/** The columns are as they should be: on with it. Possible once, while the import waits for it. */
export async function startImport(
  services: Services,
  actor: Actor,
  importId: string,
  input: { mapping: ImportMapping; options?: ImportWish },
): Promise<Result<{ id: string }>> {
  if (!can(actor, 'foundry:write')) return forbidden('import files')
  const db = services.tenant(actor.tenantId)
  const row = await db.get(importRow(db, importId))
  if (!row) return notFound('import')
  const chosen = readOptions(input.options ?? {})
  if (!chosen.ok) return chosen
  const sniffed = await sniffFile(services.files, { key: row.fileKey, bytes: row.fileBytes }, row.options)
  const columns = sniffed?.columns ?? []
  const mapping = Object.fromEntries(Object.entries(input.mapping).filter(([, field]) => field !== ''))
  const errors = mappingErrors(row.kind, columns, mapping)
  if (errors.length > 0) return invalid(errors, errors[0]?.message)
  const options = { ...row.options, ...chosen.value }
  const now = services.clock.now()
  const [left] = await db.write([
    leaveMapping(db, importId, mapping, options, isoInstant(now)),
    recordAudit(db, now, actor, 'import.started', importId, { fileName: row.fileName }),
  ])
  if (!left) {
    return fail(
      'conflict',
      'import-started',
      'This import has started already, so its columns can no longer change.',
    )
  }
  await services.queue.send({ kind: 'import.continue', tenantId: actor.tenantId, importId })
  return ok({ id: importId })
}

/** Stops an import; rows that have landed stay until it is undone. */
export async function cancelImport(
  services: Services,
  actor: Actor,
  importId: string,
): Promise<Result<{ id: string }>> {
  if (!can(actor, 'foundry:write')) return forbidden('cancel imports')
  const db = services.tenant(actor.tenantId)
  const row = await db.get(importRow(db, importId))
  if (!row) return notFound('import')
  if (row.status === 'cancelled') return ok({ id: importId })
  const now = services.clock.now()
  const [cancelled] = await db.write([
    cancelRow(db, importId, isoInstant(now)),
    recountSource(db, row.sourceId, isoInstant(now)),
    recordAudit(db, now, actor, 'import.cancelled', importId, { fileName: row.fileName }),
  ])
  if (!cancelled)
    return fail('conflict', 'import-finished', 'This import has ended already. It can be undone instead.')
  await services.queue.send({ kind: 'rollup', tenantId: actor.tenantId })
  await services.live.importMoved(actor.tenantId, importId)
  return ok({ id: importId })
}
