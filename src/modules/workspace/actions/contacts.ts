/** Contacts one at a time and in pages: found, read, made by hand or by program, changed. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { emailKey, newContact, tidyTags } from '../domain/contact.ts'
import type { CardState } from '../domain/contact-merge.ts'
import { type ContactFilter, type ContactOrder, cursorOf, placeOf } from '../domain/contact-query.ts'
import * as store from '../store/contacts.ts'
import * as landing from '../store/contacts-landing.ts'
import { landContacts } from './contacts-land.ts'
import { fieldErrors } from './sign-up.ts'

export interface ContactView extends CardState {
  id: string
  version: number
  source: string
  sourceDetail: string
  ownerId: string | null
  note: string
  createdAt: string
  updatedAt: string
}

export const viewOf = (row: store.ContactColumns): ContactView => ({
  ...landing.cardOf(row),
  source: row.source,
  sourceDetail: row.source_detail,
  ownerId: row.owner_id,
  note: row.note,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

/** What a contact is called: name, else address, else number. */
export const contactName = (contact: Pick<CardState, 'name' | 'email' | 'phone'>): string =>
  contact.name || contact.email || contact.phone || 'Unnamed contact'

export interface ContactQuestion extends ContactFilter {
  order?: ContactOrder
  cursor?: string
}

/** A page by filter and order. With `updated_since` the oldest change comes first, so that a reader can go on from there. */
export async function listContacts(
  services: Services,
  actor: Actor,
  question: ContactQuestion = {},
  limit = 50,
): Promise<Result<{ contacts: ContactView[]; nextCursor: string | null }>> {
  if (!can(actor, 'contacts:read')) return forbidden('see contacts')
  const { order: wanted, cursor, ...filter } = question
  const place = cursor ? placeOf(cursor) : null
  if (cursor && !place)
    return invalid([{ path: 'cursor', message: 'This cursor is none of ours. Begin at the first page.' }])
  const order: ContactOrder =
    wanted ??
    (filter.updated_since
      ? { key: 'updated', direction: 'ascending' }
      : { key: 'updated', direction: 'descending' })
  const db = services.tenant(actor.tenantId)
  const rows = await db.get(store.contactsPage(db, filter, order, place, limit + 1))
  const contacts = rows.slice(0, limit).map(viewOf)
  const last = rows.length > limit ? contacts.at(-1) : undefined
  const value = last && { updated: last.updatedAt, name: last.name, created: last.createdAt }[order.key]
  return ok({ contacts, nextCursor: last && value !== undefined ? cursorOf({ value, id: last.id }) : null })
}

/** How many there are under a filter (up to 10,000), and what else can be filtered by. */
export async function contactFacets(services: Services, actor: Actor, filter: ContactFilter) {
  const db = services.tenant(actor.tenantId)
  const [total, sources, tags] = await db.getAll([
    store.countContacts(db, filter, 10_000),
    ...store.contactWords(db),
  ])
  return {
    total: total[0]?.total ?? 0,
    sources: sources.map(({ source }) => source),
    tags: tags.map(({ tag }) => tag),
  }
}

export async function readContact(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<ContactView>> {
  if (!can(actor, 'contacts:read')) return forbidden('see contacts')
  const db = services.tenant(actor.tenantId)
  const [row] = await db.get(store.contactRow(db, id))
  return row ? ok(viewOf(row)) : notFound('contact')
}

/** Made by a person (`manual`) or a program (`api`). An address that has a contact already is a conflict. */
export async function createContact(
  services: Services,
  actor: Actor,
  input: unknown,
): Promise<Result<ContactView>> {
  if (!can(actor, 'contacts:write')) return forbidden('add contacts')
  const parsed = newContact.safeParse(input)
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const { external_id, source_detail, owner_id, tags, consent, note, ...fields } = parsed.data
  const ownerFault = await ownerMistake(services, actor, owner_id)
  if (ownerFault) return ownerFault
  const db = services.tenant(actor.tenantId)
  const key = emailKey(fields.email)
  const taken = key ? (await db.get(store.contactIdByEmail(db, key)))[0] : undefined
  if (taken) return addressTaken(taken.id)
  const origin = actor.kind === 'key' ? 'api' : 'manual'
  const at = isoInstant(services.clock.now())
  const landed = await landContacts(services, actor, {
    sourceId: origin,
    source: origin,
    origin,
    records: [
      {
        ...fields,
        at,
        externalId: external_id ?? null,
        hash: at,
        sourceDetail: source_detail,
        ownerId: owner_id,
        note,
        tags: tidyTags(tags ?? []),
        consent: consent && { at, ...consent, source: consent.source ?? `Written down by ${actor.name}` },
        activeAt: at,
      },
    ],
  })
  if (!landed.ok) return landed
  const [result] = landed.value
  if (!result) throw new Error('a contact was landed without an outcome')
  if (result.outcome !== 'created') return addressTaken(result.contactId)
  await db.write([
    recordAudit(db, services.clock.now(), actor, 'contact.created', result.contactId, { origin }),
  ])
  return readContact(services, actor, result.contactId)
}

export const addressTaken = (id: string) =>
  fail(
    'conflict',
    'contact-exists',
    `There is a contact with this e-mail address or number already: ${id}.`,
    {
      errors: [{ path: 'email', message: 'There is a contact with this address already.' }],
    },
  )

/** Why this person may not look after contacts here, or null. */
export async function ownerMistake(services: Services, actor: Actor, ownerId: string | null | undefined) {
  if (!ownerId) return null
  const members = await services.directory.membersOf(actor.tenantId)
  if (members.some(({ personId }) => personId === ownerId)) return null
  return invalid([{ path: 'owner_id', message: 'Choose somebody of this workspace.' }])
}
