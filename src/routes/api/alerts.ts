/** Alerts on metrics over the API: made, rehearsed, snoozed, acknowledged. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import {
  acknowledgeAlert,
  changeAlert,
  createAlert,
  deleteAlert,
  listAlerts,
  readAlert,
  readFirings,
  rehearseAlert,
  snoozeAlert,
} from '../../modules/mini-foundry/index.ts'
import { fail } from '../../platform/result.ts'
import {
  alertJson,
  alertSchema,
  firingJson,
  firingSchema,
  rehearsalJson,
  rehearsalSchema,
  wishSchema,
} from './alert-shapes.ts'
import { bearer, createApi, jsonContent, listQuery, noBody, pageOf, problemResponses } from './api.ts'

const BASE = '/modules/mini-foundry/alerts'

const idParam = z.object({ id: z.string() })
const jsonBody = <T extends z.ZodType>(schema: T) => ({
  content: { 'application/json': { schema } },
  required: true,
})
const common = { tags: ['Mini Foundry: alerts'], security: bearer }
const read = requires('foundry:read')
const write = requires('foundry:write')

export const alertsApi = createApi()
  .openapi(
    createRoute({
      ...common,
      method: 'get',
      path: BASE,
      summary: 'List alerts',
      middleware: [read] as const,
      request: { query: listQuery },
      responses: { 200: jsonContent(pageOf(alertSchema), 'Alerts, oldest first'), ...problemResponses },
    }),
    async (c) => {
      const found = await listAlerts(c.var.services, c.var.actor, c.req.valid('query'))
      if (!found.ok) return problem(c, found.error)
      return c.json({ data: found.value.data.map(alertJson), next_cursor: found.value.nextCursor }, 200)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'post',
      path: BASE,
      summary: 'Make an alert',
      description:
        'Minimal body: `{ "metric": "revenue", "kind": "threshold", "rule": { "operator": "below", "value": "1000" } }`. ' +
        'It judges periods that end from now on, each once, when it is over and every source that feeds it is read.',
      middleware: [write] as const,
      request: { body: jsonBody(wishSchema) },
      responses: { 201: jsonContent(alertSchema, 'Made'), ...problemResponses },
    }),
    async (c) => {
      const made = await createAlert(c.var.services, c.var.actor, c.req.valid('json'))
      if (!made.ok) return problem(c, made.error)
      return c.json(alertJson(made.value), 201, {
        Location: `${BASE}/${made.value.id}`,
        ETag: etagOf(made.value),
      })
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'post',
      path: `${BASE}/rehearse`,
      summary: 'Try an alert on the last year',
      description: 'Body as for making one. Nothing is kept and nobody is told.',
      middleware: [read] as const,
      request: { body: jsonBody(wishSchema) },
      responses: { 200: jsonContent(rehearsalSchema, 'What it would have done'), ...problemResponses },
    }),
    async (c) => {
      const wish = c.req.valid('json')
      const tried = await rehearseAlert(c.var.services, c.var.actor, wish)
      if (!tried.ok) return problem(c, tried.error)
      return c.json(rehearsalJson(wish, tried.value), 200)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'get',
      path: `${BASE}/{id}`,
      summary: 'Read an alert',
      middleware: [read] as const,
      request: { params: idParam },
      responses: { 200: jsonContent(alertSchema, 'The alert'), ...problemResponses },
    }),
    async (c) => {
      const found = await readAlert(c.var.services, c.var.actor, c.req.valid('param').id)
      if (!found.ok) return problem(c, found.error)
      return c.json(alertJson(found.value), 200, { ETag: etagOf(found.value) })
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'put',
      path: `${BASE}/{id}`,
      summary: 'Change, pause or resume an alert',
      description:
        'What is left out stays. With If-Match (the ETag you read), 412 when someone else was faster.',
      middleware: [write] as const,
      request: { params: idParam, body: jsonBody(wishSchema.partial()) },
      responses: { 200: jsonContent(alertSchema, 'Changed'), ...problemResponses },
    }),
    async (c) => {
      const version = versionOf(c.req.header('If-Match'))
      if (Number.isNaN(version)) return problem(c, NO_ETAG)
      const { services, actor } = c.var
      const changed = await changeAlert(
        services,
        actor,
        c.req.valid('param').id,
        c.req.valid('json'),
        version,
      )
      if (!changed.ok) return problem(c, changed.error)
      return c.json(alertJson(changed.value), 200, { ETag: etagOf(changed.value) })
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'delete',
      path: `${BASE}/{id}`,
      summary: 'Remove an alert with its history',
      middleware: [write] as const,
      request: { params: idParam },
      responses: { 204: { description: 'Removed' }, ...problemResponses },
    }),
    async (c) => {
      const removed = await deleteAlert(c.var.services, c.var.actor, c.req.valid('param').id)
      return removed.ok ? c.body(null, 204) : problem(c, removed.error)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'post',
      path: `${BASE}/{id}/snooze`,
      summary: 'Tell nobody for some hours',
      description:
        'Minimal body: `{ "hours": 24 }`; 0 ends it. What happens meanwhile is kept in the history.',
      middleware: [write] as const,
      request: {
        params: idParam,
        body: jsonBody(
          z.strictObject({
            hours: z.number().min(0, 'Give 0 to 2160 hours.').max(2160, 'Give 0 to 2160 hours.'),
          }),
        ),
      },
      responses: { 200: jsonContent(alertSchema, 'Snoozed'), ...problemResponses },
    }),
    async (c) => {
      const { services, actor } = c.var
      const snoozed = await snoozeAlert(services, actor, c.req.valid('param').id, c.req.valid('json').hours)
      return snoozed.ok ? c.json(alertJson(snoozed.value), 200) : problem(c, snoozed.error)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'get',
      path: `${BASE}/{id}/events`,
      summary: 'What an alert found',
      middleware: [read] as const,
      request: { params: idParam },
      responses: { 200: jsonContent(pageOf(firingSchema), 'The newest first'), ...problemResponses },
    }),
    async (c) => {
      const found = await readFirings(c.var.services, c.var.actor, c.req.valid('param').id)
      if (!found.ok) return problem(c, found.error)
      return c.json({ data: found.value.map(firingJson), next_cursor: null }, 200)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'post',
      path: `${BASE}/events/{id}/acknowledge`,
      summary: 'Say that a firing was seen',
      middleware: [write] as const,
      request: { params: idParam, body: noBody },
      responses: { 200: jsonContent(firingSchema, 'Acknowledged'), ...problemResponses },
    }),
    async (c) => {
      const seen = await acknowledgeAlert(c.var.services, c.var.actor, c.req.valid('param').id)
      return seen.ok ? c.json(firingJson(seen.value), 200) : problem(c, seen.error)
    },
  )

const etagOf = ({ version }: { version: number }) => `"${version}"`

const NO_ETAG = fail('stale', 'alert-changed', 'If-Match does not carry an ETag of this alert.').error

function versionOf(condition: string | undefined): number | null {
  if (condition === undefined || condition === '*') return null
  return Number(/^"(\d+)"$/.exec(condition)?.[1] ?? Number.NaN)
}
