/** Browsers on other sites may call the API with a bearer key: no cookie is ever allowed across. */
import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import type { AppEnv } from './context.ts'

const allowAny = cors({
  origin: '*',
  allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowHeaders: [
    'API-Version',
    'Authorization',
    'Content-Type',
    'Idempotency-Key',
    'If-Match',
    'If-None-Match',
  ],
  exposeHeaders: [
    'API-Version',
    'Deprecation',
    'ETag',
    'Idempotency-Replayed',
    'Link',
    'Location',
    'RateLimit',
    'RateLimit-Policy',
    'Retry-After',
    'Sunset',
    'X-Request-Id',
  ],
  maxAge: 86_400,
})

export function corsForKeys(): MiddlewareHandler<AppEnv> {
  return async function corsForKeys(c, next) {
    const api =
      c.req.path.startsWith('/modules/') || c.req.path.startsWith('/auth/') || c.req.path === '/openapi.json'
    return api ? allowAny(c, next) : next()
  }
}
