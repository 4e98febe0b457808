/** Is it up, and which version: for load balancers, deploys and the start script. */
import { Hono } from 'hono'
import type { AppEnv } from '../http/context.ts'

export const VERSION = '0.1.0'

export const healthRoutes = new Hono<AppEnv>().get('/healthz', (c) =>
  c.json({ status: 'ok', version: VERSION, time: new Date(c.var.services.clock.now()).toISOString() }),
)
