/** The version of the API as a date: told with every answer, and refused when a caller asks for one we do not have. */
import type { MiddlewareHandler } from 'hono'
import { fail } from '../platform/result.ts'
import type { AppEnv } from './context.ts'
import { problem } from './problem.ts'

/** The day of the last breaking change. What is added moves nothing (docs/api.md). */
export const API_VERSION = '2026-11-01'

export function apiVersion(): MiddlewareHandler<AppEnv> {
  return async function apiVersion(c, next) {
    const asked = c.req.header('API-Version')
    c.header('API-Version', API_VERSION)
    if (asked === undefined || asked === API_VERSION) return next()
    const detail = `There is no version ${asked.slice(0, 40)} of this API. Ask for ${API_VERSION}, or leave the header out.`
    return problem(c, fail('malformed', 'unknown-api-version', detail).error)
  }
}
