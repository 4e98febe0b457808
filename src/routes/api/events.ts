/** Events over the API: their kinds, the log, what was posted of them, and posting again. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import {
  eventCatalogue,
  listDeliveries,
  listEvents,
  readDelivery,
  replayDelivery,
  replayRange,
  testWebhook,
} from '../../modules/workspace/index.ts'
import { isoInstant } from '../../platform/clock.ts'
import { createApi, instantSchema, jsonContent, listQuery, pageOf, problemResponses } from './api.ts'
import { deliverySchema, eventSchema, eventTypeSchema, toDelivery } from './webhooks-schema.ts'

const BASE = '/modules/workspace/webhooks'
const idParam = z.object({ id: z.string() })
const deliveryParams = z.object({ id: z.string(), delivery: z.string() })
const common = { tags: ['Webhooks'], middleware: requires('webhooks:manage') }
const json = <T extends z.ZodType>(schema: T, required = true) => ({
  content: { 'application/json': { schema } },
  required,
})

const kinds = createRoute({
  ...common,
  method: 'get',
  path: '/modules/workspace/event-types',
  summary: 'The catalogue: every kind of event with a sample and the schema of its data',
  middleware: requires('workspace:read'),
  responses: { 200: jsonContent(pageOf(eventTypeSchema), 'Kinds of events'), ...problemResponses },
})
const events = createRoute({
  ...common,
  method: 'get',
  path: '/modules/workspace/events',
  summary: 'What happened, the oldest first',
  description:
    'For clients that were away: read on from `since`. Events are kept for 90 days and appear here after ten seconds.',
  request: {
    query: listQuery.extend({
      since: instantSchema.optional().openapi({ description: 'Not before this instant' }),
      type: z.string().max(500).optional().openapi({ description: 'Types, separated by commas' }),
    }),
  },
  responses: { 200: jsonContent(pageOf(eventSchema), 'Events'), ...problemResponses },
})
const deliveries = createRoute({
  ...common,
  method: 'get',
  path: `${BASE}/{id}/deliveries`,
  summary: 'Deliveries to a webhook, the newest first',
  description: 'Kept for 30 days.',
  request: {
    params: idParam,
    query: listQuery.extend({
      status: z.enum(['pending', 'delivered', 'failed']).optional(),
      type: z.string().max(80).optional(),
    }),
  },
  responses: { 200: jsonContent(pageOf(deliverySchema), 'Deliveries'), ...problemResponses },
})
const delivery = createRoute({
  ...common,
  method: 'get',
  path: `${BASE}/{id}/deliveries/{delivery}`,
  summary: 'One delivery with its attempts',
  request: { params: deliveryParams },
  responses: { 200: jsonContent(deliverySchema, 'The delivery'), ...problemResponses },
})
const again = createRoute({
  ...common,
  method: 'post',
  path: `${BASE}/{id}/deliveries/{delivery}/replay`,
  summary: 'Send one message once more, with the same `webhook-id`',
  request: { params: deliveryParams, body: json(z.strictObject({}), false) },
  responses: { 201: jsonContent(deliverySchema, 'The new delivery'), ...problemResponses },
})
const range = createRoute({
  ...common,
  method: 'post',
  path: `${BASE}/{id}/replay`,
  summary: 'Send all events of a time once more',
  description: 'At most 2,000 events at once; those the webhook asks for. `until` is exclusive, default now.',
  request: {
    params: idParam,
    body: json(z.strictObject({ since: instantSchema, until: instantSchema.optional() })),
  },
  responses: { 202: jsonContent(z.object({ replayed: z.number().int() }), 'Taken on'), ...problemResponses },
})
const tryOut = createRoute({
  ...common,
  method: 'post',
  path: `${BASE}/{id}/test`,
  summary: 'Post the sample of an event now, marked `test: true`',
  request: { params: idParam, body: json(z.strictObject({ type: z.string() })) },
  responses: { 201: jsonContent(deliverySchema, 'How it went'), ...problemResponses },
})

export const eventsApi = createApi()
  .openapi(kinds, (c) => c.json({ data: eventCatalogue(c.var.services), next_cursor: null }, 200))
  .openapi(events, async (c) => {
    const { cursor, limit, since, type } = c.req.valid('query')
    const types = type?.split(',').filter(Boolean)
    const question = { cursor, types, since: since === undefined ? undefined : Date.parse(since) }
    const listed = await listEvents(c.var.services, c.var.actor, question, limit ?? 50)
    if (!listed.ok) return problem(c, listed.error)
    const data = listed.value.events.map((one) => ({
      id: one.id,
      type: one.type,
      created_at: isoInstant(one.createdAt),
      data: one.data,
    }))
    return c.json({ data, next_cursor: listed.value.nextCursor }, 200)
  })
  .openapi(deliveries, async (c) => {
    const { cursor, limit, ...filter } = c.req.valid('query')
    const { id } = c.req.valid('param')
    const question = { ...filter, before: cursor }
    const listed = await listDeliveries(c.var.services, c.var.actor, id, question, limit ?? 50)
    if (!listed.ok) return problem(c, listed.error)
    const { deliveries: rows, nextCursor } = listed.value
    return c.json({ data: rows.map(toDelivery), next_cursor: nextCursor }, 200)
  })
  .openapi(delivery, async (c) => {
    const { id, delivery: which } = c.req.valid('param')
    const found = await readDelivery(c.var.services, c.var.actor, id, which)
    return found.ok ? c.json(toDelivery(found.value.delivery), 200) : problem(c, found.error)
  })
  .openapi(again, async (c) => {
    const { id, delivery: which } = c.req.valid('param')
    const made = await replayDelivery(c.var.services, c.var.actor, id, which)
    return made.ok ? c.json(toDelivery(made.value), 201) : problem(c, made.error)
  })
  .openapi(range, async (c) => {
    const { since, until } = c.req.valid('json')
    const { services, actor } = c.var
    const end = until === undefined ? services.clock.now() : Date.parse(until)
    const bounds = { since: Date.parse(since), until: end }
    const done = await replayRange(services, actor, c.req.valid('param').id, bounds)
    return done.ok ? c.json(done.value, 202) : problem(c, done.error)
  })
  .openapi(tryOut, async (c) => {
    const { id } = c.req.valid('param')
    const done = await testWebhook(c.var.services, c.var.actor, id, c.req.valid('json').type)
    return done.ok ? c.json(toDelivery(done.value), 201) : problem(c, done.error)
  })
