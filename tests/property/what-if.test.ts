// What if: the formulas are those of the metrics, levers move only what they name, and the break-even breaks even.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluateFormula } from '../../src/modules/mini-foundry/domain/formula/evaluate.ts'
import { METRICS } from '../../src/modules/mini-foundry/domain/metrics.ts'
import {
  breakEvenVolume,
  type LEVERS,
  NO_LEVERS,
  valueUnder,
} from '../../src/modules/mini-foundry/domain/what-if.ts'

const MEASURES = [
  ...['revenue', 'refunds', 'cost_of_goods', 'payment_fees', 'account_fees', 'spend', 'shipping', 'expenses'],
  ...[
    'bills_received',
    'orders',
    'units',
    'new_customers',
    'customers',
    'gross_sales',
    'discounts',
    'tax',
    'charged',
  ],
]
const measures = fc
  .array(fc.integer({ min: 1, max: 10 ** 9 }), { minLength: MEASURES.length, maxLength: MEASURES.length })
  .map((values) => new Map(MEASURES.map((id, n) => [id, values[n] ?? null])))
const percent = fc.integer({ min: -90, max: 200 })
const levers = fc.record({ price: percent, volume: percent, costs: percent, ads: percent, expenses: percent })
const metric = fc.constantFrom(
  ...[
    'net_revenue',
    'gross_profit',
    'gross_margin',
    'contribution_profit',
    'net_profit',
    'average_order_value',
    'cac',
  ],
)
const metricOf = (id: string) => {
  const found = METRICS[id]
  if (!found) throw new Error(id)
  return found
}

test('with nothing moved, every figure is what it is', () => {
  fc.assert(
    fc.property(measures, metric, (values, id) => {
      const plain = evaluateFormula(metricOf(id).ast, (name) => values.get(name) ?? null)
      expect(valueUnder(metricOf(id), values, NO_LEVERS)).toBe(plain)
    }),
  )
})

test('a lever moves what it names and nothing else', () => {
  const values = new Map<string, number | null>(MEASURES.map((id) => [id, 1_000_000]))
  const under = (id: string, lever: (typeof LEVERS)[number]) =>
    valueUnder(metricOf(id), values, { ...NO_LEVERS, [lever]: 50 })
  const plain = (id: string) => valueUnder(metricOf(id), values, NO_LEVERS)
  expect(under('revenue', 'price')).toBe(1_500_000)
  expect(under('cost_of_goods', 'price')).toBe(plain('cost_of_goods'))
  expect(under('cost_of_goods', 'costs')).toBe(1_500_000)
  expect(under('orders', 'volume')).toBe(1_500_000)
  for (const lever of ['ads', 'expenses', 'costs'] as const)
    expect(under('revenue', lever)).toBe(plain('revenue'))
  expect(under('average_order_value', 'volume')).toBe(plain('average_order_value'))
})

test('at the break-even, the figure is what it is today', () => {
  fc.assert(
    fc.property(measures, levers, (values, set) => {
      const goal = metricOf('contribution_profit')
      const volume = breakEvenVolume(goal, values, set)
      if (volume === null) return
      const today = valueUnder(goal, values, NO_LEVERS) ?? 0
      const there = valueUnder(goal, values, { ...set, volume }) ?? 0
      const size = Math.max(...[...values.values()].map((value) => Math.abs(value ?? 0)))
      expect(Math.abs(there - today) / size).toBeLessThan(1e-6)
    }),
  )
})
