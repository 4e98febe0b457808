/** What a batch of tellings does to the contacts that are known: which cards are made, which change, and what is told of it. */
import { emailKey, type Stage } from './contact.ts'
import { type CardState, emptyCard, mergeTelling, type Telling } from './contact-merge.ts'

/** A telling with who it is about. `hash` is of its content: the same again is nothing new. */
export interface LandRecord extends Telling {
  /** What the source calls this person; null: known by e-mail address only. */
  externalId: string | null
  hash: string
  sourceDetail?: string
  ownerId?: string | null
  note?: string
  /** A line for the history of the contact. */
  event?: { kind: string; title: string; detail: Record<string, unknown> }
}

export interface KnownCard extends CardState {
  id: string
  version: number
}

export interface KnownSource {
  externalId: string
  contactId: string
  at: string
  hash: string
}

export interface Known {
  cards: readonly KnownCard[]
  /** What this source calls them. */
  sources: readonly KnownSource[]
}

/** A card that is made (`before` null) or changed. */
export interface PlannedCard {
  id: string
  version: number
  before: CardState | null
  after: CardState
  sourceDetail: string
  ownerId: string | null
  note: string
}

export type Outcome = 'created' | 'changed' | 'unchanged'

export interface LandingPlan {
  cards: PlannedCard[]
  sources: { contactId: string; version: number; externalId: string; at: string; hash: string }[]
  events: {
    contactId: string
    version: number
    kind: string
    title: string
    detail: Record<string, unknown>
  }[]
  /** One for each record, in their order. */
  outcomes: { contactId: string; outcome: Outcome }[]
}

/** `newId` gives the id of a card to be made. Nobody is taken from the card of another by an e-mail address that is taken. */
export function planLanding(
  records: readonly LandRecord[],
  known: Known,
  newId: () => string,
  newStage: Stage = 'lead',
): LandingPlan {
  const cards = new Map<string, PlannedCard>()
  for (const { id, version, ...state } of known.cards)
    cards.set(id, { id, version, before: state, after: state, sourceDetail: '', ownerId: null, note: '' })
  const byEmail = new Map<string, string>()
  for (const card of known.cards) {
    const key = emailKey(card.email)
    if (key) byEmail.set(key, card.id)
  }
  const bySource = new Map(known.sources.map((source) => [source.externalId, source]))
  const plan: LandingPlan = { cards: [], sources: [], events: [], outcomes: [] }
  for (const record of records) {
    const key = emailKey(record.email)
    const told = record.externalId === null ? undefined : bySource.get(record.externalId)
    const id = told?.contactId ?? (key ? byEmail.get(key) : undefined)
    const card = (id && cards.get(id)) || newCard(record, newId(), newStage)
    const made = !cards.has(card.id)
    if (told && (told.hash === record.hash || told.at > record.at)) {
      plan.outcomes.push({ contactId: card.id, outcome: 'unchanged' })
      continue
    }
    cards.set(card.id, card)
    const before = card.after
    const taken = key !== null && (byEmail.get(key) ?? card.id) !== card.id
    card.after = mergeTelling(before, taken ? { ...record, email: null } : record)
    const nowKey = emailKey(card.after.email)
    const oldKey = emailKey(before.email)
    if (oldKey && oldKey !== nowKey) byEmail.delete(oldKey)
    if (nowKey) byEmail.set(nowKey, card.id)
    const { version } = card
    if (record.externalId !== null) {
      const { externalId, at, hash } = record
      bySource.set(externalId, { externalId, contactId: card.id, at, hash })
      plan.sources.push({ contactId: card.id, version, externalId, at, hash })
    }
    if (record.event) plan.events.push({ contactId: card.id, version, ...record.event })
    const outcome: Outcome = made ? 'created' : card.after === before ? 'unchanged' : 'changed'
    plan.outcomes.push({ contactId: card.id, outcome })
  }
  plan.cards = [...cards.values()].filter((card) => card.before === null || card.after !== card.before)
  for (const card of plan.cards) plan.events.push(...movesOf(card))
  return plan
}

const newCard = (record: LandRecord, id: string, stage: Stage): PlannedCard => ({
  id,
  version: 1,
  before: null,
  after: emptyCard(stage),
  sourceDetail: record.sourceDetail ?? '',
  ownerId: record.ownerId ?? null,
  note: record.note ?? '',
})

/** Lines of the history: a stage that moved, a consent with its words. What a card begins with says the card itself. */
export function movesOf({
  id,
  version,
  before,
  after,
}: Pick<PlannedCard, 'id' | 'version' | 'before' | 'after'>) {
  const lines: LandingPlan['events'] = []
  if (before && before.stage !== after.stage)
    lines.push({
      contactId: id,
      version,
      kind: 'stage',
      title: `Stage: ${before.stage} → ${after.stage}`,
      detail: { from: before.stage, to: after.stage },
    })
  const consent = after.consent
  if (consent.state !== 'unknown' && JSON.stringify(before?.consent) !== JSON.stringify(consent))
    lines.push({
      contactId: id,
      version,
      kind: 'consent',
      title: consent.state === 'given' ? 'Consent to marketing given' : 'Consent to marketing withdrawn',
      detail: { ...consent, from: before?.consent.state ?? 'unknown' },
    })
  return lines
}
