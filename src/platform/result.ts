/** Expected outcomes are values: a `Result` is ok with a value or not ok with a `Failure` that a caller can show. */

export interface FieldError {
  /** Dotted path of the field, as the caller named it. */
  path: string
  message: string
}

/** Kinds map to one HTTP status each in `http/problem.tsx`; actions know nothing of HTTP. */
export type FailureKind =
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'stale'
  | 'invalid'
  | 'malformed'
  | 'too_large'
  | 'unsupported'
  | 'rate_limited'
  | 'unavailable'

export interface Failure {
  kind: FailureKind
  /** Stable word for clients, e.g. `email-taken`; it ends the RFC 9457 `type`. */
  slug: string
  /** One sentence for a person: what happened and what to do. */
  detail: string
  errors?: FieldError[]
  /** Seconds, for `rate_limited` and `unavailable`. */
  retryAfter?: number
  /** Of a read in pages: the place that it had reached leads nowhere any more, so the next try begins at its start. */
  anew?: true
}

export type Result<T, E = Failure> = { ok: true; value: T } | { ok: false; error: E }

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })

export const err = <E>(error: E): { ok: false; error: E } => ({ ok: false, error })

export function fail(
  kind: FailureKind,
  slug: string,
  detail: string,
  more: Pick<Failure, 'errors' | 'retryAfter' | 'anew'> = {},
): { ok: false; error: Failure } {
  return { ok: false, error: { kind, slug, detail, ...more } }
}

/** Not found and not yours are the same answer (DESIGN 4.2). */
export const notFound = (what: string) =>
  fail('not_found', 'not-found', `There is no such ${what} in this workspace.`)

export const forbidden = (what: string) =>
  fail('forbidden', 'forbidden', `Your role does not allow you to ${what}. Ask an owner or admin.`)

export const invalid = (errors: FieldError[], detail = 'Some fields need another look.') =>
  fail('invalid', 'invalid', detail, { errors })
