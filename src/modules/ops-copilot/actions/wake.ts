/** Wakes engines whose own alarm did not come: the outside eye on what must never stop silently. */
import { systemActor } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { errorText } from '../../../platform/log.ts'
import type { Services } from '../../../platform/services.ts'
import { tellUntold } from './approvals.ts'

const LATE_MS = 90_000

/** `late`: how overdue an engine must be; 0 right after the clock was moved. */
export async function wakeEngines(services: Services, late = LATE_MS): Promise<void> {
  for (const tenantId of await services.directory.overdueEngines(services.clock.now() - late)) {
    try {
      await services.engine.nudge(tenantId)
    } catch (error) {
      services.log.error('engine.not_woken', { tenantId, error: errorText(error) })
    }
  }
}

/** Decisions that a run has not heard of, because something died between the two. */
export async function tellLateDecisions(services: Services): Promise<void> {
  const before = isoInstant(services.clock.now() - LATE_MS)
  for (const tenantId of await services.directory.tenantsWithUntoldDecisions(before)) {
    const workspace = await services.directory.workspace(tenantId)
    if (workspace) await tellUntold(services, systemActor(workspace, 'engine'))
  }
}
