/** Passkeys of a person: made, named and removed. A passkey that knows its user counts as both factors. */
import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server'
import { isoBase64URL } from '@simplewebauthn/server/helpers'
import type { Actor } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { sha256Hex } from '../../../platform/crypto/digest.ts'
import type { PasskeyRow } from '../../../platform/directory/passkeys.ts'
import { fail, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { passkeyMail } from '../documents/people-mails.ts'
import { passkeyNameField, type Registration, readRegistration } from '../domain/passkey.ts'
import { freshRecoveryCodes } from './second-factor.ts'
import { endOtherSessions } from './sessions.ts'

const SETUP_SECONDS = 300
const MOST = 20

/** Where browsers meet us: keys are bound to `rpId`, the host of `origin`. */
export interface Site {
  origin: string
  rpId: string
}

export interface PasskeyLine {
  /** A short name for addresses: the credential id itself stays inside. */
  ref: string
  name: string
  createdAt: string
  lastUsedAt: string | null
  backedUp: boolean
}

/** What the browser needs to make a key, as JSON, and the ticket that comes back with it within five minutes. */
export async function beginPasskey(
  services: Services,
  actor: Actor,
  site: Site,
): Promise<{ options: string; ticket: string }> {
  const keys = await services.directory.passkeysOf(actor.id)
  const options = await generateRegistrationOptions({
    rpName: 'SMB Command',
    rpID: site.rpId,
    userID: Uint8Array.from(new TextEncoder().encode(actor.id)),
    userName: actor.email ?? actor.name,
    userDisplayName: actor.name,
    attestationType: 'none',
    timeout: SETUP_SECONDS * 1000,
    excludeCredentials: keys.map((key) => ({ id: key.id, transports: JSON.parse(key.transports) })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  const claims = { sub: actor.id, jti: options.challenge }
  const ticket = await services.tokens.sign('passkey-setup', claims, SETUP_SECONDS)
  return { options: JSON.stringify(options), ticket }
}

/**
 * Keeps the key and ends the other sessions. The first factor of a person brings recovery codes, for the day the device is
 * lost; otherwise the list is empty.
 */
export async function confirmPasskey(
  services: Services,
  actor: Actor,
  input: { ticket: string; credential: string; name: string },
  site: Site,
  keepSessionId: string,
): Promise<Result<{ recoveryCodes: string[] }>> {
  const { directory, clock } = services
  const name = passkeyNameField.safeParse(input.name)
  if (!name.success) return invalid([{ path: 'name', message: name.error.issues[0]?.message ?? '' }])
  const claims = await services.tokens.verify('passkey-setup', input.ticket)
  const answer = readRegistration(input.credential)
  if (claims?.sub !== actor.id || !claims.jti || !answer) return again()
  if ((await directory.passkeysOf(actor.id)).length >= MOST)
    return fail('conflict', 'too-many-passkeys', `${MOST} passkeys are the most. Remove one first.`)
  const made = await madeKey(answer, claims.jti, site)
  if (!made) return again()
  const now = clock.now()
  if (!(await directory.spendTicket(`passkey ${claims.jti}`, (claims.exp ?? 0) * 1000))) return again()
  if (await directory.passkey(made.id)) return again()
  const row = { ...made, personId: actor.id, name: name.data, createdAt: isoInstant(now) }
  const codes = await codesForFirstFactor(services, actor)
  const db = services.tenant(actor.tenantId)
  await endOtherSessions(services, actor.id, keepSessionId, [
    directory.passkeyStatement(row),
    recordAudit(db, now, actor, 'passkey.added', actor.id, { name: name.data }, 'if-changed'),
    ...codes.statements,
  ])
  await tell(services, actor, 'added', name.data)
  return ok({ recoveryCodes: codes.codes })
}

async function madeKey(answer: Registration, challenge: string, site: Site) {
  try {
    const checked = await verifyRegistrationResponse({
      response: answer,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: true,
    })
    if (!checked.verified) return null
    const { credential, credentialBackedUp } = checked.registrationInfo
    return {
      id: credential.id,
      publicKey: isoBase64URL.fromBuffer(credential.publicKey),
      counter: credential.counter,
      transports: JSON.stringify(answer.response.transports ?? []),
      backedUp: credentialBackedUp ? 1 : 0,
    }
  } catch {
    return null // the library throws on whatever does not fit: another challenge, origin, host, no user verification
  }
}

const again = () =>
  fail('invalid', 'passkey-refused', 'The passkey could not be made, or this took too long. Try once more.')

async function codesForFirstFactor(services: Services, actor: Actor) {
  const left = await services.directory.recoveryCodesLeft(actor.id)
  return left > 0 ? { codes: [], statements: [] } : freshRecoveryCodes(services, actor.id)
}

export async function listPasskeys(services: Services, actor: Actor): Promise<PasskeyLine[]> {
  const keys = await services.directory.passkeysOf(actor.id)
  return Promise.all(
    keys.map(async (key) => ({
      ref: await refOf(key),
      name: key.name,
      createdAt: key.createdAt,
      lastUsedAt: key.lastUsedAt,
      backedUp: key.backedUp === 1,
    })),
  )
}

export async function renamePasskey(
  services: Services,
  actor: Actor,
  ref: string,
  name: string,
): Promise<Result<null>> {
  const key = await keyOf(services, actor, ref)
  if (!key) return notFound('passkey')
  const parsed = passkeyNameField.safeParse(name)
  if (!parsed.success) return invalid([{ path: 'name', message: parsed.error.issues[0]?.message ?? '' }])
  const db = services.tenant(actor.tenantId)
  await services.directory.transact([
    services.directory.renamePasskeyStatement(actor.id, key.id, parsed.data),
    recordAudit(db, services.clock.now(), actor, 'passkey.renamed', actor.id, { name: parsed.data }),
  ])
  return ok(null)
}

/** Refused when it is the last way in, or the last factor of somebody whose workspace asks for one. */
export async function removePasskey(
  services: Services,
  actor: Actor,
  ref: string,
  keepSessionId: string,
): Promise<Result<null>> {
  const key = await keyOf(services, actor, ref)
  if (!key) return notFound('passkey')
  const proofs = await services.directory.proofsOf(actor.id)
  if (proofs.passkeys === 1 && !proofs.password && proofs.accounts === 0) return lastWayIn()
  if (proofs.passkeys === 1 && !proofs.app && proofs.required) return lastFactor()
  const db = services.tenant(actor.tenantId)
  const lastOfAll = proofs.passkeys === 1 && !proofs.app
  await endOtherSessions(services, actor.id, keepSessionId, [
    services.directory.removePasskeyStatement(actor.id, key.id),
    recordAudit(
      db,
      services.clock.now(),
      actor,
      'passkey.removed',
      actor.id,
      { name: key.name },
      'if-changed',
    ),
    ...(lastOfAll ? services.directory.recoveryStatements(actor.id, []) : []),
  ])
  await tell(services, actor, 'removed', key.name)
  return ok(null)
}

export const lastWayIn = () =>
  fail(
    'conflict',
    'last-way-in',
    'This is the only way you can sign in. Set a password or add a passkey first.',
  )

/** The same words for an app and a passkey. */
export const lastFactor = () =>
  fail(
    'conflict',
    'factor-required',
    'A workspace you belong to requires a second factor. Add another passkey or an authenticator app first.',
  )

const refOf = async (key: PasskeyRow): Promise<string> => (await sha256Hex(key.id)).slice(0, 24)

async function keyOf(services: Services, actor: Actor, ref: string): Promise<PasskeyRow | undefined> {
  for (const key of await services.directory.passkeysOf(actor.id)) if ((await refOf(key)) === ref) return key
  return undefined
}

async function tell(services: Services, actor: Actor, what: 'added' | 'removed', name: string) {
  if (!actor.email) return
  const mail = passkeyMail(actor.name, what, name, `${services.config.publicUrl}/reset`)
  await services.mail.send({ kind: 'account', to: actor.email, ...mail })
}
