/** Two cards that are one person: what the kept one becomes, and what is taken from it when the merge is undone. */
import type { Stage } from './contact.ts'
import { type CardState, joinTags, mergeConsent } from './contact-merge.ts'

export interface WholeCard extends CardState {
  ownerId: string | null
  note: string
}

const RANK: Record<Stage, number> = { lead: 0, lost: 1, qualified: 2, customer: 3 }
const FIELDS = ['name', 'email', 'phone', 'company'] as const

/** What the kept card says stands; its blanks are filled by the other. The later word on consent counts. */
export function joinCards(kept: WholeCard, other: WholeCard): WholeCard {
  const filled = Object.fromEntries(FIELDS.map((field) => [field, kept[field] || other[field]]))
  const { state, ...words } = other.consent
  const consent = state === 'unknown' ? undefined : { state, ...words }
  return {
    ...kept,
    ...filled,
    name: kept.name || other.name,
    stage: RANK[other.stage] > RANK[kept.stage] ? other.stage : kept.stage,
    consent: mergeConsent(kept.consent, { at: other.consent.at ?? '', consent }),
    tags: joinTags(kept.tags, other.tags),
    fieldsAt: { ...other.fieldsAt, ...kept.fieldsAt },
    lastActivityAt: [kept.lastActivityAt, other.lastActivityAt].sort().at(-1) ?? null,
    ownerId: kept.ownerId ?? other.ownerId,
    note: [kept.note, other.note].filter(Boolean).join('\n\n').slice(0, 5000),
  }
}

/** The card as it is now, without what it still has from the merge: later changes by people stay. */
export function partCards(now: WholeCard, before: WholeCard, merged: WholeCard): WholeCard {
  const back = { ...now } as Record<string, unknown>
  for (const field of [...FIELDS, 'stage', 'ownerId', 'note', 'lastActivityAt'] as const)
    if (now[field] === merged[field]) back[field] = before[field]
  if (JSON.stringify(now.consent) === JSON.stringify(merged.consent)) back.consent = before.consent
  const own = new Set(before.tags.map((tag) => tag.toLowerCase()))
  const fromMerge = new Set(merged.tags.filter((tag) => !own.has(tag.toLowerCase())))
  back.tags = now.tags.filter((tag) => !fromMerge.has(tag))
  return back as unknown as WholeCard
}
