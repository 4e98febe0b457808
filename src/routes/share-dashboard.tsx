/** The door of shared dashboards: shows the one dashboard of the link, with the question fixed by who shared it. */
import type { AppContext } from '../http/context.ts'
import { barePage, failurePage } from '../http/respond.tsx'
import { openShared } from '../modules/mini-foundry/index.ts'
import { DashboardScreen } from '../modules/mini-foundry/views/dashboard-tv.tsx'
import { type LinkLine, noSuchLink } from '../modules/workspace/index.ts'
import type { Actor } from '../platform/actor.ts'

async function show(c: AppContext, { link, actor }: { link: LinkLine; actor: Actor }): Promise<Response> {
  const view = await openShared(c.var.services, actor, link)
  // a deleted dashboard looks like a link that never was
  if (!view.ok) return failurePage(c, noSuchLink().error)
  const body = <DashboardScreen view={view.value} reader={actor.workspace} tab="" live={false} />
  return barePage(c, { title: view.value.dashboard.name, wide: true, body })
}

/** There is nothing to do behind such a link but look. */
export const dashboardDoor = { show, act: show }
