/** A source's mapping: the standard one in words, a table's columns, and the words people put in place of the source's. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { MappingLine } from '../../../platform/source-reader.ts'
import { FIELDS, missingFields } from '../domain/import/fields.ts'
import type { ImportKind, ImportMapping } from '../domain/import/types.ts'
import { readerOf } from '../domain/ports.ts'
import { EVERY_STREAM, RENAMED, type Renamed, renamesOf, renamesSchema } from '../domain/source-mapping.ts'
import { kindOf, type RawTable, TABLE_STREAM, tableMapping } from '../domain/table-source.ts'
import { keepMapping, type MappingRow, mappingsOf, wordsOf } from '../store/source-mapping.ts'
import { type SourceRow, sourceById } from '../store/sources.ts'
import { readContextOf } from './sync-context.ts'
import { replayRaw } from './sync-replay.ts'

export interface MappedColumn {
  column: string
  samples: string[]
  field: string
}

export interface MappingView {
  source: SourceRow
  standard: readonly MappingLine[]
  /** Of a source of tables: what it is read as, and its columns as they are now. */
  table: { kind: ImportKind; columns: MappedColumn[]; isOwn: boolean; fault: string | null } | null
  /** For each dimension the source's words, how often each stands there, and ours. */
  words: { dimension: Renamed; values: { value: string; n: number; ours: string }[] }[]
  version: number
}

const SAMPLES = 3

export async function readMapping(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<MappingView>> {
  if (!can(actor, 'foundry:read')) return forbidden('see data sources')
  const db = services.tenant(actor.tenantId)
  const [source, kept] = await db.getAll([sourceById(db, id), mappingsOf(db, id)])
  if (!source) return notFound('data source')
  const reader = readerOf(services.readers, source.sourceType)
  const isTable = reader?.streams(source.settings).some(({ name }) => name === TABLE_STREAM) ?? false
  const renames = renamesOf(kept)
  const found = await db.getAll(RENAMED.map((dimension) => wordsOf(db, id, dimension)))
  return ok({
    source,
    standard: reader?.mapping ?? [],
    table: isTable ? await tableOf(services, actor, source, kept) : null,
    words: RENAMED.map((dimension, index) => ({
      dimension,
      values: withOurs(found[index] ?? [], renames?.[dimension] ?? {}),
    })),
    version: kept.reduce((all, row) => all + row.version, 0),
  })
}

/** Facts hold our words already: each is shown under the source's own, also when that one is not in use any more. */
function withOurs(found: readonly { value: string; n: number }[], renamed: Record<string, string>) {
  const sources = Object.entries(renamed).map(([value, ours]) => ({
    value,
    ours,
    n: found.find((row) => row.value === ours)?.n ?? 0,
  }))
  const targets = new Set(Object.values(renamed))
  const plain = found.filter(({ value }) => !targets.has(value) && !Object.hasOwn(renamed, value))
  return [...sources, ...plain.map((row) => ({ ...row, ours: '' }))]
}

async function tableOf(services: Services, actor: Actor, source: SourceRow, kept: readonly MappingRow[]) {
  const kind = kindOf(source.settings)
  const saved = kept.find(({ stream }) => stream === TABLE_STREAM)?.mapping ?? {}
  const own = Object.keys(saved).length > 0 ? saved : null
  const table = await readTable(services, actor, source)
  if (!table.ok) return { kind, columns: [], isOwn: own !== null, fault: table.error.detail }
  const mapping = tableMapping(table.value, kind, own)
  const columns = table.value.columns.map((column, index) => ({
    column,
    samples: table.value.rows
      .slice(0, 20)
      .map((row) => row[index] ?? '')
      .filter(Boolean)
      .slice(0, SAMPLES),
    field: Object.hasOwn(mapping, column) ? (mapping[column] ?? '') : '',
  }))
  return { kind, columns, isOwn: own !== null, fault: null }
}

/** The table as it is at the source right now. */
async function readTable(services: Services, actor: Actor, source: SourceRow): Promise<Result<RawTable>> {
  const reader = readerOf(services.readers, source.sourceType)
  const fault = reader?.settingsFault?.(source.settings)
  if (!reader) return notFound('reader')
  if (fault) return invalid([fault], fault.message)
  const context = await readContextOf(services, actor, source)
  if (!context.ok) return context
  const window = { from: 0, to: services.clock.now() }
  const page = await reader.read(
    { stream: TABLE_STREAM, mode: 'incremental', window, state: null },
    context.value,
  )
  if (!page.ok) return page
  return ok(page.value.raw ? (JSON.parse(page.value.raw) as RawTable) : { columns: [], rows: [] })
}

/** `columns`: column -> field, for a table. An empty one gives the guess again. */
export async function saveTableMapping(
  services: Services,
  actor: Actor,
  id: string,
  columns: ImportMapping,
): Promise<Result<null>> {
  const source = await changeable(services, actor, id)
  if (!source.ok) return source
  const kind = kindOf(source.value.settings)
  const known = new Set(FIELDS[kind].map(({ name }) => name))
  const mapping = Object.fromEntries(Object.entries(columns).filter(([, field]) => field !== ''))
  const fields = Object.values(mapping)
  const errors = [
    ...fields.filter((field) => !known.has(field)).map((field) => `There is no field "${field}".`),
    ...[...new Set(fields.filter((field, index) => fields.indexOf(field) !== index))].map(
      (field) => `Two columns are mapped to ${field}.`,
    ),
    ...(fields.length === 0
      ? []
      : missingFields(kind, fields).map(
          (group) => `Still needed: ${group.map(({ label }) => label.toLowerCase()).join(' or ')}.`,
        )),
  ].map((message) => ({ path: 'columns', message }))
  if (errors.length > 0) return invalid(errors)
  return keep(services, actor, source.value, TABLE_STREAM, mapping)
}

export async function saveRenames(
  services: Services,
  actor: Actor,
  id: string,
  input: unknown,
): Promise<Result<null>> {
  const source = await changeable(services, actor, id)
  if (!source.ok) return source
  const parsed = renamesSchema.safeParse(input)
  if (!parsed.success) {
    return invalid(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })))
  }
  return keep(services, actor, source.value, EVERY_STREAM, parsed.data)
}

async function changeable(services: Services, actor: Actor, id: string): Promise<Result<SourceRow>> {
  if (!can(actor, 'foundry:manage')) return forbidden('change data sources')
  const db = services.tenant(actor.tenantId)
  const source = await db.get(sourceById(db, id))
  return source ? ok(source) : notFound('data source')
}

async function keep(
  services: Services,
  actor: Actor,
  source: SourceRow,
  stream: string,
  mapping: Record<string, unknown>,
): Promise<Result<null>> {
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  await db.write([
    keepMapping(db, {
      sourceId: source.id,
      stream,
      mapping,
      changedBy: actor.id,
      changedAt: isoInstant(now),
    }),
    recordAudit(db, now, actor, 'source.mapping_changed', source.id, { stream }),
  ])
  const reader = readerOf(services.readers, source.sourceType)
  const known = reader?.streams(source.settings).map(({ name }) => name) ?? []
  for (const name of stream === EVERY_STREAM ? known : [stream]) {
    const replayed = await replayRaw(services, actor, source.id, name)
    // nothing came yet: then there is nothing to read anew
    if (!replayed.ok && replayed.error.kind !== 'not_found' && replayed.error.kind !== 'conflict')
      return replayed
  }
  return ok(null)
}
