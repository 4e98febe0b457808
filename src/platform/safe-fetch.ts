/**
 * The only door for outgoing HTTP: scheme, host, port and size are checked, redirects are re-checked by hand, nothing
 * waits for ever. Configured vendor bases and the development allow list may be private; nothing else may.
 */
import { isPublicAddress } from './address.ts'
import { readAtMost } from './bytes.ts'
import { fail, ok, type Result } from './result.ts'

export interface FetchRules {
  /** `host:port` pairs that may be private (development only). */
  allowPrivate: readonly string[]
  timeoutMs?: number
  maxBytes?: number
  /** How many redirects are followed (5); at none the redirect itself is the answer. */
  redirects?: number
  /** For addresses that strangers name: what a host resolves to. One that is not public, and nothing is fetched. */
  addressesOf?: (host: string) => Promise<readonly string[]>
}

export interface FetchedText {
  status: number
  headers: Headers
  text: string
}

const USER_AGENT = 'SMB-Command/0.1 (+https://github.com/smb-command)'
const PRIVATE_V4 =
  /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./
const PRIVATE_NAME = /(^|\.)(localhost|local|internal|home\.arpa)$/i

export interface FetchedBytes {
  status: number
  headers: Headers
  bytes: Uint8Array<ArrayBuffer>
}

/** Fetches text from a public address; a refusal or a failure is a value, never a throw. */
export const fetchText = (url: string, init: RequestInit, rules: FetchRules): Promise<Result<FetchedText>> =>
  follow(url, init, rules, async (response, maxBytes) => {
    const text = await readCapped(response, maxBytes)
    return text === null ? null : { status: response.status, headers: response.headers, text }
  })

/** The same for what is no text. */
export const fetchBytes = (
  url: string,
  init: RequestInit,
  rules: FetchRules,
): Promise<Result<FetchedBytes>> =>
  follow(url, init, rules, async (response, maxBytes) => {
    const bytes = await readAtMost(response.body, maxBytes)
    return bytes === null ? null : { status: response.status, headers: response.headers, bytes }
  })

/** The answer's body as it is wanted; null when it is too large. */
type ReadBody<T> = (response: Response, maxBytes: number) => Promise<T | null>

async function follow<T extends { status: number; headers: Headers }>(
  url: string,
  init: RequestInit,
  rules: FetchRules,
  read: ReadBody<T>,
): Promise<Result<T>> {
  let next = url
  let request = init
  const redirects = rules.redirects ?? 5
  for (let hop = 0; hop <= redirects; hop++) {
    const refusal = refuseUrl(next, rules.allowPrivate) ?? (await refuseHost(new URL(next), rules))
    if (refusal) return fail('invalid', 'address-refused', refusal)
    const answer = await attempt(next, request, rules, read)
    if (!answer.ok) return answer
    const location = answer.value.headers.get('Location')
    if (answer.value.status < 300 || answer.value.status >= 400 || !location || redirects === 0) return answer
    if (!URL.canParse(location, next))
      return fail('unavailable', 'bad-redirect', 'The address redirects to nowhere.')
    const target = new URL(location, next)
    request = redirected(request, answer.value.status, target.origin === new URL(next).origin)
    next = target.toString()
  }
  return fail('unavailable', 'too-many-redirects', 'The address redirects too often.')
}

/** What may go along to another origin: nothing that could be a credential, whatever it is called. */
const HARMLESS = ['Accept', 'Accept-Language']

/** What is sent on: no credentials to another origin, and no body but where the status says so (RFC 9110 15.4). */
function redirected(init: RequestInit, status: number, sameOrigin: boolean): RequestInit {
  const given = new Headers(init.headers)
  const keepsBody = (status === 307 || status === 308) && sameOrigin
  if (keepsBody) return { ...init, headers: given }
  const kept = HARMLESS.flatMap((name): [string, string][] => {
    const value = given.get(name)
    return value ? [[name, value]] : []
  })
  const method = init.method === 'HEAD' ? 'HEAD' : 'GET'
  return { ...init, headers: sameOrigin ? given : new Headers(kept), method, body: undefined }
}

/** Why an address may not be fetched, or null. */
export function refuseUrl(text: string, allowPrivate: readonly string[]): string | null {
  if (!URL.canParse(text)) return 'This is no web address.'
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return 'Only http and https addresses can be fetched.'
  if (allowPrivate.includes(url.host)) return null
  if (url.username || url.password) return 'An address must not carry a user name or password.'
  if (url.port && url.port !== '80' && url.port !== '443') return 'Only ports 80 and 443 can be fetched.'
  // a dot at the end is the same name
  const host = url.hostname.replace(/\.+$/, '')
  if (host.startsWith('[') || PRIVATE_V4.test(`${host}.`) || PRIVATE_NAME.test(host) || !host.includes('.')) {
    return 'This address is not on the public internet.'
  }
  return null
}

/** The fetch itself looks the name up again, so this keeps out mistakes and lies, not a resolver that changes its mind. */
async function refuseHost(url: URL, { addressesOf, allowPrivate }: FetchRules): Promise<string | null> {
  if (!addressesOf || allowPrivate.includes(url.host)) return null
  const addresses = await addressesOf(url.hostname)
  if (addresses.length === 0) return 'This address leads nowhere.'
  return addresses.every(isPublicAddress) ? null : 'This address is not on the public internet.'
}

async function attempt<T>(
  url: string,
  init: RequestInit,
  rules: FetchRules,
  read: ReadBody<T>,
): Promise<Result<T>> {
  const headers = new Headers(init.headers)
  headers.set('User-Agent', USER_AGENT)
  try {
    const response = await fetch(url, {
      ...init,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(rules.timeoutMs ?? 10_000),
    })
    const answer = await read(response, rules.maxBytes ?? 2_000_000)
    if (answer === null) return fail('too_large', 'answer-too-large', 'The answer is larger than expected.')
    return ok(answer)
  } catch {
    return fail('unavailable', 'unreachable', 'The address did not answer in time.')
  }
}

async function readCapped(response: Response, maxBytes: number): Promise<string | null> {
  if (!response.body) return ''
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    if (bytes > maxBytes) return null
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
