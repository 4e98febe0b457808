/** The only place that reads the time. Everything else is given a `Clock`. */

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** A clock moved by a fixed offset (development only, DESIGN 4.12). */
export function movedClock(offsetMs: number, base: Clock = systemClock): Clock {
  return { now: () => base.now() + offsetMs }
}

/** A clock that stands still, for tests. */
export function fixedClock(iso: string): Clock & { advance(ms: number): void } {
  let at = Date.parse(iso)
  return {
    now: () => at,
    advance: (ms) => {
      at += ms
    },
  }
}

/** ISO 8601 UTC text of an instant. */
export function isoInstant(ms: number): string {
  return new Date(ms).toISOString()
}
