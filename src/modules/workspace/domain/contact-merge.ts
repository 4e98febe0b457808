/**
 * How what a source tells joins what is known of a contact. The later telling of a field wins, whoever comes first, so
 * records give the same card in any order; what a person wrote is a telling of the moment they wrote it.
 */
import { type ConsentState, MAX_TAGS, type Stage } from './contact.ts'

export interface Consent {
  state: ConsentState
  at: string | null
  source: string | null
  text: string | null
}

/** What is known of a contact. `fieldsAt` holds when each field was last told (ISO instants). */
export interface CardState {
  name: string
  email: string | null
  phone: string | null
  company: string | null
  stage: Stage
  consent: Consent
  tags: string[]
  fieldsAt: Readonly<Record<string, string>>
  lastActivityAt: string | null
}

/** What one source says about one person, as it stood at the instant `at`. */
export interface Telling {
  at: string
  name?: string | null
  email?: string | null
  phone?: string | null
  company?: string | null
  stage?: Stage
  consent?: { state: 'given' | 'withdrawn'; at?: string | null; source?: string | null; text?: string | null }
  tags?: readonly string[]
  /** Something the person did, e.g. sent a form. */
  activeAt?: string | null
}

export const emptyCard = (stage: Stage): CardState => ({
  name: '',
  email: null,
  phone: null,
  company: null,
  stage,
  consent: { state: 'unknown', at: null, source: null, text: null },
  tags: [],
  fieldsAt: {},
  lastActivityAt: null,
})

const FIELDS = ['name', 'email', 'phone', 'company'] as const

/** The card after the telling; the same object when it says nothing new. */
export function mergeTelling(card: CardState, telling: Telling): CardState {
  const next: CardState = { ...card, fieldsAt: { ...card.fieldsAt } }
  const fieldsAt = next.fieldsAt as Record<string, string>
  for (const field of FIELDS) {
    const value = telling[field]?.trim()
    if (!value || !tellsNewer(card, field, value, telling.at)) continue
    next[field] = value
    fieldsAt[field] = telling.at
  }
  next.stage = mergeStage(card, telling)
  next.consent = mergeConsent(card.consent, telling)
  next.tags = joinTags(card.tags, telling.tags ?? [])
  if (telling.activeAt && telling.activeAt > (card.lastActivityAt ?? ''))
    next.lastActivityAt = telling.activeAt
  return sameCard(card, next) ? card : next
}

/** Blanks that nobody emptied on purpose are filled at any time; of two tellings of one instant the greater text wins. */
function tellsNewer(card: CardState, field: (typeof FIELDS)[number], value: string, at: string): boolean {
  const [known, knownAt] = [card[field], card.fieldsAt[field]]
  if (!known && knownAt === undefined) return true
  if (knownAt === undefined || at > knownAt) return true
  return at === knownAt && value > (known ?? '')
}

const RANK: Record<Stage, number> = { lead: 0, qualified: 1, lost: 2, customer: 3 }

/** Sources move a stage only onward: a customer never falls back. A person's choice stands against what was told before it. */
function mergeStage(card: CardState, { stage, at }: Telling): Stage {
  const chosenAt = card.fieldsAt.stage
  if (!stage || (chosenAt !== undefined && at <= chosenAt)) return card.stage
  return RANK[stage] > RANK[card.stage] ? stage : card.stage
}

/**
 * The later word counts; of one instant, or against a consent of unknown time, the withdrawal does. Consent that
 * nobody can date never lifts a withdrawal (GDPR article 7(1): it must be shown).
 */
export function mergeConsent(known: Consent, telling: Pick<Telling, 'at' | 'consent'>): Consent {
  const told = telling.consent
  if (!told) return known
  const at = told.at ?? (told.state === 'withdrawn' ? telling.at : null)
  const coming: Consent = { state: told.state, at, source: told.source ?? null, text: told.text ?? null }
  if (known.state === 'unknown') return coming
  const [a, b] = [known.at ?? '', at ?? '']
  if (b !== a) return b > a ? coming : known
  if (coming.state !== known.state) return coming.state === 'withdrawn' ? coming : known
  const words = (consent: Consent) => `${consent.source ?? ''}\n${consent.text ?? ''}`
  return words(coming) > words(known) ? coming : known
}

/** In the order of the alphabet, so that it does not matter who came first. */
export function joinTags(known: readonly string[], coming: readonly string[]): string[] {
  const kept = new Map(known.map((tag) => [tag.toLowerCase(), tag]))
  const fresh = coming.filter((tag) => !kept.has(tag.toLowerCase()))
  if (fresh.length === 0) return [...known]
  for (const tag of fresh) kept.set(tag.toLowerCase(), tag)
  return [...kept.values()].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)).slice(0, MAX_TAGS)
}

export const sameCard = (a: CardState, b: CardState): boolean =>
  FIELDS.every((field) => a[field] === b[field] && a.fieldsAt[field] === b.fieldsAt[field]) &&
  a.stage === b.stage &&
  a.fieldsAt.stage === b.fieldsAt.stage &&
  a.lastActivityAt === b.lastActivityAt &&
  JSON.stringify(a.consent) === JSON.stringify(b.consent) &&
  a.tags.join('\n') === b.tags.join('\n')
