/** For wings that hold people of several sources: which of them the contacts say are one. */
import type { Actor } from '../../../platform/actor.ts'
import type { Services } from '../../../platform/services.ts'
import { externalsOf, type SharedRow, sharedAmong, sharedPage } from '../store/contacts-shared.ts'

export type { SharedRow } from '../store/contacts-shared.ts'

/** A page of contacts with more than one external id; `after` is a contact id. */
export function readShared(
  services: Services,
  actor: Actor,
  after: string,
  limit: number,
): Promise<SharedRow[]> {
  const db = services.tenant(actor.tenantId)
  return db.get(sharedPage(db, after, limit))
}

export function readExternals(
  services: Services,
  actor: Actor,
  contactIds: readonly string[],
): Promise<SharedRow[]> {
  const db = services.tenant(actor.tenantId)
  return db.get(externalsOf(db, contactIds))
}

export function stillShared(
  services: Services,
  actor: Actor,
  keys: readonly { sourceId: string; externalId: string }[],
): Promise<SharedRow[]> {
  const db = services.tenant(actor.tenantId)
  return db.get(sharedAmong(db, keys))
}
