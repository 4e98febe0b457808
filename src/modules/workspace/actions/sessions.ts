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

export const IDLE_MS = 7 * 86_400_000
export const ABSOLUTE_MS = 30 * 86_400_000
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

/** Begins a session of a person in a workspace; the caller sets the cookie. */
export async function startSession(
  services: Services,
  personId: string,
  tenantId: string,
  device: Device,
): Promise<StartedSession> {
  const now = services.clock.now()
  const id = uuidv7(now)
  const secret = randomToken(32)
  await services.directory.transact([
    services.directory.sessionStatement({
      id,
      secretHash: await sha256Hex(secret),
      personId,
      tenantId,
      now,
      idleExpiresAt: now + IDLE_MS,
      absoluteExpiresAt: now + ABSOLUTE_MS,
      agent: agentFamily(device.userAgent),
      ipPrefix: device.ipPrefix,
    }),
  ])
  return { cookie: `${id}.${secret}`, id, maxAge: ABSOLUTE_MS / 1000 }
}

/** The same person, a new session (another workspace, a new role): the old one ends. */
export async function renewSession(
  services: Services,
  session: SessionView,
  tenantId: string,
  device: Device,
): Promise<StartedSession> {
  const started = await startSession(services, session.personId, tenantId, device)
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
  const others = (await listSessions(services, actor)).filter((session) => session.id !== keepId)
  await services.directory.transact([services.directory.endOtherSessionsStatement(keepId, actor.id)])
  for (const session of others) await services.live.disconnect(session.tenantId, session.id)
  await noteSessionEnd(services, actor, 'all others')
  return others.length
}

/** Whether the password was proved lately enough for a sensitive change. */
export const isProved = (services: Services, session: SessionView): boolean =>
  services.clock.now() - session.provedAt < PROOF_MS

async function noteSessionEnd(services: Services, actor: Actor, id: string): Promise<void> {
  const db = services.tenant(actor.tenantId)
  await db.write([recordAudit(db, services.clock.now(), actor, 'session.ended', id)])
}
