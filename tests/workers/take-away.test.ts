// All facts of a workspace as one SQLite file: what it holds, that pieces fit together, and who gets it.
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { everyMinute } from '../../src/cron/every-minute.ts'
import { FACT_TABLES } from '../../src/modules/mini-foundry/domain/take-away/tables.ts'
import {
  addDemoData,
  beginTakeAway,
  createAnnotation,
  listTakeAways,
  openTakeAway,
  queryMetrics,
  rebuildRollups,
  stepTakeAway,
} from '../../src/modules/mini-foundry/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { ask, ownForm } from '../support/browser.ts'
import { keyFor, signInAs } from '../support/people.ts'
import { readSqlite } from '../support/sqlite-read.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const DAY = 86_400_000
let world: World
let shop: Actor
/** A workspace with one remark, whose file is made in one step. */
let small: Actor
/** The tables of the shop's file, made at once. */
let whole: ReturnType<typeof readSqlite>
let wholeBytes: Uint8Array

beforeAll(async () => {
  world = await makeWorld(new Date().toISOString())
  shop = await world.workspace({ name: 'Harbour "Goods"', timeZone: 'Europe/Warsaw', currency: 'PLN' })
  await addDemoData(world.services, shop, { profile: 'coffee' })
  await rebuildRollups(world.services, shop, { budgetMs: Number.POSITIVE_INFINITY })
  await addDemoData(world.services, await world.workspace({ name: 'Other' }), { profile: 'home' })
  small = await world.workspace({ name: 'Small' })
  await createAnnotation(world.services, small, { day: '2026-11-01', text: 'Prices raised' })
  world.messages.length = 0
  const id = await begun(shop)
  expect((await listed(shop))[0]).toMatchObject({ id, status: 'making', rows: 0 })
  await world.drain()
  wholeBytes = await bytesOf(id, shop)
  whole = readSqlite(wholeBytes)
}, 90_000)
beforeEach(() => {
  world.messages.length = 0
})

async function begun(actor = small): Promise<string> {
  const made = await beginTakeAway(world.services, actor)
  if (!made.ok) throw new Error(made.error.detail)
  return made.value.id
}

async function bytesOf(id: string, actor = small): Promise<Uint8Array> {
  const opened = await openTakeAway(world.services, actor, id)
  if (!opened.ok) throw new Error(opened.error.detail)
  const bytes = new Uint8Array(await new Response(opened.value.body).arrayBuffer())
  expect(bytes.length).toBe(opened.value.bytes)
  return bytes
}

const listed = async (actor = small) => {
  const list = await listTakeAways(world.services, actor)
  return list.ok ? list.value : []
}
const stored = async (tenantId: string) =>
  (await testEnv.FILES.list({ prefix: `take-away/${tenantId}/` })).objects.map(({ key }) => key)

test('a file is made in the background and has as many pages as its header says', async () => {
  expect((await listed(shop))[0]).toMatchObject({ status: 'ready', bytes: wholeBytes.length, error: null })
  expect(new TextDecoder().decode(wholeBytes.subarray(0, 16))).toBe('SQLite format 3\0')
  expect(new DataView(wholeBytes.buffer).getUint32(28) * 4096).toBe(wholeBytes.length)
})

test('every fact of the workspace is in it, and nobody else’s', async () => {
  for (const { name, from } of FACT_TABLES) {
    const stored = await testEnv.DB.prepare(`SELECT count(*) AS n FROM ${from ?? name} WHERE tenant_id = ?1`)
      .bind(shop.tenantId)
      .first<{ n: number }>()
    expect([name, whole.get(name)?.length]).toEqual([name, stored?.n])
  }
  expect(whole.get('orders')?.length).toBeGreaterThan(1000)
  const about = Object.fromEntries(whole.get('about') ?? [])
  expect(about).toMatchObject({ workspace: 'Harbour "Goods"', currency: 'PLN', time_zone: 'Europe/Warsaw' })
  const contents = new Map((whole.get('contents') ?? []).map(([name, rows]) => [name, rows]))
  for (const [name, rows] of whole)
    if (!['contents', 'about'].includes(name)) expect([name, contents.get(name)]).toEqual([name, rows.length])
})

test('an order stands there with its amounts as text and in ten-thousandths', async () => {
  const row = await testEnv.DB.prepare(
    'SELECT ext_id, net, currency FROM orders WHERE tenant_id = ?1 AND net % 100 = 0 ORDER BY ext_id LIMIT 1',
  )
    .bind(shop.tenantId)
    .first<{ ext_id: string; net: number; currency: string }>()
  const order = whole.get('orders')?.find((values) => values[1] === row?.ext_id)
  expect(order).toContain((Number(row?.net) / 10_000).toFixed(2))
  expect(order).toContain(row?.net)
  expect(order).toContain('PLN')
})

test('metrics by day are those of the pages', async () => {
  const today = new Date(world.clock.now()).toISOString().slice(0, 10)
  const from = new Date(world.clock.now() - 400 * DAY).toISOString().slice(0, 10)
  const asked = await queryMetrics(world.services, shop, {
    metrics: 'revenue,customers,refund_rate',
    from,
    to: today,
    granularity: 'day',
  })
  if (!asked.ok) throw new Error(asked.error.detail)
  const rows = whole.get('metrics_by_day') ?? []
  const found = new Map(rows.map(([day, metric, , , value]) => [`${day} ${metric}`, value]))
  for (const { metric, series } of asked.value.data) {
    const told = series.filter(({ value }) => value !== null)
    expect(told.length).toBeGreaterThan(300)
    for (const { period, value } of told)
      expect([metric, period, found.get(`${period} ${metric}`)]).toEqual([metric, period, String(value)])
  }
})

describe('a file in pieces', () => {
  /** As `drain`, but each step reads once only, so that there are as many pieces as reads. */
  const slowly = async (each: (message: { takeAwayId: string; step?: number }) => Promise<void>) => {
    for (let message = world.messages.shift(); message; message = world.messages.shift())
      if (message.kind === 'take-away.step') {
        // a step that begins late ends after its first read
        await each(message)
      }
  }
  const hurried = (): World['services'] => {
    let tick = 0
    // every look at the clock is ten seconds later: the time of a step is soon spent
    const now = world.clock.now()
    return {
      ...world.services,
      clock: { ...world.services.clock, now: () => now + Math.min(2, tick++ % 3) * 10_000 },
    }
  }

  test('is the same as one that was made at once, though messages come twice', async () => {
    const id = await begun(shop)
    let steps = 0
    await slowly(async (message) => {
      steps += 1
      await stepTakeAway(hurried(), shop, message)
      await stepTakeAway(hurried(), shop, message)
    })
    expect(steps).toBeGreaterThan(8)
    const found = readSqlite(await bytesOf(id, shop))
    const without = (tables: typeof whole) => [...tables].filter(([name]) => name !== 'about')
    expect(without(found)).toEqual(without(whole))
  })

  test('leaves nothing of a step that two made at once', async () => {
    const id = await begun()
    await slowly(async (message) => {
      await Promise.all([stepTakeAway(hurried(), small, message), stepTakeAway(hurried(), small, message)])
    })
    const row = await testEnv.DB.prepare('SELECT state FROM take_aways WHERE id = ?1')
      .bind(id)
      .first<{ state: string }>()
    const { pieces } = JSON.parse(row?.state ?? '{}') as { pieces: { key: string }[] }
    expect((await stored(small.tenantId)).sort()).toEqual(pieces.map(({ key }) => key).sort())
    expect(readSqlite(await bytesOf(id)).get('annotations')?.length).toBe(1)
  })

  test('goes on by itself when a message was lost', async () => {
    const id = await begun()
    world.messages.length = 0
    world.clock.advance(4 * 60_000)
    await everyMinute(world.services)
    await world.drain()
    expect((await listed())[0]).toMatchObject({ id, status: 'ready' })
  })

  test('is given up after five failed tries, says so, and another can be asked for', async () => {
    const id = await begun()
    const files = { ...world.services.files, put: async () => Promise.reject(new Error('the store is away')) }
    for (let attempt = 0; attempt < 5; attempt += 1)
      await expect(stepTakeAway({ ...world.services, files }, small, { takeAwayId: id })).rejects.toThrow(
        'away',
      )
    expect((await listed())[0]).toMatchObject({ id, status: 'failed' })
    expect(await openTakeAway(world.services, small, id)).toMatchObject({ error: { slug: 'not-ready' } })
    world.messages.length = 0
    const next = await begun()
    expect(next).not.toBe(id)
    await world.drain()
    expect((await listed()).map(({ id: one, status }) => [one, status])).toEqual([[next, 'ready']])
  })
})

test('asking twice makes one file, a new one takes the place of the old, and after a week it is gone', async () => {
  const id = await begun()
  expect(await begun()).toBe(id)
  await world.drain()
  const next = await begun()
  expect((await listed()).map((file) => file.id)).toEqual([next])
  await world.drain()
  expect((await stored(small.tenantId)).every((key) => key.includes(next))).toBe(true)
  world.clock.advance(8 * DAY)
  await everyMinute(world.services)
  await world.drain()
  expect(await listed()).toEqual([])
  expect(await stored(small.tenantId)).toEqual([])
  world.clock.advance(-8 * DAY)
})

describe('who gets it', () => {
  test('owners, and their keys that manage Mini Foundry; admins do not', async () => {
    const admin = { ...small, kind: 'person' as const, role: 'admin' as const }
    expect(await beginTakeAway(world.services, admin)).toMatchObject({ error: { kind: 'forbidden' } })
    const key = await keyFor(small.tenantId, ['foundry:manage'], world.clock.now())
    const headers = { Authorization: key.authorization }
    const made = await ask('/modules/mini-foundry/take-away', { method: 'POST', headers })
    expect(made.status).toBe(202)
    const { id } = (await made.json()) as { id: string }
    await stepTakeAway(world.services, small, { takeAwayId: id })
    const list = await ask('/modules/mini-foundry/take-away', { headers })
    expect(await list.json()).toMatchObject({ data: [{ id, status: 'ready' }], next_cursor: null })
    const file = await ask(`/modules/mini-foundry/take-away/${id}/file`, { headers })
    expect(file.headers.get('Content-Type')).toBe('application/vnd.sqlite3')
    expect(file.headers.get('Content-Length')).toBe(String((await file.clone().arrayBuffer()).byteLength))
    expect(readSqlite(new Uint8Array(await file.arrayBuffer())).has('metrics_by_day')).toBe(true)
  })

  test('the page shows what is made, and the download asks for the password when it was long ago', async () => {
    const { cookie } = await signInAs(small.tenantId, 'owner', world.clock.now())
    const posted = await ask('/foundry/take-away', { method: 'POST', headers: ownForm(cookie), body: '' })
    expect(posted.headers.get('Location')).toBe('/foundry/take-away')
    const [{ id } = { id: '' }] = await listed()
    const growing = await (await ask('/foundry/take-away', { headers: { Cookie: cookie } })).text()
    expect(growing).toContain('hx-trigger="every 2s"')
    await stepTakeAway(world.services, small, { takeAwayId: id })
    const page = await (await ask('/foundry/take-away', { headers: { Cookie: cookie } })).text()
    expect(page).toContain(`/foundry/take-away/${id}/download`)
    const file = await ask(`/foundry/take-away/${id}/download`, { headers: { Cookie: cookie } })
    expect(file.headers.get('Content-Disposition')).toContain('.sqlite')
    await file.body?.cancel()
    const old = await signInAs(small.tenantId, 'owner', world.clock.now() - DAY)
    const asked = await ask(`/foundry/take-away/${id}/download`, { headers: { Cookie: old.cookie } })
    expect(asked.headers.get('Location')).toBe('/prove?next=/foundry/take-away')
  })
})
