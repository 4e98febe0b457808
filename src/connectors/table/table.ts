/** From what an outside system answers to a table: CSV text, rows of a sheet, or a list of JSON objects. */
import { parseText } from '../../modules/mini-foundry/domain/import/records.ts'
import { sniff } from '../../modules/mini-foundry/domain/import/sniff.ts'
import { MOST_TABLE_ROWS, type RawTable } from '../../modules/mini-foundry/domain/table-source.ts'
import { fail, ok, type Result } from '../../platform/result.ts'

const tooLong = () =>
  fail(
    'too_large',
    'table-too-long',
    `The table has more than ${MOST_TABLE_ROWS.toLocaleString('en')} rows. Import it as a file instead, or split it.`,
  )

const empty = () =>
  fail('invalid', 'table-empty', 'The table has no header row with the names of its columns.')

/** The first row names the columns; columns without a name are left out. */
export function tableOf(grid: readonly (readonly string[])[]): Result<RawTable> {
  const [header = [], ...rows] = grid
  const named = header.flatMap((name, index) => (name.trim() === '' ? [] : [{ name: name.trim(), index }]))
  if (named.length === 0) return empty()
  if (rows.length > MOST_TABLE_ROWS) return tooLong()
  const seen = new Map<string, number>()
  const columns = named.map(({ name }) => {
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name} (${times})`
  })
  const cells = rows.map((row) => named.map(({ index }) => row[index] ?? ''))
  return ok({ columns, rows: cells.filter((row) => row.some((cell) => cell.trim() !== '')) })
}

/** CSV text of any usual delimiter. */
export function csvTable(text: string): Result<RawTable> {
  const found = sniff(new TextEncoder().encode(text.slice(0, 60_000)), text.length <= 60_000, {
    encoding: 'utf-8',
  })
  if (!found) return empty()
  const grid = parseText(text.replace(/^\uFEFF/, ''), found.delimiter, found.newline, MOST_TABLE_ROWS + 2)
  return tableOf(grid)
}

/** Objects as rows: nested values are named by their path (`customer.email`, `items.0.sku`). */
export function jsonTable(items: readonly unknown[]): Result<RawTable> {
  if (items.length > MOST_TABLE_ROWS) return tooLong()
  const flat = items.map((item) => flatten(item))
  const columns = [...new Set(flat.flatMap((row) => [...row.keys()]))].slice(0, 300)
  return ok({ columns, rows: flat.map((row) => columns.map((column) => row.get(column) ?? '')) })
}

const DEPTH = 6

function flatten(
  value: unknown,
  path = '',
  into = new Map<string, string>(),
  depth = 0,
): Map<string, string> {
  if (value === null || value === undefined || depth > DEPTH) return into
  if (typeof value === 'object') {
    const entries = Array.isArray(value) ? value.slice(0, 5).entries() : Object.entries(value)
    for (const [key, inner] of entries) flatten(inner, path ? `${path}.${key}` : String(key), into, depth + 1)
  } else into.set(path || 'value', String(value))
  return into
}

/** The value at a path like `data.items`; '' is the whole. Own properties only. */
export function valueAt(value: unknown, path: string): unknown {
  let found = value
  for (const key of path.split('.').filter(Boolean)) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined
    found = (found as Record<string, unknown>)[key]
  }
  return found
}
