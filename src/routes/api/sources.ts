/** Data sources over the API. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import {
  addSigningSecret,
  changeSource,
  connectStripe,
  deleteSource,
  type HookRow,
  pageSources,
  readSource,
  type SourceRow,
  saveSettings,
} from '../../modules/mini-foundry/index.ts'
import { ok } from '../../platform/result.ts'
import { changedQuery, createApi, jsonContent, pageOf, problemResponses, storedInstant } from './api.ts'

const tags = ['Mini Foundry: sources']

const sourceShape = z
  .object({
    id: z.string(),
    tenant_id: z.string(),
    connector_id: z.string().nullable(),
    source_type: z.string(),
    name: z.string(),
    sync_status: z.enum(['idle', 'backfilling', 'syncing', 'ok', 'delayed', 'failed', 'disconnected']),
    last_sync_at: z.string().nullable(),
    record_count: z.number().int(),
    counts_as_sales: z.boolean(),
    is_demo: z.boolean(),
    last_error: z.string().nullable(),
    settings: z.record(z.string(), z.unknown()).openapi({ description: 'What was chosen for this source' }),
    history_from: z.string().nullable(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .openapi('DataSource')

const detailShape = sourceShape
  .extend({
    webhook_url: z
      .string()
      .nullable()
      .openapi({ description: 'Where Stripe is to send; needs foundry:manage' }),
    signing_secrets: z.number().int().openapi({ description: 'How many hold now' }),
  })
  .openapi('DataSourceDetail')

const hookShape = z
  .object({
    event_id: z.string(),
    type: z.string(),
    status: z.enum(['received', 'processed', 'ignored', 'failed']),
    error: z.string().nullable(),
    received_at: z.string(),
    processed_at: z.string().nullable(),
  })
  .openapi('SourceEvent')

const idParam = z.object({ id: z.string() })

const list = createRoute({
  method: 'get',
  path: '/modules/mini-foundry/sources',
  tags,
  summary: 'Data sources with their health',
  middleware: [requires('foundry:read')] as const,
  request: {
    query: changedQuery.extend({
      source_type: z.string().max(40).optional(),
      sync_status: sourceShape.shape.sync_status.optional(),
    }),
  },
  responses: { 200: jsonContent(pageOf(sourceShape), 'Sources, the newest first'), ...problemResponses },
})

const create = createRoute({
  method: 'post',
  path: '/modules/mini-foundry/sources',
  tags,
  summary: 'Connect Stripe by webhook',
  description:
    'Minimal body: `{ "source_type": "stripe", "name": "Stripe" }`. The answer holds the address to give to Stripe.',
  middleware: [requires('foundry:manage')] as const,
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({
            source_type: z.literal('stripe'),
            name: z.string().min(1).max(80),
            signing_secret: z.string().optional(),
            counts_as_sales: z.boolean().optional(),
          }),
        },
      },
    },
  },
  responses: {
    201: jsonContent(z.object({ id: z.string(), webhook_url: z.string() }), 'The source'),
    ...problemResponses,
  },
})

const get = createRoute({
  method: 'get',
  path: '/modules/mini-foundry/sources/{id}',
  tags,
  summary: 'One data source',
  middleware: [requires('foundry:read')] as const,
  request: { params: idParam },
  responses: { 200: jsonContent(detailShape, 'The source'), ...problemResponses },
})

const events = createRoute({
  method: 'get',
  path: '/modules/mini-foundry/sources/{id}/events',
  tags,
  summary: 'The latest deliveries of a source, newest first',
  middleware: [requires('foundry:read')] as const,
  request: { params: idParam },
  responses: { 200: jsonContent(pageOf(hookShape), 'Deliveries'), ...problemResponses },
})

const update = createRoute({
  method: 'put',
  path: '/modules/mini-foundry/sources/{id}',
  tags,
  summary: 'Rename a source, choose what it reads and whether it counts as sales, or save a signing secret',
  description:
    'What is left out stays. After a new signing secret the one before it holds for 24 hours more.',
  middleware: [requires('foundry:manage')] as const,
  request: {
    params: idParam,
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({
            name: z.string().optional(),
            counts_as_sales: z.boolean().optional(),
            signing_secret: z.string().optional(),
            settings: z.record(z.string().max(60), z.string().max(2_000)).optional(),
            history_from: z.string().nullable().optional(),
          }),
        },
      },
    },
  },
  responses: { 200: jsonContent(sourceShape, 'The source as it is now'), ...problemResponses },
})

const remove = createRoute({
  method: 'delete',
  path: '/modules/mini-foundry/sources/{id}',
  tags,
  summary: 'Delete a source with all that came from it',
  middleware: [requires('foundry:manage')] as const,
  request: { params: idParam },
  responses: { 204: { description: 'Gone, or going in the background' }, ...problemResponses },
})

const present = (row: SourceRow) => ({
  id: row.id,
  tenant_id: row.tenantId,
  connector_id: row.connectorId,
  source_type: row.sourceType,
  name: row.name,
  sync_status: row.syncStatus,
  last_sync_at: row.lastSyncAt,
  record_count: row.recordCount,
  counts_as_sales: row.countsAsSales,
  is_demo: row.isDemo,
  last_error: row.lastError,
  settings: row.settings,
  history_from: row.historyFrom,
  created_at: row.createdAt,
  updated_at: row.updatedAt,
})

const presentHook = (row: HookRow) => ({
  event_id: row.eventId,
  type: row.type,
  status: row.status,
  error: row.error,
  received_at: row.receivedAt,
  processed_at: row.processedAt,
})

export const sourcesApi = createApi()
  .openapi(list, async (c) => {
    const { cursor, limit, updated_since, source_type, sync_status } = c.req.valid('query')
    const filter = {
      before: cursor,
      updatedSince: storedInstant(updated_since),
      sourceType: source_type,
      syncStatus: sync_status,
    }
    const paged = await pageSources(c.var.services, c.var.actor, filter, limit ?? 50)
    if (!paged.ok) return problem(c, paged.error)
    return c.json({ data: paged.value.sources.map(present), next_cursor: paged.value.nextCursor }, 200)
  })
  .openapi(create, async (c) => {
    const { name, signing_secret, counts_as_sales } = c.req.valid('json')
    const input = { name, signingSecret: signing_secret, countsAsSales: counts_as_sales }
    const made = await connectStripe(c.var.services, c.var.actor, input)
    if (!made.ok) return problem(c, made.error)
    const { id, webhookUrl } = made.value
    return c.json({ id, webhook_url: webhookUrl }, 201, { Location: `/modules/mini-foundry/sources/${id}` })
  })
  .openapi(get, async (c) => {
    const detail = await readSource(c.var.services, c.var.actor, c.req.valid('param').id)
    if (!detail.ok) return problem(c, detail.error)
    const { source, webhookUrl, secrets } = detail.value
    return c.json({ ...present(source), webhook_url: webhookUrl, signing_secrets: secrets.length }, 200)
  })
  .openapi(events, async (c) => {
    const detail = await readSource(c.var.services, c.var.actor, c.req.valid('param').id)
    if (!detail.ok) return problem(c, detail.error)
    return c.json({ data: detail.value.hooks.map(presentHook), next_cursor: null }, 200)
  })
  .openapi(update, async (c) => {
    const { name, counts_as_sales, signing_secret, settings, history_from } = c.req.valid('json')
    const { id } = c.req.valid('param')
    const { actor, services } = c.var
    const saved =
      signing_secret === undefined ? ok(null) : await addSigningSecret(services, actor, id, signing_secret)
    if (!saved.ok) return problem(c, saved.error)
    if (settings !== undefined || history_from !== undefined) {
      const chosen = await saveSettings(services, actor, id, { settings, historyFrom: history_from })
      if (!chosen.ok) return problem(c, chosen.error)
    }
    const changed = await changeSource(services, actor, id, { name, countsAsSales: counts_as_sales })
    return changed.ok ? c.json(present(changed.value), 200) : problem(c, changed.error)
  })
  .openapi(remove, async (c) => {
    const gone = await deleteSource(c.var.services, c.var.actor, c.req.valid('param').id)
    return gone.ok ? c.body(null, 204) : problem(c, gone.error)
  })
