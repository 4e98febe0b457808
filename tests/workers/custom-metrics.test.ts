// Metrics of one's own and targets: checked, versioned, used everywhere, and nobody else's.
import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/platform/actor.ts'
import { ask } from '../support/browser.ts'
import { keyFor, signInAs } from '../support/people.ts'
import { makeShop, saleOf } from '../support/shop.ts'
import { makeWorld, type World } from '../support/world.ts'

let world: World
let owner: Actor
const BASE = '/modules/mini-foundry/metrics/custom'

beforeEach(async () => {
  // the app's own clock is the real one: sales of these days
  world = await makeWorld(new Date(Date.now()).toISOString())
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
  owner = await makeShop(world, [saleOf('1', day(3), 300), saleOf('2', day(2), 100)])
})

async function call(
  method: string,
  path: string,
  body?: unknown,
  scopes = ['foundry:read', 'foundry:write'],
) {
  const { authorization } = await keyFor(owner.tenantId, scopes, world.clock.now())
  const answer = await ask(path, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await answer.text()
  return { status: answer.status, json: text ? JSON.parse(text) : null }
}
const make = async (name: string, formula: string, more: object = {}) =>
  (await call('POST', BASE, { name, formula, ...more })).json

describe('a metric of one’s own', () => {
  test('gets its unit from the formula and answers like any other metric', async () => {
    const { status, json } = await call('POST', BASE, { name: 'Basket', formula: 'revenue / orders' })
    expect(status).toBe(201)
    expect(json).toMatchObject({ key: 'custom_basket', unit: 'money', version: 1 })
    const answer = await call('GET', '/modules/mini-foundry/metrics?metrics=custom_basket,revenue')
    expect(answer.json.data[0]).toMatchObject({ metric: 'custom_basket', unit: 'money', total: '200.00' })
  })

  test.each([
    ['revenue + orders', 'formula', 8],
    ['revenue +', 'formula', 9],
    ['revenoo / orders', 'formula', 0],
  ])('%s is refused, and the place is named', async (formula, path, at) => {
    const { status, json } = await call('POST', BASE, { name: 'Wrong', formula })
    expect(status).toBe(422)
    expect(json.errors[0]).toMatchObject({ path })
    expect(json.errors[0].at).toBeTypeOf('number')
    expect(json.errors[0].length).toBeGreaterThan(0)
    expect(json.errors[0].at).toBeLessThanOrEqual(at)
  })

  test('a unit that the formula does not give is refused; a ratio may be a percentage', async () => {
    const wrong = await call('POST', BASE, { name: 'Basket', formula: 'revenue / orders', unit: 'count' })
    expect(wrong.json.errors[0].path).toBe('unit')
    const share = await make('Refund share', 'refunds / revenue', { unit: 'percent' })
    expect(share.unit).toBe('percent')
  })

  test('may be in another, but never lead back to itself', async () => {
    const first = await make('Basket', 'revenue / orders')
    await make('Double basket', 'custom_basket * 2')
    const { status, json } = await call('PUT', `${BASE}/${first.id}`, { formula: 'custom_double_basket' })
    expect(status).toBe(422)
    expect(json.errors[0].message).toMatch(/leads back/)
  })

  test('is not changed so that another one loses its value', async () => {
    const { id } = await make('Basket', 'revenue / orders')
    await make('Above', 'revenue + custom_basket')
    const { status, json } = await call('PUT', `${BASE}/${id}`, { formula: 'orders' })
    expect(status).toBe(422)
    expect(json.errors[0].message).toContain('“Above” uses this metric')
  })

  test('every change is a version, and an earlier one comes back', async () => {
    const { id } = await make('Basket', 'revenue / orders')
    await call('PUT', `${BASE}/${id}`, { formula: 'net_revenue / orders' })
    const restored = await call('POST', `${BASE}/${id}/restore`, { version: 1 })
    expect(restored.json).toMatchObject({ formula: 'revenue / orders', version: 3 })
    const { json } = await call('GET', `${BASE}/${id}`)
    expect(
      json.versions.map(({ version, formula }: { version: number; formula: string }) => [version, formula]),
    ).toEqual([
      [3, 'revenue / orders'],
      [2, 'net_revenue / orders'],
      [1, 'revenue / orders'],
    ])
  })

  test('is not archived while an alert, a target, a dashboard or a formula uses it, and it says which', async () => {
    const { id, key } = await make('Net', 'revenue - refunds')
    await make('Twice', 'custom_net * 2')
    const alert = { metric: key, kind: 'threshold', rule: { operator: 'below', value: 1 }, name: 'Weak net' }
    expect((await call('POST', '/modules/mini-foundry/alerts', alert)).status).toBe(201)
    await call('PUT', '/modules/mini-foundry/targets', { metric: key, value: 100 })
    const widgets = [{ id: 'w', kind: 'number', title: 'Net', metrics: [key] }]
    const dashboard = await call('POST', '/modules/mini-foundry/dashboards', { name: 'Board', widgets })
    expect(dashboard.status).toBe(201)
    const { status, json } = await call('DELETE', `${BASE}/${id}`)
    expect(status).toBe(409)
    const where = json.errors.map(({ message }: { message: string }) => message).join()
    for (const word of ['Weak net', 'Board', 'Twice', 'target']) expect(where).toContain(word)
  })

  test('that nobody uses is archived, keeps its word, and comes back by a change', async () => {
    const { id } = await make('Net', 'revenue - refunds')
    expect((await call('DELETE', `${BASE}/${id}`)).status).toBe(204)
    expect((await call('GET', '/modules/mini-foundry/metrics?metrics=custom_net')).status).toBe(422)
    expect((await make('Net', 'revenue')).key).toBe('custom_net_2')
    expect((await call('PUT', `${BASE}/${id}`, {})).json.archived_at).toBeNull()
    expect((await call('GET', '/modules/mini-foundry/metrics?metrics=custom_net')).status).toBe(200)
  })

  test('is previewed on real figures without being kept', async () => {
    const { json } = await call('POST', `${BASE}/preview`, { formula: 'revenue / orders' }, ['foundry:read'])
    expect(json).toMatchObject({ unit: 'money', answer: { total: '200.00' } })
    expect((await call('GET', BASE)).json.data).toEqual([])
  })

  test('belongs to its workspace, and readers make none', async () => {
    const { id } = await make('Net', 'revenue - refunds')
    expect((await call('POST', BASE, { name: 'N', formula: 'revenue' }, ['foundry:read'])).status).toBe(403)
    owner = await world.workspace()
    expect((await call('GET', `${BASE}/${id}`)).status).toBe(404)
    expect((await call('GET', `${BASE}/custom_net`)).status).toBe(404)
    expect((await call('DELETE', `${BASE}/${id}`)).status).toBe(404)
    expect((await call('GET', '/modules/mini-foundry/metrics?metrics=custom_net')).status).toBe(422)
  })
})

describe('a target', () => {
  const TARGETS = '/modules/mini-foundry/targets'

  test('is set, set again and taken away', async () => {
    const { status, json } = await call('PUT', TARGETS, {
      metric: 'revenue',
      value: '1000',
      granularity: 'year',
    })
    expect(status).toBe(200)
    expect(json).toMatchObject({
      metric: 'revenue',
      granularity: 'year',
      unit: 'money',
      pace: { shape: 'even' },
    })
    await call('PUT', TARGETS, { metric: 'revenue', value: '2000', granularity: 'year' })
    const { json: list } = await call('GET', `${TARGETS}?metric=revenue`)
    expect(list.data.map(({ target }: { target: string }) => target)).toEqual(['2000'])
    expect((await call('PUT', TARGETS, { metric: 'revenue', value: null, granularity: 'year' })).status).toBe(
      204,
    )
    expect((await call('GET', TARGETS)).json.data).toEqual([])
  })

  test('of a rate has no pace, because its days do not add up', async () => {
    expect((await call('PUT', TARGETS, { metric: 'average_order_value', value: 50 })).json.pace).toBeNull()
  })

  test('of nothing known is refused', async () => {
    expect((await call('PUT', TARGETS, { metric: 'revenuee', value: 5 })).json.errors[0].path).toBe('metric')
  })
})

describe('the pages', () => {
  async function visit(path: string, form?: Record<string, string>) {
    const { cookie } = await signInAs(owner.tenantId, 'owner', world.clock.now())
    const answer = await ask(path, {
      method: form ? 'POST' : 'GET',
      headers: { cookie, origin: 'http://example.com', 'content-type': 'application/x-www-form-urlencoded' },
      body: form && new URLSearchParams(form).toString(),
    })
    return { status: answer.status, text: await answer.text(), to: answer.headers.get('location') }
  }

  test('suggest alerts from the shop’s own figures, rehearse one and make it, all without a script', async () => {
    expect((await visit('/foundry/alerts')).text).toContain('Nobody is watching yet')
    const fields = {
      kind: 'threshold',
      metric: 'revenue',
      granularity: 'day',
      operator: 'below',
      value: '200',
    }
    const tried = await visit('/foundry/alerts/rehearse', fields)
    expect(tried.status).toBe(200)
    expect(tried.text).toMatch(/It would have gone off (once|\d+ times)/)
    const wrong = await visit('/foundry/alerts', { ...fields, value: 'much' })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('is no number')
    const made = await visit('/foundry/alerts', fields)
    expect(made.status).toBe(303)
    expect((await visit(made.to ?? '')).text).toContain('Revenue of a day is below $200')
    expect((await visit(`${made.to}/edit`)).text).toContain('value="200"')
    expect((await visit(`${made.to}/snooze`, { hours: '24' })).status).toBe(303)
    expect((await visit(made.to ?? '')).text).toContain('Nobody is told until')
    expect((await visit(`${made.to}/delete`, { confirmed: 'yes' })).to).toBe('/foundry/alerts')
  })

  test('show a formula’s mistake under its own character, and its values when it is right', async () => {
    const wrong = await visit('/foundry/metrics/custom/preview', { name: 'X', formula: 'revenue + orders' })
    expect(wrong.status).toBe(200)
    expect(wrong.text).toMatch(/\^+/)
    const right = await visit('/foundry/metrics/custom/preview', { name: 'X', formula: 'revenue / orders' })
    expect(right.text).toContain('$200.00 in the last 90 days')
    const made = await visit('/foundry/metrics/custom', { name: 'Basket', formula: 'revenue / orders' })
    expect(made.status).toBe(303)
    expect((await visit(made.to ?? '')).text).toContain('custom_basket')
    expect((await visit('/foundry/metrics/custom')).text).toContain('Basket')
  })

  test('set a target and say how it stands', async () => {
    expect(
      (await visit('/foundry/targets', { metric: 'revenue', granularity: 'year', value: '1000' })).status,
    ).toBe(303)
    const { text } = await visit('/foundry/targets')
    expect(text).toContain('of $1,000')
    expect(text).toMatch(/a day for \d+ days? reaches it|The period is over/)
  })
})
