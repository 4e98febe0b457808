/** Signing up and confirming the address. The answer is the same for an address that is known and one that is new. */
import type { WorkspaceSettings } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { randomToken } from '../../../platform/ids.ts'
import { type FieldError, fail, invalid, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { alreadyRegisteredMail, verifyMail } from '../documents/mails.ts'
import { signUpSchema } from '../domain/account.ts'
import { passwordFault } from '../domain/password-policy.ts'
import { createPersonWithWorkspace } from './people.ts'
import { type Device, type StartedSession, startSession } from './sessions.ts'

const VERIFY_SECONDS = 24 * 3600

/** Fields of a shape that do not fit, in words beside their names. */
export const fieldErrors = (issues: readonly { path: PropertyKey[]; message: string }[]): FieldError[] =>
  issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message }))

/** Sends the mail that goes on; signs nobody in. */
export async function signUp(
  services: Services,
  fields: Record<string, string>,
  settings: Omit<WorkspaceSettings, 'id' | 'name'>,
): Promise<Result<null>> {
  if (services.config.signups !== 'open') {
    return fail(
      'forbidden',
      'sign-ups-closed',
      'This installation takes new people by invitation only. Ask somebody who is in.',
    )
  }
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
  if (!(await services.limits.signIn(`sign-up:${email.toLowerCase()}`))) return tooManyTries()
  const known = await services.directory.personByEmail(email)
  if (known) {
    await services.passwords.pretend(password)
    const signIn = `${services.config.publicUrl}/sign-in`
    const mail = known.email_verified_at
      ? alreadyRegisteredMail(known.name, signIn)
      : verifyMail(known.name, await verifyLink(services, known.id, known.email))
    await services.mail.send({ kind: 'account', to: known.email, ...mail })
    return ok(null)
  }
  const created = await createPersonWithWorkspace(services, {
    name,
    email,
    password,
    verified: false,
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

/** Whether a link still leads somewhere; changes nothing. */
export async function readVerifyLink(services: Services, token: string): Promise<{ email: string } | null> {
  const claims = await services.tokens.verify('verify-email', token)
  return typeof claims?.email === 'string' ? { email: claims.email } : null
}

/** Confirms the address and signs the person in. */
export async function confirmEmail(
  services: Services,
  token: string,
  device: Device,
): Promise<Result<StartedSession>> {
  const claims = await services.tokens.verify('verify-email', token)
  const { sub, jti, email } = claims ?? {}
  const spent =
    sub !== undefined &&
    jti !== undefined &&
    typeof email === 'string' &&
    (await services.directory.spendLink(jti, sub, 'verify-email', services.clock.now()))
  if (!spent || !sub || typeof email !== 'string') return staleLink()
  const owner = await services.directory.personByEmail(email)
  if (owner && owner.id !== sub)
    return fail('conflict', 'address-taken', 'Another account has this address now.')
  await services.directory.transact([
    services.directory.setVerifiedStatement(sub, email, isoInstant(services.clock.now())),
  ])
  const person = await services.directory.person(sub)
  const [home] = await services.directory.membershipsOf(sub)
  if (!home || !person) return staleLink()
  if (person.totp_enabled_at) {
    return fail(
      'unauthenticated',
      'sign-in-again',
      'The address is confirmed. Sign in with your password and code.',
    )
  }
  return ok(await startSession(services, sub, home.tenantId, device))
}

export const staleLink = () =>
  fail('not_found', 'link-spent', 'This link was used already, or its time is over. Ask for a new one.')

export const tooManyTries = () =>
  fail('rate_limited', 'too-many-tries', 'Too many tries. Wait a minute, then try again.', { retryAfter: 60 })
