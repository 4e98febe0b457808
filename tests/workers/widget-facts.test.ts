// Widgets that show more than metrics: heat, cohorts, activity and funnels, against figures worked out by hand.
import { expect, test } from 'vitest'
import { landFacts } from '../../src/modules/mini-foundry/actions/land-facts.ts'
import { rebuildRollups } from '../../src/modules/mini-foundry/actions/rollups.ts'
import { readWidgetFacts } from '../../src/modules/mini-foundry/actions/widget-facts.ts'
import type { OrderFact } from '../../src/modules/mini-foundry/domain/facts.ts'
import { funnelOf } from '../../src/modules/mini-foundry/domain/funnel.ts'
import { KEPT_FACTS, type KeptFacts } from '../../src/modules/mini-foundry/domain/widget-facts.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { makeShop, saleOf } from '../support/shop.ts'
import { makeWorld, type World } from '../support/world.ts'

const RANGE = { from: '2026-09-01', to: '2026-11-22' }

/** Order, its moment (UTC), its day in New York, who bought, and whether it was cancelled. */
const ORDERS: [string, string, string, string | null, 'paid' | 'cancelled'][] = [
  ['1', '2026-09-01T03:30:00Z', '2026-08-31', 'ann', 'paid'], // before the range: late on Monday in New York
  ['2', '2026-09-07T13:10:00Z', '2026-09-07', 'ben', 'paid'], // Monday, 9:10
  ['3', '2026-09-14T13:50:00Z', '2026-09-14', 'cleo', 'paid'], // Monday, 9:50
  ['4', '2026-10-05T13:00:00Z', '2026-10-05', 'ben', 'paid'], // Monday, 9:00
  ['5', '2026-10-07T02:00:00Z', '2026-10-06', 'ann', 'paid'], // Tuesday, 22:00
  ['6', '2026-11-02T14:05:00Z', '2026-11-02', 'ben', 'paid'], // Monday, 9:05: clocks went back the day before
  ['7', '2026-11-03T14:05:00Z', '2026-11-03', 'cleo', 'cancelled'],
  ['8', '2026-11-21T17:00:00Z', '2026-11-21', 'dora', 'paid'], // Saturday, 12:00
  ['9', '2026-11-21T17:00:00Z', '2026-11-21', null, 'paid'], // a guest
]

async function shop(world: World): Promise<Actor> {
  const actor = await makeShop(world, [], { timeZone: 'America/New_York' })
  const orders = ORDERS.map(
    ([extId, orderedAt, businessDay, customerExtId, status]): OrderFact => ({
      extId,
      srcUpdatedAt: 1,
      orderedAt,
      businessDay,
      customerExtId,
      currency: 'USD',
      status,
      net: 100_000 * Number(extId),
      tax: 0,
      shipping: 0,
      lines: 1,
      number: `#${extId}`,
    }),
  )
  const events = ORDERS.map(([extId, , day, customerExtId, status]) =>
    saleOf(extId, day, 10 * Number(extId), {
      orderExtId: extId,
      customerExtId,
      counted: status === 'paid',
    }),
  )
  const customers = ['ann', 'ben', 'cleo', 'dora'].map((extId) => ({ extId, srcUpdatedAt: 1, name: extId }))
  const payment = { srcUpdatedAt: 1, status: 'succeeded' as const, currency: 'USD', orderExtId: '8' }
  const payments = [
    {
      ...payment,
      extId: 'p1',
      kind: 'charge' as const,
      amount: 800_000,
      happenedAt: '2026-11-22T08:00:00Z',
      businessDay: '2026-11-22',
    },
    {
      ...payment,
      extId: 'p2',
      kind: 'refund' as const,
      amount: -200_000,
      happenedAt: '2026-11-20T08:00:00Z',
      businessDay: '2026-11-20',
    },
    {
      ...payment,
      extId: 'p3',
      kind: 'charge' as const,
      status: 'failed' as const,
      amount: 1,
      happenedAt: '2026-11-22T08:00:00Z',
      businessDay: '2026-11-22',
    },
  ]
  await landFacts(world.services, actor, {
    sourceId: 's1',
    origin: 'live',
    batch: { customers, orders, events, payments },
  })
  await rebuildRollups(world.services, actor)
  return actor
}

const read = async (kind: KeptFacts, orders = true) => {
  const world = await makeWorld()
  const actor = orders ? await shop(world) : await makeShop(world, [])
  const [facts] = await readWidgetFacts(world.services, actor, [kind], RANGE)
  return facts
}

test('a workspace without orders has an empty picture of every kind, not an error', async () => {
  const world = await makeWorld()
  const actor = await makeShop(world, [])
  const facts = await readWidgetFacts(world.services, actor, KEPT_FACTS, RANGE)
  expect(facts.map(({ kind }) => kind)).toEqual(['heat_map', 'cohort', 'activity'])
  expect(facts[1]).toEqual({ kind: 'cohort', cohorts: [] })
  expect(facts[2]).toEqual({ kind: 'activity', lines: [] })
})

test('orders lie at the hour that the shop saw, also after clocks change, without those cancelled', async () => {
  const facts = await read('heat_map')
  if (facts?.kind !== 'heat_map') throw new Error('no heat')
  const filled = facts.heat.cells.flatMap((row, day) =>
    row.flatMap((orders, hour) => (orders > 0 ? [[day, hour, orders]] : [])),
  )
  expect(facts.heat.columns).toBe('hours')
  expect(filled).toEqual([
    [0, 9, 4],
    [1, 22, 1],
    [5, 12, 2],
  ])
  expect(facts.heat.left).toBe(0)
})

test('customers are kept by the month of their first order, and a guest is nobody', async () => {
  expect(await read('cohort')).toEqual({
    kind: 'cohort',
    cohorts: [
      { first: '2026-08', size: 1, retained: [100, 0, 100, 0] },
      { first: '2026-09', size: 2, retained: [100, 50, 50] },
      { first: '2026-11', size: 1, retained: [100] },
    ],
  })
})

test('who bought before the months shown is in none of them', async () => {
  const world = await makeWorld()
  const actor = await shop(world)
  const old = saleOf('0', '2024-03-01', 5, { customerExtId: 'ben', orderExtId: '0' })
  await landFacts(world.services, actor, { sourceId: 's1', origin: 'live', batch: { events: [old] } })
  await rebuildRollups(world.services, actor)
  const [facts] = await readWidgetFacts(world.services, actor, ['cohort'], RANGE)
  expect(facts?.kind === 'cohort' && facts.cohorts[1]).toEqual({
    first: '2026-09',
    size: 1,
    retained: [100, 0, 0],
  })
})

test('what happened last comes first, one sale once: what pays for an order is no line of its own', async () => {
  const facts = await read('activity')
  if (facts?.kind !== 'activity') throw new Error('no activity')
  expect(facts.lines.slice(0, 3).map(({ kind, day, amount }) => [kind, day, amount])).toEqual([
    ...[expect.anything(), expect.anything()],
    ['refund', '2026-11-20', -200_000],
  ])
  expect(
    facts.lines
      .slice(0, 2)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['#8', '#9'])
  expect(facts.lines[2]).toMatchObject({ source: 'Orders file', currency: 'USD', name: '#8' })
  expect(facts.lines).toHaveLength(10)
})

test('a payment provider that does not count tells only of what is no order here', async () => {
  const world = await makeWorld()
  const actor = await shop(world)
  const db = world.services.tenant(actor.tenantId)
  await db.write([
    db.statement(
      `INSERT INTO data_sources (tenant_id, id, source_type, name, sync_status, counts_as_sales, created_at, updated_at)
       VALUES (?1, 'pay', 'stripe', 'Stripe', 'ok', 0, '', '')`,
    ),
  ])
  const charge = (extId: string, amount: number) => ({
    ...{ extId, srcUpdatedAt: 1, kind: 'charge' as const, status: 'succeeded' as const, currency: 'USD' },
    ...{ amount, orderExtId: extId, happenedAt: '2026-11-22T08:00:00Z', businessDay: '2026-11-22' },
  })
  const order = {
    extId: 'ch_1',
    srcUpdatedAt: 1,
    businessDay: '2026-11-22',
    currency: 'USD',
    status: 'paid' as const,
  }
  await landFacts(world.services, actor, {
    sourceId: 'pay',
    origin: 'live',
    batch: {
      orders: [{ ...order, net: 900_000, tax: 0, shipping: 0, lines: 1 }],
      // the first is what order #9 came to
      payments: [charge('ch_1', 900_000), charge('ch_2', 123_400)],
    },
  })
  const [facts] = await readWidgetFacts(world.services, actor, ['activity'], RANGE)
  if (facts?.kind !== 'activity') throw new Error('no activity')
  expect(facts.lines.filter(({ source }) => source === 'Stripe')).toEqual([
    { kind: 'payment', day: '2026-11-22', name: '', source: 'Stripe', amount: 123_400, currency: 'USD' },
  ])
})

test('a funnel says what part of the step before is left', () => {
  const steps = funnelOf([
    { name: 'Views', value: 2000 },
    { name: 'Clicks', value: 150 },
    { name: 'Orders', value: 12 },
  ])
  expect(steps.map(({ value, of_previous_percent }) => [value, of_previous_percent])).toEqual([
    [2000, null],
    [150, 7.5],
    [12, 8],
  ])
})
