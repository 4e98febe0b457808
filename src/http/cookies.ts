/** Our cookies: `__Host-` and Secure, except on plain http in development, where browsers would drop them. */
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { AppContext } from './context.ts'

/** `outside`: the way to Google or Microsoft and back. */
type CookieName = 'session' | 'flash' | 'outside'

const isPlainHttp = (c: AppContext): boolean =>
  c.env.ENVIRONMENT !== 'production' && new URL(c.req.url).protocol === 'http:'

const nameOf = (c: AppContext, name: CookieName): string => (isPlainHttp(c) ? name : `__Host-${name}`)

export const readOwnCookie = (c: AppContext, name: CookieName): string | undefined =>
  getCookie(c, nameOf(c, name))

/** `maxAge` in seconds. */
export function writeOwnCookie(c: AppContext, name: CookieName, value: string, maxAge: number): void {
  setCookie(c, nameOf(c, name), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: !isPlainHttp(c),
    maxAge,
  })
}

export function dropOwnCookie(c: AppContext, name: CookieName): void {
  deleteCookie(c, nameOf(c, name), { path: '/', secure: !isPlainHttp(c) })
}
