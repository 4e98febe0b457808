/** A new password: by a mailed link, or by the old one. Both end the other sessions; neither touches the second factor. */
import type { Actor } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import type { PersonRow } from '../../../platform/directory/people.ts'
import type { SessionView } from '../../../platform/directory.ts'
import { randomToken } from '../../../platform/ids.ts'
import { fail, invalid, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { passwordChangedMail, resetMail } from '../documents/mails.ts'
import { passwordFault } from '../domain/password-policy.ts'
import { noteForPerson } from './person-notes.ts'
import { type Device, endOtherSessions, renewSession, type StartedSession } from './sessions.ts'
import { staleLink, tooManyTries } from './sign-up.ts'

const RESET_SECONDS = 30 * 60

/** Always the same answer: whether an address has an account is nobody's business. */
export async function askForReset(
  services: Services,
  email: string,
  ipPrefix: string,
): Promise<Result<null>> {
  const address = email.trim().toLowerCase()
  const mayAsk =
    (await services.limits.signIn(`reset:${address}`)) && (await services.limits.signIn(`ip:${ipPrefix}`))
  if (!mayAsk) return tooManyTries()
  const person = await services.directory.personByEmail(address)
  if (person) {
    const id = randomToken(22)
    const token = await services.tokens.sign('reset-password', { sub: person.id, jti: id }, RESET_SECONDS)
    await services.directory.transact([
      services.directory.linkStatement(
        id,
        person.id,
        'reset-password',
        services.clock.now() + RESET_SECONDS * 1000,
      ),
    ])
    const mail = resetMail(person.name, `${services.config.publicUrl}/reset/${token}`)
    await services.mail.send({ kind: 'account', to: person.email, ...mail })
  }
  return ok(null)
}

/** Whether a link can still be used; changes nothing. */
export async function isResetLink(services: Services, token: string): Promise<boolean> {
  const { sub, jti } = (await services.tokens.verify('reset-password', token)) ?? {}
  if (!sub || !jti) return false
  return (await services.directory.openLinks(sub, 'reset-password', services.clock.now())).includes(jti)
}

/** Sets the password by a link that works once, and ends every session. The second factor stays as it is. */
export async function resetPassword(
  services: Services,
  token: string,
  password: string,
  device: Device,
): Promise<Result<null>> {
  const claims = await services.tokens.verify('reset-password', token)
  const person = claims?.sub ? await services.directory.person(claims.sub) : null
  if (!claims?.jti || !person) return staleLink()
  const fault = passwordFault(password, [person.name, person.email])
  if (fault) return invalid([{ path: 'password', message: fault }])
  if (!(await services.directory.spendLink(claims.jti, person.id, 'reset-password', services.clock.now())))
    return staleLink()
  await storePassword(services, person, password, '')
  await noteForPerson(services, person, device, 'password.reset')
  return ok(null)
}

/** Changes one's own password; `keepSessionId` stays signed in. */
export async function changePassword(
  services: Services,
  actor: Actor,
  input: { current: string; next: string },
  keepSessionId: string,
): Promise<Result<null>> {
  const person = await services.directory.person(actor.id)
  if (!person || !(await services.limits.signIn(`account:${person.email.toLowerCase()}`)))
    return tooManyTries()
  if (!(await services.passwords.verify(input.current, person.password_hash))) {
    return invalid([{ path: 'current', message: 'This is not your present password.' }])
  }
  const fault = passwordFault(input.next, [person.name, person.email, actor.workspace.name])
  if (fault) return invalid([{ path: 'next', message: fault }])
  await storePassword(services, person, input.next, keepSessionId)
  const db = services.tenant(actor.tenantId)
  await db.write([recordAudit(db, services.clock.now(), actor, 'password.changed', actor.id)])
  return ok(null)
}

/** A password for somebody who came another way; the caller has seen a fresh proof. `keepSessionId` stays signed in. */
export async function setFirstPassword(
  services: Services,
  actor: Actor,
  password: string,
  keepSessionId: string,
): Promise<Result<null>> {
  const person = await services.directory.person(actor.id)
  if (person?.password_hash !== '')
    return fail('conflict', 'has-password', 'This account has a password. Change it with the present one.')
  const fault = passwordFault(password, [person.name, person.email, actor.workspace.name])
  if (fault) return invalid([{ path: 'next', message: fault }])
  await storePassword(services, person, password, keepSessionId)
  const db = services.tenant(actor.tenantId)
  await db.write([recordAudit(db, services.clock.now(), actor, 'password.set', actor.id)])
  return ok(null)
}

/** Proves the password again before a sensitive change; the session goes on under a new id and secret. */
export async function provePassword(
  services: Services,
  session: SessionView,
  password: string,
  device: Device,
): Promise<Result<StartedSession>> {
  const person = await services.directory.person(session.personId)
  if (!person || !(await services.limits.signIn(`account:${person.email.toLowerCase()}`)))
    return tooManyTries()
  if (!(await services.passwords.verify(password, person.password_hash))) {
    return fail('invalid', 'wrong-password', 'This is not your password.', {
      errors: [{ path: 'password', message: 'This is not your password.' }],
    })
  }
  const proved = { ...session, provedAt: services.clock.now() }
  return ok(await renewSession(services, proved, session.tenantId, device))
}

async function storePassword(
  services: Services,
  person: PersonRow,
  password: string,
  keepSessionId: string,
): Promise<void> {
  const { directory, clock } = services
  const byMail = keepSessionId === ''
  await endOtherSessions(services, person.id, keepSessionId, [
    directory.setPasswordStatement(person.id, await services.passwords.hash(password)),
    directory.dropLinksStatement(person.id),
    ...(byMail ? [directory.confirmAddressStatement(person.id, isoInstant(clock.now()))] : []),
  ])
  const mail = passwordChangedMail(person.name, `${services.config.publicUrl}/reset`)
  await services.mail.send({ kind: 'account', to: person.email, ...mail })
}
