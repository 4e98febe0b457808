/** What a dashboard was, going back and forward, copies, and what somebody sees first. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import {
  chooseMyDashboard,
  duplicateDashboard,
  listVersions,
  turnBack,
} from '../../modules/mini-foundry/index.ts'
import { fail } from '../../platform/result.ts'
import { createApi, jsonContent, noBody, pageOf, problemResponses } from './api.ts'
import {
  BASE,
  common,
  dashboardSchema,
  etagOf,
  idParam,
  jsonBody,
  toJson,
  versionOf,
  versionSchema,
} from './dashboard-shapes.ts'

export const dashboardHistoryApi = createApi()

dashboardHistoryApi.openapi(
  createRoute({
    ...common,
    method: 'get',
    path: `${BASE}/{id}/versions`,
    summary: 'What a dashboard was before',
    middleware: [requires('foundry:read')] as const,
    request: { params: idParam },
    responses: {
      200: jsonContent(pageOf(versionSchema), 'The states one can go back or forward to, newest first'),
      ...problemResponses,
    },
  }),
  async (c) => {
    const known = await listVersions(c.var.services, c.var.actor, c.req.valid('param').id)
    if (!known.ok) return problem(c, known.error)
    const data = known.value.kept.map((state) => ({
      version: state.version,
      stack: state.stack,
      name: state.name,
      widgets: state.widgets,
      layout: state.layout,
      settings: state.settings,
      changed_by: state.changedBy,
      changed_at: state.changedAt,
    }))
    return c.json({ data, next_cursor: null }, 200, { ETag: `"${known.value.current}"` })
  },
)

for (const deed of ['undo', 'redo'] as const) {
  dashboardHistoryApi.openapi(
    createRoute({
      ...common,
      method: 'post',
      path: `${BASE}/{id}/${deed}`,
      summary: deed === 'undo' ? 'Take the last change back' : 'Make the change again that was taken back',
      description: 'With If-Match (the ETag you read), 412 when someone else was faster.',
      middleware: [requires('foundry:write')] as const,
      request: { params: idParam, body: noBody },
      responses: { 200: jsonContent(dashboardSchema, 'The dashboard as it is now'), ...problemResponses },
    }),
    async (c) => {
      const version = versionOf(c.req.header('If-Match'))
      if (version === undefined) {
        const detail = 'If-Match does not carry an ETag of this dashboard.'
        return problem(c, fail('stale', 'dashboard-changed', detail).error)
      }
      const { id } = c.req.valid('param')
      const turned = await turnBack(c.var.services, c.var.actor, id, deed, version)
      if (!turned.ok) return problem(c, turned.error)
      return c.json(toJson(turned.value), 200, { ETag: etagOf(turned.value) })
    },
  )
}

dashboardHistoryApi.openapi(
  createRoute({
    ...common,
    method: 'post',
    path: `${BASE}/{id}/duplicate`,
    summary: 'Copy a dashboard',
    middleware: [requires('foundry:write')] as const,
    request: { params: idParam, body: noBody },
    responses: { 201: jsonContent(dashboardSchema, 'The copy'), ...problemResponses },
  }),
  async (c) => {
    const copy = await duplicateDashboard(c.var.services, c.var.actor, c.req.valid('param').id)
    if (!copy.ok) return problem(c, copy.error)
    return c.json(toJson(copy.value), 201, {
      Location: `${BASE}/${copy.value.id}`,
      ETag: etagOf(copy.value),
    })
  },
)

dashboardHistoryApi.openapi(
  createRoute({
    ...common,
    method: 'put',
    path: `${BASE}/{id}/mine`,
    summary: 'See a dashboard first',
    description:
      'For whoever asks, and nobody else. `{ "mine": false }`: the default of the workspace again.',
    middleware: [requires('foundry:read')] as const,
    request: { params: idParam, body: jsonBody(z.strictObject({ mine: z.boolean() })) },
    responses: { 204: { description: 'Chosen' }, ...problemResponses },
  }),
  async (c) => {
    const { id } = c.req.valid('param')
    const { mine } = c.req.valid('json')
    const chosen = await chooseMyDashboard(c.var.services, c.var.actor, mine ? id : null)
    return chosen.ok ? c.body(null, 204) : problem(c, chosen.error)
  },
)
