/** Who is asking: a session cookie, an API key, or an access token made from one. Never two at once: bearer wins. */
import type { MiddlewareHandler } from 'hono'
import { type Actor, KEY_SCOPES, type Workspace } from '../platform/actor.ts'
import { recordAudit } from '../platform/audit.ts'
import { isoInstant } from '../platform/clock.ts'
import { sameText, sha256Hex } from '../platform/crypto/digest.ts'
import { parseKeyText } from '../platform/crypto/key-text.ts'
import type { KeyView, SessionView } from '../platform/directory.ts'
import { fail } from '../platform/result.ts'
import { ipPrefix } from './address.ts'
import type { AppContext, AppEnv } from './context.ts'
import { readOwnCookie } from './cookies.ts'
import { problem } from './problem.ts'

const TOUCH_SESSION_MS = 5 * 60_000
const IDLE_MS = 7 * 24 * 3_600_000
const TOUCH_KEY_MS = 3_600_000

/** Sets `maybeActor` and `session`. A bearer credential that does not hold is refused at once, on every path. */
export function authenticate(): MiddlewareHandler<AppEnv> {
  return async function authenticate(c, next) {
    c.set('maybeActor', null)
    c.set('session', null)
    const header = c.req.header('Authorization')
    // vendors prove their deliveries in their own ways, some by this header
    if (header !== undefined && !c.req.path.startsWith('/hooks/')) {
      const actor = await bearerActor(c, header)
      if (!actor) {
        const { error } = fail(
          'unauthenticated',
          'bad-credentials',
          'This key or token is unknown, expired or revoked.',
        )
        return problem(c, error)
      }
      c.set('maybeActor', actor)
      return next()
    }
    const session = await sessionOf(c)
    if (session) {
      c.set('session', session)
      c.set('maybeActor', personActor(c, session))
    }
    return next()
  }
}

/** From the hour of its erasure on nobody comes into a workspace any more. */
const isEnding = ({ eraseAt }: Workspace, now: number): boolean => eraseAt !== null && eraseAt <= now

async function sessionOf(c: AppContext): Promise<SessionView | null> {
  const { services } = c.var
  const [id, secret] = (readOwnCookie(c, 'session') ?? '').split('.')
  if (!id || !secret) return null
  const session = await services.directory.session(id)
  if (!session || !sameText(await sha256Hex(secret), session.secretHash)) return null
  const now = services.clock.now()
  if (now >= session.idleExpiresAt || now >= session.absoluteExpiresAt) return null
  if (isEnding(session.workspace, now)) return null
  if (now - session.lastSeenAt > TOUCH_SESSION_MS) {
    services.later(
      services.directory.touchSession(session.id, now, Math.min(now + IDLE_MS, session.absoluteExpiresAt)),
    )
  }
  return session
}

function personActor(c: AppContext, session: SessionView): Actor {
  return {
    kind: 'person',
    id: session.personId,
    name: session.name,
    email: session.email,
    tenantId: session.tenantId,
    role: session.role,
    scopes: null,
    workspace: session.workspace,
    requestId: c.var.requestId,
    ipPrefix: ipPrefix(c),
  }
}

async function bearerActor(c: AppContext, header: string): Promise<Actor | null> {
  const token = /^Bearer ([\w.~+/=-]+)$/.exec(header)?.[1] ?? ''
  const parts = parseKeyText(token)
  if (!parts) return accessTokenActor(c, token)
  const key = await c.var.services.directory.apiKey(parts.id)
  if (!key || key.mode !== parts.mode || !sameText(await sha256Hex(parts.secret), key.secretHash)) return null
  return keyActor(c, key, key.scopes)
}

/** A token ends with its key: the key's row is read for tokens too. */
async function accessTokenActor(c: AppContext, token: string): Promise<Actor | null> {
  const claims = await c.var.services.tokens.verify('access', token)
  if (!claims?.sub) return null
  const key = await c.var.services.directory.apiKey(claims.sub)
  return key && keyActor(c, key, key.scopes)
}

function keyActor(c: AppContext, key: KeyView, scopes: string[]): Actor | null {
  const { services } = c.var
  const now = services.clock.now()
  // whatever a row may say: test keys open twins, live keys open what is no twin
  if ((key.mode === 'test') !== (key.workspace.sandboxOf !== null)) return null
  if (key.revokedAt !== null || (key.expiresAt !== null && Date.parse(key.expiresAt) <= now)) return null
  if (isEnding(key.workspace, now)) return null
  const actor: Actor = {
    kind: 'key',
    id: key.id,
    name: key.name,
    email: null,
    tenantId: key.tenantId,
    role: 'owner',
    scopes: new Set(scopes.filter((scope) => (KEY_SCOPES as string[]).includes(scope))),
    workspace: key.workspace,
    requestId: c.var.requestId,
    ipPrefix: ipPrefix(c),
  }
  if (key.lastUsedAt === null || now - Date.parse(key.lastUsedAt) > TOUCH_KEY_MS) {
    services.later(noteKeyUse(c, actor, key.lastUsedAt, now))
  }
  return actor
}

/** The time of use is kept by the hour; the audit log tells of it once a day. */
async function noteKeyUse(
  c: AppContext,
  actor: Actor,
  lastUsedAt: string | null,
  now: number,
): Promise<void> {
  const { services } = c.var
  const at = isoInstant(now)
  await services.directory.touchApiKey(actor.id, at)
  if (lastUsedAt?.slice(0, 10) === at.slice(0, 10)) return
  const db = services.tenant(actor.tenantId)
  await db.write([recordAudit(db, now, actor, 'api_key.used', actor.id)])
}
