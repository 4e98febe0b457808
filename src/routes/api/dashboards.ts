/** Dashboards over the API: list, make, read, change, remove, and their numbers. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import {
  changeDashboard,
  createDashboard,
  type Dashboard,
  deleteDashboard,
  getDashboard,
  listDashboards,
  readDashboard,
} from '../../modules/mini-foundry/index.ts'
import { fail } from '../../platform/result.ts'
import {
  bearer,
  changedQuery,
  createApi,
  jsonContent,
  pageOf,
  problemResponses,
  storedInstant,
} from './api.ts'
import { metricAnswerSchema } from './metrics.ts'

const BASE = '/modules/mini-foundry/dashboards'

const widgetSchema = z
  .strictObject({
    id: z.string(),
    kind: z.enum(['number', 'line', 'bar', 'table']),
    title: z.string(),
    metrics: z.array(z.string()),
    group_by: z.string().optional(),
    compare: z.string().optional(),
    limit: z.number().int().optional(),
  })
  .openapi('Widget')

const placeSchema = z
  .strictObject({
    id: z.string(),
    x: z.number().int(),
    y: z.number().int(),
    w: z.number().int(),
    h: z.number().int(),
  })
  .openapi('WidgetPlace', { description: 'Where a widget stands on a grid of 12 columns' })

const dashboardSchema = z
  .object({
    id: z.string(),
    tenant_id: z.string(),
    name: z.string(),
    type: z.string(),
    layout: z.array(placeSchema),
    widgets: z.array(widgetSchema),
    is_default: z.boolean(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .openapi('Dashboard')

const wishSchema = z.strictObject({
  name: z.string(),
  type: z
    .string()
    .optional()
    .openapi({ description: 'A template: sales_overview, products, customers, places; or custom' }),
  widgets: z.array(widgetSchema).optional(),
  layout: z.array(placeSchema).optional(),
  is_default: z.boolean().optional(),
})

const idParam = z.object({ id: z.string() })
const jsonBody = <T extends z.ZodType>(schema: T) => ({
  content: { 'application/json': { schema } },
  required: true,
})
const common = { tags: ['Mini Foundry'], security: bearer }

export const dashboardsApi = createApi()

dashboardsApi.openapi(
  createRoute({
    ...common,
    method: 'get',
    path: BASE,
    summary: 'List dashboards',
    middleware: [requires('foundry:read')] as const,
    request: { query: changedQuery },
    responses: { 200: jsonContent(pageOf(dashboardSchema), 'Dashboards, oldest first'), ...problemResponses },
  }),
  async (c) => {
    const { updated_since, ...page } = c.req.valid('query')
    const updatedSince = storedInstant(updated_since)
    const result = await listDashboards(c.var.services, c.var.actor, { ...page, updatedSince })
    if (!result.ok) return problem(c, result.error)
    return c.json({ data: result.value.data.map(toJson), next_cursor: result.value.nextCursor }, 200)
  },
)

dashboardsApi.openapi(
  createRoute({
    ...common,
    method: 'post',
    path: BASE,
    summary: 'Make a dashboard',
    description: 'Minimal body: `{ "name": "Sales" }`, which gives the widgets of the sales overview.',
    middleware: [requires('foundry:write')] as const,
    request: { body: jsonBody(wishSchema) },
    responses: { 201: jsonContent(dashboardSchema, 'Made'), ...problemResponses },
  }),
  async (c) => {
    const result = await createDashboard(c.var.services, c.var.actor, c.req.valid('json'))
    if (!result.ok) return problem(c, result.error)
    return c.json(toJson(result.value), 201, {
      Location: `${BASE}/${result.value.id}`,
      ETag: etagOf(result.value),
    })
  },
)

dashboardsApi.openapi(
  createRoute({
    ...common,
    method: 'get',
    path: `${BASE}/{id}`,
    summary: 'Read a dashboard',
    middleware: [requires('foundry:read')] as const,
    request: { params: idParam },
    responses: {
      200: jsonContent(dashboardSchema, 'The dashboard'),
      304: { description: 'Unchanged' },
      ...problemResponses,
    },
  }),
  async (c) => {
    const result = await getDashboard(c.var.services, c.var.actor, c.req.valid('param').id)
    if (!result.ok) return problem(c, result.error)
    const headers = { ETag: etagOf(result.value), 'Cache-Control': 'private, no-cache' }
    if (c.req.header('If-None-Match') === headers.ETag) return c.body(null, 304, headers)
    return c.json(toJson(result.value), 200, headers)
  },
)

dashboardsApi.openapi(
  createRoute({
    ...common,
    method: 'put',
    path: `${BASE}/{id}`,
    summary: 'Change a dashboard',
    description:
      'What is left out stays. With If-Match (the ETag you read), 412 when someone else was faster.',
    middleware: [requires('foundry:write')] as const,
    request: { params: idParam, body: jsonBody(wishSchema.partial()) },
    responses: { 200: jsonContent(dashboardSchema, 'Changed'), ...problemResponses },
  }),
  async (c) => {
    const condition = c.req.header('If-Match')
    const version =
      condition === undefined || condition === '*'
        ? null
        : Number(/^"(\d+)"$/.exec(condition)?.[1] ?? Number.NaN)
    if (Number.isNaN(version)) {
      return problem(
        c,
        fail('stale', 'dashboard-changed', 'If-Match does not carry an ETag of this dashboard.').error,
      )
    }
    const result = await changeDashboard(
      c.var.services,
      c.var.actor,
      c.req.valid('param').id,
      c.req.valid('json'),
      version,
    )
    if (!result.ok) return problem(c, result.error)
    return c.json(toJson(result.value), 200, { ETag: etagOf(result.value) })
  },
)

dashboardsApi.openapi(
  createRoute({
    ...common,
    method: 'delete',
    path: `${BASE}/{id}`,
    summary: 'Remove a dashboard',
    middleware: [requires('foundry:write')] as const,
    request: { params: idParam },
    responses: { 204: { description: 'Removed' }, ...problemResponses },
  }),
  async (c) => {
    const result = await deleteDashboard(c.var.services, c.var.actor, c.req.valid('param').id)
    return result.ok ? c.body(null, 204) : problem(c, result.error)
  },
)

dashboardsApi.openapi(
  createRoute({
    ...common,
    method: 'get',
    path: `${BASE}/{id}/data`,
    summary: 'The numbers of a dashboard',
    middleware: [requires('foundry:read')] as const,
    request: {
      params: idParam,
      query: z.strictObject({
        range: z.string().optional().openapi({ example: 'last_30_days' }),
        from: z.string().optional().openapi({ example: '2016-01-01' }),
        to: z.string().optional().openapi({ example: '2016-12-31' }),
        granularity: z.string().optional(),
        compare: z
          .string()
          .optional()
          .openapi({ description: 'previous_period, previous_year, same_weekday or none' }),
        book: z.string().optional(),
      }),
    },
    responses: {
      200: jsonContent(
        z.object({
          dashboard: z.object({ id: z.string(), name: z.string() }),
          range: z.object({ from: z.string(), to: z.string() }),
          granularity: z.string(),
          book: z.string(),
          data: z.array(
            z.object({
              widget: z.string(),
              kind: z.string(),
              title: z.string(),
              metrics: z.array(metricAnswerSchema),
            }),
          ),
          data_version: z.number().int(),
        }),
        'One entry for each widget',
      ),
      304: { description: 'Unchanged' },
      ...problemResponses,
    },
  }),
  async (c) => {
    const input = { id: c.req.valid('param').id, query: c.req.valid('query') }
    const result = await readDashboard(c.var.services, c.var.actor, input)
    if (!result.ok) return problem(c, result.error)
    const { dashboard, range, granularity, query, widgets, dataVersion, etag } = result.value
    const headers = { ETag: etag, 'Cache-Control': 'private, no-cache' }
    if (c.req.header('If-None-Match') === etag) return c.body(null, 304, headers)
    const data = widgets.map(({ widget, answers }) => ({
      widget: widget.id,
      kind: widget.kind,
      title: widget.title,
      metrics: answers,
    }))
    const { id, name } = dashboard
    return c.json(
      { dashboard: { id, name }, range, granularity, book: query.book, data, data_version: dataVersion },
      200,
      headers,
    )
  },
)

const etagOf = (row: Dashboard): string => `"${row.version}"`

const toJson = (row: Dashboard) => ({
  id: row.id,
  tenant_id: row.tenantId,
  name: row.name,
  type: row.type,
  layout: row.layout,
  widgets: row.widgets,
  is_default: row.isDefault,
  created_at: row.createdAt,
  updated_at: row.updatedAt,
})
