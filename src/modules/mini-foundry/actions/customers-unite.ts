/**
 * One customer across sources: the shop's buyer, the payment provider's payer and the books' customer are one person when
 * the contacts say so (same address, or merged by hand). The rule and every merge are visible and undone there.
 */
import type { Actor } from '../../../platform/actor.ts'
import type { PlatformEvent } from '../../../platform/event.ts'
import type { Services } from '../../../platform/services.ts'
import { readExternals, readShared, type SharedRow, stillShared } from '../../workspace/index.ts'
import { partStatement, type Tie, unitedCustomers, uniteStatement } from '../store/persons.ts'

const CONTACTS_AT_ONCE = 1500
const CUSTOMERS_AT_ONCE = 3000

/** Everybody, in pieces. Idempotent; answers how many rows changed, triggers’ bookkeeping included: 0 when all was so already. */
export async function uniteCustomers(services: Services, actor: Actor): Promise<number> {
  let changed = 0
  for (let after = ''; ; ) {
    const rows = await readShared(services, actor, after, CONTACTS_AT_ONCE)
    changed += await unite(services, actor, rows)
    const last = rows.at(-1)
    if (!last) break
    after = last.contact_id
  }
  changed += await partLoners(services, actor)
  if (changed > 0) await services.queue.send({ kind: 'rollup', tenantId: actor.tenantId })
  return changed
}

/** The customers of these contacts only: after a delivery, a merge, or a merge that was taken apart. */
export async function uniteContacts(
  services: Services,
  actor: Actor,
  contactIds: readonly string[],
): Promise<number> {
  const rows = await readExternals(services, actor, [...new Set(contactIds)])
  const changed = await unite(services, actor, rows)
  if (changed > 0) await services.queue.send({ kind: 'rollup', tenantId: actor.tenantId })
  return changed
}

/** People were joined or parted by hand. */
export async function hearContacts(services: Services, actor: Actor, event: PlatformEvent): Promise<void> {
  const { contact_id, other_id } = event.payload
  await uniteContacts(services, actor, [String(contact_id), String(other_id)])
}

async function unite(services: Services, actor: Actor, rows: readonly SharedRow[]): Promise<number> {
  if (rows.length === 0) return 0
  const db = services.tenant(actor.tenantId)
  const ties = rows.map(
    (row): Tie => ({
      contactId: row.contact_id,
      sourceId: row.source_id,
      extId: row.external_id,
    }),
  )
  const [changed] = await db.write([uniteStatement(db, ties)])
  return changed ?? 0
}

/** Whose contact was deleted, or has nobody else any more, counts alone again. */
async function partLoners(services: Services, actor: Actor): Promise<number> {
  const db = services.tenant(actor.tenantId)
  let changed = 0
  for (let after = 0; ; ) {
    const united = await db.get(unitedCustomers(db, after, CUSTOMERS_AT_ONCE))
    const last = united.at(-1)
    if (!last) return changed
    after = last.number
    const keys = united.map(({ source_id, ext_id }) => ({ sourceId: source_id, externalId: ext_id }))
    const shared = new Set(
      (await stillShared(services, actor, keys)).map((row) => `${row.source_id} ${row.external_id}`),
    )
    const loners = united.filter(({ source_id, ext_id }) => !shared.has(`${source_id} ${ext_id}`))
    if (loners.length === 0) continue
    const [parted] = await db.write([partStatement(db, loners)])
    changed += parted ?? 0
  }
}
