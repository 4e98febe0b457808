import { describe, expect, test } from 'vitest'
import { addDays, daysBetween } from '../../src/kit/calendar.ts'
import { forecastMetric } from '../../src/modules/mini-foundry/actions/forecast.ts'
import { landFacts } from '../../src/modules/mini-foundry/actions/land-facts.ts'
import { queryMetrics } from '../../src/modules/mini-foundry/actions/metrics.ts'
import {
  catalogueWithFigures,
  metricDefinition,
} from '../../src/modules/mini-foundry/actions/metrics-catalogue.ts'
import { rebuildRollups } from '../../src/modules/mini-foundry/actions/rollups.ts'
import { MEASURE_FAMILIES } from '../../src/modules/mini-foundry/domain/measures.ts'
import type { MetricQueryInput } from '../../src/modules/mini-foundry/domain/metric-query.ts'
import { METRICS } from '../../src/modules/mini-foundry/domain/metrics.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { BUSINESS, makeBusiness } from '../support/business.ts'
import { breakAt, Killed } from '../support/faults.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const JANUARY = { from: '2026-01-01', to: '2026-01-31', granularity: 'month' }

async function ask(world: World, actor: Actor, input: MetricQueryInput) {
  const result = await queryMetrics(world.services, actor, { ...JANUARY, ...input })
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value.data
}

/** Every standard metric in January 2026, worked out by hand from `tests/support/business.ts`. */
const BY_HAND: Record<string, string | number | null> = {
  gross_sales: '220.00',
  revenue: '200.00',
  net_revenue: '180.00',
  orders: 3,
  average_order_value: '66.67',
  units_sold: 4,
  units_per_order: 1.3333,
  average_unit_price: '50.00',
  revenue_per_day: '6.45',
  refunds: '20.00',
  refund_rate: 10,
  discounts: '20.00',
  discount_rate: 9.09,
  shipping_charged: '10.00',
  tax_charged: '14.40',
  cost_of_goods: '80.00',
  gross_profit: '100.00',
  gross_margin: 55.56,
  fees: '11.70',
  fee_rate: 3.15,
  contribution_profit: '68.30',
  contribution_margin: 37.94,
  operating_expenses: '82.00',
  net_profit: '28.00',
  net_margin: 15.56,
  customers: 3,
  new_customers: 2,
  returning_customers: 1,
  new_customer_share: 66.67,
  revenue_per_customer: '66.67',
  customer_value: '33.33',
  repeat_rate: 33.33,
  orders_per_customer: 1,
  stock_units: 16,
  stock_value: '60.00',
  sell_through: 20,
  days_of_stock: 124,
  stock_turnover: 1.3333,
  out_of_stock_skus: 1,
  out_of_stock_rate: 33.33,
  low_stock_skus: 1,
  charged: '212.80',
  cash_in: '170.00',
  cash_out: '67.00',
  net_cash_flow: '103.00',
  cash_balance: '500.00',
  runway: null,
  paid_out: '177.10',
  held_by_providers: '2.40',
  payables: '15.00',
  failed_payment_rate: 25,
  dispute_rate: 33.33,
  invoiced: '170.00',
  collected: '110.00',
  receivables: '400.00',
  overdue_receivables: '370.00',
  overdue_1_30: '80.00',
  overdue_31_60: '150.00',
  overdue_61_90: '100.00',
  overdue_over_90: '40.00',
  overdue_share: 92.5,
  days_sales_outstanding: 72.94,
  collection_days: 12,
  mrr: '100.00',
  arr: '1200.00',
  net_new_mrr: '40.00',
  new_mrr: '40.00',
  expansion_mrr: '5.00',
  contraction_mrr: '10.00',
  churned_mrr: '10.00',
  subscribers: 4,
  customer_churn_rate: 33.33,
  revenue_churn_rate: 33.33,
  net_revenue_retention: 75,
  arpu: '25.00',
  ad_spend: '20.00',
  ad_clicks: 40,
  ad_impressions: 2000,
  conversion_value: '80.00',
  roas: 4,
  mer: 9,
  cac: '10.00',
  cost_per_click: '0.50',
  cost_per_thousand: '10.00',
  click_rate: 2,
  conversion_rate: 10,
  cost_per_conversion: '5.00',
  orders_placed: 4,
  cancellation_rate: 25,
  fulfilment_days: 3,
  fulfilment_rate: 66.67,
  pipeline: '400.00',
  deals_won: 1,
  win_rate: 50,
  average_deal: '500.00',
}

describe('the catalogue', () => {
  test('every standard metric has the value worked out by hand', async () => {
    const world = await makeWorld()
    const actor = await makeBusiness(world)
    const ids = Object.keys(METRICS)
    expect(Object.keys(BY_HAND).sort()).toEqual([...ids].sort())
    const found: Record<string, unknown> = {}
    for (let at = 0; at < ids.length; at += 20) {
      const data = await ask(world, actor, { metrics: ids.slice(at, at + 20).join(',') })
      for (const answer of data) found[answer.metric] = answer.total
    }
    expect(found).toEqual(BY_HAND)
  })

  test('the pages of the catalogue and of each metric have the same figures', async () => {
    const world = await makeWorld('2026-01-31T12:00:00Z')
    const actor = await makeBusiness(world)
    const view = await catalogueWithFigures(world.services, actor)
    if (!view.ok) throw new Error('refused')
    expect(view.value.lines.length).toBe(Object.keys(METRICS).length)
    expect(view.value.answers.get('gross_profit')?.total).toBe('100.00')
    const one = await metricDefinition(world.services, actor, 'ad_spend', { by: 'campaign' })
    if (!one.ok) throw new Error('refused')
    expect(one.value.by?.answer.groups?.map(({ value, total }) => [value, total])).toEqual([
      ['Brand', '12.00'],
      ['Sale', '8.00'],
    ])
    expect(one.value.answer.comparisons?.map(({ comparison }) => comparison)).toEqual([
      'previous_period',
      'previous_year',
      'same_weekday',
      'holiday',
    ])
    expect(one.value.forecast).toContain('needs 56 days of history')
    const strange = await metricDefinition(world.services, actor, 'nothing')
    expect(!strange.ok && strange.error.kind).toBe('not_found')
  })
})

const MONTHS = { from: '2025-11-01', to: '2026-03-31', granularity: 'month' }
const seriesOf = (answers: Awaited<ReturnType<typeof ask>>, metric: string) =>
  answers.find((answer) => answer.metric === metric)?.series.map(({ value }) => value)

describe('balances', () => {
  test('stand as they were at the end of each period, long before and after', async () => {
    const world = await makeWorld()
    const actor = await makeBusiness(world)
    const data = await ask(world, actor, {
      ...MONTHS,
      metrics:
        'receivables,overdue_1_30,overdue_31_60,overdue_61_90,overdue_over_90,mrr,subscribers,cash_balance,runway,pipeline,held_by_providers',
    })
    // By hand: i1 100 due 15 Nov, i2 200 due 31 Dec (50 paid 10 Jan), i3 80 due 20 Jan, i6 40 due 15 Sep, i7 30 due 28 Feb.
    expect(seriesOf(data, 'receivables')).toEqual(['140.00', '340.00', '400.00', '400.00', '400.00'])
    expect(seriesOf(data, 'overdue_1_30')).toEqual(['100.00', '0.00', '80.00', '0.00', '0.00'])
    expect(seriesOf(data, 'overdue_31_60')).toEqual(['0.00', '100.00', '150.00', '230.00', '30.00'])
    expect(seriesOf(data, 'mrr')).toEqual(['0.00', '60.00', '100.00', '100.00', '100.00'])
    expect(seriesOf(data, 'subscribers')).toEqual([0, 3, 4, 4, 4])
    expect(seriesOf(data, 'cash_balance')).toEqual([null, null, '500.00', '500.00', '500.00'])
    expect(seriesOf(data, 'runway')).toEqual([null, null, null, 225.81, null])
    expect(seriesOf(data, 'pipeline')).toEqual(['0.00', '100.00', '400.00', '400.00', '400.00'])
    expect(seriesOf(data, 'held_by_providers')).toEqual(['0.00', '0.00', '2.40', '2.40', '2.40'])
  })

  test('each overdue bucket holds what an invoice owes on each day, whatever the order of its days', async () => {
    const world = await makeWorld()
    const actor = await makeBusiness(world)
    const cases = [-5, 0, 1, 15, 30, 31, 45, 61, 91, 120]
    await landFacts(world.services, actor, {
      sourceId: 'books',
      origin: 'history',
      batch: {
        invoices: cases.map((late) => ({
          extId: `late ${late}`,
          srcUpdatedAt: 1,
          status: 'paid',
          currency: 'USD',
          total: 10_000,
          paid: 10_000,
          issuedDay: '2024-01-01',
          dueDay: '2024-02-01',
          paidDay: addDays('2024-02-01', late),
        })),
      },
    })
    await rebuildRollups(world.services, actor)
    const data = await ask(world, actor, {
      from: '2024-01-01',
      to: '2024-06-30',
      granularity: 'day',
      metrics: 'overdue_1_30,overdue_31_60,overdue_61_90,overdue_over_90,receivables',
    })
    const owed = (low: number, high: number) =>
      data[0]?.series.map(({ period }) => {
        const overdue = daysBetween('2024-02-01', period)
        const unpaid = cases.filter((late) => late > overdue).length
        return overdue >= low && overdue <= high ? `${unpaid}.00` : '0.00'
      })
    expect(seriesOf(data, 'overdue_1_30')).toEqual(owed(1, 30))
    expect(seriesOf(data, 'overdue_31_60')).toEqual(owed(31, 60))
    expect(seriesOf(data, 'overdue_61_90')).toEqual(owed(61, 90))
    expect(seriesOf(data, 'overdue_over_90')).toEqual(owed(91, 9999))
    expect(seriesOf(data, 'receivables')).toEqual(owed(-9999, 9999))
  })

  test('in another currency are converted at the rate of the day they are shown for, or listed', async () => {
    const world = await makeWorld()
    await testEnv.DB.prepare(
      `INSERT OR REPLACE INTO fx_rates (currency, day, per_euro, origin) VALUES
       ('USD', '2026-01-30', '1.20', 't'), ('EUR', '2026-01-30', '1', 't'), ('USD', '2026-02-27', '1.50', 't')`,
    ).run()
    const actor = await makeBusiness(world)
    const invoice = {
      srcUpdatedAt: 1,
      status: 'open',
      total: 100_000,
      paid: 0,
      issuedDay: '2026-01-02',
    } as const
    await landFacts(world.services, actor, {
      sourceId: 'books',
      origin: 'live',
      batch: {
        invoices: [
          { ...invoice, extId: 'euro', currency: 'EUR' },
          { ...invoice, extId: 'strange', currency: 'XYZ' },
        ],
      },
    })
    await rebuildRollups(world.services, actor)
    const [answer] = await ask(world, actor, { metrics: 'receivables', to: '2026-02-28' })
    expect(answer?.series.map(({ value }) => value)).toEqual(['412.00', '415.00'])
    expect(answer?.unconverted).toEqual([{ currency: 'XYZ', total: '10.00' }])
  })
})

describe('measures', () => {
  const rowsOf = async (world: World, actor: Actor) =>
    world.services
      .tenant(actor.tenantId)
      .get(
        world.services
          .tenant(actor.tenantId)
          .sql(
            'SELECT measure, dimension, day, value, currency, amount FROM measure_days WHERE tenant_id = ?1 ORDER BY 1, 2, 3, 4, 5',
          ),
      )

  test('are the same when rebuilt again, day by day or at once, and when every fact lands a second time', async () => {
    const world = await makeWorld()
    const actor = await makeBusiness(world)
    const first = await rowsOf(world, actor)
    expect(first.length).toBeGreaterThan(100)
    const db = world.services.tenant(actor.tenantId)
    await db.write([
      db.statement(
        `INSERT INTO dirty_measures (tenant_id, family, day) SELECT ?1, value, '' FROM json_each(?2)`,
        JSON.stringify(MEASURE_FAMILIES),
      ),
    ])
    await rebuildRollups(world.services, actor)
    expect(await rowsOf(world, actor)).toEqual(first)
    for (const [sourceId, { batch }] of Object.entries(BUSINESS)) {
      await landFacts(world.services, actor, { sourceId, origin: 'live', batch })
    }
    expect(await db.get(db.sql('SELECT 1 FROM dirty_measures WHERE tenant_id = ?1'))).toEqual([])
    expect(await rowsOf(world, actor)).toEqual(first)
  })

  test('follow a fact that moves to another day or goes away', async () => {
    const world = await makeWorld()
    const actor = await makeBusiness(world)
    const spend = BUSINESS.ads?.batch.spend?.[0]
    if (!spend) throw new Error('no spend')
    const landAgain = async (changes: Partial<typeof spend>) => {
      await landFacts(world.services, actor, {
        sourceId: 'ads',
        origin: 'live',
        batch: { spend: [{ ...spend, srcUpdatedAt: 2, ...changes }] },
      })
      await rebuildRollups(world.services, actor)
      const [answer] = await ask(world, actor, { metrics: 'ad_spend', to: '2026-02-28' })
      return answer?.series.map(({ value }) => value)
    }
    expect(await landAgain({ day: '2026-02-03' })).toEqual(['8.00', '12.00'])
    expect(await landAgain({ srcUpdatedAt: 3, deletedAt: '2026-02-04T00:00:00Z' })).toEqual(['8.00', '0.00'])
  })

  test('of a crash between any two steps come out right when the work is taken up again', async () => {
    const world = await makeWorld()
    const actor = await makeBusiness(world)
    const want = await rowsOf(world, actor)
    const db = world.services.tenant(actor.tenantId)
    await db.write([
      db.statement(`DELETE FROM measure_days WHERE tenant_id = ?1 AND measure <> 'bank_balance'`),
      db.statement(
        `INSERT INTO dirty_measures (tenant_id, family, day) SELECT ?1, value, '' FROM json_each(?2)`,
        JSON.stringify(MEASURE_FAMILIES),
      ),
    ])
    for (const when of ['before', 'after'] as const) {
      for (let step = 0; step < MEASURE_FAMILIES.length; step += 3) {
        const { services } = breakAt(world.services, step, when)
        await rebuildRollups(services, actor).catch((error: unknown) => {
          if (!(error instanceof Killed)) throw error
        })
      }
    }
    await rebuildRollups(world.services, actor)
    expect(await rowsOf(world, actor)).toEqual(want)
  })

  test('of a payment that a shop repeats count once, from the payment provider', async () => {
    const world = await makeWorld()
    const actor = await makeBusiness(world)
    await landFacts(world.services, actor, {
      sourceId: 'shop',
      origin: 'live',
      batch: { payments: BUSINESS.stripe?.batch.payments ?? [] },
    })
    await rebuildRollups(world.services, actor)
    const [answer] = await ask(world, actor, { metrics: 'charged', group_by: 'source' })
    expect(answer?.total).toBe('212.80')
    expect(answer?.groups?.map(({ value, total }) => [value, total])).toEqual([['stripe', '212.80']])
  })
})

describe('questions', () => {
  test('that a metric cannot answer are refused with what it can', async () => {
    const world = await makeWorld()
    const actor = await makeBusiness(world)
    const refused = async (input: MetricQueryInput) => {
      const result = await queryMetrics(world.services, actor, { ...JANUARY, ...input })
      return result.ok ? null : result.error.errors
    }
    expect(await refused({ metrics: 'cash_balance', group_by: 'channel' })).toEqual([
      {
        path: 'group_by',
        message: 'Cash balance cannot be split by channel; it can be by source, expense_category.',
      },
    ])
    expect(await refused({ metrics: 'cac', filter: 'country:US' })).toEqual([
      {
        path: 'filter',
        message:
          'Customer acquisition cost cannot be filtered by country; it is known only for the business as a whole.',
      },
    ])
    expect(await refused({ metrics: 'revenu' })).toEqual([
      { path: 'metrics', message: '"revenu" is no metric; did you mean revenue?' },
    ])
    expect((await refused({ metrics: 'custom_nothing' }))?.[0]?.path).toBe('metrics')
    expect(
      (await refused({ metrics: 'ad_spend', filter: ['channel:Google', 'campaign:Brand'] }))?.[0]?.message,
    ).toContain('one thing at a time')
    expect((await refused({ metrics: 'revenue', filter: ['country:US', 'country:DE'] }))?.[0]?.path).toBe(
      'filter',
    )
  })

  test('may filter sales by several dimensions at once', async () => {
    const world = await makeWorld()
    const actor = await makeBusiness(world)
    const filter = ['country:DE', 'channel:web']
    const [revenue, profit] = await ask(world, actor, { metrics: 'revenue,gross_profit', filter })
    expect([revenue?.total, profit?.total]).toEqual(['100.00', '40.00'])
    const [grouped] = await ask(world, actor, { metrics: 'revenue', filter, group_by: 'product' })
    expect(grouped?.groups).toEqual([{ value: 'Lamp', label: 'Lamp', total: '100.00' }])
    const [none] = await ask(world, actor, { metrics: 'revenue', filter: ['country:DE', 'channel:shop'] })
    expect(none?.total).toBe('0.00')
  })

  test('may compare with several ranges at once, each as if asked alone', async () => {
    const world = await makeWorld()
    const actor = await makeBusiness(world)
    const compare = 'previous_period,previous_year,holiday'
    const [both] = await ask(world, actor, { metrics: 'revenue', compare })
    for (const one of compare.split(',')) {
      const [alone] = await ask(world, actor, { metrics: 'revenue', compare: one })
      expect(both?.comparisons).toContainEqual({ comparison: one, ...alone?.compare })
    }
    expect(both?.compare?.total).toBe('50.00')
  })

  test('for metrics of several kinds are one batch', async () => {
    const world = await makeWorld()
    const actor = await makeBusiness(world)
    const { meter } = world.services.tenant(actor.tenantId)
    const before = { ...meter }
    await ask(world, actor, {
      metrics: 'revenue,mrr,receivables,stock_value,ad_spend,cash_in,win_rate,customers',
    })
    expect(meter.batches - before.batches).toBe(2)
    expect(meter.rowsRead - before.rowsRead).toBeLessThan(300)
  })
})

describe('a metric that people made', () => {
  const define = (world: World, actor: Actor, formula: string, version = 1) => {
    const db = world.services.tenant(actor.tenantId)
    return db.write([
      db.statement(
        `INSERT INTO custom_metrics (tenant_id, id, key, name, description, formula, unit, less_is_better, version, created_by, created_at, updated_at)
         VALUES (?1, 'm1', 'custom_take', 'Take', 'What stays.', ?2, 'money', 0, ?3, '', '', '')
         ON CONFLICT (tenant_id, id) DO UPDATE SET formula = excluded.formula, version = excluded.version`,
        formula,
        version,
      ),
    ])
  }

  test('is asked like any other, forgets old answers when it changes, and is unknown to others', async () => {
    const world = await makeWorld()
    const actor = await makeBusiness(world)
    await define(world, actor, 'net_revenue - fees')
    const input = { ...JANUARY, metrics: 'custom_take', compare: 'previous_period' }
    const first = await queryMetrics(world.services, actor, input)
    await world.settle()
    if (!first.ok) throw new Error('refused')
    expect(first.value.data[0]).toMatchObject({ name: 'Take', unit: 'money', total: '168.30' })
    await define(world, actor, '(net_revenue - fees) * 50%', 2)
    const after = await queryMetrics(world.services, actor, input, first.value.etag)
    expect(after.ok && [after.value.unchanged, after.value.data[0]?.total]).toEqual([false, '84.15'])
    const other = await queryMetrics(world.services, await world.workspace(), input)
    expect(!other.ok && other.error.kind).toBe('invalid')
  })

  test('whose formula is broken has no value and says why', async () => {
    const world = await makeWorld()
    const actor = await makeBusiness(world)
    await define(world, actor, 'custom_gone * 2')
    const [answer] = await ask(world, actor, { metrics: 'custom_take,revenue' })
    expect(answer?.total).toBeNull()
    const page = await metricDefinition(world.services, actor, 'custom_take')
    expect(page.ok && page.value.metric.custom?.problem).toContain('There is nothing called “custom_gone”')
  })
})

describe('a forecast', () => {
  test('is made from the days of the workspace, and refused in words for what does not add up', async () => {
    const world = await makeWorld('2026-03-01T12:00:00Z')
    const actor = await makeBusiness(world)
    const spend = Array.from({ length: 200 }, (_, index) => {
      const day = addDays('2026-02-28', -index)
      return {
        extId: `day ${index}`,
        srcUpdatedAt: 1,
        day,
        channel: 'Google',
        campaign: 'All',
        spend: (new Date(day).getUTCDay() === 0 ? 5 : 20) * 10_000,
        currency: 'USD',
      }
    })
    await landFacts(world.services, actor, { sourceId: 'ads', origin: 'history', batch: { spend } })
    await rebuildRollups(world.services, actor)
    const made = await forecastMetric(world.services, actor, 'ad_spend', {
      horizonDays: 7,
      filter: 'channel:Google',
    })
    if (!made.ok) throw new Error(made.error.detail)
    expect(made.value.until).toBe('2026-02-28')
    expect(made.value.points[0]).toMatchObject({ day: '2026-03-01' })
    expect(Math.abs(Number(made.value.total) - 125)).toBeLessThan(8)
    expect(made.value.backtest.total_error_percent).toBeLessThan(8)
    const level = await forecastMetric(world.services, actor, 'receivables', { horizonDays: 7 })
    expect(!level.ok && level.error.detail).toContain('does not add up day by day')
  })
})
