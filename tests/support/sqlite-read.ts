/**
 * Reads the tables of a SQLite file, written from the format's description alone, for tests that run where SQLite cannot open
 * files. No indexes, no WITHOUT ROWID tables.
 */
type Value = null | number | string | Uint8Array

/** Rows of every table, by name, in the order of their row numbers. */
export function readSqlite(bytes: Uint8Array): Map<string, Value[][]> {
  const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const size = file.getUint16(16) === 1 ? 65_536 : file.getUint16(16)
  const schema = rowsOf(file, size, 1)
  const tables = schema.filter(([type]) => type === 'table')
  return new Map(tables.map(([, name, , root]) => [String(name), rowsOf(file, size, Number(root))]))
}

function rowsOf(file: DataView, size: number, page: number): Value[][] {
  const start = (page - 1) * size
  const at = start + (page === 1 ? 100 : 0)
  const kind = file.getUint8(at)
  const count = file.getUint16(at + 3)
  const rows: Value[][] = []
  for (let index = 0; index < count; index += 1) {
    const cell = start + file.getUint16(at + (kind === 5 ? 12 : 8) + index * 2)
    if (kind === 5) rows.push(...rowsOf(file, size, file.getUint32(cell)))
    else rows.push(recordAt(file, size, cell))
  }
  if (kind === 5) rows.push(...rowsOf(file, size, file.getUint32(at + 8)))
  else if (kind !== 13) throw new Error(`page ${page} is no table page: ${kind}`)
  return rows
}

function recordAt(file: DataView, size: number, cell: number): Value[] {
  const [length, afterLength] = varint(file, cell)
  const [, start] = varint(file, afterLength)
  return decode(payload(file, size, start, length))
}

function payload(file: DataView, size: number, start: number, length: number): Uint8Array {
  const most = size - 35
  const least = Math.floor(((size - 12) * 32) / 255) - 23
  const wanted = least + ((length - least) % (size - 4))
  const local = length <= most ? length : wanted <= most ? wanted : least
  const all = new Uint8Array(length)
  const copy = (from: number, count: number, to: number) =>
    all.set(new Uint8Array(file.buffer, file.byteOffset + from, count), to)
  copy(start, local, 0)
  let done = local
  for (let next = local < length ? file.getUint32(start + local) : 0; next > 0; ) {
    const from = (next - 1) * size
    const count = Math.min(size - 4, length - done)
    copy(from + 4, count, done)
    done += count
    next = file.getUint32(from)
  }
  return all
}

function decode(record: Uint8Array): Value[] {
  const view = new DataView(record.buffer)
  const [headerEnd, first] = varint(view, 0)
  const values: Value[] = []
  let body = headerEnd
  for (let at = first; at < headerEnd; ) {
    const [type, next] = varint(view, at)
    at = next
    const [value, length] = valueAt(view, record, body, type)
    values.push(value)
    body += length
  }
  return values
}

function valueAt(view: DataView, record: Uint8Array, at: number, type: number): [Value, number] {
  if (type === 0) return [null, 0]
  if (type === 8 || type === 9) return [type - 8, 0]
  if (type === 7) return [view.getFloat64(at), 8]
  if (type >= 12) {
    const bytes = record.slice(at, at + ((type - (type % 2 === 0 ? 12 : 13)) >> 1))
    return [type % 2 === 0 ? bytes : new TextDecoder().decode(bytes), bytes.length]
  }
  const length = [0, 1, 2, 3, 4, 6, 8][type] ?? 0
  let whole = BigInt(view.getInt8(at))
  for (let index = 1; index < length; index += 1) whole = (whole << 8n) | BigInt(view.getUint8(at + index))
  return [Number(whole), length]
}

function varint(view: DataView, from: number): [value: number, next: number] {
  let value = 0
  for (let at = from; ; at += 1) {
    const byte = view.getUint8(at)
    value = value * 128 + (byte & 127)
    if (byte < 128) return [value, at + 1]
  }
}
