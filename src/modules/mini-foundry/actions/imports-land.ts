/** Lands the rows of one import: each step takes the next chunk of the file and writes it as one transaction. */
import Papa from 'papaparse'
import { businessDay } from '../../../kit/calendar.ts'
import type { Actor } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { errorText } from '../../../platform/log.ts'
import type { Services } from '../../../platform/services.ts'
import { type Carry, emptyCarry } from '../domain/import/carry.ts'
import { type ChunkFacts, readChunk } from '../domain/import/chunk.ts'
import { countNotes } from '../domain/import/notes.ts'
import { columnMeanings, isBlank, type ReadingPlan } from '../domain/import/plan.ts'
import { usualOrder } from '../domain/import/profile.ts'
import type { TakenRecords } from '../domain/import/records.ts'
import type { Sniffed } from '../domain/import/sniff.ts'
import type { Dialect, ImportOptions, RowFailure } from '../domain/import/types.ts'
import { errorsKey, keepCarry, loadCarry } from '../store/import-files.ts'
import { type ImportRow, standsAlone } from '../store/imports.ts'
import { chunkStatements } from '../store/imports-landing.ts'
import { recordReader, sniffFile } from './imports-file.ts'

export const CHUNK_ROWS = 2_000

export interface Landing {
  readonly cursor: number
  /** Lands the next chunk; answers its rows, or null when the import no longer stands here (cancelled, or done by another). */
  next(): Promise<number | null>
}

export async function openLanding(
  services: Services,
  actor: Actor,
  row: ImportRow,
  rows = CHUNK_ROWS,
): Promise<Landing> {
  const db = services.tenant(actor.tenantId)
  const { plan, dialect } = await openPlan(services, actor, row)
  const reader = recordReader(services.files, { key: row.fileKey, bytes: row.fileBytes }, dialect)
  const carry = await loadCarry(services.files, actor.tenantId, row.id, row.cursorByte)
  const alone = await db.get(standsAlone(db, row.id))
  let { cursorByte: cursor, cursorLine: line, notes } = row
  return {
    get cursor() {
      return cursor
    },
    async next() {
      const taken = await reader.take(cursor, line, rows)
      if (taken.bytes === 0) throw new Error(`import ${row.id} does not move on at byte ${cursor}`)
      const chunk = readTaken(taken, plan, carry)
      const end = cursor + taken.bytes
      const merged = countNotes(notes, chunk.notes)
      await keepErrors(services, actor.tenantId, row.id, cursor, chunk)
      await keepCarry(services.files, actor.tenantId, row.id, end, chunk.delta)
      const scope = { ...scopeOf(row, cursor), alone }
      const nowIso = isoInstant(services.clock.now())
      const results = await db.write(
        chunkStatements(db, scope, chunk, {
          cursorByte: end,
          cursorLine: line + taken.lines,
          notes: merged,
          nowIso,
        }),
      )
      if (!results.at(-1)) return null
      cursor = end
      line += taken.lines
      notes = merged
      return taken.records.length
    },
  }
}

/** Lands an import that still stands once more, up to where it came: after another one was undone. Nothing is counted. */
export async function openLandingAgain(
  services: Services,
  actor: Actor,
  row: ImportRow,
  from: { cursor: number; line: number } | null,
): Promise<{ readonly at: { cursor: number; line: number }; next(): Promise<boolean> }> {
  const db = services.tenant(actor.tenantId)
  const { plan, dialect, sniffed } = await openPlan(services, actor, row)
  const reader = recordReader(services.files, { key: row.fileKey, bytes: row.fileBytes }, dialect)
  const carry = from ? await loadCarry(services.files, actor.tenantId, row.id, from.cursor) : emptyCarry()
  let at = from ?? { cursor: sniffed.dataByte, line: sniffed.dataLine }
  return {
    get at() {
      return at
    },
    /** False when there is nothing left. */
    async next() {
      if (at.cursor >= row.cursorByte) return false
      const taken = await reader.take(at.cursor, at.line, CHUNK_ROWS)
      const chunk = readTaken(taken, plan, carry)
      const cursor = at.cursor + taken.bytes
      await keepCarry(services.files, actor.tenantId, row.id, cursor, chunk.delta)
      await db.write(chunkStatements(db, scopeOf(row), chunk, null))
      at = { cursor, line: at.line + taken.lines }
      return true
    },
  }
}

const scopeOf = (row: ImportRow, cursor?: number) =>
  ({ sourceId: row.sourceId, importId: row.id, kind: row.kind, origin: 'history', cursor }) as const

export interface OpenedPlan {
  plan: ReadingPlan
  dialect: Dialect
  sniffed: Sniffed
}

async function openPlan(services: Services, actor: Actor, row: ImportRow): Promise<OpenedPlan> {
  const sniffed = await sniffFile(services.files, { key: row.fileKey, bytes: row.fileBytes }, row.options)
  if (!sniffed) throw new Error(`the file of import ${row.id} has lost its header`)
  return {
    plan: planOf(row, row.options, sniffed.columns, actor, row.sequence ?? 0),
    dialect: sniffed,
    sniffed,
  }
}

/** How rows are read, from what was chosen and found. The version is the import's place in the sequence of imports. */
export function planOf(
  row: Pick<ImportRow, 'kind' | 'mapping' | 'createdAt'>,
  options: ImportOptions,
  columns: string[],
  actor: Actor,
  sequence: number,
): ReadingPlan {
  const { workspace } = actor
  return {
    kind: row.kind,
    columns,
    mapping: row.mapping,
    duplicates: options.duplicates ?? 'skip',
    lineIds: options.lineIds ?? false,
    context: {
      currency: options.currency ?? workspace.currency,
      timeZone: workspace.timeZone,
      dateOrder: options.dateOrder ?? usualOrder(workspace),
      decimalMark: options.decimalMark ?? '.',
      srcUpdatedAt: sequence,
      today: businessDay(Date.parse(row.createdAt), workspace.timeZone),
      ...columnMeanings(columns, row.mapping),
    },
  }
}

const UNCLOSED =
  'A quotation mark opens on this line and is never closed, so the row cannot be told from the next. Close it and import the row again.'

function readTaken(taken: TakenRecords, plan: ReadingPlan, carry: Carry): ChunkFacts {
  const chunk = readChunk(taken.records, plan, carry)
  if (taken.unclosed && !isBlank(taken.unclosed.cells)) {
    const { line, cells } = taken.unclosed
    chunk.failures.push({ line, column: '', value: cells[0] ?? '', message: UNCLOSED, cells })
  }
  return chunk
}

/** Written before the transaction that counts them, under the cursor's name: a second try writes the same file again. */
async function keepErrors(
  services: Services,
  tenantId: string,
  importId: string,
  cursor: number,
  chunk: ChunkFacts,
): Promise<void> {
  const told = [
    ...chunk.failures.map((failure) => ({ ...failure, result: 'not imported' })),
    ...chunk.duplicates.map((failure) => ({ ...failure, result: 'left out' })),
  ].sort((a, b) => a.line - b.line)
  if (told.length === 0) return
  const text = Papa.unparse(told.map(errorCells), { header: false, newline: '\r\n', escapeFormulae: true })
  await services.files.put(errorsKey(tenantId, importId, cursor), `${text}\r\n`, 'text/csv; charset=utf-8')
}

const errorCells = (failure: RowFailure & { result: string }): string[] => [
  String(failure.line),
  failure.result,
  failure.column,
  failure.value,
  failure.message,
  ...failure.cells,
]

/** What is left lying after the end costs a little room and no more: it never fails the work. */
export async function tidy(services: Services, work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => services.log.warn('import.untidy', { error: errorText(error) }))
}
