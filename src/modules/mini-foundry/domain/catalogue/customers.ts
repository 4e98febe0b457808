/** The standard metrics of customers and their return. */
import type { MetricLine } from './line.ts'

export const CUSTOMERS: readonly MetricLine[] = [
  {
    id: 'customers',
    name: 'Customers',
    group: 'Customers',
    formula: 'customers',
    meaning: 'Number of different customers who bought in the range.',
    note: 'Distinct over the whole range: the days, months or years do not add up to it, and must not. Orders without a customer do not count.',
  },
  {
    id: 'new_customers',
    name: 'New customers',
    group: 'Customers',
    formula: 'new_customers',
    meaning: 'Number of customers whose first order ever lies in the range.',
    note: 'Orders without a customer do not count.',
  },
  {
    id: 'returning_customers',
    name: 'Returning customers',
    group: 'Customers',
    formula: 'customers - new_customers',
    meaning: 'Customers who had bought before the range.',
    note: 'Somebody who buys for the first and the second time within the range is new, not returning.',
  },
  {
    id: 'new_customer_share',
    name: 'Share of new customers',
    group: 'Customers',
    unit: 'percent',
    formula: 'new_customers / customers',
    meaning: 'Part of the customers who bought for the first time.',
    note: 'Orders without a customer do not count.',
  },
  {
    id: 'revenue_per_customer',
    name: 'Revenue per customer',
    group: 'Customers',
    formula: 'revenue / customers',
    meaning: 'Revenue ÷ customers of the range.',
    note: 'Revenue of orders without a customer is in it.',
  },
  {
    id: 'customer_value',
    name: 'Customer lifetime value (historic)',
    group: 'Customers',
    formula: 'gross_profit / customers',
    meaning:
      'Gross profit of the range ÷ its customers: over all time it is what a customer has brought so far.',
    note: 'What customers will still buy is not guessed. Advertising is left out.',
  },
  {
    id: 'repeat_rate',
    name: 'Repeat customer rate',
    group: 'Retention',
    unit: 'percent',
    formula: '(customers - new_customers) / customers',
    meaning: 'Part of the customers who had bought before the range.',
    note: 'Orders without a customer do not count.',
  },
  {
    id: 'orders_per_customer',
    name: 'Orders per customer',
    group: 'Retention',
    formula: 'orders / customers',
    meaning: 'How often a customer buys in the range.',
    note: 'Orders without a customer are in it.',
  },
]
