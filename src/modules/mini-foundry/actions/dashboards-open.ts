/** A dashboard as it opens: the person's own first one, with the question it is set to. */
import type { Actor } from '../../../platform/actor.ts'
import type { Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { DashboardView } from '../domain/dashboard-model.ts'
import type { DashboardQueryInput } from '../domain/dashboard-query.ts'
import { myDashboard } from './dashboards-edit.ts'
import { readDashboard } from './dashboards-view.ts'

/** `id` null: what this person chose, else the workspace's default. A question in the address wins over the set one. */
export async function openDashboard(
  services: Services,
  actor: Actor,
  input: { id: string | null; query: DashboardQueryInput },
): Promise<Result<DashboardView>> {
  const id = input.id ?? (await myDashboard(services, actor))
  const read = await readDashboard(services, actor, { id, query: input.query })
  const set = read.ok ? read.value.dashboard.settings.query : undefined
  if (
    !read.ok ||
    !set ||
    Object.values(input.query).some((part) => (part?.length ?? 0) > 0) ||
    Object.keys(set).length === 0
  )
    return read
  const asSet = await readDashboard(services, actor, { id, query: set })
  // a question that is no more understood must not close the dashboard
  return asSet.ok ? asSet : read
}
