// Deliveries to sources that are read: proven, kept once, fetched again by id, and news only when they are new.
import { expect, test } from 'vitest'
import { hearConnection } from '../../src/modules/mini-foundry/actions/sources-connection.ts'
import { deleteSource, readStreams, receiveSourceHook } from '../../src/modules/mini-foundry/index.ts'
import { emptyShop, fillShop } from '../support/fake-reader.ts'
import { connectShop, rowsOf, type Synced } from '../support/sync-source.ts'
import { testEnv } from '../support/world.ts'

const NOW = '2026-11-22T12:00:00Z'
const AT = Date.parse(NOW)

async function ready() {
  const synced = await connectShop(fillShop(emptyShop(), AT, 5, 50))
  await synced.world.drain()
  Object.assign(synced.world.services, { hookSecrets: { shopify: 'right' } })
  synced.world.clock.advance(60_000)
  return synced
}

const bodyOf = (id: string, order: string, at: number, shop = 'harbour') =>
  JSON.stringify({ id, order, at, shop })

async function deliver(synced: Synced, body: string, secret = 'right', hookId?: string) {
  const [row] = await rowsOf(synced.actor, 'public_ids')
  const headers = new Headers({ 'x-secret': secret })
  return receiveSourceHook(synced.world.services, {
    kind: 'shopify',
    hookId: hookId ?? String(row?.id),
    body,
    headers,
  })
}

const told = async (synced: Synced) =>
  (await rowsOf(synced.actor, 'outbox')).map(({ type }) => type).filter((type) => type !== 'source.ready')

test('a delivery fetches the record, lands it once and tells it as news', async () => {
  const synced = await ready()
  synced.shop.orders.push({ id: 'live', created: AT + 30_000, updated: AT + 30_000, net: 70_000 })
  expect(await deliver(synced, bodyOf('d1', 'live', AT + 30_000))).toMatchObject({
    ok: true,
    value: { received: true },
  })
  await synced.world.drain()
  expect(await deliver(synced, bodyOf('d1', 'live', AT + 30_000))).toMatchObject({
    value: { received: false },
  })
  await synced.world.drain()
  expect(await told(synced)).toEqual(['order.created'])
  const live = (await rowsOf(synced.actor, 'orders')).find(({ ext_id }) => ext_id === 'live')
  expect(live).toMatchObject({ net: 70_000, origin: 'live' })
})

test('a delivery of something old brings its facts and tells nobody', async () => {
  const synced = await ready()
  synced.shop.orders.push({ id: 'old', created: AT - 1_000, updated: AT - 1_000, net: 1 })
  await deliver(synced, bodyOf('d2', 'old', AT - 100_000))
  await synced.world.drain()
  expect(await told(synced)).toEqual([])
  expect((await rowsOf(synced.actor, 'orders')).some(({ ext_id }) => ext_id === 'old')).toBe(true)
})

test('a wrong secret, an unknown address and an unknown kind leave no trace', async () => {
  const synced = await ready()
  expect(await deliver(synced, bodyOf('d3', 'o1', AT), 'wrong')).toMatchObject({
    error: { slug: 'hook-signature' },
  })
  expect(await deliver(synced, bodyOf('d3', 'o1', AT), 'right', 'nobody')).toMatchObject({
    error: { kind: 'not_found' },
  })
  expect(await rowsOf(synced.actor, 'webhook_events')).toEqual([])
})

test('the one address of a vendor finds the sources of the account, and thanks for accounts that have left', async () => {
  const synced = await ready()
  const account = synced.actor.tenantId
  await testEnv.DB.prepare('UPDATE connectors SET account = ?1 WHERE tenant_id = ?1').bind(account).run()
  const at = (shop: string, secret: string) =>
    receiveSourceHook(synced.world.services, {
      kind: 'shopify',
      hookId: null,
      body: bodyOf('d4', 'o1', AT + 30_000, shop),
      headers: new Headers({ 'x-secret': secret }),
    })
  expect(await at(account, 'right')).toMatchObject({ value: { received: true } })
  expect(await rowsOf(synced.actor, 'webhook_events')).toHaveLength(1)
  expect(await at('left-long-ago', 'right')).toMatchObject({ value: { received: false } })
  expect(await at('left-long-ago', 'wrong')).toMatchObject({ error: { slug: 'hook-signature' } })
})

test('of a delivery about several accounts each workspace keeps its own part', async () => {
  const [one, other] = [await ready(), await ready()]
  for (const { actor } of [one, other]) {
    await testEnv.DB.prepare('UPDATE connectors SET account = ?1 WHERE tenant_id = ?1')
      .bind(actor.tenantId)
      .run()
  }
  interface Part {
    id: string
    account: string
  }
  const parts = (body: string) => JSON.parse(body) as Part[]
  for (const { world } of [one, other]) {
    const [reader] = world.services.readers
    const hooks = {
      ...reader?.hooks,
      verify: async (body: string) => parts(body).map((part) => ({ ...part, type: 'x', createdMs: AT })),
      accounts: (body: string) => parts(body).map(({ account }) => account),
      only: (body: string, account: string) =>
        JSON.stringify(parts(body).filter((part) => part.account === account)),
    }
    Object.assign(world.services, { readers: [{ ...reader, hooks }] })
  }
  const body = JSON.stringify([
    { id: 'mine', account: one.actor.tenantId },
    { id: 'theirs', account: other.actor.tenantId },
  ])
  const [row] = await rowsOf(one.actor, 'public_ids')
  for (const hookId of [null, String(row?.id)]) {
    await receiveSourceHook(one.world.services, { kind: 'shopify', hookId, body, headers: new Headers() })
  }
  for (const [{ actor, world }, id] of [
    [one, 'mine'],
    [other, 'theirs'],
  ] as const) {
    const kept = await rowsOf(actor, 'webhook_events')
    expect(kept.map(({ event_id }) => event_id)).toEqual([id])
    expect(parts((await world.services.files.text(String(kept[0]?.payload_key))) ?? '[]')).toEqual([
      { id, account: actor.tenantId },
    ])
  }
})

test('disconnecting stops the reading, and connecting again goes on where it was', async () => {
  const synced = await ready()
  const { services } = synced.world
  const event = (type: string) => ({ id: type, type, payload: { connector_id: synced.sourceId } })
  await hearConnection(services, synced.actor, event('connection.disconnected'))
  const rows = await rowsOf(synced.actor, 'sync_streams')
  expect(rows.every(({ next_run_at }) => next_run_at === null)).toBe(true)
  const reads = synced.shop.reads.length
  await hearConnection(services, synced.actor, event('connection.connected'))
  await synced.world.drain()
  const state = await readStreams(services, synced.actor, synced.sourceId)
  expect(state).toMatchObject({ value: { source: { syncStatus: 'ok' } } })
  expect(synced.shop.reads.slice(reads).some((read) => read.endsWith('backfill'))).toBe(false)
})

test('a deleted source leaves no stream, no run and no kept page', async () => {
  const synced = await ready()
  const { services } = synced.world
  expect(await services.files.list(`raw/${synced.actor.tenantId}/`)).not.toEqual([])
  await deleteSource(services, synced.actor, synced.sourceId)
  await synced.world.drain()
  for (const table of ['data_sources', 'sync_streams', 'sync_runs', 'sync_pages', 'orders', 'public_ids'])
    expect([table, await rowsOf(synced.actor, table)]).toEqual([table, []])
  expect(await services.files.list(`raw/${synced.actor.tenantId}/`)).toEqual([])
})
