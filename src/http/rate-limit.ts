/** Limits: a bucket per tenant for API calls (RateLimit headers), the platform's limiter for strangers. */
import type { MiddlewareHandler } from 'hono'
import { fail } from '../platform/result.ts'
import { ipPrefix } from './address.ts'
import { isApi } from './audience.ts'
import type { AppEnv } from './context.ts'
import { problem } from './problem.ts'
import { failurePage } from './respond.tsx'

export function rateLimit(): MiddlewareHandler<AppEnv> {
  return async function rateLimit(c, next) {
    const { services, maybeActor } = c.var
    if (maybeActor?.kind === 'key') {
      const bucket = await services.limits.api(maybeActor.tenantId)
      const headers = {
        RateLimit: `"default";r=${bucket.remaining};t=${bucket.resetSeconds}`,
        'RateLimit-Policy': `"default";q=${bucket.limit};w=60`,
      }
      for (const [name, value] of Object.entries(headers)) c.header(name, value)
      if (!bucket.allowed) return problem(c, tooMany(bucket.resetSeconds))
      return next()
    }
    if (!maybeActor && !isFreeOfLimit(c.req.path) && !(await services.limits.anonymous(ipPrefix(c)))) {
      return isApi(c) ? problem(c, tooMany(60)) : failurePage(c, tooMany(60))
    }
    return next()
  }
}

const tooMany = (retryAfter: number) =>
  fail('rate_limited', 'too-many-requests', `Too many requests. Try again in ${retryAfter} seconds.`, {
    retryAfter,
  }).error

/** Health checks, and vendors' deliveries: these come in bursts from few addresses and are proven by their signature. */
const isFreeOfLimit = (path: string): boolean => path === '/healthz' || path.startsWith('/hooks/')
