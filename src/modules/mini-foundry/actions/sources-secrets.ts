/** The signing secrets of a Stripe source: at most two hold at once, so that nothing is lost while one is replaced. */

import { type Actor, can } from '../../../platform/actor.ts'
import { forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { openCredentials, replaceCredentials } from '../../connections/index.ts'
import { sourceById } from '../store/sources.ts'

/** How long the secret before the last still holds after a new one was saved. */
const ROTATION_MS = 24 * 3_600_000

export interface StripeSecrets {
  /** The id in the webhook's public address. */
  hookId: string
  /** `until` in milliseconds: the end of a secret that was replaced. */
  secrets: { value: string; until: number | null }[]
}

/** Adds the secret; the one before it keeps holding for a day. */
export async function addSigningSecret(
  services: Services,
  actor: Actor,
  id: string,
  secret: string,
): Promise<Result<null>> {
  const fault = secretFault(secret)
  return changeSecrets(services, actor, id, (held, now) => {
    if (fault) return invalid([{ path: 'signing_secret', message: fault }])
    const value = secret.trim()
    const older = activeSecrets(held, now)
      .filter((known) => known.value !== value)
      .map((known) => ({ ...known, until: known.until ?? now + ROTATION_MS }))
    return ok([{ value, until: null }, ...older].slice(0, 2))
  })
}

/** Ends the secret that was replaced before its day is over. */
export async function dropOlderSecret(services: Services, actor: Actor, id: string): Promise<Result<null>> {
  return changeSecrets(services, actor, id, (held, now) => ok(activeSecrets(held, now).slice(0, 1)))
}

/** The secrets that hold now, for the check of a delivery. */
export async function signingSecrets(
  services: Services,
  tenantId: string,
  connectorId: string,
): Promise<string[]> {
  const held = await secretsOf(services, tenantId, connectorId)
  return activeSecrets(held, services.clock.now()).map(({ value }) => value)
}

/** What is wrong with a signing secret, in words. */
export const secretFault = (secret: string): string | null =>
  /^whsec_[A-Za-z0-9+/=_-]{8,200}$/.test(secret.trim())
    ? null
    : 'A signing secret begins with whsec_. Copy it from the webhook’s page at Stripe.'

export async function secretsOf(
  services: Services,
  tenantId: string,
  connectorId: string,
): Promise<StripeSecrets> {
  const opened = (await openCredentials(services, tenantId, connectorId)) as Partial<StripeSecrets> | null
  return { hookId: opened?.hookId ?? '', secrets: opened?.secrets ?? [] }
}

export const activeSecrets = (held: StripeSecrets, nowMs: number) =>
  held.secrets.filter(({ until }) => until === null || until > nowMs)

/** The address to give to Stripe. */
export const hookAddress = (services: Services, hookId: string): string =>
  `${services.config.publicUrl}/hooks/stripe/${hookId}`

type NextSecrets = (held: StripeSecrets, now: number) => Result<StripeSecrets['secrets']>

async function changeSecrets(
  services: Services,
  actor: Actor,
  id: string,
  next: NextSecrets,
): Promise<Result<null>> {
  if (!can(actor, 'foundry:manage')) return forbidden('change data sources')
  const db = services.tenant(actor.tenantId)
  const source = await db.get(sourceById(db, id))
  if (!source?.connectorId) return notFound('connected data source')
  const held = await secretsOf(services, actor.tenantId, source.connectorId)
  const secrets = next(held, services.clock.now())
  if (!secrets.ok) return secrets
  return replaceCredentials(services, actor, source.connectorId, { ...held, secrets: secrets.value })
}
