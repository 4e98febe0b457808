/** The command palette's records: what a person may look for by name in this workspace. */
import { type Actor, can } from '../../../platform/actor.ts'
import { forbidden, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type FoundRow, searchRecords } from '../store/search.ts'

export type { FoundRow } from '../store/search.ts'

/** Fewer than two characters find nothing: every record would match. */
export async function findRecords(
  services: Services,
  actor: Actor,
  text: string,
): Promise<Result<FoundRow[]>> {
  if (!can(actor, 'foundry:read')) return forbidden('search this workspace')
  if (text.trim().length < 2) return ok([])
  const db = services.tenant(actor.tenantId)
  return ok(await db.get(searchRecords(db, text)))
}
