/** A dashboard as a PDF file, for people who take it along and for mails. */
import type { Actor } from '../../../platform/actor.ts'
import { ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { dashboardPdf } from '../documents/dashboard-pdf.ts'
import type { DashboardView } from '../domain/dashboard-model.ts'
import type { DashboardQueryInput } from '../domain/dashboard-query.ts'
import { openDashboard } from './dashboards-open.ts'

/** `name` is one for a file, with its ending. */
export interface PrintedDashboard {
  name: string
  bytes: Uint8Array
}

/** All tabs, with the question of the address or else the one the dashboard opens with. */
export async function printDashboard(
  services: Services,
  actor: Actor,
  input: { id: string | null; query: DashboardQueryInput },
): Promise<Result<PrintedDashboard>> {
  const view = await openDashboard(services, actor, input)
  return view.ok ? ok(await printView(services, actor, view.value)) : view
}

/** What was read already, printed. */
export async function printView(
  services: Services,
  actor: Actor,
  view: DashboardView,
): Promise<PrintedDashboard> {
  const { workspace } = actor
  const bytes = await dashboardPdf(view, {
    fonts: await services.fonts.sans(),
    reader: { locale: workspace.locale, timeZone: workspace.timeZone },
    workspace: workspace.name,
    at: services.clock.now(),
  })
  const name = view.dashboard.name.replace(/[\p{Cc}/\\]/gu, ' ')
  return { name: `${name} ${view.range.to}.pdf`, bytes }
}
