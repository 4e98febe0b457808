// What a large dashboard may cost: twelve widgets of all kinds over 60,000 orders.
import { expect, test } from 'vitest'
import { openDashboard } from '../../src/modules/mini-foundry/actions/dashboards-open.ts'
import { ensureDefaultDashboard } from '../../src/modules/mini-foundry/actions/dashboards-warm.ts'
import { rebuildRollups } from '../../src/modules/mini-foundry/actions/rollups.ts'
import { setTarget } from '../../src/modules/mini-foundry/actions/targets.ts'
import {
  arrange,
  bars,
  chart,
  line,
  number,
  table,
} from '../../src/modules/mini-foundry/domain/template-parts.ts'
import { updateDashboard } from '../../src/modules/mini-foundry/store/dashboards.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { makeShop } from '../support/shop.ts'
import { makeWorld, type World } from '../support/world.ts'

const ORDERS = 60_000

const WIDGETS = [
  number('revenue', 'Revenue'),
  number('customers', 'Customers'),
  line('orders', 'Orders'),
  bars('revenue', 'channel', 'Revenue by channel'),
  table(['revenue', 'orders'], 'product', 'Products'),
  chart('donut', 'Countries', ['revenue'], { group_by: 'country' }),
  chart('funnel', 'Customers and orders', ['orders', 'customers']),
  chart('goal', 'Revenue target', ['revenue']),
  chart('goal', 'Orders target', ['orders']),
  chart('heat_map', 'When', ['orders']),
  chart('cohort', 'Who comes back'),
  chart('activity', 'What happened'),
]

test('a page of twelve widgets is one batch of at most 2,000 rows when they are known, targets and filters among them', {
  timeout: 120_000,
}, async () => {
  const world = await makeWorld()
  const actor = await seeded(world)
  const db = world.services.tenant(actor.tenantId)
  const spent = async () => {
    const before = { ...db.meter }
    const result = await openDashboard(world.services, actor, { id: null, query: {} })
    const batches = db.meter.batches - before.batches
    const rows = db.meter.rowsRead - before.rowsRead
    await world.settle()
    if (!result.ok) throw new Error(result.error.detail)
    return { ...result.value, batches, rows }
  }
  const cold = await spent()
  expect(cold.batches).toBeLessThanOrEqual(5)
  const warm = await spent()
  expect(warm.batches).toBe(1)
  expect(warm.rows).toBeLessThanOrEqual(2_000)
  expect(warm.values.filter(({ dimension }) => dimension === 'channel')).toHaveLength(4)
  expect(warm.values).toEqual(cold.values)
  expect(warm.widgets).toEqual(JSON.parse(JSON.stringify(cold.widgets)))
  const goals = () => warm.widgets.flatMap(({ facts }) => (facts?.kind === 'goal' ? [facts.goal] : []))
  expect(goals().map((goal) => Number(goal?.target.value))).toEqual([500_000, 4_000])

  await setTarget(world.services, actor, { metric: 'orders', value: '4500', granularity: 'month' })
  const moved = await spent()
  expect(
    moved.widgets.flatMap(({ facts }) => (facts?.kind === 'goal' ? [Number(facts.goal?.target.value)] : [])),
  ).toEqual([500_000, 4_500])
  expect((await spent()).batches).toBe(1)
})

/** Two years of orders, their headers too, and a dashboard that shows all of it. */
async function seeded(world: World): Promise<Actor> {
  const actor = await makeShop(world, [], { timeZone: 'UTC' })
  const db = world.services.tenant(actor.tenantId)
  const many = (count: number) =>
    `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})`
  const day = `date('2026-11-22', '-' || (i % 730) || ' days')`
  await db.write([
    db.statement(
      `INSERT INTO customers (tenant_id, source_id, ext_id, origin, src_updated_at, hash, number)
       ${many(9_000)} SELECT ?1, 's1', 'c' || i, 'history', 1, '', i FROM n`,
    ),
    db.statement(
      `INSERT INTO orders (tenant_id, source_id, ext_id, origin, src_updated_at, hash, ordered_at, business_day,
         customer_ext_id, currency, status, net, tax, shipping, lines)
       ${many(ORDERS)} SELECT ?1, 's1', 'o' || i, 'history', 1, '', ${day} || 'T09:00:00Z', ${day},
         'c' || (i % 9000), 'USD', 'paid', 500000, 0, 0, 1 FROM n`,
    ),
    db.statement(
      `INSERT INTO sale_events (tenant_id, source_id, ext_id, origin, src_updated_at, hash, kind, line_type, business_day,
         order_day, order_ext_id, customer_ext_id, product_name, channel, country, currency, quantity, gross, discount, net, tax, counted)
       ${many(ORDERS)} SELECT ?1, 's1', 'e' || i, 'history', 1, '', 'sale', 'product', ${day}, ${day}, 'o' || i,
         'c' || (i % 9000), 'Product ' || (i % 40), 'Channel ' || (i % 4), 'Country ' || (i % 12), 'USD', 10000, 500000, 0, 500000, 0, 1 FROM n`,
    ),
  ])
  await rebuildRollups(world.services, actor, { budgetMs: Number.POSITIVE_INFINITY })
  const row = await ensureDefaultDashboard(world.services, actor)
  await db.write([updateDashboard(db, { ...row, widgets: WIDGETS, layout: arrange(WIDGETS) })])
  for (const [metric, value] of [
    ['revenue', '500000'],
    ['orders', '4000'],
  ])
    await setTarget(world.services, actor, { metric, value, granularity: 'month' })
  return actor
}
