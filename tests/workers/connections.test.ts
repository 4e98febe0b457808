// Connecting, checking, sharing and ending connections, through actions and doors.
import { beforeEach, describe, expect, test, vi } from 'vitest'
import * as vendors from '../../src/connectors/vendors.ts'
import {
  appFor,
  changeConnector,
  checkNow,
  connectByKey,
  disconnect,
  finishOauth,
  openCredentials,
  readCatalogue,
  readConnector,
  saveOwnApp,
  sendDueChecks,
  startOauth,
  usableConnector,
} from '../../src/modules/connections/index.ts'
import type { Actor, Role } from '../../src/platform/actor.ts'
import { ask, ownForm } from '../support/browser.ts'
import { FAKE_APP, shared as vendor } from '../support/fake-vendor.ts'
import { keyFor, signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

vi.spyOn(vendors, 'createVendors').mockReturnValue([vendor.vendor])
const apps = vi.spyOn(vendors, 'appsOf').mockReturnValue({ fakeshop: FAKE_APP })

const DAY = 86_400_000

let world: World
let shop: Actor
let owner: Actor
let cookie: string

beforeEach(async () => {
  apps.mockReturnValue({ fakeshop: FAKE_APP })
  world = await makeWorld(new Date().toISOString())
  await testEnv.DB.prepare('DELETE FROM due').run()
  shop = await world.workspace()
  ;({ actor: owner, cookie } = await person('owner'))
  Object.assign(vendor, { mood: 'well', lenient: false, holdsFor: 30 * DAY, checks: 0, revoked: [] })
})

async function person(role: Role, of = shop): Promise<{ actor: Actor; cookie: string }> {
  const signed = await signInAs(of.tenantId, role, world.clock.now())
  return { actor: { ...of, kind: 'person', id: signed.personId, role }, cookie: signed.cookie }
}

async function begin(actor = owner, fields = { shop: 'harbour' }, connectorId: string | null = null) {
  const started = await startOauth(world.services, actor, { kind: 'fakeshop', fields, connectorId })
  if (!started.ok) throw new Error(started.error.detail)
  return new URL(started.value.url).searchParams
}

const comeBack = (state: string, actor = owner, more: Record<string, string> = { code: 'good' }) =>
  finishOauth(world.services, actor, new URLSearchParams({ state, ...more }))

async function connected(fields = { shop: 'harbour' }): Promise<string> {
  const landed = await comeBack((await begin(owner, fields)).get('state') ?? '')
  if (!landed.ok) throw new Error(landed.error.detail)
  return landed.value.id
}

async function rowOf(id: string) {
  const read = await readConnector(world.services, shop, id)
  if (!read.ok) throw new Error(read.error.detail)
  return read.value.connector
}

async function count(sql: string, ...values: string[]): Promise<number> {
  const row = await testEnv.DB.prepare(sql)
    .bind(shop.tenantId, ...values)
    .first<{ n: number }>()
  return row?.n ?? 0
}

const eventsOf = (type: string) =>
  count('SELECT count(*) AS n FROM outbox WHERE tenant_id = ?1 AND type = ?2', type)

const rows = () => count('SELECT count(*) AS n FROM connectors WHERE tenant_id = ?1')

async function addSource(connectorId: string, id = crypto.randomUUID()): Promise<string> {
  await testEnv.DB.prepare(
    `INSERT INTO data_sources (tenant_id, id, connector_id, source_type, name, sync_status, counts_as_sales, created_at, updated_at)
     VALUES (?1, ?2, ?3, 'fakeshop', 'Harbour', 'ok', 1, ?4, ?4)`,
  )
    .bind(shop.tenantId, id, connectorId, new Date().toISOString())
    .run()
  return id
}

const sourceOf = (id: string) =>
  testEnv.DB.prepare('SELECT sync_status, connector_id FROM data_sources WHERE tenant_id = ?1 AND id = ?2')
    .bind(shop.tenantId, id)
    .first<{ sync_status: string; connector_id: string }>()

describe('connecting by consent', () => {
  test('makes a row with sealed credentials, an audit entry and an event', async () => {
    const query = await begin()
    expect(query.get('client_id')).toBe(FAKE_APP.clientId)
    expect(query.get('redirect_uri')).toBe('http://example.com/oauth/callback')
    const landed = await comeBack(query.get('state') ?? '')
    if (!landed.ok) throw new Error(landed.error.detail)
    expect(await rowOf(landed.value.id)).toMatchObject({
      status: 'connected',
      name: 'Fakeshop: The harbour shop',
      account: 'harbour.fake.example',
      scopes: ['read_orders'],
      method: 'oauth',
    })
    const raw = await testEnv.DB.prepare('SELECT * FROM connectors WHERE id = ?1')
      .bind(landed.value.id)
      .first()
    expect(JSON.stringify(raw)).not.toMatch(/access-\d|refresh-\d/)
    expect(await openCredentials(world.services, shop.tenantId, landed.value.id)).toMatchObject({
      accessToken: expect.stringMatching(/^access-/),
    })
    expect(await eventsOf('connection.connected')).toBe(1)
    expect(
      await count(
        `SELECT count(*) AS n FROM audit_log WHERE tenant_id = ?1 AND action = 'connector.created'`,
      ),
    ).toBe(1)
  })

  test('sends the S256 challenge of the verifier that is spent, and hides the verifier in the state', async () => {
    const query = await begin()
    const landed = await comeBack(query.get('state') ?? '')
    expect(landed.ok).toBe(true)
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(vendor.verifier))
    const challenge = btoa(String.fromCharCode(...new Uint8Array(digest)))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '')
    expect(query.get('code_challenge')).toBe(challenge)
    expect(
      atob((query.get('state') ?? '').split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? ''),
    ).not.toContain(vendor.verifier)
  })

  test('is asked for a field that is missing or wrong', async () => {
    const start = (fields: Record<string, string>) =>
      startOauth(world.services, owner, { kind: 'fakeshop', fields })
    expect(await start({})).toMatchObject({ error: { errors: [{ path: 'shop' }] } })
    expect(await start({ shop: 'no spaces here' })).toMatchObject({ error: { errors: [{ path: 'shop' }] } })
    expect(await start({ shop: 'harbour', colour: 'red' })).toMatchObject({
      error: { errors: [{ path: 'colour' }] },
    })
  })

  test('is not begun by a member, by a key or without an app', async () => {
    const wish = { kind: 'fakeshop', fields: { shop: 'harbour' } }
    const { actor: member } = await person('member')
    expect(await startOauth(world.services, member, wish)).toMatchObject({ error: { kind: 'forbidden' } })
    expect(await startOauth(world.services, { ...owner, kind: 'key' }, wish)).toMatchObject({
      error: { kind: 'forbidden' },
    })
    const bare = { ...world.services, apps: {} }
    expect(await startOauth(bare, owner, wish)).toMatchObject({ error: { slug: 'vendor-app-missing' } })
  })

  test('uses the own app of the workspace before that of the installation, and seals its secret', async () => {
    const app = { clientId: 'our-own', clientSecret: 'very secret' }
    expect((await saveOwnApp(world.services, owner, 'fakeshop', app)).ok).toBe(true)
    expect((await begin()).get('client_id')).toBe('our-own')
    expect(await appFor(world.services, shop.tenantId, 'fakeshop')).toEqual(app)
    const raw = await testEnv.DB.prepare('SELECT * FROM connector_apps').all()
    expect(JSON.stringify(raw.results)).not.toContain('very secret')
    const other = await world.workspace()
    expect(await appFor(world.services, other.tenantId, 'fakeshop')).toEqual(FAKE_APP)
  })
})

describe('the way back', () => {
  test('with a forged, foreign or altered state leads nowhere', async () => {
    const state = (await begin()).get('state') ?? ''
    const other = await world.services.tokens.sign('flash', { jti: 'x', sub: owner.id, journey: 'x' }, 60)
    for (const wrong of ['', 'abc', other, `${state.slice(0, -2)}xx`, state.replace(/\.[^.]+$/, '.')])
      expect(await comeBack(wrong)).toMatchObject({ error: { slug: 'oauth-state' } })
    expect(await rows()).toBe(0)
    expect((await comeBack(state)).ok).toBe(true)
  })

  test('is good once', async () => {
    const state = (await begin()).get('state') ?? ''
    const [one, two] = await Promise.all([comeBack(state), comeBack(state)])
    expect([one.ok, two.ok].filter(Boolean)).toHaveLength(1)
    expect(await comeBack(state)).toMatchObject({ error: { slug: 'oauth-spent' } })
    expect(await rows()).toBe(1)
  })

  test('ends after ten minutes', async () => {
    const state = (await begin()).get('state') ?? ''
    world.clock.advance(10 * 60_000 + 1000)
    expect(await comeBack(state)).toMatchObject({ error: { slug: 'oauth-state' } })
  })

  test('is of the person who began, whose state a stranger does not use up', async () => {
    const state = (await begin()).get('state') ?? ''
    const { actor: admin } = await person('admin')
    expect(await comeBack(state, admin)).toMatchObject({ error: { slug: 'oauth-other-person' } })
    expect((await comeBack(state)).ok).toBe(true)
  })

  test('is of the workspace where it began', async () => {
    const state = (await begin()).get('state') ?? ''
    const elsewhere = await world.workspace()
    expect(await comeBack(state, { ...owner, ...elsewhere, id: owner.id, kind: 'person' })).toMatchObject({
      error: { slug: 'oauth-other-workspace' },
    })
  })

  test('after a refusal says so, and connects nothing', async () => {
    const denied = (await begin()).get('state') ?? ''
    expect(await comeBack(denied, owner, { error: 'access_denied' })).toMatchObject({
      error: { slug: 'oauth-denied' },
    })
    const failed = (await begin()).get('state') ?? ''
    expect(
      await comeBack(failed, owner, { error: 'server_error', error_description: '<b>it broke</b>' }),
    ).toMatchObject({ error: { detail: 'Fakeshop did not let us in: bit brokeb. Try again.' } })
    expect(await rows()).toBe(0)
  })

  test('through the door needs the session, connects, and says what went wrong in words', async () => {
    const html = await (
      await ask('/settings/connections/fakeshop/start', {
        method: 'POST',
        headers: ownForm(cookie),
        body: 'method=oauth&shop=harbour',
      })
    ).text()
    const href = /href="(https:\/\/fake\.example\/consent[^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
    const state = new URL(href ?? '').searchParams.get('state') ?? ''
    const back = `/oauth/callback?code=good&state=${encodeURIComponent(state)}`
    const stranger = await ask(back, { headers: { 'Sec-Fetch-Site': 'cross-site' } })
    expect(stranger.headers.get('Location')).toMatch(/^\/sign-in\?next=/)
    const viewer = await ask(back, { headers: { Cookie: (await person('viewer')).cookie } })
    expect([viewer.status, await viewer.text()]).toEqual([403, expect.any(String)])
    const landed = await ask(back, { headers: { Cookie: cookie, 'Sec-Fetch-Site': 'cross-site' } })
    expect([landed.status, landed.headers.get('Location')]).toEqual([
      303,
      expect.stringMatching(/^\/settings\/connections\/by-id\//),
    ])
    const again = await ask(back, { headers: { Cookie: cookie } })
    expect([again.status, await again.text()]).toEqual([409, expect.stringContaining('was used already')])
  })
})

describe('connecting by key', () => {
  const wish = (key: string, name = 'harbour') => ({ kind: 'fakeshop', fields: { shop: name, key } })

  test('asks the vendor before it keeps anything', async () => {
    expect(await connectByKey(world.services, owner, wish('wrong'))).toMatchObject({
      error: { kind: 'invalid', errors: [{ path: 'key' }] },
    })
    expect(await rows()).toBe(0)
    expect((await connectByKey(world.services, owner, wish('right'))).ok).toBe(true)
    expect(await rows()).toBe(1)
  })

  test('shows the form again with what was sent, but not the secret', async () => {
    const response = await ask('/settings/connections/fakeshop/start', {
      method: 'POST',
      headers: ownForm(cookie),
      body: 'method=key&shop=lighthouse&key=not-the-key',
    })
    const html = await response.text()
    expect(response.status).toBe(422)
    expect(html).toContain('Fakeshop does not know this key.')
    expect(html).toContain('lighthouse')
    expect(html).not.toContain('not-the-key')
  })

  test('twice at once makes one connection', async () => {
    const both = await Promise.all([
      connectByKey(world.services, owner, wish('right')),
      connectByKey(world.services, owner, wish('right')),
    ])
    expect(both.every((landed) => landed.ok)).toBe(true)
    expect(await rows()).toBe(1)
  })
})

describe('connecting again', () => {
  test('revives the row of the same account, with its name, its roles and its sources', async () => {
    const id = await connected()
    const source = await addSource(id)
    await changeConnector(world.services, owner, id, { name: 'Our shop', roles: ['owner'] })
    await disconnect(world.services, owner, id, false)
    await world.drain()
    expect(await sourceOf(source)).toEqual({ sync_status: 'disconnected', connector_id: id })
    expect(await connected()).toBe(id)
    await world.drain()
    expect(await sourceOf(source)).toEqual({ sync_status: 'idle', connector_id: id })
    expect(await rowOf(id)).toMatchObject({ status: 'connected', name: 'Our shop', roles: ['owner'] })
    expect(await rows()).toBe(1)
  })

  test('of another account is a connection of its own', async () => {
    const id = await connected()
    expect(await connected({ shop: 'lighthouse' })).not.toBe(id)
    expect(await rows()).toBe(2)
  })

  test('from a connection with another account is refused, and changes nothing', async () => {
    const id = await connected()
    const before = await openCredentials(world.services, shop.tenantId, id)
    const state = (await begin(owner, { shop: 'lighthouse' }, id)).get('state') ?? ''
    expect(await comeBack(state)).toMatchObject({ error: { slug: 'other-account' } })
    expect(await openCredentials(world.services, shop.tenantId, id)).toEqual(before)
    expect(await rows()).toBe(1)
  })

  test('of the same account in another workspace touches nothing here', async () => {
    const id = await connected()
    const theirs = await world.workspace()
    const { actor } = await person('owner', theirs)
    const landed = await comeBack((await begin(actor)).get('state') ?? '', actor)
    expect(landed).toMatchObject({ ok: true, value: { reconnected: false } })
    expect(landed.ok && landed.value.id).not.toBe(id)
  })
})

describe('who may use it', () => {
  test('is a matter of roles, and never of a viewer', async () => {
    const id = await connected()
    const { actor: member } = await person('member')
    const { actor: viewer } = await person('viewer')
    expect((await usableConnector(world.services, member, id)).ok).toBe(true)
    expect(await usableConnector(world.services, viewer, id)).toMatchObject({ error: { kind: 'forbidden' } })
    await changeConnector(world.services, owner, id, { roles: ['owner', 'admin'] })
    expect(await usableConnector(world.services, member, id)).toMatchObject({ error: { kind: 'forbidden' } })
    expect((await usableConnector(world.services, owner, id)).ok).toBe(true)
    expect((await usableConnector(world.services, shop, id)).ok).toBe(true)
    const other = await world.workspace()
    expect(await usableConnector(world.services, other, id)).toMatchObject({ error: { kind: 'not_found' } })
  })

  test('is changed by admins only, and the owner cannot be left out', async () => {
    const id = await connected()
    const { actor: member } = await person('member')
    expect(await changeConnector(world.services, member, id, { name: 'Mine' })).toMatchObject({
      error: { kind: 'forbidden' },
    })
    expect(await changeConnector(world.services, owner, id, { roles: ['member'] })).toMatchObject({
      error: { errors: [{ path: 'roles' }] },
    })
    expect(await changeConnector(world.services, owner, id, { roles: ['owner', 'viewer'] })).toMatchObject({
      error: { kind: 'invalid' },
    })
  })
})

describe('health', () => {
  test('is asked for once a day, and a lost message is sent again', async () => {
    const id = await connected()
    await world.drain()
    await sendDueChecks(world.services)
    expect(world.messages).toEqual([])
    world.clock.advance(DAY)
    await sendDueChecks(world.services)
    await sendDueChecks(world.services)
    expect(world.messages).toEqual([{ kind: 'connection.check', tenantId: shop.tenantId, connectorId: id }])
    world.messages.length = 0
    world.clock.advance(31 * 60_000)
    await sendDueChecks(world.services)
    await world.drain()
    expect(vendor.checks).toBe(1)
    expect((await rowOf(id)).lastCheckedAt).toBe(new Date(world.clock.now()).toISOString())
    await sendDueChecks(world.services)
    expect(world.messages).toEqual([])
  })

  test('that is bad is told once, and once more when it is good again', async () => {
    const id = await connected()
    vendor.mood = 'refuses'
    for (let i = 0; i < 3; i++) {
      const checked = await checkNow(world.services, owner, id)
      expect(checked).toMatchObject({ value: { status: 'failed' } })
      world.clock.advance(120_000)
    }
    expect(await eventsOf('connection.failed')).toBe(1)
    vendor.mood = 'well'
    expect(await checkNow(world.services, owner, id)).toMatchObject({
      value: { status: 'connected', lastError: null },
    })
    await checkNow(world.services, owner, id)
    expect(await eventsOf('connection.restored')).toBe(1)
  })

  test('is not bad because of one refused token: it is renewed first', async () => {
    const id = await connected()
    vendor.expireTokens()
    expect(await checkNow(world.services, owner, id)).toMatchObject({
      value: { status: 'connected', lastError: null },
    })
    expect(vendor.checks).toBe(2)
    expect(await eventsOf('connection.failed')).toBe(0)
  })

  test('is bad when the app it was made with is gone, and says so', async () => {
    const id = await connected()
    const method = vendor.vendor.methods[0]
    if (!method) throw new Error('no method')
    const real = method.refresh
    method.refresh = async () => ({
      ok: false,
      error: { kind: 'conflict', slug: 'vendor-app-missing', detail: 'Enter your own app at Fakeshop.' },
    })
    vendor.expireTokens()
    const checked = await checkNow(world.services, owner, id)
    method.refresh = real
    expect(checked).toMatchObject({
      value: { status: 'failed', lastError: 'Enter your own app at Fakeshop.' },
    })
  })

  test('is not bad because the vendor does not answer', async () => {
    const id = await connected()
    vendor.mood = 'down'
    expect(await checkNow(world.services, owner, id)).toMatchObject({
      value: { status: 'connected', lastError: 'Fakeshop does not answer right now.' },
    })
    expect(await eventsOf('connection.failed')).toBe(0)
  })
})

describe('disconnecting', () => {
  test('tells the vendor, wipes the credentials, and keeps the row and what came from it', async () => {
    const id = await connected()
    const source = await addSource(id)
    expect((await disconnect(world.services, owner, id, false)).ok).toBe(true)
    await world.drain()
    expect(vendor.revoked).toHaveLength(1)
    expect((await rowOf(id)).status).toBe('disconnected')
    expect(await openCredentials(world.services, shop.tenantId, id)).toEqual({})
    expect((await sourceOf(source))?.sync_status).toBe('disconnected')
    expect(await world.services.gate.credentials(shop.tenantId, id)).toMatchObject({
      error: { slug: 'connection-disconnected' },
    })
    world.clock.advance(2 * DAY)
    await sendDueChecks(world.services)
    expect(world.messages).toEqual([])
    expect((await disconnect(world.services, owner, id, false)).ok).toBe(true)
    expect(await eventsOf('connection.disconnected')).toBe(1)
  })

  test('goes on when the vendor cannot be told', async () => {
    const id = await connected()
    vendor.mood = 'down'
    expect((await disconnect(world.services, owner, id, false)).ok).toBe(true)
    expect((await rowOf(id)).status).toBe('disconnected')
  })

  test('with its data takes every source of it along, and the row', async () => {
    const id = await connected()
    const sources = [await addSource(id), await addSource(id)]
    expect((await disconnect(world.services, owner, id, true)).ok).toBe(true)
    await world.drain()
    for (const source of sources) expect(await sourceOf(source)).toBeNull()
    expect(await rows()).toBe(0)
  })

  test('is heard twice without harm', async () => {
    const id = await connected()
    await addSource(id)
    await disconnect(world.services, owner, id, true)
    const delivery = world.messages.at(-1)
    if (!delivery) throw new Error('nothing was sent')
    await world.drain()
    world.messages.push(delivery)
    await testEnv.DB.prepare('DELETE FROM event_receipts').run()
    await testEnv.DB.prepare('UPDATE outbox SET sent_at = NULL').run()
    await world.drain()
    expect(await rows()).toBe(0)
  })

  test('is not for members, nor for a connection of webhooks only', async () => {
    const id = await connected()
    const { actor: member } = await person('member')
    expect(await disconnect(world.services, member, id, false)).toMatchObject({
      error: { kind: 'forbidden' },
    })
    await testEnv.DB.prepare(`UPDATE connectors SET method = 'hook' WHERE id = ?1`).bind(id).run()
    expect(await disconnect(world.services, owner, id, false)).toMatchObject({
      error: { slug: 'connection-of-source' },
    })
  })
})

describe('the pages', () => {
  const open = async (path: string, as = cookie) => {
    const response = await ask(path, { headers: { Cookie: as } })
    return { status: response.status, html: await response.text() }
  }

  test('show what is connected first, and find by what it gives', async () => {
    const id = await connected()
    const { html } = await open('/settings/connections')
    expect(html).toContain(`/settings/connections/by-id/${id}`)
    expect(html.indexOf('Connected')).toBeLessThan(html.indexOf('Connect something'))
    expect((await open('/settings/connections?q=orders')).html).toContain('Orders and customers')
    expect((await open('/settings/connections?q=submarines')).html).toContain('Nothing by that name')
  })

  test('of one connection say when it needs somebody, and let members only look', async () => {
    const id = await connected()
    vendor.mood = 'refuses'
    await checkNow(world.services, owner, id)
    const { html } = await open(`/settings/connections/by-id/${id}`)
    expect(html).toContain('This connection needs you')
    expect(html).toContain(`/settings/connections/fakeshop?again=${id}`)
    const { html: seen } = await open(`/settings/connections/by-id/${id}`, (await person('member')).cookie)
    expect(seen).not.toContain('disconnection')
    expect((await open('/settings/connections/fakeshop', (await person('member')).cookie)).status).toBe(403)
  })

  test('say that an app is needed where there is none', async () => {
    apps.mockReturnValue({})
    expect((await open('/settings/connections/fakeshop')).html).toContain('Check and connect')
    const { html } = await open('/settings/connections/fakeshop?method=oauth')
    expect(html).toContain('must know this installation first')
    expect(html).toContain('http://example.com/oauth/callback')
  })
})

describe('the API', () => {
  test('lists, connects, renames, checks and disconnects, and lets no credentials out', async () => {
    const { authorization } = await keyFor(
      shop.tenantId,
      ['connections:read', 'connections:manage'],
      world.clock.now(),
    )
    let said = ''
    const call = async (method: string, path: string, body?: unknown) => {
      const response = await ask(`/modules/connections${path}`, {
        method,
        headers: { Authorization: authorization, 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      said += text
      return { status: response.status, body: text ? JSON.parse(text) : null }
    }
    expect((await call('GET', '/vendors')).body.data).toMatchObject([{ kind: 'fakeshop', connector_ids: [] }])
    const made = await call('POST', '/connectors', {
      kind: 'fakeshop',
      fields: { shop: 'harbour', key: 'right' },
    })
    expect([made.status, made.body]).toMatchObject([201, { status: 'connected', method: 'key' }])
    const at = `/connectors/${made.body.id}`
    expect(
      (await call('POST', '/connectors', { kind: 'fakeshop', fields: { shop: 'harbour', key: 'right' } }))
        .status,
    ).toBe(200)
    expect(
      (await call('POST', '/connectors', { kind: 'fakeshop', fields: { shop: 'x', key: 'wrong' } })).status,
    ).toBe(422)
    expect((await call('PUT', at, { name: 'Shop' })).body).toMatchObject({
      name: 'Shop',
      roles: made.body.roles,
    })
    expect((await call('POST', `${at}/check`)).body.status).toBe('connected')
    const since = (await call('GET', at)).body.updated_at
    expect((await call('GET', `/connectors?updated_since=${since}`)).body.data).toHaveLength(1)
    expect((await call('GET', '/connectors?updated_since=2099-01-01T00:00:00Z')).body.data).toHaveLength(0)
    expect((await call('DELETE', at)).status).toBe(204)
    expect((await call('GET', at)).body.status).toBe('disconnected')
    expect(said).not.toMatch(/access-\d|refresh-\d|v1\.k1\./)
  })

  test('pages by cursor and never shows a neighbour', async () => {
    for (const name of ['ada', 'bea', 'cid']) await connected({ shop: name })
    const theirs = await world.workspace()
    const { actor } = await person('owner', theirs)
    await comeBack((await begin(actor)).get('state') ?? '', actor)
    const { authorization } = await keyFor(shop.tenantId, ['connections:read'], world.clock.now())
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const response = await ask(`/modules/connections/connectors?limit=2${cursor && `&cursor=${cursor}`}`, {
        headers: { Authorization: authorization },
      })
      const body = (await response.json()) as { data: { id: string }[]; next_cursor: string | null }
      seen.push(...body.data.map(({ id }) => id))
      cursor = body.next_cursor
    }
    const all = await readCatalogue(world.services, shop)
    expect(all.ok && all.value.connections.map(({ id }) => id).sort()).toEqual(seen)
    expect(seen).toHaveLength(3)
  })
})
