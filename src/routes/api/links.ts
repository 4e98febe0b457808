/** Public links over the API: list, make one to a file, end one. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import { createLink, type LinkLine, listLinks, readFile, revokeLink } from '../../modules/workspace/index.ts'
import { bearer, createApi, jsonContent, listQuery, pageOf, problemResponses } from './api.ts'

const BASE = '/modules/workspace/links'
const common = { tags: ['Public links'], security: bearer, middleware: requires('links:manage') }

export const linkShape = z
  .object({
    id: z.string(),
    kind: z.string(),
    ref: z.string(),
    scope: z.array(z.string()),
    label: z.string(),
    created_by: z.string(),
    created_at: z.string(),
    expires_at: z.string().nullable(),
    revoked_at: z.string().nullable(),
    max_uses: z.number().int().nullable(),
    uses: z.number().int(),
    last_used_at: z.string().nullable(),
    state: z.enum(['active', 'expired', 'revoked', 'used up']),
  })
  .openapi('PublicLink')

export const madeShape = z.object({
  id: z.string(),
  token: z.string().openapi({ description: 'Shown this once' }),
  url: z.string(),
})

const newLink = z.strictObject({
  kind: z.literal('file'),
  ref: z.string().min(1).openapi({ description: 'Id of the file' }),
  label: z.string().max(120).optional(),
  expires_at: z.iso.datetime().nullable().optional(),
  max_uses: z.number().int().min(1).max(100_000).nullable().optional(),
})

const filters = listQuery.extend({
  kind: z.string().max(40).optional(),
  ref: z.string().max(100).optional(),
  state: z.literal('active').optional(),
})

export const toJson = (link: LinkLine) => ({
  id: link.id,
  kind: link.kind,
  ref: link.ref,
  scope: link.scope,
  label: link.label,
  created_by: link.createdBy,
  created_at: link.createdAt,
  expires_at: link.expiresAt,
  revoked_at: link.revokedAt,
  max_uses: link.maxUses,
  uses: link.uses,
  last_used_at: link.lastUsedAt,
  state: link.state,
})

export const linksApi = createApi()
  .openapi(
    createRoute({
      ...common,
      method: 'get',
      path: BASE,
      summary: 'List public links',
      request: { query: filters },
      responses: { 200: jsonContent(pageOf(linkShape), 'Links, newest first'), ...problemResponses },
    }),
    async (c) => {
      const { kind, ref, state, cursor, limit } = c.req.valid('query')
      const question = { kind, ref, cursor, activeOnly: state === 'active' }
      const listed = await listLinks(c.var.services, c.var.actor, question, limit ?? 50)
      if (!listed.ok) return problem(c, listed.error)
      return c.json({ data: listed.value.links.map(toJson), next_cursor: listed.value.nextCursor }, 200)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'post',
      path: BASE,
      summary: 'Make a public link to a file',
      description: 'The answer holds the token, this once. Needs `files:read` too.',
      request: { body: { required: true, content: { 'application/json': { schema: newLink } } } },
      responses: { 201: jsonContent(madeShape, 'The link, with its token'), ...problemResponses },
    }),
    async (c) => {
      const { services, actor } = c.var
      const { kind, ref, label, expires_at, max_uses } = c.req.valid('json')
      const file = await readFile(services, actor, ref)
      if (!file.ok) return problem(c, file.error)
      const made = await createLink(services, actor, {
        kind,
        ref,
        scope: ['view', 'download'],
        label: label || file.value.name.slice(0, 120),
        expiresAt: expires_at ?? null,
        maxUses: max_uses ?? null,
      })
      return made.ok ? c.json(made.value, 201) : problem(c, made.error)
    },
  )
  .openapi(
    createRoute({
      ...common,
      method: 'delete',
      path: `${BASE}/{id}`,
      summary: 'End a public link at once',
      request: { params: z.object({ id: z.string() }) },
      responses: { 204: { description: 'It opens nothing any more' }, ...problemResponses },
    }),
    async (c) => {
      const done = await revokeLink(c.var.services, c.var.actor, c.req.valid('param').id)
      return done.ok ? c.body(null, 204) : problem(c, done.error)
    },
  )
