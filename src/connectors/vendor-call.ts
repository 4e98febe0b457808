/** One call to a vendor: its answer read as JSON, its refusals in words that hold nothing secret. */
import type * as z from 'zod'
import { type Failure, fail, invalid, ok, type Result } from '../platform/result.ts'
import { type FetchedText, type FetchRules, fetchText } from '../platform/safe-fetch.ts'

export interface VendorCall {
  /** The vendor's name as people know it. */
  vendor: string
  url: string
  method?: string
  headers?: Record<string, string>
  body?: string
  rules: FetchRules
  /** Words for a refusal that this vendor puts in its own way; null: the common ones. */
  explain?(status: number, body: unknown): Failure | null
}

/**
 * The answer in the shape of `schema`. `unauthenticated`: the credentials do not hold; `forbidden`: they hold but lack a
 * permission; `rate_limited` and `unavailable`: later; `invalid`: anything else that the vendor refuses.
 */
export async function askVendor<T>(call: VendorCall, schema: z.ZodType<T>): Promise<Result<T>> {
  const answer = await send(call)
  if (!answer.ok) return answer
  const body = parseJson(answer.value.text)
  const refusal = refusalOf(call, answer.value, body)
  if (refusal) return { ok: false, error: refusal }
  const parsed = schema.safeParse(body)
  return parsed.success ? ok(parsed.data) : unreadable(call.vendor)
}

/** For calls whose answer's body does not matter. */
export async function tellVendor(call: VendorCall): Promise<Result<null>> {
  const answer = await send(call)
  if (!answer.ok) return answer
  const refusal = refusalOf(call, answer.value, parseJson(answer.value.text))
  return refusal ? { ok: false, error: refusal } : ok(null)
}

/** A call that failed on its way: never the address, which may hold an account's id. */
export async function send(call: Omit<VendorCall, 'explain'>): Promise<Result<FetchedText>> {
  const { url, method = 'GET', headers = {}, body, rules, vendor } = call
  const init = { method, headers: { Accept: 'application/json', ...headers }, ...(body ? { body } : {}) }
  const answer = await fetchText(url, init, rules)
  if (answer.ok || answer.error.kind !== 'unavailable') return answer
  return fail('unavailable', 'vendor-unreachable', `${vendor} did not answer. Try again in a little while.`)
}

/** Why an answer with this status is no success; null when it is one. */
export function statusFailure(vendor: string, status: number, headers: Headers): Failure | null {
  if (status >= 200 && status < 300) return null
  const retryAfter = waitOf(headers)
  const later = retryAfter === undefined ? {} : { retryAfter }
  if (status === 429)
    return {
      kind: 'rate_limited',
      slug: 'vendor-busy',
      detail: `${vendor} asks us to slow down. Try again in a little while.`,
      ...later,
    }
  if (status >= 500)
    return {
      kind: 'unavailable',
      slug: 'vendor-unavailable',
      detail: `${vendor} has trouble at its side (status ${status}). Try again later.`,
      ...later,
    }
  if (status === 401) return reconnect(vendor)
  if (status === 403)
    return {
      kind: 'forbidden',
      slug: 'permission-missing',
      detail: `${vendor} knows us but does not let us read this. Give the permissions that the form lists, then try again.`,
    }
  return {
    kind: 'invalid',
    slug: 'vendor-refused',
    detail: `${vendor} did not accept the request (status ${status}). Check what you entered.`,
  }
}

/** The vendor refused for good: only a person can help. */
export const reconnect = (vendor: string): Failure => ({
  kind: 'unauthenticated',
  slug: 'reconnect',
  detail: `${vendor} no longer accepts this access. Connect ${vendor} again.`,
})

export const unreadable = (vendor: string) =>
  fail('unavailable', 'vendor-unreadable', `${vendor} answered in a way we cannot read. Try again later.`)

/** While a form is filled in, a refused key is a wrong field and not the caller's own sign-in that failed. */
export function asFieldError(
  answer: { ok: false; error: Failure },
  path: string,
  message: string,
): { ok: false; error: Failure } {
  if (answer.error.kind !== 'unauthenticated') return answer
  return invalid([{ path, message }], message)
}

/** RFC 7617; the user name must hold no colon, the parts may hold any letters. */
export function basicAuth(user: string, password: string): string {
  const bytes = new TextEncoder().encode(`${user}:${password}`)
  return `Basic ${btoa(String.fromCharCode(...bytes))}`
}

function refusalOf(call: VendorCall, answer: FetchedText, body: unknown): Failure | null {
  const passing = answer.status === 429 || answer.status >= 500
  const special = passing ? null : (call.explain?.(answer.status, body) ?? null)
  return special ?? statusFailure(call.vendor, answer.status, answer.headers)
}

/** Seconds of `Retry-After`; the form with a date is rare and counts as not given. */
function waitOf(headers: Headers): number | undefined {
  const text = headers.get('Retry-After') ?? ''
  return /^\d{1,6}(\.\d+)?$/.test(text) ? Math.ceil(Number(text)) : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
