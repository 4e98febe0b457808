/** Failures as RFC 9457 problem details: the one place that knows their HTTP status. */
import type { TypedResponse } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Failure, FailureKind, FieldError } from '../platform/result.ts'
import type { AppContext } from './context.ts'

const STATUS = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  stale: 412,
  too_large: 413,
  unsupported: 415,
  invalid: 422,
  rate_limited: 429,
  unavailable: 503,
} as const satisfies Record<FailureKind, ContentfulStatusCode>

const TITLE: Record<FailureKind, string> = {
  malformed: 'Malformed request',
  unauthenticated: 'Sign in or send an API key',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  conflict: 'Conflict',
  stale: 'Changed by someone else',
  too_large: 'Too large',
  unsupported: 'Unsupported media type',
  invalid: 'Invalid input',
  rate_limited: 'Too many requests',
  unavailable: 'Not available right now',
}

export type ProblemStatus = (typeof STATUS)[FailureKind]

/** Fits every typed route: their typed answers know the successes only. */
// biome-ignore lint/suspicious/noExplicitAny: the body of a problem is no body of a success
export type ProblemResponse = Response & TypedResponse<any, any, 'json'>

export interface ProblemBody {
  type: string
  title: string
  status: number
  detail: string
  instance: string
  errors?: FieldError[]
}

export const statusOf = (kind: FailureKind): ProblemStatus => STATUS[kind]

export const titleOf = (kind: FailureKind): string => TITLE[kind]

/** `type` is `/problems/<slug>`: stable, and explained on the API reference page. */
export function problem(c: AppContext, failure: Failure): ProblemResponse {
  const status = STATUS[failure.kind]
  const body: ProblemBody = {
    type: `/problems/${failure.slug}`,
    title: TITLE[failure.kind],
    status,
    detail: failure.detail,
    instance: `urn:request:${c.var.requestId}`,
    ...(failure.errors ? { errors: failure.errors } : {}),
  }
  const headers: Record<string, string> = {
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Cache-Control': 'no-store',
    ...(failure.retryAfter === undefined ? {} : { 'Retry-After': String(Math.ceil(failure.retryAfter)) }),
    ...(status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
  }
  return c.body(JSON.stringify(body), status, headers) as unknown as ProblemResponse
}
