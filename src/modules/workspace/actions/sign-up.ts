/** Signing up and confirming the address. The answer is the same for an address that is known and one that is new. */
import type { WorkspaceSettings } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { randomToken } from '../../../platform/ids.ts'
import { type FieldError, fail, invalid, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { alreadyRegisteredMail, emailChangedMail, verifyMail } from '../documents/mails.ts'
import { signUpSchema } from '../domain/account.ts'
import { passwordFault } from '../domain/password-policy.ts'
import { createPersonWithWorkspace } from './people.ts'
import { noteForPerson } from './person-notes.ts'
import { type Device, type StartedSession, startSession } from './sessions.ts'

const VERIFY_SECONDS = 24 * 3600

/** Fields of a shape that do not fit, in words beside their names. */
export const fieldErrors = (issues: readonly { path: PropertyKey[]; message: string }[]): FieldError[] =>
  issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message }))

/** Why nobody can sign up here, and what to do instead. */
export const signUpsClosed = (services: Services) =>
  fail(
    'forbidden',
    'sign-ups-closed',
    services.config.signups === 'invite'
      ? 'This installation takes new people by invitation only. Ask somebody who is in to invite you.'
      : 'This installation takes no new people. Ask the person who runs it.',
  )

/**
 * Makes the account and sends the mail that goes on; signs nobody in. An address that was never confirmed belongs to
 * nobody yet: a newer sign-up takes its place, so that a stranger who was first gains nothing by it.
 */
export async function signUp(
  services: Services,
  fields: Record<string, string>,
  settings: Omit<WorkspaceSettings, 'id' | 'name'>,
  ipPrefix: string,
): Promise<Result<null>> {
  if (services.config.signups !== 'open') return signUpsClosed(services)
  const parsed = signUpSchema.safeParse(fields)
  const errors = parsed.success ? [] : fieldErrors(parsed.error.issues)
  const fault = passwordFault(fields.password ?? '', [
    fields.name ?? '',
    fields.email ?? '',
    fields.workspace ?? '',
  ])
  if (fault) errors.push({ path: 'password', message: fault })
  if (!parsed.success || errors.length > 0) return invalid(errors)
  const { name, email, password, workspace } = parsed.data
  const mayTry =
    (await services.limits.signIn(`ip:${ipPrefix}`)) &&
    (await services.limits.signIn(`sign-up:${email.toLowerCase()}`))
  if (!mayTry) return tooManyTries()
  const known = await services.directory.personByEmail(email)
  if (known?.email_verified_at) {
    await services.passwords.pretend(password)
    const mail = alreadyRegisteredMail(known.name, `${services.config.publicUrl}/sign-in`)
    await services.mail.send({ kind: 'account', to: known.email, ...mail })
    return ok(null)
  }
  const created = await createPersonWithWorkspace(services, {
    name,
    email,
    password,
    verified: false,
    instead: known?.id,
    workspace: { ...settings, name: workspace },
  })
  const link = await verifyLink(services, created.personId, email)
  await services.mail.send({ kind: 'account', to: email, ...verifyMail(name, link) })
  return ok(null)
}

/** A link to confirm `email` as the address of a person; works once. */
export async function verifyLink(services: Services, personId: string, email: string): Promise<string> {
  const id = randomToken(22)
  const now = services.clock.now()
  const token = await services.tokens.sign('verify-email', { sub: personId, jti: id, email }, VERIFY_SECONDS)
  await services.directory.transact([
    services.directory.linkStatement(id, personId, 'verify-email', now + VERIFY_SECONDS * 1000),
  ])
  return `${services.config.publicUrl}/verify/${token}`
}

/** What a link would confirm, or null when it leads nowhere any more; changes nothing. */
export async function readVerifyLink(services: Services, token: string): Promise<{ email: string } | null> {
  const claims = await claimsOf(services, token)
  if (!claims) return null
  const open = await services.directory.openLinks(claims.sub, 'verify-email', services.clock.now())
  return open.includes(claims.jti) ? { email: claims.email } : null
}

/**
 * Confirms the address and signs the person in. The password is asked for beside the link: the link shows who reads the
 * mail, the password that the same person made the account or asked for the change. Either alone proves too little.
 */
export async function confirmEmail(
  services: Services,
  token: string,
  password: string,
  device: Device,
): Promise<Result<StartedSession>> {
  const { directory, clock } = services
  const claims = await claimsOf(services, token)
  const person = claims && (await directory.person(claims.sub))
  if (!claims || !person) return staleLink()
  if (!(await services.limits.signIn(`account:${person.email.toLowerCase()}`))) return tooManyTries()
  if (!(await services.passwords.verify(password, person.password_hash))) {
    const message =
      'This is not the password of the account. If it was not you who made it, reset the password.'
    return invalid([{ path: 'password', message }])
  }
  const owner = await directory.personByEmail(claims.email)
  if (owner && owner.id !== person.id)
    return fail('conflict', 'address-taken', 'Another account has this address now.')
  if (!(await directory.spendLink(claims.jti, person.id, 'verify-email', clock.now()))) return staleLink()
  await directory.transact([
    directory.setVerifiedStatement(person.id, claims.email, isoInstant(clock.now())),
    directory.dropLinksStatement(person.id),
  ])
  if (person.email.toLowerCase() !== claims.email.toLowerCase()) {
    await noteForPerson(services, person, device, 'email.changed')
    const mail = emailChangedMail(person.name, claims.email)
    await services.mail.send({ kind: 'account', to: person.email, ...mail })
  }
  const { app, passkeys } = await directory.proofsOf(person.id)
  if (app || passkeys > 0) {
    const words = 'The address is confirmed. Sign in with your password and your second factor.'
    return fail('unauthenticated', 'sign-in-again', words)
  }
  const [home] = await directory.membershipsOf(person.id)
  return home ? ok(await startSession(services, person.id, home.tenantId, device)) : staleLink()
}

async function claimsOf(services: Services, token: string) {
  const { sub, jti, email } = (await services.tokens.verify('verify-email', token)) ?? {}
  return sub !== undefined && jti !== undefined && typeof email === 'string' ? { sub, jti, email } : null
}

export const staleLink = () =>
  fail('not_found', 'link-spent', 'This link was used already, or its time is over. Ask for a new one.')

export const tooManyTries = () =>
  fail('rate_limited', 'too-many-tries', 'Too many tries. Wait a minute, then try again.', { retryAfter: 60 })
