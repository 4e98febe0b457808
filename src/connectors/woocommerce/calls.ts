/**
 * Calls to a shop's own address. Shops stand behind caches, firewalls and slow hosts, so what goes wrong is told in words
 * that say which of them it was.
 */
import * as z from 'zod'
import { type Failure, fail, ok, type Result } from '../../platform/result.ts'
import type { FetchRules } from '../../platform/safe-fetch.ts'
import type { ReadContext } from '../../platform/source-reader.ts'
import { kept } from '../consent.ts'
import { basicAuth, reconnect, send, statusFailure } from '../vendor-call.ts'

const VENDOR = 'WooCommerce'
const MAX_BYTES = 16_000_000
const TIMEOUT_SECONDS = 45

interface WooAnswer<T> {
  value: T
  /** What `X-WP-Total` and `X-WP-TotalPages` say; null when a proxy took them away. */
  total: number | null
  pages: number | null
}

interface WooCall {
  /** Below `/wp-json/wc/v3/`. */
  path: string
  method?: 'GET' | 'POST' | 'PUT'
  body?: unknown
}

export interface WooCalls {
  ask<T>(call: WooCall, schema: z.ZodType<T>, context: ReadContext): Promise<Result<WooAnswer<T>>>
  /** Null: there is no such record (any more). */
  find<T>(path: string, schema: z.ZodType<T>, context: ReadContext): Promise<Result<T | null>>
}

const refusal = z.object({ code: z.string().default('') })

export function woocommerceCalls(rules: FetchRules): WooCalls {
  // a redirect could carry the key to another host
  const own = { ...rules, redirects: 0, maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_SECONDS * 1000 }
  const answerTo = ({ path, method = 'GET', body }: WooCall, { credentials }: ReadContext) =>
    send({
      vendor: VENDOR,
      url: `${kept(credentials, 'url')}/wp-json/wc/v3/${path}`,
      method,
      headers: {
        Authorization: basicAuth(kept(credentials, 'key'), kept(credentials, 'secret')),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      rules: own,
    })

  async function ask<T>(call: WooCall, schema: z.ZodType<T>, context: ReadContext) {
    const answer = await answerTo(call, context)
    if (!answer.ok) return answer.error.kind === 'unavailable' ? silent() : answer
    const { status, headers, text } = answer.value
    const told = parsed(text)
    const failed = statusFailure(VENDOR, status, headers)
    if (failed) return { ok: false as const, error: inWords(failed, status, told, call.method) }
    if (told === undefined) return notData()
    const shape = schema.safeParse(told)
    if (!shape.success) return notData()
    return ok({
      value: shape.data,
      total: countIn(headers, 'X-WP-Total'),
      pages: countIn(headers, 'X-WP-TotalPages'),
    })
  }

  return {
    ask,
    async find<T>(path: string, schema: z.ZodType<T>, context: ReadContext): Promise<Result<T | null>> {
      const answer = await ask({ path }, schema, context)
      if (answer.ok) return ok(answer.value.value)
      return answer.error.slug === 'record-gone' ? ok(null) : answer
    },
  }
}

function inWords(failed: Failure, status: number, told: unknown, method: WooCall['method']): Failure {
  const { code } = refusal.catch({ code: '' }).parse(told)
  const words = (kind: Failure['kind'], slug: string, detail: string): Failure => ({ kind, slug, detail })
  if (failed.kind === 'rate_limited' || failed.kind === 'unavailable') return failed
  if (status >= 300 && status < 400)
    return words(
      'conflict',
      'shop-moved',
      'Your shop sends us on to another address. Connect it again with the address that your browser shows in the shop.',
    )
  if (status === 404)
    return /invalid_id$/.test(code)
      ? words('not_found', 'record-gone', 'The shop no longer has this record.')
      : words(
          'unavailable',
          'shop-not-found',
          'WooCommerce does not answer at your shop. Check that the plugin is active and that permalinks are not "Plain".',
        )
  if (code.endsWith('invalid_page_number')) return words('invalid', 'page-beyond', 'There is no such page.')
  if (status === 401 && method !== undefined && method !== 'GET')
    return words(
      'forbidden',
      'key-reads-only',
      'The key may only read, so the shop cannot tell us of changes at once. Give it the permission Read/Write.',
    )
  if (status === 401) return code.includes('cannot_') ? mayNot() : reconnect(VENDOR)
  if (status === 403 && code === '')
    return words(
      'forbidden',
      'shop-firewall',
      'A firewall in front of your shop turns us away. Allow requests to /wp-json/wc/ in your security plugin or at your host.',
    )
  return status === 403 ? mayNot() : failed
}

const mayNot = (): Failure => ({
  kind: 'forbidden',
  slug: 'permission-missing',
  detail: `${VENDOR} knows the key but does not let it read this. The key's user must be a shop manager or an administrator.`,
})

const silent = () =>
  fail(
    'unavailable',
    'shop-slow',
    `Your shop did not answer within ${TIMEOUT_SECONDS} seconds. We try again by ourselves; if this goes on, ask your host.`,
  )

const notData = () =>
  fail(
    'unavailable',
    'shop-not-json',
    'Your shop answered with a page instead of data. A maintenance page, a cache or a plugin may stand in the way of /wp-json/.',
  )

function countIn(headers: Headers, name: string): number | null {
  const text = headers.get(name) ?? ''
  return /^\d{1,9}$/.test(text) ? Number(text) : null
}

/** Some plugins print a warning or a byte order mark before the data. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}
