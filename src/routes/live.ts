/** `GET /live`: a signed-in page opens a socket to its workspace's hub and says what it shows. */
import { Hono } from 'hono'
import { requires } from '../http/authorize.ts'
import type { AppContext, AppEnv } from '../http/context.ts'
import { problem } from '../http/problem.ts'
import type { LiveSeat, LiveView } from '../platform/live.ts'
import { fail } from '../platform/result.ts'

export const liveRoutes = new Hono<AppEnv>().get('/live', requires('foundry:read'), async (c) => {
  const { session } = c.var
  if (!session)
    return problem(
      c,
      fail('unauthenticated', 'unauthenticated', 'Live pages need a session, not a key.').error,
    )
  if (c.req.header('Upgrade')?.toLowerCase() !== 'websocket') {
    return problem(c, fail('malformed', 'no-websocket', 'This address only answers WebSockets.').error)
  }
  const view = viewOf(c, session.personId)
  if (!view) return problem(c, fail('malformed', 'unknown-view', 'Say what to watch: kind and id.').error)
  const seat: LiveSeat = {
    tenantId: session.tenantId,
    sessionId: session.id,
    personId: session.personId,
    role: session.role,
    view,
    expiresAt: Math.min(session.idleExpiresAt, session.absoluteExpiresAt),
  }
  const hub = c.env.LIVE_HUB.get(c.env.LIVE_HUB.idFromName(session.tenantId))
  return hub.fetch('https://hub/', {
    headers: { Upgrade: 'websocket', 'x-live-seat': encodeURIComponent(JSON.stringify(seat)) },
  })
})

/** An inbox is watched by its own person only, who need not say who that is. */
function viewOf(c: AppContext, personId: string): LiveView | null {
  const { kind, id, ...query } = c.req.query()
  if (kind === 'inbox') return id === undefined || id === personId ? { kind, id: personId } : null
  if (!id || id.length > 40) return null
  if (kind === 'import') return { kind, id }
  return kind === 'dashboard' ? { kind, id, query } : null
}
