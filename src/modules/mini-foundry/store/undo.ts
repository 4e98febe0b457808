/**
 * Undo of an import. The versions that imports overwrote form a chain for each row: the row itself is the newest, each
 * version saved by an import is what stood before it. Undoing an import takes its link out of the chain, wherever in
 * it the link is; what the imports after it wrote stays.
 */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type { FactKind } from '../domain/facts.ts'
import { versionColumns } from './imports-landing.ts'
import { deriveOrders } from './landing-orders.ts'
import { type FactTable, factTable } from './landing-tables.ts'

export interface OwnRow {
  extId: string
  /** Of ledger events: the order whose header follows from it. */
  orderExtId: string | null
}

/** Rows whose newest version is this import's, in key order after `after`. */
export function ownRows(
  db: TenantDb,
  kind: FactKind,
  sourceId: string,
  importId: string,
  after: string,
  limit: number,
): Query<OwnRow[]> {
  const { table } = factTable(kind)
  const order = kind === 'events' ? 'order_ext_id' : 'NULL'
  return db.sql<OwnRow>(
    `SELECT ext_id AS extId, ${order} AS orderExtId FROM ${table}
     WHERE tenant_id = ?1 AND source_id = ?2 AND import_id = ?3 AND ext_id > ?4 ORDER BY ext_id LIMIT ?5`,
    sourceId,
    importId,
    after,
    limit,
  )
}

/** Rows that a later import wrote over: their chain holds this import's version further down. */
export function buriedRows(
  db: TenantDb,
  importId: string,
  limit: number,
): Query<{ fact: string; extId: string }[]> {
  return db.sql<{ fact: string; extId: string }>(
    `SELECT fact, ext_id AS extId FROM import_versions WHERE tenant_id = ?1 AND previous_import_id = ?2 LIMIT ?3`,
    importId,
    limit,
  )
}

/** Brings back what these rows were before the import, and removes those that were not there. */
export function unwindRows(
  db: TenantDb,
  kind: FactKind,
  sourceId: string,
  importId: string,
  rows: OwnRow[],
): D1PreparedStatement[] {
  const table = factTable(kind)
  const ids = JSON.stringify(rows.map((row) => row.extId))
  const params = [ids, sourceId, importId]
  return [
    db.statement(restore(table), ...params),
    db.statement(
      `DELETE FROM ${table.table} WHERE tenant_id = ?1 AND source_id = ?3 AND import_id = ?4
         AND ext_id IN (SELECT value FROM json_each(?2))`,
      ...params,
    ),
    db.statement(
      `DELETE FROM import_versions WHERE tenant_id = ?1 AND import_id = ?3 AND fact = '${kind}'
         AND ext_id IN (SELECT value FROM json_each(?2))`,
      ids,
      importId,
    ),
  ]
}

/** A restored row has its old import again, so the removal that follows passes it by. */
const restore = (table: FactTable): string => {
  const columns = versionColumns(table)
  return `UPDATE ${table.table} SET (${columns.join(', ')}) = (
      SELECT ${columns.map((_, index) => `v.previous ->> ${index}`).join(', ')}
      FROM import_versions v
      WHERE v.tenant_id = ?1 AND v.import_id = ?4 AND v.fact = '${table.kind}' AND v.ext_id = ${table.table}.ext_id)
    WHERE tenant_id = ?1 AND source_id = ?3 AND import_id = ?4 AND ext_id IN (SELECT value FROM json_each(?2))
      AND EXISTS (SELECT 1 FROM import_versions v
        WHERE v.tenant_id = ?1 AND v.import_id = ?4 AND v.fact = '${table.kind}' AND v.ext_id = ${table.table}.ext_id)`
}

/** Takes the import out of the middle of chains: what the next import saved becomes what stood before this one. */
export function unlinkBuried(
  db: TenantDb,
  importId: string,
  rows: { fact: string; extId: string }[],
): D1PreparedStatement[] {
  const keys = JSON.stringify(rows.map((row) => [row.fact, row.extId]))
  const listed = '(fact, ext_id) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?2))'
  const own = `v.tenant_id = ?1 AND v.import_id = ?3 AND v.fact = import_versions.fact AND v.ext_id = import_versions.ext_id`
  return [
    db.statement(
      `DELETE FROM import_versions WHERE tenant_id = ?1 AND previous_import_id = ?3 AND ${listed}
         AND NOT EXISTS (SELECT 1 FROM import_versions v WHERE ${own})`,
      keys,
      importId,
    ),
    db.statement(
      `UPDATE import_versions SET
         previous = (SELECT v.previous FROM import_versions v WHERE ${own}),
         previous_import_id = (SELECT v.previous_import_id FROM import_versions v WHERE ${own})
       WHERE tenant_id = ?1 AND previous_import_id = ?3 AND ${listed}`,
      keys,
      importId,
    ),
    db.statement(
      `DELETE FROM import_versions WHERE tenant_id = ?1 AND import_id = ?3 AND ${listed}`,
      keys,
      importId,
    ),
  ]
}

/** The orders these events belong to, before and after: their headers follow. */
export function rederiveOrders(db: TenantDb, sourceId: string, rows: OwnRow[]): D1PreparedStatement[] {
  const ids = [...new Set(rows.flatMap((row) => row.orderExtId ?? []))]
  return deriveOrders(db, { sourceId, importId: null, origin: 'history' }, ids)
}
