/** Signing in: limits before hashing, one answer for every wrong pair, then the second factor where there is one. */
import { isoInstant } from '../../../platform/clock.ts'
import { sha256Hex } from '../../../platform/crypto/digest.ts'
import type { PersonRow } from '../../../platform/directory/people.ts'
import { randomToken } from '../../../platform/ids.ts'
import { fail, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { newSignInMail, verifyMail } from '../documents/mails.ts'
import { agentFamily } from '../domain/agent.ts'
import { plainRecoveryCode, RECOVERY_CODE_LENGTH } from '../domain/recovery-code.ts'
import { totpStep } from '../domain/totp.ts'
import { noteForPerson } from './person-notes.ts'
import { type Device, type StartedSession, startSession } from './sessions.ts'
import { tooManyTries, verifyLink } from './sign-up.ts'

const FACTOR_SECONDS = 300
/** Whoever knows the password may try this many codes in an hour: a guess holds with 1 in 100,000. */
const WRONG_CODES = 10
const WRONG_CODE_MS = 3_600_000

export type SignInOutcome =
  | { step: 'in'; session: StartedSession }
  /** `app`: codes are asked for (else recovery codes only); `passkey`: one may be used instead. */
  | { step: 'second-factor'; ticket: string; app: boolean; passkey: boolean }

const wrongPair = () =>
  fail(
    'unauthenticated',
    'wrong-pair',
    'E-mail and password do not fit together. Check both, or reset the password.',
  )

export async function signIn(
  services: Services,
  input: { email: string; password: string },
  device: Device,
): Promise<Result<SignInOutcome>> {
  const email = input.email.trim().toLowerCase()
  const mayTry =
    (await services.limits.signIn(`ip:${device.ipPrefix}`)) &&
    (await services.limits.signIn(`account:${email}`))
  if (!mayTry) return tooManyTries()
  const person = await services.directory.personByEmail(email)
  // an account without a password costs the same hash as one that is not there
  const right = person?.password_hash
    ? await services.passwords.verify(input.password, person.password_hash)
    : await services.passwords.pretend(input.password)
  if (!person || !right) {
    services.log.warn('sign_in.refused', { known: person !== null, from: device.ipPrefix })
    if (person) await noteForPerson(services, person, device, 'session.refused', { what: 'password' })
    return wrongPair()
  }
  if (!person.email_verified_at) {
    const link = await verifyLink(services, person.id, person.email)
    await services.mail.send({ kind: 'account', to: person.email, ...verifyMail(person.name, link) })
    return fail(
      'forbidden',
      'address-unconfirmed',
      'Confirm your address first: we have just sent you the link again.',
    )
  }
  if (services.passwords.needsRehash(person.password_hash)) {
    const hash = await services.passwords.hash(input.password)
    await services.directory.transact([services.directory.setPasswordStatement(person.id, hash)])
  }
  return afterFirstFactor(services, person, device)
}

/** One thing proves the person: in, or on to the second step when there is an app or a passkey. */
export async function afterFirstFactor(
  services: Services,
  person: PersonRow,
  device: Device,
): Promise<Result<SignInOutcome>> {
  const { app, passkeys } = await services.directory.proofsOf(person.id)
  if (!app && passkeys === 0) return enter(services, person, device)
  const ticket = await services.tokens.sign('second-factor', { sub: person.id }, FACTOR_SECONDS)
  return ok({ step: 'second-factor', ticket, app, passkey: passkeys > 0 })
}

/** The second step: a code of the authenticator app, or a recovery code that is spent by it. */
export async function proveSecondFactor(
  services: Services,
  input: { ticket: string; code: string },
  device: Device,
): Promise<Result<SignInOutcome>> {
  const claims = await services.tokens.verify('second-factor', input.ticket)
  const person = claims?.sub ? await services.directory.person(claims.sub) : null
  if (!person) return fail('unauthenticated', 'start-again', 'This took too long. Sign in again.')
  const now = services.clock.now()
  const wrongCodes = await services.directory.openLinks(person.id, 'wrong-code', now)
  if (wrongCodes.length >= WRONG_CODES) return tooManyCodes()
  if (!(await factorHolds(services, person, input.code))) {
    await services.directory.transact([
      services.directory.linkStatement(randomToken(22), person.id, 'wrong-code', now + WRONG_CODE_MS),
    ])
    await noteForPerson(services, person, device, 'session.refused', { what: 'code' })
    return fail(
      'unauthenticated',
      'wrong-code',
      'This code is not the one of this moment, or was used already.',
    )
  }
  return enter(services, person, device)
}

const tooManyCodes = () =>
  fail('rate_limited', 'too-many-codes', 'Too many wrong codes. Wait an hour, then sign in again.', {
    retryAfter: WRONG_CODE_MS / 1000,
  })

/** True when the code is right and unspent; it is spent now. */
async function factorHolds(services: Services, person: PersonRow, code: string): Promise<boolean> {
  if (person.totp_secret) {
    const secret = await services.box.open(person.id, 'people/totp_secret', person.totp_secret)
    const step = totpStep(secret, code, services.clock.now())
    if (step !== null) return services.directory.spendTotpStep(person.id, step)
  }
  const recovery = plainRecoveryCode(code)
  if (recovery.length !== RECOVERY_CODE_LENGTH) return false
  const hash = await sha256Hex(recovery)
  return services.directory.spendRecoveryCode(person.id, hash, isoInstant(services.clock.now()))
}

/** Everything is proved: the session begins where the person was last. */
export async function enter(
  services: Services,
  person: PersonRow,
  device: Device,
): Promise<Result<SignInOutcome>> {
  const memberships = await services.directory.membershipsOf(person.id)
  const earlier = await services.directory.sessionsOf(person.id, services.clock.now())
  const home = memberships.find(({ tenantId }) => tenantId === earlier[0]?.tenantId) ?? memberships[0]
  if (!home) {
    return fail('forbidden', 'no-workspace', 'You belong to no workspace any more. Ask to be invited again.')
  }
  const session = await startSession(services, person.id, home.tenantId, device)
  await noteForPerson(services, person, device, 'session.started', {}, home.tenantId)
  const agent = agentFamily(device.userAgent)
  if (
    earlier.length > 0 &&
    !earlier.some((line) => line.agent === agent && line.ipPrefix === device.ipPrefix)
  ) {
    const mail = newSignInMail(
      person.name,
      agent,
      device.ipPrefix,
      `${services.config.publicUrl}/settings/security`,
    )
    await services.mail.send({ kind: 'account', to: person.email, ...mail })
  }
  return ok({ step: 'in', session })
}
