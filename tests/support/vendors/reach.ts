/** Lets vendor clients reach stand-ins: `fetch` is replaced, every host but a stand-in's own is unreachable. */
import { vi } from 'vitest'
import { createVendors } from '../../../src/connectors/vendors.ts'
import { parseSettings, type Settings } from '../../../src/env.ts'
import type { KeyMethod, OauthMethod, Vendor, VendorContext } from '../../../src/platform/vendor.ts'
import { APP, CALLBACK, type StandIn } from './stand-in.ts'

export const NOW = Date.parse('2026-11-23T12:00:00Z')
const VERIFIER = 'verifier-of-at-least-forty-three-characters-in-length'

export const settingsWith = (more: Record<string, unknown> = {}): Settings =>
  parseSettings({ ENVIRONMENT: 'test', ...more } as never)

/** What the vendor was asked: method and address, never a body. */
export function reach(standIn: StandIn): string[] {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const request = new Request(url, init)
    asked.push(`${request.method} ${request.url}`)
    if (!standIn.hosts.includes(new URL(url).host)) throw new TypeError(`no route to ${url}`)
    return standIn.answer(request)
  })
  return asked
}

/** Every call is answered so, whatever it asks. */
export const reachMood = (status: number, headers: Record<string, string> = {}): void =>
  void vi.stubGlobal('fetch', async () => new Response('{"message":"no"}', { status, headers }))

export function vendor(kind: string, more: Record<string, unknown> = {}): Vendor {
  const found = createVendors(settingsWith(more), { allowPrivate: [] }).find((one) => one.kind === kind)
  if (!found) throw new Error(`no vendor ${kind}`)
  return found
}

export const oauthOf = (one: Vendor) =>
  one.methods.find((method): method is OauthMethod => method.kind === 'oauth') as OauthMethod

export const keyOf = (one: Vendor) =>
  one.methods.find((method): method is KeyMethod => method.kind === 'key') as KeyMethod

export const context = (now = NOW, app: VendorContext['app'] = APP): VendorContext => ({
  now,
  app,
  redirectUri: CALLBACK,
})

/** Goes to the consent page, agrees, and gives back what the browser brings along. */
export async function agree(one: Vendor, standIn: StandIn, input: Record<string, string>) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(VERIFIER))
  const challenge = Buffer.from(digest).toString('base64url')
  const started = oauthOf(one).start(input, { ...context(), state: 'state-1', challenge })
  if (!started.ok) throw new Error(started.error.detail)
  const query = await standIn.consent?.(new URL(started.value.url))
  if (!query) throw new Error('the stand-in has no consent page')
  return { query, url: new URL(started.value.url) }
}

export const finish = (
  one: Vendor,
  query: URLSearchParams,
  input: Record<string, string>,
  { now = NOW, app = APP, verifier = VERIFIER }: { now?: number; app?: typeof APP; verifier?: string } = {},
) => oauthOf(one).finish(new URLSearchParams(query), input, { ...context(now, app), verifier })

/** Parts of secrets that no words may hold. */
export const SECRETS = /SECRET|XYZZY|secret-|code-\d|access-\d|refresh-\d|token-\d|Atzr/
