/** Any other system that speaks HTTP: an address and at most one way to show who we are. */
import { fail, invalid, ok, type Result } from '../../platform/result.ts'
import { type FetchRules, refuseUrl } from '../../platform/safe-fetch.ts'
import type { Connected, Credentials, Vendor, VendorAccount } from '../../platform/vendor.ts'
import { kept } from '../consent.ts'
import { asFieldError, basicAuth, send, statusFailure } from '../vendor-call.ts'

/** Headers that belong to the connection itself, or that would let a form pretend to be somebody else. */
const RESERVED =
  /^(host|cookie|connection|content-.*|transfer-encoding|upgrade|te|trailer|forwarded|x-forwarded-.*|cf-.*|proxy-.*)$/i

export function httpVendor(rules: FetchRules): Vendor {
  async function check(credentials: Credentials): Promise<Result<VendorAccount>> {
    const base = kept(credentials, 'baseUrl')
    const vendor = new URL(base).host
    const answer = await send({
      vendor,
      url: `${base}${kept(credentials, 'checkPath')}`,
      headers: httpHeaders(credentials),
      rules: { ...rules, redirects: 0 },
    })
    if (!answer.ok) return answer
    const { status, headers } = answer.value
    const failure = statusFailure(vendor, status, headers)
    if (!failure) return ok({ account: base, accountName: vendor, scopes: [] })
    if (failure.kind !== 'invalid') return { ok: false, error: failure }
    return fail(
      'invalid',
      'vendor-refused',
      `${vendor} answered with status ${status}. Check the address and the path.`,
    )
  }

  return {
    kind: 'http',
    name: 'Other system (HTTP API)',
    category: 'web',
    gives: [
      'Automations can read from and write to any system with an HTTP API.',
      'Its key is kept sealed, and is never shown again.',
    ],
    needs: "The address of the API and, when it asks for one, a key from that system's settings.",
    help: 'https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/Authentication',
    // nothing is known of the other side: a polite pace
    bucket: { capacity: 10, perSecond: 2 },
    methods: [
      {
        kind: 'key',
        label: 'Enter the address and key',
        fields: [
          { name: 'base_url', label: 'Address of the API', placeholder: 'https://api.example.com/v1' },
          {
            name: 'check_path',
            label: 'Path to try',
            placeholder: '/me',
            hint: 'We read it once to see that all is well.',
            optional: true,
          },
          { name: 'token', label: 'Bearer token', secret: true, optional: true },
          { name: 'user', label: 'User name', optional: true },
          { name: 'password', label: 'Password', secret: true, optional: true },
          { name: 'header_name', label: 'Name of a header', placeholder: 'X-Api-Key', optional: true },
          { name: 'header_value', label: 'Value of the header', secret: true, optional: true },
        ],
        async accept(input): Promise<Result<Connected>> {
          const read = readForm(input, rules.allowPrivate)
          if (!read.ok) return read
          const who = await check(read.value)
          if (who.ok) return ok({ ...who.value, credentials: read.value })
          return asFieldError(
            who,
            'base_url',
            'The other side does not accept this key or password (status 401).',
          )
        },
      },
    ],
    check,
  }
}

/** The headers that show who we are. */
export function httpHeaders(credentials: Credentials): Record<string, string> {
  if (credentials.accessToken) return { Authorization: `Bearer ${credentials.accessToken}` }
  const user = kept(credentials, 'user')
  if (user) return { Authorization: basicAuth(user, kept(credentials, 'password')) }
  const name = kept(credentials, 'headerName')
  return name ? { [name]: kept(credentials, 'headerValue') } : {}
}

function readForm(input: Record<string, string>, plainHosts: readonly string[]): Result<Credentials> {
  const text = (name: string) => input[name] ?? ''
  const wrong = (path: string, message: string) => invalid([{ path, message }], message)
  const baseUrl = text('base_url').replace(/\/+$/, '')
  const refused = refuseUrl(baseUrl, plainHosts)
  if (refused) return wrong('base_url', refused)
  const url = new URL(baseUrl)
  const bare = !text('token') && !text('user') && !text('header_name')
  if (url.protocol !== 'https:' && !bare && !plainHosts.includes(url.host))
    return wrong(
      'base_url',
      'A key must not travel over plain http. Use an address that starts with https://.',
    )
  if (url.search || url.hash) return wrong('base_url', 'Leave out what follows the ? or # of the address.')
  const path = text('check_path')
  const checkPath = path && !path.startsWith('/') ? `/${path}` : path
  const ways = ['token', 'user', 'header_name'].filter((name) => text(name))
  if (ways.length > 1) return wrong(ways[1] ?? '', 'Give one way only: a token, a user name, or a header.')
  if (/[^\x20-\x7e]/.test(text('token') + text('header_value')))
    return wrong(
      text('token') ? 'token' : 'header_value',
      'A key must not hold line breaks or letters with accents.',
    )
  if (text('user').includes(':')) return wrong('user', 'A user name must not hold a colon.')
  const headerName = text('header_name')
  if (headerName && (!/^[A-Za-z0-9-]{1,60}$/.test(headerName) || RESERVED.test(headerName)))
    return wrong('header_name', 'This name cannot be used for a header. Most systems say X-Api-Key.')
  if (headerName && !text('header_value')) return wrong('header_value', 'The header needs a value.')
  const shared = { baseUrl, checkPath }
  if (text('token')) return ok({ ...shared, accessToken: text('token') })
  if (text('user')) return ok({ ...shared, user: text('user'), password: text('password') })
  return ok(headerName ? { ...shared, headerName, headerValue: text('header_value') } : shared)
}
