/** Letting a source go with all that came from it, in pieces, so that its size does not matter. */

import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { removeConnector } from '../../connections/index.ts'
import { releaseContacts } from '../../workspace/index.ts'
import {
  closeImports,
  dropPublicId,
  importIds,
  removeOwned,
  removeSourceRow,
  type SourceRow,
  sourceById,
  updateSource,
} from '../store/sources.ts'
import { haltStreams } from '../store/sync.ts'
import { payloadFolder } from './hooks.ts'
import { arrivedFolder } from './hooks-read.ts'
import { rawFolder } from './sync-raw.ts'

const ROWS_AT_ONCE = 5_000
/** What a person waits for; the rest goes on in the background. */
const PATIENCE_MS = 5_000
const BUDGET_MS = 20_000

/** Closes the source at once; answers whether all of it is gone already or goes on in the background. */
export async function deleteSource(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<{ done: boolean }>> {
  if (!can(actor, 'foundry:manage')) return forbidden('delete data sources')
  const db = services.tenant(actor.tenantId)
  const source = await db.get(sourceById(db, id))
  if (!source) return notFound('data source')
  const now = services.clock.now()
  await db.write([
    ...closeSource(services, actor.tenantId, source, isoInstant(now)),
    recordAudit(db, now, actor, 'source.deleted', id, { name: source.name }),
  ])
  const done = await removeInPieces(services, actor, source, PATIENCE_MS)
  if (!done) await services.queue.send({ kind: 'source.remove', tenantId: actor.tenantId, sourceId: id })
  return ok({ done })
}

/** The queue's half of it; repeating goes on. */
export async function continueSourceRemoval(services: Services, actor: Actor, id: string): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const source = await db.get(sourceById(db, id))
  if (!source) return
  const done = await removeInPieces(services, actor, source, BUDGET_MS)
  if (!done) await services.queue.send({ kind: 'source.remove', tenantId: actor.tenantId, sourceId: id })
}

/** Takes a source out of the numbers, and lets nothing more in: no delivery, no running import. */
export function closeSource(
  services: Services,
  tenantId: string,
  source: SourceRow,
  at: string,
): D1PreparedStatement[] {
  const db = services.tenant(tenantId)
  return [
    updateSource(db, source.id, {
      connectorId: null,
      countsAsSales: false,
      syncStatus: 'disconnected',
      updatedAt: at,
    }),
    ...(source.connectorId ? [removeConnector(services, tenantId, source.connectorId)] : []),
    dropPublicId(db, 'stripe', source.id),
    dropPublicId(db, `source:${source.sourceType}`, source.id),
    haltStreams(db, source.id),
    closeImports(db, source.id, at),
  ]
}

/** Removes what is left of a closed source; false when the time was up before the end. */
export async function removeInPieces(
  services: Services,
  actor: Actor,
  source: SourceRow,
  budgetMs: number,
): Promise<boolean> {
  const db = services.tenant(actor.tenantId)
  const until = services.clock.now() + budgetMs
  await removeFiles(services, actor.tenantId, source.id)
  for (;;) {
    const counts = await db.write(removeOwned(db, source.id, ROWS_AT_ONCE))
    if (counts.every((count) => count === 0)) break
    if (services.clock.now() >= until) return false
  }
  await releaseContacts(services, actor, source.id, { withCards: source.isDemo })
  await db.write(removeSourceRow(db, source.id))
  await services.queue.send({ kind: 'rollup', tenantId: actor.tenantId })
  return true
}

/** Raw deliveries and imported files, while the rows that name them are still there. */
async function removeFiles(services: Services, tenantId: string, sourceId: string): Promise<void> {
  const db = services.tenant(tenantId)
  const imports = await db.get(importIds(db, sourceId))
  const folders = [
    payloadFolder(tenantId, sourceId),
    arrivedFolder(tenantId, sourceId),
    rawFolder(tenantId, sourceId),
    ...imports.map(({ id }) => `imports/${tenantId}/${id}/`),
  ]
  for (const folder of folders) await services.files.remove(await services.files.list(folder))
}
