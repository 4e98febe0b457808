/** Words around metrics: units, dimensions, comparisons. */
import type { Dimension } from '../domain/dashboard.ts'
import type { MetricUnit } from '../domain/metrics.ts'

export const UNIT_WORDS: Record<MetricUnit, string> = {
  money: 'an amount of money',
  count: 'a number',
  ratio: 'a ratio',
  percent: 'a percentage',
  days: 'days',
  hours: 'hours',
}

export const DIMENSION_WORDS: Record<Dimension, string> = {
  source: 'Source',
  channel: 'Channel',
  country: 'Country',
  region: 'Region',
  category: 'Category',
  product: 'Product',
  campaign: 'Campaign',
  movement: 'Kind of movement',
  expense_category: 'Category of expense',
}
