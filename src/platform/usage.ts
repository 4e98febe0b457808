/** What this isolate used since it last wrote it down: counted in memory, added to the day's sums now and then. */
import type { Clock } from './clock.ts'
import { isoInstant, systemClock } from './clock.ts'
import type { Directory } from './directory.ts'

/** Meters that prices are known for; see `modules/workspace/domain/cost.ts`. */
export type UsageMeter =
  | 'requests'
  | 'd1_rows_read'
  | 'd1_rows_written'
  | 'queue_operations'
  | 'object_requests'
  | 'mails'
  | 'ai_tokens'

const FLUSH_MS = 20_000
/** Of the isolate: what a crash loses is at most the last seconds of its counting. */
const counted = new Map<UsageMeter, number>()
let flushedAt = 0

export function countUse(meter: UsageMeter, by = 1): void {
  if (by > 0) counted.set(meter, (counted.get(meter) ?? 0) + by)
}

/** Writes down what was counted when it is time; answers null when it is not. */
export function flushUse(directory: Directory, clock: Clock, force = false): Promise<void> | null {
  const now = systemClock.now()
  if (counted.size === 0 || (!force && now - flushedAt < FLUSH_MS)) return null
  flushedAt = now
  const uses = Object.fromEntries(counted)
  counted.clear()
  return directory.addUse(isoInstant(clock.now()).slice(0, 10), uses)
}
