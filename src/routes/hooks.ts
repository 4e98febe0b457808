/** Webhooks in: raw bodies, proven by their signature, acknowledged at once. */
import { Hono } from 'hono'
import { mailHooks, shopifyPrivacyHooks, stripeHooks } from '../compose.ts'
import type { AppContext, AppEnv } from '../http/context.ts'
import { problem } from '../http/problem.ts'
import { receivePrivacyHook } from '../modules/connections/index.ts'
import { receiveHook, receiveSourceHook } from '../modules/mini-foundry/index.ts'
import { receiveAutomationHook } from '../modules/ops-copilot/index.ts'
import { receiveMailHook } from '../modules/workspace/index.ts'
import { readAtMost } from '../platform/bytes.ts'
import { fail, ok, type Result } from '../platform/result.ts'

const MAX_BYTES = 256 * 1024

export const hookRoutes = new Hono<AppEnv>()
  .post('/hooks/stripe/:source', async (c) => {
    const body = await rawBody(c)
    if (!body.ok) return problem(c, body.error)
    const received = await receiveHook(c.var.services, stripeHooks, {
      kind: 'stripe',
      hookId: c.req.param('source'),
      body: body.value,
      headers: c.req.raw.headers,
    })
    return received.ok ? c.json(received.value, 200) : problem(c, received.error)
  })
  .post('/hooks/source/:kind/:id', (c) => takeSourceHook(c, c.req.param('kind'), c.req.param('id')))
  .post('/hooks/source/:kind', (c) => takeSourceHook(c, c.req.param('kind'), null))
  .post('/hooks/mail/:provider{resend|postmark}', async (c) => {
    const body = await rawBody(c)
    if (!body.ok) return problem(c, body.error)
    const port = mailHooks(c.env)[c.req.param('provider')]
    if (!port) return c.notFound()
    const received = await receiveMailHook(c.var.services, port, {
      body: body.value,
      headers: c.req.raw.headers,
    })
    return received.ok ? c.json(received.value, 200) : problem(c, received.error)
  })
  .post('/hooks/automation/:token', async (c) => {
    const body = await rawBody(c)
    if (!body.ok) return problem(c, body.error)
    const call = { body: body.value, header: (name: string) => c.req.header(name) }
    const taken = await receiveAutomationHook(c.var.services, c.req.param('token'), call)
    return taken.ok ? c.json(taken.value, 202) : problem(c, taken.error)
  })
  .post('/hooks/shopify/privacy', async (c) => {
    const body = await rawBody(c)
    if (!body.ok) return problem(c, body.error)
    const received = await receivePrivacyHook(c.var.services, shopifyPrivacyHooks, {
      body: body.value,
      headers: c.req.raw.headers,
    })
    return received.ok ? c.json(received.value, 200) : problem(c, received.error)
  })

async function takeSourceHook(c: AppContext, kind: string, hookId: string | null): Promise<Response> {
  const body = await rawBody(c)
  if (!body.ok) return problem(c, body.error)
  const delivery = { kind, hookId, body: body.value, headers: c.req.raw.headers }
  const received = await receiveSourceHook(c.var.services, delivery)
  return received.ok ? c.json(received.value, 200) : problem(c, received.error)
}

/** The body as the very text that was signed. */
async function rawBody(c: AppContext): Promise<Result<string>> {
  const bytes = await readAtMost(c.req.raw.body, MAX_BYTES)
  if (bytes === null) return fail('too_large', 'hook-too-large', 'An event has at most 256 KB.')
  const text = exactText(bytes)
  return text === null ? fail('malformed', 'hook-malformed', 'The body is no UTF-8 text.') : ok(text)
}

/** Text that encodes back to the very same bytes, which are what is signed; null when there is none. */
function exactText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
