/** Dashboards for others: as a file, by link, by mail on a rhythm. */
import { createRoute, z } from '@hono/zod-openapi'
import { attachment } from '../../http/attachment.ts'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import {
  dashboardLinks,
  endDashboardLink,
  listSchedules,
  printDashboard,
  scheduleDashboard,
  shareDashboard,
  steerSchedule,
} from '../../modules/mini-foundry/index.ts'
import {
  createApi,
  instantSchema,
  jsonContent,
  noBody,
  pageOf,
  problemResponses,
  storedInstant,
} from './api.ts'
import { BASE, common, idParam, jsonBody } from './dashboard-shapes.ts'
import { linkShape, toJson as linkToJson, madeShape } from './links.ts'

const rhythmShape = z
  .object({
    every: z.enum(['day', 'week', 'month']),
    weekday: z.number().int().optional().openapi({ description: '1 Monday to 7 Sunday' }),
    monthDay: z.number().int().optional().openapi({ description: '29 and later: the last day of the month' }),
    hour: z.number().int(),
    minute: z.number().int(),
  })
  .openapi('ScheduleRhythm', { description: 'In the time zone of the workspace' })

const scheduleShape = z
  .object({
    id: z.string(),
    dashboard_id: z.string(),
    rhythm: rhythmShape,
    recipients: z.array(z.string()),
    outside: z.record(z.string(), z.enum(['asked', 'confirmed', 'stopped'])).openapi({
      description: 'Addresses that belong to nobody of the workspace, and what their owners said',
    }),
    query: z.record(z.string(), z.string()),
    with_pdf: z.boolean(),
    status: z.enum(['active', 'paused']),
    next_at: z.string().nullable(),
    last_sent_at: z.string().nullable(),
    last_error: z.string().nullable(),
  })
  .openapi('DashboardSchedule')

type Listed = Awaited<ReturnType<typeof listSchedules>>
type Schedule = Extract<Listed, { ok: true }>['value'][number]

const scheduleToJson = (row: Schedule) => ({
  id: row.id,
  dashboard_id: row.dashboardId,
  rhythm: row.rhythm as z.infer<typeof rhythmShape>,
  recipients: row.recipients,
  outside: row.outside,
  query: row.query,
  with_pdf: row.withPdf,
  status: row.status,
  next_at: row.nextAt === null ? null : new Date(row.nextAt).toISOString(),
  last_sent_at: row.lastSentAt,
  last_error: row.lastError,
})

const read = requires('foundry:read')
const write = requires('foundry:write')

export const dashboardSharingApi = createApi()

dashboardSharingApi.openapi(
  createRoute({
    ...common,
    method: 'get',
    path: `${BASE}/{id}/pdf`,
    summary: 'A dashboard as a PDF file',
    description: 'All its tabs. Without a question it is the one that the dashboard opens with.',
    middleware: read,
    request: {
      params: idParam,
      query: z.strictObject({
        range: z.string().optional(),
        from: z.string().optional(),
        to: z.string().optional(),
        granularity: z.string().optional(),
        compare: z.string().optional(),
        book: z.string().optional(),
        as_of: z
          .string()
          .optional()
          .openapi({ description: 'A past day: figures as they stood at its end', example: '2016-12-31' }),
        filter: z.string().optional().openapi({ example: 'country:DE' }),
      }),
    },
    responses: {
      200: {
        description: 'The file',
        content: { 'application/pdf': { schema: z.string().openapi({ format: 'binary' }) } },
      },
      ...problemResponses,
    },
  }),
  async (c) => {
    const input = { id: c.req.valid('param').id, query: c.req.valid('query') }
    const printed = await printDashboard(c.var.services, c.var.actor, input)
    if (!printed.ok) return problem(c, printed.error)
    return c.body(new Uint8Array(printed.value.bytes), 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': attachment(printed.value.name),
    })
  },
)

dashboardSharingApi.openapi(
  createRoute({
    ...common,
    method: 'get',
    path: `${BASE}/{id}/schedules`,
    summary: 'When a dashboard is mailed',
    middleware: read,
    request: { params: idParam },
    responses: { 200: jsonContent(pageOf(scheduleShape), 'All its schedules'), ...problemResponses },
  }),
  async (c) => {
    const listed = await listSchedules(c.var.services, c.var.actor, c.req.valid('param').id)
    if (!listed.ok) return problem(c, listed.error)
    return c.json({ data: listed.value.map(scheduleToJson), next_cursor: null }, 200)
  },
)

dashboardSharingApi.openapi(
  createRoute({
    ...common,
    method: 'post',
    path: `${BASE}/{id}/schedules`,
    summary: 'Mail a dashboard on a rhythm',
    description:
      'Minimal body: `{ "rhythm": { "every": "day", "hour": 8, "minute": 0 }, "recipients": ["ann@example.com"] }`. People outside the workspace are asked first.',
    middleware: write,
    request: {
      params: idParam,
      body: jsonBody(
        z.strictObject({
          rhythm: rhythmShape,
          recipients: z.array(z.string()),
          query: z.record(z.string(), z.string()).optional(),
          with_pdf: z.boolean().optional(),
        }),
      ),
    },
    responses: {
      201: jsonContent(z.object({ id: z.string(), asked: z.array(z.string()) }), 'Scheduled'),
      ...problemResponses,
    },
  }),
  async (c) => {
    const { id } = c.req.valid('param')
    const made = await scheduleDashboard(c.var.services, c.var.actor, id, c.req.valid('json'))
    if (!made.ok) return problem(c, made.error)
    return c.json(made.value, 201, { Location: `${BASE}/${id}/schedules/${made.value.id}` })
  },
)

const scheduleParam = z.object({ id: z.string(), schedule: z.string() })

for (const [deed, summary] of [
  ['pause', 'Pause mails'],
  ['resume', 'Resume mails: what was missed stays missed'],
  ['send', 'Send now'],
] as const) {
  dashboardSharingApi.openapi(
    createRoute({
      ...common,
      method: 'post',
      path: `${BASE}/{id}/schedules/{schedule}/${deed}`,
      summary,
      middleware: write,
      request: { params: scheduleParam, body: noBody },
      responses: { 204: { description: 'Done' }, ...problemResponses },
    }),
    async (c) => {
      const { id, schedule } = c.req.valid('param')
      const done = await steerSchedule(c.var.services, c.var.actor, id, schedule, deed)
      return done.ok ? c.body(null, 204) : problem(c, done.error)
    },
  )
}

dashboardSharingApi.openapi(
  createRoute({
    ...common,
    method: 'delete',
    path: `${BASE}/{id}/schedules/{schedule}`,
    summary: 'End mails',
    middleware: write,
    request: { params: scheduleParam },
    responses: { 204: { description: 'Removed' }, ...problemResponses },
  }),
  async (c) => {
    const { id, schedule } = c.req.valid('param')
    const done = await steerSchedule(c.var.services, c.var.actor, id, schedule, 'remove')
    return done.ok ? c.body(null, 204) : problem(c, done.error)
  },
)

dashboardSharingApi.openapi(
  createRoute({
    ...common,
    method: 'get',
    path: `${BASE}/{id}/shares`,
    summary: 'Public links to a dashboard',
    middleware: write,
    request: { params: idParam },
    responses: { 200: jsonContent(pageOf(linkShape), 'Links, newest first'), ...problemResponses },
  }),
  async (c) => {
    const listed = await dashboardLinks(c.var.services, c.var.actor, c.req.valid('param').id)
    if (!listed.ok) return problem(c, listed.error)
    return c.json({ data: listed.value.map(linkToJson), next_cursor: null }, 200)
  },
)

dashboardSharingApi.openapi(
  createRoute({
    ...common,
    method: 'post',
    path: `${BASE}/{id}/shares`,
    summary: 'Make a public link to a dashboard',
    description: 'The question is fixed with the link: a visitor cannot ask another. `{}` is enough.',
    middleware: write,
    request: {
      params: idParam,
      body: jsonBody(
        z.strictObject({
          label: z.string().max(120).optional(),
          query: z.record(z.string(), z.string()).optional(),
          expires_at: instantSchema.nullable().optional(),
          allowed_origins: z
            .array(z.string().max(300))
            .max(6)
            .optional()
            .openapi({
              description: 'Sites that may show it in a frame; https only. Without any it cannot be framed',
              example: ['https://intranet.example.com'],
            }),
        }),
      ),
    },
    responses: {
      201: jsonContent(
        madeShape.extend({
          embed_url: z
            .string()
            .nullable()
            .openapi({ description: 'For a frame; may end in ?theme=light or dark' }),
          embed_html: z.string().nullable(),
        }),
        'The link; its token is shown this once',
      ),
      ...problemResponses,
    },
  }),
  async (c) => {
    const { label = '', query = {}, expires_at, allowed_origins } = c.req.valid('json')
    const expiresAt = storedInstant(expires_at ?? undefined) ?? null
    const wish = { label, query, expiresAt, allowedOrigins: allowed_origins }
    const made = await shareDashboard(c.var.services, c.var.actor, c.req.valid('param').id, wish)
    if (!made.ok) return problem(c, made.error)
    const { id, token, url, embed } = made.value
    return c.json({ id, token, url, embed_url: embed?.url ?? null, embed_html: embed?.snippet ?? null }, 201)
  },
)

dashboardSharingApi.openapi(
  createRoute({
    ...common,
    method: 'delete',
    path: `${BASE}/{id}/shares/{link}`,
    summary: 'End a public link to a dashboard',
    middleware: write,
    request: { params: z.object({ id: z.string(), link: z.string() }) },
    responses: { 204: { description: 'Ended' }, ...problemResponses },
  }),
  async (c) => {
    const { id, link } = c.req.valid('param')
    const ended = await endDashboardLink(c.var.services, c.var.actor, id, link)
    return ended.ok ? c.body(null, 204) : problem(c, ended.error)
  },
)
