/** Contacts over the API: pages by filter or by change, one at a time with a version, a thousand at once. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import {
  CONTACT_SORTS,
  type ContactView,
  contactChange,
  contactFilter,
  createContact,
  deleteContact,
  landBatch,
  listContacts,
  newContact,
  readContact,
  readTimeline,
  updateContact,
} from '../../modules/workspace/index.ts'
import { fail } from '../../platform/result.ts'
import { createApi, jsonContent, pageOf, problemResponses } from './api.ts'

const shape = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    company: z.string().nullable(),
    stage: z.string(),
    source: z.string(),
    source_detail: z.string(),
    consent: z.object({
      state: z.string(),
      at: z.string().nullable(),
      source: z.string().nullable(),
      text: z.string().nullable(),
    }),
    owner_id: z.string().nullable(),
    tags: z.array(z.string()),
    note: z.string(),
    version: z.number().int(),
    created_at: z.string(),
    updated_at: z.string(),
    last_activity_at: z.string().nullable(),
  })
  .openapi('Contact')

const present = (contact: ContactView): z.output<typeof shape> => ({
  id: contact.id,
  name: contact.name,
  email: contact.email,
  phone: contact.phone,
  company: contact.company,
  stage: contact.stage,
  source: contact.source,
  source_detail: contact.sourceDetail,
  consent: contact.consent,
  owner_id: contact.ownerId,
  tags: contact.tags,
  note: contact.note,
  version: contact.version,
  created_at: contact.createdAt,
  updated_at: contact.updatedAt,
  last_activity_at: contact.lastActivityAt,
})

const entry = z.object({
  at: z.string(),
  kind: z.string(),
  title: z.string(),
  detail: z.string().nullable(),
  href: z.string().nullable(),
})

const batchLine = z.object({
  index: z.number().int(),
  outcome: z.enum(['created', 'changed', 'unchanged', 'refused']),
  id: z.string().nullable(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})

const query = contactFilter.extend({
  sort: z.enum(CONTACT_SORTS).optional(),
  direction: z.enum(['ascending', 'descending']).optional(),
  cursor: z.string().max(1500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50).optional(),
})

const tags = ['Contacts']
const one = '/modules/workspace/contacts/{id}'
const byId = z.object({ id: z.string().max(60) })
const body = <T extends z.ZodType>(schema: T) => ({
  body: { content: { 'application/json': { schema } }, required: true },
})

const list = createRoute({
  method: 'get',
  path: '/modules/workspace/contacts',
  tags,
  summary: 'Contacts; with updated_since those that changed, the oldest change first',
  middleware: [requires('contacts:read')] as const,
  request: { query },
  responses: { 200: jsonContent(pageOf(shape), 'Contacts'), ...problemResponses },
})

const create = createRoute({
  method: 'post',
  path: '/modules/workspace/contacts',
  tags,
  summary: 'Add a contact, e.g. { "email": "ada@example.com" }; one of this address already is a conflict',
  middleware: [requires('contacts:write')] as const,
  request: body(newContact),
  responses: { 201: jsonContent(shape, 'The contact'), ...problemResponses },
})

const batch = createRoute({
  method: 'post',
  path: '/modules/workspace/contacts/batch',
  tags,
  summary:
    'Add or update up to 1,000 contacts; each row is answered for, and the same batch again changes nothing',
  middleware: [requires('contacts:write')] as const,
  request: body(z.strictObject({ contacts: z.array(z.unknown()).min(1).max(1000) })),
  responses: {
    200: jsonContent(z.object({ data: z.array(batchLine) }), 'What became of each row'),
    ...problemResponses,
  },
})

const get = createRoute({
  method: 'get',
  path: one,
  tags,
  summary: 'A contact; the ETag is its version',
  middleware: [requires('contacts:read')] as const,
  request: { params: byId },
  responses: { 200: jsonContent(shape, 'The contact'), ...problemResponses },
})

const put = createRoute({
  method: 'put',
  path: one,
  tags,
  summary: 'Change a contact; what is left out stays. If-Match guards against the change of somebody else',
  middleware: [requires('contacts:write')] as const,
  request: { params: byId, ...body(contactChange) },
  responses: { 200: jsonContent(shape, 'The contact as it is now'), ...problemResponses },
})

const remove = createRoute({
  method: 'delete',
  path: one,
  tags,
  summary: 'Delete a contact and take the person out of every record; amounts stay',
  middleware: [requires('contacts:write')] as const,
  request: { params: byId },
  responses: { 204: { description: 'Gone' }, ...problemResponses },
})

const timeline = createRoute({
  method: 'get',
  path: `${one}/timeline`,
  tags,
  summary: 'Everything known of a contact, the newest first',
  middleware: [requires('contacts:read')] as const,
  request: { params: byId, query: z.object({ limit: z.coerce.number().int().min(1).max(200).optional() }) },
  responses: { 200: jsonContent(pageOf(entry), 'Entries'), ...problemResponses },
})

export const contactsApi = createApi()
  .openapi(list, async (c) => {
    const { sort, direction, cursor, limit, ...filter } = c.req.valid('query')
    const order = sort && { key: sort, direction: direction ?? ('ascending' as const) }
    const read = await listContacts(c.var.services, c.var.actor, { ...filter, order, cursor }, limit ?? 50)
    if (!read.ok) return problem(c, read.error)
    return c.json({ data: read.value.contacts.map(present), next_cursor: read.value.nextCursor }, 200)
  })
  .openapi(create, async (c) => {
    const made = await createContact(c.var.services, c.var.actor, c.req.valid('json'))
    if (!made.ok) return problem(c, made.error)
    return c.json(present(made.value), 201, {
      ETag: `"${made.value.version}"`,
      Location: `/modules/workspace/contacts/${made.value.id}`,
    })
  })
  .openapi(batch, async (c) => {
    const landed = await landBatch(c.var.services, c.var.actor, c.req.valid('json').contacts)
    return landed.ok ? c.json({ data: landed.value }, 200) : problem(c, landed.error)
  })
  .openapi(get, async (c) => {
    const read = await readContact(c.var.services, c.var.actor, c.req.valid('param').id)
    if (!read.ok) return problem(c, read.error)
    return c.json(present(read.value), 200, { ETag: `"${read.value.version}"` })
  })
  .openapi(put, async (c) => {
    const header = c.req.header('If-Match')
    const version = header && header !== '*' ? Number(/^(?:W\/)?"(\d+)"$/.exec(header)?.[1]) : null
    if (Number.isNaN(version))
      return problem(c, fail('stale', 'stale', 'This If-Match is of no version we gave.').error)
    const { id } = c.req.valid('param')
    const saved = await updateContact(c.var.services, c.var.actor, id, c.req.valid('json'), version)
    if (!saved.ok) return problem(c, saved.error)
    return c.json(present(saved.value), 200, { ETag: `"${saved.value.version}"` })
  })
  .openapi(remove, async (c) => {
    const done = await deleteContact(c.var.services, c.var.actor, c.req.valid('param').id)
    return done.ok ? c.body(null, 204) : problem(c, done.error)
  })
  .openapi(timeline, async (c) => {
    const { id } = c.req.valid('param')
    const read = await readTimeline(c.var.services, c.var.actor, id, c.req.valid('query').limit ?? 50)
    if (!read.ok) return problem(c, read.error)
    const data = read.value.map(({ detail = null, href = null, ...rest }) => ({ ...rest, detail, href }))
    return c.json({ data, next_cursor: null }, 200)
  })
