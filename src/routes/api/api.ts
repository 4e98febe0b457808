/** What every API route shares: the OpenAPI router with its 422 hook, problem responses, lists and JSON bodies. */
import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { AppEnv } from '../../http/context.ts'
import { problem } from '../../http/problem.ts'
import { invalid } from '../../platform/result.ts'

export function createApi() {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result, c) => {
      if (result.success) return
      const errors = result.error.issues.map((issue) => ({
        path: [...issue.path.map(String), ...unknownKeys(issue)].join('.') || result.target,
        message: issue.message,
      }))
      return problem(c, invalid(errors).error)
    },
  })
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

export const bearer = [{ Bearer: [] }]
