/** Connections over the API: what can be connected, what is, and how it does. Credentials never come out. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import {
  type ConnectorView,
  changeConnector,
  checkNow,
  connectByKey,
  disconnect,
  listConnectors,
  readCatalogue,
  readConnector,
} from '../../modules/connections/index.ts'
import { createApi, jsonContent, listQuery, pageOf, problemResponses } from './api.ts'

const tags = ['Connections']

const statusShape = z.enum(['connected', 'failed', 'disconnected'])

const connectorShape = z
  .object({
    id: z.string(),
    kind: z.string(),
    name: z.string(),
    status: statusShape,
    account: z.string(),
    account_name: z.string(),
    scopes: z.array(z.string()),
    roles: z.array(z.string()).openapi({ description: 'Roles whose work may go out through it' }),
    method: z.string().openapi({ description: 'oauth, key, or hook (only their webhooks come in)' }),
    last_error: z.string().nullable(),
    last_checked_at: z.string().nullable(),
    last_ok_at: z.string().nullable(),
    last_used_at: z.string().nullable(),
    expires_at: z.string().nullable().openapi({ description: 'When access ends without a renewal' }),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .openapi('Connector')

const vendorShape = z
  .object({
    kind: z.string(),
    name: z.string(),
    category: z.string(),
    gives: z.array(z.string()),
    needs: z.string(),
    help: z.string(),
    methods: z.array(
      z.object({
        kind: z.enum(['oauth', 'key']),
        label: z.string(),
        fields: z.array(
          z.object({
            name: z.string(),
            label: z.string(),
            hint: z.string().nullable(),
            secret: z.boolean(),
            optional: z.boolean(),
          }),
        ),
      }),
    ),
    connector_ids: z.array(z.string()),
  })
  .openapi('Vendor')

const idParam = z.object({ id: z.string() })

const vendors = createRoute({
  method: 'get',
  path: '/modules/connections/vendors',
  tags,
  summary: 'Every system that can be connected, and how',
  middleware: [requires('connections:read')] as const,
  responses: { 200: jsonContent(pageOf(vendorShape), 'Vendors'), ...problemResponses },
})

const list = createRoute({
  method: 'get',
  path: '/modules/connections/connectors',
  tags,
  summary: 'Connections with their health',
  middleware: [requires('connections:read')] as const,
  request: {
    query: listQuery.extend({
      updated_since: z.iso.datetime().optional(),
      kind: z.string().max(80).optional(),
      status: statusShape.optional(),
    }),
  },
  responses: { 200: jsonContent(pageOf(connectorShape), 'Connections'), ...problemResponses },
})

const create = createRoute({
  method: 'post',
  path: '/modules/connections/connectors',
  tags,
  summary: 'Connect a system by key',
  description:
    'Minimal body: `{ "kind": "klaviyo", "fields": { "key": "..." } }`; `GET /modules/connections/vendors` tells the fields. ' +
    'The same account again renews its connection (200). Consent pages are for people: connect those in the browser.',
  middleware: [requires('connections:manage')] as const,
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({
            kind: z.string().min(1).max(80),
            fields: z.record(z.string().max(80), z.string().max(10_000)),
          }),
        },
      },
    },
  },
  responses: {
    200: jsonContent(connectorShape, 'The account was connected before; its connection is renewed'),
    201: jsonContent(connectorShape, 'The connection'),
    ...problemResponses,
  },
})

const get = createRoute({
  method: 'get',
  path: '/modules/connections/connectors/{id}',
  tags,
  summary: 'One connection',
  middleware: [requires('connections:read')] as const,
  request: { params: idParam },
  responses: { 200: jsonContent(connectorShape, 'The connection'), ...problemResponses },
})

const update = createRoute({
  method: 'put',
  path: '/modules/connections/connectors/{id}',
  tags,
  summary: 'Rename a connection, or choose the roles that may use it; what is left out stays',
  middleware: [requires('connections:manage')] as const,
  request: {
    params: idParam,
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({ name: z.string().optional(), roles: z.array(z.string()).optional() }),
        },
      },
    },
  },
  responses: { 200: jsonContent(connectorShape, 'The connection as it is now'), ...problemResponses },
})

const remove = createRoute({
  method: 'delete',
  path: '/modules/connections/connectors/{id}',
  tags,
  summary: 'Disconnect; what came from it stays unless `with_data` is true',
  middleware: [requires('connections:manage')] as const,
  request: {
    params: idParam,
    query: z.object({ with_data: z.enum(['true', 'false']).default('false').optional() }),
  },
  responses: { 204: { description: 'Disconnected; data goes in the background' }, ...problemResponses },
})

const check = createRoute({
  method: 'post',
  path: '/modules/connections/connectors/{id}/check',
  tags,
  summary: 'Ask the system now whether the connection works',
  middleware: [requires('connections:manage')] as const,
  request: { params: idParam },
  responses: { 200: jsonContent(connectorShape, 'The connection after the check'), ...problemResponses },
})

const present = (row: ConnectorView) => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  status: row.status,
  account: row.account,
  account_name: row.accountName,
  scopes: row.scopes,
  roles: row.roles,
  method: row.method,
  last_error: row.lastError,
  last_checked_at: row.lastCheckedAt,
  last_ok_at: row.lastOkAt,
  last_used_at: row.lastUsedAt,
  expires_at: row.expiresAt,
  created_at: row.createdAt,
  updated_at: row.updatedAt,
})

export const connectionsApi = createApi()
  .openapi(vendors, async (c) => {
    const read = await readCatalogue(c.var.services, c.var.actor)
    if (!read.ok) return problem(c, read.error)
    const data = read.value.entries.map(({ vendor, connections }) => ({
      kind: vendor.kind,
      name: vendor.name,
      category: vendor.category,
      gives: [...vendor.gives],
      needs: vendor.needs,
      help: vendor.help,
      methods: vendor.methods.map(({ kind, label, fields }) => ({
        kind,
        label,
        fields: fields.map((field) => ({
          name: field.name,
          label: field.label,
          hint: field.hint ?? null,
          secret: field.secret ?? false,
          optional: field.optional ?? false,
        })),
      })),
      connector_ids: connections.map(({ id }) => id),
    }))
    return c.json({ data, next_cursor: null }, 200)
  })
  .openapi(list, async (c) => {
    const { cursor, limit, updated_since, kind, status } = c.req.valid('query')
    const filter = { after: cursor, updatedSince: updated_since, kind, status }
    const read = await listConnectors(c.var.services, c.var.actor, filter, limit ?? 50)
    if (!read.ok) return problem(c, read.error)
    return c.json({ data: read.value.connectors.map(present), next_cursor: read.value.nextCursor }, 200)
  })
  .openapi(create, async (c) => {
    const { actor, services } = c.var
    const landed = await connectByKey(services, actor, c.req.valid('json'))
    if (!landed.ok) return problem(c, landed.error)
    const read = await readConnector(services, actor, landed.value.id)
    if (!read.ok) return problem(c, read.error)
    const body = present(read.value.connector)
    return landed.value.reconnected
      ? c.json(body, 200)
      : c.json(body, 201, { Location: `/modules/connections/connectors/${body.id}` })
  })
  .openapi(get, async (c) => {
    const read = await readConnector(c.var.services, c.var.actor, c.req.valid('param').id)
    return read.ok ? c.json(present(read.value.connector), 200) : problem(c, read.error)
  })
  .openapi(update, async (c) => {
    const { actor, services } = c.var
    const changed = await changeConnector(services, actor, c.req.valid('param').id, c.req.valid('json'))
    return changed.ok ? c.json(present(changed.value), 200) : problem(c, changed.error)
  })
  .openapi(remove, async (c) => {
    const withData = c.req.valid('query').with_data === 'true'
    const gone = await disconnect(c.var.services, c.var.actor, c.req.valid('param').id, withData)
    return gone.ok ? c.body(null, 204) : problem(c, gone.error)
  })
  .openapi(check, async (c) => {
    const checked = await checkNow(c.var.services, c.var.actor, c.req.valid('param').id)
    return checked.ok ? c.json(present(checked.value), 200) : problem(c, checked.error)
  })
