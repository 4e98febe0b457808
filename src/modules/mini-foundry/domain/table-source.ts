/**
 * Tables that are read again and again (a sheet, a CSV or a JSON list behind an address) as facts. They are read by the
 * same rules as an imported file; what a person mapped wins over what the names of the columns suggest.
 */
import { businessDay } from '../../../kit/calendar.ts'
import type { NormaliseContext, Normalised, Refused } from '../../../platform/source-reader.ts'
import type { FactBatch } from './facts.ts'
import { emptyCarry } from './import/carry.ts'
import { readChunk } from './import/chunk.ts'
import { missingFields } from './import/fields.ts'
import { guessMapping, toMapping } from './import/guess.ts'
import { columnMeanings } from './import/plan.ts'
import { emptyProfile, profileRecords, settle } from './import/profile.ts'
import { IMPORT_KINDS, type ImportKind, type ImportMapping, type ImportOptions } from './import/types.ts'

/** What a reader of tables hands on as its raw page. */
export interface RawTable {
  columns: string[]
  rows: string[][]
}

/** More rows belong into an import, which comes in pieces. */
export const MOST_TABLE_ROWS = 20_000
const SAMPLE = 50

/** The one stream of such a source. */
export const TABLE_STREAM = 'rows'

export const kindOf = (settings: Record<string, unknown>): ImportKind =>
  IMPORT_KINDS.find((kind) => kind === settings.kind) ?? 'orders'

/** What is wrong with what a person chose, or null. */
export function kindFault(settings: Record<string, unknown>): { path: string; message: string } | null {
  if (IMPORT_KINDS.some((kind) => kind === settings.kind)) return null
  return { path: 'kind', message: `Choose what its rows are: ${IMPORT_KINDS.join(', ')}.` }
}

/** The mapping that holds: a person's, else the guess from names and values. */
export function tableMapping(
  table: RawTable,
  kind: ImportKind,
  chosen: Record<string, unknown> | null,
): ImportMapping {
  if (chosen)
    return Object.fromEntries(Object.entries(chosen).map(([column, field]) => [column, String(field)]))
  return toMapping(guessMapping(kind, table.columns, table.rows.slice(0, SAMPLE)))
}

/** `raw` is a `RawTable` as JSON. Columns that are needed and not there refuse every row, in words. */
export function normaliseTable(raw: string, context: NormaliseContext): Normalised<FactBatch> {
  const table = JSON.parse(raw) as RawTable
  const kind = kindOf(context.settings)
  const mapping = tableMapping(table, kind, context.mapping)
  const drift = driftOf(table, context.mapping)
  const present = Object.entries(mapping).filter(([column]) => table.columns.includes(column))
  const missing = missingFields(
    kind,
    present.map(([, field]) => field),
  )
  if (missing.length > 0) {
    const wanted = missing
      .map((group) => group.map(({ label }) => label.toLowerCase()).join(' or '))
      .join(', and ')
    const reason = `No column is mapped to ${wanted}. Say on the mapping page which one it is.`
    return { batch: {}, refused: [{ extId: null, record: JSON.stringify(table.columns), reason }], drift }
  }
  const records = table.rows.map((cells, index) => ({
    cells: cells.map((cell) => cell.trim()),
    line: index + 2,
  }))
  const columns = { kind, columns: table.columns, mapping }
  const profile = emptyProfile()
  profileRecords(profile, records, columns)
  const settled = settle(profile, optionsOf(context.settings), localeOf(context.settings))
  const chunk = readChunk(
    records,
    {
      ...columns,
      duplicates: 'skip',
      lineIds: settled.lineIds,
      context: {
        ...columnMeanings(table.columns, mapping),
        currency: String(context.settings.currency || context.currency),
        timeZone: context.timeZone,
        dateOrder: settled.dateOrder,
        decimalMark: settled.decimalMark,
        srcUpdatedAt: context.now,
        today: businessDay(context.now, context.timeZone),
      },
    },
    emptyCarry(),
  )
  const events = [...(chunk.facts.events ?? []), ...chunk.refunds]
  const batch = events.length > 0 ? { ...chunk.facts, events } : chunk.facts
  return {
    batch,
    orderExtIds: [...new Set(events.map((event) => event.orderExtId))],
    refused: chunk.failures.map((failure): Refused => {
      const where = failure.column ? `${failure.column}: ` : ''
      return {
        extId: `row ${failure.line}`,
        record: JSON.stringify(failure.cells),
        reason: `${where}${failure.message}`,
      }
    }),
    drift,
  }
}

/** Columns that a person mapped and that are gone. New columns are nobody's business until they are mapped. */
function driftOf(table: RawTable, mapping: Record<string, unknown> | null): Normalised<FactBatch>['drift'] {
  return Object.keys(mapping ?? {})
    .filter((column) => !table.columns.includes(column))
    .map((column) => ({
      path: column,
      change: 'missing' as const,
      detail: `The column "${column}" was mapped and is not in the table any more.`,
    }))
}

function optionsOf(settings: Record<string, unknown>): ImportOptions {
  const { date_order, decimal_mark } = settings
  return {
    ...(date_order === 'dmy' || date_order === 'mdy' || date_order === 'ymd'
      ? { dateOrder: date_order }
      : {}),
    ...(decimal_mark === '.' || decimal_mark === ',' ? { decimalMark: decimal_mark } : {}),
  }
}

const localeOf = (settings: Record<string, unknown>) => ({
  locale: String(settings.locale ?? 'en-US'),
  country: String(settings.country ?? ''),
})
