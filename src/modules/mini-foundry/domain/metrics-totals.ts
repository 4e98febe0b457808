/** Rollup rows added up: amounts into one currency, customers as a set. */

/** One row of the rollups: a day (or a longer stretch), a dimension value and a currency. Amounts in 1/10,000. */
export interface RollupRow {
  day: string
  value: string
  currency: string
  orders: number
  revenue: number
  refunds: number
  /** Comma list of the numbers of the distinct customers who bought. */
  customers: string
  new_customers: number
}

export interface Totals {
  revenue: number
  refunds: number
  orders: number
  /** Orders whose amounts are in `revenue`: those with a known rate. */
  pricedOrders: number
  customers: number
  newCustomers: number
}

/** Factor from a currency into the workspace's on a day; null when no rate is known. */
export type Convert = (currency: string, day: string) => number | null

export interface Summed {
  totals: Totals
  /** What has no rate: never 1:1, listed by currency instead. */
  unconverted: Map<string, Totals>
}

const NOTHING: Totals = { revenue: 0, refunds: 0, orders: 0, pricedOrders: 0, customers: 0, newCustomers: 0 }

/**
 * Adds rows up. Amounts in the workspace's own currency stay exact integers; others are multiplied by their day's
 * rate and not rounded here. Counts include rows without a rate; amounts and `pricedOrders` do not.
 */
export function sumRows(rows: readonly RollupRow[], convert: Convert): Summed {
  const totals = { ...NOTHING }
  const unconverted = new Map<string, Totals>()
  const customers = new Set<string>()
  for (const row of rows) {
    totals.orders += row.orders
    totals.newCustomers += row.new_customers
    if (row.customers) for (const number of row.customers.split(',')) customers.add(number)
    const rate = convert(row.currency, row.day)
    if (rate === null) addAmounts(lane(unconverted, row.currency), row, 1)
    else addAmounts(totals, row, rate)
  }
  totals.customers = customers.size
  return { totals, unconverted }
}

function addAmounts(into: Totals, row: RollupRow, rate: number): void {
  into.revenue += row.revenue * rate
  into.refunds += row.refunds * rate
  into.pricedOrders += row.orders
}

function lane(map: Map<string, Totals>, currency: string): Totals {
  const known = map.get(currency)
  if (known) return known
  const fresh = { ...NOTHING }
  map.set(currency, fresh)
  return fresh
}
