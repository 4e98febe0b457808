// Remarks on days: over the API, on the page, on the charts, and for nobody else.
import { beforeEach, expect, test } from 'vitest'
import { createDashboard, openShared, readDashboard } from '../../src/modules/mini-foundry/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { ask, ORIGIN } from '../support/browser.ts'
import { keyFor, signInAs } from '../support/people.ts'
import { makeShop, saleOf } from '../support/shop.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

let world: World
let owner: Actor
const BASE = '/modules/mini-foundry/annotations'
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)

beforeEach(async () => {
  // the app's own clock is the real one: sales of these days
  world = await makeWorld(new Date(Date.now()).toISOString())
  owner = await makeShop(world, [saleOf('1', day(5), 300), saleOf('2', day(2), 100)])
})

async function call(
  method: string,
  path: string,
  body?: unknown,
  scopes = ['foundry:read', 'foundry:write'],
  tenant = owner.tenantId,
) {
  const { authorization } = await keyFor(tenant, scopes, world.clock.now())
  const answer = await ask(path, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await answer.text()
  return { status: answer.status, json: text ? JSON.parse(text) : null }
}

async function visit(path: string, form?: Record<string, string>, role: 'owner' | 'viewer' = 'owner') {
  const { cookie } = await signInAs(owner.tenantId, role, world.clock.now())
  const answer = await ask(path, {
    method: form ? 'POST' : 'GET',
    headers: { cookie, origin: ORIGIN, 'content-type': 'application/x-www-form-urlencoded' },
    body: form && new URLSearchParams(form).toString(),
  })
  return { status: answer.status, text: await answer.text(), to: answer.headers.get('location') }
}

const chartBoard = async (): Promise<string> => {
  const widgets = [{ id: 'w', kind: 'line', title: 'Revenue over time', metrics: ['revenue'] }]
  const made = await createDashboard(world.services, owner, { name: 'Lines', widgets })
  if (!made.ok) throw new Error(made.error.detail)
  return made.value.id
}

test('a remark is written, listed by day, removed, and each step is in the audit log', async () => {
  const made = await call('POST', BASE, { day: day(3), text: ' Prices raised ' })
  expect(made.status).toBe(201)
  expect(made.json).toMatchObject({ day: day(3), text: 'Prices raised' })
  await call('POST', BASE, { day: day(40), text: 'Fair' })
  const texts = async (query = '') =>
    (await call('GET', `${BASE}${query}`)).json.data.map(({ text }: { text: string }) => text)
  expect(await texts()).toEqual(['Prices raised', 'Fair'])
  expect(await texts(`?from=${day(10)}`)).toEqual(['Prices raised'])
  expect(await texts(`?to=${day(10)}`)).toEqual(['Fair'])
  expect((await call('DELETE', `${BASE}/${made.json.id}`)).status).toBe(204)
  expect((await call('DELETE', `${BASE}/${made.json.id}`)).status).toBe(404)
  expect(await texts()).toEqual(['Fair'])
  const { results } = await testEnv.DB.prepare(
    `SELECT action FROM audit_log WHERE tenant_id = ?1 AND action LIKE 'annotation.%' ORDER BY action`,
  )
    .bind(owner.tenantId)
    .all()
  expect(results.map(({ action }) => action)).toEqual([
    'annotation.created',
    'annotation.created',
    'annotation.deleted',
  ])
})

test('reading alone is not enough to write or to remove', async () => {
  const { json } = await call('POST', BASE, { day: day(3), text: 'Prices raised' })
  const reader = ['foundry:read']
  expect((await call('GET', BASE, undefined, reader)).status).toBe(200)
  expect((await call('POST', BASE, { day: day(3), text: 'x' }, reader)).status).toBe(403)
  expect((await call('DELETE', `${BASE}/${json.id}`, undefined, reader)).status).toBe(403)
  const back = { back: '/foundry' }
  expect((await visit('/foundry/remarks', { day: day(3), text: 'x', ...back }, 'viewer')).status).toBe(403)
  expect((await visit(`/foundry/remarks/${json.id}/delete`, back, 'viewer')).status).toBe(403)
  expect((await call('GET', BASE)).json.data).toHaveLength(1)
})

test('a remark belongs to its workspace', async () => {
  const { json } = await call('POST', BASE, { day: day(3), text: 'Prices raised' })
  const other = await world.workspace()
  const all = ['foundry:read', 'foundry:write']
  expect((await call('GET', BASE, undefined, all, other.tenantId)).json.data).toEqual([])
  expect((await call('DELETE', `${BASE}/${json.id}`, undefined, all, other.tenantId)).status).toBe(404)
})

test('a day that is none and a missing text are refused by name', async () => {
  const { status, json } = await call('POST', BASE, { day: '2026-02-30', text: '' })
  expect(status).toBe(422)
  expect(json.errors.map(({ path }: { path: string }) => path)).toEqual(['day', 'text'])
})

test('the page of a dashboard takes a remark, draws it on its charts and names it in their tables', async () => {
  const id = await chartBoard()
  const back = `/foundry/dashboards/${id}`
  expect((await visit(back)).text).not.toContain('chart-flag')
  const sent = await visit('/foundry/remarks', { day: day(3), text: 'Prices <raised>', back })
  expect([sent.status, sent.to]).toEqual([303, back])
  const { text } = await visit(back)
  // narrow and wide
  expect(text.match(/class="chart-flag"/g)).toHaveLength(2)
  expect(text).toContain('<th scope="col">Remark</th>')
  expect(text).toMatch(/<td>[^<]*Prices &lt;raised&gt;<\/td>/)
  const { json } = await call('GET', BASE)
  const gone = await visit(`/foundry/remarks/${json.data[0].id}/delete`, { back })
  expect(gone.to).toBe(back)
  expect((await visit(back)).text).not.toContain('chart-flag')
})

test('what is missing in the form is said, what was written stays, and the way back leads nowhere else', async () => {
  const wrong = await visit('/foundry/remarks', { day: 'soon', text: 'Fair', back: '/foundry' })
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('Write a date like 2026-01-31.')
  expect(wrong.text).toContain('value="Fair"')
  const away = await visit('/foundry/remarks', { day: day(3), text: 'Fair', back: '//evil.example' })
  expect(away.to).toBe('/foundry')
})

test('whoever has a link to a dashboard from outside sees its charts without the remarks', async () => {
  const id = await chartBoard()
  await call('POST', BASE, { day: day(3), text: 'Prices raised' })
  const inside = await readDashboard(world.services, owner, { id, query: {} })
  expect(inside).toMatchObject({ value: { remarks: [{ text: 'Prices raised' }] } })
  const outside = await openShared(world.services, owner, { ref: id, scope: ['view'] })
  expect(outside).toMatchObject({ ok: true, value: { remarks: [] } })
})
