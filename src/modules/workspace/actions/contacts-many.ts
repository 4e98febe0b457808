/** Many contacts at once: a batch from a program, a stage or tag for those that were ticked, the list as a file. */
import * as z from 'zod'
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { sha256Hex } from '../../../platform/crypto/digest.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { type FieldError, forbidden, invalid, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { emailKey, MAX_TAG, newContact, STAGES, tidyTags } from '../domain/contact.ts'
import { type LandRecord, movesOf, type PlannedCard } from '../domain/contact-landing.ts'
import { joinTags } from '../domain/contact-merge.ts'
import { cleanPhone } from '../domain/contact-phone.ts'
import type { ContactFilter } from '../domain/contact-query.ts'
import { contactsByIds } from '../store/contacts.ts'
import * as landing from '../store/contacts-landing.ts'
import { type ContactView, listContacts, viewOf } from './contacts.ts'
import { landContacts } from './contacts-land.ts'
import { fieldErrors } from './sign-up.ts'

export const MOST_IN_BATCH = 1000

export interface BatchLine {
  /** Place in the batch, from 0. */
  index: number
  outcome: 'created' | 'changed' | 'unchanged' | 'refused'
  id: string | null
  errors?: FieldError[]
}

/**
 * Makes or updates up to 1,000 contacts, told apart by `external_id`, else by e-mail address. A row that cannot be read is
 * refused on its own. The same batch again changes nothing.
 */
export async function landBatch(
  services: Services,
  actor: Actor,
  rows: readonly unknown[],
): Promise<Result<BatchLine[]>> {
  if (!can(actor, 'contacts:write')) return forbidden('add contacts')
  if (rows.length > MOST_IN_BATCH)
    return invalid([
      { path: 'contacts', message: `Send at most ${MOST_IN_BATCH.toLocaleString('en')} at once.` },
    ])
  const at = isoInstant(services.clock.now())
  const members = new Set(
    (await services.directory.membersOf(actor.tenantId)).map(({ personId }) => personId),
  )
  const records: { index: number; record: LandRecord }[] = []
  const lines: BatchLine[] = []
  for (const [index, row] of rows.entries()) {
    const parsed = newContact.safeParse(row)
    const owner = parsed.data?.owner_id
    const errors = parsed.success ? [] : fieldErrors(parsed.error.issues)
    if (owner && !members.has(owner))
      errors.push({ path: 'owner_id', message: 'Choose somebody of this workspace.' })
    if (parsed.success && errors.length === 0)
      records.push({ index, record: await recordOf(parsed.data, at, actor) })
    else lines.push({ index, outcome: 'refused', id: null, errors })
  }
  const landed = await landContacts(services, actor, {
    sourceId: 'api',
    source: 'api',
    origin: 'api',
    records: records.map(({ record }) => record),
  })
  if (!landed.ok) return landed
  for (const [place, { outcome, contactId }] of landed.value.entries())
    lines.push({ index: records[place]?.index ?? 0, outcome, id: contactId })
  return ok(lines.sort((a, b) => a.index - b.index))
}

/** Without a number of the caller's the address stands for it, so that the same row again is known. */
async function recordOf(row: z.output<typeof newContact>, at: string, actor: Actor): Promise<LandRecord> {
  const { external_id, source_detail, owner_id, tags, consent, ...fields } = row
  const key = emailKey(row.email)
  const phone = cleanPhone(row.phone, actor.workspace.country)
  return {
    ...fields,
    at,
    externalId:
      external_id ?? (key ? `email:${key}` : `phone:${phone ?? ''}:${row.name ?? ''}`.slice(0, 200)),
    hash: (await sha256Hex(JSON.stringify(row))).slice(0, 32),
    sourceDetail: source_detail,
    ownerId: owner_id,
    tags: tidyTags(tags ?? []),
    consent: consent && { at, ...consent, source: consent.source ?? `API key ${actor.name}` },
  }
}

const bulkSchema = z
  .strictObject({
    ids: z.array(z.string().max(60)).min(1, 'Tick at least one contact.').max(200, 'At most 200 at once.'),
    stage: z.enum(STAGES).optional(),
    tag: z.string().trim().max(MAX_TAG, `At most ${MAX_TAG} characters.`).optional(),
    untag: z.string().trim().max(MAX_TAG).optional(),
  })
  .refine(({ stage, tag, untag }) => stage || tag || untag, {
    message: 'Choose a stage or write a tag.',
    path: ['tag'],
  })

/** Gives those contacts a stage, a tag or both; answers how many changed. */
export async function changeMany(
  services: Services,
  actor: Actor,
  input: unknown,
): Promise<Result<{ changed: number }>> {
  if (!can(actor, 'contacts:write')) return forbidden('change contacts')
  const parsed = bulkSchema.safeParse(input)
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const { ids, stage, tag = '', untag = '' } = parsed.data
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  const nowIso = isoInstant(now)
  const known = (await db.get(contactsByIds(db, ids))).map(viewOf)
  const cards = known
    .map((card) => plannedOf(card, { stage, tag, untag }, nowIso))
    .filter(({ before, after }) => after.stage !== before?.stage || after.tags !== before?.tags)
  if (cards.length === 0) return ok({ changed: 0 })
  const tagsOf = (pick: (card: PlannedCard) => string[]) =>
    cards.flatMap((card) =>
      pick(card).map((word) => ({ contactId: card.id, version: card.version, tag: word })),
    )
  const added = tagsOf(({ before, after }) => after.tags.filter((word) => !before?.tags.includes(word)))
  const dropped = tagsOf(({ before, after }) =>
    (before?.tags ?? []).filter((word) => !after.tags.includes(word)),
  )
  const told = cards
    .filter(({ before, after }) => before?.stage !== after.stage)
    .map(({ id, version, before, after }) => ({
      contactId: id,
      version,
      id: uuidv7(now),
      type: 'contact.stage_changed',
      payload: { contact_id: id, from: before?.stage, to: after.stage },
    }))
  const lines = cards.flatMap(movesOf).map((line) => ({ ...line, id: uuidv7(now) }))
  const counts = await db.write([
    landing.dropTags(db, dropped),
    landing.addTags(db, added),
    landing.keepEvents(db, lines, { nowIso, actorName: actor.name }),
    landing.tellOutbox(db, told, now),
    landing.updateCards(db, cards, nowIso),
    recordAudit(db, now, actor, 'contacts.changed', actor.tenantId, {
      stage,
      tag,
      untag,
      count: cards.length,
    }),
  ])
  for (const { id } of told)
    await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId: id })
  return ok({ changed: counts[4] ?? 0 })
}

function plannedOf(
  card: ContactView,
  { stage, tag, untag }: { stage?: ContactView['stage']; tag: string; untag: string },
  nowIso: string,
): PlannedCard {
  const left = untag ? card.tags.filter((word) => word.toLowerCase() !== untag.toLowerCase()) : card.tags
  const joined = joinTags(left, tidyTags([tag]))
  const same = joined.length === card.tags.length && joined.every((word) => card.tags.includes(word))
  const moved = stage !== undefined && stage !== card.stage
  const after = {
    ...card,
    tags: same ? card.tags : joined,
    stage: moved ? stage : card.stage,
    fieldsAt: moved ? { ...card.fieldsAt, stage: nowIso } : card.fieldsAt,
  }
  const { id, version, ownerId, note, sourceDetail } = card
  return { id, version, before: card, after, sourceDetail, ownerId, note }
}

const MOST_IN_FILE = 50_000

/** Pages of the whole list, for a file. */
export async function* exportContacts(
  services: Services,
  actor: Actor,
  filter: ContactFilter,
): AsyncGenerator<ContactView[]> {
  let cursor: string | undefined
  for (let read = 0; read < MOST_IN_FILE; ) {
    const page = await listContacts(
      services,
      actor,
      { ...filter, order: { key: 'created', direction: 'ascending' }, cursor },
      500,
    )
    if (!page.ok) return
    yield page.value.contacts
    read += page.value.contacts.length
    if (!page.value.nextCursor) return
    cursor = page.value.nextCursor
  }
}
