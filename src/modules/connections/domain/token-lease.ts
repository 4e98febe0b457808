/** When a token is good enough, what becomes of a refreshed one, and how a connection's calls keep to a vendor's pace. */
import type { Failure } from '../../../platform/result.ts'
import type { Credentials } from '../../../platform/vendor.ts'

/** A token handed out is good for at least this long, so that a slow call does not outlive it. */
export const FRESH_FOR_MS = 120_000
/** After a vendor did not answer, nobody asks it for a new token for this long. */
export const PAUSE_MS = 30_000
/** After a vendor refused a connection for good, nobody asks again for this long. */
export const REFUSAL_MS = 20_000

/** True when the access token holds for two minutes more, or does not end. */
export const isFresh = (credentials: Credentials, nowMs: number): boolean =>
  credentials.expiresAt === undefined || credentials.expiresAt - nowMs >= FRESH_FOR_MS

/** True while the access token holds at all. */
export const isAlive = (credentials: Credentials, nowMs: number): boolean =>
  credentials.expiresAt === undefined || credentials.expiresAt > nowMs

/** A failure that may be gone at the next try. Every other one is for a person: the access, the app or a setting is wrong. */
export const isPassing = ({ kind }: Pick<Failure, 'kind'>): boolean =>
  kind === 'unavailable' || kind === 'rate_limited'

/** What is kept after a refresh: a vendor that gave no new refresh token means the old one; a replaced one is kept for one retry. */
export function afterRefresh(before: Credentials, answer: Credentials): Credentials {
  const refreshToken = answer.refreshToken ?? before.refreshToken
  const { previousRefreshToken: _older, ...kept } = before
  const rotated = before.refreshToken !== undefined && refreshToken !== before.refreshToken
  return {
    ...kept,
    ...answer,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(rotated ? { previousRefreshToken: before.refreshToken } : {}),
    // a new token without an end does not inherit the end of the old one
    ...(answer.expiresAt === undefined ? { expiresAt: undefined } : {}),
  }
}

/** The same credentials with the refresh token before this one; null when there is none to try. */
export function withPrevious(credentials: Credentials): Credentials | null {
  const { previousRefreshToken, ...rest } = credentials
  if (!previousRefreshToken || previousRefreshToken === credentials.refreshToken) return null
  return { ...rest, refreshToken: previousRefreshToken }
}

/** A vendor's allowance: calls held at most, and how many come back a second. */
export interface Pace {
  capacity: number
  perSecond: number
}

/** What is left of it at an instant (milliseconds), and until when the vendor asked for silence. */
export interface Bucket {
  tokens: number
  at: number
  heldUntil: number
}

export const fullBucket = (pace: Pace, nowMs: number): Bucket => ({
  tokens: pace.capacity,
  at: nowMs,
  heldUntil: 0,
})

/**
 * Takes a call of this cost. `waitMs` 0: it may go out and is counted; else nothing is taken and the caller asks again
 * after that time. A cost above the capacity counts as the whole bucket, so that it is late and not impossible.
 */
export function takeFrom(
  bucket: Bucket,
  pace: Pace,
  cost: number,
  nowMs: number,
): { bucket: Bucket; waitMs: number } {
  // a clock that went back gives nothing and takes nothing
  const now = Math.max(nowMs, bucket.at)
  const tokens = Math.min(pace.capacity, bucket.tokens + ((now - bucket.at) / 1000) * pace.perSecond)
  const filled = { ...bucket, tokens, at: now }
  if (now < bucket.heldUntil) return { bucket: filled, waitMs: Math.ceil(bucket.heldUntil - now) }
  const wanted = Math.min(Math.max(cost, 0), pace.capacity)
  // tokens are fractions: what is missing by a rounding error is not missing
  if (tokens + 1e-6 >= wanted)
    return { bucket: { ...filled, tokens: Math.max(0, tokens - wanted) }, waitMs: 0 }
  return { bucket: filled, waitMs: Math.max(1, Math.ceil(((wanted - tokens) / pace.perSecond) * 1000)) }
}

/** Nobody calls for `forMs`; a shorter wish does not shorten a longer one. */
export const holdBucket = (bucket: Bucket, forMs: number, nowMs: number): Bucket => ({
  ...bucket,
  heldUntil: Math.max(bucket.heldUntil, nowMs + Math.max(0, forMs)),
})
