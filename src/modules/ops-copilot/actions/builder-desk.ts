/** A draft on the builder: as it stands, how far back it goes, and what is wrong with it. */
import type { Actor } from '../../../platform/actor.ts'
import { ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { AutomationRow } from '../store/automations.ts'
import { readAutomation } from './automations.ts'
import { type Problem, publishProblems } from './automations-check.ts'
import { type Depths, editDepths } from './automations-edit.ts'

export interface Desk {
  automation: AutomationRow
  depths: Depths
  problems: Problem[]
}

export async function openAutomationDesk(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<Desk>> {
  const known = await readAutomation(services, actor, id)
  if (!known.ok) return known
  const [depths, problems] = await Promise.all([
    editDepths(services, actor, id),
    publishProblems(services, actor, known.value),
  ])
  return ok({ automation: known.value, depths, problems })
}
