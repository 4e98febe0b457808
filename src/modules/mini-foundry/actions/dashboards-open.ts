/** A dashboard as it opens: the person's own first one, with the question it is set to, and what its filters offer. */
import { type Actor, can } from '../../../platform/actor.ts'
import { forbidden, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { OpenDashboard } from '../domain/dashboard-model.ts'
import type { DashboardQueryInput } from '../domain/dashboard-query.ts'
import { lookAtDashboard } from './dashboards-view.ts'

/** `id` null: what this person chose, else the workspace's default. A question in the address wins over the set one. */
export async function openDashboard(
  services: Services,
  actor: Actor,
  input: { id: string | null; query: DashboardQueryInput },
): Promise<Result<OpenDashboard>> {
  if (!can(actor, 'foundry:read')) return forbidden('see dashboards')
  const asked = Object.values(input.query).some((part) => (part?.length ?? 0) > 0)
  return lookAtDashboard(services, actor, { ...input, personId: actor.id, asSet: !asked }, 'later')
}
