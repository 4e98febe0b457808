/** What figures would be if prices, sales, costs, ads or expenses were other: the same formulas over other measures. */
import { evaluateFormula } from './formula/evaluate.ts'
import type { Metric } from './metrics.ts'

export const LEVERS = ['price', 'volume', 'costs', 'ads', 'expenses'] as const
export type Lever = (typeof LEVERS)[number]
/** Percent by which each is moved; 0 leaves it. */
export type Levers = Readonly<Record<Lever, number>>

export const NO_LEVERS: Levers = { price: 0, volume: 0, costs: 0, ads: 0, expenses: 0 }
/** In percent. Nothing can be given away for less than nothing. */
export const LEVER_RANGE = { least: -100, most: 300 }

/** What moves with each lever; a measure that is not here stays as it was. */
const MOVED_BY: Readonly<Record<string, readonly Lever[]>> = {
  revenue: ['price', 'volume'],
  gross_sales: ['price', 'volume'],
  discounts: ['price', 'volume'],
  refunds: ['price', 'volume'],
  tax: ['price', 'volume'],
  charged: ['price', 'volume'],
  paid_back: ['price', 'volume'],
  payment_fees: ['price', 'volume'],
  shipping: ['volume'],
  units: ['volume'],
  orders: ['volume'],
  priced_orders: ['volume'],
  customers: ['volume'],
  new_customers: ['volume'],
  cost_of_goods: ['volume', 'costs'],
  spend: ['ads'],
  expenses: ['expenses'],
  bills_received: ['expenses'],
}

/** Values of measures (money in 1/10,000) by id; null where there is none. */
export type MeasureValues = ReadonlyMap<string, number | null>

/** The metric under these levers; null where it has no value. */
export function valueUnder(
  metric: Pick<Metric, 'ast'>,
  values: MeasureValues,
  levers: Levers,
): number | null {
  return evaluateFormula(metric.ast, (name) => {
    const value = values.get(name) ?? null
    if (value === null) return null
    return (MOVED_BY[name] ?? []).reduce((moved, lever) => moved * (1 + levers[lever] / 100), value)
  })
}

/**
 * By how much sales (in percent) may change, with the other levers as they are, until the figure is what it is today. For
 * figures that rise in a straight line with sales; null when no change of sales brings it there.
 */
export function breakEvenVolume(
  metric: Pick<Metric, 'ast'>,
  values: MeasureValues,
  levers: Levers,
): number | null {
  const today = valueUnder(metric, values, NO_LEVERS)
  const at = (volume: number) => valueUnder(metric, values, { ...levers, volume })
  const [none, all] = [at(-100), at(0)]
  if (today === null || none === null || all === null || all <= none) return null
  const volume = ((today - none) / (all - none)) * 100 - 100
  return volume >= LEVER_RANGE.least && volume <= LEVER_RANGE.most ? volume : null
}
