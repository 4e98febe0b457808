/** Delivery of outbox events to the wings that listen. */
import type { Actor } from '../platform/actor.ts'
import { markEventSent, readEvent, receiptStatement, receiptsOf } from '../platform/event.ts'
import type { Services } from '../platform/services.ts'

/**
 * Every listener that asks for the event and has not had it yet; then the event is marked as delivered. A listener that
 * fails does not keep the others from hearing: what it throws comes last, and the message is tried again.
 */
export async function deliverEvent(services: Services, actor: Actor, eventId: string): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const event = await readEvent(db, eventId)
  if (!event || event.sent) return
  const heard = await receiptsOf(db, eventId)
  let failure: unknown = null
  for (const { name, events, listen } of services.wings.flatMap((wing) => wing.listeners)) {
    if (heard.has(name) || !(events.includes('*') || events.includes(event.type))) continue
    try {
      await listen(services, actor, event)
      await db.write([receiptStatement(db, services.clock.now(), eventId, name)])
    } catch (error) {
      failure = error
    }
  }
  if (failure) throw failure
  await markEventSent(db, services.clock.now(), eventId)
}
