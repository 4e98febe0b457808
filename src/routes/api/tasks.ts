/** Tasks over the API. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import { addTask, changeTask, deleteTask, listTasks, readTask } from '../../modules/ops-copilot/index.ts'
import {
  bearer,
  changedQuery,
  createApi,
  jsonContent,
  pageOf,
  problemResponses,
  storedInstant,
} from './api.ts'
import { taskJson, taskSchema } from './automation-shapes.ts'

const BASE = '/modules/ops-copilot'
const common = { tags: ['Ops Copilot: runs and people'], security: bearer }
const read = requires('ops:read')
const write = requires('ops:write')
const idParam = z.object({ id: z.string() })
const body = <T extends z.ZodType>(schema: T) => ({
  content: { 'application/json': { schema } },
  required: true,
})

/** What a client sends; the action checks it further. */
const taskWish = z.strictObject({
  title: z.string(),
  notes: z.string().optional(),
  assignee_id: z.string().nullable().optional(),
  due_on: z.string().nullable().optional(),
  priority: z.enum(['urgent', 'high', 'normal', 'low']).optional(),
  repeats: z.enum(['daily', 'weekdays', 'weekly', 'monthly', 'quarterly', 'yearly']).nullable().optional(),
  subject: z.string().nullable().optional().openapi({ description: 'What it is about: `invoice:<id>`' }),
})

export const tasksApi = createApi()
  .openapi(
    createRoute({
      ...common,
      method: 'get',
      path: `${BASE}/tasks`,
      summary: 'List tasks',
      middleware: [read] as const,
      request: {
        query: changedQuery.extend({
          status: z.enum(['open', 'done']).optional(),
          assignee_id: z.string().max(60).optional(),
          subject: z.string().max(300).optional(),
          q: z.string().max(100).optional(),
        }),
      },
      responses: { 200: jsonContent(pageOf(taskSchema), 'Tasks, due first'), ...problemResponses },
    }),
    async (c) => {
      const { assignee_id, q, updated_since, ...query } = c.req.valid('query')
      const found = await listTasks(c.var.services, c.var.actor, {
        ...query,
        ...{ assigneeId: assignee_id, text: q, updatedSince: storedInstant(updated_since) },
      })
      if (!found.ok) return problem(c, found.error)
      return c.json({ data: found.value.data.map(taskJson), next_cursor: found.value.next }, 200)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'post',
      path: `${BASE}/tasks`,
      summary: 'Make a task',
      description: 'Minimal body: `{ "title": "Call the bank" }`.',
      middleware: [write] as const,
      request: { body: body(taskWish) },
      responses: { 201: jsonContent(taskSchema, 'Made'), ...problemResponses },
    }),
    async (c) => {
      const made = await addTask(c.var.services, c.var.actor, c.req.valid('json'))
      if (!made.ok) return problem(c, made.error)
      return c.json(taskJson(made.value), 201, { Location: `${BASE}/tasks/${made.value.id}` })
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'get',
      path: `${BASE}/tasks/{id}`,
      summary: 'Read a task',
      middleware: [read] as const,
      request: { params: idParam },
      responses: { 200: jsonContent(taskSchema, 'The task'), ...problemResponses },
    }),
    async (c) => {
      const found = await readTask(c.var.services, c.var.actor, c.req.valid('param').id)
      return found.ok ? c.json(taskJson(found.value), 200) : problem(c, found.error)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'put',
      path: `${BASE}/tasks/{id}`,
      summary: 'Change a task, or tick it off',
      description: 'What is left out stays. `{ "status": "done" }` ticks it off.',
      middleware: [write] as const,
      request: {
        params: idParam,
        body: body(
          taskWish
            .omit({ subject: true })
            .partial()
            .extend({ status: z.enum(['open', 'done']).optional() }),
        ),
      },
      responses: { 200: jsonContent(taskSchema, 'Changed'), ...problemResponses },
    }),
    async (c) => {
      const changed = await changeTask(
        c.var.services,
        c.var.actor,
        c.req.valid('param').id,
        c.req.valid('json'),
      )
      return changed.ok ? c.json(taskJson(changed.value), 200) : problem(c, changed.error)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'delete',
      path: `${BASE}/tasks/{id}`,
      summary: 'Remove a task',
      middleware: [write] as const,
      request: { params: idParam },
      responses: { 204: { description: 'Removed' }, ...problemResponses },
    }),
    async (c) => {
      const removed = await deleteTask(c.var.services, c.var.actor, c.req.valid('param').id)
      return removed.ok ? c.body(null, 204) : problem(c, removed.error)
    },
  )
