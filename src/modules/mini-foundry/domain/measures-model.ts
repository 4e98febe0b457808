/** What a measure is: how it counts, where it is kept, what it can be split by. */
import type { Dimension } from './dimensions.ts'
import type { Unit } from './formula/check.ts'

/** Where a measure is kept: `sales` in rollup_days, `calendar` nowhere (it is the range itself), others in measure_days. */
export const MEASURE_FAMILIES = [
  'payments',
  'payouts',
  'invoices',
  'subscriptions',
  'spend',
  'stock',
  'books',
  'deals',
  'fulfilment',
  'cash',
] as const
export type MeasureFamily = (typeof MEASURE_FAMILIES)[number]

/**
 * `flow`: happened in a range, added up. `distinct`: different ones in a range. `level`: a balance at the end of a
 * range, from all that moved it until then. `snapshot`: a balance as it was last read, source by source.
 */
export type MeasureKind = 'flow' | 'distinct' | 'level' | 'snapshot'

export interface Measure {
  id: string
  unit: Unit
  kind: MeasureKind
  family: MeasureFamily | 'sales' | 'calendar'
  title: string
  /** What it counts and what it leaves out. */
  note: string
  /** What it can be split and filtered by. */
  dimensions: readonly Dimension[]
}
