/** The way in for contacts of every kind: decided in memory, written in one transaction a batch, the same again writes nothing. */
import { type Actor, can } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { forbidden, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { emailKey } from '../domain/contact.ts'
import { type LandingPlan, type LandRecord, type Outcome, planLanding } from '../domain/contact-landing.ts'
import { cleanPhone } from '../domain/contact-phone.ts'
import * as store from '../store/contacts-landing.ts'

/** `history` never triggers (architecture.md): it moves cards and their history, and emits nothing. */
export type ContactOrigin = 'live' | 'history' | 'form' | 'api' | 'manual'

export interface LandContactsInput {
  /** A data source id, or `form`, `csv`, `api`, `manual`: the name space of the records' external ids. */
  sourceId: string
  /** What people read: `stripe`, `csv`, `form`, `api`, `manual`. */
  source: string
  origin: ContactOrigin
  records: readonly LandRecord[]
  /** Where the people are from, for telephone numbers; the workspace's country when left out. */
  country?: string
}

const CHUNK = 250
const TRIES = 5

/** One outcome for each record, in their order. */
export async function landContacts(
  services: Services,
  actor: Actor,
  input: LandContactsInput,
): Promise<Result<{ contactId: string; outcome: Outcome }[]>> {
  if (!can(actor, 'contacts:write')) return forbidden('add contacts')
  const country = input.country ?? actor.workspace.country
  const outcomes: LandingPlan['outcomes'] = []
  for (let from = 0; from < input.records.length; from += CHUNK) {
    const records = input.records
      .slice(from, from + CHUNK)
      .map((record) => ({ ...record, phone: cleanPhone(record.phone, country) }))
    outcomes.push(...(await landChunk(services, actor, input, records)))
  }
  return ok(outcomes)
}

async function landChunk(
  services: Services,
  actor: Actor,
  input: LandContactsInput,
  records: LandRecord[],
): Promise<LandingPlan['outcomes']> {
  const db = services.tenant(actor.tenantId)
  const externalIds = records.flatMap(({ externalId }) => (externalId === null ? [] : [externalId]))
  const keys = records.flatMap(({ email }) => emailKey(email) ?? [])
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const now = services.clock.now()
    const [sources, cards] = await db.getAll(store.knownQueries(db, input.sourceId, externalIds, keys))
    const plan = planLanding(records, { sources, cards }, () => uuidv7(now))
    if (await writePlan(services, actor, input, plan, now)) return plan.outcomes
  }
  throw new Error('contacts kept changing while they were landed')
}

/** False when somebody else was quicker with one of the cards: what could be written is, the rest is decided anew. */
async function writePlan(
  services: Services,
  actor: Actor,
  input: LandContactsInput,
  plan: LandingPlan,
  now: number,
): Promise<boolean> {
  const db = services.tenant(actor.tenantId)
  const words = {
    sourceId: input.sourceId,
    source: input.source,
    nowIso: isoInstant(now),
    actorName: actor.kind === 'system' ? input.source : actor.name,
  }
  const made = plan.cards.filter((card) => card.before === null)
  const changed = plan.cards.filter((card) => card.before !== null)
  const tags = plan.cards.flatMap(({ id, version, before, after }) =>
    after.tags.filter((tag) => !before?.tags.includes(tag)).map((tag) => ({ contactId: id, version, tag })),
  )
  const events = plan.events.map((event) => ({ ...event, id: uuidv7(now) }))
  const told = input.origin === 'history' ? [] : outboxOf(plan, input, now)
  const statements = [
    made.length > 0 ? store.insertCards(db, made, plan, words) : null,
    plan.sources.length > 0 ? store.keepSources(db, plan, input.sourceId) : null,
    tags.length > 0 ? store.addTags(db, tags) : null,
    events.length > 0 ? store.keepEvents(db, events, words) : null,
    told.length > 0 ? store.tellOutbox(db, told, now) : null,
    changed.length > 0 ? store.updateCards(db, changed, words.nowIso) : null,
  ]
  const counts = await db.write(statements.filter((statement) => statement !== null))
  for (const { id } of told)
    await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId: id })
  const madeAll = made.length === 0 || counts[0] === made.length
  return madeAll && (changed.length === 0 || counts.at(-1) === changed.length)
}

/** `lead.created` for new leads; a stage that moved and a consent that changed for cards that were there. */
function outboxOf(plan: LandingPlan, input: LandContactsInput, now: number) {
  return plan.cards.flatMap(({ id, version, before, after, sourceDetail, ownerId }) => {
    const base = { contactId: id, version }
    const common = { contact_id: id, source: input.source }
    const lead = {
      ...base,
      id: `lead:${id}`,
      type: 'lead.created',
      payload: { ...common, source_detail: sourceDetail, owner_id: ownerId, consent: after.consent.state },
    }
    const stage = {
      ...base,
      id: uuidv7(now),
      type: 'contact.stage_changed',
      payload: { contact_id: id, from: before?.stage ?? 'lead', to: after.stage },
    }
    const consent = {
      ...base,
      id: uuidv7(now),
      type: 'contact.consent_changed',
      payload: { contact_id: id, from: before?.consent.state ?? 'unknown', to: after.consent.state },
    }
    return [
      ...(before === null && after.stage === 'lead' ? [lead] : []),
      ...(before !== null && before.stage !== after.stage ? [stage] : []),
      ...((before?.consent.state ?? 'unknown') !== after.consent.state ? [consent] : []),
    ]
  })
}

/** A data source is being removed. Its contacts stay, unless they are samples (`withCards`) that nobody else told of. */
export async function releaseContacts(
  services: Services,
  actor: Actor,
  sourceId: string,
  { withCards }: { withCards: boolean },
): Promise<void> {
  const db = services.tenant(actor.tenantId)
  await db.write(store.releaseSource(db, sourceId, withCards))
}
