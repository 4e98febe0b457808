/** Security headers of every answer (research/platform 3.3, ASVS 3.4). */
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './context.ts'

export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** For captured pages and mails under /preview: no script, no network, framed by our own pages only. */
export const PREVIEW_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"

/** The policy of pages, for an answer that these origins (scheme, host, port) may show in a frame. */
const policyFor = (framedBy: readonly string[]): string =>
  framedBy.length === 0
    ? PAGE_POLICY
    : PAGE_POLICY.replace("frame-ancestors 'none'", `frame-ancestors ${framedBy.join(' ')}`)

/** Doors whose address is the credential. */
const SECRET_PATH = /^\/(p|embed|track|approve|mail\/unsubscribe|forms\/automation)\//

export function securityHeaders(): MiddlewareHandler<AppEnv> {
  return async function securityHeaders(c, next) {
    await next()
    if (c.res.status === 101) return
    const preview = c.req.path.startsWith('/preview/')
    const { framedBy = [] } = c.var
    const set = (name: string, value: string) => c.res.headers.set(name, value)
    set('Content-Security-Policy', preview ? PREVIEW_POLICY : policyFor(framedBy))
    set('X-Content-Type-Options', 'nosniff')
    // it cannot name sites: where some are named, the policy above says all
    if (framedBy.length === 0) set('X-Frame-Options', preview ? 'SAMEORIGIN' : 'DENY')
    // the address of a public link is its credential: no other site and no search engine learns of it
    // mail programs on the web load it from pages of their own
    const inMails = c.req.path.startsWith('/track/')
    const secretPath = SECRET_PATH.test(c.req.path)
    set('Referrer-Policy', secretPath ? 'no-referrer' : 'same-origin')
    if (secretPath) set('X-Robots-Tag', 'noindex, nofollow, noarchive')
    set('Cross-Origin-Opener-Policy', 'same-origin')
    set('Cross-Origin-Resource-Policy', framedBy.length > 0 || inMails ? 'cross-origin' : 'same-origin')
    set('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()')
    set('X-Request-Id', c.var.requestId)
    if (c.env.ENVIRONMENT === 'production') {
      set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
    }
    if (!c.res.headers.has('Cache-Control')) set('Cache-Control', 'no-store')
  }
}
