/** Receipts: which rows stand behind each measure of a metric, what one row is worth, and where a page of them ends. */
import type { DayRange } from '../../../kit/calendar.ts'
import { formatUnits, moneyText } from '../../../platform/money.ts'
import { formulaWords } from './formula/format.ts'
import type { Measure } from './measures.ts'
import type { Book, MetricFilter } from './metric-query.ts'
import type { Metric, MetricUnit } from './metrics.ts'
import type { MetricAnswer } from './metrics-answer.ts'
import { type MetricValue, presentValue } from './metrics-present.ts'
import type { Convert } from './metrics-rows.ts'

/** A row as it is stored: amounts in 1/10,000, counts as they are, and `''` as the currency of what is no money. */
export interface ReceiptFact extends ReceiptPlace {
  amount: number
  currency: string
  /** What it is: `sale`, `refund`, `invoice`, ... */
  kind: string
  name: string
  detail: string | null
  source: string | null
}

/** Where a row stands in the order of its list; a page goes on after it. */
export interface ReceiptPlace {
  day: string
  source_id: string
  id: string
  /** Tells the several rows of one fact apart (an invoice raises a balance and its payment lowers it). */
  part: string
}

/** Rows of one source and currency added up; `day` is '' where one rate holds for all of them. */
export interface ReceiptSum {
  source_id: string
  currency: string
  day: string
  amount: number
  rows: number
}

/** What is looked at: one measure, in these days, of these values only. */
export interface ReceiptQuestion {
  measure: Measure
  range: DayRange
  filters: readonly MetricFilter[]
  book: Book
  asOf?: string
}

export interface ReceiptMeasure {
  id: string
  title: string
  note: string
  unit: MetricUnit
  value: MetricValue
  /** What its rows are; in words for people. */
  basis: string
  /** False for what is no sum of rows: the length of the range. */
  has_rows: boolean
}

export interface ReceiptRow {
  day: string
  source_id: string
  source: string | null
  kind: string
  id: string
  name: string
  detail: string | null
  /** In its own currency, to the last decimal that is known. */
  amount: string | number
  currency: string | null
  /** Factor into the workspace's currency; null where there is none. */
  rate: number | null
  /** What it adds to the figure; null where no rate is known: it is left out. */
  value: string | number | null
}

export interface ReceiptRate {
  currency: string
  /** The day of the rate; balances take that of the last day. */
  day: string
  rate: number | null
}

export interface ReceiptAdded {
  rows: number
  value: MetricValue
  /** True when the rows add up to the figure. */
  agrees: boolean
  by_source: { source_id: string; rows: number; value: MetricValue }[]
}

export interface Receipt {
  answer: MetricAnswer
  metric: Pick<Metric, 'id' | 'name' | 'meaning' | 'note' | 'formula' | 'words' | 'ast' | 'custom'>
  measures: ReceiptMeasure[]
  /** The measure whose rows are shown; null when there is nothing to show. */
  measure: ReceiptMeasure | null
  range: DayRange
  book: Book
  filters: readonly MetricFilter[]
  /** The past day whose end it looks back to. */
  as_of: string | null
  time_zone: string
  currency: string
  /** True while some data is being added up. */
  stale: boolean
  sources: { id: string; name: string; last_sync_at: string | null; counts_as_sales: number }[]
  rows: ReceiptRow[]
  next_cursor: string | null
  /** Of all rows, not only of this page; null on pages after the first, unless they were asked to add up too. */
  added: ReceiptAdded | null
  rates: ReceiptRate[]
}

/** The formula with figures put in: `Revenue 200.00 ÷ Orders 3`. */
export const workedOut = (metric: Pick<Metric, 'ast'>, say: (measure: string) => string): string =>
  formulaWords(metric.ast, say)

/** What the rows of a measure are, and how its value comes from them. */
export function basisOf({ id, kind, family }: Measure, range: DayRange, book: Book): string {
  if (family === 'calendar') return 'The number of days; it has no rows.'
  if (kind === 'snapshot') {
    return `A reading, no sum of what happened: what each source last reported by ${range.to}. One row for each source.`
  }
  if (kind === 'level') {
    return `A balance at the end of ${range.to}: all that ever moved it until then, up and down, in the rate of that day.`
  }
  if (family !== 'sales') return 'Each record that moved it, on its own day and in the rate of that day.'
  const day = book === 'order_date' ? 'the day of its order' : 'the day it happened'
  if (id === 'customers') return 'One row for each person who bought in these days.'
  if (id === 'new_customers') return 'One row for each customer, on the day of the first order ever.'
  if (id === 'orders' || id === 'priced_orders') return `One row for each order, on ${day}.`
  return `Each line of a sale, refund or change that moved it, on ${day}.`
}

/** Levels and readings stand in the rate of the last day, what happened in that of its own. */
const rateDay = ({ kind }: Measure, day: string, range: DayRange): string =>
  kind === 'flow' || kind === 'distinct' ? day : range.to

/** Units of a row into what figures hold: pieces are kept in 1/10,000. */
const scaleOf = ({ id }: Measure): number => (id === 'units' ? 10_000 : 1)

/** Factor from what is stored to what it adds to the figure; null where no rate is known, which leaves it out. */
function factorOf(measure: Measure, currency: string, day: string, convert: Convert): number | null {
  if (currency === '') return 1 / scaleOf(measure)
  const rate = convert(currency, day)
  if (rate === null) return null
  return measure.unit === 'money' ? rate : 1
}

/** A stored row as it is shown. */
export function receiptRow(
  measure: Measure,
  range: DayRange,
  fact: ReceiptFact,
  convert: Convert,
  base: string,
): ReceiptRow {
  const factor = factorOf(measure, fact.currency, rateDay(measure, fact.day, range), convert)
  const money = measure.unit === 'money'
  const worth = factor === null ? null : fact.amount * factor
  return {
    day: fact.day,
    source_id: fact.source_id,
    source: fact.source,
    kind: fact.kind,
    id: fact.id,
    name: fact.name,
    detail: fact.detail,
    amount: money ? exactMoney(fact.amount, fact.currency) : fact.amount / scaleOf(measure),
    currency: fact.currency || null,
    rate: money ? factor : null,
    value: worth === null ? null : money ? exactMoney(worth, base) : worth,
  }
}

/** To the currency's own decimals, or to four where the amount has them, so that rows add up to the last digit. */
function exactMoney(units: number, currency: string): string {
  const whole = Math.round(units)
  const text = moneyText(whole, currency)
  const exact = formatUnits(whole, 4)
  return Number(text) === Number(exact) ? text : exact
}

/** All rows added up, in the currency of the workspace, held against the figure. */
export function addedUp(
  measure: Measure,
  range: DayRange,
  sums: readonly ReceiptSum[],
  convert: Convert,
  figure: number | null,
  base: string,
): ReceiptAdded {
  const sources = new Map<string, { rows: number; units: number }>()
  let rows = 0
  let units = 0
  for (const sum of sums) {
    const factor = factorOf(measure, sum.currency, rateDay(measure, sum.day || range.to, range), convert)
    const worth = sum.amount * (factor ?? 0)
    const known = sources.get(sum.source_id) ?? { rows: 0, units: 0 }
    sources.set(sum.source_id, { rows: known.rows + sum.rows, units: known.units + worth })
    rows += sum.rows
    units += worth
  }
  const show = (amount: number | null) => presentValue(measure.unit, amount, base)
  // A reading that nobody made is no value, and not zero.
  const total = measure.kind === 'snapshot' && rows === 0 ? null : units
  return {
    rows,
    value: show(total),
    agrees: show(total) === show(figure),
    by_source: Array.from(sources, ([source_id, of]) => ({
      source_id,
      rows: of.rows,
      value: show(of.units),
    })),
  }
}

/** Rates behind the rows in other currencies, each once. */
export function ratesBehind(
  measure: Measure,
  range: DayRange,
  sums: readonly ReceiptSum[],
  convert: Convert,
  base: string,
): ReceiptRate[] {
  const rates = new Map<string, ReceiptRate>()
  for (const { currency, day } of sums) {
    if (currency === '' || currency === base) continue
    const on = rateDay(measure, day || range.to, range)
    rates.set(`${currency} ${on}`, { currency, day: on, rate: convert(currency, on) })
  }
  return [...rates.values()].sort((a, b) => (`${a.currency} ${a.day}` < `${b.currency} ${b.day}` ? -1 : 1))
}

/** The place of a row as text that an address takes as it is. */
export function cursorOf({ day, source_id, id, part }: ReceiptPlace): string {
  const bytes = new TextEncoder().encode(JSON.stringify([day, source_id, id, part]))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** Null when the text is no place. */
export function placeOf(cursor: string): ReceiptPlace | null {
  try {
    const text = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0))
    const parts: unknown = JSON.parse(new TextDecoder().decode(bytes))
    if (!Array.isArray(parts) || parts.length !== 4) return null
    if (!parts.every((part) => typeof part === 'string')) return null
    const [day, source_id, id, part] = parts as [string, string, string, string]
    return { day, source_id, id, part }
  } catch {
    return null
  }
}
