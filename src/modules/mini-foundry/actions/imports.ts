/** Starting, steering and stopping imports. The work itself is done by the queue (imports-run.ts). */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import {
  type FieldError,
  fail,
  forbidden,
  invalid,
  notFound,
  ok,
  type Result,
} from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { FIELDS, missingFields } from '../domain/import/fields.ts'
import { guessMapping, toMapping } from '../domain/import/guess.ts'
import {
  DATE_ORDERS,
  DECIMAL_MARKS,
  IMPORT_KINDS,
  type ImportKind,
  type ImportMapping,
  type ImportNote,
  type ImportOptions,
} from '../domain/import/types.ts'
import { fileKey } from '../store/import-files.ts'
import { cancelRow, ensureFileSource, importRow, insertImport, leaveMapping } from '../store/imports.ts'
import { recountSource } from '../store/landing-sources.ts'
import { sniffFile } from './imports-file.ts'

export const MAX_FILE_BYTES = 250 * 1024 * 1024

/** A place for a file that is about to come: its import's id, and where to put it. */
export function newImportFile(services: Services, actor: Actor): Result<{ id: string; key: string }> {
  if (!can(actor, 'foundry:write')) return forbidden('import files')
  const id = uuidv7(services.clock.now())
  return ok({ id, key: fileKey(actor.tenantId, id) })
}

/** A file that came with something that is refused does not stay. */
export async function discardImportFile(services: Services, actor: Actor, id: string): Promise<void> {
  await services.files.remove([fileKey(actor.tenantId, id)])
}

/** What came with a file, as text: from a form or from the API. */
export interface ImportWish {
  kind?: string
  /** JSON: column -> field. Absent: guessed. */
  mapping?: string
  currency?: string
  date_order?: string
  decimal_mark?: string
  duplicates?: string
}

export interface ArrivedFile {
  id: string
  fileName: string
  bytes: number
}

/**
 * Makes the import of a file that has arrived. With `ask` a person confirms the columns first; without it the work
 * begins at once, and a required field that neither the mapping nor the guess finds is refused.
 */
export async function createImport(
  services: Services,
  actor: Actor,
  file: ArrivedFile,
  wish: ImportWish,
  ask = false,
): Promise<Result<{ id: string }>> {
  if (!can(actor, 'foundry:write')) return forbidden('import files')
  const key = fileKey(actor.tenantId, file.id)
  const decided = await decide(services, key, file, wish, ask)
  if (!decided.ok) {
    await services.files.remove([key])
    return decided
  }
  const { kind, mapping, options, notes } = decided.value
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  const nowIso = isoInstant(now)
  await db.write([
    ensureFileSource(db, uuidv7(now), nowIso),
    insertImport(db, {
      id: file.id,
      kind,
      stage: ask ? 'mapping' : 'waiting',
      fileName: file.fileName.slice(0, 200) || 'file.csv',
      fileKey: key,
      fileBytes: file.bytes,
      mapping,
      options,
      notes,
      createdBy: actor.id,
      nowIso,
    }),
    recordAudit(db, now, actor, 'import.created', file.id, {
      kind,
      fileName: file.fileName,
      bytes: file.bytes,
    }),
  ])
  if (!ask)
    await services.queue.send({ kind: 'import.continue', tenantId: actor.tenantId, importId: file.id })
  return ok({ id: file.id })
}

/** The columns are as they should be: on with it. Possible once, while the import waits for it. */
export async function startImport(
  services: Services,
  actor: Actor,
  importId: string,
  input: { mapping: ImportMapping; options?: ImportWish },
): Promise<Result<{ id: string }>> {
  if (!can(actor, 'foundry:write')) return forbidden('import files')
  const db = services.tenant(actor.tenantId)
  const row = await db.get(importRow(db, importId))
  if (!row) return notFound('import')
  const chosen = readOptions(input.options ?? {})
  if (!chosen.ok) return chosen
  const sniffed = await sniffFile(services.files, { key: row.fileKey, bytes: row.fileBytes }, row.options)
  const columns = sniffed?.columns ?? []
  const mapping = Object.fromEntries(Object.entries(input.mapping).filter(([, field]) => field !== ''))
  const errors = mappingErrors(row.kind, columns, mapping)
  if (errors.length > 0) return invalid(errors, errors[0]?.message)
  const options = { ...row.options, ...chosen.value }
  const now = services.clock.now()
  const [left] = await db.write([
    leaveMapping(db, importId, mapping, options, isoInstant(now)),
    recordAudit(db, now, actor, 'import.started', importId, { fileName: row.fileName }),
  ])
  if (!left) {
    return fail(
      'conflict',
      'import-started',
      'This import has started already, so its columns can no longer change.',
    )
  }
  await services.queue.send({ kind: 'import.continue', tenantId: actor.tenantId, importId })
  return ok({ id: importId })
}

/** Stops an import; rows that have landed stay until it is undone. */
export async function cancelImport(
  services: Services,
  actor: Actor,
  importId: string,
): Promise<Result<{ id: string }>> {
  if (!can(actor, 'foundry:write')) return forbidden('cancel imports')
  const db = services.tenant(actor.tenantId)
  const row = await db.get(importRow(db, importId))
  if (!row) return notFound('import')
  if (row.status === 'cancelled') return ok({ id: importId })
  const now = services.clock.now()
  const [cancelled] = await db.write([
    cancelRow(db, importId, isoInstant(now)),
    recountSource(db, row.sourceId, isoInstant(now)),
    recordAudit(db, now, actor, 'import.cancelled', importId, { fileName: row.fileName }),
  ])
  if (!cancelled)
    return fail('conflict', 'import-finished', 'This import has ended already. It can be undone instead.')
  await services.queue.send({ kind: 'rollup', tenantId: actor.tenantId })
  await services.live.importMoved(actor.tenantId, importId)
  return ok({ id: importId })
}

interface Decided {
  kind: ImportKind
  mapping: ImportMapping
  options: ImportOptions
  notes: ImportNote[]
}

async function decide(
  services: Services,
  key: string,
  file: ArrivedFile,
  wish: ImportWish,
  ask: boolean,
): Promise<Result<Decided>> {
  const kind = IMPORT_KINDS.find((known) => known === wish.kind)
  if (!kind) {
    return invalid([{ path: 'kind', message: `Say what the file holds: ${IMPORT_KINDS.join(', ')}.` }])
  }
  const options = readOptions(wish)
  if (!options.ok) return options
  if (file.bytes === 0) return invalid([{ path: 'file', message: 'The file is empty. Choose another one.' }])
  const sniffed = await sniffFile(services.files, { key, bytes: file.bytes }, options.value)
  if (!sniffed) {
    return invalid([
      { path: 'file', message: 'The file has no header row with the names of its columns. Add one.' },
    ])
  }
  const given = readMapping(wish.mapping)
  if (!given.ok) return given
  const guessed = given.value === null
  const mapping = given.value ?? toMapping(guessMapping(kind, sniffed.columns, sniffed.sample))
  const errors = mappingErrors(kind, sniffed.columns, mapping)
  if (errors.length > 0 && !ask) return invalid(errors, errors[0]?.message)
  const { encoding, delimiter, newline } = sniffed
  const left = sniffed.columns.filter((column) => !mapping[column])
  const notes: ImportNote[] =
    guessed && !ask
      ? [
          {
            level: 'info',
            text: `Columns were matched by their names: ${matched(sniffed.columns, mapping)}.${leftOut(left)}`,
          },
        ]
      : []
  return ok({ kind, mapping, options: { ...options.value, encoding, delimiter, newline }, notes })
}

const matched = (columns: string[], mapping: ImportMapping): string =>
  columns
    .filter((column) => mapping[column])
    .map((column) => `${column} → ${mapping[column]}`)
    .join(', ')

const leftOut = (columns: string[]): string => (columns.length > 0 ? ` Left out: ${columns.join(', ')}.` : '')

function readMapping(text: string | undefined): Result<ImportMapping | null> {
  if (text === undefined || text.trim() === '') return ok(null)
  const refuse = () =>
    invalid([
      {
        path: 'mapping',
        message:
          'mapping is a JSON object from the names of columns to fields, e.g. {"Order ID": "order_id"}.',
      },
    ])
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse()
    const entries = Object.entries(value).filter(([, field]) => field !== null && field !== '')
    if (entries.some(([, field]) => typeof field !== 'string')) return refuse()
    return ok(Object.fromEntries(entries) as ImportMapping)
  } catch {
    return refuse()
  }
}

function readOptions(wish: ImportWish): Result<ImportOptions> {
  const errors: FieldError[] = []
  const options: ImportOptions = {}
  if (wish.currency) {
    if (/^[A-Za-z]{3}$/.test(wish.currency)) options.currency = wish.currency.toUpperCase()
    else errors.push({ path: 'currency', message: 'A currency is three letters, for example EUR.' })
  }
  if (wish.date_order) {
    options.dateOrder = DATE_ORDERS.find((order) => order === wish.date_order)
    if (!options.dateOrder)
      errors.push({ path: 'date_order', message: `date_order is one of ${DATE_ORDERS.join(', ')}.` })
  }
  if (wish.decimal_mark) {
    options.decimalMark = DECIMAL_MARKS.find((mark) => mark === wish.decimal_mark)
    if (!options.decimalMark) errors.push({ path: 'decimal_mark', message: 'decimal_mark is "." or ",".' })
  }
  if (wish.duplicates) {
    if (wish.duplicates === 'skip' || wish.duplicates === 'keep') options.duplicates = wish.duplicates
    else errors.push({ path: 'duplicates', message: 'duplicates is skip or keep.' })
  }
  return errors.length > 0 ? invalid(errors) : ok(options)
}

/** Columns that are not in the file, fields that do not exist or come twice, and required fields that no column has. */
function mappingErrors(kind: ImportKind, columns: string[], mapping: ImportMapping): FieldError[] {
  const errors: FieldError[] = []
  const seen = columns.map((column) => `"${column}"`).join(', ')
  for (const [column, field] of Object.entries(mapping)) {
    if (!columns.includes(column)) {
      errors.push({
        path: `mapping.${column}`,
        message: `The file has no column "${column}". It has ${seen}.`,
      })
    }
    if (!FIELDS[kind].some((known) => known.name === field)) {
      const names = FIELDS[kind].map((known) => known.name).join(', ')
      errors.push({
        path: `mapping.${column}`,
        message: `There is no field "${field}". The fields are ${names}.`,
      })
    }
  }
  const fields = Object.values(mapping)
  for (const field of new Set(fields.filter((name, index) => fields.indexOf(name) !== index))) {
    errors.push({
      path: 'mapping',
      message: `More than one column is mapped to ${field}. Choose one of them.`,
    })
  }
  for (const group of missingFields(kind, fields)) {
    const names = group.map((field) => `${field.label.toLowerCase()} (${field.name})`).join(' or ')
    errors.push({
      path: 'mapping',
      message: `No column was found for ${names}. Map one of the columns of the file to it: ${seen}.`,
    })
  }
  return errors
}
