// API keys and access tokens through the doors: what they open, and how they end.
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createApiKey, revokeApiKey } from '../../src/modules/workspace/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { ask, ownForm } from '../support/browser.ts'
import { signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const DAY = 86_400_000

let world: World
let shop: Actor

beforeAll(async () => {
  world = await makeWorld(new Date().toISOString())
  shop = await world.workspace({ name: 'Harbour' })
})

beforeEach(() => moveClock(0))

const moveClock = (ms: number) => world.services.directory.setInstallationValue('clock_offset_ms', String(ms))

async function makeKey(scopes: string[] = ['workspace:read'], days: number | null = 30) {
  const made = await createApiKey(world.services, shop, { name: 'Report', scopes, days })
  if (!made.ok) throw new Error(made.error.detail)
  return made.value
}

const call = (credential: string, path = '/modules/workspace/me', method = 'GET') =>
  ask(path, { method, headers: { Authorization: `Bearer ${credential}` } })

async function statusOf(credential: string, path?: string): Promise<number> {
  const response = await call(credential, path)
  await response.text()
  return response.status
}

async function tokenOf(key: string): Promise<string> {
  const response = await call(key, '/auth/token', 'POST')
  const body = (await response.json()) as Record<string, unknown>
  expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 900 })
  return String(body.access_token)
}

describe('a key', () => {
  test('says who it is and what it may do', async () => {
    const { id, key } = await makeKey(['workspace:read', 'foundry:read'])
    const me = await (await call(key)).json()
    expect(me).toEqual({
      kind: 'key',
      id,
      name: 'Report',
      role: 'owner',
      scopes: ['workspace:read', 'foundry:read'],
      workspace_id: shop.tenantId,
    })
  })

  test('is shown once on the page, and kept as a digest', async () => {
    const { cookie } = await signInAs(shop.tenantId, 'owner', world.clock.now())
    const body = new URLSearchParams({ name: 'Shown once', scopes: 'foundry:read', days: '30' }).toString()
    const html = await (
      await ask('/settings/keys', { method: 'POST', headers: ownForm(cookie), body })
    ).text()
    const [key = ''] = /scp_live_[0-9A-Za-z]{8}_[0-9A-Za-z]{32}_[0-9a-f]{8}/.exec(html) ?? []
    expect(key).not.toBe('')
    expect(await statusOf(key, '/modules/mini-foundry/dashboards')).toBe(200)
    const later = await (await ask('/settings/keys', { headers: { Cookie: cookie } })).text()
    expect(later).toContain('Shown once')
    expect(later).not.toContain(key)
    const { results } = await testEnv.DB.prepare('SELECT * FROM api_keys').all()
    expect(JSON.stringify(results)).not.toContain(key.split('_')[3])
  })

  test('of one sign mistyped, of an unknown id or with another secret is refused with 401', async () => {
    const [one, two] = [await makeKey(), await makeKey()]
    const [, , id = '', secret = ''] = one.key.split('_')
    const [, , , otherSecret = '', otherCheck = ''] = two.key.split('_')
    expect(await statusOf(`${one.key.slice(0, -1)}${one.key.endsWith('0') ? '1' : '0'}`)).toBe(401)
    expect(await statusOf(`scp_live_${id}_${otherSecret}_${otherCheck}`)).toBe(401)
    expect(await statusOf(`scp_live_00000000_${secret}_00000000`)).toBe(401)
    expect(await statusOf('')).toBe(401)
  })

  test('opens what its scopes say and nothing else', async () => {
    const { key } = await makeKey(['foundry:read'])
    expect(await statusOf(key, '/modules/mini-foundry/dashboards')).toBe(200)
    expect(await statusOf(key, '/modules/workspace/audit')).toBe(403)
    expect(await statusOf(key, '/settings/profile')).not.toBe(200)
  })

  test('with a scope that keys may not have is not made', async () => {
    for (const scope of ['keys:manage', 'members:manage', 'everything']) {
      const made = await createApiKey(world.services, shop, { name: 'x', scopes: [scope], days: 30 })
      expect(made).toMatchObject({ ok: false, error: { kind: 'invalid' } })
    }
  })

  test('ends on the day it was made for', async () => {
    const { key } = await makeKey(['workspace:read'], 30)
    await moveClock(30 * DAY - 60_000)
    expect(await statusOf(key)).toBe(200)
    await moveClock(30 * DAY + 60_000)
    expect(await statusOf(key)).toBe(401)
  })

  test('is not revoked from another workspace, and by who may not', async () => {
    const { id, key } = await makeKey()
    const other = await world.workspace({ name: 'Other' })
    expect(await revokeApiKey(world.services, other, id)).toMatchObject({ error: { kind: 'not_found' } })
    expect(await revokeApiKey(world.services, world.as(shop, 'member'), id)).toMatchObject({
      error: { kind: 'forbidden' },
    })
    expect(await statusOf(key)).toBe(200)
    expect((await revokeApiKey(world.services, shop, id)).ok).toBe(true)
    expect(await statusOf(key)).toBe(401)
    expect(await revokeApiKey(world.services, shop, id)).toMatchObject({ error: { kind: 'not_found' } })
  })

  test('leaves one entry a day in the audit log when it is used', async () => {
    const { id, key } = await makeKey()
    const uses = async () => {
      const { results } = await testEnv.DB.prepare(
        `SELECT id FROM audit_log WHERE action = 'api_key.used' AND target = ?1`,
      )
        .bind(id)
        .all()
      return results.length
    }
    await statusOf(key)
    await statusOf(key)
    expect(await uses()).toBe(1)
    await moveClock(DAY)
    await statusOf(key)
    expect(await uses()).toBe(2)
  })
})

describe('an access token', () => {
  test('stands for its key for 15 minutes', async () => {
    const token = await tokenOf((await makeKey()).key)
    await moveClock(14 * 60_000)
    expect(await statusOf(token)).toBe(200)
    await moveClock(16 * 60_000)
    expect(await statusOf(token)).toBe(401)
  })

  test('ends with its key', async () => {
    const { id, key } = await makeKey()
    const token = await tokenOf(key)
    await revokeApiKey(world.services, shop, id)
    expect(await statusOf(token)).toBe(401)
  })

  test('makes no other token', async () => {
    const token = await tokenOf((await makeKey()).key)
    const response = await call(token, '/auth/token', 'POST')
    await response.text()
    expect(response.status).toBe(401)
  })

  test('that was signed for another use, or not signed at all, is refused', async () => {
    const { id } = await makeKey()
    const { tokens } = world.services
    for (const use of ['live', 'second-factor', 'invitation', 'reset-password'] as const) {
      expect(await statusOf(await tokens.sign(use, { sub: id }, 60))).toBe(401)
    }
    const [, body] = (await tokens.sign('access', { sub: id }, 60)).split('.')
    const none = btoa(JSON.stringify({ alg: 'none', typ: 'access+jwt', kid: 'k1' })).replaceAll('=', '')
    expect(await statusOf(`${none}.${body}.`)).toBe(401)
  })

  test('is not given to a session', async () => {
    const { cookie } = await signInAs(shop.tenantId, 'owner', world.clock.now())
    const response = await ask('/auth/token', { method: 'POST', headers: ownForm(cookie) })
    await response.text()
    expect(response.status).toBe(401)
  })
})
