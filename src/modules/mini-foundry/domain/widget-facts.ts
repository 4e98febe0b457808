/** What widgets show that is no metric over time: plain data, kept in the cache beside the answers. */

import type { Cohort } from './cohort.ts'
import type { HeatMap } from './heat.ts'
import type { MetricUnit } from './metrics.ts'
import type { Pace } from './target.ts'

export interface ActivityLine {
  kind: 'order' | 'payment' | 'refund' | 'invoice'
  day: string
  /** An order's or invoice's number, or whose it is; '' where neither is known. */
  name: string
  source: string
  /** In 1/10,000 of the major unit. */
  amount: number
  currency: string
}

export interface GoalLine {
  target: { metric: string; granularity: 'month' | 'quarter' | 'year'; period: string; value: string }
  metric: { name: string; unit: MetricUnit; lessIsBetter?: boolean }
  range: { from: string; to: string }
  value: number | null
  currency: string | null
  pace: Pace | null
}

export type WidgetFacts =
  | { kind: 'heat_map'; heat: HeatMap }
  | { kind: 'cohort'; cohorts: Cohort[] }
  | { kind: 'activity'; lines: ActivityLine[] }
  | { kind: 'goal'; goal: GoalLine | null }

/** Kinds whose facts hold as long as the data do, so that the cache may keep them. */
export const KEPT_FACTS = ['heat_map', 'cohort', 'activity'] as const
export type KeptFacts = (typeof KEPT_FACTS)[number]

export const factsKey = (kind: KeptFacts): string => `facts of ${kind}`

/** Values that dimensions have, for filters: one list for the workspace. */
export const VALUES_KEY = 'values of dimensions'

/** Goals hold as long as the data and the targets do. */
export const GOALS_KEY = 'facts of goals'

export interface KeptGoals {
  /** The targets they stand for, as text to compare. */
  of: string
  goals: GoalLine[]
}
