/** What is decided before an import begins: its kind, how it is read, what its columns mean, or why it cannot begin. */
import { type FieldError, invalid, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { FIELDS, missingFields } from '../domain/import/fields.ts'
import { guessMapping, toMapping } from '../domain/import/guess.ts'
import { mappedField } from '../domain/import/plan.ts'
import {
  DATE_ORDERS,
  DECIMAL_MARKS,
  IMPORT_KINDS,
  type ImportKind,
  type ImportMapping,
  type ImportNote,
  type ImportOptions,
} from '../domain/import/types.ts'
import { sniffFile } from './imports-file.ts'

/** What came with a file, as text: from a form or from the API. */
export interface ImportWish {
  kind?: string
  /** JSON: column -> field. Absent: guessed. */
  mapping?: string
  currency?: string
  date_order?: string
  decimal_mark?: string
  duplicates?: string
}

export interface ArrivedFile {
  id: string
  fileName: string
  bytes: number
}

export interface Decided {
  kind: ImportKind
  mapping: ImportMapping
  options: ImportOptions
  notes: ImportNote[]
}

export async function decide(
  services: Services,
  key: string,
  file: ArrivedFile,
  wish: ImportWish,
  ask: boolean,
): Promise<Result<Decided>> {
  const kind = IMPORT_KINDS.find((known) => known === wish.kind)
  if (!kind) {
    return invalid([{ path: 'kind', message: `Say what the file holds: ${IMPORT_KINDS.join(', ')}.` }])
  }
  const options = readOptions(wish)
  if (!options.ok) return options
  if (file.bytes === 0) return invalid([{ path: 'file', message: 'The file is empty. Choose another one.' }])
  const sniffed = await sniffFile(services.files, { key, bytes: file.bytes }, options.value)
  if (!sniffed) {
    return invalid([
      { path: 'file', message: 'The file has no header row with the names of its columns. Add one.' },
    ])
  }
  const given = readMapping(wish.mapping)
  if (!given.ok) return given
  const guessed = given.value === null
  const mapping = given.value ?? toMapping(guessMapping(kind, sniffed.columns, sniffed.sample))
  const errors = mappingErrors(kind, sniffed.columns, mapping)
  if (errors.length > 0 && !ask) return invalid(errors, errors[0]?.message)
  const { encoding, delimiter, newline } = sniffed
  const left = sniffed.columns.filter((column) => !mappedField(mapping, column))
  const notes: ImportNote[] =
    guessed && !ask
      ? [
          {
            level: 'info',
            text: `Columns were matched by their names: ${matched(sniffed.columns, mapping)}.${leftOut(left)}`,
          },
        ]
      : []
  return ok({ kind, mapping, options: { ...options.value, encoding, delimiter, newline }, notes })
}

const matched = (columns: string[], mapping: ImportMapping): string =>
  columns
    .filter((column) => mappedField(mapping, column))
    .map((column) => `${column} → ${mapping[column]}`)
    .join(', ')

const leftOut = (columns: string[]): string => (columns.length > 0 ? ` Left out: ${columns.join(', ')}.` : '')

function readMapping(text: string | undefined): Result<ImportMapping | null> {
  if (text === undefined || text.trim() === '') return ok(null)
  const refuse = () =>
    invalid([
      {
        path: 'mapping',
        message:
          'mapping is a JSON object from the names of columns to fields, e.g. {"Order ID": "order_id"}.',
      },
    ])
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse()
    const entries = Object.entries(value).filter(([, field]) => field !== null && field !== '')
    if (entries.some(([, field]) => typeof field !== 'string')) return refuse()
    return ok(Object.fromEntries(entries) as ImportMapping)
  } catch {
    return refuse()
  }
}

export function readOptions(wish: ImportWish): Result<ImportOptions> {
  const errors: FieldError[] = []
  const options: ImportOptions = {}
  if (wish.currency) {
    if (/^[A-Za-z]{3}$/.test(wish.currency)) options.currency = wish.currency.toUpperCase()
    else errors.push({ path: 'currency', message: 'A currency is three letters, for example EUR.' })
  }
  if (wish.date_order) {
    options.dateOrder = DATE_ORDERS.find((order) => order === wish.date_order)
    if (!options.dateOrder)
      errors.push({ path: 'date_order', message: `date_order is one of ${DATE_ORDERS.join(', ')}.` })
  }
  if (wish.decimal_mark) {
    options.decimalMark = DECIMAL_MARKS.find((mark) => mark === wish.decimal_mark)
    if (!options.decimalMark) errors.push({ path: 'decimal_mark', message: 'decimal_mark is "." or ",".' })
  }
  if (wish.duplicates) {
    if (wish.duplicates === 'skip' || wish.duplicates === 'keep') options.duplicates = wish.duplicates
    else errors.push({ path: 'duplicates', message: 'duplicates is skip or keep.' })
  }
  return errors.length > 0 ? invalid(errors) : ok(options)
}

/** Columns that are not in the file, fields that do not exist or come twice, and required fields that no column has. */
export function mappingErrors(kind: ImportKind, columns: string[], mapping: ImportMapping): FieldError[] {
  const errors: FieldError[] = []
  const seen = columns.map((column) => `"${column}"`).join(', ')
  for (const [column, field] of Object.entries(mapping)) {
    if (!columns.includes(column)) {
      errors.push({
        path: `mapping.${column}`,
        message: `The file has no column "${column}". It has ${seen}.`,
      })
    }
    if (!FIELDS[kind].some((known) => known.name === field)) {
      const names = FIELDS[kind].map((known) => known.name).join(', ')
      errors.push({
        path: `mapping.${column}`,
        message: `There is no field "${field}". The fields are ${names}.`,
      })
    }
  }
  const fields = Object.values(mapping)
  for (const field of new Set(fields.filter((name, index) => fields.indexOf(name) !== index))) {
    errors.push({
      path: 'mapping',
      message: `More than one column is mapped to ${field}. Choose one of them.`,
    })
  }
  for (const group of missingFields(kind, fields)) {
    const names = group.map((field) => `${field.label.toLowerCase()} (${field.name})`).join(' or ')
    errors.push({
      path: 'mapping',
      message: `No column was found for ${names}. Map one of the columns of the file to it: ${seen}.`,
    })
  }
  return errors
}
