/** How the business works: office hours, holidays, quiet hours, how much mail anybody gets. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { forbidden, invalid, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import {
  type CopilotSettings,
  copilotSettingsSchema,
  readCopilotSettings,
} from '../domain/copilot-settings.ts'
import { saveSettingsRow, settingsRow } from '../store/published.ts'
import { fieldErrors } from './automation-faults.ts'

export async function hoursOf(services: Services, actor: Actor): Promise<Result<CopilotSettings>> {
  if (!can(actor, 'ops:read')) return forbidden('see the working hours')
  const db = services.tenant(actor.tenantId)
  return ok(readCopilotSettings((await db.get(settingsRow(db)))?.settings))
}

/** What is left out stays. Waits that run already keep the moment they were given. */
export async function saveHours(
  services: Services,
  actor: Actor,
  input: Record<string, unknown>,
): Promise<Result<CopilotSettings>> {
  if (!can(actor, 'ops:manage')) return forbidden('change the working hours')
  const known = await hoursOf(services, actor)
  if (!known.ok) return known
  const parsed = copilotSettingsSchema.safeParse({ ...known.value, ...input })
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  await db.write([
    saveSettingsRow(db, parsed.data, isoInstant(now)),
    recordAudit(db, now, actor, 'ops.hours_changed', actor.tenantId, {}),
  ])
  await services.engine.changed(actor.tenantId)
  return ok(parsed.data)
}
