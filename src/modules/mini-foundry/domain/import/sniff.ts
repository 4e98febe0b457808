/** What a file is made of, from its first bytes: encoding, delimiter, line ends, header, and where its rows begin. */
import { decodePiece, parseText, takeRecords } from './records.ts'
import type { Dialect, Encoding } from './types.ts'

/** Bytes of the file's start that are looked at. */
export const SNIFF_BYTES = 256 * 1024

export interface Sniffed extends Dialect {
  /** Column names, each once; a column without a name is called by its place. */
  columns: string[]
  /** The first rows under the header, for the preview and the guess. */
  sample: string[][]
  /** Where the rows begin. */
  dataByte: number
  dataLine: number
}

const DELIMITERS = [',', ';', '\t', '|']

/** `whole`: the bytes are all of the file. Choices already made are kept. Null when there is not even a header. */
export function sniff(
  bytes: Uint8Array,
  whole: boolean,
  chosen: { encoding?: Encoding; delimiter?: string } = {},
): Sniffed | null {
  const mark = byteOrderMark(bytes)
  const encoding = chosen.encoding ?? mark.encoding ?? guessEncoding(bytes, whole)
  const bom = mark.encoding === encoding ? mark.length : 0
  const text = decodePiece(bytes.subarray(bom), { encoding }, whole)
  const newline = text.includes('\n') || !text.includes('\r') ? '\n' : '\r'
  const told = /^sep=(.)\r?[\n]/i.exec(text)
  const delimiter = chosen.delimiter ?? told?.[1] ?? guessDelimiter(text, newline)
  return headed(bytes, whole, { encoding, delimiter, newline }, bom, told !== null)
}

function headed(
  bytes: Uint8Array,
  whole: boolean,
  dialect: Dialect,
  bom: number,
  told: boolean,
): Sniffed | null {
  let at = bom
  let line = 1
  for (let first = true; ; first = false) {
    const taken = takeRecords(bytes.subarray(at), dialect, line, 1, whole)
    const record = taken.records[0]
    if (!record) return null
    at += taken.bytes
    line += taken.lines
    const isHeader = record.cells.some((cell) => cell !== '') && !(first && told)
    if (!isHeader) continue
    const rest = takeRecords(bytes.subarray(at), dialect, line, 200, whole)
    const sample = rest.records.map((row) => row.cells).filter((cells) => cells.some((cell) => cell !== ''))
    return { ...dialect, columns: columnNames(record.cells), sample, dataByte: at, dataLine: line }
  }
}

function byteOrderMark(bytes: Uint8Array): { encoding: Encoding | null; length: number } {
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', length: 3 }
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', length: 2 }
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', length: 2 }
  return { encoding: null, length: 0 }
}

/** Without a mark: text of two-byte units is half zeros; what is not valid UTF-8 is taken for Windows' Western page. */
function guessEncoding(bytes: Uint8Array, whole: boolean): Encoding {
  const head = bytes.subarray(0, 4096)
  const zeros = [0, 0]
  head.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  })
  const many = head.length / 5
  if ((zeros[1] ?? 0) > many) return 'utf-16le'
  if ((zeros[0] ?? 0) > many) return 'utf-16be'
  return isUtf8(bytes, whole) ? 'utf-8' : 'windows-1252'
}

/** Whether the bytes are valid UTF-8; `whole` false forgives a character cut at the end. */
export function isUtf8(bytes: Uint8Array, whole: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: !whole })
    return true
  } catch {
    return false
  }
}

/** The delimiter that cuts the first rows into the most cells of the most constant number. */
function guessDelimiter(text: string, newline: '\n' | '\r'): string {
  let best = { delimiter: ',', score: 0 }
  for (const delimiter of DELIMITERS) {
    const rows = parseText(text.slice(0, 64_000), delimiter, newline, 50).filter(
      (row) => row.length > 1 || row[0] !== '',
    )
    const width = rows[0]?.length ?? 0
    const even = rows.filter((row) => row.length === width).length / Math.max(1, rows.length)
    const score = width > 1 ? even * even * Math.min(width, 40) : 0
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

function columnNames(cells: string[]): string[] {
  const seen = new Map<string, number>()
  return cells.map((cell, index) => {
    const name = cell.replace(/\s+/g, ' ').slice(0, 200) || `Column ${index + 1}`
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name} (${times})`
  })
}
