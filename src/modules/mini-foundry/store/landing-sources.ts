/** What a source's row says about its facts: how many there are and when the last came. */
import type { TenantDb } from '../../../platform/tenant-db.ts'
import type { FactBatch } from '../domain/facts.ts'
import { FACT_TABLES } from './landing-tables.ts'

/** Goes before the facts in their transaction: counts those that are new, by key. */
export function recordSourceLanding(
  db: TenantDb,
  sourceId: string,
  batch: FactBatch,
  nowIso: string,
): D1PreparedStatement[] {
  const counted = FACT_TABLES.flatMap(({ kind, table }) => {
    const ids = new Set([...(batch[kind] ?? []), ...absentOf(batch, kind)].map((fact) => fact.extId))
    return ids.size === 0 ? [] : [db.statement(countNew(table), JSON.stringify([...ids]), sourceId)]
  })
  const seen = db.statement(
    `UPDATE data_sources SET last_sync_at = ?3, updated_at = ?3 WHERE tenant_id = ?1 AND id = ?2`,
    sourceId,
    nowIso,
  )
  return [...counted, seen]
}

/** Counts a source's facts anew, at the end of an import or an undo. */
export function recountSource(db: TenantDb, sourceId: string, nowIso: string): D1PreparedStatement {
  const counts = FACT_TABLES.map(
    ({ table }) => `(SELECT count(*) FROM ${table} WHERE tenant_id = ?1 AND source_id = ?2)`,
  )
  return db.statement(
    `UPDATE data_sources SET record_count = ${counts.join(' + ')}, last_sync_at = ?3, updated_at = ?3
     WHERE tenant_id = ?1 AND id = ?2`,
    sourceId,
    nowIso,
  )
}

const absentOf = (batch: FactBatch, kind: string) =>
  kind === 'customers' || kind === 'products' ? (batch.ifAbsent?.[kind] ?? []) : []

const countNew = (table: string): string => `
  UPDATE data_sources SET record_count = record_count + (
    SELECT count(*) FROM json_each(?2) AS new WHERE NOT EXISTS (
      SELECT 1 FROM ${table} WHERE tenant_id = ?1 AND source_id = ?3 AND ext_id = new.value))
  WHERE tenant_id = ?1 AND id = ?3`
