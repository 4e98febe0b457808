/** What an open page is sent: the pieces of it that data can change, drawn with the rights of who looks. */
import { readDashboard, readImport } from '../modules/mini-foundry/index.ts'
import { dashboardPieces } from '../modules/mini-foundry/views/dashboard-live.tsx'
import { importPieces } from '../modules/mini-foundry/views/import-live.tsx'
import { countUnread } from '../modules/workspace/index.ts'
import { can, systemActor } from '../platform/actor.ts'
import type { LivePiece, LiveSeat } from '../platform/live.ts'
import type { Services } from '../platform/services.ts'
import { inboxPieces } from '../views/bell.tsx'

/** HTML for htmx (`hx-partial` elements), or null when there is nothing to show (any more). */
export async function renderSeat(services: Services, seat: LiveSeat): Promise<LivePiece[] | null> {
  const workspace = await services.directory.workspace(seat.tenantId)
  if (!workspace) return null
  const actor = { ...systemActor(workspace, 'live'), role: seat.role }
  const { view } = seat
  if (view.kind === 'import') {
    const found = await readImport(services, actor, view.id)
    if (!found.ok) return null
    return whole(importPieces({ ...found.value, reader: workspace, mayWrite: can(actor, 'foundry:write') }))
  }
  if (view.kind === 'inbox') return whole(inboxPieces(await countUnread(services, seat.tenantId, view.id)))
  const result = await readDashboard(services, actor, { id: view.id, query: view.query })
  return result.ok ? dashboardPieces(result.value, workspace) : null
}

/** What is small is one piece. */
const whole = (html: string): LivePiece[] => [{ target: '', html }]
