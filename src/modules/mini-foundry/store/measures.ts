/** Reads of measure_days: what moved in a range, what had moved before, and the last readings. */
import type { DayRange } from '../../../kit/calendar.ts'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type { MeasureRow } from '../domain/metrics-rows.ts'

/**
 * Day by day; with `whole` added up over the range, where only amounts in other currencies stay apart by day, because
 * each day has its own rate.
 */
export function measureRows(
  db: TenantDb,
  measures: readonly string[],
  dimension: string,
  range: DayRange,
  value: string | null,
  { base, whole }: { base: string; whole: boolean },
): Query<MeasureRow[]> {
  const where = `tenant_id = ?1 AND measure IN (SELECT value FROM json_each(?2)) AND dimension = ?3
       AND day BETWEEN ?4 AND ?5 AND (?6 IS NULL OR value = ?6)`
  const text = whole
    ? `SELECT measure, CASE WHEN currency NOT IN ('', ?7) THEN day ELSE ?5 END AS day, value, currency, sum(amount) AS amount
       FROM measure_days WHERE ${where} GROUP BY 1, 2, 3, 4`
    : `SELECT measure, day, value, currency, amount FROM measure_days WHERE ${where} AND ?7 = ?7`
  return db.sql(text, JSON.stringify(measures), dimension, range.from, range.to, value, base)
}

/** Of levels: the sum of all that moved them before `from`. */
export const openingRows = (
  db: TenantDb,
  measures: readonly string[],
  dimension: string,
  from: string,
  value: string | null,
): Query<MeasureRow[]> =>
  db.sql(
    `SELECT measure, '' AS day, CASE WHEN ?3 = 'all' THEN '' ELSE value END AS value, currency, sum(amount) AS amount
     FROM measure_days
     WHERE tenant_id = ?1 AND measure IN (SELECT value FROM json_each(?2)) AND dimension = ?3 AND day < ?4
       AND (?5 IS NULL OR value = ?5)
     GROUP BY 1, 3, 4`,
    JSON.stringify(measures),
    dimension,
    from,
    value,
  )

/**
 * Of snapshots: each reading in the range and the last one before it, source by source. They are kept under a
 * dimension of their source's own, so that the last reading is one seek away.
 */
export const snapshotRows = (
  db: TenantDb,
  measures: readonly string[],
  range: DayRange,
  value: string | null,
): Query<MeasureRow[]> =>
  db.sql(
    `SELECT m.measure, m.day, m.value, m.currency, m.amount
     FROM json_each(?2) AS wanted CROSS JOIN data_sources AS s CROSS JOIN measure_days AS m
     WHERE s.tenant_id = ?1 AND m.tenant_id = ?1 AND m.measure = wanted.value AND m.dimension = 'source:' || s.id
       AND (?5 IS NULL OR s.id = ?5)
       AND m.day BETWEEN coalesce((SELECT max(b.day) FROM measure_days AS b WHERE b.tenant_id = ?1
         AND b.measure = wanted.value AND b.dimension = 'source:' || s.id AND b.day < ?3), ?3) AND ?4`,
    JSON.stringify(measures),
    range.from,
    range.to,
    value,
  )
