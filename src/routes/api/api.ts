/** What every API route shares: the OpenAPI router with its 422 hook, problem responses, lists and JSON bodies. */
import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from '../../http/context.ts'
import { problem } from '../../http/problem.ts'
import { isoInstant } from '../../platform/clock.ts'
import { invalid } from '../../platform/result.ts'

export function createApi() {
  const api = new OpenAPIHono<AppEnv>({
    defaultHook: (result, c) => {
      if (result.success) return
      const errors = result.error.issues.map((issue) => ({
        path: [...issue.path.map(String), ...unknownKeys(issue)].join('.') || result.target,
        message: issue.message,
      }))
      return problem(c, invalid(errors).error)
    },
  })
  api.use(noEmptyJson)
  return api
}

/** Clients that name JSON and send nothing mean no body, not a malformed one. */
const noEmptyJson: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { raw } = c.req
  if (raw.body === null && /^application\/json\b/i.test(raw.headers.get('Content-Type') ?? '')) {
    const headers = new Headers(raw.headers)
    headers.delete('Content-Type')
    c.req.raw = new Request(raw, { headers })
  }
  await next()
}

const unknownKeys = (issue: { code?: string; keys?: unknown }): string[] =>
  issue.code === 'unrecognized_keys' && Array.isArray(issue.keys) ? issue.keys.map(String).slice(0, 1) : []

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem')

const problemResponse = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
})

/** RFC 9457 answers that any route may give. */
export const problemResponses = {
  400: problemResponse('Malformed request'),
  401: problemResponse('No or unknown credentials'),
  403: problemResponse('Without the right or scope'),
  404: problemResponse('Not found, or not yours'),
  409: problemResponse('Conflict'),
  412: problemResponse('Changed since you read it'),
  413: problemResponse('Too large'),
  415: problemResponse('Unsupported media type'),
  422: problemResponse('Invalid input; `errors` names each field'),
  429: problemResponse('Too many requests; see Retry-After'),
  503: problemResponse('Not available right now'),
} as const

export const jsonContent = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

/** A list: `{ data, next_cursor }`. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ data: z.array(item), next_cursor: z.string().nullable() })

/** Paging parameters of every list. */
export const listQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50).optional(),
})

/** An instant as clients write it, with any offset. */
export const instantSchema = z.iso.datetime({
  offset: true,
  error: 'Give an ISO 8601 instant, e.g. 2026-11-01T00:00:00Z.',
})

/** Lists whose rows change: only what was changed at this instant or later, in the list's own order. */
export const changedQuery = listQuery.extend({
  updated_since: instantSchema.optional().openapi({
    description: 'Only what was changed at this instant or later',
    example: '2026-11-01T00:00:00Z',
  }),
})

/** As stored: UTC with milliseconds, so that texts compare as instants do. */
export const storedInstant = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : isoInstant(Date.parse(text))

export const bearer = [{ Bearer: [] }]

/** Of what needs nothing said: a body may be left out, and a field in it is a mistake. */
export const noBody = { content: { 'application/json': { schema: z.strictObject({}) } }, required: false }
