/** Retries of D1's passing faults; D1 retries reads itself but never writes (research/platform 5.1). */

const PASSING = [
  'Network connection lost',
  'storage caused object to be reset',
  'reset because its code was updated',
  'Cannot resolve D1 DB due to transient issue',
]

const isPassing = (error: unknown): boolean =>
  error instanceof Error && PASSING.some((text) => error.message.includes(text))

/** Runs an idempotent piece of work up to three times, full jitter from 50 ms. */
export async function withRetry<T>(work: () => Promise<T>, attempts = 3): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= attempts || !isPassing(error)) throw error
      const ceiling = Math.min(2000, 50 * 4 ** attempt)
      await new Promise((wake) =>
        setTimeout(wake, (crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) * (ceiling / 255)),
      )
    }
  }
}
