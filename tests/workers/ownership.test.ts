// Handing a workspace over, and what people hear of changes that concern them.
import { beforeAll, describe, expect, test } from 'vitest'
import { changeRole, invite, removeMember, resendInvitation } from '../../src/modules/workspace/index.ts'
import { manifest } from '../../src/modules/workspace/manifest.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { ask, ownForm } from '../support/browser.ts'
import { signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

let world: World

beforeAll(async () => {
  world = await makeWorld(new Date().toISOString())
})

const get = (path: string, cookie: string) => ask(path, { headers: { Cookie: cookie } })

const post = (path: string, cookie: string, fields: Record<string, string> = {}) =>
  ask(path, {
    method: 'POST',
    headers: ownForm(cookie),
    body: new URLSearchParams({ confirmed: 'yes', ...fields }).toString(),
  })

async function place() {
  const tenant = await world.workspace({ name: 'Lighthouse' })
  const now = Date.now()
  const [owner, member, other] = [
    await signInAs(tenant.tenantId, 'owner', now),
    await signInAs(tenant.tenantId, 'member', now),
    await signInAs(tenant.tenantId, 'admin', now),
  ]
  return { tenant, owner, member, other }
}

async function mailsTo(personId: string) {
  const email = (await world.services.directory.person(personId))?.email
  return (await world.services.directory.latestMails(300)).filter((mail) => mail.recipient === email)
}

async function offered() {
  const found = await place()
  const answer = await post(`/settings/people/${found.member.personId}/ownership`, found.owner.cookie)
  expect(answer.status).toBe(303)
  const [mail] = await mailsTo(found.member.personId)
  const path = /http:\/\/example\.com(\/ownership\/\S+)/.exec(mail?.text_body ?? '')?.[1] ?? ''
  return { ...found, path }
}

async function roles(tenant: Actor) {
  const members = await world.services.directory.membersOf(tenant.tenantId)
  return Object.fromEntries(members.map((member) => [member.personId, member.role]))
}

async function events(tenant: Actor): Promise<{ type: string; payload: Record<string, unknown> }[]> {
  const { results } = await testEnv.DB.prepare(
    `SELECT type, payload FROM outbox WHERE tenant_id = ?1 AND type LIKE 'member.%' ORDER BY payload`,
  )
    .bind(tenant.tenantId)
    .all<{ type: string; payload: string }>()
  return results.map(({ type, payload }) => ({ type, payload: JSON.parse(payload) }))
}

describe('an offer of ownership', () => {
  test('changes nothing until it is accepted; then both roles change at once, both hear of it, and it is written down', async () => {
    const { tenant, owner, member, path } = await offered()
    const before = await roles(tenant)
    expect(await (await get(path, member.cookie)).text()).toContain('Become the owner of Lighthouse')
    expect(await roles(tenant)).toEqual(before)
    expect((await post(path, member.cookie)).headers.get('Location')).toBe('/')
    expect(await roles(tenant)).toEqual({ ...before, [owner.personId]: 'admin', [member.personId]: 'owner' })
    for (const { personId } of [owner, member])
      expect((await mailsTo(personId)).map(({ subject }) => subject)).toContain(
        'A member owns Lighthouse now',
      )
    const changes = (await events(tenant)).map(({ payload }) => [payload.from, payload.to])
    expect(changes).toContainEqual(['owner', 'admin'])
    expect(changes).toContainEqual(['member', 'owner'])
    const entry = await testEnv.DB.prepare(
      `SELECT actor_id FROM audit_log WHERE tenant_id = ?1 AND action = 'ownership.transferred'`,
    )
      .bind(tenant.tenantId)
      .first<{ actor_id: string }>()
    expect(entry?.actor_id).toBe(member.personId)
    expect((await get('/settings/people', owner.cookie)).headers.get('Location')).toContain('/sign-in')
    expect((await post(path, member.cookie)).status).toBe(404)
  })

  test('is taken once, also by two requests at the same moment', async () => {
    const { tenant, member, path } = await offered()
    const both = await Promise.all([post(path, member.cookie), post(path, member.cookie)])
    expect(both.map(({ status }) => status).sort()).toEqual([303, 404])
    expect((await events(tenant)).length).toBe(2)
  })

  test('is nobody else’s, and needs a fresh proof', async () => {
    const { tenant, owner, member, other, path } = await offered()
    const before = await roles(tenant)
    for (const { cookie } of [owner, other]) {
      expect((await get(path, cookie)).status).toBe(404)
      expect((await post(path, cookie)).status).toBe(404)
    }
    await testEnv.DB.prepare('UPDATE sessions SET proved_at = 0 WHERE person_id = ?1')
      .bind(member.personId)
      .run()
    expect((await post(path, member.cookie)).headers.get('Location')).toContain('/prove')
    expect(await roles(tenant)).toEqual(before)
  })

  test('is made by an owner only, with a fresh proof, and to somebody of the workspace', async () => {
    const { tenant, owner, member, other } = await place()
    expect((await post(`/settings/people/${member.personId}/ownership`, other.cookie)).status).toBe(403)
    const stranger = (await place()).member
    expect((await post(`/settings/people/${stranger.personId}/ownership`, owner.cookie)).status).toBe(404)
    expect((await post(`/settings/people/${owner.personId}/ownership`, owner.cookie)).status).toBe(409)
    await testEnv.DB.prepare('UPDATE sessions SET proved_at = 0 WHERE person_id = ?1')
      .bind(owner.personId)
      .run()
    const unproved = await post(`/settings/people/${member.personId}/ownership`, owner.cookie)
    expect(unproved.headers.get('Location')).toContain('/prove')
    expect(await world.services.directory.ownershipOffer(tenant.tenantId, Date.now())).toBeNull()
  })

  test('can be withdrawn and declined, gives way to a newer one, and ends after seven days', async () => {
    const { tenant, owner, member, other, path } = await offered()
    expect((await post('/settings/ownership/withdrawal', other.cookie)).status).toBe(403)
    await post(`/settings/people/${other.personId}/ownership`, owner.cookie)
    expect((await post(path, member.cookie)).status).toBe(404)
    expect((await post('/settings/ownership/withdrawal', owner.cookie)).status).toBe(303)
    const again = await offered()
    expect((await post('/settings/ownership/withdrawal', again.member.cookie)).status).toBe(303)
    expect((await post(again.path, again.member.cookie)).status).toBe(404)
    const late = await offered()
    const offer = await world.services.directory.ownershipOffer(late.tenant.tenantId, Date.now())
    const days = ((offer?.expiresAt ?? 0) - Date.now()) / 86_400_000
    expect(days).toBeGreaterThan(6.9)
    expect(days).toBeLessThanOrEqual(7)
    await testEnv.DB.prepare('UPDATE ownership_offers SET expires_at = ?2 WHERE tenant_id = ?1')
      .bind(late.tenant.tenantId, Date.now() - 1)
      .run()
    expect((await post(late.path, late.member.cookie)).status).toBe(404)
    expect((await roles(tenant))[owner.personId]).toBe('owner')
  })

  test('is void when the one who made it is no owner any more, or the other has left', async () => {
    const one = await offered()
    await testEnv.DB.prepare(`UPDATE memberships SET role = 'admin' WHERE person_id = ?1`)
      .bind(one.owner.personId)
      .run()
    expect((await post(one.path, one.member.cookie)).status).toBe(404)
    expect((await roles(one.tenant))[one.member.personId]).toBe('member')
  })
})

describe('people hear', () => {
  test('of another role and of a removal, by mail and as events; who leaves by themselves gets no mail', async () => {
    const { tenant, owner, member, other } = await place()
    const actor: Actor = { ...tenant, kind: 'person', id: owner.personId, name: 'Olive' }
    await changeRole(world.services, actor, member.personId, 'viewer', true)
    await removeMember(world.services, actor, member.personId, true)
    expect((await mailsTo(member.personId)).map(({ subject }) => subject).sort()).toEqual([
      'You are not in Lighthouse any more',
      'You are viewer of Lighthouse now',
    ])
    expect((await post(`/settings/people/${other.personId}/removal`, other.cookie)).status).toBe(303)
    expect(await mailsTo(other.personId)).toEqual([])
    const found = await events(tenant)
    expect(found.map(({ type }) => type).sort()).toEqual([
      'member.removed',
      'member.removed',
      'member.role_changed',
    ])
    for (const { type, payload } of found) {
      const known = manifest.events.find((event) => event.type === type)
      expect(known?.payload.safeParse(payload).success).toBe(true)
      expect(world.messages).toContainEqual(expect.objectContaining({ kind: 'event.deliver' }))
    }
  })

  test('a refused change leaves no event and sends no mail', async () => {
    const { tenant, owner } = await place()
    const actor: Actor = { ...tenant, kind: 'person', id: owner.personId, name: 'Olive' }
    expect((await removeMember(world.services, actor, owner.personId, true)).ok).toBe(false)
    expect(await events(tenant)).toEqual([])
    expect(await mailsTo(owner.personId)).toEqual([])
  })

  test('of an invitation again, which then works for seven more days', async () => {
    const { tenant } = await place()
    await invite(world.services, tenant, { email: 'guest@pier.example', role: 'member' })
    const row = await testEnv.DB.prepare('SELECT id FROM invitations WHERE tenant_id = ?1')
      .bind(tenant.tenantId)
      .first<{ id: string }>()
    world.clock.advance(3 * 86_400_000)
    expect(await resendInvitation(world.services, tenant, row?.id ?? '')).toMatchObject({ ok: true })
    const after = await testEnv.DB.prepare('SELECT expires_at FROM invitations WHERE tenant_id = ?1')
      .bind(tenant.tenantId)
      .first<{ expires_at: string }>()
    expect(Date.parse(after?.expires_at ?? '')).toBe(world.clock.now() + 7 * 86_400_000)
    const mails = await world.services.directory.latestMails(300)
    expect(mails.filter((mail) => mail.recipient === 'guest@pier.example').length).toBe(2)
    expect((await resendInvitation(world.services, await world.workspace(), row?.id ?? '')).ok).toBe(false)
  })
})

test('the samples of the events of people fit their shapes', () => {
  const own = manifest.events.filter(({ type }) => type.startsWith('member.'))
  expect(own.length).toBe(3)
  for (const event of own) expect(event.payload.safeParse(event.sample).success).toBe(true)
})
