/** Events of the outbox on their way to the tenant's engine. */
import type { Actor } from '../../../platform/actor.ts'
import type { PlatformEvent } from '../../../platform/event.ts'
import type { Services } from '../../../platform/services.ts'
import { anyPublished } from '../store/published.ts'

const OWN = new Set(['automation.published', 'automation.paused', 'automation.removed'])

export async function hearEvent(services: Services, actor: Actor, event: PlatformEvent): Promise<void> {
  if (OWN.has(event.type)) await services.engine.changed(actor.tenantId)
  const db = services.tenant(actor.tenantId)
  // most workspaces have no automations: their engines are left asleep
  const [published] = await db.get(anyPublished(db))
  if (published) await services.engine.hear(actor.tenantId, event)
}
