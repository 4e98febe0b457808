/** Data sources over the API. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import { changeSource, connectStripe, deleteSource, listSources, readSource, type SourceRow } from '../../modules/mini-foundry/index.ts'
import { createApi, jsonContent, pageOf, problemResponses } from './api.ts'

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
    created_at: z.string(),
    updated_at: z.string(),
  })
  .openapi('DataSource')

const idParam = z.object({ id: z.string() })

const list = createRoute({
  method: 'get',
  path: '/modules/mini-foundry/sources',
  tags,
  summary: 'Data sources with their health',
  middleware: [requires('foundry:read')] as const,
  responses: { 200: jsonContent(pageOf(sourceShape), 'Sources'), ...problemResponses },
})

const create = createRoute({
  method: 'post',
  path: '/modules/mini-foundry/sources',
  tags,
  summary: 'Connect Stripe by webhook',
  description: 'Minimal body: `{ "source_type": "stripe", "name": "Stripe" }`. The answer holds the address to give to Stripe.',
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
  responses: { 201: jsonContent(z.object({ id: z.string(), webhook_url: z.string() }), 'The source'), ...problemResponses },
})

const get = createRoute({
  method: 'get',
  path: '/modules/mini-foundry/sources/{id}',
  tags,
  summary: 'One data source',
  middleware: [requires('foundry:read')] as const,
  request: { params: idParam },
  responses: { 200: jsonContent(sourceShape, 'The source'), ...problemResponses },
})

const update = createRoute({
  method: 'put',
  path: '/modules/mini-foundry/sources/{id}',
  tags,
  summary: 'Rename a source, or choose whether it counts as sales',
  middleware: [requires('foundry:manage')] as const,
  request: {
    params: idParam,
    body: {
      required: true,
      content: {
        'application/json': { schema: z.strictObject({ name: z.string().optional(), counts_as_sales: z.boolean().optional() }) },
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
  responses: { 204: { description: 'Gone' }, ...problemResponses },
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
  created_at: row.createdAt,
  updated_at: row.updatedAt,
})

export const sourcesApi = createApi()
  .openapi(list, async (c) => {
    const sources = await listSources(c.var.services, c.var.actor)
    return sources.ok ? c.json({ data: sources.value.map(present), next_cursor: null }, 200) : problem(c, sources.error)
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
    return detail.ok ? c.json(present(detail.value.source), 200) : problem(c, detail.error)
  })
  .openapi(update, async (c) => {
    const { name, counts_as_sales } = c.req.valid('json')
    const changed = await changeSource(c.var.services, c.var.actor, c.req.valid('param').id, { name, countsAsSales: counts_as_sales })
    return changed.ok ? c.json(present(changed.value), 200) : problem(c, changed.error)
  })
  .openapi(remove, async (c) => {
    const gone = await deleteSource(c.var.services, c.var.actor, c.req.valid('param').id)
    return gone.ok ? c.body(null, 204) : problem(c, gone.error)
  })
