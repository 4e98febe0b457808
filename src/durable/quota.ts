/** A token bucket per tenant: what fills the RateLimit headers of API answers. */
import { DurableObject } from 'cloudflare:workers'
import { systemClock } from '../platform/clock.ts'

const CAPACITY = 600
const REFILL_PER_MS = CAPACITY / 60_000

export class Quota extends DurableObject {
  #tokens = CAPACITY
  #at = systemClock.now()

  /** Takes one token. The bucket lives in memory: losing it on eviction only ever gives tokens back. */
  take(): { allowed: boolean; remaining: number; resetSeconds: number; limit: number } {
    const now = systemClock.now()
    this.#tokens = Math.min(CAPACITY, this.#tokens + (now - this.#at) * REFILL_PER_MS)
    this.#at = now
    const allowed = this.#tokens >= 1
    if (allowed) this.#tokens -= 1
    return {
      allowed,
      remaining: Math.floor(this.#tokens),
      resetSeconds: Math.max(1, Math.ceil((CAPACITY - this.#tokens) / REFILL_PER_MS / 1000)),
      limit: CAPACITY,
    }
  }
}
