/** Is it up, and which version: for load balancers, deploys and the start script. */
import { Hono } from 'hono'
import type { AppEnv } from '../http/context.ts'
import { readHealth } from '../modules/workspace/index.ts'
import { isoInstant } from '../platform/clock.ts'
import { errorText } from '../platform/log.ts'

/** 200 when the database answers, with how the minute's job does; 503 when it does not. */
export const healthRoutes = new Hono<AppEnv>().get('/healthz', async (c) => {
  const { services } = c.var
  const about = { version: services.config.version, time: isoInstant(services.clock.now()) }
  try {
    const { crons } = await readHealth(services)
    return c.json({ status: 'ok', ...about, checks: { database: 'ok', crons } })
  } catch (error) {
    services.log.error('health.failed', { error: errorText(error) })
    return c.json({ status: 'failing', ...about, checks: { database: 'failing' } }, 503)
  }
})
