/** What the engine stands on: the workspace, its hours, and its automations as they were published. */
import type { BusinessTime } from '../../../../kit/calendar.ts'
import type { Actor, Workspace } from '../../../../platform/actor.ts'
import { isoInstant } from '../../../../platform/clock.ts'
import type { Services } from '../../../../platform/services.ts'
import { notify } from '../../../workspace/index.ts'
import { businessTimeOf, readCopilotSettings } from '../../domain/copilot-settings.ts'
import { pauseFor } from '../../store/projection.ts'
import { type Published, publishedAutomations, settingsRow } from '../../store/published.ts'

export interface Ground {
  services: Services
  workspace: Workspace
  business: BusinessTime
  published: Map<string, Published>
}

export async function readGround(services: Services, tenantId: string): Promise<Ground> {
  const workspace = await services.directory.workspace(tenantId)
  if (!workspace) throw new Error('this workspace is no more')
  const db = services.tenant(tenantId)
  const [published, settings] = await db.getAll([publishedAutomations(db), settingsRow(db)])
  return {
    ...{ services, workspace },
    business: businessTimeOf(readCopilotSettings(settings?.settings), workspace.timeZone),
    published: new Map(published.map((one) => [one.id, one])),
  }
}

/** An automation stops starting runs by itself, and whoever answers for it hears why. `at` in milliseconds. */
export async function rest(
  services: Services,
  actor: Actor,
  automation: Published,
  { why, dedupeKey, at }: { why: string; dedupeKey: string; at: number },
): Promise<void> {
  const db = services.tenant(actor.tenantId)
  await db.write([pauseFor(db, automation.id, why, isoInstant(at))])
  automation.status = 'paused'
  await notify(services, actor, {
    kind: 'automation.paused',
    to: automation.ownerId ? [automation.ownerId] : 'admins',
    title: `“${automation.name}” rests`,
    body: why,
    href: `/ops/automations/${automation.id}`,
    dedupeKey,
  })
}
