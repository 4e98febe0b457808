/** Rows of an export as text: a JSON array and a CSV, in pages, each the same rows in the same order. */
import { csvLine } from '../../../kit/csv.ts'

type Value = string | number | null
type Row = Record<string, Value>

/** Sealed columns and digests are left out before this is called. */
export async function* jsonChunks(pages: AsyncIterable<Row[]>): AsyncGenerator<string> {
  let first = true
  yield '['
  for await (const rows of pages) {
    if (rows.length === 0) continue
    yield `${first ? '\n' : ',\n'}${rows.map((row) => JSON.stringify(row)).join(',\n')}`
    first = false
  }
  yield '\n]\n'
}

export async function* csvChunks(
  columns: readonly string[],
  pages: AsyncIterable<Row[]>,
): AsyncGenerator<string> {
  yield csvLine(columns)
  for await (const rows of pages) {
    if (rows.length > 0)
      yield rows.map((row) => csvLine(columns.map((column) => row[column] ?? null))).join('')
  }
}
