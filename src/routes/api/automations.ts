/** Automations over the API: the specification's seven, and what goes beyond them. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import {
  createAutomation,
  deleteAutomation,
  listAutomations,
  listRuns,
  listSteps,
  pauseAutomation,
  publishAutomation,
  readAutomation,
  runAutomation,
  updateAutomation,
} from '../../modules/ops-copilot/index.ts'
import { fail } from '../../platform/result.ts'
import {
  bearer,
  changedQuery,
  createApi,
  jsonContent,
  listQuery,
  pageOf,
  problemResponses,
  storedInstant,
} from './api.ts'
import { automationJson, automationSchema, automationWish, runJson, runSchema } from './automation-shapes.ts'

const BASE = '/modules/ops-copilot/automations'
const common = { tags: ['Ops Copilot: automations'], security: bearer }
const read = requires('ops:read')
const write = requires('ops:write')
const idParam = z.object({ id: z.string() })
const body = <T extends z.ZodType>(schema: T, required = true) => ({
  content: { 'application/json': { schema } },
  required,
})
const etagOf = ({
  version,
  publishedVersion,
  status,
}: {
  version: number
  publishedVersion: number | null
  status: string
}) => `"${version}-${publishedVersion ?? 0}-${status}"`

const NO_ETAG = fail(
  'stale',
  'automation-changed',
  'If-Match does not carry an ETag of this automation.',
).error

/** The draft's version that an ETag names; null: no condition. */
function versionOf(condition: string | undefined): number | null {
  if (condition === undefined || condition === '*') return null
  return Number(/^"(\d+)-\d+-[a-z]+"$/.exec(condition)?.[1] ?? Number.NaN)
}

export const automationsApi = createApi()
  .openapi(
    createRoute({
      ...common,
      method: 'get',
      path: BASE,
      summary: 'List automations',
      middleware: [read] as const,
      request: {
        query: changedQuery.extend({
          status: z.enum(['active', 'paused', 'draft']).optional(),
          trigger_type: z.enum(['schedule', 'event', 'manual']).optional(),
        }),
      },
      responses: {
        200: jsonContent(pageOf(automationSchema), 'Automations, oldest first'),
        ...problemResponses,
      },
    }),
    async (c) => {
      const { cursor, limit, status, trigger_type, updated_since } = c.req.valid('query')
      const found = await listAutomations(c.var.services, c.var.actor, {
        ...{ after: cursor, limit, status, triggerType: trigger_type },
        updatedSince: storedInstant(updated_since),
      })
      if (!found.ok) return problem(c, found.error)
      return c.json({ data: found.value.data.map(automationJson), next_cursor: found.value.next }, 200)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'post',
      path: BASE,
      summary: 'Create an automation',
      description:
        'Minimal body: `{ "name": "Say hello" }` makes an empty draft. One that does something: `{ "name": "Chase", "status": "active", "trigger_type": "event", "trigger_config": { "event": "invoice.overdue" }, "actions": [{ "id": "mail", "kind": "action", "action": "task.create", "input": { "title": "Call about {{ trigger.invoice.number }}" } }] }`. With `status: active` it is published at once, or refused with what is missing.',
      middleware: [write] as const,
      request: { body: body(automationWish) },
      responses: { 201: jsonContent(automationSchema, 'Created'), ...problemResponses },
    }),
    async (c) => {
      const made = await createAutomation(c.var.services, c.var.actor, c.req.valid('json'))
      if (!made.ok) return problem(c, made.error)
      return c.json(automationJson(made.value), 201, {
        Location: `${BASE}/${made.value.id}`,
        ETag: etagOf(made.value),
      })
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'get',
      path: `${BASE}/{id}`,
      summary: 'Get an automation',
      middleware: [read] as const,
      request: { params: idParam },
      responses: { 200: jsonContent(automationSchema, 'The automation'), ...problemResponses },
    }),
    async (c) => {
      const found = await readAutomation(c.var.services, c.var.actor, c.req.valid('param').id)
      if (!found.ok) return problem(c, found.error)
      return c.json(automationJson(found.value), 200, { ETag: etagOf(found.value) })
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'put',
      path: `${BASE}/{id}`,
      summary: 'Update an automation',
      description:
        'What is left out stays. Changes touch the draft; `"status": "active"` publishes it, `"paused"` lets it rest. With If-Match (the ETag you read), 412 when somebody else was faster.',
      middleware: [write] as const,
      request: { params: idParam, body: body(automationWish.partial()) },
      responses: { 200: jsonContent(automationSchema, 'Updated'), ...problemResponses },
    }),
    async (c) => {
      const version = versionOf(c.req.header('If-Match'))
      if (Number.isNaN(version)) return problem(c, NO_ETAG)
      const { services, actor } = c.var
      const changed = await updateAutomation(
        services,
        actor,
        c.req.valid('param').id,
        c.req.valid('json'),
        version,
      )
      if (!changed.ok) return problem(c, changed.error)
      return c.json(automationJson(changed.value), 200, { ETag: etagOf(changed.value) })
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'delete',
      path: `${BASE}/{id}`,
      summary: 'Delete an automation',
      description: 'Its runs are cancelled; what it did stays in the history.',
      middleware: [write] as const,
      request: { params: idParam },
      responses: { 204: { description: 'Deleted' }, ...problemResponses },
    }),
    async (c) => {
      const removed = await deleteAutomation(c.var.services, c.var.actor, c.req.valid('param').id)
      return removed.ok ? c.body(null, 204) : problem(c, removed.error)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'post',
      path: `${BASE}/{id}/publish`,
      summary: 'Publish the draft',
      middleware: [write] as const,
      request: { params: idParam, body: body(z.strictObject({}), false) },
      responses: { 200: jsonContent(automationSchema, 'Live'), ...problemResponses },
    }),
    async (c) => {
      const done = await publishAutomation(c.var.services, c.var.actor, c.req.valid('param').id)
      return done.ok ? c.json(automationJson(done.value), 200) : problem(c, done.error)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'post',
      path: `${BASE}/{id}/pause`,
      summary: 'Pause an automation',
      description: '`{ "running": "cancel" }` also cancels what runs; otherwise it goes on to its end.',
      middleware: [write] as const,
      request: {
        params: idParam,
        body: body(z.strictObject({ running: z.enum(['finish', 'cancel']).default('finish') }), false),
      },
      responses: { 200: jsonContent(automationSchema, 'At rest'), ...problemResponses },
    }),
    async (c) => {
      const { services, actor } = c.var
      const { running = 'finish' } = (c.req.valid('json') ?? {}) as { running?: 'finish' | 'cancel' }
      const done = await pauseAutomation(services, actor, c.req.valid('param').id, running)
      return done.ok ? c.json(automationJson(done.value), 200) : problem(c, done.error)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'post',
      path: `${BASE}/{id}/run`,
      summary: 'Run an automation',
      description:
        'Minimal body: none. `input` holds what its trigger asks for; `subject` names a record (`invoice:<id>`). With an Idempotency-Key the same request starts one run.',
      middleware: [write] as const,
      request: {
        params: idParam,
        body: body(
          z.strictObject({
            input: z.record(z.string(), z.any()).optional(),
            subject: z.string().max(300).optional(),
          }),
          false,
        ),
      },
      responses: {
        202: jsonContent(
          z.object({ id: z.string(), run_id: z.string(), status: z.literal('running') }),
          'Started',
        ),
        ...problemResponses,
      },
    }),
    async (c) => {
      const { services, actor } = c.var
      const wish = (c.req.valid('json') ?? {}) as { input?: Record<string, unknown>; subject?: string }
      const key = c.req.header('Idempotency-Key')
      const started = await runAutomation(services, actor, c.req.valid('param').id, {
        ...wish,
        ...(key ? { key: `${actor.id}:${key}` } : {}),
      })
      if (!started.ok) return problem(c, started.error)
      const { runId } = started.value
      const Location = `/modules/ops-copilot/runs/${runId}`
      return c.json({ id: runId, run_id: runId, status: 'running' as const }, 202, { Location })
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'get',
      path: `${BASE}/{id}/runs`,
      summary: 'Get run history',
      middleware: [read] as const,
      request: {
        params: idParam,
        query: listQuery.extend({
          status: z.enum(['running', 'completed', 'failed']).optional(),
          state: z.string().max(20).optional(),
        }),
      },
      responses: { 200: jsonContent(pageOf(runSchema), 'Runs, the newest first'), ...problemResponses },
    }),
    async (c) => {
      const { cursor, ...query } = c.req.valid('query')
      const found = await listRuns(c.var.services, c.var.actor, {
        ...query,
        automationId: c.req.valid('param').id,
        before: cursor,
      })
      if (!found.ok) return problem(c, found.error)
      return c.json({ data: found.value.data.map(runJson), next_cursor: found.value.next }, 200)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'get',
      path: '/modules/ops-copilot/steps',
      summary: 'List what steps can do',
      middleware: [read] as const,
      responses: {
        200: jsonContent(
          pageOf(z.any().openapi({ type: 'object' })),
          'Every action with its fields and outputs',
        ),
        ...problemResponses,
      },
    }),
    (c) => c.json({ data: listSteps(c.var.services), next_cursor: null }, 200),
  )
