/** Set-Cookie lines as a browser keeps them (RFC 6265bis). */

export interface Cookie {
  name: string
  secure: boolean
  httpOnly: boolean
  /** Lower case; null when the attribute is missing, `invalid` when it says none of the three words. */
  sameSite: 'strict' | 'lax' | 'none' | 'invalid' | null
  /** Without the leading dot, lower case; null when the cookie stays with its host. */
  domain: string | null
  path: string | null
  /** Seconds from now on, of Max-Age; null without it. */
  maxAge: number | null
  /** Milliseconds since 1970, of Expires; null without a readable one. */
  expires: number | null
}

const SAME_SITE = ['strict', 'lax', 'none'] as const
/** Set by hosting platforms to keep a visitor on one server; nobody signs in with them. */
const OF_THE_PLATFORM = new Set(['heroku-session-affinity'])
/** Earlier Expires dates delete a cookie. */
const LONG_AGO = Date.UTC(2000, 0, 1)

/** One line; null when it has no name. Attributes of the same name: the last counts. */
export function parseSetCookie(line: string): Cookie | null {
  const [pair = '', ...parts] = line.slice(0, 8192).split(';')
  const at = pair.indexOf('=')
  const name = (at < 0 ? '' : pair.slice(0, at)).trim()
  if (name === '') return null
  const attributes = new Map(parts.map(splitAttribute))
  const maxAge = attributes.get('max-age')
  const expires = Date.parse(attributes.get('expires') ?? '')
  return {
    name,
    secure: attributes.has('secure'),
    httpOnly: attributes.has('httponly'),
    sameSite: readSameSite(attributes.get('samesite')),
    domain: attributes.get('domain')?.replace(/^\./, '').toLowerCase() || null,
    path: attributes.get('path') || null,
    maxAge: maxAge !== undefined && /^-?\d+$/.test(maxAge) ? Number(maxAge) : null,
    expires: Number.isNaN(expires) ? null : expires,
  }
}

/** Why a browser drops the cookie, or null when it keeps it. `host` is the one that set it. */
export function whyRefused(cookie: Cookie, host: string): string | null {
  const { name, domain, secure, path } = cookie
  if (domain !== null && domain !== host && !host.endsWith(`.${domain}`)) return 'its Domain is another site'
  if (/^__secure-/i.test(name) && !secure) return '__Secure- asks for Secure'
  if (/^__host-/i.test(name) && (!secure || path !== '/' || domain !== null))
    return '__Host- asks for Secure, Path=/ and no Domain'
  return null
}

/** Lines that take a cookie away are no cookies. */
export const isDeletion = ({ maxAge, expires }: Cookie): boolean =>
  maxAge !== null ? maxAge <= 0 : expires !== null && expires < LONG_AGO

/** Whether the name says that it stands for a signed-in visitor. */
export function isSignIn({ name }: Cookie): boolean {
  const word = name.toLowerCase()
  if (isAntiForgery({ name }) || OF_THE_PLATFORM.has(word)) return false
  return /login|sess|auth|token|jwt/.test(word) || /(^|[^a-z])(sid|remember)([^a-z]|$)/.test(word)
}

/** Whether the name says that it guards forms against forgery; scripts have to read such a cookie. */
export const isAntiForgery = ({ name }: { name: string }): boolean => /csrf|xsrf/i.test(name)

/** Whether the name is a hosting platform's own. */
export const isOfThePlatform = ({ name }: Cookie): boolean => OF_THE_PLATFORM.has(name.toLowerCase())

function splitAttribute(part: string): [string, string] {
  const at = part.indexOf('=')
  if (at < 0) return [part.trim().toLowerCase(), '']
  return [part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()]
}

function readSameSite(value: string | undefined): Cookie['sameSite'] {
  if (value === undefined) return null
  return SAME_SITE.find((word) => word === value.toLowerCase()) ?? 'invalid'
}
