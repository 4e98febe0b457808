/** Runs and approvals over the API. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import {
  changeRun,
  decideApproval,
  listApprovals,
  listRuns,
  readApproval,
  readRun,
} from '../../modules/ops-copilot/index.ts'
import { isoInstant } from '../../platform/clock.ts'
import { invalid } from '../../platform/result.ts'
import { bearer, createApi, jsonContent, listQuery, noBody, pageOf, problemResponses } from './api.ts'
import { approvalJson, approvalSchema, runJson, runSchema } from './automation-shapes.ts'

const BASE = '/modules/ops-copilot'
const common = { tags: ['Ops Copilot: runs and people'], security: bearer }
const read = requires('ops:read')
const write = requires('ops:write')
const idParam = z.object({ id: z.string() })
const anyJson = z.any().openapi({ type: 'object' })
const body = <T extends z.ZodType>(schema: T, required = true) => ({
  content: { 'application/json': { schema } },
  required,
})

const detailSchema = runSchema.extend({
  trigger: anyJson,
  vars: anyJson,
  steps: z.array(anyJson),
  history: z.array(anyJson),
  open: z.array(anyJson),
  effects: z.array(anyJson),
})

/** Which of `key` and `choice` a kind needs is settled after: a field that no kind knows is told as such either way. */
const changeSchema = z.strictObject({
  kind: z.enum(['pause', 'resume', 'settled', 'release']),
  key: z.string().max(400).optional().openapi({ description: 'Key of the step, for settled and release' }),
  choice: z.enum(['resend', 'skip', 'fail']).optional().openapi({ description: 'For settled' }),
})

const wholeChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pause') }),
  z.object({ kind: z.literal('resume') }),
  z.object({ kind: z.literal('settled'), key: z.string(), choice: z.enum(['resend', 'skip', 'fail']) }),
  z.object({ kind: z.literal('release'), key: z.string() }),
])

export const automationRunsApi = createApi()
  .openapi(
    createRoute({
      ...common,
      method: 'get',
      path: `${BASE}/runs`,
      summary: 'List runs of all automations',
      middleware: [read] as const,
      request: {
        query: listQuery.extend({
          status: z.enum(['running', 'completed', 'failed']).optional(),
          state: z.string().max(20).optional(),
          subject: z.string().max(300).optional(),
        }),
      },
      responses: { 200: jsonContent(pageOf(runSchema), 'Runs, the newest first'), ...problemResponses },
    }),
    async (c) => {
      const { cursor, ...query } = c.req.valid('query')
      const found = await listRuns(c.var.services, c.var.actor, { ...query, before: cursor })
      if (!found.ok) return problem(c, found.error)
      return c.json({ data: found.value.data.map(runJson), next_cursor: found.value.next }, 200)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'get',
      path: `${BASE}/runs/{id}`,
      summary: 'A run with its history, step by step',
      middleware: [read] as const,
      request: { params: idParam },
      responses: { 200: jsonContent(detailSchema, 'The run'), ...problemResponses },
    }),
    async (c) => {
      const found = await readRun(c.var.services, c.var.actor, c.req.valid('param').id)
      if (!found.ok) return problem(c, found.error)
      const { line, detail } = found.value
      const { trigger, vars, open, effects } = detail
      const history = detail.entries.map(({ at, ...entry }) => ({ ...entry, at: isoInstant(at) }))
      const steps = detail.steps as never[]
      return c.json({ ...runJson(line), trigger, vars, steps, history, open, effects }, 200)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'post',
      path: `${BASE}/runs/{id}/cancel`,
      summary: 'Cancel a run',
      middleware: [write] as const,
      request: { params: idParam, body: noBody },
      responses: { 204: { description: 'Cancelled' }, ...problemResponses },
    }),
    async (c) => {
      const { services, actor } = c.var
      const done = await changeRun(services, actor, c.req.valid('param').id, {
        kind: 'cancel',
        by: actor.name,
      })
      return done.ok ? c.body(null, 204) : problem(c, done.error)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'post',
      path: `${BASE}/runs/{id}/retry`,
      summary: 'Try a failed run again from where it failed',
      description: '`{ "version": "newest" }` goes on with the steps that are published now.',
      middleware: [write] as const,
      request: {
        params: idParam,
        body: body(z.strictObject({ version: z.enum(['same', 'newest']).default('same') }), false),
      },
      responses: { 204: { description: 'Goes on' }, ...problemResponses },
    }),
    async (c) => {
      const { version = 'same' } = (c.req.valid('json') ?? {}) as { version?: 'same' | 'newest' }
      const id = c.req.valid('param').id
      const done = await changeRun(c.var.services, c.var.actor, id, { kind: 'retry', version })
      return done.ok ? c.body(null, 204) : problem(c, done.error)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'post',
      path: `${BASE}/runs/{id}/change`,
      summary: 'Pause, resume, let a held effect go, or settle one that nobody knows of',
      description: 'Minimal body: `{ "kind": "pause" }`.',
      middleware: [write] as const,
      request: { params: idParam, body: body(changeSchema) },
      responses: { 204: { description: 'Done' }, ...problemResponses },
    }),
    async (c) => {
      const change = wholeChange.safeParse(c.req.valid('json'))
      if (!change.success)
        return problem(
          c,
          invalid(
            change.error.issues.map(({ path }) => ({ path: path.join('.'), message: 'This kind needs it.' })),
          ).error,
        )
      const done = await changeRun(c.var.services, c.var.actor, c.req.valid('param').id, change.data)
      return done.ok ? c.body(null, 204) : problem(c, done.error)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'get',
      path: `${BASE}/approvals`,
      summary: 'List approvals',
      middleware: [read] as const,
      request: {
        query: listQuery.extend({
          status: z.enum(['open', 'approved', 'rejected', 'expired', 'withdrawn']).optional(),
        }),
      },
      responses: {
        200: jsonContent(pageOf(approvalSchema), 'Approvals, the newest first'),
        ...problemResponses,
      },
    }),
    async (c) => {
      const { cursor, ...query } = c.req.valid('query')
      const found = await listApprovals(c.var.services, c.var.actor, { ...query, before: cursor })
      if (!found.ok) return problem(c, found.error)
      return c.json({ data: found.value.data.map(approvalJson), next_cursor: found.value.next }, 200)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'get',
      path: `${BASE}/approvals/{id}`,
      summary: 'An approval with what was said',
      middleware: [read] as const,
      request: { params: idParam },
      responses: {
        200: jsonContent(approvalSchema.extend({ decisions: z.array(anyJson) }), 'The approval'),
        ...problemResponses,
      },
    }),
    async (c) => {
      const found = await readApproval(c.var.services, c.var.actor, c.req.valid('param').id)
      if (!found.ok) return problem(c, found.error)
      const decisions = found.value.decisions.map(({ personName, verdict, comment, at }) => ({
        ...{ by: personName, verdict, comment, at },
      }))
      return c.json({ ...approvalJson(found.value.approval), decisions }, 200)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'post',
      path: `${BASE}/approvals/{id}/decide`,
      summary: 'Decide, as the person who is signed in',
      description: 'Minimal body: `{ "verdict": "approved" }`. Keys cannot decide: a decision is a person’s.',
      middleware: [read] as const,
      request: {
        params: idParam,
        body: body(
          z.strictObject({
            verdict: z.enum(['approved', 'rejected']),
            comment: z.string().max(2000).optional(),
            values: z.record(z.string(), z.any()).optional(),
          }),
        ),
      },
      responses: { 200: jsonContent(approvalSchema, 'Decided'), ...problemResponses },
    }),
    async (c) => {
      const decision = { ...c.req.valid('json'), way: 'api' }
      const done = await decideApproval(c.var.services, c.var.actor, c.req.valid('param').id, decision)
      return done.ok ? c.json(approvalJson(done.value.approval), 200) : problem(c, done.error)
    },
  )
