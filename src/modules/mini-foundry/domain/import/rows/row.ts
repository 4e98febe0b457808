/** What the readers of all kinds of rows share: a row by field, what they are told, and what they answer. */
import { businessDay } from '../../../../../kit/calendar.ts'
import type { FactBatch } from '../../facts.ts'
import { type ParsedDate, parseDate } from '../dates.ts'
import { type ParsedNumber, parseNumber } from '../numbers.ts'
import type { DateOrder, DecimalMark } from '../types.ts'

export interface RowContext {
  /** For rows whose file names no currency. */
  currency: string
  timeZone: string
  dateOrder: DateOrder
  decimalMark: DecimalMark
  /** The version of all that this import lands. */
  srcUpdatedAt: number
  /** Today in the workspace's zone, for stock levels. */
  today: string
  /** The discount column holds percent: it says so in its name. */
  discountInPercent: boolean
  /** The cost column is of one piece: it says so in its name. */
  costPerPiece: boolean
}

export interface Row {
  /** The cell of a field, '' when there is none. */
  get(field: string): string
  /** Digest of the whole row. */
  hash: string
}

/** What was derived, counted over the file and told at the end. */
export type NoteKey =
  | 'line-total-computed'
  | 'quantity-assumed'
  | 'order-per-row'
  | 'cost-from-profit'
  | 'tax-taken-out'
  | 'refund-rows'
  | 'refunded-orders'
  | 'partly-refunded'
  | 'cancelled-orders'
  | 'status-unknown'
  | 'customer-missing'
  | 'invoice-paid-assumed'
  | 'channel-missing'
  | 'email-odd'

export interface RowFacts {
  facts: FactBatch
  notes?: NoteKey[]
}

/** A cell that cannot be read: which field, what it holds, and what to do. */
export class CellProblem {
  readonly field: string
  readonly value: string
  readonly message: string
  constructor(field: string, value: string, message: string) {
    this.field = field
    this.value = value
    this.message = message
  }
}

/** Null for an empty cell. */
export function readNumber(row: Row, field: string, context: RowContext): ParsedNumber | null | CellProblem {
  const text = row.get(field)
  if (text === '' || text === '-') return null
  const parsed = parseNumber(text, context.decimalMark)
  if (parsed) return parsed
  const other = parseNumber(text, context.decimalMark === '.' ? ',' : '.')
  const mark = context.decimalMark === '.' ? 'a point' : 'a comma'
  return new CellProblem(
    field,
    text,
    other
      ? `This is written with another decimal mark than the rest of the file (${mark}). Correct it and import the row again.`
      : 'This is not a number. Correct it and import the row again.',
  )
}

const ORDER_WORDS: Record<DateOrder, string> = {
  dmy: 'day, month, year',
  mdy: 'month, day, year',
  ymd: 'year, month, day',
}

/** Null for an empty cell. */
export function readDate(row: Row, field: string, context: RowContext): ParsedDate | null | CellProblem {
  const text = row.get(field)
  if (text === '') return null
  return (
    parseDate(text, context.dateOrder) ??
    new CellProblem(
      field,
      text,
      `This is not a date that can be read as ${ORDER_WORDS[context.dateOrder]}. Correct it, or import the file with another date order.`,
    )
  )
}

/** The business's own day of a date: by its zone for instants, as written for plain dates. */
export function dayOf(date: ParsedDate, context: RowContext): string {
  return date.instant === null ? date.day : businessDay(date.instant, context.timeZone)
}

/** The plain day of an optional date cell. */
export function readDay(row: Row, field: string, context: RowContext): string | null | CellProblem {
  const date = readDate(row, field, context)
  return date === null || date instanceof CellProblem ? date : dayOf(date, context)
}

const SIGNS: Record<string, string> = {
  '€': 'EUR',
  '£': 'GBP',
  zł: 'PLN',
  '¥': 'JPY',
  '₹': 'INR',
  US$: 'USD',
  R$: 'BRL',
}

export function readCurrency(row: Row, context: RowContext): string | CellProblem {
  const text = row.get('currency')
  if (text === '') return context.currency
  const code = SIGNS[text] ?? (text === '$' && !context.currency.endsWith('D') ? 'USD' : text)
  if (code === '$') return context.currency
  if (/^[a-z]{3}$/i.test(code)) return code.toUpperCase()
  return new CellProblem('currency', text, 'This is not a currency. Use its three letters, for example EUR.')
}

/** Text of a cell, cut to what a screen can show; null when empty. */
export function readText(row: Row, field: string, max = 300): string | null {
  const text = row.get(field)
  return text === '' ? null : text.slice(0, max)
}

/** An address in one writing, so that the same person is found again; null when empty. */
export const readEmail = (row: Row, field: string): string | null =>
  readText(row, field)?.toLowerCase() ?? null

/** Whether the cell holds something that no mail could reach: it is kept as written, and said. */
export const hasOddEmail = (row: Row): boolean =>
  ['email', 'customer_email'].some((field) => {
    const text = row.get(field)
    return text !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
  })

/** First and last name, or the one name column. */
export function readName(row: Row): string | null {
  const parts = [readText(row, 'first_name'), readText(row, 'last_name')].filter((part) => part !== null)
  return parts.length > 0 ? parts.join(' ') : readText(row, 'name')
}

export const MAX_ID = 200

/** The first problem among read cells, if any. */
export function problemIn(...cells: unknown[]): CellProblem | null {
  return cells.find((cell): cell is CellProblem => cell instanceof CellProblem) ?? null
}
