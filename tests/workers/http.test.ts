// What every answer has in common: headers, cookies, limits, idempotency, problems, and what a caller may not claim to be.
import { createExecutionContext, runInDurableObject, waitOnExecutionContext } from 'cloudflare:test'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { app } from '../../src/app.tsx'
import { askForReset, invite, signUp } from '../../src/modules/workspace/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { KEY_SCOPES } from '../../src/platform/actor.ts'
import { makeAccounts, SETTINGS } from '../support/accounts.ts'
import { type AskOptions, ask, ownForm } from '../support/browser.ts'
import { keyFor, signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const DASHBOARDS = '/modules/mini-foundry/dashboards'

let world: World
let shop: Actor
let owner: { cookie: string; personId: string }
let bearer: { Authorization: string }

beforeAll(async () => {
  world = await makeWorld(new Date().toISOString())
  shop = await world.workspace({ name: 'Harbour' })
  owner = await signInAs(shop.tenantId, 'owner', world.clock.now())
  bearer = await newKey()
})

async function newKey(scopes: string[] = [...KEY_SCOPES], tenantId = shop.tenantId) {
  return { Authorization: (await keyFor(tenantId, scopes, world.clock.now())).authorization }
}

/** The same request to an installation of another kind. */
async function askWith(environment: 'production' | 'development', url: string, options: AskOptions = {}) {
  const context = createExecutionContext()
  const settings = { ...testEnv, ENVIRONMENT: environment, PUBLIC_URL: 'https://shop.example' }
  const response = await app.fetch(new Request(url, { ...options, redirect: 'manual' }), settings, context)
  await waitOnExecutionContext(context)
  return response
}

async function headersOf(answer: Promise<Response>): Promise<Headers> {
  const response = await answer
  await response.text()
  return response.headers
}

const bodyOf = async (response: Response) => (await response.json()) as Record<string, unknown>

describe('headers', () => {
  const paths: [string, () => Promise<Response>][] = [
    ['a page for strangers', () => ask('/sign-in')],
    ['a page', () => ask('/settings/profile', { headers: { Cookie: owner.cookie } })],
    ['the API', () => ask('/modules/workspace/me', { headers: bearer })],
    ['a refusal of the API', () => ask('/modules/workspace/me')],
    ['an address that is not there', () => ask('/no/such/page')],
    ['a move to another page', () => ask('/settings/profile')],
  ]

  test.each(paths)('of %s allow nothing inline, no sniffing, no frames and no copies', async (_, answer) => {
    const headers = await headersOf(answer())
    const policy = headers.get('Content-Security-Policy') ?? ''
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ]) {
      expect(policy.split('; ')).toContain(rule)
    }
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('X-Frame-Options')).toBe('DENY')
    expect(headers.get('Referrer-Policy')).toBe('same-origin')
    expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin')
    expect(headers.get('Cache-Control')).toBe('no-store')
    expect(headers.get('X-Request-Id')).toMatch(/^[\w-]{16,}$/)
  })

  test('bind browsers to https for a year in production, and nowhere else', async () => {
    const production = await headersOf(askWith('production', 'https://shop.example/sign-in'))
    expect(production.get('Strict-Transport-Security')).toBe('max-age=31536000; includeSubDomains')
    const development = await headersOf(askWith('development', 'http://localhost:8787/sign-in'))
    expect(development.get('Strict-Transport-Security')).toBeNull()
    expect((await headersOf(ask('/sign-in'))).get('Strict-Transport-Security')).toBeNull()
  })
})

describe('cookies', () => {
  test.each([
    ['production', 'https://shop.example'],
    ['production', 'http://shop.example'],
    ['development', 'https://localhost:8787'],
  ] as const)('in %s at %s are __Host-, Secure, HttpOnly and SameSite=Lax', async (environment, origin) => {
    const { cookie } = await signInAs(shop.tenantId, 'viewer', world.clock.now())
    const response = await askWith(environment, `${origin}/sign-out`, {
      method: 'POST',
      headers: ownForm(`__Host-${cookie}`),
    })
    const cookies = response.headers.getSetCookie()
    expect(cookies.map((line) => line.split('=')[0]).sort()).toEqual(['__Host-flash', '__Host-session'])
    expect(cookies.find((line) => line.startsWith('__Host-session=;'))).toContain('Max-Age=0')
    for (const line of cookies) expect(line).toMatch(/; Path=\/.*; Secure|; Secure.*; Path=\//)
    const flash = cookies.find((line) => line.startsWith('__Host-flash')) ?? ''
    for (const flag of ['HttpOnly', 'SameSite=Lax', 'Max-Age=60']) expect(flash).toContain(flag)
    expect(cookies.join()).not.toContain('Domain')
  })

  test('without the prefix are not looked at in production', async () => {
    const ask = (cookie: string) =>
      askWith('production', 'https://shop.example/settings/profile', { headers: { Cookie: cookie } })
    expect((await headersOf(ask(owner.cookie))).get('Location')).toMatch(/^\/sign-in/)
    expect((await headersOf(ask(`__Host-${owner.cookie}`))).get('Location')).toBeNull()
  })
})

describe('an Idempotency-Key', () => {
  const make = (key: string, body: unknown, headers: Record<string, string> = bearer) =>
    ask(DASHBOARDS, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: JSON.stringify(body),
    })

  const named = async (name: string): Promise<number> =>
    (await testEnv.DB.prepare('SELECT count(*) AS n FROM dashboards WHERE name = ?1')
      .bind(name)
      .first<number>('n')) ?? 0

  test('with the same body again gives the first answer, and does the work once', async () => {
    const first = await make('order-1', { name: 'Once' })
    const again = await make('order-1', { name: 'Once' })
    expect([first.status, again.status]).toEqual([201, 201])
    expect(first.headers.get('Idempotency-Replayed')).toBeNull()
    expect(again.headers.get('Idempotency-Replayed')).toBe('true')
    expect(await again.text()).toBe(await first.text())
    expect(await named('Once')).toBe(1)
  })

  test('with another body is refused with 422', async () => {
    await make('order-2', { name: 'Earlier' })
    const other = await make('order-2', { name: 'Later' })
    expect(other.status).toBe(422)
    expect(await bodyOf(other)).toMatchObject({ type: '/problems/idempotency-key-reused' })
    expect(await named('Later')).toBe(0)
  })

  test('gives a refusal again as the refusal it was', async () => {
    const first = await make('order-3', { name: 'x', no_such_field: 1 })
    const again = await make('order-3', { name: 'x', no_such_field: 1 })
    expect([first.status, again.status]).toEqual([422, 422])
    expect(again.headers.get('Content-Type')).toBe(first.headers.get('Content-Type'))
    expect(await again.json()).toEqual(await first.json())
  })

  test('is of the caller: another key or workspace is given nothing of the answer', async () => {
    const reader = await newKey(['foundry:read'])
    const neighbour = await newKey([...KEY_SCOPES], (await world.workspace()).tenantId)
    const first = await bodyOf(await make('order-4', { name: 'Private' }))
    expect((await make('order-4', { name: 'Private' }, reader)).status).toBe(403)
    const theirs = await make('order-4', { name: 'Private' }, neighbour)
    expect(theirs.status).toBe(201)
    expect((await bodyOf(theirs)).id).not.toBe(first.id)
  })

  test('counts for a day', async () => {
    await make('order-5', { name: 'Daily' })
    await world.services.directory.setInstallationValue('clock_offset_ms', String(24 * 3_600_000 + 60_000))
    const nextDay = await make('order-5', { name: 'Daily' })
    await world.services.directory.setInstallationValue('clock_offset_ms', '0')
    expect(nextDay.headers.get('Idempotency-Replayed')).toBeNull()
    expect(await named('Daily')).toBe(2)
  })

  test('of two requests at the same moment lets one work', async () => {
    const answers = await Promise.all([
      make('order-6', { name: 'Twice' }),
      make('order-6', { name: 'Twice' }),
    ])
    for (const answer of answers) expect([201, 409]).toContain(answer.status)
    expect(answers.some(({ status }) => status === 201)).toBe(true)
    expect(await named('Twice')).toBe(1)
  })
})

describe('limits', () => {
  test('of a workspace stand in every answer to a key, and count down', async () => {
    const key = await newKey(['workspace:read'], (await world.workspace()).tenantId)
    const left = async () => {
      const headers = await headersOf(ask('/modules/workspace/me', { headers: key }))
      expect(headers.get('RateLimit-Policy')).toBe('"default";q=600;w=60')
      return Number(/^"default";r=(\d+);t=\d+$/.exec(headers.get('RateLimit') ?? '')?.[1])
    }
    const [first, second] = [await left(), await left()]
    expect(first).toBeLessThan(600)
    expect(second).toBeLessThanOrEqual(first)
  })

  test('let 600 calls through at once, of one workspace and not of another', async () => {
    const [busy, quiet] = [await world.workspace(), await world.workspace()]
    const quotaOf = ({ tenantId }: Actor) => testEnv.QUOTA.get(testEnv.QUOTA.idFromName(tenantId))
    // within one turn of the object no time passes, so nothing is refilled
    const calls = await runInDurableObject(quotaOf(busy), (quota) =>
      Array.from({ length: 601 }, () => quota.take()),
    )
    expect(calls.map(({ allowed }) => allowed)).toEqual([...Array(600).fill(true), false])
    expect(calls.at(-1)).toMatchObject({ remaining: 0, resetSeconds: 60, limit: 600 })
    expect(await quotaOf(quiet).take()).toMatchObject({ allowed: true, remaining: 599 })
  })

  test('once spent are told with 429 and the seconds to wait', async () => {
    const spent = { allowed: false, remaining: 0, resetSeconds: 7, limit: 600 }
    const asked: string[] = []
    const QUOTA = {
      idFromName: (name: string) => void asked.push(name),
      get: () => ({ take: async () => spent }),
    }
    const context = createExecutionContext()
    const refused = await app.fetch(
      new Request('http://example.com/modules/workspace/me', { headers: bearer }),
      { ...testEnv, QUOTA },
      context,
    )
    await waitOnExecutionContext(context)
    expect([refused.status, refused.headers.get('Retry-After'), asked]).toEqual([429, '7', [shop.tenantId]])
    expect(refused.headers.get('RateLimit')).toBe('"default";r=0;t=7')
    expect(await bodyOf(refused)).toMatchObject({ type: '/problems/too-many-requests', status: 429 })
  })
})

describe('another site', () => {
  const ORIGIN = 'https://elsewhere.example'

  test('may call the API with a key, never with a cookie', async () => {
    const headers = await headersOf(
      ask('/modules/workspace/me', {
        headers: { ...bearer, Origin: ORIGIN, 'Sec-Fetch-Site': 'cross-site' },
      }),
    )
    expect(headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(headers.get('Access-Control-Allow-Credentials')).toBeNull()
    const preflight = await ask(DASHBOARDS, {
      method: 'OPTIONS',
      headers: { Origin: ORIGIN, 'Access-Control-Request-Method': 'POST' },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('Access-Control-Allow-Headers')).toMatch(/Authorization/i)
    expect(preflight.headers.get('Access-Control-Allow-Credentials')).toBeNull()
  })

  test.each(['/sign-in', '/settings/profile', '/hooks/stripe/x', '/healthz'])(
    'may not read %s',
    async (path) => {
      const headers = await headersOf(ask(path, { headers: { Cookie: owner.cookie, Origin: ORIGIN } }))
      expect(headers.get('Access-Control-Allow-Origin')).toBeNull()
    },
  )
})

describe('a live connection', () => {
  const connect = async (headers: Record<string, string>) => {
    const response = await ask('/live?kind=dashboard&id=first', {
      headers: { Cookie: owner.cookie, Upgrade: 'websocket', ...headers },
    })
    response.webSocket?.accept()
    response.webSocket?.close()
    return response.status
  }

  test('is opened by our own pages only', async () => {
    expect(await connect({ Origin: 'https://elsewhere.example' })).toBe(403)
    expect(await connect({ Origin: 'http://example.com', 'Sec-Fetch-Site': 'cross-site' })).toBe(403)
    expect(await connect({})).toBe(403)
    expect(await connect({ Origin: 'http://example.com' })).toBe(101)
  })

  test('needs the session of somebody who is signed in', async () => {
    expect(await connect({ Cookie: '', Origin: 'http://example.com' })).toBe(303)
    expect(await connect({ Cookie: 'session=a.b', Origin: 'http://example.com' })).toBe(303)
    expect(await connect({ ...bearer, Cookie: '', Origin: 'http://example.com' })).toBe(401)
  })
})

describe('a problem', () => {
  test('is problem+json that names the request, in the header and the body alike', async () => {
    const response = await ask('/modules/workspace/me')
    expect(response.status).toBe(401)
    expect(response.headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8')
    expect(response.headers.get('WWW-Authenticate')).toBe('Bearer')
    expect(await response.json()).toEqual({
      type: expect.stringMatching(/^\/problems\/[a-z-]+$/),
      title: 'Sign in or send an API key',
      status: 401,
      detail: expect.stringMatching(/^[A-Z].*\.$/),
      instance: `urn:request:${response.headers.get('X-Request-Id')}`,
    })
  })

  test('of input names each field that is wrong', async () => {
    const response = await ask('/modules/workspace/settings', {
      method: 'PUT',
      headers: { ...bearer, 'Content-Type': 'application/json' },
      body: JSON.stringify({ time_zone: 'Mars/Olympus', week_start: 'Monday' }),
    })
    expect(response.status).toBe(422)
    expect(await bodyOf(response)).toMatchObject({ errors: [{ path: 'week_start' }] })
  })

  test.each([
    ['{"name":', 400],
    ['', 400],
    ['[]', 422],
    ['"a dashboard"', 422],
  ])('of the body %j is %i, with no word of our machinery', async (body, status) => {
    const response = await ask(DASHBOARDS, {
      method: 'POST',
      headers: { ...bearer, 'Content-Type': 'application/json' },
      body,
    })
    const text = await response.text()
    expect(response.status).toBe(status)
    expect(response.headers.get('Content-Type')).toContain('application/problem+json')
    expect(text).not.toMatch(/SyntaxError|at .*\.ts|node_modules|SQLITE|D1_/)
  })

  test('of a body of another kind is 415 over the API, and a page for people who sent no form', async () => {
    const xml = { ...bearer, 'Content-Type': 'application/xml' }
    const forPrograms = await ask(DASHBOARDS, { method: 'POST', headers: xml, body: '<name>x</name>' })
    expect([forPrograms.status, (await bodyOf(forPrograms)).type]).toEqual([
      415,
      '/problems/unsupported-media-type',
    ])
    const json = { 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/json' }
    const forPeople = await ask('/sign-in', { method: 'POST', headers: json, body: '{}' })
    expect([forPeople.status, forPeople.headers.get('Content-Type')]).toEqual([
      400,
      expect.stringContaining('html'),
    ])
    expect(await forPeople.text()).toContain('cannot be read')
  })

  test('of our own says nothing of its cause, and keeps the headers of every answer', async () => {
    const context = createExecutionContext()
    const broken = { ...testEnv, MASTER_KEYS: 'k1:bm90LWEta2V5' }
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const response = await app.fetch(new Request('https://shop.example/sign-in'), broken, context)
    await waitOnExecutionContext(context)
    const text = await response.text()
    const logged = log.mock.calls.map(([line]) => JSON.parse(String(line)))
    log.mockRestore()
    expect(logged).toMatchObject([{ event: 'request.failed', error: expect.stringContaining('MASTER_KEYS') }])
    expect(JSON.stringify(logged)).not.toContain('bm90LWEta2V5')
    expect(response.status).toBe(503)
    expect(text).toContain('Something went wrong on our side.')
    expect(text).not.toMatch(/MASTER_KEYS|bm90LWEta2V5|Error:|\.ts/)
    expect(text).toContain(`urn:request:${response.headers.get('X-Request-Id')}`)
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
  })

  test('of an address that is not there is JSON for programs and a page for people', async () => {
    const forPrograms = await ask('/modules/no-such-thing', { headers: bearer })
    expect([forPrograms.status, (await bodyOf(forPrograms)).type]).toEqual([404, '/problems/not-found'])
    for (const headers of [{ Cookie: '' }, { Cookie: owner.cookie }]) {
      const forPeople = await ask('/no/such/page', { headers })
      expect(forPeople.status).toBe(404)
      expect(forPeople.headers.get('Content-Type')).toMatch(/^text\/html/)
      const html = await forPeople.text()
      expect(html).toContain('There is nothing at this address.')
      expect(html).toContain(forPeople.headers.get('X-Request-Id'))
    }
  })

  test('a request id that could break a log is replaced', async () => {
    const given = async (id: string) =>
      (await headersOf(ask('/healthz', { headers: { 'X-Request-Id': id } }))).get('X-Request-Id')
    expect(await given('trace-0123456789abcdef')).toBe('trace-0123456789abcdef')
    expect(await given('{"event":"forged"} <b>')).toMatch(/^[\w-]{16,}$/)
    expect(await given('x'.repeat(300))).not.toContain('xxx')
  })
})

describe('what a caller says of itself', () => {
  test.each([
    'X-User-Id',
    'X-Person-Id',
    'X-Tenant-Id',
    'X-Role',
    'X-Forwarded-User',
    'Cf-Access-Jwt-Assertion',
  ])('in %s makes nobody of a stranger', async (name) => {
    const response = await ask('/modules/workspace/me', { headers: { [name]: owner.personId } })
    await response.text()
    expect(response.status).toBe(401)
  })

  test('changes neither person, role nor workspace of a key or a session', async () => {
    const other = await world.workspace({ name: 'Other' })
    const viewer = await signInAs(shop.tenantId, 'viewer', world.clock.now())
    const claims = {
      'X-User-Id': owner.personId,
      'X-Tenant-Id': other.tenantId,
      'X-Role': 'owner',
    }
    const me = async (headers: Record<string, string>) =>
      bodyOf(await ask(`/modules/workspace/me?tenant_id=${other.tenantId}&role=owner`, { headers }))
    expect(await me({ ...bearer, ...claims })).toEqual(await me(bearer))
    expect(await me({ Cookie: viewer.cookie, ...claims })).toMatchObject({
      id: viewer.personId,
      role: 'viewer',
      workspace_id: shop.tenantId,
    })
  })

  test('of its address counts only when the network edge says it', async () => {
    const key = await newKey(['workspace:manage'])
    await (
      await ask('/modules/workspace/settings', {
        method: 'PUT',
        headers: {
          ...key,
          'Content-Type': 'application/json',
          'X-Forwarded-For': '192.0.2.77',
          'X-Real-IP': '192.0.2.77',
          'True-Client-IP': '192.0.2.77',
          'CF-Connecting-IP': '198.51.100.9',
        },
        body: JSON.stringify({ industry: 'boats' }),
      })
    ).text()
    const { results } = await testEnv.DB.prepare(
      `SELECT ip_prefix FROM audit_log WHERE tenant_id = ?1 AND action = 'workspace.changed'`,
    )
      .bind(shop.tenantId)
      .all()
    expect(results).toEqual([{ ip_prefix: '198.51.100.0/24' }])
  })
})

describe('opening', () => {
  /** Every row of every table, as text. */
  async function everything(): Promise<string> {
    const { results: tables } = await testEnv.DB.prepare(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' ORDER BY name`,
    ).all<{ name: string }>()
    const dumps = await testEnv.DB.batch(
      tables.map(({ name }) => testEnv.DB.prepare(`SELECT * FROM "${name}"`)),
    )
    return JSON.stringify(dumps.map(({ results }, at) => [tables[at]?.name, results]))
  }

  test.each([
    '/settings',
    '/settings/profile',
    '/settings/security',
    '/settings/second-factor',
    '/settings/people',
    '/settings/keys',
    '/settings/audit',
    '/settings/audit?actor=a&action=b&from=2026-01-01',
    '/workspaces/new',
    '/prove?next=/settings',
    '/sign-in',
    '/reset',
  ])('%s changes no row of any table', async (path) => {
    const before = await everything()
    const response = await ask(path, { headers: { Cookie: owner.cookie } })
    await response.text()
    expect(response.status).toBeLessThan(400)
    expect(await everything()).toBe(before)
  })

  test('a mailed link changes no row of any table, so a mail scanner spends nothing', async () => {
    const accounts = await makeAccounts()
    accounts.world.clock.advance(world.clock.now() - accounts.world.clock.now())
    const email = 'scanned@harbour.example'
    const linkTo = async (kind: string) =>
      `/${kind}/${(await accounts.mailsTo(email)).find(({ token }) => token !== '')?.token}`
    await signUp(
      accounts.services,
      { name: 'Nora', email, password: 'salt wind and linen', workspace: 'Harbour' },
      SETTINGS,
      'unknown',
    )
    const links = [await linkTo('verify')]
    await askForReset(accounts.services, email, 'unknown')
    links.push(await linkTo('reset'))
    await invite(accounts.services, shop, { email, role: 'viewer' })
    links.push(await linkTo('invitations'))
    const before = await everything()
    for (const link of [...links, ...links]) {
      const response = await ask(link)
      expect([link.split('/')[1], response.status]).toEqual([link.split('/')[1], 200])
      expect(await response.text()).toContain('<form')
      expect(response.headers.getSetCookie()).toEqual([])
    }
    expect(await everything()).toBe(before)
  })
})
