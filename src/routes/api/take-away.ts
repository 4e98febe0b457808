/** All facts as one SQLite file, over the API. */
import { createRoute, z } from '@hono/zod-openapi'
import { attachment } from '../../http/attachment.ts'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import {
  beginTakeAway,
  listTakeAways,
  openTakeAway,
  type TakeAway,
} from '../../modules/mini-foundry/index.ts'
import { bearer, createApi, jsonContent, noBody, pageOf, problemResponses } from './api.ts'

const BASE = '/modules/mini-foundry/take-away'
const common = { tags: ['Mini Foundry: sources'], security: bearer, middleware: requires('foundry:manage') }

const takeAwayShape = z
  .object({
    id: z.string(),
    status: z.enum(['making', 'ready', 'failed']),
    tables_done: z.number().int(),
    tables_total: z.number().int(),
    rows: z.number().int(),
    bytes: z.number().int(),
    error: z.string().nullable(),
    created_at: z.string(),
    finished_at: z.string().nullable(),
    expires_at: z.string().nullable(),
  })
  .openapi('TakeAway')

export const takeAwayApi = createApi()
  .openapi(
    createRoute({
      ...common,
      method: 'get',
      path: BASE,
      summary: 'Files with all facts',
      description:
        'The file that was asked for last. It is kept for seven days, or until a new one is asked for.',
      responses: { 200: jsonContent(pageOf(takeAwayShape), 'At most one is ready'), ...problemResponses },
    }),
    async (c) => {
      const listed = await listTakeAways(c.var.services, c.var.actor)
      if (!listed.ok) return problem(c, listed.error)
      return c.json({ data: listed.value.map(toJson), next_cursor: null }, 200)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'post',
      path: BASE,
      summary: 'Make a file with all facts',
      description:
        'Needs no body. Every fact, metric and metric by day as one SQLite database, made in the background. While one is being made, that one is answered.',
      request: { body: noBody },
      responses: { 202: jsonContent(takeAwayShape, 'It is being made'), ...problemResponses },
    }),
    async (c) => {
      const begun = await beginTakeAway(c.var.services, c.var.actor)
      return begun.ok ? c.json(toJson(begun.value), 202) : problem(c, begun.error)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'get',
      path: `${BASE}/{id}/file`,
      summary: 'The file',
      description: '409 while it is being made.',
      request: { params: z.object({ id: z.string() }) },
      responses: {
        200: {
          description: 'A SQLite 3 database',
          content: { 'application/vnd.sqlite3': { schema: z.string().openapi({ format: 'binary' }) } },
        },
        ...problemResponses,
      },
    }),
    async (c) => {
      const file = await openTakeAway(c.var.services, c.var.actor, c.req.valid('param').id)
      if (!file.ok) return problem(c, file.error)
      return c.body(file.value.body, 200, {
        'Content-Type': 'application/vnd.sqlite3',
        'Content-Length': String(file.value.bytes),
        'Content-Disposition': attachment(file.value.fileName),
      })
    },
  )

const toJson = (row: TakeAway) => ({
  id: row.id,
  status: row.status,
  tables_done: row.tablesDone,
  tables_total: row.tablesTotal,
  rows: row.rows,
  bytes: row.bytes,
  error: row.error,
  created_at: row.createdAt,
  finished_at: row.finishedAt,
  expires_at: row.expiresAt,
})
