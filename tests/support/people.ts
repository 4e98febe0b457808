// People, sessions and keys laid straight into the directory's tables, for tests that are not about signing in.

import type { Actor, Role } from '../../src/platform/actor.ts'
import { sha256Hex } from '../../src/platform/crypto/digest.ts'
import { keyText } from '../../src/platform/crypto/key-text.ts'
import { randomToken, uuidv7 } from '../../src/platform/ids.ts'
import type { Result } from '../../src/platform/result.ts'
import { testEnv, type World } from './world.ts'

const DAY_MS = 86_400_000

/** A signed-in person of the workspace: the cookie header that stands for them. */
export async function signInAs(
  tenantId: string,
  role: Role,
  nowMs: number,
): Promise<{ cookie: string; personId: string }> {
  const personId = uuidv7(nowMs)
  const sessionId = uuidv7(nowMs)
  const secret = randomToken(32)
  const at = new Date(nowMs).toISOString()
  await testEnv.DB.batch([
    testEnv.DB.prepare(
      `INSERT INTO people (id, email, name, password_hash, email_verified_at, created_at) VALUES (?1, ?2, ?3, 'none', ?4, ?4)`,
    ).bind(personId, `${role}-${personId}@example.com`, `A ${role}`, at),
    testEnv.DB.prepare(
      'INSERT INTO memberships (tenant_id, person_id, role, created_at) VALUES (?1, ?2, ?3, ?4)',
    ).bind(tenantId, personId, role, at),
    testEnv.DB.prepare(
      `INSERT INTO sessions (id, secret_hash, person_id, tenant_id, created_at, last_seen_at, idle_expires_at,
         absolute_expires_at, proved_at, agent, ip_prefix) VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7, ?5, 'Test', 'unknown')`,
    ).bind(
      sessionId,
      await sha256Hex(secret),
      personId,
      tenantId,
      nowMs,
      nowMs + 7 * DAY_MS,
      nowMs + 30 * DAY_MS,
    ),
  ])
  return { cookie: `session=${sessionId}.${secret}`, personId }
}

/** An API key of the workspace with these scopes: the bearer header that stands for it. */
export async function keyFor(
  tenantId: string,
  scopes: string[],
  nowMs: number,
): Promise<{ authorization: string; id: string }> {
  const id = randomToken(8)
  const secret = randomToken(32)
  await testEnv.DB.prepare(
    `INSERT INTO api_keys (id, tenant_id, name, secret_hash, scopes, created_by, created_at) VALUES (?1, ?2, 'Test', ?3, ?4, 'test', ?5)`,
  )
    .bind(id, tenantId, await sha256Hex(secret), JSON.stringify(scopes), new Date(nowMs).toISOString())
    .run()
  return { authorization: `Bearer ${keyText(id, secret)}`, id }
}

/** The value of a result that must be one; the refusal is the failure of the test. */
export function okValue<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** A person who belongs to the workspace, as who acts. */
export async function joinedAs(world: World, actor: Actor, role: Role): Promise<Actor> {
  const { personId } = await signInAs(actor.tenantId, role, world.clock.now())
  const email = `${role}-${personId}@example.com`
  return { ...actor, kind: 'person', id: personId, email, name: `A ${role}`, role }
}
