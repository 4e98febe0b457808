/** Shapes of a CSV import that the table, the API and the pages share. */

export const IMPORT_KINDS = ['orders', 'customers', 'products', 'invoices', 'contacts', 'spend'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/** Column name of the file -> field of the normal form; a column that is not named is left out. */
export type ImportMapping = Record<string, string>

export const DATE_ORDERS = ['ymd', 'dmy', 'mdy'] as const
export type DateOrder = (typeof DATE_ORDERS)[number]
export const DECIMAL_MARKS = ['.', ','] as const
export type DecimalMark = (typeof DECIMAL_MARKS)[number]
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** How the bytes of a file become records. */
export interface Dialect {
  encoding: Encoding
  delimiter: string
  newline: '\n' | '\r'
}

/** How the file is read. Absent means not decided yet: detected, or asked. */
export interface ImportOptions {
  currency?: string
  delimiter?: string
  encoding?: Encoding
  newline?: '\n' | '\r'
  dateOrder?: DateOrder
  decimalMark?: DecimalMark
  /** What to do with a row that is the same, to the letter, as an earlier one: leave it out (and report it) or keep it. */
  duplicates?: 'skip' | 'keep'
  /** Whether the mapped line id tells an order's lines apart; found by looking at every row. */
  lineIds?: boolean
}

/** Something a person should know about how the file was read: derived fields, choices made, what could not be had. */
export interface ImportNote {
  level: 'info' | 'warning'
  text: string
  /** Notes about rows are counted under a key while the file is read. */
  key?: string
  count?: number
}

/** One record of the file and the line it starts on (the header is line 1 in most files). */
export interface CsvRecord {
  cells: string[]
  line: number
}

/** A row that did not land, and what to do about it. */
export interface RowFailure {
  line: number
  column: string
  value: string
  message: string
  cells: string[]
}
