/** Webhooks over the API: endpoints made, read, changed and ended. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import {
  createWebhook,
  deleteWebhook,
  listWebhooks,
  pauseWebhook,
  readWebhook,
  resumeWebhook,
  rotateWebhookSecret,
  updateWebhook,
} from '../../modules/workspace/index.ts'
import { fail } from '../../platform/result.ts'
import { createApi, jsonContent, pageOf, problemResponses } from './api.ts'
import { toWebhook, webhookSchema } from './webhooks-schema.ts'

const BASE = '/modules/workspace/webhooks'
const idParam = z.object({ id: z.string() })
const common = { tags: ['Webhooks'], middleware: requires('webhooks:manage') }
const json = <T extends z.ZodType>(schema: T, required = true) => ({
  content: { 'application/json': { schema } },
  required,
})
const nothing = json(z.strictObject({}), false)

const wish = z.strictObject({
  url: z.string().openapi({ example: 'https://example.com/hooks' }),
  description: z.string().optional(),
  events: z.array(z.string()).openapi({ example: ['order.created', 'payment.failed'] }),
})
const withSecret = webhookSchema.extend({
  secret: z.string().openapi({ description: 'Signs every message (`whsec_…`). Shown this once.' }),
})

const list = createRoute({
  ...common,
  method: 'get',
  path: BASE,
  summary: 'Webhooks with their health',
  responses: { 200: jsonContent(pageOf(webhookSchema), 'Webhooks, the oldest first'), ...problemResponses },
})
const create = createRoute({
  ...common,
  method: 'post',
  path: BASE,
  summary: 'Make a webhook',
  description:
    'Events are posted as JSON and signed after the Standard Webhooks specification. See docs/api.md.',
  request: { body: json(wish) },
  responses: { 201: jsonContent(withSecret, 'Made; the secret is shown this once'), ...problemResponses },
})
const read = createRoute({
  ...common,
  method: 'get',
  path: `${BASE}/{id}`,
  summary: 'One webhook',
  request: { params: idParam },
  responses: { 200: jsonContent(webhookSchema, 'The webhook'), ...problemResponses },
})
const update = createRoute({
  ...common,
  method: 'put',
  path: `${BASE}/{id}`,
  summary: 'Change a webhook; what is left out stays',
  request: { params: idParam, body: json(wish.partial()) },
  responses: { 200: jsonContent(webhookSchema, 'As it is now'), ...problemResponses },
})
const remove = createRoute({
  ...common,
  method: 'delete',
  path: `${BASE}/{id}`,
  summary: 'Delete a webhook with its log',
  request: { params: idParam },
  responses: { 204: { description: 'Deleted' }, ...problemResponses },
})
const pause = createRoute({
  ...common,
  method: 'post',
  path: `${BASE}/{id}/pause`,
  summary: 'Post nothing more; events are kept until it is resumed',
  request: { params: idParam, body: nothing },
  responses: { 200: jsonContent(webhookSchema, 'Paused'), ...problemResponses },
})
const resume = createRoute({
  ...common,
  method: 'post',
  path: `${BASE}/{id}/resume`,
  summary: 'Post again, beginning with all that waited',
  request: { params: idParam, body: nothing },
  responses: { 200: jsonContent(webhookSchema, 'Active'), ...problemResponses },
})
const rotate = createRoute({
  ...common,
  method: 'post',
  path: `${BASE}/{id}/rotate-secret`,
  summary: 'A new signing secret; the old one signs beside it for 24 hours',
  request: { params: idParam, body: nothing },
  responses: {
    201: jsonContent(z.object({ secret: z.string(), old_until: z.string() }), 'The secret, shown this once'),
    ...problemResponses,
  },
})

export const webhooksApi = createApi()
  .openapi(list, async (c) => {
    const listed = await listWebhooks(c.var.services, c.var.actor)
    if (!listed.ok) return problem(c, listed.error)
    return c.json({ data: listed.value.map(toWebhook), next_cursor: null }, 200)
  })
  .openapi(create, async (c) => {
    const made = await createWebhook(c.var.services, c.var.actor, c.req.valid('json'))
    if (!made.ok) return problem(c, made.error)
    const { webhook, secret } = made.value
    const headers = { Location: `${BASE}/${webhook.id}`, ETag: `"${webhook.version}"` }
    return c.json({ ...toWebhook(webhook), secret }, 201, headers)
  })
  .openapi(read, async (c) => {
    const found = await readWebhook(c.var.services, c.var.actor, c.req.valid('param').id)
    if (!found.ok) return problem(c, found.error)
    return c.json(toWebhook(found.value), 200, { ETag: `"${found.value.version}"` })
  })
  .openapi(update, async (c) => {
    const condition = c.req.header('If-Match')
    const version = !condition || condition === '*' ? null : Number(/^"(\d+)"$/.exec(condition)?.[1] ?? -1)
    if (version === -1)
      return problem(c, fail('stale', 'stale', 'This If-Match is of no version we gave.').error)
    const { id } = c.req.valid('param')
    const saved = await updateWebhook(c.var.services, c.var.actor, id, c.req.valid('json'), version)
    if (!saved.ok) return problem(c, saved.error)
    return c.json(toWebhook(saved.value), 200, { ETag: `"${saved.value.version}"` })
  })
  .openapi(remove, async (c) => {
    const gone = await deleteWebhook(c.var.services, c.var.actor, c.req.valid('param').id)
    return gone.ok ? c.body(null, 204) : problem(c, gone.error)
  })
  .openapi(pause, async (c) => {
    const { id } = c.req.valid('param')
    const done = await pauseWebhook(c.var.services, c.var.actor, id)
    const now = done.ok ? await readWebhook(c.var.services, c.var.actor, id) : done
    return now.ok ? c.json(toWebhook(now.value), 200) : problem(c, now.error)
  })
  .openapi(resume, async (c) => {
    const { id } = c.req.valid('param')
    const done = await resumeWebhook(c.var.services, c.var.actor, id)
    const now = done.ok ? await readWebhook(c.var.services, c.var.actor, id) : done
    return now.ok ? c.json(toWebhook(now.value), 200) : problem(c, now.error)
  })
  .openapi(rotate, async (c) => {
    const made = await rotateWebhookSecret(c.var.services, c.var.actor, c.req.valid('param').id)
    if (!made.ok) return problem(c, made.error)
    return c.json({ secret: made.value.secret, old_until: made.value.oldUntil }, 201)
  })
