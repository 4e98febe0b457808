/**
 * Landing: the one upsert of facts that every source uses. One `json_each` statement for each fact table and each
 * 1.5 MB of rows. A fact that is older than what is stored, or the same again, writes nothing.
 */

import type { TenantDb } from '../../../platform/tenant-db.ts'
import { contentHash, type FactBatch, type FactKind } from '../domain/facts.ts'
import { COMMON, FACT_TABLES, type FactTable, factTable } from './landing-tables.ts'

export interface LandingScope {
  sourceId: string
  importId: string | null
  origin: 'history' | 'live'
  /**
   * The import's cursor that these rows start at. Given, the rows land only while the import still runs and stands
   * there: a message delivered twice, a cancel or an undo in between makes every statement do nothing.
   */
  cursor?: number
}

type AnyFact = { extId: string; srcUpdatedAt: number; deletedAt?: string | null }

/** D1 refuses values beyond 2 MB; characters beyond ASCII take up to three bytes. */
const MAX_PARAMETER = 600_000

/** The statements that land a batch. Shapes of the ids and the guard are the same for every table. */
export function landingStatements(
  db: TenantDb,
  scope: LandingScope,
  batch: FactBatch,
): D1PreparedStatement[] {
  const absent = Object.entries(batch.ifAbsent ?? {}) as [FactKind, AnyFact[]][]
  return [
    ...FACT_TABLES.flatMap(({ kind }) => upsertFacts(db, scope, kind, (batch[kind] ?? []) as AnyFact[])),
    ...absent.flatMap(([kind, facts]) => insertAbsent(db, scope, kind, facts)),
  ].map((landing) => landing.statement)
}

export interface Landing {
  statement: D1PreparedStatement
  /** How many facts it carries. */
  facts: number
  /** The rows as bound, for statements about the same facts. */
  rows: string
}

/** Inserts or updates facts of one kind. `changes()` right after a statement is the number of rows it wrote. */
export function upsertFacts(db: TenantDb, scope: LandingScope, kind: FactKind, facts: AnyFact[]): Landing[] {
  const table = factTable(kind)
  const assigned = [
    ...COMMON.filter((name) => name !== 'source_id' && name !== 'ext_id'),
    ...Object.keys(table.columns),
  ]
  const text = `${insertSelect(table, scope)}
    ON CONFLICT (tenant_id, source_id, ext_id) DO UPDATE SET
      ${assigned.map((name) => `${name} = excluded.${name}`).join(', ')}
    WHERE excluded.src_updated_at >= ${table.table}.src_updated_at AND excluded.hash IS NOT ${table.table}.hash`
  return land(db, scope, table, facts, text)
}

/** Inserts facts that are not there yet and leaves the others alone. */
export function insertAbsent(db: TenantDb, scope: LandingScope, kind: FactKind, facts: AnyFact[]): Landing[] {
  const table = factTable(kind)
  const text = `${insertSelect(table, scope)} ON CONFLICT (tenant_id, source_id, ext_id) DO NOTHING`
  return land(db, scope, table, facts, text)
}

/**
 * The condition under which a statement may write; `?3` is the source, `?4` the import, `?6` the cursor. Without a
 * cursor it is always true, and names the last parameter, since D1 refuses more values than a statement numbers.
 */
export const stillAtCursor = (scope: LandingScope): string =>
  scope.cursor === undefined
    ? '?5 IS ?5'
    : `EXISTS (SELECT 1 FROM imports WHERE tenant_id = ?1 AND id = ?4 AND status = 'running' AND cursor_byte = ?6)`

/** Parameters after the tenant, in the order that `stillAtCursor` and the statements here number them. */
export const scopeParams = (scope: LandingScope, rows: string): (string | number | null)[] => [
  rows,
  scope.sourceId,
  scope.importId,
  scope.origin,
  ...(scope.cursor === undefined ? [] : [scope.cursor]),
]

function insertSelect(table: FactTable, scope: LandingScope): string {
  const own = Object.keys(table.columns)
  // A customer's number is given once, at insert; for one that is there already the next number is computed in vain.
  const numbered = table.kind === 'customers'
  const number =
    '(SELECT coalesce(max(number), 0) FROM customers WHERE tenant_id = ?1) + row_number() OVER ()'
  const columns = ['tenant_id', ...COMMON, ...own, ...(numbered ? ['number'] : [])]
  const values = ['ext_id', 'src_updated_at', 'hash', 'deleted_at', ...own].map(
    (_, index) => `value ->> ${index}`,
  )
  return `INSERT INTO ${table.table} (${columns.join(', ')})
    SELECT ?1, ?3, ?4, ?5, ${values.join(', ')}${numbered ? `, ${number}` : ''}
    FROM json_each(?2) WHERE ${stillAtCursor(scope)}`
}

function land(
  db: TenantDb,
  scope: LandingScope,
  table: FactTable,
  facts: AnyFact[],
  text: string,
): Landing[] {
  return packed(facts.map((fact) => rowOf(table, fact, scope))).map(({ rows, count }) => ({
    statement: db.statement(text, ...scopeParams(scope, rows)),
    facts: count,
    rows,
  }))
}

/**
 * A fact as the JSON array that the statements read. The hash covers the content; for facts that arrive in any order
 * it covers the version too, so that a newer version of the same content still moves the version on. Imports land one
 * after another, so there "the same content again" may simply write nothing.
 */
function rowOf(table: FactTable, fact: AnyFact, scope: LandingScope): string {
  const values = Object.values(table.columns).map((property) =>
    scalar((fact as Record<string, unknown>)[property]),
  )
  const content = JSON.stringify(values)
  const version = scope.importId === null ? fact.srcUpdatedAt : ''
  const hash = contentHash(`${content}${fact.deletedAt ?? ''}${version}`)
  const common = JSON.stringify([fact.extId, fact.srcUpdatedAt, hash, fact.deletedAt ?? null])
  return `${common.slice(0, -1)},${content.slice(1)}`
}

const scalar = (value: unknown): unknown => (typeof value === 'boolean' ? Number(value) : (value ?? null))

/** Rows (JSON) as lists that one parameter may hold. */
export function packed(rows: string[]): { rows: string; count: number }[] {
  const packs: string[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const row of rows) {
    if (size + row.length > MAX_PARAMETER) {
      packs.push([])
      size = 0
    }
    packs.at(-1)?.push(row)
    size += row.length + 1
  }
  return packs.map((pack) => ({ rows: `[${pack.join(',')}]`, count: pack.length }))
}
