/** A metric as it is written down in the catalogue. */
import type { MetricId } from '../dimensions.ts'
import type { Unit } from '../formula/check.ts'

export type MetricUnit = Unit

export const METRIC_GROUPS = [
  'Sales',
  'Profit',
  'Customers',
  'Retention',
  'Inventory',
  'Cash',
  'Receivables',
  'Subscriptions',
  'Marketing',
  'Operations',
  'Custom',
] as const
export type MetricGroupName = (typeof METRIC_GROUPS)[number]

/** A metric as it is written down. */
export interface MetricLine {
  id: MetricId
  name: string
  group: MetricGroupName
  /** Where it differs from what the formula gives: a ratio that is shown as a percentage. */
  unit?: MetricUnit
  /** In the language of `formula/parse.ts`, over measures and other metrics. */
  formula: string
  /** What it is, in words. */
  meaning: string
  /** What it leaves out or how it behaves, for those who compare it with another system. */
  note: string
  /** True where more is worse. */
  lessIsBetter?: boolean
}
