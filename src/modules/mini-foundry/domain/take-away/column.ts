/** Columns of the file: what each stored value becomes for people who open it without us. */
import type { SqliteValue } from '../../../../kit/sqlite-file.ts'
import { currencyDigits, formatUnits, UNITS_PER_MAJOR } from '../../../../platform/money.ts'

/**
 * `money` becomes decimal text and, beside it as `<name>_e4`, the whole number of 1/10,000; `quantity` (in 1/10,000) a
 * number; `instant` (milliseconds) ISO 8601 UTC. Everything else stays as it is: days are ISO dates already.
 */
type ColumnKind = 'text' | 'integer' | 'money' | 'quantity' | 'real' | 'flag' | 'instant'

export interface Column {
  name: string
  kind: ColumnKind
}

/** A row as the database gives it. */
export type StoredRow = Record<string, string | number | null>

/** `name` or `name:kind`, with blanks between. */
export function columnsOf(text: string): Column[] {
  return text
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => {
      const [name = '', kind = 'text'] = word.split(':')
      return { name, kind: kind as ColumnKind }
    })
}

/** `CREATE TABLE` of these columns, named as in `stored`. */
export function tableSql(name: string, columns: readonly Column[]): string {
  const parts = columns.flatMap((column) => {
    if (column.kind === 'money') return [`${column.name} TEXT`, `${column.name}_e4 INTEGER`]
    if (column.kind === 'quantity' || column.kind === 'real') return [`${column.name} REAL`]
    return [`${column.name} ${column.kind === 'integer' || column.kind === 'flag' ? 'INTEGER' : 'TEXT'}`]
  })
  return `CREATE TABLE ${name} (\n  ${parts.join(',\n  ')}\n)`
}

/** The values of a row, in the order of `tableSql`. Amounts are in the row's own `currency`. */
export function valuesOf(columns: readonly Column[], row: StoredRow): SqliteValue[] {
  const currency = String(row.currency ?? '')
  return columns.flatMap(({ name, kind }): SqliteValue[] => {
    const value = row[name] ?? null
    if (kind === 'money') return [value === null ? null : wholeMoney(Number(value), currency), value]
    if (value === null) return [null]
    if (kind === 'quantity') return [Number(value) / UNITS_PER_MAJOR]
    if (kind === 'instant') return [new Date(Number(value)).toISOString()]
    return [value]
  })
}

/** Nothing is rounded: as many decimals as the currency has, and more where the amount has them. */
export function wholeMoney(units: number, currency: string): string {
  const digits = currencyDigits(currency)
  const text = formatUnits(units, 4)
  const shortest = text.length - (4 - digits)
  let end = text.length
  while (end > shortest && text[end - 1] === '0') end -= 1
  return text.slice(0, end).replace(/\.$/, '')
}
