import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import type { AppEnv } from '../../src/http/context.ts'
import type { Actor } from '../../src/platform/actor.ts'
import type { SessionView } from '../../src/platform/directory.ts'
import { dashboardsApi } from '../../src/routes/api/dashboards.ts'
import { metricsApi } from '../../src/routes/api/metrics.ts'
import { foundryPages } from '../../src/routes/pages/foundry.tsx'
import { metricPages } from '../../src/routes/pages/metrics.tsx'
import { makeShop, saleOf, sell } from '../support/shop.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const BASE = '/modules/mini-foundry/dashboards'
const TODAY = '2026-11-22'

/** The doors with someone already let in. */
function doorsFor(world: World, actor: Actor) {
  const app = new Hono<AppEnv>()
  app.use(async (c, next) => {
    c.set('services', world.services)
    c.set('requestId', 'test')
    c.set('maybeActor', actor)
    c.set('session', sessionOf(actor))
    await next()
  })
  app.route('/', dashboardsApi).route('/', metricsApi).route('/', foundryPages).route('/', metricPages)
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const json =
      body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...headers } }
    const response = await app.request(path, { method, headers, ...json }, testEnv)
    await world.settle()
    return response
  }
  const submit = (path: string, fields: Record<string, string>) =>
    app.request(path, { method: 'POST', body: new URLSearchParams(fields) }, testEnv)
  return {
    call,
    submit,
    get: (path: string, headers?: Record<string, string>) => call('GET', path, undefined, headers),
  }
}

const sessionOf = (actor: Actor): SessionView => ({
  id: 's',
  secretHash: '',
  personId: 'p',
  name: 'Ann',
  email: 'ann@example.com',
  emailVerified: true,
  theme: 'system',
  tenantId: actor.tenantId,
  role: actor.role,
  workspace: actor.workspace,
  workspaces: [{ id: actor.tenantId, name: actor.workspace.name, role: actor.role }],
  lastSeenAt: 0,
  idleExpiresAt: 0,
  absoluteExpiresAt: 0,
  provedAt: 0,
  secondFactor: false,
  passkeys: 0,
  hasPassword: true,
  unread: 0,
})

async function setUp(
  sales = [
    saleOf('1', TODAY, 100, { channel: 'web', country: 'US', productName: 'Lamp', customerExtId: 'ann' }),
  ],
) {
  const world = await makeWorld(`${TODAY}T12:00:00Z`)
  const actor = await makeShop(world, sales, { timeZone: 'UTC' })
  return { world, actor, ...doorsFor(world, actor) }
}

type Json = Record<string, unknown> & { data: never[] }
const json = async (response: Response) => (await response.json()) as Json

describe('dashboards over the API', () => {
  test('the first list holds one default dashboard with every column of the specification', async () => {
    const { get } = await setUp([])
    const first = await json(await get(BASE))
    expect(first).toMatchObject({ data: [{ type: 'sales_overview', is_default: true }], next_cursor: null })
    expect(Object.keys(first.data[0] ?? {})).toEqual([
      'id',
      'tenant_id',
      'name',
      'type',
      'layout',
      'widgets',
      'settings',
      'is_default',
      'version',
      'created_at',
      'updated_at',
    ])
    expect(await json(await get(BASE))).toEqual(first)
  })

  test('a name is enough to make one; unknown fields and shapes are refused with their path', async () => {
    const { call } = await setUp([])
    const made = await call('POST', BASE, { name: 'Sales' })
    expect(made.status).toBe(201)
    const body = await json(made)
    expect(made.headers.get('Location')).toBe(`${BASE}/${body.id}`)
    expect(body.widgets).toHaveLength(8)
    const refused = async (input: unknown) => {
      const response = await call('POST', BASE, input)
      const problem = (await response.json()) as { errors: { path: string }[] }
      return [response.status, problem.errors[0]?.path]
    }
    expect(await refused({ name: '' })).toEqual([422, 'name'])
    expect(await refused({ name: 'x', colour: 'red' })).toEqual([422, 'colour'])
    expect(await refused({ name: 'x', type: 'pie' })).toEqual([422, 'type'])
    expect(
      await refused({
        name: 'x',
        widgets: [{ id: 'a b', kind: 'number', title: 'A', metrics: ['revenue'] }],
      }),
    ).toEqual([422, 'widgets.0.id'])
    expect(
      await refused({ name: 'x', widgets: [{ id: 'a', kind: 'number', title: 'A', metrics: ['profit'] }] }),
    ).toEqual([422, 'widgets.0.metrics.0'])
    expect(
      await refused({ name: 'x', widgets: [{ id: 'a', kind: 'bar', title: 'A', metrics: ['revenue'] }] }),
    ).toEqual([422, 'widgets'])
  })

  test('PUT keeps what is left out, If-Match guards against a faster colleague, and one dashboard is the default', async () => {
    const { call, get } = await setUp([])
    const [first] = (await json(await get(BASE))).data as { id: string }[]
    const made = await json(await call('POST', BASE, { name: 'Second', type: 'products' }))
    const path = `${BASE}/${made.id}`
    const etag = (await get(path)).headers.get('ETag') ?? ''
    expect((await get(path, { 'If-None-Match': etag })).status).toBe(304)
    const changed = await call('PUT', path, { is_default: true }, { 'If-Match': etag })
    expect(await json(changed)).toMatchObject({ name: 'Second', type: 'products', is_default: true })
    expect((await call('PUT', path, { name: 'Late' }, { 'If-Match': etag })).status).toBe(412)
    expect((await json(await get(`${BASE}/${first?.id}`))).is_default).toBe(false)
    expect((await call('PUT', path, { is_default: false })).status).toBe(422)
    expect((await call('DELETE', path)).status).toBe(204)
    expect((await get(path)).status).toBe(404)
    expect((await json(await get(BASE))).data).toHaveLength(1)
    expect(await json(await get(`${BASE}/${first?.id}`))).toMatchObject({ is_default: true })
  })

  test('data answers every widget, once with numbers and then with 304 until something changes', async () => {
    const { get, world, actor } = await setUp()
    const [dashboard] = (await json(await get(BASE))).data as { id: string; widgets: { id: string }[] }[]
    const path = `${BASE}/${dashboard?.id}/data?range=today`
    const answer = await get(path)
    const body = (await answer.json()) as {
      data: { widget: string; metrics: { metric: string; total: unknown; compare?: unknown }[] }[]
    }
    expect(body).toMatchObject({ range: { from: TODAY, to: TODAY }, granularity: 'day', book: 'order_date' })
    expect(body.data.map(({ widget }) => widget)).toEqual(dashboard?.widgets.map(({ id }) => id))
    expect(body.data[0]?.metrics[0]).toMatchObject({
      metric: 'revenue',
      total: '100.00',
      compare: { total: '0.00', change_percent: null },
    })
    const etag = answer.headers.get('ETag') ?? ''
    expect((await get(path, { 'If-None-Match': etag })).status).toBe(304)
    await sell(world, actor, [saleOf('2', TODAY, 5)])
    const after = await get(path, { 'If-None-Match': etag })
    expect(after.status).toBe(200)
    expect(await after.json()).toMatchObject({
      data: [{ metrics: [{ total: '105.00' }] }, {}, {}, {}, {}, {}, {}, {}],
    })
    expect((await get(`${BASE}/${dashboard?.id}/data?range=fortnight`)).status).toBe(422)
    expect((await get(`${BASE}/${dashboard?.id}/data?from=2026-02-01&to=2026-01-01`)).status).toBe(422)
    expect((await get(`${BASE}/0198-unknown/data`)).status).toBe(404)
  })

  test("another workspace's dashboard is not found, and a viewer may look but not touch", async () => {
    const mine = await setUp([])
    const theirs = await setUp([])
    const [foreign] = (await json(await theirs.get(BASE))).data as { id: string }[]
    for (const [method, path, body] of [
      ['GET', ''],
      ['GET', '/data'],
      ['PUT', '', { name: 'x' }],
      ['DELETE', ''],
    ] as const) {
      expect((await mine.call(method, `${BASE}/${foreign?.id}${path}`, body)).status).toBe(404)
    }
    const viewer = doorsFor(mine.world, mine.world.as(mine.actor, 'viewer'))
    expect((await viewer.get(BASE)).status).toBe(200)
    expect((await viewer.call('POST', BASE, { name: 'x' })).status).toBe(403)
  })
})

describe('metrics over the API', () => {
  test('answers in the shape of the contract without any parameter, and refuses unknown ones', async () => {
    const { get } = await setUp()
    const answer = await get('/modules/mini-foundry/metrics')
    expect(answer.status).toBe(200)
    const body = await json(answer)
    expect(body.data.map(({ metric }) => metric)).toEqual(['revenue', 'orders', 'customers'])
    expect(body.data[0]).toMatchObject({ unit: 'money', currency: 'USD', total: '100.00' })
    expect(body.data_version).toBe(1)
    expect((await get('/modules/mini-foundry/metrics?metric=revenue')).status).toBe(422)
    expect(
      (await get('/modules/mini-foundry/metrics', { 'If-None-Match': answer.headers.get('ETag') ?? '' }))
        .status,
    ).toBe(304)
    const { data: lines } = await json(await get('/modules/mini-foundry/metrics/catalogue'))
    expect(lines).toContainEqual(
      expect.objectContaining({ id: 'gross_margin', unit: 'percent', formula: 'gross_profit / net_revenue' }),
    )
    const several = await get(
      '/modules/mini-foundry/metrics?metrics=revenue&filter=country:US&filter=channel:Web&compare=previous_period,holiday',
    )
    expect(several.status).toBe(200)
    expect((await json(several)).data).toMatchObject([{ comparisons: [{}, {}] }])
    expect((await get('/modules/mini-foundry/metrics/revenue/forecast')).status).toBe(422)
    expect((await get('/modules/mini-foundry/metrics/nothing/forecast')).status).toBe(404)
  })
})

describe('the pages', () => {
  test('the dashboard shows its numbers, their receipts and a live line', async () => {
    const { get } = await setUp()
    const html = await (await get('/foundry')).text()
    expect(html).toContain('$100.00')
    expect(html).toContain('Sum of what was sold, after discounts.')
    expect(html).toContain('Orders file')
    expect(html).toMatch(/hx-ws:connect="\/live\?kind=dashboard&amp;id=/)
    expect(html).not.toContain('style=')
  })

  test('an empty workspace is told what to do instead of being shown zeros', async () => {
    const { get } = await setUp([])
    const html = await (await get('/foundry')).text()
    expect(html).toContain('/foundry/imports/new')
    expect(html).not.toContain('widget-revenue')
  })

  test('a workspace whose sales are old sees the year they lie in, and why', async () => {
    const { get } = await setUp([saleOf('1', '2017-03-04', 40), saleOf('2', '2017-12-30', 60)])
    const html = await (await get('/foundry')).text()
    expect(html).toContain('$100.00')
    expect(html).toContain('The newest sale is of')
  })

  test('the address is the state: range, dates and comparison come back as chosen', async () => {
    const { get } = await setUp()
    const html = await (await get('/foundry?range=last_7_days&compare=previous_year&granularity=week')).text()
    expect(html).toContain('<option value="last_7_days" selected="">')
    expect(html).toContain('<option value="previous_year" selected="">')
    expect(html).toContain('same dates a year before')
    expect((await get('/foundry?range=custom&from=2026-13-01&to=2026-01-01')).status).toBe(422)
  })

  test('of metrics find by a word, lead to a definition and say what is missing', async () => {
    const { get } = await setUp()
    const found = await (await get('/foundry/metrics?q=margin')).text()
    expect(found).toContain('href="/foundry/metrics/gross_margin"')
    expect(found).not.toContain('href="/foundry/metrics/mrr"')
    expect(await (await get('/foundry/metrics?q=nonsense')).text()).toContain('No metric is called so')
    const one = await (await get('/foundry/metrics/gross_margin')).text()
    expect(one).toContain('Gross profit ÷ Net revenue')
    expect(one).toContain('By source')
    expect(one).toContain('same weekdays a year before')
    expect(await (await get('/foundry/metrics/mrr')).text()).toContain('subscriptions: Stripe')
    expect((await get('/foundry/metrics/nothing')).status).toBe(404)
    expect((await get('/foundry/metrics/revenue?from=2026-02-30')).status).toBe(422)
  })

  test('making, renaming, duplicating and deleting work as plain forms', async () => {
    const { submit, get } = await setUp([])
    const made = await submit('/foundry/dashboards', { name: '<b>Mine</b>', type: 'customers' })
    const path = made.headers.get('Location') ?? ''
    expect(made.status).toBe(303)
    expect(await (await get(path)).text()).toContain('&lt;b&gt;Mine&lt;/b&gt;')
    expect((await submit('/foundry/dashboards', { name: ' ', type: 'customers' })).status).toBe(422)
    expect((await submit(`${path}/settings`, { name: 'Renamed', version: '2' })).status).toBe(303)
    expect((await submit(`${path}/settings`, { name: 'Too late', version: '2' })).status).toBe(412)
    expect((await submit(`${path}/duplicate`, {})).status).toBe(303)
    expect(await (await submit(`${path}/delete`, {})).text()).toContain('name="confirmed"')
    expect((await submit(`${path}/delete`, { confirmed: 'yes' })).status).toBe(303)
    const list = await (await get('/foundry/dashboards')).text()
    expect(list).toContain('Renamed (copy)')
    expect(list).not.toContain(`${path}"`)
  })
})
