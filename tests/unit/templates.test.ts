// Dashboards to start from: each widget asks for something that there is, in a way that it can be asked.
import { describe, expect, test } from 'vitest'
import { widgetSchema } from '../../src/modules/mini-foundry/domain/dashboard.ts'
import { METRICS } from '../../src/modules/mini-foundry/domain/metrics.ts'
import type { MetricAnswer } from '../../src/modules/mini-foundry/domain/metrics-answer.ts'
import { whyNot } from '../../src/modules/mini-foundry/domain/metrics-support.ts'
import { fitToData, TEMPLATES, templateOf } from '../../src/modules/mini-foundry/domain/templates.ts'
import { missingNeeds } from '../../src/modules/mini-foundry/views/dashboard-needs.tsx'

describe.each(TEMPLATES)('$name', ({ widgets, layout }) => {
  test('asks only for metrics that there are, split only by what they know', () => {
    for (const widget of widgets) {
      widgetSchema.parse(widget)
      for (const id of widget.metrics) {
        const metric = METRICS[id]
        expect(metric, id).toBeDefined()
        expect(metric && whyNot(metric, { groupBy: widget.group_by ?? null, filters: [] })).toBeNull()
      }
    }
  })

  test('has a place of its own for each widget, and none lies over another', () => {
    expect(layout.map(({ id }) => id).sort()).toEqual([...new Set(widgets.map(({ id }) => id))].sort())
    const cells = layout.flatMap(({ x, y, w, h }) =>
      Array.from({ length: w * h }, (_, n) => `${x + (n % w)},${y + Math.floor(n / w)}`),
    )
    expect(new Set(cells).size).toBe(cells.length)
    expect(Math.max(...layout.map(({ x, w }) => x + w))).toBeLessThanOrEqual(12)
  })
})

test('there is one for each part of a business', () => {
  const wanted = [
    'owner',
    'sales_overview',
    'finance',
    'marketing',
    'inventory',
    'subscriptions',
    'operations',
  ]
  expect(wanted.filter((type) => !templateOf(type))).toEqual([])
})

test('bars give way only to a dimension that their figure can be split by', () => {
  const counts = { channel: 1, country: 3, region: 9 }
  const sales = fitToData(templateOf('sales_overview')?.widgets ?? [], counts)
  expect(sales.filter(({ kind }) => kind === 'bar').map(({ group_by }) => group_by)).toEqual([
    'region',
    'country',
  ])
  const finance = templateOf('finance')?.widgets ?? []
  expect(fitToData(finance, counts)).toEqual(finance)
})

test('a widget without any figure says where its figures come from, one with a figure does not', () => {
  const answer = (metric: string, total: string | null) =>
    ({ metric, total, series: [] }) as unknown as MetricAnswer
  expect(missingNeeds([answer('mrr', null)])).toEqual(['subscriptions: Stripe'])
  expect(missingNeeds([answer('mrr', '12.00')])).toEqual([])
  expect(missingNeeds([answer('revenue', '0.00')])).toEqual([])
})
