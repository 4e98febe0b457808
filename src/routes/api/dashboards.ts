/** Dashboards over the API: list, make, read, change, remove, and their numbers. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import {
  changeDashboard,
  createDashboard,
  deleteDashboard,
  getDashboard,
  listDashboards,
  readDashboard,
} from '../../modules/mini-foundry/index.ts'
import { fail } from '../../platform/result.ts'
import { changedQuery, createApi, jsonContent, pageOf, problemResponses, storedInstant } from './api.ts'
import {
  BASE,
  common,
  dashboardSchema,
  etagOf,
  idParam,
  jsonBody,
  toJson,
  versionOf,
  wishSchema,
} from './dashboard-shapes.ts'
import { metricAnswerSchema } from './metrics.ts'

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
    const version = versionOf(c.req.header('If-Match'))
    if (version === undefined) {
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
          .openapi({ description: 'previous_period, previous_year, same_weekday, holiday or none' }),
        book: z.string().optional(),
        as_of: z
          .string()
          .optional()
          .openapi({ description: 'A past day: figures as they stood at its end', example: '2016-12-31' }),
        filter: z.string().optional().openapi({ example: 'country:DE' }),
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
