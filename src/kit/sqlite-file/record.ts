/** One row as bytes: a header of serial types, then the values one after another (SQLite file format 2.1). */
import { type SqliteValue, serialOf } from './value.ts'
import { putVarint, varintSize } from './varint.ts'

const encoder = new TextEncoder()

/** The record of a row, in the order of its columns. */
export function recordOf(values: readonly SqliteValue[]): Uint8Array {
  const raw = values.map((value) => (typeof value === 'string' ? encoder.encode(value) : value))
  const serials = raw.map((value, index) => serialOf(value, typeof values[index] === 'string'))
  const types = serials.reduce((sum, { type }) => sum + varintSize(type), 0)
  const header = headerSize(types)
  const record = new Uint8Array(header + serials.reduce((sum, { size }) => sum + size, 0))
  const view = new DataView(record.buffer)
  let at = putVarint(record, 0, header)
  for (const { type } of serials) at = putVarint(record, at, type)
  for (const [index, value] of raw.entries())
    at = putValue(record, view, at, value, serials[index]?.type ?? 0)
  return record
}

/** The size of the header counts the bytes that say it. */
function headerSize(types: number): number {
  const size = types + varintSize(types)
  return varintSize(size) === varintSize(types) ? size : size + 1
}

function putValue(
  record: Uint8Array,
  view: DataView,
  at: number,
  value: null | number | bigint | Uint8Array,
  type: number,
): number {
  if (value instanceof Uint8Array) {
    record.set(value, at)
    return at + value.length
  }
  if (type === 7) view.setFloat64(at, Number(value))
  else if (type === 6) view.setBigInt64(at, BigInt(value ?? 0))
  else if (type >= 1 && type <= 5) return putInteger(record, at, Number(value), type === 5 ? 6 : type)
  else return at
  return at + 8
}

/** Two's complement, the greatest byte first. */
function putInteger(record: Uint8Array, at: number, value: number, size: number): number {
  let rest = value < 0 ? value + 256 ** size : value
  for (let index = size - 1; index >= 0; index -= 1) {
    record[at + index] = rest % 256
    rest = Math.floor(rest / 256)
  }
  return at + size
}
