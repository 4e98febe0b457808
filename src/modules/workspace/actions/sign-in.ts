/** Signing in: limits before hashing, one answer for every wrong pair, then the second factor where there is one. */
import { type Actor, systemActor } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { sha256Hex } from '../../../platform/crypto/digest.ts'
import type { PersonRow } from '../../../platform/directory/people.ts'
import { fail, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { newSignInMail, verifyMail } from '../documents/mails.ts'
import { agentFamily } from '../domain/agent.ts'
import { totpStep } from '../domain/totp.ts'
import { type Device, type StartedSession, startSession } from './sessions.ts'
import { tooManyTries, verifyLink } from './sign-up.ts'

const FACTOR_SECONDS = 300

export type SignInOutcome =
  | { step: 'in'; session: StartedSession }
  | { step: 'second-factor'; ticket: string }

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
  const right = person
    ? await services.passwords.verify(input.password, person.password_hash)
    : await services.passwords.pretend(input.password)
  if (!person || !right) {
    if (person) await noteFailure(services, person, device, 'password')
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
  if (person.totp_enabled_at) {
    const ticket = await services.tokens.sign('second-factor', { sub: person.id }, FACTOR_SECONDS)
    return ok({ step: 'second-factor', ticket })
  }
  return enter(services, person, device)
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
  if (!(await services.limits.signIn(`factor:${person.id}`))) return tooManyTries()
  if (!(await factorHolds(services, person, input.code))) {
    await noteFailure(services, person, device, 'code')
    return fail(
      'unauthenticated',
      'wrong-code',
      'This code is not the one of this moment, or was used already.',
    )
  }
  return enter(services, person, device)
}

/** True when the code is right and unspent; it is spent now. */
export async function factorHolds(services: Services, person: PersonRow, code: string): Promise<boolean> {
  if (!person.totp_secret) return false
  const secret = await services.box.open(person.id, 'people/totp_secret', person.totp_secret)
  const step = totpStep(secret, code, services.clock.now())
  if (step !== null) return services.directory.spendTotpStep(person.id, step)
  const recovery = code.replace(/[\s-]+/g, '').toUpperCase()
  if (recovery.length < 10) return false
  const hash = await sha256Hex(`${person.id}:${recovery}`)
  return services.directory.spendRecoveryCode(person.id, hash, isoInstant(services.clock.now()))
}

async function enter(services: Services, person: PersonRow, device: Device): Promise<Result<SignInOutcome>> {
  const [home] = await services.directory.membershipsOf(person.id)
  if (!home) {
    return fail('forbidden', 'no-workspace', 'You belong to no workspace any more. Ask to be invited again.')
  }
  const earlier = await services.directory.sessionsOf(person.id, services.clock.now())
  const session = await startSession(services, person.id, home.tenantId, device)
  await noteIn(services, person, home.tenantId, device, 'session.started')
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

async function noteFailure(
  services: Services,
  person: PersonRow,
  device: Device,
  what: string,
): Promise<void> {
  const [home] = await services.directory.membershipsOf(person.id)
  if (home) await noteIn(services, person, home.tenantId, device, 'session.refused', { what })
}

async function noteIn(
  services: Services,
  person: PersonRow,
  tenantId: string,
  device: Device,
  action: string,
  detail: Record<string, unknown> = {},
): Promise<void> {
  const workspace = await services.directory.workspace(tenantId)
  if (!workspace) return
  const db = services.tenant(tenantId)
  const actor: Actor = {
    ...systemActor(workspace, 'sign-in'),
    kind: 'person',
    id: person.id,
    name: person.name,
    email: person.email,
    ipPrefix: device.ipPrefix,
  }
  await db.write([recordAudit(db, services.clock.now(), actor, action, person.id, detail)])
}
