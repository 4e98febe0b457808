// Sample data: in as history, marked, once; out without a trace, whatever happens in between.
import { expect, test } from 'vitest'
import {
  addDemoData,
  landFacts,
  queryMetrics,
  rebuildRollups,
  removeDemoData,
} from '../../src/modules/mini-foundry/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { breakAt, Killed, untilDone } from '../support/faults.ts'
import { saleOf } from '../support/shop.ts'
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
