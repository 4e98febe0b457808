// Notifications through the doors: the bell, the inbox, the choices and the channels, with forms alone.
import { beforeAll, describe, expect, test } from 'vitest'
import { listChannels, notify, readInbox, readNoticeChoices } from '../../src/modules/workspace/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import type { LiveSeat } from '../../src/platform/live.ts'
import { ask, ownForm } from '../support/browser.ts'
import { keyFor, signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

let world: World
let shop: Actor

beforeAll(async () => {
  world = await makeWorld(new Date().toISOString())
  shop = await world.workspace({ name: 'Harbour', timeZone: 'UTC' })
})

async function signIn(role: 'admin' | 'member' = 'admin'): Promise<{ cookie: string; person: Actor }> {
  const { cookie, personId } = await signInAs(shop.tenantId, role, world.clock.now())
  return { cookie, person: { ...shop, kind: 'person', id: personId, role } }
}

const get = async (path: string, cookie: string) => {
  const response = await ask(path, { headers: { Cookie: cookie } })
  return { response, html: await response.text() }
}

const post = (path: string, cookie: string, fields: Record<string, string> | [string, string][] = {}) =>
  ask(path, { method: 'POST', headers: ownForm(cookie), body: new URLSearchParams(fields).toString() })

let told = 0
async function tell(person: Actor, more = {}): Promise<string> {
  told += 1
  await notify(world.services, shop, {
    kind: 'member.joined',
    to: [person.id],
    title: `Thing ${told}`,
    href: '/settings/people',
    dedupeKey: `thing ${told}`,
    ...more,
  })
  const inbox = await readInbox(world.services, person)
  return inbox.ok ? (inbox.value.notices[0]?.id ?? '') : ''
}

describe('the bell', () => {
  test('shows on every page how many are unread, up to 99+', async () => {
    const { cookie, person } = await signIn()
    expect((await get('/settings/profile', cookie)).html).toContain('Notifications: none unread')
    await tell(person)
    await tell(person)
    expect((await get('/settings/profile', cookie)).html).toContain('Notifications: 2 unread')
    await testEnv.DB.prepare(
      `INSERT INTO notifications (tenant_id, id, person_id, kind, title, dedupe_key, created_at, mail_state)
       SELECT ?1, 'n' || value, ?2, 'member.joined', 'x', 'n' || value, 'x', 'none' FROM json_each(?3)`,
    )
      .bind(shop.tenantId, person.id, JSON.stringify(Array.from({ length: 200 }, (_, index) => index)))
      .run()
    expect((await get('/settings/profile', cookie)).html).toContain('Notifications: 99+ unread')
  })

  test('of an open page is told without a reload, and says it to screen readers', async () => {
    const { person } = await signIn()
    const hub = testEnv.LIVE_HUB.get(testEnv.LIVE_HUB.idFromName(shop.tenantId))
    const seat: LiveSeat = {
      tenantId: shop.tenantId,
      sessionId: 's',
      personId: person.id,
      role: 'admin',
      view: { kind: 'inbox', id: person.id },
      expiresAt: Date.parse('2100-01-01T00:00:00Z'),
    }
    const response = await hub.fetch('https://hub/', {
      headers: { Upgrade: 'websocket', 'x-live-seat': encodeURIComponent(JSON.stringify(seat)) },
    })
    const socket = response.webSocket
    if (!socket) throw new Error('no socket')
    const messages: string[] = []
    const waiting: ((text: string) => void)[] = []
    socket.addEventListener('message', ({ data }) => {
      const wanted = waiting.shift()
      if (wanted) wanted(String(data))
      else messages.push(String(data))
    })
    socket.accept()
    const next = () => {
      const known = messages.shift()
      return known === undefined ? new Promise<string>((got) => waiting.push(got)) : known
    }
    expect(await next()).toContain('none unread')
    await tell(person)
    await hub.noticed([person.id])
    const piece = await next()
    expect(piece).toContain('<hx-partial hx-target="#inbox-said" hx-swap="innerMorph">1 unread')
    expect(piece).toContain('hx-target="#inbox-count"')
    socket.close()
  })

  test('cannot be watched by anybody else', async () => {
    const { cookie } = await signIn()
    const other = await signIn()
    const response = await ask(`/live?kind=inbox&id=${other.person.id}`, {
      headers: { Cookie: cookie, Upgrade: 'websocket', Origin: 'http://example.com' },
    })
    expect(response.status).toBe(400)
    await response.text()
  })
})

describe('the page', () => {
  test('lists what is unread, opens it, marks it as read and leads on', async () => {
    const { cookie, person } = await signIn()
    expect((await get('/notifications', cookie)).html).toContain('You have read everything')
    const id = await tell(person, { title: 'Look <b>here</b>', body: 'Now' })
    const { html } = await get('/notifications', cookie)
    expect(html).toContain('Look &lt;b&gt;here&lt;/b&gt;')
    const opened = await get(`/notifications/${id}/open`, cookie)
    expect([opened.response.status, opened.response.headers.get('Location')]).toEqual([
      303,
      '/settings/people',
    ])
    expect((await get('/notifications', cookie)).html).not.toContain('Look &lt;b&gt;')
    expect((await get('/notifications?show=all', cookie)).html).toContain('Look &lt;b&gt;')
    const stranger = await signIn()
    expect((await get(`/notifications/${id}/open`, stranger.cookie)).response.status).toBe(404)
  })

  test('marks one or all as read by forms', async () => {
    const { cookie, person } = await signIn('member')
    const ids = [await tell(person), await tell(person), await tell(person)]
    await (await post(`/notifications/${ids[0]}/read`, cookie)).text()
    expect(await readInbox(world.services, person)).toMatchObject({ value: { unread: 2 } })
    await (await post('/notifications/read', cookie)).text()
    expect(await readInbox(world.services, person)).toMatchObject({ value: { unread: 0 } })
  })

  test('filters by kind and pages with links', async () => {
    const { cookie, person } = await signIn()
    for (let index = 0; index < 52; index++) await tell(person)
    await tell(person, { kind: 'import.finished', title: 'Only import' })
    const first = (await get('/notifications', cookie)).html
    const next =
      /href="(\/notifications\?[^"]*before=[^"]*)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = (await get(next, cookie)).html
    expect(second.match(/id="notice-/g)).toHaveLength(3)
    const filtered = (await get('/notifications?kind=import.finished', cookie)).html
    expect(filtered.match(/id="notice-/g)).toHaveLength(1)
    expect(filtered).toContain('Only import')
  })
})

describe('the choices', () => {
  test('are saved by the form, and a wrong one is said beside its field', async () => {
    const { cookie, person } = await signIn('member')
    expect((await get('/settings/notifications', cookie)).html).toContain('name="mail:member.joined"')
    const fields = {
      'mail:member.joined': 'weekly',
      'mail:comment.mentioned': 'off',
      'app:comment.mentioned': 'yes',
      timeZone: 'Europe/Berlin',
      quietFrom: '1320',
      quietUntil: '420',
      digestHour: '7',
      digestWeekday: '5',
      mailsPerHour: '3',
    }
    expect((await post('/settings/notifications', cookie, fields)).status).toBe(303)
    const choices = await readNoticeChoices(world.services, person)
    if (!choices.ok) throw new Error('no choices')
    expect(choices.value.settings).toEqual({
      timeZone: 'Europe/Berlin',
      quietFrom: 1320,
      quietUntil: 420,
      digestHour: 7,
      digestWeekday: 5,
      mailsPerHour: 3,
    })
    const chosen = new Map(choices.value.kinds.map((kind) => [kind.kind, kind.chosen]))
    expect(chosen.get('member.joined')).toEqual({ inApp: false, mail: 'weekly' })
    expect(chosen.get('comment.mentioned')).toEqual({ inApp: true, mail: 'off' })
    const wrong = await post('/settings/notifications', cookie, { ...fields, mailsPerHour: '0' })
    expect([wrong.status, (await wrong.text()).includes('At least one.')]).toEqual([422, true])
  })
})

describe('channels', () => {
  test('are added, changed, paused and removed by forms; the address is not shown again', async () => {
    const { cookie, person } = await signIn()
    const fields: [string, string][] = [
      ['type', 'slack'],
      ['name', '#alerts'],
      ['url', 'https://hooks.slack.com/services/T1/B1/verysecret'],
      ['new:kinds', 'member.joined'],
      ['new:kinds', 'payment.disputed'],
      ['postsPerHour', '12'],
    ]
    expect((await post('/settings/channels', cookie, fields)).status).toBe(303)
    const list = await listChannels(world.services, person)
    const id = list.ok ? (list.value[0]?.id ?? '') : ''
    expect(list).toMatchObject({
      value: [{ name: '#alerts', kinds: ['member.joined', 'payment.disputed'], postsPerHour: 12 }],
    })
    const { html } = await get('/settings/channels', cookie)
    expect(html).toContain('#alerts')
    expect(html).not.toContain('verysecret')
    await post(`/settings/channels/${id}`, cookie, [[`${id}:kinds`, 'import.finished']])
    await post(`/settings/channels/${id}/pause`, cookie)
    expect(await listChannels(world.services, person)).toMatchObject({
      value: [{ kinds: ['import.finished'], status: 'paused' }],
    })
    const asks = await post(`/settings/channels/${id}/removal`, cookie)
    expect(await asks.text()).toContain('Remove the channel')
    await post(`/settings/channels/${id}/removal`, cookie, { confirmed: 'yes' })
    expect(await listChannels(world.services, person)).toMatchObject({ value: [] })
  })

  test('with a wrong address come back with words and what was typed, but without the address', async () => {
    const { cookie } = await signIn()
    const fields = {
      type: 'teams',
      name: 'Ops',
      url: 'https://example.com/secret-hook',
      'new:kinds': 'member.joined',
    }
    const wrong = await post('/settings/channels', cookie, fields)
    const html = await wrong.text()
    expect(wrong.status).toBe(422)
    expect(html).toContain('A Teams webhook of the Workflows app')
    expect(html).toContain('value="Ops"')
    expect(html).not.toContain('secret-hook')
  })
})

describe('the API', () => {
  test('answers a session with its inbox and tells a key in words that it has none', async () => {
    const { cookie, person } = await signIn()
    const id = await tell(person)
    const list = await ask('/modules/workspace/notifications?unread=true', { headers: { Cookie: cookie } })
    expect(await list.json()).toMatchObject({ data: [{ id, read_at: null }], next_cursor: null })
    const headers = { ...ownForm(cookie), 'Content-Type': 'application/json' }
    const read = await ask(`/modules/workspace/notifications/${id}/read`, {
      method: 'POST',
      headers,
      body: '{}',
    })
    expect(await read.json()).toMatchObject({ id, read_at: expect.any(String) })
    const { authorization } = await keyFor(shop.tenantId, ['workspace:read'], world.clock.now())
    const refused = await ask('/modules/workspace/notifications', {
      headers: { Authorization: authorization },
    })
    expect(refused.status).toBe(403)
    expect(await refused.json()).toMatchObject({ detail: expect.stringContaining('belong to a person') })
  })

  test('changes preferences field by field and names a wrong one as the caller did', async () => {
    const { cookie } = await signIn()
    const put = (body: unknown) =>
      ask('/modules/workspace/notification-preferences', {
        method: 'PUT',
        headers: { ...ownForm(cookie), 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      })
    const done = await put({ digest_hour: 6, kinds: [{ kind: 'member.joined', mail: 'off' }] })
    const body = (await done.json()) as { kinds: { kind: string; mail: string; in_app: boolean }[] }
    expect(body).toMatchObject({ digest_hour: 6, mails_per_hour: 10 })
    expect(body.kinds.find((kind) => kind.kind === 'member.joined')).toMatchObject({
      mail: 'off',
      in_app: true,
    })
    const wrong = await put({ mails_per_hour: 0 })
    expect(await wrong.json()).toMatchObject({ errors: [{ path: 'mails_per_hour' }] })
  })
})
