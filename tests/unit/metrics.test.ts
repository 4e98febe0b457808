import { describe, expect, test } from 'vitest'
import { changePercent, compareRange } from '../../src/modules/mini-foundry/domain/compare.ts'
import { widgetSchema } from '../../src/modules/mini-foundry/domain/dashboard.ts'
import { completeLayout } from '../../src/modules/mini-foundry/domain/dashboard-edit.ts'
import { planQueries } from '../../src/modules/mini-foundry/domain/dashboard-plan.ts'
import {
  type DashboardQueryInput,
  parseDashboardQuery,
  queryString,
  resolveRange,
} from '../../src/modules/mini-foundry/domain/dashboard-query.ts'
import { answerMetrics } from '../../src/modules/mini-foundry/domain/metrics-answer.ts'
import { converter } from '../../src/modules/mini-foundry/domain/metrics-currency.ts'
import { figuresOf } from '../../src/modules/mini-foundry/domain/metrics-figures.ts'
import type { RollupRow } from '../../src/modules/mini-foundry/domain/metrics-rows.ts'
import { readableGranularity } from '../../src/modules/mini-foundry/domain/period.ts'
import { DEFAULT_TEMPLATE, fitToData, TEMPLATES } from '../../src/modules/mini-foundry/domain/templates.ts'

const row = (more: Partial<RollupRow>): RollupRow => ({
  day: '2026-01-01',
  value: '',
  currency: 'USD',
  orders: 0,
  quantity: 0,
  gross: 0,
  discount: 0,
  revenue: 0,
  refunds: 0,
  tax: 0,
  shipping: 0,
  cost: 0,
  customers: '',
  new_customers: 0,
  ...more,
})
const settings = { currency: 'USD', weekStart: 1, fiscalYearStart: 1 }

describe('comparisons', () => {
  test.each([
    ['previous_period', '2026-03-01', '2026-03-31', '2026-01-29', '2026-02-28'],
    ['previous_year', '2024-02-29', '2024-03-31', '2023-02-28', '2023-03-31'],
    ['previous_year', '2025-02-01', '2025-02-28', '2024-02-01', '2024-02-28'],
    ['same_weekday', '2026-11-27', '2026-11-27', '2025-11-28', '2025-11-28'],
    ['holiday', '2026-04-01', '2026-04-10', '2025-04-16', '2025-04-25'],
    ['holiday', '2026-11-23', '2026-11-30', '2025-11-24', '2025-12-01'],
    ['holiday', '2026-06-20', '2026-06-30', '2025-06-21', '2025-07-01'],
  ] as const)('%s of %s to %s', (comparison, from, to, before, until) => {
    expect(compareRange({ from, to }, comparison)).toEqual({ from: before, to: until })
  })

  test('a change over nothing has no percentage, over a negative figure it keeps its direction', () => {
    expect([changePercent(5, 0), changePercent(null, 5), changePercent(5, null)]).toEqual([null, null, null])
    expect([changePercent(150, 100), changePercent(-50, -100), changePercent(1, 3)]).toEqual([50, 50, -66.67])
  })
})

describe('adding rollups up', () => {
  test('customers are distinct over the rows, never a sum', () => {
    const rows = [
      row({ customers: '1,2', orders: 2 }),
      row({ day: '2026-01-02', customers: '2,3', orders: 2 }),
    ]
    const range = { start: '2026-01-01', from: '2026-01-01', to: '2026-01-02' }
    const [figures] = figuresOf({ sales: rows, measures: [], opening: [] }, [range], () => 1)
    expect([figures?.get('customers'), figures?.get('orders'), figures?.get('days')]).toEqual([3, 4, 2])
  })

  test('amounts keep four decimals until the one rounding at the end', () => {
    const rows = Array.from({ length: 3 }, (_, index) =>
      row({ day: `2026-01-0${index + 1}`, revenue: 33_333, orders: 1 }),
    )
    const query = {
      metrics: ['revenue', 'average_order_value'],
      range: { from: '2026-01-01', to: '2026-01-03' },
      granularity: 'day' as const,
      compare: null,
      compareRange: null,
      groupBy: null,
      filters: [],
      book: 'order_date' as const,
    }
    const facts = {
      rows: { sales: rows, measures: [], opening: [] },
      compareRows: null,
      groups: new Map(),
      compareGroups: new Map(),
      convert: () => 1,
      labels: new Map(),
    }
    const [revenue, average] = answerMetrics(query, facts, settings)
    expect(revenue?.total).toBe('10.00')
    expect(revenue?.series.map(({ value }) => value)).toEqual(['3.33', '3.33', '3.33'])
    expect(average?.total).toBe('3.33')
    const yen = answerMetrics(query, facts, { ...settings, currency: 'JPY' })
    expect(yen[0]?.total).toBe('10')
  })
})

describe('currencies', () => {
  const rates = [
    { currency: 'USD', day: '2026-01-02', per_euro: '1.25' },
    { currency: 'PLN', day: '2026-01-02', per_euro: '5' },
  ]
  test('go through the euro by the latest rate on or before the day', () => {
    const toDollars = converter('USD', rates)
    expect(toDollars('USD', '1990-01-01')).toBe(1)
    expect(toDollars('PLN', '2026-01-04')).toBe(0.25)
    expect(toDollars('EUR', '2026-01-02')).toBe(1.25)
    expect(converter('EUR', rates)('PLN', '2026-01-02')).toBe(0.2)
  })

  test('a rate of later, of long ago or of nobody is none', () => {
    const toDollars = converter('USD', rates)
    expect([
      toDollars('PLN', '2026-01-01'),
      toDollars('PLN', '2026-01-10'),
      toDollars('XYZ', '2026-01-02'),
    ]).toEqual([null, null, null])
    expect(toDollars('PLN', '2026-01-09')).toBe(0.25)
  })
})

describe('a dashboard query', () => {
  const calendar = { today: '2026-11-22', weekStart: 1, fiscalYearStart: 1 }
  const known = { first: '2024-05-06', last: '2026-11-20' }
  const rangeOf = (
    input: DashboardQueryInput,
    days: { first: string | null; last: string | null } = known,
  ) => {
    const parsed = parseDashboardQuery(input, calendar.today)
    return parsed.ok
      ? resolveRange(parsed.value, calendar, days)
      : parsed.error.errors?.map(({ path }) => path)
  }

  test('without words it is the last 30 days, or the last 12 months that have sales', () => {
    expect(rangeOf({})).toEqual({ from: '2026-10-24', to: '2026-11-22' })
    expect(rangeOf({}, { first: null, last: null })).toEqual({ from: '2026-10-24', to: '2026-11-22' })
    expect(rangeOf({}, { first: '2014-01-03', last: '2017-12-30' })).toEqual({
      from: '2017-01-01',
      to: '2017-12-30',
    })
    expect(rangeOf({}, { first: '2017-12-01', last: '2017-12-30' })).toEqual({
      from: '2017-12-01',
      to: '2017-12-30',
    })
  })

  test('days to come are left out of presets, dates are taken as given, all time is all there is', () => {
    expect(rangeOf({ range: 'this_month' })).toEqual({ from: '2026-11-01', to: '2026-11-22' })
    expect(rangeOf({ from: '2026-12-01', to: '2026-12-31' })).toEqual({
      from: '2026-12-01',
      to: '2026-12-31',
    })
    expect(rangeOf({ range: 'all_time' })).toEqual({ from: '2024-05-06', to: '2026-11-20' })
    expect(rangeOf({ range: 'yesterday', from: '2020-01-01', to: '2020-01-02' })).toEqual({
      from: '2026-11-21',
      to: '2026-11-21',
    })
  })

  test('what cannot be read is named', () => {
    expect(rangeOf({ range: 'fortnight', book: 'x', compare: 'y', granularity: 'z' })).toEqual([
      'range',
      'granularity',
      'compare',
      'book',
    ])
    expect(rangeOf({ from: '2026-02-30', to: '2026-03-01' })).toEqual(['from'])
    expect(rangeOf({ from: '2026-03-02', to: '2026-03-01' })).toEqual(['to'])
  })

  test('its address reads back as the same query', () => {
    for (const input of [
      {},
      { range: 'last_week', compare: 'none' },
      { from: '2026-01-01', to: '2026-01-02', granularity: 'day', book: 'event_date' },
      { range: 'last_week', as_of: '2026-02-03' },
    ]) {
      const parsed = parseDashboardQuery(input, calendar.today)
      if (!parsed.ok) throw new Error('refused')
      const address = Object.fromEntries(new URLSearchParams(queryString(parsed.value)))
      expect(parseDashboardQuery(address, calendar.today)).toEqual(parsed)
    }
  })

  test('widgets that ask the same share a question', () => {
    const parsed = parseDashboardQuery({}, '2026-11-20')
    if (!parsed.ok) throw new Error('refused')
    const plans = planQueries(
      DEFAULT_TEMPLATE.widgets,
      parsed.value,
      { from: '2026-01-01', to: '2026-01-30' },
      'day',
    )
    expect(plans.map(({ metrics, groupBy, compare }) => [metrics.length, groupBy, compare])).toEqual([
      [4, null, 'previous_period'],
      [1, 'channel', null],
      [1, 'country', null],
      [2, 'product', null],
    ])
  })
})

describe('templates', () => {
  test('each is a valid dashboard with a place for every widget and no two on the same spot', () => {
    for (const { widgets, layout } of TEMPLATES) {
      for (const widget of widgets) expect(widgetSchema.safeParse(widget).error).toBeUndefined()
      expect(layout.map(({ id }) => id)).toEqual(widgets.map(({ id }) => id))
      const cells = layout.flatMap(({ x, y, w, h }) =>
        Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
      )
      expect(new Set(cells).size).toBe(cells.length)
      expect(layout.every(({ x, w }) => x + w <= 12)).toBe(true)
    }
  })

  test('bars that would say nothing give way to dimensions that this business uses', () => {
    const bars = (counts: Parameters<typeof fitToData>[1]) =>
      fitToData(DEFAULT_TEMPLATE.widgets, counts)
        .filter(({ kind }) => kind === 'bar')
        .map(({ id, group_by, title }) => [id, group_by, title])
    expect(bars({ country: 1, region: 4, category: 3 })).toEqual([
      ['revenue-by-category', 'category', 'Revenue by category'],
      ['revenue-by-region', 'region', 'Revenue by region'],
    ])
    expect(bars({ channel: 2, country: 5 }).map(([, dimension]) => dimension)).toEqual(['channel', 'country'])
    expect(bars({}).map(([, dimension]) => dimension)).toEqual(['channel', 'country'])
  })

  test('a layout is completed: given places stay, foreign and double ones go, missing ones stand below', () => {
    const widgets = DEFAULT_TEMPLATE.widgets.slice(0, 2)
    const layout = completeLayout(widgets, [
      { id: 'orders', x: 0, y: 0, w: 6, h: 3 },
      { id: 'orders', x: 6, y: 0, w: 6, h: 3 },
      { id: 'gone', x: 0, y: 9, w: 6, h: 3 },
    ])
    expect(layout).toEqual([
      { id: 'orders', x: 0, y: 0, w: 6, h: 3 },
      { id: 'revenue', x: 0, y: 3, w: 3, h: 2 },
    ])
  })
})

test.each([
  ['2026-01-01', '2026-01-31', 'day'],
  ['2026-01-01', '2026-06-30', 'week'],
  ['2025-01-01', '2026-12-31', 'month'],
  ['2010-01-01', '2026-12-31', 'quarter'],
])('%s to %s reads well by %s', (from, to, granularity) => {
  expect(readableGranularity({ from, to })).toBe(granularity)
})
