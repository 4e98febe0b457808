/** OpenID Connect as both providers speak it: discovery, the address to go to, the code spent, the ID token checked. */
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose'
import * as z from 'zod'
import type { Clock } from '../../platform/clock.ts'
import { fail, ok, type Result } from '../../platform/result.ts'
import { type FetchRules, fetchText } from '../../platform/safe-fetch.ts'

export interface OidcSetup {
  name: string
  /** Where `/.well-known/openid-configuration` hangs. */
  issuer: string
  clientId: string
  clientSecret: string
  /** The issuer that this token must name, or null when its claims cannot be right. */
  issuerOf(claims: JWTPayload, discovered: string): string | null
}

export interface OidcContext {
  rules: FetchRules
  clock: Clock
}

const discoverySchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
})
type Discovery = z.infer<typeof discoverySchema>

const KEEP_MS = 3_600_000
/** A key we do not know may be a new one: the set is asked for again, but not by every forged token. */
const RENEW_KEYS_MS = 60_000
const TOLERANCE_SECONDS = 60
const OLDEST_SECONDS = 600

const discoveries = new Map<string, { at: number; value: Discovery }>()
const keySets = new Map<string, { at: number; value: JSONWebKeySet }>()

export async function discover(setup: OidcSetup, context: OidcContext): Promise<Result<Discovery>> {
  const now = context.clock.now()
  const kept = discoveries.get(setup.issuer)
  if (kept && Math.abs(now - kept.at) < KEEP_MS) return ok(kept.value)
  const url = `${setup.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const read = await readJson(url, {}, context)
  if (!read.ok) return unavailable(setup)
  const parsed = discoverySchema.safeParse(read.value)
  if (!parsed.success || !isOwnIssuer(setup.issuer, parsed.data.issuer)) return unavailable(setup)
  discoveries.set(setup.issuer, { at: now, value: parsed.data })
  return ok(parsed.data)
}

/** The document speaks of the issuer we asked (OpenID Connect Discovery 4.3), or of each tenant of the same house. */
const isOwnIssuer = (asked: string, told: string): boolean =>
  told === asked ||
  (told.includes('{tenantid}') && URL.canParse(told) && new URL(told).origin === new URL(asked).origin)

/** The claims of the ID token that the code brings, once everything about it holds. */
export async function redeemCode(
  setup: OidcSetup,
  input: { code: string; verifier: string; nonce: string; redirectUri: string },
  context: OidcContext,
): Promise<Result<JWTPayload>> {
  const found = await discover(setup, context)
  if (!found.ok) return found
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code: input.code,
    code_verifier: input.verifier,
    redirect_uri: input.redirectUri,
    client_id: setup.clientId,
    client_secret: setup.clientSecret,
  })
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' }
  const answer = await readJson(
    found.value.token_endpoint,
    { method: 'POST', headers, body: body.toString() },
    context,
  )
  if (!answer.ok) return answer.error.kind === 'invalid' ? refused(setup) : unavailable(setup)
  const token = z.object({ id_token: z.string().max(20_000) }).safeParse(answer.value)
  if (!token.success) return refused(setup)
  return verifyIdToken(setup, token.data.id_token, input.nonce, found.value, context)
}

async function verifyIdToken(
  setup: OidcSetup,
  token: string,
  nonce: string,
  discovery: Discovery,
  context: OidcContext,
): Promise<Result<JWTPayload>> {
  let keys = await keysOf(discovery, context, KEEP_MS)
  for (let attempt = 0; keys && attempt < 2; attempt++) {
    const checked = await signatureHolds(setup, token, keys, context)
    if (checked !== 'unknown-key') {
      const claims = checked && claimsHold(setup, checked, nonce, discovery, context) ? checked : null
      return claims ? ok(claims) : refused(setup)
    }
    keys = await keysOf(discovery, context, RENEW_KEYS_MS)
  }
  return keys ? refused(setup) : unavailable(setup)
}

async function signatureHolds(
  setup: OidcSetup,
  token: string,
  keys: JSONWebKeySet,
  { clock }: OidcContext,
): Promise<JWTPayload | 'unknown-key' | null> {
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
      algorithms: ['RS256', 'ES256'],
      audience: setup.clientId,
      requiredClaims: ['iss', 'sub', 'aud', 'exp', 'iat'],
      clockTolerance: TOLERANCE_SECONDS,
      maxTokenAge: OLDEST_SECONDS,
      currentDate: new Date(clock.now()),
    })
    return payload
  } catch (error) {
    return error instanceof errors.JWKSNoMatchingKey ? 'unknown-key' : null
  }
}

/** What the library does not look at: whose issuer, the nonce, the authorised party. */
function claimsHold(
  setup: OidcSetup,
  claims: JWTPayload,
  nonce: string,
  discovery: Discovery,
  { clock }: OidcContext,
): boolean {
  const issuer = setup.issuerOf(claims, discovery.issuer)
  const several = Array.isArray(claims.aud) && claims.aud.length > 1
  const authorised = claims.azp === undefined ? !several : claims.azp === setup.clientId
  const issuedInFuture = (claims.iat ?? 0) * 1000 > clock.now() + TOLERANCE_SECONDS * 1000
  return (
    issuer !== null &&
    claims.iss === issuer &&
    nonce !== '' &&
    claims.nonce === nonce &&
    authorised &&
    !issuedInFuture
  )
}

async function keysOf(
  discovery: Discovery,
  context: OidcContext,
  olderMs: number,
): Promise<JSONWebKeySet | null> {
  const now = context.clock.now()
  const kept = keySets.get(discovery.jwks_uri)
  if (kept && Math.abs(now - kept.at) < olderMs) return kept.value
  const read = await readJson(discovery.jwks_uri, {}, context)
  const parsed = read.ok
    ? z.object({ keys: z.array(z.looseObject({ kty: z.string() })) }).safeParse(read.value)
    : null
  if (!parsed?.success) return kept?.value ?? null
  keySets.set(discovery.jwks_uri, { at: now, value: parsed.data as JSONWebKeySet })
  return parsed.data as JSONWebKeySet
}

async function readJson(url: string, init: RequestInit, { rules }: OidcContext): Promise<Result<unknown>> {
  const answer = await fetchText(url, init, { ...rules, redirects: 0, maxBytes: 300_000 })
  if (!answer.ok) return fail('unavailable', 'provider-unreachable', answer.error.detail)
  const { status, text } = answer.value
  if (status >= 400 && status < 500) return fail('invalid', 'provider-refused', 'The provider refused.')
  try {
    return status === 200
      ? ok(JSON.parse(text) as unknown)
      : fail('unavailable', 'provider-failed', 'The provider failed.')
  } catch {
    return fail('unavailable', 'provider-failed', 'The provider answered something else than JSON.')
  }
}

const unavailable = ({ name }: OidcSetup) =>
  fail(
    'unavailable',
    'provider-unavailable',
    `${name} does not answer right now. Try again in a moment, or sign in another way.`,
  )

const refused = ({ name }: OidcSetup) =>
  fail('unauthenticated', 'provider-refused', `The sign-in with ${name} did not hold. Start it again.`)
