/** Some rows of a file into facts, failures, duplicates and notes: pure, so that a row always gives the same. */
import type { FactBatch, SaleEventFact } from '../facts.ts'
import type { Carry, CarryDelta } from './carry.ts'
import { columnOf, type FieldPlaces, fieldPlaces, isBlank, type ReadingPlan, rowOf } from './plan.ts'
import { readInvoiceRow } from './rows/invoices.ts'
import { ORDER_LEVEL_FIELDS, orderIdOf, readOrderRow } from './rows/orders.ts'
import { readContactRow, readCustomerRow } from './rows/people.ts'
import { readProductRow } from './rows/products.ts'
import { CellProblem, hasOddEmail, MAX_ID, type NoteKey, type Row, type RowFacts } from './rows/row.ts'
import { readSpendRow, spendKeyOf } from './rows/spend.ts'
import type { CsvRecord, RowFailure } from './types.ts'

export interface ChunkFacts {
  facts: FactBatch
  /** Refunds that rows marked refunded bring beside their sale: more facts, but no more rows. */
  refunds: SaleEventFact[]
  /** Rows whose product landed with an earlier row and that only add a stock level. */
  extraRows: number
  failures: RowFailure[]
  duplicates: RowFailure[]
  notes: Map<NoteKey, number>
  delta: CarryDelta
}

/** Reads records in the order of the file; `carry` is moved on. */
export function readChunk(records: CsvRecord[], plan: ReadingPlan, carry: Carry): ChunkFacts {
  const chunk: Chunk = {
    facts: { ifAbsent: { customers: [], products: [] } },
    refunds: [],
    extraRows: 0,
    failures: [],
    duplicates: [],
    notes: new Map(),
    delta: { rows: [], keys: [], last: carry.last },
    plan,
    carry,
    places: fieldPlaces(plan.columns, plan.mapping),
  }
  for (const record of records) if (!isBlank(record.cells)) readRecord(record, chunk)
  chunk.delta.last = carry.last
  const { facts, refunds, extraRows, failures, duplicates, notes, delta } = chunk
  return { facts, refunds, extraRows, failures, duplicates, notes, delta }
}

interface Chunk extends ChunkFacts {
  plan: ReadingPlan
  carry: Carry
  places: FieldPlaces
}

/** What a reader answers when the row names something the file has named before. */
class SameAs {
  readonly field: string
  readonly message: string
  constructor(field: string, message: string) {
    this.field = field
    this.message = message
  }
}

function readRecord(record: CsvRecord, chunk: Chunk): void {
  const { plan, carry } = chunk
  const surplus = record.cells.slice(plan.columns.length).find((cell) => cell !== '')
  if (surplus !== undefined) {
    const message = `This row has ${record.cells.length} cells, the header ${plan.columns.length}. A value that holds the delimiter needs quotation marks around it.`
    chunk.failures.push({ line: record.line, column: '', value: surplus, message, cells: record.cells })
    return
  }
  const row = rowOf(record.cells, chunk.places)
  const twin = carry.rows.get(row.hash)
  if (twin !== undefined && plan.duplicates === 'skip') {
    const message = `The same as line ${twin}, to the letter. It was left out.`
    chunk.duplicates.push({ line: record.line, column: '', value: '', message, cells: record.cells })
    return
  }
  if (twin === undefined) remember(chunk, 'rows', row.hash, record.line)
  const read = readByKind(row, record.line, chunk)
  if (read instanceof CellProblem) {
    const { value, message } = read
    chunk.failures.push({
      line: record.line,
      column: columnOf(plan, read.field),
      value,
      message,
      cells: record.cells,
    })
  } else if (read instanceof SameAs) {
    const column = columnOf(plan, read.field)
    chunk.duplicates.push({
      line: record.line,
      column,
      value: row.get(read.field),
      message: read.message,
      cells: record.cells,
    })
  } else if (hasOddEmail(row)) add(chunk, { ...read, notes: [...(read.notes ?? []), 'email-odd'] })
  else add(chunk, read)
}

function readByKind(row: Row, line: number, chunk: Chunk): RowFacts | CellProblem | SameAs {
  const { context } = chunk.plan
  switch (chunk.plan.kind) {
    case 'orders':
      return readOrder(row, chunk)
    case 'spend': {
      const key = spendKeyOf(row, context)
      if (key instanceof CellProblem) return key
      const position = (chunk.carry.keys.get(key) ?? 0) + 1
      const read = readSpendRow(row, key, position, context)
      if (!(read instanceof CellProblem)) remember(chunk, 'keys', key, position)
      return read
    }
    case 'customers':
      return onlyOnce(readCustomerRow(row, context), 'customers', 'customer_id', line, chunk)
    case 'contacts':
      return onlyOnce(readContactRow(row, context), 'contacts', 'contact_id', line, chunk)
    case 'invoices':
      return onlyOnce(readInvoiceRow(row, context), 'invoices', 'number', line, chunk)
    case 'products':
      return onlyOnceEachPlace(readProductRow(row, context), line, chunk)
  }
}

function readOrder(row: Row, chunk: Chunk): RowFacts | CellProblem {
  const { plan, carry } = chunk
  const hasIds = chunk.places.has('order_id')
  const id = orderIdOf(row, hasIds)
  if (id instanceof CellProblem) return id
  const filled = hasIds ? filledDown(row, id, carry) : row
  const position = (carry.keys.get(id) ?? 0) + 1
  const ownId = plan.lineIds ? row.get('line_id').slice(0, MAX_ID) : ''
  const read = readOrderRow(filled, { id, lineId: ownId || String(position), position }, plan.context)
  if (read instanceof CellProblem) return read
  remember(chunk, 'keys', id, position)
  return hasIds ? read : { ...read, notes: [...(read.notes ?? []), 'order-per-row'] }
}

/** Cells of the order as a whole that are empty here are those of its row before. */
function filledDown(row: Row, id: string, carry: Carry): Row {
  const above = carry.last?.id === id ? carry.last.cells : {}
  const cells = Object.fromEntries(
    ORDER_LEVEL_FIELDS.map((field) => [field, row.get(field) || (above[field] ?? '')]),
  )
  carry.last = { id, cells }
  return { hash: row.hash, get: (field) => cells[field] ?? row.get(field) }
}

function onlyOnce(
  read: RowFacts | CellProblem,
  kind: 'customers' | 'contacts' | 'invoices',
  field: string,
  line: number,
  chunk: Chunk,
): RowFacts | CellProblem | SameAs {
  if (read instanceof CellProblem) return read
  const key = read.facts[kind]?.[0]?.extId ?? ''
  const first = chunk.carry.keys.get(key)
  if (first !== undefined)
    return new SameAs(field, `Line ${first} has the same ${kind.slice(0, -1)}. This row was left out.`)
  remember(chunk, 'keys', key, line)
  return read
}

/** A product may stand once for each place where it is in stock. */
function onlyOnceEachPlace(
  read: RowFacts | CellProblem,
  line: number,
  chunk: Chunk,
): RowFacts | CellProblem | SameAs {
  if (read instanceof CellProblem) return read
  const [product] = read.facts.products ?? []
  const [level] = read.facts.inventory ?? []
  const seen = chunk.carry.keys.get(product?.extId ?? '')
  const place = level?.extId ?? product?.extId ?? ''
  const first = level ? chunk.carry.keys.get(place) : seen
  if (first !== undefined)
    return new SameAs('sku', `Line ${first} has the same product. This row was left out.`)
  remember(chunk, 'keys', place, line)
  if (seen === undefined) {
    remember(chunk, 'keys', product?.extId ?? '', line)
    return read
  }
  chunk.extraRows += 1
  return { ...read, facts: { inventory: read.facts.inventory } }
}

function remember(chunk: Chunk, what: 'rows' | 'keys', key: string, value: number): void {
  chunk.carry[what].set(key, value)
  chunk.delta[what].push([key, value])
}

function add(chunk: Chunk, read: RowFacts): void {
  for (const [kind, facts] of Object.entries(read.facts)) {
    if (kind === 'ifAbsent') continue
    const [own, ...more] = facts as SaleEventFact[]
    const lists = chunk.facts as Record<string, unknown[] | undefined>
    const list = lists[kind] ?? []
    if (own) list.push(own)
    lists[kind] = list
    chunk.refunds.push(...more)
  }
  for (const kind of ['customers', 'products'] as const) {
    for (const fact of read.facts.ifAbsent?.[kind] ?? []) {
      const key = `${kind}:${fact.extId}`
      if (chunk.carry.passing.has(key)) continue
      chunk.carry.passing.add(key)
      chunk.facts.ifAbsent?.[kind]?.push(fact as never)
    }
  }
  for (const note of read.notes ?? []) chunk.notes.set(note, (chunk.notes.get(note) ?? 0) + 1)
}
