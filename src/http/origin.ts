/**
 * Forged requests: an unsafe request that carries our cookie must come from our own pages, whatever its content type
 * (Fetch Metadata, else Origin; neither: refused). Bearer calls and signed hooks carry no cookie and pass.
 */
import type { MiddlewareHandler } from 'hono'
import { fail } from '../platform/result.ts'
import { isApi } from './audience.ts'
import type { AppContext, AppEnv } from './context.ts'
import { readOwnCookie } from './cookies.ts'
import { problem } from './problem.ts'
import { failurePage } from './respond.tsx'

/** A link that carries its own credential; its forms are posted by mail programs and from other people's pages too. */
const OWN_CREDENTIAL = ['/p/', '/mail/unsubscribe/', '/forms/automation/', '/approve/']
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

export function originGuard(): MiddlewareHandler<AppEnv> {
  return async function originGuard(c, next) {
    const upgrade = c.req.header('Upgrade')?.toLowerCase() === 'websocket'
    const needsProof = upgrade || !SAFE.has(c.req.method)
    if (!needsProof || carriesNoCookieAuthority(c) || isSameOrigin(c)) return next()
    const { error } = fail(
      'forbidden',
      'cross-site',
      'This request did not come from our own pages. Reload and try again.',
    )
    return isApi(c) || upgrade ? problem(c, error) : failurePage(c, error)
  }
}

/**
 * Bearer calls, doors that authenticate by a signature or key of their own, and API calls that carry no session: they are refused for want of
 * credentials, which is what their sender needs to hear.
 */
function carriesNoCookieAuthority(c: AppContext): boolean {
  return (
    c.req.header('Authorization') !== undefined ||
    c.req.path.startsWith('/dev/seed') ||
    c.req.path.startsWith('/hooks/') ||
    OWN_CREDENTIAL.some((path) => c.req.path.startsWith(path)) ||
    (isApi(c) && readOwnCookie(c, 'session') === undefined)
  )
}

export function isSameOrigin(c: AppContext): boolean {
  const site = c.req.header('Sec-Fetch-Site')
  if (site !== undefined) return site === 'same-origin'
  const origin = c.req.header('Origin')
  return origin !== undefined && origin === new URL(c.req.url).origin
}
