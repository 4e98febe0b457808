/** The second factor: set up with a code that proves the app holds the secret; recovery codes are shown once. */
import type { Actor } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { sha256Hex } from '../../../platform/crypto/digest.ts'
import { fail, invalid, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { factorMail } from '../documents/mails.ts'
import { plainRecoveryCode, recoveryCode } from '../domain/recovery-code.ts'
import { newTotpSecret, totpStep, totpUri } from '../domain/totp.ts'
import { endOtherSessions } from './sessions.ts'

const SETUP_SECONDS = 900
const RECOVERY_CODES = 10

export interface FactorSetup {
  secret: string
  uri: string
  /** Carries the sealed secret from the page to the confirmation. */
  ticket: string
}

/** A secret to scan; nothing is stored until a code confirms it. */
export async function beginFactorSetup(services: Services, actor: Actor): Promise<FactorSetup> {
  return setupOf(services, actor, newTotpSecret())
}

/** The same secret again, after a wrong code. */
export async function resumeFactorSetup(
  services: Services,
  actor: Actor,
  ticket: string,
): Promise<FactorSetup> {
  const secret = await secretOf(services, actor, ticket)
  return setupOf(services, actor, secret ?? newTotpSecret())
}

async function setupOf(services: Services, actor: Actor, secret: string): Promise<FactorSetup> {
  const sealed = await services.box.seal(actor.id, 'totp-setup', secret)
  const ticket = await services.tokens.sign('totp-setup', { sub: actor.id, sealed }, SETUP_SECONDS)
  return { secret, uri: totpUri(secret, actor.email ?? actor.name), ticket }
}

async function secretOf(services: Services, actor: Actor, ticket: string): Promise<string | null> {
  const claims = await services.tokens.verify('totp-setup', ticket)
  if (claims?.sub !== actor.id || typeof claims.sealed !== 'string') return null
  return services.box.open(actor.id, 'totp-setup', claims.sealed)
}

/** Turns the factor on and ends the other sessions; answers the recovery codes, which are never shown again. */
export async function confirmFactorSetup(
  services: Services,
  actor: Actor,
  input: { ticket: string; code: string },
  keepSessionId: string,
): Promise<Result<{ recoveryCodes: string[] }>> {
  const secret = await secretOf(services, actor, input.ticket)
  if (!secret)
    return fail('invalid', 'start-again', 'This took too long. Start again with a new code to scan.')
  const step = totpStep(secret, input.code, services.clock.now())
  if (step === null)
    return invalid([{ path: 'code', message: 'This is not the code of this moment. Wait for the next one.' }])
  const { codes, statements } = await freshRecoveryCodes(services, actor.id)
  const now = services.clock.now()
  const sealed = await services.box.seal(actor.id, 'people/totp_secret', secret)
  const db = services.tenant(actor.tenantId)
  await endOtherSessions(services, actor.id, keepSessionId, [
    services.directory.setTotpStatement(actor.id, sealed, isoInstant(now), step),
    ...statements,
    recordAudit(db, now, actor, 'second_factor.enabled', actor.id),
  ])
  await tellOfFactor(services, actor, 'on')
  return ok({ recoveryCodes: codes })
}

/** New recovery codes in place of the old. */
export async function renewRecoveryCodes(
  services: Services,
  actor: Actor,
): Promise<{ recoveryCodes: string[] }> {
  const { codes, statements } = await freshRecoveryCodes(services, actor.id)
  const db = services.tenant(actor.tenantId)
  await services.directory.transact([
    ...statements,
    recordAudit(db, services.clock.now(), actor, 'recovery_codes.renewed', actor.id),
  ])
  return { recoveryCodes: codes }
}

/** Refused when a workspace asks for a second factor and no passkey is left to be it. */
export async function disableFactor(
  services: Services,
  actor: Actor,
  keepSessionId: string,
): Promise<Result<null>> {
  const proofs = await services.directory.proofsOf(actor.id)
  if (proofs.required && proofs.passkeys === 0) {
    return fail(
      'conflict',
      'factor-required',
      'A workspace you belong to requires a second factor. Add a passkey first, then turn the app off.',
    )
  }
  const db = services.tenant(actor.tenantId)
  await endOtherSessions(services, actor.id, keepSessionId, [
    services.directory.setTotpStatement(actor.id, null, null, null),
    // a passkey still needs them, for the day its device is lost
    ...(proofs.passkeys > 0 ? [] : services.directory.recoveryStatements(actor.id, [])),
    recordAudit(db, services.clock.now(), actor, 'second_factor.disabled', actor.id),
  ])
  await tellOfFactor(services, actor, 'off')
  return ok(null)
}

/** Whoever turned it on or off, the owner of the address hears of it. */
async function tellOfFactor(services: Services, actor: Actor, state: 'on' | 'off'): Promise<void> {
  if (!actor.email) return
  const mail = factorMail(actor.name, state, `${services.config.publicUrl}/reset`)
  await services.mail.send({ kind: 'account', to: actor.email, ...mail })
}

export const recoveryCodesLeft = (services: Services, actor: Actor): Promise<number> =>
  services.directory.recoveryCodesLeft(actor.id)

/** Ten codes, and the statements that put them in place of the old ones. */
export async function freshRecoveryCodes(
  services: Services,
  personId: string,
): Promise<{ codes: string[]; statements: D1PreparedStatement[] }> {
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode)
  return { codes, statements: services.directory.recoveryStatements(personId, await hashesOf(codes)) }
}

const newRecoveryCode = (): string => recoveryCode(crypto.getRandomValues(new Uint8Array(32)))

const hashesOf = (codes: string[]): Promise<string[]> =>
  Promise.all(codes.map((code) => sha256Hex(plainRecoveryCode(code))))
