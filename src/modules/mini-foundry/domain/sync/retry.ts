/** How long a stream waits after a failure, and when it gives up and asks for a person. Pure; milliseconds. */
import type { Failure } from '../../../../platform/result.ts'
import { contentHash } from '../facts.ts'

export const MAX_ATTEMPTS = 8
const FIRST_MS = 15_000
const LONGEST_MS = 3_600_000

/**
 * Doubles from 15 s to an hour, less up to a quarter, so that those who failed together do not come back together. The
 * share follows from `seed`: the same attempt of the same stream waits the same time.
 */
export function backoffMs(attempt: number, seed: string): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, attempt - 1))
  const share = Number.parseInt(contentHash(`${seed}:${attempt}`).slice(0, 8), 16) / 0xffffffff
  return Math.round(full * (1 - share / 4))
}

export type Verdict = { kind: 'wait'; ms: number } | { kind: 'retry'; ms: number } | { kind: 'give-up' }

/** `attempt`: how many times it has failed now, this one included. Being told to wait is no failure. */
export function judgeFailure(failure: Failure, attempt: number, seed: string): Verdict {
  const asked = (failure.retryAfter ?? 0) * 1000
  if (failure.kind === 'rate_limited') return { kind: 'wait', ms: Math.max(asked, 1_000) }
  if (failure.kind === 'unauthenticated' || failure.kind === 'forbidden') return { kind: 'give-up' }
  if (attempt >= MAX_ATTEMPTS) return { kind: 'give-up' }
  return { kind: 'retry', ms: Math.max(asked, backoffMs(attempt, seed)) }
}

/** What to do about it, in words, after what happened. */
export function wordsOf(failure: Failure, verdict: Verdict, needs?: string): string {
  if (verdict.kind !== 'give-up') return `${failure.detail} We try again by ourselves.`
  if (failure.kind === 'unauthenticated') return `${failure.detail} Connect it again to go on.`
  if (failure.kind === 'forbidden')
    return `${failure.detail}${needs ? ` It needs the permission ${needs}.` : ''} Connect it again and allow this.`
  return `${failure.detail} It failed ${MAX_ATTEMPTS} times. Press "Read again" once the cause is gone.`
}
