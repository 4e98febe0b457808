/** API keys: shown once, stored as a digest, and the short-lived tokens made from them. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { sha256Hex } from '../../../platform/crypto/digest.ts'
import { type KeyMode, keyText } from '../../../platform/crypto/key-text.ts'
import { randomToken, uuidv7 } from '../../../platform/ids.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { newKeySchema } from '../domain/api-key.ts'
import { fieldErrors } from './sign-up.ts'

export const ACCESS_TOKEN_SECONDS = 900

export interface ApiKeyLine {
  id: string
  name: string
  mode: KeyMode
  scopes: string[]
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
  state: 'active' | 'expired' | 'revoked'
}

/**
 * `{ name, scopes, days, mode? }`; the answer holds the whole key, this once. The first test key makes the twin that
 * holds the workspace's test data.
 */
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
  const inTwin = actor.workspace.sandboxOf !== null
  if (inTwin && (input as { mode?: unknown }).mode === 'live')
    return fail('invalid', 'test-data', 'Live keys are made in the live workspace. Switch to it first.', {
      errors: [{ path: 'mode', message: 'Only test keys are made among test data.' }],
    })
  const mode = inTwin ? 'test' : parsed.data.mode
  const tenantId = mode === 'test' && !inTwin ? await ensureTwin(services, actor) : actor.tenantId
  const [id, secret] = [randomToken(8), randomToken(32)]
  const db = services.tenant(actor.tenantId)
  await services.directory.transact([
    services.directory.keyStatement({
      id,
      tenantId,
      mode,
      name,
      secretHash: await sha256Hex(secret),
      scopes,
      createdBy: actor.id,
      at: isoInstant(now),
      expiresAt: days === null ? null : isoInstant(now + days * 86_400_000),
    }),
    recordAudit(db, now, actor, 'api_key.created', id, { name, scopes, mode }),
  ])
  return ok({ id, key: keyText(id, secret, mode) })
}

export async function listApiKeys(services: Services, actor: Actor): Promise<Result<ApiKeyLine[]>> {
  if (!can(actor, 'keys:manage')) return forbidden('see API keys')
  const now = isoInstant(services.clock.now())
  const lines = (await Promise.all((await ownIds(services, actor)).map(services.directory.keysOf))).flat()
  lines.sort((a, b) => b.createdAt.localeCompare(a.createdAt))
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
  for (const tenantId of await ownIds(services, actor)) {
    const [changed] = await services.directory.transact([
      services.directory.revokeKeyStatement(tenantId, id, isoInstant(now)),
      recordAudit(db, now, actor, 'api_key.revoked', id, {}, 'if-changed'),
    ])
    if (changed === 1) return ok(null)
  }
  return notFound('active key')
}

/** Owners and admins who came after the test data can work with it too. */
export async function shareTestData(services: Services, actor: Actor): Promise<Result<null>> {
  if (!can(actor, 'keys:manage')) return forbidden('let people into the test data')
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  await services.directory.transact([
    ...services.directory.twinPeopleStatements(actor.tenantId, isoInstant(now)),
    recordAudit(db, now, actor, 'test_data.shared', actor.tenantId, {}, 'if-changed'),
  ])
  return ok(null)
}

/** Two first test keys at once make one twin: a workspace has at most one by a unique index. */
async function ensureTwin(services: Services, actor: Actor): Promise<string> {
  const { directory, clock } = services
  const [now, id] = [clock.now(), uuidv7(clock.now())]
  await directory.transact(directory.twinStatements(actor.tenantId, id, isoInstant(now)))
  const twin = await directory.sandboxIdOf(actor.tenantId)
  if (!twin) throw new Error('a workspace without a twin just after one was made')
  return twin
}

/** The workspace and its twin. */
async function ownIds(services: Services, actor: Actor): Promise<string[]> {
  const twin = await services.directory.sandboxIdOf(actor.tenantId)
  return twin ? [actor.tenantId, twin] : [actor.tenantId]
}

/** A token for the key that asks, good for 15 minutes and as long as the key. */
export const createAccessToken = (services: Services, actor: Actor): Promise<string> =>
  services.tokens.sign(
    'access',
    { sub: actor.id, tenant: actor.tenantId, scope: [...(actor.scopes ?? [])].join(' ') },
    ACCESS_TOKEN_SECONDS,
  )
