/** Reading of sources over the API: streams, runs, records that could not be read, changes of shape. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import {
  leaveDeadOut,
  pauseStream,
  readDead,
  readDrift,
  readRuns,
  readStreams,
  replayDead,
  replayRaw,
  type StreamView,
  syncNow,
} from '../../modules/mini-foundry/index.ts'
import { isoInstant } from '../../platform/clock.ts'
import { createApi, jsonContent, noBody, pageOf, problemResponses } from './api.ts'

const tags = ['Mini Foundry: sources']
const base = '/modules/mini-foundry/sources/{id}'
const read = requires('foundry:read')
const manage = requires('foundry:manage')
const idParam = z.object({ id: z.string() })
const streamParam = z.object({ id: z.string(), stream: z.string() })
const recordParam = z.object({ id: z.string(), record: z.string() })
const instant = z.string().nullable()

const streamShape = z
  .object({
    stream: z.string(),
    title: z.string(),
    status: z.enum(['waiting', 'running', 'failed', 'paused']),
    synced_until: instant.openapi({ description: 'Everything that changed before is here' }),
    history_to: instant.openapi({ description: 'How far back the history is complete' }),
    history_target: instant,
    history_percent: z.number(),
    next_run_at: instant,
    last_ok_at: instant,
    last_error: z.string().nullable(),
    rows_seen: z.number().int(),
  })
  .openapi('SourceStream')

const runShape = z
  .object({
    id: z.string(),
    stream: z.string(),
    mode: z.enum(['backfill', 'incremental', 'reconcile']),
    trigger: z.enum(['connected', 'schedule', 'hook', 'person']),
    status: z.enum(['running', 'ok', 'partial', 'failed', 'cancelled']),
    window_from: instant,
    window_to: instant,
    pages: z.number().int(),
    rows_seen: z.number().int(),
    rows_written: z.number().int(),
    expected_rows: z.number().int().nullable(),
    error: z.string().nullable(),
    started_at: z.string(),
    finished_at: z.string().nullable(),
  })
  .openapi('SourceRun')

const deadShape = z
  .object({
    id: z.string(),
    stream: z.string(),
    ext_id: z.string().nullable(),
    error: z.string(),
    status: z.enum(['open', 'replayed', 'left_out']),
    created_at: z.string(),
    settled_at: z.string().nullable(),
  })
  .openapi('SourceRecord')

const driftShape = z
  .object({
    stream: z.string(),
    path: z.string(),
    change: z.enum(['appeared', 'missing', 'type']),
    detail: z.string(),
    seen_at: z.string(),
    acknowledged_at: z.string().nullable(),
  })
  .openapi('SourceDrift')

const cursorQuery = z.object({
  cursor: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
})

const streams = createRoute({
  method: 'get',
  path: `${base}/streams`,
  tags,
  summary: 'What a source brings, stream by stream',
  middleware: [read] as const,
  request: { params: idParam },
  responses: { 200: jsonContent(pageOf(streamShape), 'Streams'), ...problemResponses },
})

const runs = createRoute({
  method: 'get',
  path: `${base}/runs`,
  tags,
  summary: 'Reads of a source, the newest first',
  description: 'Reads that brought nothing new are not kept.',
  middleware: [read] as const,
  request: { params: idParam, query: cursorQuery.extend({ stream: z.string().max(60).optional() }) },
  responses: { 200: jsonContent(pageOf(runShape), 'Runs'), ...problemResponses },
})

const sync = createRoute({
  method: 'post',
  path: `${base}/sync`,
  tags,
  summary: 'Read a source now',
  description:
    'Minimal body: `{}` reads what is new of every stream. `stream` names one; `days` reads that much of the past again.',
  middleware: [manage] as const,
  request: {
    params: idParam,
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({
            stream: z.string().max(60).optional(),
            days: z.number().int().min(1).max(3_650).optional(),
          }),
        },
      },
    },
  },
  responses: { 202: jsonContent(z.object({ streams: z.array(z.string()) }), 'Queued'), ...problemResponses },
})

const change = createRoute({
  method: 'put',
  path: `${base}/streams/{stream}`,
  tags,
  summary: 'Pause or resume a stream',
  middleware: [manage] as const,
  request: {
    params: streamParam,
    body: {
      required: true,
      content: { 'application/json': { schema: z.strictObject({ paused: z.boolean() }) } },
    },
  },
  responses: { 200: jsonContent(z.object({ paused: z.boolean() }), 'As asked'), ...problemResponses },
})

const replay = createRoute({
  method: 'post',
  path: `${base}/streams/{stream}/replay`,
  tags,
  summary: 'Make facts of the kept pages again, without asking the vendor',
  middleware: [manage] as const,
  request: { params: streamParam, body: noBody },
  responses: { 202: jsonContent(z.object({ stream: z.string() }), 'Queued'), ...problemResponses },
})

const records = createRoute({
  method: 'get',
  path: `${base}/records`,
  tags,
  summary: 'Records that could not be read',
  middleware: [read] as const,
  request: { params: idParam, query: cursorQuery.extend({ status: deadShape.shape.status.optional() }) },
  responses: { 200: jsonContent(pageOf(deadShape), 'Records'), ...problemResponses },
})

const settle = createRoute({
  method: 'put',
  path: `${base}/records/{record}`,
  tags,
  summary: 'Read a record again, or leave it out',
  middleware: [manage] as const,
  request: {
    params: recordParam,
    body: {
      required: true,
      content: {
        'application/json': { schema: z.strictObject({ status: z.enum(['replayed', 'left_out']) }) },
      },
    },
  },
  responses: { 200: jsonContent(z.object({ status: z.string() }), 'As asked'), ...problemResponses },
})

const drift = createRoute({
  method: 'get',
  path: `${base}/drift`,
  tags,
  summary: 'Fields that the source added or dropped',
  middleware: [read] as const,
  request: { params: idParam },
  responses: { 200: jsonContent(pageOf(driftShape), 'Changes of shape'), ...problemResponses },
})

const at = (ms: number | null): string | null => (ms === null ? null : isoInstant(ms))

const presentStream = (row: StreamView) => ({
  stream: row.stream,
  title: row.title,
  status: row.status,
  synced_until: at(row.syncedUntil),
  history_to: at(row.backfilledTo),
  history_target: at(row.backfillTarget),
  history_percent: Math.round(row.share * 1000) / 10,
  next_run_at: at(row.nextRunAt),
  last_ok_at: row.lastOkAt,
  last_error: row.lastError,
  rows_seen: row.rowsSeen,
})

export const sourceSyncApi = createApi()
  .openapi(streams, async (c) => {
    const found = await readStreams(c.var.services, c.var.actor, c.req.valid('param').id)
    if (!found.ok) return problem(c, found.error)
    return c.json({ data: found.value.streams.map(presentStream), next_cursor: null }, 200)
  })
  .openapi(runs, async (c) => {
    const { cursor, limit, stream } = c.req.valid('query')
    const { id } = c.req.valid('param')
    const found = await readRuns(c.var.services, c.var.actor, id, { stream, before: cursor }, limit ?? 50)
    if (!found.ok) return problem(c, found.error)
    const data = found.value.rows.map((row) => ({
      id: row.id,
      stream: row.stream,
      mode: row.mode,
      trigger: row.trigger,
      status: row.status,
      window_from: at(row.windowFrom),
      window_to: at(row.windowTo),
      pages: row.pages,
      rows_seen: row.rowsSeen,
      rows_written: row.rowsWritten,
      expected_rows: row.expectedRows,
      error: row.error,
      started_at: row.startedAt,
      finished_at: row.finishedAt,
    }))
    return c.json({ data, next_cursor: found.value.nextCursor }, 200)
  })
  .openapi(sync, async (c) => {
    const wish = c.req.valid('json')
    const done = await syncNow(c.var.services, c.var.actor, c.req.valid('param').id, wish)
    return done.ok ? c.json(done.value, 202) : problem(c, done.error)
  })
  .openapi(change, async (c) => {
    const { id, stream } = c.req.valid('param')
    const { paused } = c.req.valid('json')
    const done = await pauseStream(c.var.services, c.var.actor, id, stream, paused ? 'pause' : 'resume')
    return done.ok ? c.json({ paused }, 200) : problem(c, done.error)
  })
  .openapi(replay, async (c) => {
    const { id, stream } = c.req.valid('param')
    const done = await replayRaw(c.var.services, c.var.actor, id, stream)
    return done.ok ? c.json({ stream }, 202) : problem(c, done.error)
  })
  .openapi(records, async (c) => {
    const { cursor, limit, status } = c.req.valid('query')
    const { id } = c.req.valid('param')
    const found = await readDead(c.var.services, c.var.actor, id, { status, before: cursor }, limit ?? 50)
    if (!found.ok) return problem(c, found.error)
    const data = found.value.rows.map((row) => ({
      id: row.id,
      stream: row.stream,
      ext_id: row.extId,
      error: row.error,
      status: row.status,
      created_at: row.createdAt,
      settled_at: row.settledAt,
    }))
    return c.json({ data, next_cursor: found.value.nextCursor }, 200)
  })
  .openapi(settle, async (c) => {
    const { id, record } = c.req.valid('param')
    const { status } = c.req.valid('json')
    const settleIt = status === 'replayed' ? replayDead : leaveDeadOut
    const done = await settleIt(c.var.services, c.var.actor, id, record)
    return done.ok ? c.json({ status }, 200) : problem(c, done.error)
  })
  .openapi(drift, async (c) => {
    const found = await readDrift(c.var.services, c.var.actor, c.req.valid('param').id)
    if (!found.ok) return problem(c, found.error)
    const data = found.value.map((row) => ({
      stream: row.stream,
      path: row.path,
      change: row.change,
      detail: row.detail,
      seen_at: row.seenAt,
      acknowledged_at: row.acknowledgedAt,
    }))
    return c.json({ data, next_cursor: null }, 200)
  })
