// Whether a deployed version is well.

/** Asks /healthz until it answers 200, at most `attempts` times, `pauseMs` apart: `{ ok, words }`. */
export async function waitUntilWell(url, { ask = fetch, attempts = 30, pauseMs = 2000 } = {}) {
  let words = 'no answer'
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (attempt > 0) await new Promise((wake) => setTimeout(wake, pauseMs))
    try {
      const answer = await ask(`${url}/healthz`, { redirect: 'manual', signal: AbortSignal.timeout(10_000) })
      if (answer.status === 200) return { ok: true, words: '200' }
      words = `status ${answer.status}`
    } catch (error) {
      words = error.cause?.message ?? error.message
    }
  }
  return { ok: false, words }
}
