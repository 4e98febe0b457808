/** Rows that metrics are worked out from, as they are read: sales by day, and what other measures moved. */

/** One row of the rollups: a day (or a longer stretch), a dimension value and a currency. Amounts in 1/10,000. */
export interface RollupRow {
  day: string
  value: string
  currency: string
  orders: number
  /** Pieces in 1/10,000. */
  quantity: number
  gross: number
  discount: number
  revenue: number
  refunds: number
  tax: number
  shipping: number
  cost: number
  /** Comma list of the numbers of the distinct customers who bought; '' where nobody asked for them. */
  customers: string
  new_customers: number
}

/** One row of measure_days: amounts in 1/10,000, counts as they are with '' as their currency. */
export interface MeasureRow {
  measure: string
  day: string
  value: string
  currency: string
  amount: number
}

/** What is known of a range, of the whole or of one value of a dimension. */
export interface RangeRows {
  sales: readonly RollupRow[]
  /** Of the days in the range. */
  measures: readonly MeasureRow[]
  /** Before the range: sums of what moved levels, and the last reading of snapshots. */
  opening: readonly MeasureRow[]
}

/** Factor from a currency into the workspace's on a day; null when no rate is known. */
export type Convert = (currency: string, day: string) => number | null
