/** How flows begin and end a session in the browser, and where they lead afterwards. */
import { ipPrefix } from '../../http/address.ts'
import type { AppContext } from '../../http/context.ts'
import { dropOwnCookie, writeOwnCookie } from '../../http/cookies.ts'
import { type Device, isProved, type Site, type StartedSession } from '../../modules/workspace/index.ts'

export const deviceOf = (c: AppContext): Device => ({
  userAgent: c.req.header('User-Agent') ?? '',
  ipPrefix: ipPrefix(c),
})

/** Where this browser meets us: the public address, in development whatever it typed. */
export function siteOf(c: AppContext): Site {
  const { environment, publicUrl } = c.var.services.config
  const url = new URL(environment === 'production' ? publicUrl : c.req.url)
  return { origin: url.origin, rpId: url.hostname }
}

export const carrySession = (c: AppContext, session: StartedSession): void =>
  writeOwnCookie(c, 'session', session.cookie, session.maxAge)

export const dropSession = (c: AppContext): void => dropOwnCookie(c, 'session')

/** Whether the password was proved within the last ten minutes. */
export const proved = (c: AppContext): boolean =>
  c.var.session !== null && isProved(c.var.services, c.var.session)

/** Only paths of our own are followed (ASVS 3.7.2): one slash, then no second one and no backslash. */
export function localPath(next: string | undefined, fallback = '/'): string {
  return next && /^\/(?![/\\])[^\\\s]*$/.test(next) ? next : fallback
}
