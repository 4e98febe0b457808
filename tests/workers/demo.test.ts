// Sample data: in as history, marked, once; out without a trace, whatever happens in between.
import { expect, test } from 'vitest'
import { demoOrders } from '../../src/modules/mini-foundry/domain/demo/orders.ts'
import { DEMO_PROFILES } from '../../src/modules/mini-foundry/domain/demo/profiles.ts'
import {
  addDemoData,
  landFacts,
  queryMetrics,
  rebuildRollups,
  removeDemoData,
} from '../../src/modules/mini-foundry/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { breakAt, Killed, untilDone } from '../support/faults.ts'
import { makeShop, saleOf } from '../support/shop.ts'
import { drainWith } from '../support/stripe-source.ts'
import { makeWorld, testEnv } from '../support/world.ts'

const count = async (actor: Actor, table: string): Promise<number> =>
  (
    await testEnv.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE tenant_id = ?1`)
      .bind(actor.tenantId)
      .first<{ n: number }>()
  )?.n ?? -1

const FACTS = [
  'customers',
  'products',
  'inventory_levels',
  'orders',
  'order_lines',
  'sale_events',
  'payments',
  'payouts',
  'payout_lines',
  'bank_deposits',
  'bills',
  'expenses',
  'ledger_accounts',
  'deals',
  'campaign_days',
  'subscription_changes',
  'invoices',
  'subscriptions',
]

test('the sample shop comes as history, breaks off and is finished, and goes without a trace', {
  timeout: 180_000,
}, async () => {
  const world = await makeWorld()
  const actor = await world.workspace()
  const { services } = world
  expect(await addDemoData(services, world.as(actor, 'member'), { profile: 'coffee' })).toMatchObject({
    error: { kind: 'forbidden' },
  })
  expect(await addDemoData(services, actor, { profile: 'circus' })).toMatchObject({
    error: { kind: 'invalid' },
  })

  const fault = breakAt(services, 3, 'after')
  await expect(addDemoData(fault.services, actor, { profile: 'home-goods' })).rejects.toThrow(Killed)
  expect(await addDemoData(services, actor, { profile: 'coffee' })).toMatchObject({
    error: { slug: 'sample-data-present' },
  })
  const added = await addDemoData(services, actor, { profile: 'home-goods' })
  expect(added.ok).toBe(true)
  expect(await addDemoData(services, actor, { profile: 'home-goods' })).toMatchObject({
    error: { kind: 'conflict' },
  })
  await rebuildRollups(services, actor, { budgetMs: Number.POSITIVE_INFINITY })

  for (const table of FACTS) expect([table, (await count(actor, table)) > 0]).toEqual([table, true])
  expect(await count(actor, 'outbox')).toBe(0)
  const source = await testEnv.DB.prepare('SELECT * FROM data_sources WHERE tenant_id = ?1')
    .bind(actor.tenantId)
    .first<Record<string, unknown>>()
  const facts = (await Promise.all(FACTS.map((table) => count(actor, table)))).reduce((sum, n) => sum + n, 0)
  expect(source).toMatchObject({ source_type: 'demo', is_demo: 1, sync_status: 'ok', record_count: facts })
  const query = {
    metrics: 'revenue,orders',
    from: '2025-11-22',
    to: '2026-11-21',
    granularity: 'year',
    compare: 'previous_year',
  }
  const year = await queryMetrics(services, actor, query)
  if (!year.ok) throw new Error(year.error.detail)
  expect(year.value.data[0]?.compare?.change_percent).toBeGreaterThan(10)

  const db = services.tenant(actor.tenantId)
  await db.write([
    db.statement(
      `INSERT INTO data_sources (tenant_id, id, source_type, name, sync_status, counts_as_sales, created_at, updated_at)
       VALUES (?1, 'own', 'csv', 'Orders file', 'ok', 1, '', '')`,
    ),
  ])
  await landFacts(services, actor, {
    sourceId: 'own',
    origin: 'live',
    batch: { events: [saleOf('own', '2026-11-20', 5)] },
  })
  world.messages.length = 0
  expect(await removeDemoData(services, actor)).toEqual({ ok: true, value: null })
  const broken = breakAt(services, 1, 'after')
  await drainWith(broken.services, world, untilDone)
  await rebuildRollups(services, actor, { budgetMs: Number.POSITIVE_INFINITY })
  for (const table of FACTS.filter((name) => name !== 'sale_events'))
    expect([table, await count(actor, table)]).toEqual([table, 0])
  expect([await count(actor, 'sale_events'), await count(actor, 'data_sources')]).toEqual([1, 1])
  expect(await count(actor, 'dirty_days')).toBe(0)
  const left = await testEnv.DB.prepare('SELECT DISTINCT day FROM rollup_days WHERE tenant_id = ?1')
    .bind(actor.tenantId)
    .all()
  expect(left.results).toEqual([{ day: '2026-11-20' }])
  expect(await removeDemoData(services, actor)).toEqual({ ok: true, value: null })
})

const rollups = async (actor: Actor, columns: string, where: string): Promise<Record<string, unknown>[]> =>
  (
    await testEnv.DB.prepare(
      `SELECT ${columns} FROM rollup_days WHERE tenant_id = ?1 AND ${where} ORDER BY book, dimension, day, value`,
    )
      .bind(actor.tenantId)
      .all()
  ).results

/** Tables of the workspace in which a row names this source. */
async function tracesOf(actor: Actor, sourceId: string): Promise<string[]> {
  const { results: tables } = await testEnv.DB.prepare(
    `SELECT name FROM sqlite_master
     WHERE type = 'table' AND name NOT GLOB '_cf*' AND name <> 'audit_log' AND sql LIKE '%tenant_id%'`,
  ).all<{ name: string }>()
  const found: string[] = []
  for (const { name } of tables) {
    const { results } = await testEnv.DB.prepare(`SELECT * FROM "${name}" WHERE tenant_id = ?1`)
      .bind(actor.tenantId)
      .all()
    if (results.some((row) => JSON.stringify(row).includes(sourceId))) found.push(name)
  }
  return found
}

test.each(Object.values(DEMO_PROFILES))(
  'the numbers of $name are the sums of its own entries, and go with them',
  {
    timeout: 120_000,
  },
  async (profile) => {
    const world = await makeWorld()
    const { timeZone, currency } = profile
    const own = [saleOf('own', '2026-11-20', 5, { currency }), saleOf('older', '2024-12-24', 7, { currency })]
    const actor = await makeShop(world, own, { timeZone, currency })
    const before = await rollups(actor, '*', 'true')
    const added = await addDemoData(world.services, actor, { profile: profile.id })
    if (!added.ok) throw new Error(added.error.detail)
    await world.drain()

    const days = new Map<string, { revenue: number; refunds: number; orders: Set<string> }>()
    const facts = demoOrders(profile, '2026-11-22').events
    for (const event of [...own, ...facts].filter(({ counted }) => counted)) {
      const day = days.get(event.businessDay) ?? { revenue: 0, refunds: 0, orders: new Set() }
      days.set(event.businessDay, day)
      if (event.kind === 'sale') day.orders.add(event.orderExtId)
      if (!['product', 'fee', 'other'].includes(event.lineType)) continue
      if (event.kind === 'refund') day.refunds -= event.net
      else day.revenue += event.net
    }
    const expected = [...days]
      .map(([day, { revenue, refunds, orders }]) => ({ day, orders: orders.size, revenue, refunds }))
      .sort((a, b) => (a.day < b.day ? -1 : 1))
    const whole = `book = 'event_date' AND dimension = 'all'`
    expect(await rollups(actor, 'day, orders, revenue, refunds', whole)).toEqual(expected)
    const sum = (pick: (day: (typeof expected)[number]) => number) =>
      expected.reduce((total, day) => total + pick(day), 0)
    const sums = (
      await testEnv.DB.prepare(
        `SELECT DISTINCT sum(revenue) AS revenue, sum(refunds) AS refunds FROM rollup_days WHERE tenant_id = ?1 GROUP BY book, dimension`,
      )
        .bind(actor.tenantId)
        .all()
    ).results
    expect(sums).toEqual([{ revenue: sum(({ revenue }) => revenue), refunds: sum(({ refunds }) => refunds) }])

    expect((await tracesOf(actor, added.value.sourceId)).length).toBeGreaterThan(9)
    await removeDemoData(world.services, actor)
    await world.drain()
    expect(await tracesOf(actor, added.value.sourceId)).toEqual([])
    expect(await rollups(actor, '*', 'true')).toEqual(before)
  },
)
