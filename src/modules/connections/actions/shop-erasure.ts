/** A vendor demands that a whole shop is forgotten: its connections end, and all that came through them goes. */
import * as z from 'zod'
import type { Actor } from '../../../platform/actor.ts'
import type { PlatformEvent } from '../../../platform/event.ts'
import type { Services } from '../../../platform/services.ts'
import { disconnect } from './disconnect.ts'

const request = z.object({ topic: z.string(), source: z.string(), ref: z.string().nullable() })

/** Listens to `privacy.requested`. A connection that is gone already is left alone, so hearing it twice is harmless. */
export async function eraseShop(services: Services, actor: Actor, event: PlatformEvent): Promise<void> {
  const { topic, source, ref } = request.parse(event.payload)
  if (topic !== 'shop_erasure' || !ref) return
  for (const place of await services.directory.connectorsOf(source, ref)) {
    if (place.tenantId !== actor.tenantId) continue
    const ended = await disconnect(services, actor, place.connectorId, true)
    if (!ended.ok && ended.error.kind !== 'not_found') throw new Error(ended.error.detail)
  }
}
