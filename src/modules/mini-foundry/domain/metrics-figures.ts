/** From rows to the values of measures, for each period and for the whole range. */
import { daysBetween, type Period } from '../../../kit/calendar.ts'
import { MEASURES } from './measures.ts'
import type { Convert, MeasureRow, RangeRows, RollupRow } from './metrics-rows.ts'

/** The values of measures over one range. */
export interface Figures {
  /** Money in 1/10,000 of the workspace's currency; null where nothing was read yet. */
  get(measure: string): number | null
  /** What has no rate, by currency: never 1:1, listed instead. */
  unconverted: ReadonlyMap<string, (measure: string) => number | null>
}

/**
 * The figures of each of `periods`, which follow each other without gaps. Flows are added up, levels and snapshots
 * stand as they are at the end of each period, in rates of that day.
 */
export function figuresOf(rows: RangeRows, periods: readonly Period[], convert: Convert): Figures[] {
  const sales = byPeriod(rows.sales, periods)
  const moved = byPeriod(rows.measures, periods)
  const levels = new Levels(rows.opening)
  return periods.map((period, index) => {
    const tally = new Tally(convert)
    for (const row of sales[index] ?? []) tally.addSale(row)
    for (const row of moved[index] ?? []) {
      if (MEASURES.get(row.measure)?.kind === 'flow')
        tally.add(row.measure, row.amount, row.currency, row.day)
      else levels.move(row)
    }
    levels.addTo(tally, period.to)
    return tally.figures(daysBetween(period.from, period.to) + 1)
  })
}

/** Columns of the rollups that are amounts of money. */
const SALES_MONEY = {
  revenue: 'revenue',
  refunds: 'refunds',
  gross_sales: 'gross',
  discounts: 'discount',
  tax: 'tax',
  shipping: 'shipping',
  cost_of_goods: 'cost',
} as const

const QUANTITY_SCALE = 10_000

class Tally {
  readonly #convert: Convert
  readonly #sums = new Map<string, number>()
  readonly #left = new Map<string, Map<string, number>>()
  /** Lists of customers, one of each row: thousands of numbers that most questions never look at. */
  readonly #customers: string[] = []

  constructor(convert: Convert) {
    this.#convert = convert
  }

  addSale(row: RollupRow): void {
    count(this.#sums, 'orders', row.orders)
    count(this.#sums, 'units', row.quantity / QUANTITY_SCALE)
    count(this.#sums, 'new_customers', row.new_customers)
    if (row.customers) this.#customers.push(row.customers)
    const rate = this.#convert(row.currency, row.day)
    const into = rate === null ? this.#lane(row.currency) : this.#sums
    for (const [measure, column] of Object.entries(SALES_MONEY))
      count(into, measure, row[column] * (rate ?? 1))
    count(into, 'priced_orders', row.orders)
  }

  /** Amounts in the workspace's own currency stay exact integers; others are multiplied by their day's rate. */
  add(measure: string, amount: number, currency: string, day: string): void {
    const rate = currency === '' ? 1 : this.#convert(currency, day)
    if (rate === null) count(this.#lane(currency), measure, amount)
    else count(this.#sums, measure, amount * rate)
  }

  figures(days: number): Figures {
    let distinct: number | null = null
    const customers = () => {
      distinct ??= new Set(this.#customers.flatMap((list) => list.split(','))).size
      return distinct
    }
    const getFrom = (sums: ReadonlyMap<string, number>) => (measure: string) => {
      if (measure === 'days') return days
      if (measure === 'customers') return sums === this.#sums ? customers() : 0
      return sums.get(measure) ?? (MEASURES.get(measure)?.kind === 'snapshot' ? null : 0)
    }
    const unconverted = new Map(Array.from(this.#left, ([currency, sums]) => [currency, getFrom(sums)]))
    return { get: getFrom(this.#sums), unconverted }
  }

  #lane(currency: string): Map<string, number> {
    const known = this.#left.get(currency)
    if (known) return known
    const fresh = new Map<string, number>()
    this.#left.set(currency, fresh)
    return fresh
  }
}

/** Balances as they run: of levels the sum, of snapshots the last reading of each source. */
class Levels {
  readonly #sums = new Map<string, { measure: string; currency: string; amount: number }>()
  readonly #readings = new Map<string, { day: string; rows: MeasureRow[] }>()

  constructor(opening: readonly MeasureRow[]) {
    for (const row of opening) this.move(row)
  }

  move(row: MeasureRow): void {
    if (MEASURES.get(row.measure)?.kind === 'snapshot') this.#read(row)
    else this.#add(row)
  }

  addTo(tally: Tally, day: string): void {
    for (const { measure, currency, amount } of this.#sums.values()) tally.add(measure, amount, currency, day)
    for (const { rows } of this.#readings.values()) {
      for (const { measure, currency, amount } of rows) tally.add(measure, amount, currency, day)
    }
  }

  #add({ measure, currency, amount }: MeasureRow): void {
    const key = `${measure} ${currency}`
    const known = this.#sums.get(key)
    if (known) known.amount += amount
    else this.#sums.set(key, { measure, currency, amount })
  }

  #read(row: MeasureRow): void {
    const key = `${row.measure} ${row.value}`
    const known = this.#readings.get(key)
    if (!known || known.day < row.day) this.#readings.set(key, { day: row.day, rows: [row] })
    else if (known.day === row.day) known.rows.push(row)
  }
}

const count = (sums: Map<string, number>, measure: string, amount: number): void => {
  sums.set(measure, (sums.get(measure) ?? 0) + amount)
}

/** Rows in the order of their periods. Rows without a day (sums over the range) count to the first. */
function byPeriod<Row extends { day: string | null }>(
  rows: readonly Row[],
  periods: readonly Period[],
): Row[][] {
  const buckets: Row[][] = periods.map(() => [])
  const sorted = [...rows].sort((a, b) => ((a.day ?? '') < (b.day ?? '') ? -1 : 1))
  let index = 0
  for (const row of sorted) {
    while (index < periods.length - 1 && (row.day ?? '') > (periods[index]?.to ?? '')) index += 1
    buckets[index]?.push(row)
  }
  return buckets
}
