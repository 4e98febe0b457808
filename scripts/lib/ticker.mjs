// Local workerd fires no cron by itself: this does, each expression of wrangler.toml at its own times.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './node.mjs'

export function readCrons(toml = readFileSync(join(ROOT, 'wrangler.toml'), 'utf8')) {
  const list = /^crons\s*=\s*\[([^\]]*)\]/m.exec(toml)?.[1] ?? ''
  return [...list.matchAll(/"([^"]+)"/g)].map((match) => match[1])
}

/** Fires each expression, in UTC, at the local Worker's door for schedules; `stop()` ends it. */
export async function startTicker(url, crons = readCrons()) {
  const { Cron } = await import('croner')
  const jobs = crons.map(
    (cron) =>
      new Cron(cron, { timezone: 'UTC', protect: true, unref: true }, async () => {
        await fetch(
          `${url}/cdn-cgi/local/scheduled?cron=${encodeURIComponent(cron).replaceAll('%20', '+')}`,
        ).catch(() => null)
      }),
  )
  return {
    stop() {
      for (const job of jobs) job.stop()
    },
  }
}
