/** Mail over the API: what went out and what became of it, what came in, whom we do not write to. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import {
  addSuppression,
  liftSuppression,
  listInbound,
  listMails,
  listSuppressions,
  readMail,
  sendMail,
} from '../../modules/workspace/index.ts'
import { createApi, jsonContent, listQuery, pageOf, problemResponses } from './api.ts'

const tags = ['Mail']

const mailShape = z.object({
  id: z.string(),
  stream: z.string(),
  to: z.string(),
  subject: z.string(),
  status: z.string(),
  error: z.string().nullable(),
  created_at: z.string(),
  sent_at: z.string().nullable(),
})
const eventShape = z.object({ type: z.string(), at: z.string(), detail: z.string() })
const inboundShape = z.object({
  id: z.string(),
  from: z.string(),
  from_name: z.string(),
  subject: z.string(),
  text: z.string(),
  verdict: z.string(),
  in_reply_to: z.string().nullable(),
  received_at: z.string(),
})
const suppressionShape = z.object({
  address: z.string(),
  scope: z.string(),
  reason: z.string(),
  created_at: z.string(),
})
const idParam = z.object({ mail: z.string().max(60) })
const body = <T extends z.ZodType>(schema: T) => ({
  content: { 'application/json': { schema } },
  required: true,
})

const list = createRoute({
  method: 'get',
  path: '/modules/workspace/mails',
  tags,
  summary: 'Mails that went out, newest first; account mail is not among them',
  middleware: [requires('mail:read')] as const,
  request: {
    query: listQuery.extend({ status: z.string().max(20).optional(), q: z.string().max(100).optional() }),
  },
  responses: { 200: jsonContent(pageOf(mailShape), 'Mails'), ...problemResponses },
})

const send = createRoute({
  method: 'post',
  path: '/modules/workspace/mails',
  tags,
  summary:
    'Send one mail to one address. Minimal body: {"to": "ann@example.com", "subject": "Hello", "text": "Hello Ann"}',
  middleware: [requires('mail:manage')] as const,
  request: {
    body: body(
      z.strictObject({
        to: z.string(),
        subject: z.string(),
        text: z.string(),
        reply_to: z.string().optional(),
      }),
    ),
  },
  responses: { 202: jsonContent(z.object({ id: z.string() }), 'Queued'), ...problemResponses },
})

const one = createRoute({
  method: 'get',
  path: '/modules/workspace/mails/{mail}',
  tags,
  summary: 'One mail with its timeline',
  middleware: [requires('mail:read')] as const,
  request: { params: idParam },
  responses: {
    200: jsonContent(mailShape.extend({ events: z.array(eventShape) }), 'The mail'),
    ...problemResponses,
  },
})

const inbound = createRoute({
  method: 'get',
  path: '/modules/workspace/inbound-mails',
  tags,
  summary: 'Mails that came in, newest first',
  middleware: [requires('mail:read')] as const,
  request: { query: listQuery },
  responses: { 200: jsonContent(pageOf(inboundShape), 'Mails'), ...problemResponses },
})

const suppressions = createRoute({
  method: 'get',
  path: '/modules/workspace/suppressions',
  tags,
  summary: 'Addresses that are not written to',
  middleware: [requires('mail:read')] as const,
  request: { query: listQuery.extend({ q: z.string().max(100).optional() }) },
  responses: { 200: jsonContent(pageOf(suppressionShape), 'Addresses'), ...problemResponses },
})

const suppress = createRoute({
  method: 'post',
  path: '/modules/workspace/suppressions',
  tags,
  summary: 'Write to an address no more. Minimal body: {"address": "ann@example.com"}',
  middleware: [requires('mail:manage')] as const,
  request: {
    body: body(z.strictObject({ address: z.string(), scope: z.enum(['all', 'marketing']).optional() })),
  },
  responses: { 201: jsonContent(z.object({ address: z.string() }), 'Added'), ...problemResponses },
})

const lift = createRoute({
  method: 'delete',
  path: '/modules/workspace/suppressions/{address}',
  tags,
  summary: 'Write to an address again; a complaint cannot be lifted',
  middleware: [requires('mail:manage')] as const,
  request: {
    params: z.object({ address: z.string().max(320) }),
    query: z.object({ scope: z.enum(['all', 'marketing']).default('all').optional() }),
  },
  responses: { 204: { description: 'Lifted' }, ...problemResponses },
})

const present = (mail: {
  id: string
  stream: string
  recipient: string
  subject: string
  status: string
  error: string | null
  created_at: string
  sent_at: string | null
}) => ({
  id: mail.id,
  stream: mail.stream,
  to: mail.recipient,
  subject: mail.subject,
  status: mail.status,
  error: mail.error,
  created_at: mail.created_at,
  sent_at: mail.sent_at,
})

export const mailApi = createApi()
  .openapi(list, async (c) => {
    const { cursor, limit, status, q } = c.req.valid('query')
    const found = await listMails(
      c.var.services,
      c.var.actor,
      { before: cursor, status, text: q },
      limit ?? 50,
    )
    if (!found.ok) return problem(c, found.error)
    return c.json({ data: found.value.items.map(present), next_cursor: found.value.next }, 200)
  })
  .openapi(send, async (c) => {
    const sent = await sendMail(c.var.services, c.var.actor, c.req.valid('json'))
    return sent.ok ? c.json(sent.value, 202) : problem(c, sent.error)
  })
  .openapi(one, async (c) => {
    const found = await readMail(c.var.services, c.var.actor, c.req.valid('param').mail)
    if (!found.ok) return problem(c, found.error)
    const { mail, events } = found.value
    const timeline = events.map(({ type, at, detail }) => ({ type, at, detail }))
    return c.json({ ...present(mail), events: timeline }, 200)
  })
  .openapi(inbound, async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const found = await listInbound(c.var.services, c.var.actor, cursor, limit ?? 50)
    if (!found.ok) return problem(c, found.error)
    const data = found.value.items.map((mail) => ({
      id: mail.id,
      from: mail.fromAddress,
      from_name: mail.fromName,
      subject: mail.subject,
      text: mail.textBody,
      verdict: mail.verdict,
      in_reply_to: mail.inReplyTo,
      received_at: mail.receivedAt,
    }))
    return c.json({ data, next_cursor: found.value.next }, 200)
  })
  .openapi(suppressions, async (c) => {
    const { cursor, limit, q } = c.req.valid('query')
    const found = await listSuppressions(c.var.services, c.var.actor, { text: q, after: cursor }, limit ?? 50)
    if (!found.ok) return problem(c, found.error)
    const data = found.value.items.map(({ detail: _detail, ...entry }) => entry)
    return c.json({ data, next_cursor: found.value.next }, 200)
  })
  .openapi(suppress, async (c) => {
    const input = c.req.valid('json')
    const added = await addSuppression(c.var.services, c.var.actor, input)
    return added.ok ? c.json({ address: input.address.trim().toLowerCase() }, 201) : problem(c, added.error)
  })
  .openapi(lift, async (c) => {
    const { address } = c.req.valid('param')
    const scope = c.req.valid('query').scope ?? 'all'
    const lifted = await liftSuppression(c.var.services, c.var.actor, address, scope)
    return lifted.ok ? c.body(null, 204) : problem(c, lifted.error)
  })
