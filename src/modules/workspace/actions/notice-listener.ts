/** Hears the events that people are told of, and tells them. */
import type { Actor } from '../../../platform/actor.ts'
import type { PlatformEvent } from '../../../platform/event.ts'
import type { Services } from '../../../platform/services.ts'
import { NOTICED } from './notice-events.ts'
import { notify } from './notify.ts'

export const NOTICED_EVENTS: readonly string[] = Object.keys(NOTICED)

/** Told once an event: its id is the dedupe key. */
export async function listenForNotices(
  services: Services,
  actor: Actor,
  event: PlatformEvent,
): Promise<void> {
  const text = (name: string): string => {
    const value = event.payload[name]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  }
  const words = await NOTICED[event.type]?.({ services, actor, text })
  if (words) await notify(services, actor, { ...words, dedupeKey: `event/${event.id}` })
}
