/** What is said about imports: their states and counts in words. */
import { numberFormat } from '../../../kit/format.ts'
import type { Tone } from '../../../views/badge.tsx'
import { type ImportRecord, rowsDone } from '../domain/import/model.ts'

export interface ImportReader {
  locale: string
  timeZone: string
}

const STATES: Record<ImportRecord['status'], { label: string; tone: Tone }> = {
  queued: { label: 'Waiting', tone: 'info' },
  running: { label: 'Running', tone: 'info' },
  completed: { label: 'Done', tone: 'success' },
  completed_with_errors: { label: 'Done, with rows left out', tone: 'warning' },
  failed: { label: 'Failed', tone: 'error' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
  undone: { label: 'Undone', tone: 'neutral' },
}

export function stateOf(row: ImportRecord): { label: string; tone: Tone } {
  if (row.stage === 'undoing') return { label: 'Being undone', tone: 'info' }
  if (row.stage === 'mapping' && row.status === 'queued')
    return { label: 'Check the columns', tone: 'warning' }
  return STATES[row.status]
}

export const count = (n: number, locale: string): string => numberFormat(locale).format(n)

const rows = (n: number, locale: string): string => (n === 1 ? 'one row' : `${count(n, locale)} rows`)

/** One sentence about where an import stands. */
export function whereItStands(row: ImportRecord, { locale }: ImportReader): string {
  if (row.stage === 'undoing') return 'What this import brought in is being taken out again.'
  if (row.status === 'undone')
    return 'This import was undone. Its rows are gone; what it had overwritten is back.'
  if (row.stage === 'mapping') return 'Look over the columns below, then start.'
  if (row.stage === 'waiting') return 'It starts as soon as the import before it is done.'
  if (row.stage === 'profiling')
    return 'Looking through the file: how many rows, how dates and numbers are written.'
  if (row.status === 'running')
    return `${count(rowsDone(row), locale)} of ${rows(row.rowsTotal ?? 0, locale)} read.`
  return outcome(row, locale)
}

function outcome(row: ImportRecord, locale: string): string {
  const parts = [
    row.rowsLanded > 0 ? `${rows(row.rowsLanded, locale)} came in` : '',
    row.rowsUnchanged > 0
      ? `${rows(row.rowsUnchanged, locale)} ${row.rowsUnchanged === 1 ? 'was' : 'were'} known already`
      : '',
    row.rowsDuplicate > 0 ? `${rows(row.rowsDuplicate, locale)} stood in the file twice` : '',
    row.rowsFailed > 0 ? `${rows(row.rowsFailed, locale)} could not be read` : '',
  ].filter(Boolean)
  if (parts.length === 0)
    return row.status === 'cancelled' ? 'Stopped before any row came in.' : 'No row came in.'
  const last = parts.pop()
  const text = parts.length > 0 ? `${parts.join(', ')} and ${last}` : `${last}`
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

export const sizeOf = (bytes: number, locale: string): string =>
  numberFormat(locale, {
    style: 'unit',
    unit: bytes < 1_000_000 ? 'kilobyte' : 'megabyte',
    maximumFractionDigits: bytes < 1_000_000 ? 0 : 1,
  }).format(bytes < 1_000_000 ? Math.max(1, bytes / 1000) : bytes / 1_000_000)
