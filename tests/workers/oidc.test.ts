// Google and Microsoft as ways in, against a provider of our own: what holds lets in, every lie is refused and changes nothing.
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { app } from '../../src/app.tsx'
import type { Env } from '../../src/env.ts'
import { ORIGIN } from '../support/browser.ts'
import { type Issuer, type Lies, makeIssuer } from '../support/issuer.ts'
import { signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const GOOGLE = 'https://accounts.google.com'
const MICROSOFT = 'https://login.microsoftonline.com/common/v2.0'
const TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad'
const HOME = `https://login.microsoftonline.com/${TENANT}/v2.0`

let world: World
let google: Issuer
let microsoft: Issuer
let number = 0

const env = {
  ...testEnv,
  GOOGLE_SIGN_IN_CLIENT_ID: 'client-of-ours',
  GOOGLE_SIGN_IN_CLIENT_SECRET: 'secret-of-ours',
  MICROSOFT_SIGN_IN_CLIENT_ID: 'client-of-ours',
  MICROSOFT_SIGN_IN_CLIENT_SECRET: 'secret-of-ours',
} as unknown as Env

beforeAll(async () => {
  world = await makeWorld(new Date().toISOString())
  google = await makeIssuer(GOOGLE, { now: () => Date.now() })
  microsoft = await makeIssuer(MICROSOFT, { now: () => Date.now(), issuer: HOME })
  const real = globalThis.fetch
  vi.stubGlobal('fetch', (input: string | URL | Request, init?: RequestInit) => {
    const url = String(input instanceof Request ? input.url : input)
    if (url.startsWith(GOOGLE)) return google.fetch(input, init)
    return url.startsWith(MICROSOFT) ? microsoft.fetch(input, init) : real(input as RequestInfo, init)
  })
})
afterAll(() => vi.unstubAllGlobals())
beforeEach(() => {
  google.down = false
})

async function go(
  path: string,
  cookie = '',
  body?: Record<string, string>,
  within: Env = env,
): Promise<Response> {
  const context = createExecutionContext()
  const request = new Request(`${ORIGIN}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      Cookie: cookie,
      'CF-Connecting-IP': `203.0.${++number % 250}.${Math.floor(number / 250)}`,
      ...(body
        ? { 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/x-www-form-urlencoded' }
        : {}),
    },
    body: body && new URLSearchParams(body).toString(),
    redirect: 'manual',
  })
  const response = await app.fetch(request, within, context)
  await waitOnExecutionContext(context)
  return response
}

const cookieOf = (response: Response, name: string): string =>
  new RegExp(`${name}=[^;]+`).exec(response.headers.getSetCookie().join('\n'))?.[0] ?? ''

interface Outside {
  sub: string
  email: string
  email_verified?: boolean
  name?: string
  [claim: string]: unknown
}

/** Sets out: the address of the provider and the cookie of the way. */
async function setOut(kind = 'google', query = '', cookie = '') {
  const response = await go(`/sign-in/with/${kind}${query}`, cookie)
  const location = response.headers.get('Location') ?? ''
  const state = new URL(location).searchParams.get('state') ?? ''
  return { response, location, state, way: cookieOf(response, 'outside') }
}

const back = (kind: string, code: string, state: string, cookie: string) =>
  go(`/sign-in/with/${kind}/callback?${new URLSearchParams({ code, state })}`, cookie)

/** There and back, as a browser does it. */
async function visit(
  who: Outside,
  options: { kind?: string; lies?: Lies; query?: string; cookie?: string } = {},
) {
  const { kind = 'google', lies, query = '', cookie = '' } = options
  const begun = await setOut(kind, query, cookie)
  const code = (kind === 'google' ? google : microsoft).agree(begun.location, who, lies)
  const response = await back(kind, code, begun.state, [cookie, begun.way].filter(Boolean).join('; '))
  return { ...begun, code, answer: response }
}

const person = (more: Partial<Outside> = {}): Outside => ({
  sub: `sub-${++number}`,
  email: `person${number}@harbour.example`,
  email_verified: true,
  name: 'Nora Gull',
  ...more,
})

/** Signs somebody up by Google; answers the session cookie. */
async function signedUp(who: Outside): Promise<string> {
  const { answer } = await visit(who)
  const ticket = cookieOf(answer, 'outside')
  const done = await go('/sign-up/with', ticket, { name: who.name ?? '', workspace: 'Harbour' })
  return cookieOf(done, 'session')
}

async function rows(): Promise<string> {
  const tables = ['people', 'identities', 'sessions', 'memberships', 'workspaces']
  const dumps = await testEnv.DB.batch(tables.map((table) => testEnv.DB.prepare(`SELECT * FROM ${table}`)))
  return JSON.stringify(dumps.map((dump) => dump.results))
}

test('without settings there is no button and no door', async () => {
  expect(await (await go('/sign-in', '', undefined, testEnv)).text()).not.toContain('/sign-in/with/')
  expect((await go('/sign-in/with/google', '', undefined, testEnv)).status).toBe(404)
  const html = await (await go('/sign-in')).text()
  expect(html).toContain('Sign in with Google')
  expect(html).toContain('Sign in with Microsoft')
})

test('the way there asks for a code with PKCE, state and nonce, kept in a cookie that scripts cannot read', async () => {
  const { location, response, way } = await setOut()
  const query = new URL(location).searchParams
  expect(response.status).toBe(303)
  expect(query.get('response_type')).toBe('code')
  expect(query.get('code_challenge_method')).toBe('S256')
  expect(query.get('redirect_uri')).toBe(`${ORIGIN}/sign-in/with/google/callback`)
  for (const name of ['state', 'nonce', 'code_challenge']) expect(query.get(name)?.length).toBeGreaterThan(30)
  const set = response.headers.getSetCookie().join('\n')
  expect(set).toContain('HttpOnly')
  expect(set).toContain('SameSite=Lax')
  expect(way).not.toContain(query.get('nonce') ?? 'none')
})

describe('somebody new', () => {
  test('makes an account without a password, and comes back by the same way', async () => {
    const who = person()
    const { answer } = await visit(who)
    expect(answer.headers.get('Location')).toBe('/sign-up/with')
    const ticket = cookieOf(answer, 'outside')
    const form = await (await go('/sign-up/with', ticket)).text()
    expect(form).toContain('value="Nora Gull"')
    expect(form).toContain(who.email)
    expect(form).not.toContain('type="password"')
    const done = await go('/sign-up/with', ticket, { name: 'Nora Gull', workspace: 'Harbour' })
    expect([done.status, done.headers.get('Location')]).toEqual([303, '/'])
    const again = await go('/sign-up/with', ticket, { name: 'Nora Gull', workspace: 'Harbour' })
    expect(cookieOf(again, 'session')).toBe('')
    const second = await visit(who)
    expect(cookieOf(second.answer, 'session')).not.toBe('')
    const row = await world.services.directory.personByEmail(who.email)
    expect([row?.password_hash, row?.email_verified_at === null]).toEqual(['', false])
  })

  test.each(['', ' ', 'wrong'])('has no password that fits: %j', async (password) => {
    const who = person()
    await signedUp(who)
    const response = await go('/sign-in', '', { email: who.email, password })
    expect([response.status, cookieOf(response, 'session')]).toEqual([401, ''])
  })

  test('is not taken in where sign-ups are closed', async () => {
    const closed = { ...env, SIGNUPS: 'closed' } as unknown as Env
    const begun = await setOut()
    const code = google.agree(begun.location, person())
    const before = await rows()
    const query = new URLSearchParams({ code, state: begun.state })
    const response = await go(`/sign-in/with/google/callback?${query}`, begun.way, undefined, closed)
    expect(response.status).toBe(403)
    expect(await rows()).toBe(before)
  })

  test('joins by an invitation to the address that the provider vouches for', async () => {
    const tenant = await world.workspace({ name: 'Lighthouse' })
    const who = person()
    const { invite } = await import('../../src/modules/workspace/index.ts')
    await invite(world.services, tenant, { email: who.email, role: 'viewer' })
    const mail = (await world.services.directory.latestMails(20)).find((row) => row.recipient === who.email)
    const path = /http:\/\/example\.com(\/invitations\/\S+)/.exec(mail?.text_body ?? '')?.[1] ?? ''
    const { answer } = await visit(who, { query: `?next=${encodeURIComponent(path)}` })
    expect(answer.headers.get('Location')).toBe(path)
    const ticket = cookieOf(answer, 'outside')
    const page = await (await go(path, ticket)).text()
    expect(page).not.toContain('type="password"')
    const joined = await go(path, ticket, { name: 'Nora' })
    const session = cookieOf(joined, 'session')
    expect(await (await go('/settings/people', session)).text()).toContain('Lighthouse')
    expect(cookieOf((await visit(who)).answer, 'session')).not.toBe('')
  })
})

describe('an address that has an account', () => {
  test('is never linked silently: its owner signs in once, then confirms', async () => {
    const tenant = await world.workspace()
    const { cookie, personId } = await signInAs(tenant.tenantId, 'owner', Date.now())
    const email = (await world.services.directory.person(personId))?.email ?? ''
    const who = person({ email })
    const before = await rows()
    const { answer } = await visit(who)
    expect(await answer.text()).toContain('Sign in to it as you did before')
    expect(await rows()).toBe(before)
    const ticket = cookieOf(answer, 'outside')
    expect((await go('/settings/accounts/link', ticket, {})).headers.get('Location')).toContain('/sign-in')
    const linked = await go('/settings/accounts/link', `${cookie}; ${ticket}`, {})
    expect(linked.headers.get('Location')).toBe('/settings/security')
    expect(cookieOf((await visit(who)).answer, 'session')).not.toBe('')
    expect(await (await go('/settings/security', cookie)).text()).toContain(email)
  })

  test('whoever has a second factor is asked for it', async () => {
    const who = person()
    await signedUp(who)
    const row = await world.services.directory.personByEmail(who.email)
    await testEnv.DB.prepare(`UPDATE people SET totp_secret = 'x', totp_enabled_at = '2026' WHERE id = ?1`)
      .bind(row?.id ?? '')
      .run()
    const { answer } = await visit(who)
    expect(cookieOf(answer, 'session')).toBe('')
    expect(await answer.text()).toContain('One more step')
  })
})

const refusals: [string, Lies][] = [
  ['of another issuer', { claims: { iss: 'https://evil.example' } }],
  ['for another audience', { claims: { aud: 'somebody-else' } }],
  ['for several audiences without word of which is meant', { claims: { aud: ['client-of-ours', 'b'] } }],
  ['authorised for another party', { claims: { azp: 'somebody-else' } }],
  ['with another nonce', { claims: { nonce: 'another' } }],
  ['without a nonce', { without: ['nonce'] }],
  ['without a subject', { without: ['sub'] }],
  ['without an end', { without: ['exp'] }],
  ['that is over', { claims: { exp: Math.floor(Date.now() / 1000) - 120 } }],
  ['from the future', { claims: { iat: Math.floor(Date.now() / 1000) + 600 } }],
  ['that is old', { claims: { iat: Math.floor(Date.now() / 1000) - 3600 } }],
  ['signed by an unknown key', { signed: 'unknown-key' }],
  ['signed by a stranger under a known id', { signed: 'stranger-under-known-id' }],
  ['not signed at all', { signed: 'none' }],
  ['signed with the public key as a shared secret', { signed: 'hs256-with-public-key' }],
]

describe('an ID token', () => {
  test.each(refusals)('%s lets nobody in and changes nothing', async (_what, lies) => {
    const who = person()
    await signedUp(who)
    const before = await rows()
    const { answer } = await visit(who, { lies })
    expect([answer.status, cookieOf(answer, 'session')]).toEqual([401, ''])
    expect(await rows()).toBe(before)
  })

  test('that does not vouch for the address makes and links no account, whether it has one or not', async () => {
    const known = person()
    await signedUp(known)
    const before = await rows()
    const pages: string[] = []
    for (const email of [known.email, 'free@harbour.example']) {
      const { answer } = await visit(person({ email, email_verified: false }))
      expect([answer.status, cookieOf(answer, 'outside')]).toEqual([403, ''])
      pages.push(await answer.text())
    }
    expect(pages[0]).toBe(pages[1])
    expect(await rows()).toBe(before)
  })
})

describe('the way back', () => {
  test('works once: neither the state nor the code a second time', async () => {
    const who = person()
    await signedUp(who)
    const { code, state, way, answer } = await visit(who)
    expect(cookieOf(answer, 'session')).not.toBe('')
    const before = await rows()
    const replayed = await back('google', code, state, way)
    expect([replayed.status, cookieOf(replayed, 'session')]).toEqual([401, ''])
    const other = await setOut()
    const sameCode = await back('google', code, other.state, other.way)
    expect([sameCode.status, cookieOf(sameCode, 'session')]).toEqual([401, ''])
    expect(await rows()).toBe(before)
  })

  test('is bound to the browser that set out', async () => {
    const who = person()
    await signedUp(who)
    const [mine, theirs] = [await setOut(), await setOut()]
    const code = google.agree(theirs.location, who)
    for (const [state, cookie] of [
      [theirs.state, mine.way],
      [theirs.state, ''],
      ['', theirs.way],
    ] as const) {
      const response = await back('google', code, state, cookie)
      expect([response.status, cookieOf(response, 'session')]).toEqual([401, ''])
    }
    const swapped = await back('microsoft', code, theirs.state, theirs.way)
    expect(swapped.status).toBe(401)
  })

  test('says so when the person changed their mind or the provider is down', async () => {
    const { state, way } = await setOut()
    const cancelled = await go(`/sign-in/with/google/callback?error=access_denied&state=${state}`, way)
    expect(await cancelled.text()).toContain('You did not sign in with Google')
    const begun = await setOut()
    const code = google.agree(begun.location, person())
    google.down = true
    const down = await back('google', code, begun.state, begun.way)
    expect(down.status).toBe(503)
    expect(await down.text()).toContain('Google does not answer right now')
  })
})

describe('Microsoft', () => {
  test('is believed for the tenant that the token names, and about an address only by xms_edov', async () => {
    const who = { ...person(), tid: TENANT, xms_edov: true }
    const { answer } = await visit(who, { kind: 'microsoft' })
    expect(answer.headers.get('Location')).toBe('/sign-up/with')
    const silent = { ...person(), tid: TENANT, email_verified: true }
    expect((await visit(silent, { kind: 'microsoft' })).answer.status).toBe(403)
  })
  test.each([['00000000-0000-4000-8000-000000000000'], ['{tenantid}'], [undefined]])(
    'a token of tenant %s under another issuer is refused',
    async (tid) => {
      const who = { ...person(), tid, xms_edov: true }
      expect((await visit(who, { kind: 'microsoft' })).answer.status).toBe(401)
    },
  )
})

describe('linked accounts', () => {
  test('are linked under settings, belong to one person, and the last way in is not unlinked', async () => {
    const who = person()
    const cookie = await signedUp(who)
    const security = await (await go('/settings/security', cookie)).text()
    const path = /\/settings\/accounts\/\w+\/removal/.exec(security)?.[0] ?? ''
    const kept = await go(path, cookie, { confirmed: 'yes' })
    expect(kept.status).toBe(409)
    expect(await kept.text()).toContain('only way you can sign in')
    const extra = { ...person(), tid: TENANT }
    const linked = await visit(extra, { kind: 'microsoft', query: '?mode=link', cookie })
    expect(linked.answer.headers.get('Location')).toBe('/settings/security')
    expect((await go(path, cookie, { confirmed: 'yes' })).status).toBe(303)
    const stranger = await signedUp(person())
    const taken = await visit(extra, { kind: 'microsoft', query: '?mode=link', cookie: stranger })
    expect(taken.answer.status).toBe(409)
  })

  test('prove again who one is, and only the own one does', async () => {
    const who = person()
    const cookie = await signedUp(who)
    const wrong = await visit(person(), { query: '?mode=prove&next=/settings/profile', cookie })
    expect(cookieOf(wrong.answer, 'session')).toBe('')
    const right = await visit(who, { query: '?mode=prove&next=/settings/profile', cookie })
    expect(right.answer.headers.get('Location')).toBe('/settings/profile')
    expect(cookieOf(right.answer, 'session')).not.toBe('')
  })

  test('a password can be set by whoever has none, and then signs in', async () => {
    const who = person()
    const cookie = await signedUp(who)
    const set = (cookies: string) => go('/settings/password/first', cookies, { next: 'gulls over the pier' })
    expect((await set(cookie)).headers.get('Location')).toBe('/settings/profile')
    const inside = await go('/sign-in', '', { email: who.email, password: 'gulls over the pier' })
    expect(cookieOf(inside, 'session')).not.toBe('')
    expect((await set(cookie)).status).toBe(409)
  })
})
