// Sessions through the doors: cookies, how long they last, how they end, and what asks for the password again.
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import type { Actor, Role } from '../../src/platform/actor.ts'
import { passwordHasher } from '../../src/platform/crypto/password.ts'
import { ask, ownForm } from '../support/browser.ts'
import { signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const PASSWORD = 'gulls over the pier'
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

let world: World
let shop: Actor
let passwordHash: string
let network = 0

beforeAll(async () => {
  world = await makeWorld(new Date().toISOString())
  shop = await world.workspace({ name: 'Harbour' })
  passwordHash = await passwordHasher.hash(PASSWORD)
})

beforeEach(() => moveClock(0))

/** The app reads the time through the development clock; here a test moves it. */
const moveClock = (ms: number) => world.services.directory.setInstallationValue('clock_offset_ms', String(ms))

/** Somebody with a password, signed in on one device. */
async function person(role: Role = 'owner', tenantId = shop.tenantId) {
  const { cookie, personId } = await signInAs(tenantId, role, world.clock.now())
  await testEnv.DB.prepare('UPDATE people SET password_hash = ?2 WHERE id = ?1')
    .bind(personId, passwordHash)
    .run()
  const row = await world.services.directory.person(personId)
  return { cookie, personId, email: row?.email ?? '' }
}

const post = (path: string, cookie: string, fields: Record<string, string> = {}) =>
  ask(path, {
    method: 'POST',
    headers: { ...ownForm(cookie), 'CF-Connecting-IP': `198.51.${++network}.7` },
    body: new URLSearchParams(fields).toString(),
  })

const idOf = (cookie: string): string => cookie.slice('session='.length).split('.')[0] ?? ''

const cookieOf = (response: Response): string =>
  /session=[^;]+/.exec(response.headers.getSetCookie().join('\n'))?.[0] ?? ''

const isIn = async (cookie: string): Promise<boolean> => {
  const response = await ask('/settings/profile', { headers: { Cookie: cookie } })
  await response.text()
  return response.status === 200
}

const askedToProve = (response: Response): boolean =>
  response.status === 303 && (response.headers.get('Location') ?? '').startsWith('/prove')

const sessionCount = async (personId: string): Promise<number> =>
  (await world.services.directory.sessionsOf(personId, world.clock.now())).length

describe('the cookie', () => {
  test('is __Host-, Secure, HttpOnly, SameSite=Lax and for the whole site over https', async () => {
    const { email } = await person()
    const context = createExecutionContext()
    const request = new Request('https://example.com/sign-in', {
      method: 'POST',
      headers: { ...ownForm('other=1'), 'CF-Connecting-IP': '198.51.100.1' },
      body: new URLSearchParams({ email, password: PASSWORD }).toString(),
      redirect: 'manual',
    })
    const response = await app.fetch(request, testEnv, context)
    await waitOnExecutionContext(context)
    const cookie = response.headers.getSetCookie().find((line) => line.includes('session=')) ?? ''
    expect(cookie).toMatch(/^__Host-session=/)
    for (const flag of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(flag)
    expect(cookie).not.toContain('Domain')
  })

  test('holds 128 bits or more, of which the database keeps a digest only', async () => {
    const { email, personId } = await person()
    const cookie = cookieOf(await post('/sign-in', 'other=1', { email, password: PASSWORD }))
    const [, secret = ''] = cookie.split('.')
    expect(secret).toMatch(/^[0-9A-Za-z]{22,}$/)
    const { results } = await testEnv.DB.prepare('SELECT * FROM sessions WHERE person_id = ?1')
      .bind(personId)
      .all()
    expect(JSON.stringify(results)).toContain(idOf(cookie))
    expect(JSON.stringify(results)).not.toContain(secret)
  })

  test('with the id of a session and another secret is nobody', async () => {
    const { cookie } = await person()
    expect(await isIn(cookie)).toBe(true)
    expect(await isIn(`${cookie.slice(0, -1)}${cookie.endsWith('a') ? 'b' : 'a'}`)).toBe(false)
    expect(await isIn(`session=${idOf(cookie)}.`)).toBe(false)
  })
})

describe('signing in', () => {
  test('gives a new id and secret and ends the session that was there', async () => {
    const { cookie, email } = await person()
    const response = await post('/sign-in', cookie, { email, password: PASSWORD, next: '/settings/keys' })
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/settings/keys'])
    const next = cookieOf(response)
    expect(idOf(next)).not.toBe(idOf(cookie))
    expect([await isIn(cookie), await isIn(next)]).toEqual([false, true])
  })

  test.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'never leads to %s',
    async (next) => {
      const { email } = await person()
      const response = await post('/sign-in', 'other=1', { email, password: PASSWORD, next })
      expect([response.status, response.headers.get('Location')]).toEqual([303, '/'])
    },
  )

  test('a wrong pair is told in words with 401, and the password is not sent back', async () => {
    const response = await post('/sign-in', 'other=1', {
      email: 'a@b.example',
      password: 'Not-The-Password-9',
    })
    const html = await response.text()
    expect(response.status).toBe(401)
    expect(html).toContain('do not fit together')
    expect(html).toContain('a@b.example')
    expect(html).not.toContain('Not-The-Password-9')
    expect(cookieOf(response)).toBe('')
  })

  test('opening a page with a form changes nothing', async () => {
    const { cookie, personId } = await person()
    const before = await sessionCount(personId)
    for (const path of ['/sign-in', '/sign-up', '/reset', '/prove', '/settings/second-factor', '/sign-out']) {
      await (await ask(path, { headers: { Cookie: cookie } })).text()
    }
    expect(await sessionCount(personId)).toBe(before)
    expect(await isIn(cookie)).toBe(true)
  })
})

describe('a session lasts', () => {
  test('7 days without use', async () => {
    const { cookie } = await person()
    await moveClock(7 * DAY - MINUTE)
    expect(await isIn(cookie)).toBe(true)
    await moveClock(15 * DAY)
    expect(await isIn(cookie)).toBe(false)
  })

  test('30 days however much it is used', async () => {
    const { cookie } = await person()
    for (const day of [6, 12, 18, 24, 29.9]) {
      await moveClock(day * DAY)
      expect(await isIn(cookie)).toBe(true)
    }
    await moveClock(30 * DAY + MINUTE)
    expect(await isIn(cookie)).toBe(false)
  })

  test('no longer for a switch of workspace, and a switch is no proof of the password', async () => {
    const { cookie, personId } = await person()
    const other = await world.workspace({ name: 'Second' })
    await testEnv.DB.prepare(
      `INSERT INTO memberships (tenant_id, person_id, role, created_at) VALUES (?1, ?2, 'owner', '2026')`,
    )
      .bind(other.tenantId, personId)
      .run()
    await moveClock(6 * DAY)
    const moved = cookieOf(await post('/workspaces/switch', cookie, { workspace: other.tenantId }))
    expect([await isIn(cookie), await isIn(moved)]).toEqual([false, true])
    expect(askedToProve(await post('/settings/keys', moved, { name: 'x' }))).toBe(true)
    for (const day of [12, 18, 24]) {
      await moveClock(day * DAY)
      expect(await isIn(moved)).toBe(true)
    }
    await moveClock(30 * DAY + MINUTE)
    expect(await isIn(moved)).toBe(false)
  })

  test('and its last use is written at most every five minutes', async () => {
    const { cookie } = await person()
    const seenAt = async () => (await world.services.directory.session(idOf(cookie)))?.lastSeenAt
    const first = await seenAt()
    await moveClock(4 * MINUTE)
    await isIn(cookie)
    expect(await seenAt()).toBe(first)
    await moveClock(6 * MINUTE)
    await isIn(cookie)
    expect(await seenAt()).not.toBe(first)
  })
})

describe('a session ends', () => {
  test('on the server when somebody signs out', async () => {
    const { cookie } = await person()
    const response = await post('/sign-out', cookie)
    expect(response.headers.getSetCookie().join()).toMatch(/session=;/)
    expect(await isIn(cookie)).toBe(false)
  })

  test('one by one or all others at once, from the list of devices; another person’s never', async () => {
    const { cookie, email, personId } = await person()
    const stranger = await person()
    const there = cookieOf(await post('/sign-in', 'other=1', { email, password: PASSWORD }))
    const list = await (await ask('/settings/security', { headers: { Cookie: cookie } })).text()
    expect(list).toContain(idOf(there))
    expect(list).not.toContain(idOf(stranger.cookie))
    expect((await post(`/settings/sessions/${idOf(there)}/end`, cookie)).status).toBe(303)
    expect(await isIn(there)).toBe(false)
    expect((await post(`/settings/sessions/${idOf(stranger.cookie)}/end`, cookie)).status).toBe(404)
    expect(await isIn(stranger.cookie)).toBe(true)
    await post('/sign-in', 'other=1', { email, password: PASSWORD })
    await post('/settings/sessions/others/end', cookie)
    expect(await sessionCount(personId)).toBe(1)
    expect(await isIn(cookie)).toBe(true)
  })

  test('when its person leaves, who then stands in another workspace or outside', async () => {
    const own = await world.workspace({ name: 'Own' })
    const { cookie, personId } = await person('owner', own.tenantId)
    await testEnv.DB.prepare(
      `INSERT INTO memberships (tenant_id, person_id, role, created_at) VALUES (?1, ?2, 'viewer', '2026')`,
    )
      .bind(shop.tenantId, personId)
      .run()
    const inShop = cookieOf(await post('/workspaces/switch', cookie, { workspace: shop.tenantId }))
    const left = await post(`/settings/people/${personId}/removal`, inShop, { confirmed: 'yes' })
    expect(left.headers.get('Location')).toBe('/')
    const back = await ask('/settings/people', { headers: { Cookie: cookieOf(left) } })
    expect(await back.text()).toContain('Own')
    const single = await person('viewer')
    const gone = await post(`/settings/people/${single.personId}/removal`, single.cookie, {
      confirmed: 'yes',
    })
    expect(gone.headers.get('Location')).toBe('/sign-in')
    expect(await isIn(single.cookie)).toBe(false)
  })
})

describe('what protects the account asks for the password again after ten minutes', () => {
  const sensitive: [string, Record<string, string>][] = [
    ['/settings/email', { email: 'new@harbour.example' }],
    ['/settings/second-factor', { code: '123456' }],
    ['/settings/second-factor/off', { confirmed: 'yes' }],
    ['/settings/second-factor/recovery', { confirmed: 'yes' }],
    ['/settings/keys', { name: 'Report', scopes: 'foundry:read', days: '30' }],
    ['/settings/sessions/others/end', { confirmed: 'yes' }],
    ['/settings/sessions/00000000-0000-7000-8000-000000000000/end', { confirmed: 'yes' }],
  ]

  test.each(sensitive)('%s', async (path, fields) => {
    const { cookie } = await person()
    await moveClock(9 * MINUTE)
    expect(askedToProve(await post(path, cookie, fields))).toBe(false)
    await moveClock(11 * MINUTE)
    expect(askedToProve(await post(path, cookie, fields))).toBe(true)
  })

  test('making or unmaking an owner', async () => {
    const { cookie } = await person()
    const colleague = await person('member')
    await moveClock(11 * MINUTE)
    const promote = () => post(`/settings/people/${colleague.personId}/role`, cookie, { role: 'owner' })
    expect(askedToProve(await promote())).toBe(true)
    expect((await world.services.directory.session(idOf(colleague.cookie)))?.role).toBe('member')
  })

  test('the proof is the password; it gives a new id and secret and counts for ten minutes', async () => {
    const { cookie } = await person()
    await moveClock(11 * MINUTE)
    const wrong = await post('/prove', cookie, { password: 'not the password', next: '/settings/keys' })
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain('This is not your password.')
    const right = await post('/prove', cookie, { password: PASSWORD, next: '/settings/keys' })
    expect([right.status, right.headers.get('Location')]).toEqual([303, '/settings/keys'])
    const proved = cookieOf(right)
    expect([await isIn(cookie), await isIn(proved)]).toEqual([false, true])
    expect(askedToProve(await post('/settings/keys', proved, { name: '' }))).toBe(false)
    await moveClock(22 * MINUTE)
    expect(askedToProve(await post('/settings/keys', proved, { name: '' }))).toBe(true)
  })
})
