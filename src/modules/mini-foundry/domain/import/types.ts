/** Shapes of a CSV import that the table, the API and the pages share. */

export const IMPORT_KINDS = ['orders', 'customers', 'products', 'invoices', 'contacts', 'spend'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/** Column name of the file -> field of the normal form; a column that is not named is left out. */
export type ImportMapping = Record<string, string>

export type DateOrder = 'ymd' | 'dmy' | 'mdy'
export type DecimalMark = '.' | ','
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** How the file is read. Absent means not decided yet: detected, or asked. */
export interface ImportOptions {
  currency?: string
  delimiter?: string
  encoding?: Encoding
  dateOrder?: DateOrder
  decimalMark?: DecimalMark
  /** What to do with a row that is the same, to the letter, as an earlier one: leave it out (and report it) or keep it. */
  duplicates?: 'skip' | 'keep'
}

/** Something a person should know about how the file was read: derived fields, choices made, what could not be had. */
export interface ImportNote {
  level: 'info' | 'warning'
  text: string
}
