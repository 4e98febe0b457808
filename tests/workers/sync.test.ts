// Reading sources: everything comes once, nothing is lost unseen, failures wait or ask, history triggers nothing.
import { expect, test } from 'vitest'
import { everyMinute } from '../../src/cron/every-minute.ts'
import {
  acknowledgeDrifts,
  leaveDeadOut,
  pauseStream,
  readDead,
  readDrift,
  readRuns,
  readStreams,
  replayDead,
  replayRaw,
  stepStream,
  syncNow,
} from '../../src/modules/mini-foundry/index.ts'
import { fail } from '../../src/platform/result.ts'
import { emptyShop, fakeReader, fillShop } from '../support/fake-reader.ts'
import {
  addConnector,
  connected,
  connectShop,
  factsOf,
  openGate,
  rowsOf,
  type Synced,
} from '../support/sync-source.ts'
import { makeWorld, testEnv } from '../support/world.ts'

const NOW = '2026-11-22T12:00:00Z'
const MINUTE = 60_000
const filled = (count: number, days = 300) => fillShop(emptyShop(), Date.parse(NOW), count, days)

async function stateOf({ world, actor, sourceId }: Synced) {
  const read = await readStreams(world.services, actor, sourceId)
  if (!read.ok) throw new Error(read.error.detail)
  return read.value
}

/** Time passes and cron looks. */
async function later(synced: Synced, ms: number) {
  synced.world.clock.advance(ms)
  await everyMinute(synced.world.services)
  // workspaces of other tests lie in the same database: their turn is not ours
  const { messages } = synced.world
  messages.splice(
    0,
    messages.length,
    ...messages.filter((message) => 'tenantId' in message && message.tenantId === synced.actor.tenantId),
  )
  await synced.world.drain()
}

const eventsOf = async (synced: Synced) => (await rowsOf(synced.actor, 'outbox')).map(({ type }) => type)

test('a new connection becomes one source that reads its whole past, says so once, and triggers nothing', async () => {
  const synced = await connectShop(filled(137))
  await synced.world.drain()
  const { source, streams } = await stateOf(synced)
  expect(source).toMatchObject({ syncStatus: 'ok', countsAsSales: true, recordCount: 137 * 2 + 7 })
  expect(streams.map(({ stream, isComplete, status }) => [stream, isComplete, status])).toEqual([
    ['customers', true, 'waiting'],
    ['orders', true, 'waiting'],
  ])
  expect(await rowsOf(synced.actor, 'orders')).toHaveLength(137)
  expect(await eventsOf(synced)).toEqual(['source.ready'])
  // and once only: no record is read twice while nothing changed
  expect(streams.map(({ rowsSeen }) => rowsSeen)).toEqual([7, 137])
  // products before orders: nothing of the second stream was read before the first was complete
  const firstOrder = synced.shop.reads.findIndex((read) => read.startsWith('orders'))
  expect(synced.shop.reads.slice(0, firstOrder).every((read) => read === 'customers backfill')).toBe(true)
})

test('connecting twice, and hearing of it twice, makes one source', async () => {
  const synced = await connectShop(filled(3))
  await connected(synced.world.services, synced.actor, synced.sourceId)
  expect(await rowsOf(synced.actor, 'data_sources')).toHaveLength(1)
  expect(await rowsOf(synced.actor, 'sync_streams')).toHaveLength(2)
})

test('a thousand old orders emit no event of an order', async () => {
  const shop = filled(1_000, 700)
  shop.pageSize = 100
  const synced = await connectShop(shop)
  await synced.world.drain()
  expect(await rowsOf(synced.actor, 'orders')).toHaveLength(1_000)
  expect(await eventsOf(synced)).toEqual(['source.ready'])
})

test('what changed comes with the next read, and reading the same again changes no row', async () => {
  const synced = await connectShop(filled(30))
  await synced.world.drain()
  synced.shop.orders.push({
    id: 'new',
    created: Date.parse(NOW) + 5,
    updated: Date.parse(NOW) + 5,
    net: 50_000,
  })
  await later(synced, 16 * MINUTE)
  expect(await rowsOf(synced.actor, 'orders')).toHaveLength(31)
  const before = JSON.stringify(await rowsOf(synced.actor, 'sale_events', 'ext_id'))
  synced.world.clock.advance(1_000)
  await syncNow(synced.world.services, synced.actor, synced.sourceId, { stream: 'orders', days: 730 })
  await synced.world.drain()
  expect(JSON.stringify(await rowsOf(synced.actor, 'sale_events', 'ext_id'))).toBe(before)
  const runs = await readRuns(synced.world.services, synced.actor, synced.sourceId, { stream: 'orders' }, 1)
  expect(runs).toMatchObject({
    ok: true,
    value: { rows: [{ mode: 'reconcile', trigger: 'person', status: 'ok', rowsSeen: 31, rowsWritten: 0 }] },
  })
})

test('two consumers of one message make one step', async () => {
  const synced = await connectShop(filled(30))
  const { services } = synced.world
  const message = { sourceId: synced.sourceId, stream: 'customers' }
  await Promise.all([
    stepStream(services, synced.actor, message),
    stepStream(services, synced.actor, message),
  ])
  expect(synced.shop.reads).toEqual(['customers backfill'])
})

test('a message that was overtaken does nothing', async () => {
  const synced = await connectShop(filled(30))
  await synced.world.drain()
  const reads = synced.shop.reads.length
  synced.world.clock.advance(16 * MINUTE)
  await stepStream(synced.world.services, synced.actor, {
    sourceId: synced.sourceId,
    stream: 'orders',
    step: 1,
  })
  expect(synced.shop.reads).toHaveLength(reads)
})

test('a step that was overtaken while it read writes nothing', async () => {
  const shop = filled(30)
  const synced = await connectShop(shop)
  const { services } = synced.world
  const reader = fakeReader(shop)
  const read = reader.read
  reader.read = async (request, context) => {
    // a person asks for the stream anew while the page is on its way
    await syncNow(services, synced.actor, synced.sourceId, { stream: 'customers', days: 3 })
    return read(request, context)
  }
  await stepStream({ ...services, readers: [reader] }, synced.actor, {
    sourceId: synced.sourceId,
    stream: 'customers',
  })
  expect(await rowsOf(synced.actor, 'customers')).toHaveLength(0)
  await synced.world.drain()
  expect(await rowsOf(synced.actor, 'customers')).toHaveLength(7)
})

test('fewer records than announced is no success: the stretch is read again, and in the end a person is asked', async () => {
  const synced = await connectShop(filled(30, 50))
  synced.shop.hidden.add('o4')
  await synced.world.drain()
  let { source, streams } = await stateOf(synced)
  expect(streams[1]).toMatchObject({
    isComplete: false,
    lastError: expect.stringContaining('announced 30 records, but 29 came'),
  })
  expect(source.syncStatus).toBe('backfilling')
  for (let turn = 0; turn < 10; turn++) await later(synced, 61 * MINUTE)
  ;({ source, streams } = await stateOf(synced))
  expect(source.syncStatus).toBe('failed')
  expect(streams[1]).toMatchObject({ status: 'failed', isComplete: false })
  expect(await eventsOf(synced)).toEqual(['source.failed'])
  synced.shop.hidden.clear()
  await syncNow(synced.world.services, synced.actor, synced.sourceId, {})
  await synced.world.drain()
  await later(synced, 61 * MINUTE)
  ;({ source } = await stateOf(synced))
  expect(source).toMatchObject({ syncStatus: 'ok', lastError: null })
  expect(await rowsOf(synced.actor, 'orders')).toHaveLength(30)
})

test('the same record on two pages does not stand for one that is missing', async () => {
  const shop = filled(20, 50)
  const synced = await connectShop(shop)
  const reader = fakeReader(shop)
  const read = reader.read
  const doubled: typeof read = async (request, context) => {
    const page = await read(request, context)
    if (!page.ok || request.stream !== 'orders' || page.value.raw === null || request.state === null)
      return page
    // the second page repeats the first record of the first one in place of its own last
    const raw = JSON.parse(page.value.raw) as { orders: unknown[] }
    raw.orders.splice(-1, 1, shop.orders[0])
    return { ok: true, value: { ...page.value, raw: JSON.stringify(raw) } }
  }
  reader.read = doubled
  Object.assign(synced.world.services, { readers: [reader] })
  await synced.world.drain()
  const { streams } = await stateOf(synced)
  expect(streams[1]).toMatchObject({ isComplete: false, lastError: expect.stringContaining('but 19 came') })
})

test('told to wait, the stream waits that long and the connection is held', async () => {
  const synced = await connectShop(filled(5))
  synced.shop.refusals.push(fail('rate_limited', 'slow', 'Too many calls.', { retryAfter: 90 }))
  await synced.world.drain()
  expect(synced.held).toEqual([90_000])
  expect(synced.shop.reads).toHaveLength(1)
  await later(synced, 60_000)
  expect(synced.shop.reads).toHaveLength(1)
  await later(synced, 31_000)
  expect((await stateOf(synced)).source.syncStatus).toBe('ok')
})

test('a refused token is renewed once and the page is read in the same step', async () => {
  const synced = await connectShop(filled(5))
  synced.token.now = 'old'
  await synced.world.drain()
  expect(synced.renewed).toEqual(['old'])
  expect((await stateOf(synced)).source.syncStatus).toBe('ok')
})

test('a permission that is missing stops the stream at once, in words, until it is connected again', async () => {
  const synced = await connectShop(filled(5))
  await synced.world.drain()
  synced.shop.refusals.push(fail('forbidden', 'scope', 'The shop does not let us read orders.'))
  await later(synced, 16 * MINUTE)
  const { source, streams } = await stateOf(synced)
  expect(source.syncStatus).toBe('failed')
  expect(streams[1]?.lastError).toBe(
    'The shop does not let us read orders. It needs the permission read_orders. Connect it again and allow this.',
  )
  await connected(synced.world.services, synced.actor, synced.sourceId)
  await synced.world.drain()
  expect((await stateOf(synced)).source).toMatchObject({ syncStatus: 'ok', lastError: null })
})

test('a source that is away for a while is late, and comes right by itself', async () => {
  const synced = await connectShop(filled(5))
  await synced.world.drain()
  for (let turn = 0; turn < 4; turn++)
    synced.shop.refusals.push(fail('unavailable', 'down', 'The shop is down.'))
  await later(synced, 16 * MINUTE)
  for (let turn = 0; turn < 2; turn++) await later(synced, 2 * MINUTE)
  expect((await stateOf(synced)).source.syncStatus).toBe('delayed')
  for (let turn = 0; turn < 4; turn++) await later(synced, 5 * MINUTE)
  expect((await stateOf(synced)).source).toMatchObject({ syncStatus: 'ok', lastError: null })
})

test('what a complete read of the whole no longer sees is marked as gone, and comes back with it', async () => {
  const synced = await connectShop(filled(5))
  await synced.world.drain()
  const [gone] = synced.shop.customers.splice(2, 1)
  await later(synced, 61 * MINUTE)
  const marked = async () =>
    (await rowsOf(synced.actor, 'customers'))
      .filter(({ deleted_at }) => deleted_at !== null)
      .map(({ ext_id }) => ext_id)
  expect(await marked()).toEqual(['c2'])
  if (gone) synced.shop.customers.push(gone)
  await later(synced, 61 * MINUTE)
  expect(await marked()).toEqual([])
})

test('a read of the whole that was not counted, or came short, marks nothing as gone', async () => {
  const synced = await connectShop(filled(5))
  await synced.world.drain()
  synced.shop.hidden.add('c3')
  await later(synced, 61 * MINUTE)
  synced.shop.hidden.clear()
  synced.shop.announces = false
  synced.shop.customers.splice(2, 1)
  await later(synced, 61 * MINUTE)
  const rows = await rowsOf(synced.actor, 'customers')
  expect(rows.filter(({ deleted_at }) => deleted_at !== null)).toEqual([])
})

test('a record that cannot be read is kept with its reason, and read again or left out', async () => {
  const shop = filled(12, 50)
  shop.broken.add('o3').add('o7')
  const synced = await connectShop(shop)
  await synced.world.drain()
  const { services } = synced.world
  const dead = await readDead(services, synced.actor, synced.sourceId, { status: 'open' }, 10)
  if (!dead.ok) throw new Error('refused')
  expect(dead.value.rows.map(({ extId, error }) => [extId, error]).sort()).toEqual([
    ['o3', 'The amount is no number.'],
    ['o7', 'The amount is no number.'],
  ])
  expect((await stateOf(synced)).source.syncStatus).toBe('ok')
  const o3 = dead.value.rows.find(({ extId }) => extId === 'o3')?.id ?? ''
  expect(await replayDead(services, synced.actor, synced.sourceId, o3)).toMatchObject({
    error: { slug: 'record-unreadable' },
  })
  expect(await leaveDeadOut(services, synced.actor, synced.sourceId, o3)).toMatchObject({ ok: true })
  // corrected at the source, the next read settles the other by itself
  shop.broken.clear()
  await syncNow(services, synced.actor, synced.sourceId, { stream: 'orders', days: 60 })
  await synced.world.drain()
  expect(await readDead(services, synced.actor, synced.sourceId, { status: 'open' }, 10)).toMatchObject({
    value: { rows: [] },
  })
})

test('a field that appears is told once and can be acknowledged', async () => {
  const shop = filled(25, 50)
  shop.extra = ['orders.loyalty']
  const synced = await connectShop(shop)
  await synced.world.drain()
  const drift = await readDrift(synced.world.services, synced.actor, synced.sourceId)
  expect(drift).toMatchObject({
    value: [{ stream: 'customers' }, { stream: 'orders', acknowledgedAt: null }],
  })
  await acknowledgeDrifts(synced.world.services, synced.actor, synced.sourceId)
  const seen = await rowsOf(synced.actor, 'schema_drifts')
  expect(seen.every(({ acknowledged_at }) => acknowledged_at !== null)).toBe(true)
})

test('kept pages are read again without asking the vendor', async () => {
  const synced = await connectShop(filled(60, 100))
  await synced.world.drain()
  const reads = synced.shop.reads.length
  const reader = fakeReader(synced.shop)
  const plain = reader.normalise
  reader.normalise = (stream, raw, context) => {
    const read = plain(stream, raw, context)
    for (const order of read.batch.orders ?? []) order.channel = 'shop'
    return read
  }
  Object.assign(synced.world.services, { readers: [reader] })
  await replayRaw(synced.world.services, synced.actor, synced.sourceId, 'orders')
  await synced.world.drain()
  const orders = await rowsOf(synced.actor, 'orders')
  expect(orders.filter(({ channel }) => channel === 'shop')).toHaveLength(60)
  expect(synced.shop.reads).toHaveLength(reads)
})

test('what is gone at the source stays gone when kept pages are read again', async () => {
  const synced = await connectShop(filled(3))
  await synced.world.drain()
  await later(synced, 61 * MINUTE)
  synced.shop.customers.splice(2, 1)
  await later(synced, 61 * MINUTE)
  const gone = async () =>
    (await rowsOf(synced.actor, 'customers'))
      .filter(({ deleted_at }) => deleted_at !== null)
      .map(({ ext_id }) => ext_id)
  expect(await gone()).toEqual(['c2'])
  await replayRaw(synced.world.services, synced.actor, synced.sourceId, 'customers')
  await synced.world.drain()
  expect(await gone()).toEqual(['c2'])
  await later(synced, 61 * MINUTE)
  expect(await gone()).toEqual(['c2'])
})

test('a step that is killed again and again gives up in words instead of repeating for ever', async () => {
  const synced = await connectShop(filled(5))
  await synced.world.drain()
  const { services } = synced.world
  const reader = fakeReader(synced.shop)
  Object.assign(services, { readers: [{ ...reader, read: () => new Promise(() => undefined) }] })
  const orders = async () =>
    (await rowsOf(synced.actor, 'sync_streams')).find(({ stream }) => stream === 'orders')
  const begun = Number((await orders())?.step)
  for (let death = 1; death <= 9; death++) {
    synced.world.clock.advance(31 * MINUTE)
    void stepStream(services, synced.actor, { sourceId: synced.sourceId, stream: 'orders' })
    await expect.poll(async () => (await orders())?.step).toBe(begun + death)
  }
  await expect
    .poll(orders)
    .toMatchObject({ status: 'failed', last_error: expect.stringContaining('cut off again and again') })
  const told = (await rowsOf(synced.actor, 'outbox')).map(({ type }) => type)
  expect(told).toContain('source.failed')
})

test('a paused stream reads nothing until it is resumed', async () => {
  const synced = await connectShop(filled(5))
  await synced.world.drain()
  const { services } = synced.world
  await pauseStream(services, synced.actor, synced.sourceId, 'orders', 'pause')
  const reads = synced.shop.reads.filter((read) => read.startsWith('orders')).length
  await later(synced, 40 * MINUTE)
  expect(synced.shop.reads.filter((read) => read.startsWith('orders'))).toHaveLength(reads)
  await pauseStream(services, synced.actor, synced.sourceId, 'orders', 'resume')
  await synced.world.drain()
  expect(synced.shop.reads.filter((read) => read.startsWith('orders')).length).toBeGreaterThan(reads)
})

test('those who may not manage sources start, pause and settle nothing', async () => {
  const synced = await connectShop(filled(3))
  const { services } = synced.world
  const member = synced.world.as(synced.actor, 'member')
  for (const refused of [
    await syncNow(services, member, synced.sourceId, {}),
    await pauseStream(services, member, synced.sourceId, 'orders', 'pause'),
    await replayRaw(services, member, synced.sourceId, 'orders'),
    await acknowledgeDrifts(services, member, synced.sourceId),
  ])
    expect(refused).toMatchObject({ error: { kind: 'forbidden' } })
  expect(await syncNow(services, synced.actor, synced.sourceId, { days: 0 })).toMatchObject({
    error: { kind: 'invalid' },
  })
})

test('sixty workspaces take turns: after one message each, every one has had its page', async () => {
  const world = await makeWorld(NOW)
  const shop = filled(30)
  Object.assign(world.services, {
    readers: [fakeReader(shop)],
    gate: openGate({ held: [], renewed: [], token: { now: 'good' } }),
  })
  const actors = []
  for (let index = 0; index < 60; index++) {
    const actor = await world.workspace({ timeZone: 'UTC' })
    const id = await addConnector(actor, world.clock.now())
    await connected(world.services, actor, id)
    actors.push(actor)
  }
  // one message each of the stream that may begin, one of the stream that waits
  const { perform } = await import('../../src/queues/consume.ts')
  for (const message of world.messages.splice(0, 120)) await perform(world.services, message)
  const { results } = await testEnv.DB.prepare(
    'SELECT tenant_id, count(*) AS n FROM customers GROUP BY tenant_id',
  ).all<{
    tenant_id: string
    n: number
  }>()
  const served = new Set(results.map(({ tenant_id }) => tenant_id))
  expect(actors.every(({ tenantId }) => served.has(tenantId))).toBe(true)
})

test('of five hundred workspaces with streams that are due, none waits behind one that has hundreds', async () => {
  const world = await makeWorld(NOW)
  const due = world.clock.now()
  const numbered = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)'
  await testEnv.DB.batch([
    testEnv.DB.prepare(
      `INSERT INTO workspaces (id, name, time_zone, currency, locale, week_start, fiscal_year_start, country, industry, created_at, updated_at)
       ${numbered} SELECT printf('w%04d', i), 'W', 'UTC', 'USD', 'en-US', 1, 1, 'US', 'retail', 'x', 'x' FROM n`,
    ).bind(501),
    testEnv.DB.prepare(
      `INSERT INTO data_sources (tenant_id, id, source_type, name, sync_status, counts_as_sales, created_at, updated_at)
       ${numbered} SELECT printf('w%04d', i), 's', 'fake', 'S', 'ok', 1, 'x', 'x' FROM n`,
    ).bind(501),
    testEnv.DB.prepare(
      `INSERT INTO sync_streams (tenant_id, source_id, stream, mode, status, next_run_at, updated_at)
       ${numbered} SELECT printf('w%04d', i), 's', 'orders', 'incremental', 'waiting', ?2, 'x' FROM n`,
    ).bind(500, due - 1_000),
    testEnv.DB.prepare(
      `INSERT INTO sync_streams (tenant_id, source_id, stream, mode, status, next_run_at, updated_at)
       ${numbered} SELECT 'w0501', 's', printf('orders%04d', i), 'incremental', 'waiting', ?2, 'x' FROM n`,
    ).bind(900, due - 900_000),
  ])
  const found = await world.services.directory.dueStreams(due, due)
  expect(found).toHaveLength(1_000)
  expect(new Set(found.slice(0, 501).map(({ tenantId }) => tenantId)).size).toBe(501)
})

test('the facts of a source are the same however its reads were cut', async () => {
  const [whole, cut] = [filled(40), filled(40)]
  whole.pageSize = 100
  cut.pageSize = 3
  const [one, other] = [await connectShop(whole), await connectShop(cut)]
  await one.world.drain()
  await other.world.drain()
  expect(await factsOf(one.actor)).toEqual(await factsOf(other.actor))
})
