// A workspace that requires a second factor: who may switch it on, what whoever has none still reaches, and who lacks one.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/platform/actor.ts'
import { ask, ownForm } from '../support/browser.ts'
import { keyFor, signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

let world: World

beforeAll(async () => {
  world = await makeWorld(new Date().toISOString())
})

const run = (sql: string, ...values: (string | number)[]) =>
  testEnv.DB.prepare(sql)
    .bind(...values)
    .run()

const withApp = (personId: string) =>
  run(`UPDATE people SET totp_secret = 'x', totp_enabled_at = '2026-01-01' WHERE id = ?1`, personId)

const withPasskey = (personId: string) =>
  run(
    `INSERT INTO passkeys (id, person_id, public_key, counter, name, created_at) VALUES (?1, ?1, 'x', 0, 'Key', '2026')`,
    personId,
  )

async function place() {
  const tenant = await world.workspace()
  const now = Date.now()
  const owner = await signInAs(tenant.tenantId, 'owner', now)
  const member = await signInAs(tenant.tenantId, 'member', now)
  return { tenant, owner, member }
}

const get = (path: string, cookie: string) => ask(path, { headers: { Cookie: cookie } })

const post = (path: string, cookie: string, fields: Record<string, string> = {}) =>
  ask(path, {
    method: 'POST',
    headers: ownForm(cookie),
    body: new URLSearchParams({ confirmed: 'yes', ...fields }).toString(),
  })

const turnOn = (cookie: string) => post('/settings/people/second-factor', cookie, { required: 'yes' })

const isRequired = async (tenant: Actor) =>
  (await world.services.directory.workspace(tenant.tenantId))?.requireSecondFactor

describe('the switch', () => {
  test('needs a factor of one’s own, a right, and a fresh proof', async () => {
    const { tenant, owner, member } = await place()
    const refused = await turnOn(owner.cookie)
    expect([refused.status, await isRequired(tenant)]).toEqual([409, false])
    expect(await refused.text()).toContain('Set up a second factor of your own first')
    await withApp(owner.personId)
    expect((await turnOn(member.cookie)).status).toBe(403)
    await run('UPDATE sessions SET proved_at = 0 WHERE person_id = ?1', owner.personId)
    expect((await turnOn(owner.cookie)).headers.get('Location')).toContain('/prove')
    expect(await isRequired(tenant)).toBe(false)
    await run('UPDATE sessions SET proved_at = ?2 WHERE person_id = ?1', owner.personId, Date.now())
    expect((await turnOn(owner.cookie)).status).toBe(303)
    expect(await isRequired(tenant)).toBe(true)
    await post('/settings/people/second-factor', owner.cookie, { required: 'no' })
    expect(await isRequired(tenant)).toBe(false)
    const { results } = await testEnv.DB.prepare(
      `SELECT action FROM audit_log WHERE tenant_id = ?1 AND action LIKE 'second_factor.%' ORDER BY action`,
    )
      .bind(tenant.tenantId)
      .all<{ action: string }>()
    expect(results.map(({ action }) => action)).toEqual([
      'second_factor.made_optional',
      'second_factor.required',
    ])
  })
})

describe('whoever has no factor', () => {
  test.each([
    '/',
    '/settings',
    '/settings/people',
    '/settings/profile',
    '/settings/security',
    '/foundry',
    '/contacts',
  ])('is led from %s to the page that sets one up', async (path) => {
    const { tenant, owner, member } = await place()
    await run('UPDATE workspaces SET require_second_factor = 1 WHERE id = ?1', tenant.tenantId)
    const walled = await get(path, member.cookie)
    expect([walled.status, walled.headers.get('Location')]).toEqual([303, '/settings/security/required'])
    await withApp(owner.personId)
    expect((await get('/settings/people', owner.cookie)).status).toBe(200)
  })

  test('can set one up, prove who they are, go elsewhere and sign out, and write nothing', async () => {
    const { tenant, member } = await place()
    await run('UPDATE workspaces SET require_second_factor = 1 WHERE id = ?1', tenant.tenantId)
    for (const path of [
      '/settings/security/required',
      '/settings/second-factor',
      '/settings/passkeys/new',
      '/prove',
    ])
      expect((await get(path, member.cookie)).status).toBe(200)
    const wall = await (await get('/settings/security/required', member.cookie)).text()
    expect(wall).toContain('asks everybody for a second factor')
    const written = await post('/settings/profile', member.cookie, { name: 'Mallory' })
    expect(written.headers.get('Location')).toBe('/settings/security/required')
    expect((await world.services.directory.person(member.personId))?.name).toBe('A member')
    const other = await world.workspace({ name: 'Elsewhere' })
    await run(
      `INSERT INTO memberships (tenant_id, person_id, role, created_at) VALUES (?1, ?2, 'member', '2026')`,
      other.tenantId,
      member.personId,
    )
    const switched = await post('/workspaces/switch', member.cookie, { workspace: other.tenantId })
    const cookie = /session=[^;]+/.exec(switched.headers.getSetCookie().join('\n'))?.[0] ?? ''
    expect((await get('/settings/people', cookie)).status).toBe(200)
    expect((await post('/sign-out', cookie)).headers.get('Location')).toBe('/sign-in')
  })

  test('is told so by the API; keys are not affected', async () => {
    const { tenant, member } = await place()
    await run('UPDATE workspaces SET require_second_factor = 1 WHERE id = ?1', tenant.tenantId)
    const refused = await get('/modules/workspace/me', member.cookie)
    expect([refused.status, await refused.json()]).toMatchObject([
      403,
      { type: '/problems/second-factor-required' },
    ])
    const key = await keyFor(tenant.tenantId, ['workspace:read'], Date.now())
    const open = await ask('/modules/workspace/me', { headers: { Authorization: key.authorization } })
    expect(open.status).toBe(200)
  })

  test.each([
    ['an app', withApp],
    ['a passkey', withPasskey],
  ])('and then has %s, is in at once', async (_what, give) => {
    const { tenant, member } = await place()
    await run('UPDATE workspaces SET require_second_factor = 1 WHERE id = ?1', tenant.tenantId)
    await give(member.personId)
    expect((await get('/settings/profile', member.cookie)).status).toBe(200)
  })

  test('cannot turn the last factor off again', async () => {
    const { tenant, member } = await place()
    await withApp(member.personId)
    await run('UPDATE workspaces SET require_second_factor = 1 WHERE id = ?1', tenant.tenantId)
    const kept = await post('/settings/second-factor/off', member.cookie)
    expect(kept.status).toBe(409)
    expect(await kept.text()).toContain('requires a second factor')
    await withPasskey(member.personId)
    expect((await post('/settings/second-factor/off', member.cookie)).status).toBe(303)
  })
})

describe('who has a factor', () => {
  test('stands on the page, in the API and in a CSV', async () => {
    const { tenant, owner, member } = await place()
    await withApp(owner.personId)
    await withPasskey(member.personId)
    const viewer = await signInAs(tenant.tenantId, 'viewer', Date.now())
    const answer = await get('/modules/workspace/members', owner.cookie)
    const { data } = (await answer.json()) as {
      data: { id: string; second_factor: string; passkeys: number }[]
    }
    const of = (id: string) => data.find((line) => line.id === id)
    expect(of(owner.personId)).toMatchObject({ second_factor: 'app', passkeys: 0 })
    expect(of(member.personId)).toMatchObject({ second_factor: 'passkey', passkeys: 1 })
    expect(of(viewer.personId)).toMatchObject({ second_factor: 'none' })
    const csv = await (await get('/settings/people.csv', owner.cookie)).text()
    expect(csv.split('\r\n')[0]).toBe('name,email,role,second_factor,passkeys,member_since,last_seen')
    expect(csv).toMatch(/A member,.*,member,passkey,1,/)
    expect(await (await get('/settings/people', owner.cookie)).text()).toContain('Remind A viewer by mail')
  })

  test('whoever has none is reminded by mail, once a day; whoever has one is not', async () => {
    const { owner, member } = await place()
    const remind = (id: string) => post(`/settings/people/${id}/reminder`, owner.cookie)
    await withApp(owner.personId)
    expect((await remind(owner.personId)).status).toBe(409)
    expect((await remind(member.personId)).status).toBe(303)
    await remind(member.personId)
    const email = (await world.services.directory.person(member.personId))?.email
    const mails = (await world.services.directory.latestMails(200)).filter((mail) => mail.recipient === email)
    expect(mails.length).toBe(1)
    expect((await post(`/settings/people/${member.personId}/reminder`, member.cookie)).status).toBe(403)
  })
})
