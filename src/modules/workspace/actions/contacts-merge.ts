/** Two cards of one person: suggested, put together, taken apart again. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { recordEvent } from '../../../platform/event.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { joinCards, partCards, type WholeCard } from '../domain/contact-join.ts'
import { type ContactColumns, contactRow, duplicatePairs } from '../store/contacts.ts'
import * as landing from '../store/contacts-landing.ts'
import * as whole from '../store/contacts-whole.ts'
import { type ContactView, contactName, viewOf } from './contacts.ts'

export interface DuplicatePair {
  a: ContactView
  b: ContactView
  reason: string
}

const SHOWN = 50

/** Pairs that may be one person, those with the newest cards first. */
export async function listDuplicates(services: Services, actor: Actor): Promise<Result<DuplicatePair[]>> {
  if (!can(actor, 'contacts:read')) return forbidden('see contacts')
  const db = services.tenant(actor.tenantId)
  const pairs = await db.get(duplicatePairs(db, SHOWN))
  if (pairs.length === 0) return ok([])
  const rows = await db.getAll(pairs.flatMap(({ a, b }) => [contactRow(db, a), contactRow(db, b)]))
  return ok(
    pairs.flatMap(({ reason }, index) => {
      const [a, b] = [rows[2 * index]?.[0], rows[2 * index + 1]?.[0]]
      return a && b ? [{ a: viewOf(a), b: viewOf(b), reason }] : []
    }),
  )
}

/** The card `keptId` takes over what the other says and all that hangs on it; answers the id that undoes it. */
export async function mergeContacts(
  services: Services,
  actor: Actor,
  keptId: string,
  otherId: string,
): Promise<Result<{ undoId: string }>> {
  if (!can(actor, 'contacts:write')) return forbidden('merge contacts')
  if (keptId === otherId) return invalid([{ path: 'other', message: 'Choose two different contacts.' }])
  const db = services.tenant(actor.tenantId)
  const [[keptRow], [otherRow], moved] = await db.getAll([
    contactRow(db, keptId),
    contactRow(db, otherId),
    whole.hangingOn(db, otherId),
  ])
  if (!keptRow || !otherRow) return notFound('contact')
  const [kept, other] = [viewOf(keptRow), viewOf(otherRow)]
  const after = joinCards(kept, other)
  const now = services.clock.now()
  const undoId = uuidv7(now)
  const guard = { id: keptId, version: kept.version }
  const detail = { other: otherRow, before: wholeOf(kept), after, moved }
  const merged = pairEvent(now, 'contact.merged', keptId, otherId)
  const counts = await db.write([
    ...whole.moveHanging(db, moved, keptId, guard),
    ...tagStatements(db, guard, kept.tags, after.tags),
    landing.keepEvents(db, [eventOf(undoId, guard, 'merged', `Merged with ${contactName(other)}`, detail)], {
      nowIso: isoInstant(now),
      actorName: actor.name,
    }),
    whole.keepOwnerAndNote(db, keptId, kept.version, after.ownerId, after.note),
    whole.removeMerged(db, otherId, guard),
    landing.updateCards(db, [planned(guard, kept, after)], isoInstant(now)),
    recordAudit(db, now, actor, 'contact.merged', keptId, { other: otherId }, 'if-changed'),
    recordEvent(db, now, merged, 'if-changed'),
  ])
  if (counts.at(-3) !== 1) return moving()
  await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId: merged.id })
  return ok({ undoId })
}

/** Takes a merge apart. What people changed on the kept card since then stays there. */
export async function undoMerge(
  services: Services,
  actor: Actor,
  contactId: string,
  undoId: string,
): Promise<Result<{ otherId: string }>> {
  if (!can(actor, 'contacts:write')) return forbidden('take a merge apart')
  const db = services.tenant(actor.tenantId)
  const [[event], [row]] = await db.getAll([whole.mergeEvent(db, undoId), contactRow(db, contactId)])
  if (!event || !row || event.contact_id !== contactId) return notFound('merge')
  const detail = JSON.parse(event.detail) as MergeDetail
  if (detail.undone_at) return fail('conflict', 'already-undone', 'This merge was taken apart already.')
  const now = services.clock.now()
  const kept = viewOf(row)
  const after = partCards(kept, detail.before, detail.after)
  const guard = { id: contactId, version: kept.version }
  const next = { id: contactId, version: kept.version + 1 }
  const other = detail.other
  const parted = pairEvent(now, 'contact.parted', contactId, other.id)
  const tags = (JSON.parse(other.tags) as string[]).map((tag) => ({
    contactId: other.id,
    version: other.version + 1,
    tag,
  }))
  const counts = await db.write([
    ...tagStatements(db, guard, kept.tags, after.tags),
    whole.keepOwnerAndNote(db, contactId, kept.version, after.ownerId, after.note),
    landing.updateCards(db, [planned(guard, kept, after)], isoInstant(now)),
    whole.restoreCard(db, { ...other }, isoInstant(now)),
    landing.addTags(db, tags),
    ...whole.moveHanging(db, detail.moved, other.id, next),
    whole.markUndone(db, undoId, isoInstant(now)),
    recordAudit(db, now, actor, 'contact.unmerged', contactId, { other: other.id }, 'if-changed'),
    recordEvent(db, now, parted, 'if-changed'),
  ])
  if (counts.at(-3) !== 1) return moving()
  await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId: parted.id })
  return ok({ otherId: other.id })
}

const pairEvent = (now: number, type: string, contactId: string, otherId: string) => ({
  id: uuidv7(now),
  type,
  payload: { contact_id: contactId, other_id: otherId },
})

/** The two are different people: they are not suggested again. */
export async function dismissDuplicate(
  services: Services,
  actor: Actor,
  aId: string,
  bId: string,
): Promise<Result<null>> {
  if (!can(actor, 'contacts:write')) return forbidden('settle duplicates')
  const db = services.tenant(actor.tenantId)
  const [[a], [b]] = await db.getAll([contactRow(db, aId), contactRow(db, bId)])
  if (!a || !b) return notFound('contact')
  const now = services.clock.now()
  const at = { id: aId, version: a.version }
  const title = `Not the same person as ${contactName(viewOf(b))}`
  await db.write([
    landing.keepEvents(db, [eventOf(uuidv7(now), at, 'not_duplicate', title, { other_id: bId })], {
      nowIso: isoInstant(now),
      actorName: actor.name,
    }),
  ])
  return ok(null)
}

interface MergeDetail {
  other: ContactColumns
  before: WholeCard
  after: WholeCard
  moved: { name: string; key: string }[]
  undone_at?: string
}

type At = { id: string; version: number }

const eventOf = (id: string, at: At, kind: string, title: string, detail: Record<string, unknown>) => ({
  id,
  contactId: at.id,
  version: at.version,
  kind,
  title,
  detail,
})

const planned = (at: At, before: WholeCard, after: WholeCard) => ({
  ...at,
  before,
  after,
  sourceDetail: '',
  ownerId: after.ownerId,
  note: after.note,
})

function tagStatements(db: Parameters<typeof landing.addTags>[0], at: At, before: string[], after: string[]) {
  const only = (tags: string[], than: string[]) =>
    tags.filter((tag) => !than.includes(tag)).map((tag) => ({ contactId: at.id, version: at.version, tag }))
  return [landing.dropTags(db, only(before, after)), landing.addTags(db, only(after, before))]
}

const wholeOf = ({
  id: _id,
  version: _version,
  source: _s,
  sourceDetail: _d,
  ...card
}: ContactView): WholeCard => card

const moving = () =>
  fail(
    'stale',
    'stale',
    'Somebody else changed one of these contacts in the meantime. Look again, then go on.',
  )

/** Merges into this card that can still be taken apart, the newest first. */
export async function listMerges(
  services: Services,
  actor: Actor,
  contactId: string,
): Promise<{ id: string; title: string }[]> {
  if (!can(actor, 'contacts:read')) return []
  const db = services.tenant(actor.tenantId)
  return db.get(whole.openMerges(db, contactId))
}
