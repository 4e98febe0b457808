/** When a rhythm comes next, for the form that sets it. */

import { nextOccurrence } from '../../../kit/calendar.ts'
import { isoInstant } from '../../../platform/clock.ts'
import type { Services } from '../../../platform/services.ts'
import type { Trigger } from '../domain/automation-model.ts'

/** ISO instants; none for what is no schedule. */
export function nextMoments(services: Services, trigger: Trigger, count = 3): string[] {
  if (trigger.kind !== 'schedule') return []
  const found: string[] = []
  let after = isoInstant(services.clock.now())
  while (found.length < count) {
    const next = nextOccurrence(trigger.cron, trigger.time_zone, after)
    if (!next) break
    found.push(next)
    after = next
  }
  return found
}
