/** OAuth 2.0 with authorization codes and PKCE (RFC 6749, RFC 7636): the pieces every vendor's way in is put together from. */
import * as z from 'zod'
import { type Failure, fail, type Result } from '../platform/result.ts'
import type { FetchRules } from '../platform/safe-fetch.ts'
import type { Credentials, VendorApp } from '../platform/vendor.ts'
import { askVendor, basicAuth, reconnect } from './vendor-call.ts'

/** How the app proves itself at the token endpoint (RFC 6749 2.3.1); `json` is Square's and Amazon's kind of body. */
export type ClientAuth = 'basic' | 'body' | 'json' | 'none'

export interface TokenEndpoint {
  vendor: string
  url: string
  clientAuth: ClientAuth
  headers?: Record<string, string>
  rules: FetchRules
}

const seconds = z.coerce.number().positive().optional()

const tokenAnswer = z.looseObject({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: seconds,
  /** Square says the moment instead of the seconds. */
  expires_at: z.string().optional(),
  scope: z.string().nullish(),
})

export type TokenAnswer = z.infer<typeof tokenAnswer>

export function authorizeUrl(page: string, query: Record<string, string>): string {
  const url = new URL(page)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.toString()
}

/** Spends a code. A refused code is no sign-in problem of the person who came back: they start again. */
export async function redeemCode(
  endpoint: TokenEndpoint,
  app: VendorApp,
  grant: Record<string, string>,
): Promise<Result<TokenAnswer>> {
  const answer = await requestToken(endpoint, app, { grant_type: 'authorization_code', ...grant })
  if (answer.ok || answer.error.kind !== 'unauthenticated') return answer
  return fail(
    'conflict',
    'code-refused',
    `${endpoint.vendor} says that this permission was already used or came too late. Start again.`,
  )
}

/** `unauthenticated` with `reconnect` when the vendor refuses the refresh token for good. */
export async function redeemRefreshToken(
  endpoint: TokenEndpoint,
  app: VendorApp,
  refreshToken: string | undefined,
  more: Record<string, string> = {},
): Promise<Result<TokenAnswer>> {
  if (!refreshToken) return { ok: false, error: reconnect(endpoint.vendor) }
  return requestToken(endpoint, app, { grant_type: 'refresh_token', refresh_token: refreshToken, ...more })
}

export async function requestToken(
  endpoint: TokenEndpoint,
  app: VendorApp,
  fields: Record<string, string>,
): Promise<Result<TokenAnswer>> {
  const { vendor, url, clientAuth, rules } = endpoint
  const identified = {
    ...fields,
    ...(clientAuth === 'basic' ? {} : { client_id: app.clientId }),
    ...(clientAuth === 'body' || clientAuth === 'json' ? { client_secret: app.clientSecret } : {}),
  }
  const type = clientAuth === 'json' ? 'application/json' : 'application/x-www-form-urlencoded'
  return askVendor(
    {
      vendor,
      url,
      method: 'POST',
      headers: {
        'Content-Type': type,
        ...(clientAuth === 'basic' ? { Authorization: basicAuth(app.clientId, app.clientSecret) } : {}),
        ...endpoint.headers,
      },
      body: clientAuth === 'json' ? JSON.stringify(identified) : new URLSearchParams(identified).toString(),
      rules,
      explain: (status, body) => tokenRefusal(vendor, status, body),
    },
    tokenAnswer,
  )
}

/** Credentials as they are kept. A refresh token that was not replaced stays. */
export function credentialsOf(answer: TokenAnswer, now: number, before: Credentials = {}): Credentials {
  const refreshToken = answer.refresh_token ?? before.refreshToken
  const { expiresAt: _ended, ...kept } = before
  const expiresAt = endOf(answer, now)
  return {
    ...kept,
    accessToken: answer.access_token,
    ...(refreshToken ? { refreshToken } : {}),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  }
}

/** Scopes as a list, whether the vendor parts them by spaces or by commas. */
export const scopesOf = (answer: TokenAnswer): string[] =>
  (answer.scope ?? '').split(/[\s,]+/).filter(Boolean)

/** What was asked for and not given: people can untick single permissions. */
export function missingScopes(vendor: string, wanted: readonly string[], given: readonly string[]) {
  // Microsoft may put the address of its API before a scope
  const missing = wanted.filter((scope) => !given.some((one) => one === scope || one.endsWith(`/${scope}`)))
  if (missing.length === 0) return null
  return fail(
    'conflict',
    'scopes-missing',
    `${vendor} did not give every permission (missing: ${missing.join(', ')}). Start again and leave all of them ticked.`,
  )
}

export const noApp = (vendor: string) =>
  fail('conflict', 'vendor-app-missing', `Enter the client id and secret of your own app at ${vendor} first.`)

/** The payload of a token that came straight from the vendor over TLS: read, not proven. */
export function tokenClaims(token: string): Record<string, unknown> {
  try {
    const part = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
    const claims: unknown = JSON.parse(atob(part))
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function endOf(answer: TokenAnswer, now: number): number | undefined {
  if (answer.expires_in !== undefined) return now + answer.expires_in * 1000
  const at = Date.parse(answer.expires_at ?? '')
  return Number.isNaN(at) ? undefined : at
}

/** Words of RFC 6749 5.2 and of the vendors that have their own for the same. */
const GRANT_WORDS = ['invalid_grant', 'bad_verification_code', 'bad_refresh_token', 'invalid_refresh_token']
const CLIENT_WORDS = ['invalid_client', 'unauthorized_client', 'incorrect_client_credentials']

/** A token endpoint's refusal. Only the error's code is read: descriptions may repeat what we sent. */
function tokenRefusal(vendor: string, status: number, body: unknown): Failure | null {
  const code = errorCode(body)
  if (status < 400 && !code) return null
  if (GRANT_WORDS.includes(code)) return reconnect(vendor)
  if (CLIENT_WORDS.includes(code) || (status === 401 && !code))
    return {
      kind: 'invalid',
      slug: 'vendor-app-refused',
      detail: `${vendor} does not accept the client id or secret of the app. Copy both again from ${vendor}.`,
    }
  if (code === 'redirect_uri_mismatch' || code === 'invalid_redirect_uri')
    return {
      kind: 'invalid',
      slug: 'redirect-uri-refused',
      detail: `The app at ${vendor} does not list our callback address. Add the address that the form shows to the app.`,
    }
  if (code === 'invalid_scope')
    return {
      kind: 'invalid',
      slug: 'scope-refused',
      detail: `The app at ${vendor} may not ask for these permissions. Allow them in the app's own settings there.`,
    }
  return null
}

const coded = z.looseObject({ error: z.string() })

function errorCode(body: unknown): string {
  const parsed = coded.safeParse(body)
  return parsed.success ? parsed.data.error : ''
}
