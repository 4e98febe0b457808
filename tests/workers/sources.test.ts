// Data sources: connecting, counting once, rights, letting go with and without the data; over pages and the API.
import { expect, test } from 'vitest'
import {
  changeSource,
  connectStripe,
  continueSourceRemoval,
  deleteSource,
  disconnectSource,
  landFacts,
  listSources,
  queryMetrics,
  readSource,
  reconnectStripe,
} from '../../src/modules/mini-foundry/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { ask, ownForm } from '../support/browser.ts'
import { breakAt, untilDone } from '../support/faults.ts'
import { keyFor, signInAs } from '../support/people.ts'
import { saleOf } from '../support/shop.ts'
import { deliver, receive, SECRET, stateOf, stripeSource } from '../support/stripe-source.ts'
import { stripeAccount } from '../support/stripe-stand-in.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const NOW = '2026-11-22T18:00:00.000Z'
const AT = Date.parse(NOW) / 1000

async function revenue(world: World, actor: Actor): Promise<unknown> {
  await world.drain()
  const query = { metrics: 'revenue', from: '2026-11-01', to: '2026-11-30', granularity: 'month' }
  const answer = await queryMetrics(world.services, actor, query)
  return answer.ok && answer.value.data[0]?.total
}

test('only the first source counts as sales by itself, and a switch changes every number made of it', async () => {
  const world = await makeWorld(NOW)
  const source = await stripeSource(world)
  const { services } = world
  const second = await connectStripe(services, source.actor, { name: 'Second account' })
  const listed = await listSources(services, source.actor)
  if (!second.ok || !listed.ok) throw new Error('refused')
  const counts = new Map(listed.value.map(({ id, countsAsSales }) => [id, countsAsSales]))
  expect([counts.get(source.sourceId), counts.get(second.value.id)]).toEqual([true, false])

  await deliver(services, source, stripeAccount().charged(AT, { amount: 4_200 }))
  expect(await revenue(world, source.actor)).toBe('42.00')
  await changeSource(services, source.actor, source.sourceId, { countsAsSales: false })
  expect(await revenue(world, source.actor)).toBe('0.00')
  await changeSource(services, source.actor, source.sourceId, { countsAsSales: true })
  expect(await revenue(world, source.actor)).toBe('42.00')
})

test('those who may not manage sources see them, but no address, and change nothing', async () => {
  const world = await makeWorld(NOW)
  const source = await stripeSource(world)
  const { services } = world
  const member = world.as(source.actor, 'member')
  const seen = await readSource(services, member, source.sourceId)
  expect(seen).toMatchObject({ ok: true, value: { webhookUrl: null, secrets: [] } })
  for (const refused of [
    await connectStripe(services, member, { name: 'Stripe' }),
    await changeSource(services, member, source.sourceId, { countsAsSales: false }),
    await disconnectSource(services, member, source.sourceId),
    await deleteSource(services, member, source.sourceId),
  ]) {
    expect(refused).toMatchObject({ ok: false, error: { kind: 'forbidden' } })
  }
  const stranger = await world.workspace()
  expect(await readSource(services, stranger, source.sourceId)).toMatchObject({
    error: { kind: 'not_found' },
  })
  expect(await deleteSource(services, stranger, source.sourceId)).toMatchObject({
    error: { kind: 'not_found' },
  })
})

test('a disconnected source takes nothing more, keeps counting, and can be connected again', async () => {
  const world = await makeWorld(NOW)
  const source = await stripeSource(world)
  const { services } = world
  const account = stripeAccount()
  await deliver(services, source, account.charged(AT, { amount: 4_200 }))
  expect(await disconnectSource(services, source.actor, source.sourceId)).toEqual({ ok: true, value: null })
  expect(await receive(services, source, account.charged(AT, { amount: 100 }))).toMatchObject({
    error: { kind: 'not_found' },
  })
  expect(await revenue(world, source.actor)).toBe('42.00')
  const left = await testEnv.DB.prepare('SELECT id FROM connectors WHERE tenant_id = ?1')
    .bind(source.actor.tenantId)
    .all()
  expect(left.results).toEqual([])

  const again = await reconnectStripe(services, source.actor, source.sourceId)
  if (!again.ok) throw new Error(again.error.detail)
  expect(again.value.webhookUrl).not.toContain(source.hookId)
  const renewed = { ...source, hookId: again.value.webhookUrl.split('/').at(-1) ?? '' }
  expect(await receive(services, renewed, account.charged(AT, { amount: 100 }))).toMatchObject({
    error: { slug: 'hook-signature' },
  })
  expect(await reconnectStripe(services, source.actor, source.sourceId)).toMatchObject({
    error: { kind: 'conflict' },
  })
})

test('a deleted source leaves no row and no file, and nothing of the others goes', async () => {
  const world = await makeWorld(NOW)
  const source = await stripeSource(world)
  const { services } = world
  const { actor, sourceId } = source
  const db = services.tenant(actor.tenantId)
  await db.write([
    db.statement(
      `INSERT INTO data_sources (tenant_id, id, source_type, name, sync_status, counts_as_sales, created_at, updated_at)
       VALUES (?1, 'other', 'csv', 'Orders file', 'ok', 1, '', '')`,
    ),
    db.statement(
      `INSERT INTO imports (tenant_id, id, source_id, kind, status, stage, file_name, file_key, file_bytes, mapping, options, notes, created_by, created_at)
       VALUES (?1, 'i1', ?2, 'orders', 'running', 'landing', 'a.csv', 'none', 0, '{}', '{}', '[]', 'test', '')`,
      sourceId,
    ),
    db.statement(
      `INSERT INTO import_versions (tenant_id, import_id, fact, ext_id, previous) VALUES (?1, 'i1', 'orders', 'o', '{}')`,
    ),
  ])
  const sale = saleOf('kept', '2026-11-20', 5)
  await landFacts(services, actor, { sourceId: 'other', origin: 'history', batch: { events: [sale] } })
  const account = stripeAccount()
  await deliver(
    services,
    source,
    account.charged(AT, { id: 'ch_1', amount: 4_200, customer: 'cus_1', name: 'Ava' }),
  )
  await deliver(services, source, account.invoice('paid', AT, 'in_1', { status: 'paid', total: 100 }))
  expect(await revenue(world, actor)).toBe('47.00')

  expect(await deleteSource(services, actor, sourceId)).toEqual({ ok: true, value: { done: true } })
  expect(await revenue(world, actor)).toBe('5.00')
  const state = await stateOf(source)
  expect(
    JSON.stringify(
      Object.values(state)
        .flat()
        .filter((row) => !row.includes('evt_') && row.includes('<source>')),
    ),
  ).toBe('[]')
  expect(state.public_ids).toBeUndefined()
  expect(state.connectors).toBeUndefined()
  expect(state.import_versions).toBeUndefined()
  expect(state.sale_events).toHaveLength(1)
  const files = await services.files.list(`hooks/stripe/${actor.tenantId}/`)
  expect(files).toEqual([])
})

test('a removal that broke off, or had no more time, goes on where it stood', async () => {
  const world = await makeWorld(NOW)
  const source = await stripeSource(world)
  const { actor, sourceId } = source
  await deliver(world.services, source, stripeAccount().charged(AT, { amount: 4_200 }))
  await world.drain()
  const fault = breakAt(world.services, 1, 'after')
  await untilDone(() => deleteSource(fault.services, actor, sourceId))
  expect(await listSources(world.services, actor)).toEqual({ ok: true, value: [] })

  const second = await stripeSource(world)
  await deliver(world.services, second, stripeAccount().charged(AT, { amount: 4_200 }))
  let now = world.clock.now()
  const hurried = { ...world.services, clock: { now: () => (now += 60_000) } }
  const begun = await deleteSource(hurried, second.actor, second.sourceId)
  expect(begun).toEqual({ ok: true, value: { done: false } })
  expect(world.messages).toContainEqual({
    kind: 'source.remove',
    tenantId: second.actor.tenantId,
    sourceId: second.sourceId,
  })
  await world.drain()
  expect(await listSources(world.services, second.actor)).toEqual({ ok: true, value: [] })
  await continueSourceRemoval(world.services, second.actor, second.sourceId)
})

test('the pages lead through connecting, step by step, and say what is wrong beside the field', async () => {
  const world = await makeWorld(new Date().toISOString())
  const actor = await world.workspace()
  const { cookie } = await signInAs(actor.tenantId, 'owner', world.clock.now())
  const see = async (path: string) => (await ask(path, { headers: { Cookie: cookie } })).text()
  const post = (path: string, fields: Record<string, string>) =>
    ask(path, { method: 'POST', headers: ownForm(cookie), body: new URLSearchParams(fields).toString() })

  expect(await see('/foundry/sources')).toContain('No source yet')
  expect(await see('/foundry/sources/stripe/new')).toContain('Connect Stripe')
  const nameless = await post('/foundry/sources/stripe', { name: ' ' })
  expect([nameless.status, (await nameless.text()).includes('Give it a name')]).toEqual([422, true])
  const made = await post('/foundry/sources/stripe', { name: 'Till & shop', counts_as_sales: 'yes' })
  const place = made.headers.get('Location') ?? ''
  expect([made.status, place]).toMatchObject([303, expect.stringMatching(/^\/foundry\/sources\//)])
  const page = await see(place)
  expect(page).toContain('http://example.com/hooks/stripe/')
  expect(page).toContain('charge.refunded')
  expect(page).toContain('None is saved yet')
  const wrong = await post(`${place}/secret`, { signing_secret: 'sk_live_oops' })
  expect([wrong.status, (await wrong.text()).includes('begins with whsec_')]).toEqual([422, true])
  expect((await post(`${place}/secret`, { signing_secret: SECRET })).status).toBe(303)
  const saved = await see(place)
  expect(saved).toContain('One is saved')
  expect(saved).not.toContain(SECRET)
  expect((await post(`${place}/disconnection`, {})).status).toBe(200)
  expect((await post(`${place}/disconnection`, { confirmed: 'yes' })).status).toBe(303)
  expect(await see(place)).toContain('Connect again')
  expect((await post(`${place}/reconnection`, {})).status).toBe(303)
  expect((await post(`${place}/deletion`, { confirmed: 'yes' })).headers.get('Location')).toBe(
    '/foundry/sources',
  )
  expect(await see('/foundry/sources')).toContain('No source yet')
})

test('the API connects, reads, changes and deletes', async () => {
  const world = await makeWorld(new Date().toISOString())
  const actor = await world.workspace()
  const { authorization } = await keyFor(
    actor.tenantId,
    ['foundry:read', 'foundry:manage', 'connections:manage'],
    world.clock.now(),
  )
  const base = '/modules/mini-foundry/sources'
  const call = async (method: string, path: string, body?: unknown) => {
    const headers = { Authorization: authorization, 'Content-Type': 'application/json' }
    const answer = await ask(path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return {
      status: answer.status,
      body: answer.status === 204 ? null : ((await answer.json()) as Record<string, unknown>),
    }
  }
  expect(await call('GET', base)).toEqual({ status: 200, body: { data: [], next_cursor: null } })
  const made = await call('POST', base, { source_type: 'stripe', name: 'Stripe', signing_secret: SECRET })
  expect(made).toMatchObject({
    status: 201,
    body: { webhook_url: expect.stringContaining('/hooks/stripe/') },
  })
  const place = `${base}/${made.body?.id}`
  expect(await call('GET', place)).toMatchObject({
    status: 200,
    body: {
      tenant_id: actor.tenantId,
      source_type: 'stripe',
      sync_status: 'idle',
      record_count: 0,
      signing_secrets: 1,
    },
  })
  const changed = await call('PUT', place, { name: 'Till', signing_secret: 'whsec_second00' })
  expect(changed).toMatchObject({ status: 200, body: { name: 'Till', counts_as_sales: true } })
  expect(await call('PUT', place, { signing_secret: 'nonsense' })).toMatchObject({ status: 422 })
  expect((await call('GET', place)).body).toMatchObject({ signing_secrets: 2 })
  expect(await call('GET', `${place}/events`)).toEqual({ status: 200, body: { data: [], next_cursor: null } })
  expect((await call('DELETE', place)).status).toBe(204)
  expect((await call('GET', place)).status).toBe(404)
})
