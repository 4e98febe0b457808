/** Mappings that people changed, and the words a source uses. */
import { eq } from 'drizzle-orm'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type { Renamed } from '../domain/source-mapping.ts'
import { sourceMappings } from './schema.ts'

export type MappingRow = typeof sourceMappings.$inferSelect

export const mappingsOf = (db: TenantDb, sourceId: string): Query<MappingRow[]> =>
  db.rows(sourceMappings, eq(sourceMappings.sourceId, sourceId))

/** Counts the version up; an empty mapping is the standard again. */
export const keepMapping = (
  db: TenantDb,
  row: {
    sourceId: string
    stream: string
    mapping: Record<string, unknown>
    changedBy: string
    changedAt: string
  },
): D1PreparedStatement =>
  db.statement(
    `INSERT INTO source_mappings (tenant_id, source_id, stream, version, mapping, changed_by, changed_at)
     VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6)
     ON CONFLICT (tenant_id, source_id, stream) DO UPDATE SET version = version + 1, mapping = excluded.mapping,
       changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
    row.sourceId,
    row.stream,
    JSON.stringify(row.mapping),
    row.changedBy,
    row.changedAt,
  )

const COLUMN: Record<Renamed, string> = {
  channel: 'channel',
  category: 'category',
  country: 'country',
  region: 'region',
}

/** The most used words of a dimension in a source's sales. Reads all of the source's sales: for its page alone. */
export const wordsOf = (
  db: TenantDb,
  sourceId: string,
  dimension: Renamed,
): Query<{ value: string; n: number }[]> =>
  db.sql(
    `SELECT ${COLUMN[dimension]} AS value, count(*) AS n FROM sale_events
     WHERE tenant_id = ?1 AND source_id = ?2 AND ${COLUMN[dimension]} IS NOT NULL AND deleted_at IS NULL
     GROUP BY 1 ORDER BY n DESC, value LIMIT 60`,
    sourceId,
  )
