import { describe, expect, test } from 'vitest'
import { readDashboard } from '../../src/modules/mini-foundry/actions/dashboards-view.ts'
import { ensureDefaultDashboard } from '../../src/modules/mini-foundry/actions/dashboards-warm.ts'
import { landFacts } from '../../src/modules/mini-foundry/actions/land-facts.ts'
import { queryMetrics } from '../../src/modules/mini-foundry/actions/metrics.ts'
import { rebuildRollups } from '../../src/modules/mini-foundry/actions/rollups.ts'
import type { SaleEventFact } from '../../src/modules/mini-foundry/domain/facts.ts'
import type { MetricQueryInput } from '../../src/modules/mini-foundry/domain/metric-query.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

/** id, kind, order, order day, day, customer, net, channel, country, product, currency */
type Row = [
  string,
  'sale' | 'refund' | 'edit',
  string,
  string,
  string,
  string | null,
  number,
  string,
  string,
  string,
  string?,
]

// Figures below are worked out by hand from these rows.
const ROWS: Row[] = [
  ['1', 'sale', 'o1', '2026-01-05', '2026-01-05', 'ann', 100, 'web', 'US', 'Lamp'],
  ['2', 'sale', 'o1', '2026-01-05', '2026-01-05', 'ann', 20.5, 'web', 'US', 'Bulb'],
  ['3', 'sale', 'o2', '2026-01-31', '2026-01-31', 'ben', 50, 'shop', 'US', 'Lamp'],
  ['4', 'refund', 'o2', '2026-01-31', '2026-02-02', 'ben', -10, 'shop', 'US', 'Lamp'],
  ['5', 'sale', 'o3', '2026-02-01', '2026-02-01', 'ann', 33.3333, 'web', 'PL', 'Bulb'],
  ['6', 'sale', 'o4', '2026-02-03', '2026-02-03', 'cleo', 66.6667, 'web', 'PL', 'Lamp'],
  ['7', 'edit', 'o4', '2026-02-03', '2026-02-05', 'cleo', -6.6667, 'web', 'PL', 'Lamp'],
  ['8', 'sale', 'o5', '2026-02-10', '2026-02-10', null, 7, 'shop', 'US', 'Bulb'],
]

const factOf = ([
  extId,
  kind,
  orderExtId,
  orderDay,
  businessDay,
  customerExtId,
  net,
  channel,
  country,
  productName,
  currency = 'USD',
]: Row): SaleEventFact => ({
  extId,
  srcUpdatedAt: 1,
  kind,
  lineType: 'product',
  businessDay,
  orderDay,
  orderExtId,
  customerExtId,
  productName,
  channel,
  country,
  currency,
  quantity: 10_000,
  gross: Math.round(net * 10_000),
  discount: 0,
  net: Math.round(net * 10_000),
  tax: 0,
  counted: true,
})

async function shop(world: World, rows: Row[], settings = {}): Promise<Actor> {
  const actor = await world.workspace(settings)
  const db = world.services.tenant(actor.tenantId)
  await db.write([
    db.statement(
      `INSERT INTO data_sources (tenant_id, id, source_type, name, sync_status, counts_as_sales, created_at, updated_at)
       VALUES (?1, 's1', 'csv', 'Orders file', 'ok', 1, '', '')`,
    ),
  ])
  const names = [...new Set(rows.flatMap((row) => row[5] ?? []))]
  await landFacts(world.services, actor, {
    sourceId: 's1',
    origin: 'history',
    batch: {
      customers: names.map((name) => ({ extId: name, srcUpdatedAt: 1, name })),
      events: rows.map(factOf),
    },
  })
  await rebuildRollups(world.services, actor)
  return actor
}

async function ask(world: World, actor: Actor, input: MetricQueryInput) {
  const result = await queryMetrics(world.services, actor, {
    from: '2026-01-01',
    to: '2026-02-28',
    granularity: 'month',
    ...input,
  })
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return Object.fromEntries(result.value.data.map((answer) => [answer.metric, answer]))
}

const ALL = 'revenue,net_revenue,orders,customers,new_customers,average_order_value,refunds'
const values = (answer: { series: { value: unknown }[] } | undefined) =>
  answer?.series.map(({ value }) => value)

describe('metrics', () => {
  test('every metric has the value worked out by hand, by order date and by event date', async () => {
    const world = await makeWorld()
    const actor = await shop(world, ROWS)
    const byOrder = await ask(world, actor, { metrics: ALL })
    expect(Object.values(byOrder).map(({ metric, total }) => [metric, total])).toEqual([
      ['revenue', '270.83'],
      ['net_revenue', '260.83'],
      ['orders', 5],
      ['customers', 3],
      ['new_customers', 3],
      ['average_order_value', '54.17'],
      ['refunds', '10.00'],
    ])
    expect(values(byOrder.revenue)).toEqual(['170.50', '100.33'])
    expect(values(byOrder.customers)).toEqual([2, 2])
    expect(values(byOrder.new_customers)).toEqual([2, 1])
    expect(values(byOrder.refunds)).toEqual(['10.00', '0.00'])
    const byEvent = await ask(world, actor, { metrics: ALL, book: 'event_date' })
    expect(values(byEvent.refunds)).toEqual(['0.00', '10.00'])
    expect(values(byEvent.orders)).toEqual([2, 3])
  })

  test('groups, filters and a filter on another dimension agree with each other', async () => {
    const world = await makeWorld()
    const actor = await shop(world, ROWS)
    const grouped = await ask(world, actor, { metrics: 'revenue,customers', group_by: 'channel' })
    expect(grouped.revenue?.groups?.map(({ value, total }) => [value, total])).toEqual([
      ['web', '213.83'],
      ['shop', '57.00'],
    ])
    expect(grouped.customers?.groups?.map(({ value, total }) => [value, total])).toEqual([
      ['web', 2],
      ['shop', 1],
    ])
    const filtered = await ask(world, actor, { metrics: 'revenue,customers,orders', filter: 'channel:web' })
    expect([filtered.revenue?.total, filtered.customers?.total, filtered.orders?.total]).toEqual([
      '213.83',
      2,
      3,
    ])
    const crossed = await ask(world, actor, {
      metrics: 'revenue,orders',
      filter: 'channel:web',
      group_by: 'country',
    })
    expect(crossed.revenue?.total).toBe('213.83')
    expect(crossed.revenue?.groups?.map(({ value, total }) => [value, total])).toEqual([
      ['US', '120.50'],
      ['PL', '93.33'],
    ])
    const bySource = await ask(world, actor, { metrics: 'orders', group_by: 'source' })
    expect(bySource.orders?.groups).toEqual([{ value: 's1', label: 'Orders file', total: 5 }])
  })

  test('comparisons come with their own days, and no percentage over nothing', async () => {
    const world = await makeWorld()
    const actor = await shop(world, ROWS)
    const february = { from: '2026-02-01', to: '2026-02-28', compare: 'previous_period', granularity: 'day' }
    const { revenue, new_customers } = await ask(world, actor, {
      metrics: 'revenue,new_customers',
      ...february,
    })
    expect(revenue?.compare).toMatchObject({
      from: '2026-01-04',
      to: '2026-01-31',
      total: '170.50',
      change_percent: -41.15,
    })
    expect(revenue?.series).toHaveLength(28)
    expect(new_customers?.compare?.change_percent).toBe(-50)
    const lastYear = await ask(world, actor, {
      metrics: 'revenue,average_order_value',
      ...february,
      compare: 'previous_year',
    })
    expect(lastYear.revenue?.compare).toMatchObject({
      from: '2025-02-01',
      total: '0.00',
      change_percent: null,
    })
    expect(lastYear.average_order_value?.compare).toMatchObject({ total: null, change_percent: null })
  })

  test('other currencies are converted by the rate of their day, and listed when there is none', async () => {
    const world = await makeWorld()
    await testEnv.DB.prepare(
      `INSERT OR REPLACE INTO fx_rates (currency, day, per_euro, origin) VALUES
       ('USD', '2026-01-02', '1.10', 't'), ('PLN', '2026-01-02', '4.40', 't'), ('USD', '2026-02-02', '1.20', 't')`,
    ).run()
    const actor = await shop(world, [
      ['1', 'sale', 'o1', '2026-01-05', '2026-01-05', 'ann', 100, 'web', 'US', 'Lamp'],
      ['2', 'sale', 'o2', '2026-01-05', '2026-01-05', 'ann', 40, 'web', 'PL', 'Lamp', 'PLN'],
      ['3', 'sale', 'o3', '2026-02-03', '2026-02-03', 'ann', 10, 'web', 'DE', 'Lamp', 'EUR'],
      ['4', 'sale', 'o4', '2026-02-20', '2026-02-20', 'ann', 80, 'web', 'PL', 'Lamp', 'PLN'],
    ])
    const {
      revenue,
      orders,
      average_order_value: average,
    } = await ask(world, actor, {
      metrics: 'revenue,orders,average_order_value',
      group_by: 'country',
    })
    expect(revenue?.total).toBe('122.00')
    expect(revenue?.groups?.map(({ value, total }) => [value, total])).toEqual([
      ['US', '100.00'],
      ['DE', '12.00'],
      ['PL', '10.00'],
    ])
    expect(revenue?.unconverted).toEqual([{ currency: 'PLN', total: '80.00' }])
    expect(orders?.total).toBe(4)
    expect(average?.total).toBe('40.67')
  })

  test('a question that cannot be read is refused with the path of what is wrong', async () => {
    const world = await makeWorld()
    const actor = await world.workspace()
    const refused = async (input: MetricQueryInput) => {
      const result = await queryMetrics(world.services, actor, input)
      return result.ok ? null : [result.error.kind, ...(result.error.errors ?? []).map(({ path }) => path)]
    }
    expect(await refused({ metrics: 'profit' })).toEqual(['invalid', 'metrics'])
    expect(await refused({ from: '2026-02-30', to: 'soon' })).toEqual(['invalid', 'from', 'to'])
    expect(await refused({ from: '2026-02-02', to: '2026-02-01' })).toEqual(['invalid', 'to'])
    expect(await refused({ granularity: 'hour', compare: 'x', group_by: 'y', book: 'z' })).toEqual([
      'invalid',
      'granularity',
      'compare',
      'group_by',
      'book',
    ])
    expect(await refused({ filter: 'country' })).toEqual(['invalid', 'filter'])
    expect(await refused({ from: '1950-01-01', to: '2026-01-01', granularity: 'day' })).toEqual([
      'invalid',
      'granularity',
    ])
    expect(await refused({})).toBeNull()
  })

  test('an answer is kept until the data changes, and its ETag says so', async () => {
    const world = await makeWorld()
    const actor = await shop(world, ROWS)
    const input = { metrics: 'revenue', from: '2026-01-01', to: '2026-02-28' }
    const db = world.services.tenant(actor.tenantId)
    const spent = async (etag: string | null = null) => {
      const before = db.meter.batches
      const result = await queryMetrics(world.services, actor, input, etag)
      await world.settle()
      if (!result.ok) throw new Error('refused')
      return { ...result.value, batches: db.meter.batches - before }
    }
    const first = await spent()
    const again = await spent()
    expect([first.batches, again.batches]).toEqual([3, 1])
    expect(again.data).toEqual(first.data)
    expect((await spent(first.etag)).unchanged).toBe(true)
    await landFacts(world.services, actor, {
      sourceId: 's1',
      origin: 'live',
      batch: {
        events: [factOf(['9', 'sale', 'o9', '2026-02-11', '2026-02-11', 'ben', 1, 'web', 'US', 'Bulb'])],
      },
    })
    await rebuildRollups(world.services, actor)
    const after = await spent(first.etag)
    expect(after.unchanged).toBe(false)
    expect(after.data[0]?.total).toBe('271.83')
  })
})

describe('a workspace of 200,000 orders', () => {
  test('its first page is one batch of at most 2,000 rows read, and a cold range stays affordable', async () => {
    const world = await makeWorld()
    const actor = await world.workspace()
    const db = world.services.tenant(actor.tenantId)
    await seedOrders(world, actor, 200_000)
    await rebuildRollups(world.services, actor, { budgetMs: Number.POSITIVE_INFINITY })
    const read = async (query = {}) => {
      const before = { ...db.meter }
      const result = await readDashboard(world.services, actor, { id: null, query })
      await world.settle()
      if (!result.ok) throw new Error(result.error.detail)
      return {
        view: result.value,
        batches: db.meter.batches - before.batches,
        rows: db.meter.rowsRead - before.rowsRead,
      }
    }
    const first = await read()
    expect(first.batches).toBe(1)
    expect(first.rows).toBeLessThanOrEqual(2_000)
    expect(first.view.widgets[0]?.answers[0]?.total).not.toBe('0.00')
    const cold = await read({ range: 'last_12_months' })
    // Days × values of the dimensions shown, as against 100,000 orders of that year.
    expect(cold.batches).toBeLessThanOrEqual(3)
    expect(cold.rows).toBeLessThanOrEqual(15_000)
    const year = await queryMetrics(world.services, actor, {
      metrics: 'orders,customers',
      from: '2024-01-01',
      to: '2026-12-31',
    })
    expect(year.ok && year.value.data.map(({ total }) => total)).toEqual([200_000, 20_000])
    expect((await ensureDefaultDashboard(world.services, actor)).version).toBe(2)
  }, 240_000)
})

/** Orders over the two years before the world's now, of 20,000 customers and 60 products, straight into the tables. */
async function seedOrders(world: World, actor: Actor, count: number): Promise<void> {
  const db = world.services.tenant(actor.tenantId)
  const numbers = (from: number, to: number) =>
    `WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i < ${to - 1})`
  await db.write([
    db.statement(
      `INSERT INTO data_sources (tenant_id, id, source_type, name, sync_status, counts_as_sales, created_at, updated_at)
       VALUES (?1, 's1', 'csv', 'Orders', 'ok', 1, '', '')`,
    ),
    db.statement(
      `INSERT INTO customers (tenant_id, source_id, ext_id, origin, src_updated_at, hash, number)
       ${numbers(0, 20_000)} SELECT ?1, 's1', 'c' || i, 'history', 1, '', i FROM n`,
    ),
  ])
  for (let at = 0; at < count; at += 20_000) {
    await db.write([
      db.statement(
        `INSERT INTO sale_events (tenant_id, source_id, ext_id, origin, src_updated_at, hash, kind, line_type, business_day, order_day,
           order_ext_id, customer_ext_id, product_name, category, channel, country, currency, quantity, gross, discount, net, tax, counted)
         ${numbers(at, at + 20_000)}
         SELECT ?1, 's1', 'e' || i, 'history', 1, '', 'sale', 'product', date('2026-11-22', '-' || (i % 730) || ' days'),
           date('2026-11-22', '-' || (i % 730) || ' days'), 'o' || i, 'c' || (i % 20000), 'Product ' || (i * 7919 % 60),
           'Category ' || (i % 6), 'Channel ' || (i % 4), 'Country ' || (i % 12), 'USD', 10000, 500000, 0, 500000 + i, 0, 1 FROM n`,
      ),
    ])
  }
}
