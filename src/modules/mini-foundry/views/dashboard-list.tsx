/** All dashboards of the workspace. */
import { Badge } from '../../../views/badge.tsx'
import { LinkButton } from '../../../views/button.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import type { Dashboard } from '../domain/dashboard-model.ts'
import { AskBox } from './ask.tsx'
import { FoundryTabs } from './dashboard-tabs.tsx'

export function DashboardList({
  dashboards,
  nextHref,
  mayWrite,
}: {
  dashboards: Dashboard[]
  nextHref: string | null
  mayWrite: boolean
}) {
  return (
    <>
      <FoundryTabs current="dashboards" />
      <PageHeader
        title="Dashboards"
        lead="Each answers one question at a glance. The default one opens first."
        actions={
          mayWrite && (
            <LinkButton href="/foundry/dashboards/new" tone="primary" icon="plus">
              New dashboard
            </LinkButton>
          )
        }
      />
      <AskBox />
      <ul class="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {dashboards.map((dashboard) => (
          <li class="rounded-box border border-base-300 bg-base-100 p-4">
            <h2 class="font-semibold">
              <a href={`/foundry/dashboards/${dashboard.id}`} class="link-hover link">
                {dashboard.name}
              </a>
            </h2>
            <p class="mt-1 flex flex-wrap items-center gap-2 text-base-content/75 text-sm">
              {dashboard.widgets.length} widgets
              {dashboard.isDefault && <Badge tone="info">Default</Badge>}
            </p>
            {mayWrite && (
              <p class="mt-3 text-sm">
                <a href={`/foundry/dashboards/${dashboard.id}/settings`} class="link">
                  Rename, duplicate, delete<span class="sr-only"> {dashboard.name}</span>
                </a>
              </p>
            )}
          </li>
        ))}
      </ul>
      {nextHref && (
        <p class="mt-4">
          <LinkButton href={nextHref}>More dashboards</LinkButton>
        </p>
      )}
    </>
  )
}
