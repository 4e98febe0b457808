/** A contact changed by a person or a program: the whole change stands with its history and events, or none of it. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { fail, forbidden, invalid, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type ContactChange, contactChange, emailKey, tidyTags } from '../domain/contact.ts'
import { movesOf } from '../domain/contact-landing.ts'
import { type CardState, mergeConsent } from '../domain/contact-merge.ts'
import { cleanPhone } from '../domain/contact-phone.ts'
import { contactIdByEmail } from '../store/contacts.ts'
import * as landing from '../store/contacts-landing.ts'
import { keepOwnerAndNote } from '../store/contacts-whole.ts'
import { addressTaken, type ContactView, ownerMistake, readContact } from './contacts.ts'
import { fieldErrors } from './sign-up.ts'

/** What is left out stays. `version` guards against the change of somebody else; null takes what comes. */
export async function updateContact(
  services: Services,
  actor: Actor,
  id: string,
  input: unknown,
  version: number | null = null,
): Promise<Result<ContactView>> {
  if (!can(actor, 'contacts:write')) return forbidden('change contacts')
  const parsed = contactChange.safeParse(input)
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const read = await readContact(services, actor, id)
  if (!read.ok) return read
  const known = read.value
  if (version !== null && version !== known.version) return stale()
  const ownerFault = await ownerMistake(services, actor, parsed.data.owner_id)
  if (ownerFault) return ownerFault
  const db = services.tenant(actor.tenantId)
  const key = emailKey(parsed.data.email)
  if (key && key !== emailKey(known.email)) {
    const [taken] = await db.get(contactIdByEmail(db, key))
    if (taken) return addressTaken(taken.id)
  }
  const after = changed(services, actor, known, parsed.data)
  const { owner_id: ownerId = known.ownerId, note = known.note } = parsed.data
  if (!after.name && !after.email && !after.phone)
    return invalid([{ path: 'name', message: 'Keep a name, an e-mail address or a telephone number.' }])
  const written = await writeChange(services, actor, known, { ...after, ownerId, note })
  return written ? readContact(services, actor, id) : stale()
}

const stale = () =>
  fail(
    'stale',
    'stale',
    'Somebody else changed this contact in the meantime. Look at it again, then change it.',
  )

/** The card with what a person says of it now: their word is as of this instant. */
function changed(services: Services, actor: Actor, known: ContactView, change: ContactChange): CardState {
  const at = isoInstant(services.clock.now())
  const phone = change.phone === undefined ? known.phone : cleanPhone(change.phone, actor.workspace.country)
  const said: Partial<CardState> = {
    name: change.name ?? known.name,
    email: change.email === undefined ? known.email : change.email,
    phone,
    company: change.company === undefined ? known.company : change.company,
    stage: change.stage ?? known.stage,
  }
  const moved = Object.entries(said).filter(([field, value]) => known[field as keyof CardState] !== value)
  const source = change.consent?.source || `Written down by ${actor.name}`
  return {
    name: known.name,
    email: known.email,
    phone: known.phone,
    company: known.company,
    stage: known.stage,
    lastActivityAt: known.lastActivityAt,
    ...said,
    fieldsAt: { ...known.fieldsAt, ...Object.fromEntries(moved.map(([field]) => [field, at])) },
    consent: mergeConsent(known.consent, {
      at,
      consent: change.consent && { ...change.consent, at: change.consent.at ?? at, source },
    }),
    tags: change.tags ? tidyTags(change.tags) : known.tags,
  }
}

async function writeChange(
  services: Services,
  actor: Actor,
  known: ContactView,
  after: CardState & { ownerId: string | null; note: string },
): Promise<boolean> {
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  const nowIso = isoInstant(now)
  const { id, version } = known
  const base = { contactId: id, version }
  const tagged = (tags: string[], than: string[]) =>
    tags.filter((tag) => !than.includes(tag)).map((tag) => ({ ...base, tag }))
  const lines = movesOf({ id, version, before: known, after }).map((line) => ({ ...line, id: uuidv7(now) }))
  const told = toldOf(known, after).map((event) => ({ ...base, ...event, id: uuidv7(now) }))
  const card = {
    id,
    version,
    before: known,
    after,
    sourceDetail: '',
    ownerId: after.ownerId,
    note: after.note,
  }
  const counts = await db.write([
    landing.dropTags(db, tagged(known.tags, after.tags)),
    landing.addTags(db, tagged(after.tags, known.tags)),
    landing.keepEvents(db, lines, { nowIso, actorName: actor.name }),
    landing.tellOutbox(db, told, now),
    keepOwnerAndNote(db, id, version, after.ownerId, after.note),
    landing.updateCards(db, [card], nowIso),
    recordAudit(db, now, actor, 'contact.updated', id, { fields: namesOf(known, after) }, 'if-changed'),
  ])
  if (counts[5] !== 1) return false
  for (const event of told)
    await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId: event.id })
  return true
}

const WATCHED = ['name', 'email', 'phone', 'company', 'stage', 'ownerId', 'note', 'tags', 'consent'] as const

const namesOf = (known: ContactView, after: object): string[] =>
  WATCHED.filter(
    (name) => JSON.stringify(known[name]) !== JSON.stringify((after as Record<string, unknown>)[name]),
  )

function toldOf(known: ContactView, after: CardState & { ownerId: string | null }) {
  const contact_id = known.id
  const stage = { contact_id, from: known.stage, to: after.stage }
  const consent = { contact_id, from: known.consent.state, to: after.consent.state }
  return [
    ...(stage.from === stage.to ? [] : [{ type: 'contact.stage_changed', payload: stage }]),
    ...(consent.from === consent.to ? [] : [{ type: 'contact.consent_changed', payload: consent }]),
    ...(after.ownerId && after.ownerId !== known.ownerId
      ? [{ type: 'contact.assigned', payload: { contact_id, owner_id: after.ownerId } }]
      : []),
  ]
}
