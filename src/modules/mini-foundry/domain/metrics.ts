/** The metric catalogue: what each figure is, in words and as a sum of rollup columns. */
import type { MetricId } from './dashboard.ts'
import type { Totals } from './metrics-totals.ts'

export type MetricUnit = 'money' | 'count' | 'ratio'

export interface Metric {
  id: MetricId
  name: string
  unit: MetricUnit
  /** How it is computed, for people. */
  formula: string
  /** What it leaves out or how it behaves, for those who compare it with another system. */
  note: string
  /** True where more is worse. */
  lessIsBetter?: boolean
  /** Distinct over the range: needs the lists of customers, never a sum of days. */
  distinct?: boolean
  /** Amounts in units of 1/10,000, counts as they are; null when there is no value (a ratio over nothing). */
  compute(totals: Totals): number | null
}

export const METRICS: Record<MetricId, Metric> = {
  revenue: {
    id: 'revenue',
    name: 'Revenue',
    unit: 'money',
    formula: 'Sum of what was sold, after discounts.',
    note: 'Before refunds and tax. Shipping, tips and gift cards are left out; later changes of an order are included.',
    compute: (totals) => totals.revenue,
  },
  net_revenue: {
    id: 'net_revenue',
    name: 'Net revenue',
    unit: 'money',
    formula: 'Revenue − refunds.',
    note: 'Before tax, without shipping, tips and gift cards.',
    compute: (totals) => totals.revenue - totals.refunds,
  },
  orders: {
    id: 'orders',
    name: 'Orders',
    unit: 'count',
    formula: 'Number of different orders with at least one sale.',
    note: 'Cancelled and failed orders are left out. A refund does not take an order away.',
    compute: (totals) => totals.orders,
  },
  customers: {
    id: 'customers',
    name: 'Customers',
    unit: 'count',
    formula: 'Number of different customers who bought in the range.',
    note: 'Distinct over the whole range: the days, months or years do not add up to it, and must not. Orders without a customer do not count.',
    distinct: true,
    compute: (totals) => totals.customers,
  },
  new_customers: {
    id: 'new_customers',
    name: 'New customers',
    unit: 'count',
    formula: 'Number of customers whose first order ever lies in the range.',
    note: 'Orders without a customer do not count.',
    compute: (totals) => totals.newCustomers,
  },
  average_order_value: {
    id: 'average_order_value',
    name: 'Average order value',
    unit: 'money',
    formula: 'Revenue ÷ orders.',
    note: 'Sum divided by sum over the whole range, never a mean of daily means. No value when there are no orders.',
    compute: (totals) => (totals.pricedOrders > 0 ? totals.revenue / totals.pricedOrders : null),
  },
  refunds: {
    id: 'refunds',
    name: 'Refunds',
    unit: 'money',
    formula: 'Sum of what was given back, as a positive amount.',
    note: 'Before tax, without shipping. By order date a refund counts on the day of its order, by event date on the day it was given.',
    lessIsBetter: true,
    compute: (totals) => totals.refunds,
  },
}
