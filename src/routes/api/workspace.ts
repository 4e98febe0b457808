/** The workspace over the API: who am I, settings, members, audit. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import {
  factorOf,
  listPeople,
  readAudit,
  readSettings,
  updateSettings,
  type VersionedSettings,
} from '../../modules/workspace/index.ts'
import { isoInstant } from '../../platform/clock.ts'
import { fail } from '../../platform/result.ts'
import { createApi, jsonContent, listQuery, pageOf, problemResponses } from './api.ts'

const settingsShape = z
  .object({
    id: z.string(),
    name: z.string(),
    time_zone: z.string(),
    currency: z.string(),
    locale: z.string(),
    week_start: z.number().int(),
    fiscal_year_start: z.number().int(),
    country: z.string(),
    industry: z.string(),
    version: z.number().int(),
  })
  .openapi('WorkspaceSettings')

const settingsPatch = z.strictObject({
  name: z.string().optional(),
  time_zone: z.string().optional(),
  currency: z.string().optional(),
  locale: z.string().optional(),
  week_start: z.number().int().optional(),
  fiscal_year_start: z.number().int().optional(),
  country: z.string().optional(),
  industry: z.string().optional(),
})

const meShape = z.object({
  kind: z.string(),
  id: z.string(),
  name: z.string(),
  role: z.string(),
  scopes: z.array(z.string()).nullable(),
  workspace_id: z.string(),
})

const memberShape = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.string(),
  email_verified: z.boolean(),
  second_factor: z.enum(['none', 'app', 'passkey']),
  passkeys: z.number().int(),
  since: z.string(),
  last_seen_at: z.string().nullable(),
})

const auditShape = z.object({
  id: z.string(),
  at: z.string(),
  actor_kind: z.string(),
  actor_name: z.string(),
  action: z.string(),
  target: z.string(),
  detail: z.record(z.string(), z.unknown()),
})

const tags = ['Workspace']

const me = createRoute({
  method: 'get',
  path: '/modules/workspace/me',
  tags,
  summary: 'Who this key or session is, and what it may do',
  middleware: [requires('workspace:read')] as const,
  responses: { 200: jsonContent(meShape, 'The caller'), ...problemResponses },
})

const settings = createRoute({
  method: 'get',
  path: '/modules/workspace/settings',
  tags,
  summary: 'Settings of the workspace',
  middleware: [requires('workspace:read')] as const,
  responses: { 200: jsonContent(settingsShape, 'Settings; the ETag is their version'), ...problemResponses },
})

const putSettings = createRoute({
  method: 'put',
  path: '/modules/workspace/settings',
  tags,
  summary: 'Change settings; what is left out stays',
  middleware: [requires('workspace:manage')] as const,
  request: { body: { content: { 'application/json': { schema: settingsPatch } }, required: true } },
  responses: { 200: jsonContent(settingsShape, 'The settings as they are now'), ...problemResponses },
})

const members = createRoute({
  method: 'get',
  path: '/modules/workspace/members',
  tags,
  summary: 'People of the workspace, with who has a second factor',
  middleware: [requires('workspace:read')] as const,
  responses: { 200: jsonContent(pageOf(memberShape), 'Members'), ...problemResponses },
})

const audit = createRoute({
  method: 'get',
  path: '/modules/workspace/audit',
  tags,
  summary: 'The audit log, newest first',
  middleware: [requires('audit:read')] as const,
  request: { query: listQuery },
  responses: { 200: jsonContent(pageOf(auditShape), 'Entries'), ...problemResponses },
})

const present = ({ timeZone, weekStart, fiscalYearStart, ...rest }: VersionedSettings) => ({
  ...rest,
  time_zone: timeZone,
  week_start: weekStart,
  fiscal_year_start: fiscalYearStart,
})

export const workspaceApi = createApi()
  .openapi(me, (c) => {
    const { kind, id, name, role, scopes, tenantId } = c.var.actor
    return c.json({ kind, id, name, role, scopes: scopes && [...scopes], workspace_id: tenantId }, 200)
  })
  .openapi(settings, async (c) => {
    const read = await readSettings(c.var.services, c.var.actor)
    if (!read.ok) return problem(c, read.error)
    return c.json(present(read.value), 200, { ETag: `"${read.value.version}"` })
  })
  .openapi(putSettings, async (c) => {
    const { time_zone, week_start, fiscal_year_start, ...rest } = c.req.valid('json')
    const version = readVersion(c.req.header('If-Match'))
    if (version === 'malformed')
      return problem(c, fail('stale', 'stale', 'This If-Match is of no version we gave.').error)
    const fields = Object.entries({
      ...rest,
      timeZone: time_zone,
      weekStart: week_start,
      fiscalYearStart: fiscal_year_start,
    })
    const given = Object.fromEntries(fields.filter(([, value]) => value !== undefined))
    const saved = await updateSettings(c.var.services, c.var.actor, given, version)
    if (!saved.ok) return problem(c, saved.error)
    return c.json(present(saved.value), 200, { ETag: `"${saved.value.version}"` })
  })
  .openapi(members, async (c) => {
    const people = await listPeople(c.var.services, c.var.actor)
    if (!people.ok) return problem(c, people.error)
    const data = people.value.members.map((member) => ({
      id: member.personId,
      name: member.name,
      email: member.email,
      role: member.role,
      email_verified: member.verified === 1,
      second_factor: factorOf(member),
      passkeys: member.passkeys,
      since: member.since,
      last_seen_at: member.lastSeenAt === null ? null : isoInstant(member.lastSeenAt),
    }))
    return c.json({ data, next_cursor: null }, 200)
  })
  .openapi(audit, async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const read = await readAudit(c.var.services, c.var.actor, cursor ? { before: cursor } : {}, limit ?? 50)
    if (!read.ok) return problem(c, read.error)
    const data = read.value.entries.map(({ ip_prefix: _ip, detail, ...entry }) => ({
      ...entry,
      detail: JSON.parse(detail),
    }))
    return c.json({ data, next_cursor: read.value.nextCursor }, 200)
  })

/** The version of an If-Match header; null when there is none or any will do. */
function readVersion(header: string | undefined): number | null | 'malformed' {
  if (!header || header === '*') return null
  const digits = /^(?:W\/)?"(\d+)"$/.exec(header)?.[1]
  return digits ? Number(digits) : 'malformed'
}
