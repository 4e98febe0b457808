// Dashboards over the API: every kind of widget, tabs, going back and forward, copies, links and mails.
import { beforeAll, describe, expect, test } from 'vitest'
import { personDefault } from '../../src/modules/mini-foundry/store/dashboards-history.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { KEY_SCOPES } from '../../src/platform/actor.ts'
import { ask } from '../support/browser.ts'
import { keyFor, signInAs } from '../support/people.ts'
import { makeWorld, type World } from '../support/world.ts'

const mineOf = ({ tenantId, id }: Actor) => {
  const db = world.services.tenant(tenantId)
  return db.get(personDefault(db, id))
}

const BASE = '/modules/mini-foundry/dashboards'
const RHYTHM = { every: 'week', weekday: 1, hour: 8, minute: 0 }

let world: World
let shop: Actor
let full: string
let reader: string

beforeAll(async () => {
  world = await makeWorld(new Date().toISOString())
  shop = await world.workspace()
  const now = world.services.clock.now()
  full = (await keyFor(shop.tenantId, [...KEY_SCOPES], now)).authorization
  reader = (await keyFor(shop.tenantId, ['foundry:read'], now)).authorization
})

async function call(method: string, path: string, body?: unknown, more: Record<string, string> = {}) {
  const headers = { Authorization: full, 'Content-Type': 'application/json', ...more }
  const answer = await ask(`${BASE}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, json: text ? JSON.parse(text) : null }
}

async function made(widgets: unknown[] = []): Promise<string> {
  const { status, json } = await call('POST', '', { name: 'Shop', widgets })
  expect(status, JSON.stringify(json)).toBe(201)
  return json.id
}

test('Every kind of widget, tabs and the opening question come back as they were sent', async () => {
  const kinds =
    'number line area bar stacked donut table heat_map funnel cohort map goal text activity'.split(' ')
  const widgets = kinds.map((kind, index) => ({
    id: `w${index}`,
    kind,
    title: kind,
    metrics: ['text', 'activity', 'cohort'].includes(kind) ? [] : ['revenue'],
    tab: index % 2 ? 'b' : 'a',
    ...(['bar', 'table', 'map', 'donut'].includes(kind) && { group_by: 'country' }),
    ...(kind === 'text' && { text: '# Hello' }),
    ...(kind === 'map' && { map: 'us', filter: 'country:US' }),
  }))
  const settings = {
    tabs: [
      { id: 'a', name: 'One' },
      { id: 'b', name: 'Two' },
    ],
    query: { range: 'this_month', compare: 'previous_year' },
  }
  // the first look makes the default dashboard
  await call('GET', '')
  const sent = await call('POST', '', { name: 'Everything', widgets, settings })
  expect(sent.status).toBe(201)
  expect(sent.json).toMatchObject({ widgets, settings })
  const read = await call('GET', `/${sent.json.id}`)
  expect(read.json).toEqual(sent.json)
  expect(read.headers.get('ETag')).toBe(`"${read.json.version}"`)
  const listed = await call('GET', '')
  expect(listed.json.data).toContainEqual(sent.json)
  const wrong = await call('POST', '', { name: 'X', widgets: [{ ...widgets[0], kind: 'gauge' }] })
  expect(wrong.status).toBe(422)
})

test('A change is taken back and made again, its versions are listed, and an old ETag is refused', async () => {
  const id = await made()
  const before = (await call('GET', `/${id}`)).headers.get('ETag') ?? ''
  await call('PUT', `/${id}`, { name: 'Renamed' })
  expect((await call('GET', `/${id}/versions`)).json.data).toMatchObject([{ name: 'Shop', stack: 'undo' }])
  expect((await call('POST', `/${id}/undo`, undefined, { 'If-Match': before })).status).toBe(412)
  expect((await call('POST', `/${id}/undo`, undefined, { 'If-Match': 'nonsense' })).status).toBe(412)
  const undone = await call('POST', `/${id}/undo`)
  expect([undone.status, undone.json.name]).toEqual([200, 'Shop'])
  expect((await call('POST', `/${id}/undo`)).status).toBe(409)
  expect((await call('GET', `/${id}/versions`)).json.data).toMatchObject([{ name: 'Renamed', stack: 'redo' }])
  const etag = undone.headers.get('ETag') ?? ''
  const redone = await call('POST', `/${id}/redo`, undefined, { 'If-Match': etag })
  expect([redone.status, redone.json.name]).toEqual([200, 'Renamed'])
})

test('A copy is a dashboard of its own', async () => {
  const id = await made([{ id: 'w', kind: 'number', title: 'Revenue', metrics: ['revenue'] }])
  const copy = await call('POST', `/${id}/duplicate`)
  expect(copy.status).toBe(201)
  expect(copy.headers.get('Location')).toBe(`${BASE}/${copy.json.id}`)
  await call('PUT', `/${copy.json.id}`, { widgets: [] })
  expect((await call('GET', `/${id}`)).json.widgets).toHaveLength(1)
})

test('A person chooses what they see first, by the API and by the page, and nobody else sees it', async () => {
  const id = await made()
  const person = await signInAs(shop.tenantId, 'viewer', world.services.clock.now())
  const actor = { ...shop, kind: 'person' as const, id: person.personId }
  const headers = { Cookie: person.cookie }
  expect(await (await ask(`/foundry/dashboards/${id}`, { headers })).text()).toContain('Make it my default')
  const form = {
    ...headers,
    'Content-Type': 'application/x-www-form-urlencoded',
    'Sec-Fetch-Site': 'same-origin',
  }
  await ask(`/foundry/dashboards/${id}/mine`, { method: 'POST', headers: form, body: '' })
  expect(await mineOf(actor)).toBe(id)
  expect(await (await ask(`/foundry/dashboards/${id}`, { headers })).text()).toContain(
    'Not my default any more',
  )
  expect(await mineOf(shop)).toBeNull()

  const key = { Authorization: reader }
  expect((await call('PUT', `/${id}/mine`, { mine: true }, key)).status).toBe(204)
  expect((await call('PUT', `/${id}/mine`, { mine: false }, key)).status).toBe(204)
  expect((await call('PUT', '/no-such/mine', { mine: true }, key)).status).toBe(404)
  expect((await call('PUT', `/${id}/mine`, {}, key)).status).toBe(422)
  expect(await mineOf(actor)).toBe(id)
})

test('A link is made, listed without its secret, shows the dashboard, and ends', async () => {
  const id = await made()
  const link = await call('POST', `/${id}/shares`, { label: 'Bank', query: { range: 'this_month' } })
  expect(link.status, JSON.stringify(link.json)).toBe(201)
  expect((await ask(`/p/${link.json.token}`)).status).toBe(200)
  const listed = await call('GET', `/${id}/shares`)
  expect(listed.json.data).toMatchObject([{ id: link.json.id, label: 'Bank', state: 'active' }])
  expect(JSON.stringify(listed.json)).not.toContain(link.json.token)
  expect((await call('DELETE', `/${await made()}/shares/${link.json.id}`)).status).toBe(404)
  expect((await call('DELETE', `/${id}/shares/${link.json.id}`)).status).toBe(204)
  expect((await ask(`/p/${link.json.token}`)).status).not.toBe(200)
  expect((await call('POST', `/${id}/shares`, { query: { range: 'nonsense' } })).status).toBe(422)
})

test('A schedule is made, paused, resumed and removed, and strangers are asked first', async () => {
  const id = await made()
  const wish = { rhythm: RHYTHM, recipients: ['stranger@example.com'], with_pdf: true }
  const schedule = await call('POST', `/${id}/schedules`, wish)
  expect([schedule.status, schedule.json.asked]).toEqual([201, ['stranger@example.com']])
  const at = `/${id}/schedules/${schedule.json.id}`
  const now = async () => (await call('GET', `/${id}/schedules`)).json.data
  expect(await now()).toMatchObject([
    { status: 'active', with_pdf: true, outside: { 'stranger@example.com': 'asked' } },
  ])
  expect((await call('POST', `${at}/pause`)).status).toBe(204)
  expect(await now()).toMatchObject([{ status: 'paused', next_at: null }])
  expect((await call('POST', `${at}/send`)).status).toBe(409)
  expect((await call('POST', `${at}/resume`)).status).toBe(204)
  expect(await now()).toMatchObject([{ status: 'active', next_at: expect.any(String) }])
  expect((await call('DELETE', `/${await made()}/schedules/${schedule.json.id}`)).status).toBe(404)
  expect((await call('DELETE', at)).status).toBe(204)
  expect(await now()).toEqual([])
  const wrong = await call('POST', `/${id}/schedules`, { rhythm: { ...RHYTHM, hour: 25 }, recipients: ['x'] })
  expect(wrong.status).toBe(422)
})

describe('A key that may only read', () => {
  test.each([
    ['POST', 'undo'],
    ['POST', 'redo'],
    ['POST', 'duplicate'],
    ['POST', 'schedules'],
    ['POST', 'shares'],
  ])('is refused to %s %s', async (method, deed) => {
    const body = { rhythm: RHYTHM, recipients: ['ann@example.com'] }
    const sent = deed === 'schedules' ? body : deed === 'shares' ? {} : undefined
    const answer = await call(method, `/${await made()}/${deed}`, sent, { Authorization: reader })
    expect(answer.status).toBe(403)
  })
})
