/** Sessions: two-part cookies of which only a digest is stored; 7 days idle, 30 days at most. */
import type { Actor } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { sha256Hex } from '../../../platform/crypto/digest.ts'
import type { SessionLine } from '../../../platform/directory/session-writes.ts'
import type { SessionView } from '../../../platform/directory.ts'
import { randomToken, uuidv7 } from '../../../platform/ids.ts'
import { notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { agentFamily } from '../domain/agent.ts'

const IDLE_MS = 7 * 86_400_000
const ABSOLUTE_MS = 30 * 86_400_000
/** How long a proof of the password counts for sensitive changes. */
const PROOF_MS = 10 * 60_000

/** Where a request comes from, as it is kept with a session. */
export interface Device {
  userAgent: string
  ipPrefix: string
}

export interface StartedSession {
  /** `<id>.<secret>`: the value of the session cookie. */
  cookie: string
  id: string
  /** Seconds for the cookie. */
  maxAge: number
}

/**
 * Begins a session of a person who has just proved who they are; the caller sets the cookie. `kept` carries over what a
 * session that it follows had: a new id must not lengthen its life nor count as a proof of the password.
 */
export async function startSession(
  services: Services,
  personId: string,
  tenantId: string,
  device: Device,
  kept?: Pick<SessionView, 'absoluteExpiresAt' | 'provedAt'>,
): Promise<StartedSession> {
  const now = services.clock.now()
  const absoluteExpiresAt = kept?.absoluteExpiresAt ?? now + ABSOLUTE_MS
  const id = uuidv7(now)
  const secret = randomToken(32)
  await services.directory.transact([
    services.directory.sessionStatement({
      id,
      secretHash: await sha256Hex(secret),
      personId,
      tenantId,
      now,
      idleExpiresAt: Math.min(now + IDLE_MS, absoluteExpiresAt),
      absoluteExpiresAt,
      provedAt: kept?.provedAt ?? now,
      agent: agentFamily(device.userAgent),
      ipPrefix: device.ipPrefix,
    }),
  ])
  return { cookie: `${id}.${secret}`, id, maxAge: Math.floor((absoluteExpiresAt - now) / 1000) }
}

/** The same person, a new id and secret (another workspace, a fresh proof): the old session ends. */
export async function renewSession(
  services: Services,
  session: SessionView,
  tenantId: string,
  device: Device,
): Promise<StartedSession> {
  const started = await startSession(services, session.personId, tenantId, device, session)
  await endSession(services, session)
  return started
}

export async function endSession(
  services: Services,
  session: Pick<SessionView, 'id' | 'personId' | 'tenantId'>,
): Promise<void> {
  await services.directory.transact([services.directory.endSessionStatement(session.id, session.personId)])
  await services.live.disconnect(session.tenantId, session.id)
}

/** Ends the present session, with an entry in the audit log of the workspace it looked at. */
export async function signOut(services: Services, actor: Actor, session: SessionView): Promise<void> {
  await endSession(services, session)
  await noteSessionEnd(services, actor, session.id)
}

export const listSessions = (services: Services, actor: Actor): Promise<SessionLine[]> =>
  services.directory.sessionsOf(actor.id, services.clock.now())

/** Ends one of one's own sessions. */
export async function revokeSession(services: Services, actor: Actor, id: string): Promise<Result<null>> {
  const line = (await listSessions(services, actor)).find((session) => session.id === id)
  if (!line) return notFound('session')
  await endSession(services, { id, personId: actor.id, tenantId: line.tenantId })
  await noteSessionEnd(services, actor, id)
  return ok(null)
}

/** Ends all of one's sessions but the present one. */
export async function revokeOtherSessions(services: Services, actor: Actor, keepId: string): Promise<number> {
  const ended = await endOtherSessions(services, actor.id, keepId, [])
  await noteSessionEnd(services, actor, 'all others')
  return ended
}

/** Runs a change of what proves a person, and ends their other sessions in the same transaction. Answers how many. */
export async function endOtherSessions(
  services: Services,
  personId: string,
  keepId: string,
  change: D1PreparedStatement[],
): Promise<number> {
  const sessions = await services.directory.sessionsOf(personId, services.clock.now())
  await services.directory.transact([
    ...change,
    services.directory.endOtherSessionsStatement(keepId, personId),
  ])
  const others = sessions.filter((session) => session.id !== keepId)
  for (const session of others) await services.live.disconnect(session.tenantId, session.id)
  return others.length
}

/** Whether the password was proved lately enough for a sensitive change. */
export const isProved = (services: Services, session: SessionView): boolean =>
  services.clock.now() - session.provedAt < PROOF_MS

async function noteSessionEnd(services: Services, actor: Actor, id: string): Promise<void> {
  const db = services.tenant(actor.tenantId)
  await db.write([recordAudit(db, services.clock.now(), actor, 'session.ended', id)])
}
