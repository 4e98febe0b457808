/**
 * One chunk of an import as one transaction: what is overwritten is kept first, the facts land, the counts follow from
 * what really changed, and the cursor moves last. Every statement asks whether the import still stands at this cursor.
 */
import type { TenantDb } from '../../../platform/tenant-db.ts'
import type { FactKind } from '../domain/facts.ts'
import type { ChunkFacts } from '../domain/import/chunk.ts'
import type { ImportKind, ImportNote } from '../domain/import/types.ts'
import {
  insertAbsent,
  type Landing,
  type LandingScope,
  scopeParams,
  stillAtCursor,
  upsertFacts,
} from './landing.ts'
import { deriveOrders } from './landing-orders.ts'
import { COMMON, FACT_TABLES, type FactTable, factTable } from './landing-tables.ts'

/** The kind of fact of which each row of a file makes one. */
const PRIMARY: Record<ImportKind, FactKind> = {
  orders: 'events',
  customers: 'customers',
  products: 'products',
  invoices: 'invoices',
  contacts: 'contacts',
  spend: 'spend',
}

export interface ChunkEnd {
  cursorByte: number
  cursorLine: number
  notes: ImportNote[]
  nowIso: string
}

export interface ImportScope extends LandingScope {
  importId: string
  kind: ImportKind
  /** No other import stands, so there is nothing that could be overwritten. */
  alone?: boolean
}

/** `end` null: landed again after another import was undone, when nothing is counted and no cursor moves. */
export function chunkStatements(
  db: TenantDb,
  scope: ImportScope,
  chunk: ChunkFacts,
  end: ChunkEnd | null,
): D1PreparedStatement[] {
  const { facts, refunds } = chunk
  const strong = FACT_TABLES.flatMap(({ kind }) => {
    const own = upsertFacts(db, scope, kind, facts[kind] ?? [])
    return own.map((landing) => ({ kind, landing, primary: kind === PRIMARY[scope.kind] }))
  })
  const second = upsertFacts(db, scope, 'events', refunds).map((landing) => ({
    kind: 'events' as const,
    landing,
    primary: false,
  }))
  const passing = (['customers', 'products'] as const).flatMap((kind) =>
    insertAbsent(db, scope, kind, facts.ifAbsent?.[kind] ?? []),
  )
  const orderIds = [...new Set((facts.events ?? []).map((event) => event.orderExtId))]
  return [
    // Before the events: who is there when they come need not be looked up in them.
    ...passing.flatMap((landing) => [
      landing.statement,
      ...(end ? [countLanding(db, scope, landing, false)] : []),
    ]),
    ...[...strong, ...second].flatMap(({ kind, landing, primary }) => [
      ...(scope.alone ? [] : [saveVersions(db, scope, factTable(kind), landing)]),
      landing.statement,
      ...(end ? [countLanding(db, scope, landing, primary)] : []),
    ]),
    ...deriveOrders(db, scope, orderIds),
    ...(end ? [moveCursor(db, scope, chunk, end)] : []),
  ]
}

/** The columns of a saved version, in the order of its JSON. */
export const versionColumns = (table: FactTable): string[] => [
  ...COMMON.filter((name) => name !== 'source_id' && name !== 'ext_id'),
  ...Object.keys(table.columns),
]

/** Rows of other imports that the next statement will overwrite; the cross join looks each up by its whole key. */
function saveVersions(
  db: TenantDb,
  scope: LandingScope,
  table: FactTable,
  { rows }: Landing,
): D1PreparedStatement {
  const columns = versionColumns(table).map((name) => `t.${name}`)
  return db.statement(
    `INSERT INTO import_versions (tenant_id, import_id, fact, ext_id, previous_import_id, previous)
     SELECT ?1, ?4, '${table.kind}', t.ext_id, t.import_id, json_array(${columns.join(', ')})
     FROM json_each(?2) AS new CROSS JOIN ${table.table} t
       ON t.tenant_id = ?1 AND t.source_id = ?3 AND t.ext_id = new.value ->> 0
     WHERE new.value ->> 1 >= t.src_updated_at AND new.value ->> 2 IS NOT t.hash AND t.import_id IS NOT ?4
       AND ?5 IS ?5 AND ${stillAtCursor(scope)}
     ON CONFLICT (tenant_id, import_id, fact, ext_id) DO NOTHING`,
    ...scopeParams(scope, rows),
  )
}

/** `changes()` is the number of rows that the statement before this one wrote. */
function countLanding(
  db: TenantDb,
  scope: LandingScope,
  landing: Landing,
  primary: boolean,
): D1PreparedStatement {
  const counts = primary
    ? ', rows_landed = rows_landed + changes(), rows_unchanged = rows_unchanged + ?2 - changes()'
    : ''
  return db.statement(
    `UPDATE imports SET overlaps = overlaps OR changes() < ?2${counts}
     WHERE tenant_id = ?1 AND id = ?3 AND status = 'running' AND cursor_byte = ?4`,
    landing.facts,
    scope.importId,
    scope.cursor ?? -1,
  )
}

function moveCursor(
  db: TenantDb,
  scope: LandingScope,
  chunk: ChunkFacts,
  end: ChunkEnd,
): D1PreparedStatement {
  return db.statement(
    `UPDATE imports SET cursor_byte = ?4, cursor_line = ?5, notes = ?6, rows_duplicate = rows_duplicate + ?7,
       rows_failed = rows_failed + ?8, rows_landed = rows_landed + ?9, attempts = 0, moved_at = ?10
     WHERE tenant_id = ?1 AND id = ?2 AND status = 'running' AND cursor_byte = ?3`,
    scope.importId,
    scope.cursor ?? -1,
    end.cursorByte,
    end.cursorLine,
    JSON.stringify(end.notes),
    chunk.duplicates.length,
    chunk.failures.length,
    chunk.extraRows,
    end.nowIso,
  )
}
