/** When orders come: by weekday and hour in the workspace's zone, or by weekday and month where only days are known. */
import { dateFormat } from '../../../kit/format.ts'

/** Orders of one quarter of an hour (`2026-03-01T09:15`, UTC) or, without a time, of one day. */
export interface HeatRow {
  quarter: string | null
  day: string
  orders: number
}

export interface HeatMap {
  columns: 'hours' | 'months'
  /** Seven rows, Monday first; 24 hours or 12 months each. */
  cells: number[][]
  /** Orders that are not in the picture because the time of the day is not known. */
  left: number
}

/**
 * Hours when at least half of the orders have a time, months otherwise. Quarters of an hour are exact in every zone in
 * use (all are whole quarters away from UTC), also where clocks change.
 */
export function heatOf(rows: readonly HeatRow[], timeZone: string): HeatMap {
  const all = rows.reduce((sum, { orders }) => sum + orders, 0)
  const timed = rows.reduce((sum, { quarter, orders }) => sum + (quarter ? orders : 0), 0)
  return timed > 0 && timed * 2 >= all ? byHour(rows, timeZone, all - timed) : byMonth(rows)
}

function byHour(rows: readonly HeatRow[], timeZone: string, left: number): HeatMap {
  const cells = empty(24)
  const format = dateFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  })
  for (const { quarter, orders } of rows) {
    if (!quarter) continue
    const parts = format.formatToParts(new Date(`${quarter}:00Z`))
    const weekday = WEEKDAYS.indexOf(parts.find(({ type }) => type === 'weekday')?.value ?? '')
    add(cells, weekday, Number(parts.find(({ type }) => type === 'hour')?.value), orders)
  }
  return { columns: 'hours', cells, left }
}

function byMonth(rows: readonly HeatRow[]): HeatMap {
  const cells = empty(12)
  for (const { day, orders } of rows) {
    const date = new Date(`${day}T00:00:00Z`)
    add(cells, (date.getUTCDay() + 6) % 7, date.getUTCMonth(), orders)
  }
  return { columns: 'months', cells, left: 0 }
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

const empty = (columns: number): number[][] => WEEKDAYS.map(() => new Array<number>(columns).fill(0))

function add(cells: number[][], row: number, column: number, orders: number): void {
  const line = cells[row]
  if (line) line[column] = (line[column] ?? 0) + orders
}
