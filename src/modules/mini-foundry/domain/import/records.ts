/**
 * Records out of a piece of a file. papaparse's own parser both splits and parses, told to leave the last, perhaps
 * unfinished record alone; where it stopped says how many bytes of the piece were used. So any cutting of a file into
 * pieces gives the records of the whole, and a file is never held whole.
 */
import Papa from 'papaparse'
import type { CsvRecord, Dialect } from './types.ts'

/** A record longer than this is a quotation mark that was never closed. */
export const MAX_RECORD_BYTES = 1_000_000

export interface TakenRecords {
  records: CsvRecord[]
  /** Bytes used from the start of the piece. */
  bytes: number
  /** Lines used, so that the next piece can go on counting. */
  lines: number
  /** The line whose quotation mark is never closed, when that is why it went no further; it is used up as well. */
  unclosed: CsvRecord | null
}

/**
 * The first `max` whole records of `bytes`; `firstLine` is the line that the piece starts on. With `final` the last
 * record needs no line end. A piece may begin only where a record begins.
 */
export function takeRecords(
  bytes: Uint8Array,
  dialect: Dialect,
  firstLine: number,
  max: number,
  final: boolean,
): TakenRecords {
  const text = decodePiece(bytes, dialect, final)
  const parsed = parse(text, dialect, max, !final)
  const stuck = isStuck(parsed, bytes, final)
  const rows = stuck && final ? parsed.data.slice(0, -1) : parsed.data
  const used = stuck ? endOfRows(text, rows, dialect) : parsed.meta.cursor
  const { records, line } = numbered(rows, firstLine, dialect.newline)
  if (!stuck)
    return { records, bytes: byteLength(text, used, dialect), lines: line - firstLine, unclosed: null }
  const end = endOfLine(text, used, dialect)
  const cells = clean(text.slice(used, end).split(dialect.delimiter))
  return {
    records,
    bytes: byteLength(text, end, dialect),
    lines: line - firstLine + 1,
    unclosed: { cells, line },
  }
}

/** All records of a text, for samples. */
export function parseText(text: string, delimiter: string, newline: '\n' | '\r', max: number): string[][] {
  return parse(text, { delimiter, newline }, max, false).data.map(clean)
}

/** The text of a piece; a character cut at its end is left out. */
export function decodePiece(
  bytes: Uint8Array,
  { encoding }: Pick<Dialect, 'encoding'>,
  final = true,
): string {
  return new TextDecoder(encoding, { fatal: false, ignoreBOM: true }).decode(bytes, { stream: !final })
}

function parse(
  text: string,
  { delimiter, newline }: Pick<Dialect, 'delimiter' | 'newline'>,
  max: number,
  ignoreLast: boolean,
) {
  // Without quotation marks papaparse takes a shortcut whose cursor is past the rows it returns: switched off.
  const settings = { delimiter, newline, preview: max, fastMode: false, quoteChar: '"', escapeChar: '"' }
  const parsed = new Papa.Parser(settings).parse(text, 0, ignoreLast)
  // After a final line end papaparse adds a record of one empty cell: it is nothing of the file's.
  const last = parsed.data.at(-1)
  const wholly = !ignoreLast && !parsed.meta.truncated && text.endsWith(newline)
  if (wholly && last?.length === 1 && last[0] === '') parsed.data.pop()
  return parsed
}

/** True when a quotation mark that is never closed swallowed the rest. */
function isStuck(parsed: ReturnType<typeof parse>, bytes: Uint8Array, final: boolean): boolean {
  if (final) return parsed.errors.some((error) => error.code === 'MissingQuotes')
  return parsed.data.length === 0 && bytes.length >= MAX_RECORD_BYTES
}

function numbered(
  rows: string[][],
  firstLine: number,
  newline: string,
): { records: CsvRecord[]; line: number } {
  let line = firstLine
  const records = rows.map((row) => {
    const record = { cells: clean(row), line }
    line += 1 + lineEndsInside(row, newline)
    return record
  })
  return { records, line }
}

/** The carriage return of a Windows line end sticks to the last cell, since lines end at the line feed. */
function clean(row: string[]): string[] {
  return row.map((cell) => cell.trim())
}

function lineEndsInside(row: string[], newline: string): number {
  let count = 0
  for (const cell of row) {
    for (let at = cell.indexOf(newline); at >= 0; at = cell.indexOf(newline, at + 1)) count += 1
  }
  return count
}

/** Where the given first rows of the text end: parsed again, only ever for a damaged end of file. */
function endOfRows(text: string, rows: string[][], dialect: Dialect): number {
  return rows.length === 0 ? 0 : parse(text, dialect, rows.length, false).meta.cursor
}

function endOfLine(text: string, from: number, { newline }: Dialect): number {
  const at = text.indexOf(newline, from)
  return at < 0 ? text.length : at + 1
}

function byteLength(text: string, characters: number, { encoding }: Dialect): number {
  if (encoding === 'windows-1252') return characters
  if (encoding !== 'utf-8') return characters * 2
  return new TextEncoder().encode(text.slice(0, characters)).length
}
