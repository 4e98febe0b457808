/** Which of several prices is the one to pay: sources vote with what they are worth, and in doubt nobody wins. */
import type { Candidate, Source } from './candidate.ts'

/** How often a source was right on pages that were looked at by people (research 4.1). */
const TRUST: Record<Source, number> = {
  ...{ 'json-ld': 0.91, state: 0.85, amazon: 0.98, microdata: 0.76, meta: 0.73, visible: 0.55 },
  words: 0.5,
}

export interface Vote {
  amount: string
  currency: string | null
  /** 0 to 1. */
  confidence: number
  /** Sure enough to be told without a second look. */
  accepted: boolean
}

const AGREED = 0.5
const ENOUGH = 0.6
const AHEAD = 0.15

/** Null: no source names a price. Equal values of two sources count as one said twice. */
export function voted(candidates: readonly Candidate[]): Vote | null {
  const sums = new Map<number, { candidates: Candidate[]; doubt: number }>()
  for (const candidate of candidates) {
    if (candidate.role !== 'current') continue
    const value = Number(candidate.amount)
    const known = sums.get(value) ?? { candidates: [], doubt: 1 }
    if (!known.candidates.some(({ source }) => source === candidate.source)) {
      known.candidates.push(candidate)
      known.doubt *= 1 - TRUST[candidate.source]
    }
    sums.set(value, known)
  }
  // sources that agree although they are made apart are worth more than each for itself
  for (const sum of sums.values()) if (sum.candidates.length > 1) sum.doubt *= AGREED
  const ranked = [...sums.values()].sort((a, b) => a.doubt - b.doubt)
  const [best, second] = ranked
  const first = best?.candidates[0]
  if (!best || !first) return null
  const lead = (second?.doubt ?? 1) - best.doubt
  const confidence = (1 - best.doubt) * (second ? Math.min(1, 0.5 + lead) : 1)
  const currency = best.candidates.flatMap((one) => one.currency ?? [])[0] ?? null
  return {
    amount: first.amount,
    currency,
    confidence,
    accepted: confidence >= ENOUGH && (!second || lead >= AHEAD),
  }
}
