/** What an open page is sent: the pieces of it that data can change, drawn with the rights of who looks. */
import { readDashboard, readImport } from '../modules/mini-foundry/index.ts'
import { dashboardPieces } from '../modules/mini-foundry/views/dashboard-live.tsx'
import { importPieces } from '../modules/mini-foundry/views/import-live.tsx'
import { countUnread } from '../modules/workspace/index.ts'
import { can, systemActor } from '../platform/actor.ts'
import type { LiveSeat } from '../platform/live.ts'
import type { Services } from '../platform/services.ts'
import { inboxPieces } from '../views/bell.tsx'

/** Application close codes are 4000-4999; on this one the page does not come back by itself. */
export const SESSION_OVER = 4401

/** Renders once for all who look at the same with the same rights; expired sessions are closed instead. */
export async function pushTo(services: Services, sockets: WebSocket[]): Promise<void> {
  const now = services.clock.now()
  for (const audience of Map.groupBy(sockets, (socket) => audienceOf(seatOf(socket))).values()) {
    const current = audience.filter((socket) => seatOf(socket).expiresAt > now)
    for (const socket of audience)
      if (!current.includes(socket)) socket.close(SESSION_OVER, 'session expired')
    const [first] = current
    if (!first) continue
    const html = await renderSeat(services, seatOf(first))
    if (html) for (const socket of current) sendTo(socket, html)
  }
}

/** HTML for htmx (`hx-partial` elements), or null when there is nothing to show (any more). */
async function renderSeat(services: Services, seat: LiveSeat): Promise<string | null> {
  const workspace = await services.directory.workspace(seat.tenantId)
  if (!workspace) return null
  const actor = { ...systemActor(workspace, 'live'), role: seat.role }
  const { view } = seat
  if (view.kind === 'import') {
    const found = await readImport(services, actor, view.id)
    if (!found.ok) return null
    return importPieces({ ...found.value, reader: workspace, mayWrite: can(actor, 'foundry:write') })
  }
  if (view.kind === 'inbox') return inboxPieces(await countUnread(services, seat.tenantId, view.id))
  const result = await readDashboard(services, actor, { id: view.id, query: view.query })
  return result.ok ? dashboardPieces(result.value, workspace) : null
}

const seatOf = (socket: WebSocket): LiveSeat => socket.deserializeAttachment() as LiveSeat

const audienceOf = ({ tenantId, role, view }: LiveSeat): string => JSON.stringify([tenantId, role, view])

/** A page that just went away misses nothing: it is sent everything when it comes back. */
function sendTo(socket: WebSocket, html: string): void {
  if (socket.readyState === WebSocket.READY_STATE_OPEN) socket.send(html)
}
