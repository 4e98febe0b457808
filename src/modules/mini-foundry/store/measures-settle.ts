/** Makes measures tell the truth again: which families and days do not, and the statements that rebuild them. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type { MeasureFamily } from '../domain/measures.ts'
import { FAMILY_SQL } from './measure-families.ts'
import { READING_SQL } from './measure-readings.ts'
import { rebuildStatements } from './measure-sql.ts'
import { SUBSCRIPTION_SQL } from './measure-subscriptions.ts'
import { bumpDataVersion } from './rollups.ts'

export interface DirtyMeasure {
  family: MeasureFamily
  /** '' means all days. */
  day: string
}

/** Those of one family at a time: `limit` days of it. */
export const dirtyMeasures = (db: TenantDb, limit: number): Query<DirtyMeasure[]> =>
  db.sql(
    `SELECT family, day FROM dirty_measures WHERE tenant_id = ?1
       AND family = (SELECT min(family) FROM dirty_measures WHERE tenant_id = ?1) ORDER BY day LIMIT ?2`,
    limit,
  )

/** Rebuilds these days of their family (all days when '' is among them): the same however often it runs. */
export function settleMeasures(
  db: TenantDb,
  dirty: readonly DirtyMeasure[],
  nowIso: string,
): D1PreparedStatement[] {
  const family = dirty[0]?.family
  if (!family) return []
  const all = dirty.some(({ day }) => day === '')
  const days = all ? null : dirty.map(({ day }) => day)
  const sql = family === 'subscriptions' ? SUBSCRIPTION_SQL : FAMILY_SQL[family]
  const rebuilt = sql ? rebuildStatements(family, sql, days) : []
  return [
    ...rebuilt.map(({ text, params }) => db.statement(text, ...params)),
    ...(READING_SQL[family] ?? []).map((text) => db.statement(text)),
    db.statement(
      `DELETE FROM dirty_measures WHERE tenant_id = ?1 AND family = ?2
         AND (?3 IS NULL OR day IN (SELECT value FROM json_each(?3)))`,
      family,
      days && JSON.stringify(days),
    ),
    bumpDataVersion(db, nowIso),
  ]
}
