/** An import as it is shown: to pages, to the API, to whoever watches it. */
import type { ChunkFacts } from './chunk.ts'
import type { Guess } from './guess.ts'
import type { DateOrder, DecimalMark, ImportKind, ImportMapping, ImportNote, ImportOptions } from './types.ts'

export interface ImportRecord {
  id: string
  sourceId: string
  kind: ImportKind
  status: 'queued' | 'running' | 'completed' | 'completed_with_errors' | 'failed' | 'cancelled' | 'undone'
  stage: 'mapping' | 'waiting' | 'profiling' | 'landing' | 'undoing' | 'done'
  fileName: string
  fileBytes: number
  mapping: ImportMapping
  options: ImportOptions
  notes: ImportNote[]
  rowsTotal: number | null
  cursorByte: number
  rowsLanded: number
  rowsUnchanged: number
  rowsDuplicate: number
  rowsFailed: number
  error: string | null
  createdAt: string
  startedAt: string | null
  completedAt: string | null
}

export interface ImportError {
  line: number
  /** Left out as a duplicate, or not imported because it could not be read. */
  result: 'left out' | 'not imported'
  column: string
  value: string
  message: string
}

export interface ImportView {
  row: ImportRecord
  /** The first of them. */
  errors: ImportError[]
}

export interface ImportPreview {
  columns: { name: string; samples: string[]; guess: Guess | null }[]
  /** How the first rows would land with this mapping. */
  rows: ChunkFacts
  shown: number
  /** Values that read two ways, with nothing in the sample to decide: a person is asked. */
  questions: { date: string | null; number: string | null }
  settled: { dateOrder: DateOrder; decimalMark: DecimalMark }
}

/** Rows behind the cursor, of all kinds. */
export const rowsDone = (row: ImportRecord): number =>
  row.rowsLanded + row.rowsUnchanged + row.rowsDuplicate + row.rowsFailed

export const isAtWork = (row: ImportRecord): boolean =>
  row.stage === 'undoing' || row.status === 'running' || (row.status === 'queued' && row.stage !== 'mapping')

export const canUndo = (row: ImportRecord): boolean =>
  row.stage === 'done' &&
  ['completed', 'completed_with_errors', 'cancelled', 'failed'].includes(row.status) &&
  row.cursorByte > 0
