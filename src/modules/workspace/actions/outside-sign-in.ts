/**
 * Signing in with Google or Microsoft. The way there and back is bound to one browser by a cookie that holds state, nonce
 * and verifier, sealed; it works once. An account is linked by its owner, never because addresses look the same.
 */
import { isoInstant } from '../../../platform/clock.ts'
import { sameText } from '../../../platform/crypto/digest.ts'
import type { SessionView } from '../../../platform/directory.ts'
import type { IdentityProvider, OidcClaims } from '../../../platform/identity.ts'
import { randomToken } from '../../../platform/ids.ts'
import { fail, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { readInvitation } from './invitations.ts'
import { type Device, renewSession, type StartedSession } from './sessions.ts'
import { afterFirstFactor, type SignInOutcome } from './sign-in.ts'
import { signUpsClosed, tooManyTries } from './sign-up.ts'

const WAY_SECONDS = 600

export type OutsideMode = 'sign-in' | 'link' | 'prove'

interface Way {
  state: string
  nonce: string
  verifier: string
  provider: string
  mode: OutsideMode
  next: string
  /** Who set out, for `link` and `prove`. */
  personId: string
}

/** Somebody whom a provider vouches for. */
export interface OutsidePerson extends OidcClaims {
  provider: string
}

export type OutsideOutcome =
  | { step: 'signed-in'; outcome: SignInOutcome; next: string }
  | { step: 'proved'; session: StartedSession; next: string }
  | { step: 'link'; person: OutsidePerson }
  /** The address has an account: its owner signs in once, then links. `ticket` remembers whom the provider vouched for. */
  | { step: 'sign-in-to-link'; ticket: string; person: OutsidePerson }
  | { step: 'sign-up'; ticket: string; person: OutsidePerson }
  | { step: 'join'; ticket: string; next: string }

export const outsideProviders = (services: Services): { kind: string; name: string }[] =>
  services.identityProviders.map(({ kind, name }) => ({ kind, name }))

const providerOf = (services: Services, kind: string): IdentityProvider | undefined =>
  services.identityProviders.find((known) => known.kind === kind)

const noSuchProvider = () => fail('not_found', 'not-found', 'There is no such way to sign in here.')

/** Where to send the browser, and the cookie it takes along. */
export async function beginOutside(
  services: Services,
  kind: string,
  input: { mode: OutsideMode; next: string; redirectUri: string; session: SessionView | null },
  device: Device,
): Promise<Result<{ url: string; cookie: string; maxAge: number }>> {
  const provider = providerOf(services, kind)
  if (!provider) return noSuchProvider()
  if (!(await services.limits.signIn(`ip:${device.ipPrefix}`))) return tooManyTries()
  const way: Way = {
    state: randomToken(32),
    nonce: randomToken(32),
    verifier: randomToken(64),
    provider: kind,
    mode: input.mode,
    next: input.next,
    personId: input.session?.personId ?? '',
  }
  const { state, nonce } = way
  const challenge = await s256(way.verifier)
  const loginHint = input.mode === 'prove' ? input.session?.email : undefined
  const url = await provider.authorizeUrl({
    state,
    nonce,
    challenge,
    redirectUri: input.redirectUri,
    loginHint,
  })
  if (!url.ok) return url
  const sealed = await services.box.seal('sign-in', 'outside/way', JSON.stringify(way))
  const cookie = await services.tokens.sign('outside-state', { sealed }, WAY_SECONDS)
  return ok({ url: url.value, cookie, maxAge: WAY_SECONDS })
}

/** What the provider sent the browser back with; the cookie is to be dropped whatever comes of it. */
export async function finishOutside(
  services: Services,
  kind: string,
  back: { cookie: string; state: string; code: string; redirectUri: string; session: SessionView | null },
  device: Device,
): Promise<Result<OutsideOutcome>> {
  const provider = providerOf(services, kind)
  if (!provider) return noSuchProvider()
  if (!(await services.limits.signIn(`ip:${device.ipPrefix}`))) return tooManyTries()
  const way = await wayOf(services, back.cookie)
  const fits = way && way.provider === kind && back.state !== '' && sameText(back.state, way.state)
  if (!fits || !(await spend(services, `outside ${way.state}`))) return startAgain()
  if (!back.code)
    return fail('unauthenticated', 'sign-in-cancelled', `You did not sign in with ${provider.name}.`)
  const { nonce, verifier } = way
  const claims = await provider.redeem({ code: back.code, verifier, nonce, redirectUri: back.redirectUri })
  if (!claims.ok) {
    services.log.warn('sign_in.refused', { provider: kind, from: device.ipPrefix })
    return claims
  }
  const person: OutsidePerson = { ...claims.value, provider: kind }
  if (way.mode === 'sign-in') return signInOutside(services, person, way.next, device)
  if (back.session?.personId !== way.personId) return startAgain()
  return way.mode === 'link'
    ? ok({ step: 'link', person })
    : proveOutside(services, person, back.session, way.next, device)
}

async function signInOutside(
  services: Services,
  outside: OutsidePerson,
  next: string,
  device: Device,
): Promise<Result<OutsideOutcome>> {
  const { directory, clock } = services
  const identity = await directory.identity(outside.issuer, outside.subject)
  const person = identity && (await directory.person(identity.personId))
  if (identity && person) {
    const at = isoInstant(clock.now())
    await directory.transact([
      directory.touchIdentityStatement(outside.issuer, outside.subject, outside.email, at),
    ])
    const outcome = await afterFirstFactor(services, person, device)
    return outcome.ok ? ok({ step: 'signed-in', outcome: outcome.value, next }) : outcome
  }
  if (!outside.email || !outside.emailVerified) return unvouched(services, outside)
  const ticket = await outsideTicket(services, outside)
  const known = await directory.personByEmail(outside.email)
  if (known?.email_verified_at) return ok({ step: 'sign-in-to-link', ticket, person: outside })
  if (await invitedTo(services, next, outside.email)) return ok({ step: 'join', ticket, next })
  if (services.config.signups !== 'open') return signUpsClosed(services)
  return ok({ step: 'sign-up', ticket, person: outside })
}

async function proveOutside(
  services: Services,
  outside: OutsidePerson,
  session: SessionView,
  next: string,
  device: Device,
): Promise<Result<OutsideOutcome>> {
  const identity = await services.directory.identity(outside.issuer, outside.subject)
  if (identity?.personId !== session.personId)
    return fail('invalid', 'other-person', 'This is not an account that signs in to yours.')
  const proved = { ...session, provedAt: services.clock.now() }
  return ok({
    step: 'proved',
    session: await renewSession(services, proved, session.tenantId, device),
    next,
  })
}

const invitedTo = async (services: Services, next: string, email: string): Promise<boolean> => {
  const token = /^\/invitations\/([\w.~-]+)$/.exec(next)?.[1]
  const open = token ? await readInvitation(services, token) : null
  return open !== null && open.email.toLowerCase() === email.toLowerCase()
}

/** Remembers for ten minutes whom the provider vouched for; spent by what comes of it. */
async function outsideTicket(services: Services, person: OutsidePerson): Promise<string> {
  const sealed = await services.box.seal('sign-in', 'outside/person', JSON.stringify(person))
  return services.tokens.sign('outside-person', { sealed, jti: randomToken(22) }, WAY_SECONDS)
}

/** Whom a ticket remembers, or null; changes nothing. */
export async function readOutsideTicket(
  services: Services,
  ticket: string,
): Promise<(OutsidePerson & { jti: string }) | null> {
  const claims = await services.tokens.verify('outside-person', ticket)
  if (typeof claims?.sealed !== 'string' || !claims.jti) return null
  const person = JSON.parse(
    await services.box.open('sign-in', 'outside/person', claims.sealed),
  ) as OutsidePerson
  return { ...person, jti: claims.jti }
}

export const spend = (services: Services, id: string): Promise<boolean> =>
  services.directory.spendTicket(id, services.clock.now() + WAY_SECONDS * 1000)

async function wayOf(services: Services, cookie: string): Promise<Way | null> {
  const claims = await services.tokens.verify('outside-state', cookie)
  if (typeof claims?.sealed !== 'string') return null
  return JSON.parse(await services.box.open('sign-in', 'outside/way', claims.sealed)) as Way
}

/** PKCE (RFC 7636): base64url of SHA-256. */
async function s256(verifier: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)))
  return btoa(String.fromCharCode(...digest))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

export const startAgain = () =>
  fail('unauthenticated', 'start-again', 'This sign-in was used already, or took too long. Start it again.')

/** The same words whether the address has an account or not. */
function unvouched(services: Services, outside: OutsidePerson) {
  const name = providerOf(services, outside.provider)?.name ?? 'The provider'
  return fail(
    'forbidden',
    'address-unverified',
    `${name} does not vouch for your e-mail address. Sign in or sign up with your address and a password, then link ${name} under Settings, Sign-in and devices.`,
  )
}
