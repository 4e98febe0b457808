/** Signing in and proving oneself with a passkey: whose key it is says who is here. */
import { generateAuthenticationOptions, verifyAuthenticationResponse } from '@simplewebauthn/server'
import { isoBase64URL } from '@simplewebauthn/server/helpers'
import { isoInstant } from '../../../platform/clock.ts'
import type { PasskeyRow } from '../../../platform/directory/passkeys.ts'
import type { PersonRow } from '../../../platform/directory/people.ts'
import type { SessionView } from '../../../platform/directory.ts'
import { fail, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type Assertion, readAssertion } from '../domain/passkey.ts'
import type { Site } from './passkeys.ts'
import { noteForPerson } from './person-notes.ts'
import { type Device, renewSession, type StartedSession } from './sessions.ts'
import { enter, type SignInOutcome } from './sign-in.ts'
import { tooManyTries } from './sign-up.ts'

const CHALLENGE_SECONDS = 300

/**
 * A challenge that any key of this site may answer, and the ticket that comes back with the answer. Nothing is stored until
 * an answer holds; then the challenge is spent.
 */
export async function passkeyChallenge(
  services: Services,
  site: Site,
): Promise<{ options: object; ticket: string }> {
  const options = await generateAuthenticationOptions({
    rpID: site.rpId,
    userVerification: 'required',
    timeout: CHALLENGE_SECONDS * 1000,
  })
  const ticket = await services.tokens.sign('passkey-sign-in', { jti: options.challenge }, CHALLENGE_SECONDS)
  return { options, ticket }
}

export async function signInWithPasskey(
  services: Services,
  input: { ticket: string; credential: string },
  site: Site,
  device: Device,
): Promise<Result<SignInOutcome>> {
  const person = await personBehind(services, input, site, device)
  return person.ok ? enter(services, person.value, device) : person
}

/** A passkey of the same person proves again who is here; the session goes on under a new id and secret. */
export async function provePasskey(
  services: Services,
  session: SessionView,
  input: { ticket: string; credential: string },
  site: Site,
  device: Device,
): Promise<Result<StartedSession>> {
  const person = await personBehind(services, input, site, device)
  if (!person.ok) return person
  if (person.value.id !== session.personId)
    return fail('invalid', 'other-person', 'This passkey belongs to another account. Choose your own.')
  const proved = { ...session, provedAt: services.clock.now() }
  return ok(await renewSession(services, proved, session.tenantId, device))
}

async function personBehind(
  services: Services,
  input: { ticket: string; credential: string },
  site: Site,
  device: Device,
): Promise<Result<PersonRow>> {
  const { directory, clock } = services
  if (!(await services.limits.signIn(`ip:${device.ipPrefix}`))) return tooManyTries()
  const claims = await services.tokens.verify('passkey-sign-in', input.ticket)
  const answer = readAssertion(input.credential)
  if (!claims?.jti || !answer) return refused()
  const key = await directory.passkey(answer.id)
  const person = key && (await directory.person(key.personId))
  if (!key || !person) return refused()
  const counter = await counterOf(answer, claims.jti, key, site)
  const fresh =
    counter !== null &&
    (await directory.spendTicket(`passkey ${claims.jti}`, (claims.exp ?? 0) * 1000)) &&
    (await directory.usePasskey(key.id, counter, isoInstant(clock.now())))
  if (!fresh) {
    services.log.warn('sign_in.refused', { passkey: true, from: device.ipPrefix })
    await noteForPerson(services, person, device, 'session.refused', { what: 'passkey' })
    return refused()
  }
  return ok(person)
}

/** The key's new counter, or null when the answer does not hold in any way. */
async function counterOf(
  answer: Assertion,
  challenge: string,
  key: PasskeyRow,
  site: Site,
): Promise<number | null> {
  const { userHandle } = answer.response
  if (userHandle && isoBase64URL.toUTF8String(userHandle) !== key.personId) return null
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...answer, response: { ...answer.response, userHandle: userHandle ?? undefined } },
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: true,
      credential: {
        id: key.id,
        publicKey: isoBase64URL.toBuffer(key.publicKey),
        counter: key.counter,
      },
    })
    return verified && authenticationInfo.userVerified ? authenticationInfo.newCounter : null
  } catch {
    return null // the library throws on another challenge, origin or host, and on a counter that went back
  }
}

const refused = () =>
  fail(
    'unauthenticated',
    'passkey-refused',
    'This passkey did not let you in. Try again, or sign in with your password.',
  )
