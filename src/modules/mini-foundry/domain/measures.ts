/** Measures: what is counted and added up day by day. Metrics are formulas over them. */
import { SALES_DIMENSIONS } from './dimensions.ts'
import type { Unit } from './formula/check.ts'
import type { Measure, MeasureFamily } from './measures-model.ts'
import { MORE_MEASURES } from './measures-more.ts'

export {
  MEASURE_FAMILIES,
  type Measure,
  type MeasureFamily,
  type MeasureKind,
} from './measures-model.ts'

const sales = (id: string, unit: Unit, title: string, note: string): Measure => ({
  id,
  unit,
  kind: 'flow',
  family: 'sales',
  title,
  note,
  dimensions: SALES_DIMENSIONS,
})

const SALES: Measure[] = [
  sales(
    'revenue',
    'money',
    'Revenue',
    'What was sold, after discounts, before refunds and tax; without shipping.',
  ),
  sales('refunds', 'money', 'Refunds', 'What was given back, as a positive amount, before tax.'),
  sales('gross_sales', 'money', 'Gross sales', 'What was sold at full price, before discounts.'),
  sales('discounts', 'money', 'Discounts', 'What was taken off prices.'),
  sales('tax', 'money', 'Tax', 'Tax charged, less tax given back.'),
  sales('shipping', 'money', 'Shipping charged', 'Shipping that customers paid, less what was given back.'),
  sales(
    'cost_of_goods',
    'money',
    'Cost of goods',
    'What the goods sold cost; lines without a known cost count as 0.',
  ),
  sales('orders', 'count', 'Orders', 'Different orders with at least one sale.'),
  sales(
    'priced_orders',
    'count',
    'Orders with a known amount',
    'Orders whose currency has a rate on their day.',
  ),
  sales('units', 'count', 'Units sold', 'Pieces sold, before returns.'),
  sales('new_customers', 'count', 'New customers', 'Customers whose first order ever lies in the range.'),
  {
    ...sales('customers', 'count', 'Customers', 'Different customers who bought in the range.'),
    kind: 'distinct',
  },
]

const CALENDAR: Measure = {
  id: 'days',
  unit: 'days',
  kind: 'flow',
  family: 'calendar',
  title: 'Days',
  note: 'Days in the range.',
  dimensions: SALES_DIMENSIONS,
}

const ALL: readonly Measure[] = [...SALES, CALENDAR, ...MORE_MEASURES]

/** Every measure by its name. */
export const MEASURES: ReadonlyMap<string, Measure> = new Map(ALL.map((measure) => [measure.id, measure]))

/** The measures of a family, in the order they are kept. */
export const measuresOf = (family: MeasureFamily): Measure[] =>
  MORE_MEASURES.filter((measure) => measure.family === family)
