/** Notifications of the person of a session, their preferences, and the workspace's channels, over the API. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import {
  addChannel,
  type ChannelView,
  changeChannel,
  listChannels,
  readInbox,
  readNotice,
  readNoticeChoices,
  removeChannel,
  testChannel,
  updateNoticeChoices,
} from '../../modules/workspace/index.ts'
import { createApi, jsonContent, listQuery, pageOf, problemResponses } from './api.ts'

const noticeShape = z
  .object({
    id: z.string(),
    kind: z.string(),
    title: z.string(),
    body: z.string(),
    href: z.string(),
    created_at: z.string(),
    read_at: z.string().nullable(),
  })
  .openapi('Notification')

const modes = z.enum(['instant', 'daily', 'weekly', 'off'])

const preferencesShape = z
  .object({
    kinds: z.array(
      z.object({
        kind: z.string(),
        title: z.string(),
        description: z.string(),
        urgent: z.boolean(),
        in_app: z.boolean(),
        mail: modes,
      }),
    ),
    time_zone: z.string(),
    quiet_from: z.number().int(),
    quiet_until: z.number().int(),
    digest_hour: z.number().int(),
    digest_weekday: z.number().int(),
    mails_per_hour: z.number().int(),
  })
  .openapi('NotificationPreferences')

const preferencesPatch = z.strictObject({
  kinds: z
    .array(z.strictObject({ kind: z.string(), in_app: z.boolean().optional(), mail: modes.optional() }))
    .optional(),
  time_zone: z.string().optional(),
  quiet_from: z.number().int().optional(),
  quiet_until: z.number().int().optional(),
  digest_hour: z.number().int().optional(),
  digest_weekday: z.number().int().optional(),
  mails_per_hour: z.number().int().optional(),
})

const channelShape = z
  .object({
    id: z.string(),
    type: z.enum(['slack', 'teams']),
    name: z.string(),
    kinds: z.array(z.string()),
    status: z.enum(['active', 'failing', 'paused']),
    posts_per_hour: z.number().int(),
    last_error: z.string().nullable(),
    last_sent_at: z.string().nullable(),
    created_at: z.string(),
  })
  .openapi('Channel')

const id = { params: z.object({ id: z.string().max(80) }) }

const list = createRoute({
  method: 'get',
  path: '/modules/workspace/notifications',
  summary: 'What the signed-in person was told, the newest first; keys have no inbox',
  middleware: [requires('workspace:read')] as const,
  request: {
    query: listQuery.extend({
      kind: z.string().max(80).optional(),
      unread: z.enum(['true', 'false']).optional(),
    }),
  },
  responses: { 200: jsonContent(pageOf(noticeShape), 'Notifications'), ...problemResponses },
})

const read = createRoute({
  method: 'post',
  path: '/modules/workspace/notifications/{id}/read',
  summary: 'Mark a notification as read',
  middleware: [requires('workspace:read')] as const,
  request: { ...id, body: { content: { 'application/json': { schema: z.strictObject({}) } } } },
  responses: { 200: jsonContent(noticeShape, 'The notification'), ...problemResponses },
})

const preferences = createRoute({
  method: 'get',
  path: '/modules/workspace/notification-preferences',
  summary: 'How the signed-in person wants to hear of things',
  middleware: [requires('workspace:read')] as const,
  responses: { 200: jsonContent(preferencesShape, 'Preferences'), ...problemResponses },
})

const change = createRoute({
  method: 'put',
  path: '/modules/workspace/notification-preferences',
  summary: 'Change how the signed-in person hears of things; what is omitted stays',
  middleware: [requires('workspace:read')] as const,
  request: { body: { content: { 'application/json': { schema: preferencesPatch } } } },
  responses: { 200: jsonContent(preferencesShape, 'Preferences'), ...problemResponses },
})

export const noticesApi = createApi()
  .openapi(list, async (c) => {
    const { cursor, limit, kind, unread } = c.req.valid('query')
    const filter = { before: cursor, kind, unread: unread === 'true' }
    const inbox = await readInbox(c.var.services, c.var.actor, filter, limit ?? 50)
    if (!inbox.ok) return problem(c, inbox.error)
    return c.json({ data: inbox.value.notices, next_cursor: inbox.value.nextCursor }, 200)
  })
  .openapi(read, async (c) => {
    const notice = await readNotice(c.var.services, c.var.actor, c.req.valid('param').id)
    return notice.ok ? c.json(notice.value, 200) : problem(c, notice.error)
  })
  .openapi(preferences, async (c) => {
    const choices = await readNoticeChoices(c.var.services, c.var.actor)
    return choices.ok ? c.json(choicesBody(choices.value), 200) : problem(c, choices.error)
  })
  .openapi(change, async (c) => {
    const { kinds = [], ...times } = c.req.valid('json')
    const done = await updateNoticeChoices(c.var.services, c.var.actor, {
      kinds: Object.fromEntries(
        kinds.map(({ kind, in_app, mail }) => [
          kind,
          { ...(in_app === undefined ? {} : { inApp: in_app }), ...(mail === undefined ? {} : { mail }) },
        ]),
      ),
      settings: Object.fromEntries(Object.entries(times).map(([name, value]) => [camel(name), value])),
    })
    if (done.ok) return c.json(choicesBody(done.value), 200)
    const errors = done.error.errors?.map((error) => ({ ...error, path: snake(error.path) }))
    return problem(c, { ...done.error, errors })
  })

const kindsField = z.array(z.string()).min(1)

const channels = createRoute({
  method: 'get',
  path: '/modules/workspace/channels',
  summary: 'Slack and Teams channels; their addresses are never shown',
  middleware: [requires('channels:manage')] as const,
  responses: { 200: jsonContent(pageOf(channelShape), 'Channels'), ...problemResponses },
})

const add = createRoute({
  method: 'post',
  path: '/modules/workspace/channels',
  summary: 'Add a Slack or Teams channel by its incoming webhook',
  middleware: [requires('channels:manage')] as const,
  request: {
    body: {
      content: {
        'application/json': {
          schema: z.strictObject({
            type: z.enum(['slack', 'teams']),
            name: z.string(),
            url: z.string(),
            kinds: kindsField,
            posts_per_hour: z.number().int().optional(),
          }),
        },
      },
    },
  },
  responses: { 201: jsonContent(channelShape, 'The channel'), ...problemResponses },
})

const put = createRoute({
  method: 'put',
  path: '/modules/workspace/channels/{id}',
  summary: 'Change what is posted to a channel',
  middleware: [requires('channels:manage')] as const,
  request: {
    ...id,
    body: {
      content: {
        'application/json': {
          schema: z.strictObject({
            name: z.string().optional(),
            kinds: kindsField.optional(),
            posts_per_hour: z.number().int().optional(),
          }),
        },
      },
    },
  },
  responses: { 204: { description: 'Changed' }, ...problemResponses },
})

const remove = createRoute({
  method: 'delete',
  path: '/modules/workspace/channels/{id}',
  summary: 'Remove a channel',
  middleware: [requires('channels:manage')] as const,
  request: id,
  responses: { 204: { description: 'Removed' }, ...problemResponses },
})

const test = createRoute({
  method: 'post',
  path: '/modules/workspace/channels/{id}/test',
  summary: 'Post a test to a channel and hear what the service answered',
  middleware: [requires('channels:manage')] as const,
  request: { ...id, body: { content: { 'application/json': { schema: z.strictObject({}) } } } },
  responses: { 204: { description: 'Posted' }, ...problemResponses },
})

export const channelsApi = createApi()
  .openapi(channels, async (c) => {
    const rows = await listChannels(c.var.services, c.var.actor)
    return rows.ok
      ? c.json({ data: rows.value.map(channelBody), next_cursor: null }, 200)
      : problem(c, rows.error)
  })
  .openapi(add, async (c) => {
    const { posts_per_hour: postsPerHour, ...body } = c.req.valid('json')
    const added = await addChannel(c.var.services, c.var.actor, { ...body, postsPerHour })
    return added.ok ? c.json(channelBody(added.value), 201) : problem(c, added.error)
  })
  .openapi(put, async (c) => {
    const { posts_per_hour: postsPerHour, ...body } = c.req.valid('json')
    const set = postsPerHour === undefined ? body : { ...body, postsPerHour }
    const done = await changeChannel(c.var.services, c.var.actor, c.req.valid('param').id, set)
    return done.ok ? c.body(null, 204) : problem(c, done.error)
  })
  .openapi(remove, async (c) => {
    const done = await removeChannel(c.var.services, c.var.actor, c.req.valid('param').id)
    return done.ok ? c.body(null, 204) : problem(c, done.error)
  })
  .openapi(test, async (c) => {
    const done = await testChannel(c.var.services, c.var.actor, c.req.valid('param').id)
    return done.ok ? c.body(null, 204) : problem(c, done.error)
  })

type Choices = Extract<Awaited<ReturnType<typeof readNoticeChoices>>, { ok: true }>['value']

const choicesBody = ({ kinds, settings }: Choices): z.infer<typeof preferencesShape> => ({
  kinds: kinds.map(({ kind, title, description, urgent, chosen }) => ({
    kind,
    title,
    description,
    urgent: urgent ?? false,
    in_app: chosen.inApp,
    mail: chosen.mail,
  })),
  time_zone: settings.timeZone,
  quiet_from: settings.quietFrom,
  quiet_until: settings.quietUntil,
  digest_hour: settings.digestHour,
  digest_weekday: settings.digestWeekday,
  mails_per_hour: settings.mailsPerHour,
})

const channelBody = (row: ChannelView): z.infer<typeof channelShape> => ({
  id: row.id,
  type: row.type,
  name: row.name,
  kinds: row.kinds,
  status: row.status,
  posts_per_hour: row.postsPerHour,
  last_error: row.lastError,
  last_sent_at: row.lastSentAt,
  created_at: row.createdAt,
})

const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
