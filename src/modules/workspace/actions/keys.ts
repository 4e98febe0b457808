/** API keys: shown once, stored as a digest, and the short-lived tokens made from them. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { sha256Hex } from '../../../platform/crypto/digest.ts'
import { keyText } from '../../../platform/crypto/key-text.ts'
import { randomToken } from '../../../platform/ids.ts'
import { forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { newKeySchema } from '../domain/api-key.ts'
import { fieldErrors } from './sign-up.ts'

export const ACCESS_TOKEN_SECONDS = 900

export interface ApiKeyLine {
  id: string
  name: string
  scopes: string[]
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
  state: 'active' | 'expired' | 'revoked'
}

/** `{ name, scopes, days }`; the answer holds the whole key, this once. */
export async function createApiKey(
  services: Services,
  actor: Actor,
  input: unknown,
): Promise<Result<{ id: string; key: string }>> {
  if (!can(actor, 'keys:manage')) return forbidden('make API keys')
  const parsed = newKeySchema.safeParse(input)
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const now = services.clock.now()
  const { name, scopes, days } = parsed.data
  const [id, secret] = [randomToken(8), randomToken(32)]
  const db = services.tenant(actor.tenantId)
  await services.directory.transact([
    services.directory.keyStatement({
      id,
      tenantId: actor.tenantId,
      name,
      secretHash: await sha256Hex(secret),
      scopes,
      createdBy: actor.id,
      at: isoInstant(now),
      expiresAt: days === null ? null : isoInstant(now + days * 86_400_000),
    }),
    recordAudit(db, now, actor, 'api_key.created', id, { name, scopes }),
  ])
  return ok({ id, key: keyText(id, secret) })
}

export async function listApiKeys(services: Services, actor: Actor): Promise<Result<ApiKeyLine[]>> {
  if (!can(actor, 'keys:manage')) return forbidden('see API keys')
  const now = isoInstant(services.clock.now())
  const lines = await services.directory.keysOf(actor.tenantId)
  return ok(
    lines.map(({ revokedAt, scopes, ...line }) => ({
      ...line,
      scopes: JSON.parse(scopes) as string[],
      state: revokedAt ? 'revoked' : line.expiresAt && line.expiresAt <= now ? 'expired' : 'active',
    })),
  )
}

/** Ends the key and every token made from it. */
export async function revokeApiKey(services: Services, actor: Actor, id: string): Promise<Result<null>> {
  if (!can(actor, 'keys:manage')) return forbidden('revoke API keys')
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const [changed] = await services.directory.transact([
    services.directory.revokeKeyStatement(actor.tenantId, id, isoInstant(now)),
    recordAudit(db, now, actor, 'api_key.revoked', id, {}, 'if-changed'),
  ])
  return changed === 1 ? ok(null) : notFound('active key')
}

/** A token for the key that asks, good for 15 minutes and as long as the key. */
export const createAccessToken = (services: Services, actor: Actor): Promise<string> =>
  services.tokens.sign(
    'access',
    { sub: actor.id, tenant: actor.tenantId, scope: [...(actor.scopes ?? [])].join(' ') },
    ACCESS_TOKEN_SECONDS,
  )
