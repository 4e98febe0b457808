/** Brings the people of customers and contacts files into the workspace's contacts. What was told before writes nothing. */
import type { Actor } from '../../../platform/actor.ts'
import type { Services } from '../../../platform/services.ts'
import { type LandContactsInput, landContacts, stageOf, tagsOf } from '../../workspace/index.ts'
import { type PersonFact, type PersonKind, peopleAfter, peopleOf } from '../store/contacts-gather.ts'
import { uniteContacts, uniteCustomers } from './customers-unite.ts'

const PAGE = 500
const KINDS: readonly PersonKind[] = ['customers', 'contacts']

/** All of them, as history: nobody is told of thousands of people who were known already. Safe to repeat. */
export async function gatherContacts(services: Services, actor: Actor): Promise<void> {
  const db = services.tenant(actor.tenantId)
  for (const kind of KINDS) {
    let after = { sourceId: '', extId: '' }
    for (;;) {
      const people = await db.get(peopleAfter(db, kind, after, PAGE))
      await land(services, actor, kind, people, 'history')
      const last = people.at(-1)
      if (!last || people.length < PAGE) break
      after = { sourceId: last.source_id, extId: last.ext_id }
    }
  }
  await uniteCustomers(services, actor)
}

/** Those whom one delivery told of. */
export async function gatherSome(
  services: Services,
  actor: Actor,
  sourceId: string,
  extIds: { customers: string[]; contacts: string[] },
  origin: 'live' | 'history',
): Promise<void> {
  const db = services.tenant(actor.tenantId)
  for (const kind of KINDS) {
    if (extIds[kind].length === 0) continue
    const people = await db.get(peopleOf(db, kind, sourceId, extIds[kind]))
    await uniteContacts(services, actor, await land(services, actor, kind, people, origin))
  }
}

/** One call for each source of the page; answers the contacts that they are. */
async function land(
  services: Services,
  actor: Actor,
  kind: PersonKind,
  people: readonly PersonFact[],
  origin: 'live' | 'history',
): Promise<string[]> {
  const contactIds: string[] = []
  const groups = Map.groupBy(people, (person) => person.source_id)
  for (const [sourceId, group] of groups) {
    const [first] = group
    if (!first) continue
    const landed = await landContacts(services, actor, {
      sourceId,
      source: first.source_type,
      origin,
      records: group.map((person) => recordOf(kind, person)),
    })
    if (!landed.ok) throw new Error(landed.error.detail)
    contactIds.push(...landed.value.map(({ contactId }) => contactId))
  }
  return contactIds
}

const recordOf = (kind: PersonKind, person: PersonFact): LandContactsInput['records'][number] => ({
  // customers and contacts of one source may share a number without being the same person
  externalId: kind === 'contacts' ? `contact:${person.ext_id}` : person.ext_id,
  at: person.at,
  hash: person.hash,
  name: person.name,
  email: person.email,
  phone: person.phone,
  company: person.company,
  stage: kind === 'customers' ? 'customer' : stageOf(person.stage),
  tags: tagsOf(person.tags),
  sourceDetail: person.source_name,
})
