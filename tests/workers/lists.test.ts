// Lists over the API: what has changed since, filters, and pages that neither lose nor repeat a row.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/platform/actor.ts'
import { ask } from '../support/browser.ts'
import { keyFor } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const ONE_INSTANT = '2026-11-20T08:00:00.000Z'
const LATER = '2026-11-21T08:00:00.000Z'

let world: World
let shop: Actor
let authorization: string

beforeAll(async () => {
  world = await makeWorld(new Date().toISOString())
  shop = await world.workspace()
  const scopes = ['foundry:read', 'foundry:write', 'webhooks:manage', 'workspace:read']
  authorization = (await keyFor(shop.tenantId, scopes, world.clock.now())).authorization
  const sources = Array.from({ length: 7 }, (_, i) =>
    testEnv.DB.prepare(
      `INSERT INTO data_sources (tenant_id, id, source_type, name, sync_status, counts_as_sales, created_at, updated_at)
       VALUES (?1, ?2, ?3, ?2, 'ok', 1, ?4, ?5)`,
    ).bind(
      shop.tenantId,
      `source-${i}`,
      i === 0 ? 'csv' : 'stripe',
      ONE_INSTANT,
      i < 3 ? LATER : ONE_INSTANT,
    ),
  )
  const dashboards = Array.from({ length: 5 }, (_, i) =>
    testEnv.DB.prepare(
      `INSERT INTO dashboards (tenant_id, id, name, type, layout, widgets, is_default, created_at, updated_at)
       VALUES (?1, ?2, ?2, 'custom', '[]', '[]', 0, ?3, ?4)`,
    ).bind(shop.tenantId, `dashboard-${i}`, ONE_INSTANT, i < 2 ? LATER : ONE_INSTANT),
  )
  await testEnv.DB.batch([...sources, ...dashboards])
})

async function pagesOf(path: string, query: Record<string, string>): Promise<string[]> {
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const search = new URLSearchParams({ ...query, ...(cursor ? { cursor } : {}) })
    const response = await ask(`/modules/mini-foundry/${path}?${search}`, {
      headers: { Authorization: authorization },
    })
    const page = (await response.json()) as { data: { id: string }[]; next_cursor: string | null }
    seen.push(...page.data.map((row) => row.id))
    cursor = page.next_cursor
  } while (cursor)
  return seen
}

describe('a list of rows of one instant', () => {
  test.each([
    ['sources', 'source-', 7],
    ['dashboards', 'dashboard-', 5],
  ])('%s is whole, each row once, whatever the size of a page', async (path, prefix, count) => {
    for (const limit of ['1', '2', '3', '50']) {
      const ids = (await pagesOf(path, { limit })).filter((id) => id.startsWith(prefix))
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids).toHaveLength(count)
    }
  })

  test('shows only what has changed at an instant or later, in any offset', async () => {
    const expected = ['source-0', 'source-1', 'source-2']
    for (const since of [LATER, '2026-11-21T09:00:00+01:00', '2026-11-20T08:00:01Z'])
      expect((await pagesOf('sources', { limit: '2', updated_since: since })).sort()).toEqual(expected)
    expect(await pagesOf('dashboards', { limit: '1', updated_since: LATER })).toEqual([
      'dashboard-0',
      'dashboard-1',
    ])
    expect(await pagesOf('sources', { updated_since: '2026-11-21T08:00:00.001Z' })).toEqual([])
  })

  test('is filtered by what its rows say', async () => {
    expect(await pagesOf('sources', { source_type: 'csv' })).toEqual(['source-0'])
    expect(await pagesOf('sources', { sync_status: 'failed' })).toEqual([])
    expect(await pagesOf('imports', { status: 'failed', kind: 'orders' })).toEqual([])
  })

  test.each([
    'sources?updated_since=yesterday',
    'dashboards?updated_since=2026-11-21',
    'sources?sync_status=odd',
    'imports?status=odd',
  ])('refuses %s with the name of the parameter', async (path) => {
    const response = await ask(`/modules/mini-foundry/${path}`, { headers: { Authorization: authorization } })
    expect(response.status).toBe(422)
    const name = /\?(\w+)/.exec(path)?.[1]
    expect(await response.json()).toMatchObject({ errors: [{ path: name }] })
  })
})

describe('the version of the API', () => {
  const me = (version?: string) =>
    ask('/modules/workspace/me', {
      headers: { Authorization: authorization, ...(version ? { 'API-Version': version } : {}) },
    })

  test('is told with every answer', async () => {
    const response = await me()
    await response.text()
    expect(response.headers.get('API-Version')).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    const same = await me(response.headers.get('API-Version') ?? '')
    await same.text()
    expect(same.status).toBe(200)
  })

  test('that we do not have is refused in words', async () => {
    const response = await me('1999-01-01')
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ type: '/problems/unknown-api-version' })
  })
})

describe('webhooks over the API', () => {
  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    ask(`/modules/workspace/${path}`, {
      method,
      headers: {
        Authorization: authorization,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const wish = { url: 'https://hooks.example.com/in', events: ['order.created'] }

  test('are made once for one Idempotency-Key, and the same answer comes with Location and ETag', async () => {
    const once = { 'Idempotency-Key': 'make-one' }
    const first = await call('POST', 'webhooks', wish, once)
    const again = await call('POST', 'webhooks', wish, once)
    const [made, same] = [await first.json(), await again.json()]
    expect(first.status).toBe(201)
    expect(same).toEqual(made)
    expect(again.headers.get('Idempotency-Replayed')).toBe('true')
    for (const name of ['Location', 'ETag']) {
      expect(again.headers.get(name)).toBe(first.headers.get(name))
      expect(again.headers.get(name)).not.toBeNull()
    }
    const { results } = await testEnv.DB.prepare('SELECT * FROM idempotency_keys').all()
    expect(JSON.stringify(results), 'the secret at rest').not.toContain('whsec_')
  })

  test('are read, changed by their ETag, paused, resumed, rotated and deleted; the secret is never shown again', async () => {
    const made = (await (await call('POST', 'webhooks', wish)).json()) as { id: string; secret: string }
    expect(made.secret).toMatch(/^whsec_/)
    const path = `webhooks/${made.id}`
    const read = await call('GET', path)
    expect(read.headers.get('ETag')).toBe('"1"')
    expect(await read.text()).not.toContain(made.secret)
    const changed = await call('PUT', path, { description: 'Ledger' }, { 'If-Match': '"1"' })
    expect(await changed.json()).toMatchObject({ description: 'Ledger', version: 2 })
    const late = await call('PUT', path, { description: 'Late' }, { 'If-Match': '"1"' })
    expect(late.status).toBe(412)
    await late.text()
    expect(await (await call('POST', `${path}/pause`)).json()).toMatchObject({ status: 'paused' })
    expect(await (await call('POST', `${path}/resume`, {})).json()).toMatchObject({ status: 'active' })
    const rotated = (await (await call('POST', `${path}/rotate-secret`)).json()) as { secret: string }
    expect(rotated.secret).not.toBe(made.secret)
    expect(await (await call('GET', 'webhooks')).text()).not.toMatch(/whsec_/)
    expect((await call('DELETE', path)).status).toBe(204)
    expect((await call('GET', path)).status).toBe(404)
  })

  test('have a catalogue whose kinds carry a sample and a schema', async () => {
    const { data } = (await (await call('GET', 'event-types')).json()) as { data: Record<string, unknown>[] }
    expect(data.find((kind) => kind.type === 'payment.received')).toMatchObject({
      sample: { currency: 'USD' },
      schema: { type: 'object', required: ['payment_id', 'amount', 'currency', 'customer_id'] },
    })
    const page = await (await ask('/docs/events')).text()
    for (const kind of data) expect(page).toContain(String(kind.type))
  })
})
