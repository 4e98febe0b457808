// Test keys: what they open, what they can never reach, and the twin they work in.
import { beforeEach, describe, expect, test } from 'vitest'
import {
  changeRole,
  createApiKey,
  listApiKeys,
  removeMember,
  revokeApiKey,
  shareTestData,
} from '../../src/modules/workspace/index.ts'
import { type Actor, systemActor } from '../../src/platform/actor.ts'
import { keyText } from '../../src/platform/crypto/key-text.ts'
import type { Result } from '../../src/platform/result.ts'
import { ask, ownForm } from '../support/browser.ts'
import { signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const DASHBOARDS = '/modules/mini-foundry/dashboards'

let world: World
let shop: Actor
let owner: { cookie: string; personId: string }

beforeEach(async () => {
  world = await makeWorld(new Date().toISOString())
  shop = await world.workspace({ name: 'Harbour', currency: 'EUR', timeZone: 'Europe/Lisbon' })
  owner = await signInAs(shop.tenantId, 'owner', world.clock.now())
})

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

const make = async (mode: 'live' | 'test', actor = shop) =>
  value(
    await createApiKey(world.services, actor, {
      name: `A ${mode} key`,
      scopes: ['workspace:read', 'foundry:read', 'foundry:write'],
      days: null,
      mode,
    }),
  )

const call = (key: string, path: string, method = 'GET', body?: unknown) =>
  ask(path, {
    method,
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })

async function statusOf(key: string, path = '/modules/workspace/me', method = 'GET', body?: unknown) {
  const response = await call(key, path, method, body)
  await response.text()
  return response.status
}

const twinId = async () => (await world.services.directory.sandboxIdOf(shop.tenantId)) ?? 'none'

async function twinActor(): Promise<Actor> {
  const workspace = await world.services.directory.workspace(await twinId())
  if (!workspace) throw new Error('no twin')
  return systemActor(workspace, 'test')
}

describe('the first test key', () => {
  test('makes a twin with the settings of the workspace, for its owners and admins', async () => {
    const admin = await signInAs(shop.tenantId, 'admin', world.clock.now())
    await signInAs(shop.tenantId, 'member', world.clock.now())
    const { key } = await make('test')
    expect(key).toMatch(/^scp_test_/)
    const twin = await world.services.directory.workspace(await twinId())
    expect(twin).toMatchObject({
      name: 'Harbour (test data)',
      currency: 'EUR',
      timeZone: 'Europe/Lisbon',
      sandboxOf: shop.tenantId,
    })
    const people = await world.services.directory.membersOf(await twinId())
    expect(Object.fromEntries(people.map((one) => [one.personId, one.role]))).toEqual({
      [owner.personId]: 'owner',
      [admin.personId]: 'admin',
    })
  })

  test('made twice at once makes one twin', async () => {
    const [one, two] = await Promise.all([make('test'), make('test')])
    const { results } = await testEnv.DB.prepare('SELECT id FROM workspaces WHERE sandbox_of = ?1')
      .bind(shop.tenantId)
      .all()
    expect(results).toHaveLength(1)
    expect([await statusOf(one.key), await statusOf(two.key)]).toEqual([200, 200])
  })

  test('is not made by a live one alone', async () => {
    await make('live')
    expect(await twinId()).toBe('none')
  })
})

describe('a test key', () => {
  test('reads and writes the twin, and nothing live', async () => {
    const live = await make('live')
    const testing = await make('test')
    const made = await (await call(live.key, DASHBOARDS, 'POST', { name: 'Real' })).json()
    const { id } = made as { id: string }
    const me = await (await call(testing.key, '/modules/workspace/me')).json()
    expect(me).toMatchObject({ workspace_id: await twinId() })
    expect(await (await call(testing.key, DASHBOARDS)).text()).not.toContain('Real')
    expect(await statusOf(testing.key, `${DASHBOARDS}/${id}`)).toBe(404)
    expect(await statusOf(testing.key, `${DASHBOARDS}/${id}`, 'PUT', { name: 'Mine' })).toBe(404)
    expect(await statusOf(testing.key, `${DASHBOARDS}/${id}`, 'DELETE')).toBe(404)
    expect(await statusOf(testing.key, DASHBOARDS, 'POST', { name: 'Rehearsal' })).toBe(201)
    expect(await (await call(live.key, DASHBOARDS)).text()).not.toContain('Rehearsal')
    expect(await statusOf(live.key, `${DASHBOARDS}/${id}`)).toBe(200)
  })

  test('cannot be presented as a live one, nor a live one as a test one', async () => {
    for (const [mode, other] of [
      ['live', 'test'],
      ['test', 'live'],
    ] as const) {
      const { key } = await make(mode)
      const [, , id = '', secret = ''] = key.split('_')
      expect(await statusOf(key)).toBe(200)
      expect(await statusOf(key.replace(`scp_${mode}`, `scp_${other}`))).toBe(401)
      expect(await statusOf(keyText(id, secret, other))).toBe(401)
    }
  })

  test('whose row was moved to live data opens nothing, and neither does a live one moved to the twin', async () => {
    const testing = await make('test')
    const live = await make('live')
    const move = (id: string, tenantId: string) =>
      testEnv.DB.prepare('UPDATE api_keys SET tenant_id = ?2 WHERE id = ?1').bind(id, tenantId).run()
    await move(testing.id, shop.tenantId)
    await move(live.id, await twinId())
    expect([await statusOf(testing.key), await statusOf(live.key)]).toEqual([401, 401])
  })

  test('stands in the list beside the live ones, and is revoked from there', async () => {
    const live = await make('live')
    const testing = await make('test')
    const listed = value(await listApiKeys(world.services, shop))
    expect(Object.fromEntries(listed.map((key) => [key.id, key.mode]))).toEqual({
      [live.id]: 'live',
      [testing.id]: 'test',
    })
    expect((await revokeApiKey(world.services, shop, testing.id)).ok).toBe(true)
    expect([await statusOf(testing.key), await statusOf(live.key)]).toEqual([401, 200])
  })

  test('gives tokens that work on test data too', async () => {
    const { key } = await make('test')
    const token = (await (await call(key, '/auth/token', 'POST')).json()) as { access_token: string }
    const me = await (await call(token.access_token, '/modules/workspace/me')).json()
    expect(me).toMatchObject({ workspace_id: await twinId() })
  })
})

describe('among test data', () => {
  test('live keys are neither made nor seen', async () => {
    const live = await make('live')
    await make('test')
    const twin = await twinActor()
    const input = { name: 'x', scopes: ['foundry:read'], days: 1, mode: 'live' }
    expect(await createApiKey(world.services, twin, input)).toMatchObject({ error: { slug: 'test-data' } })
    expect(value(await listApiKeys(world.services, twin)).map((key) => key.mode)).toEqual(['test'])
    expect((await revokeApiKey(world.services, twin, live.id)).ok).toBe(false)
    expect((await make('test', twin)).key).toMatch(/^scp_test_/)
    expect(await statusOf(live.key)).toBe(200)
  })

  test('a page says so and leads back, a live page does not', async () => {
    await make('test')
    const home = async (cookie: string) =>
      (await ask('/settings/keys', { headers: { Cookie: cookie } })).text()
    expect(await home(owner.cookie)).not.toContain('Nothing here is real')
    const body = new URLSearchParams({ workspace: await twinId() }).toString()
    const moved = await ask('/workspaces/switch', { method: 'POST', headers: ownForm(owner.cookie), body })
    await moved.text()
    const cookie = /session=[^;]+/.exec(moved.headers.getSetCookie().join('\n'))?.[0] ?? ''
    const html = await home(cookie)
    expect(html).toContain('Nothing here is real')
    expect(html).toContain(`value="${shop.tenantId}"`)
  })

  test('whoever leaves the workspace, or is no admin any more, is out at once', async () => {
    const admin = await signInAs(shop.tenantId, 'admin', world.clock.now())
    const other = await signInAs(shop.tenantId, 'admin', world.clock.now())
    await make('test')
    value(await removeMember(world.services, shop, admin.personId, true))
    value(await changeRole(world.services, shop, other.personId, 'viewer', true))
    const people = await world.services.directory.membersOf(await twinId())
    expect(people.map((one) => one.personId)).toEqual([owner.personId])
  })

  test('admins who came later are let in with the button or the next test key', async () => {
    await make('test')
    const late = await signInAs(shop.tenantId, 'admin', world.clock.now())
    value(await shareTestData(world.services, shop))
    const later = await signInAs(shop.tenantId, 'owner', world.clock.now())
    await make('test')
    const people = await world.services.directory.membersOf(await twinId())
    expect(people.map((one) => one.personId).sort()).toEqual(
      [owner.personId, late.personId, later.personId].sort(),
    )
  })
})
