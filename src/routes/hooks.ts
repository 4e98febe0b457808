/** Webhooks in: raw bodies, proven by their signature, acknowledged at once. */
import { Hono } from 'hono'
import { stripeHooks } from '../compose.ts'
import type { AppEnv } from '../http/context.ts'
import { problem } from '../http/problem.ts'
import { receiveHook } from '../modules/mini-foundry/index.ts'
import { fail } from '../platform/result.ts'

const MAX_BYTES = 256 * 1024

export const hookRoutes = new Hono<AppEnv>().post('/hooks/stripe/:source', async (c) => {
  const length = Number(c.req.header('Content-Length') ?? 0)
  const body = length > MAX_BYTES ? null : await c.req.text()
  if (body === null || body.length > MAX_BYTES) {
    return problem(c, fail('too_large', 'hook-too-large', 'An event has at most 256 KB.').error)
  }
  const received = await receiveHook(c.var.services, stripeHooks, {
    kind: 'stripe',
    hookId: c.req.param('source'),
    body,
    headers: c.req.raw.headers,
  })
  return received.ok ? c.json(received.value, 200) : problem(c, received.error)
})
