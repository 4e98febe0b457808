/** Answers kept for as long as the data they came from stands. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type { DimensionValue } from '../domain/dashboard-model.ts'
import type { MetricAnswer } from '../domain/metrics-answer.ts'
import type { KeptGoals, WidgetFacts } from '../domain/widget-facts.ts'

export interface CachedAnswer {
  /** Which answer of the question this is. */
  metric_type: string
  /** `from/to`. */
  period: string
  metadata: string
  data_version: number
}

export interface AnswerToKeep {
  id: string
  key: string
  answer: MetricAnswer | WidgetFacts | KeptGoals | { values: DimensionValue[] }
}

/** Answers of a question that hold at this version of the data and have not expired. */
export const cachedAnswers = (db: TenantDb, queryHash: string, nowIso: string): Query<CachedAnswer[]> =>
  db.sql(
    `SELECT metric_type, period, metadata, data_version FROM metrics_cache
     WHERE tenant_id = ?1 AND query_hash = ?2 AND expires_at > ?3
       AND data_version = coalesce((SELECT version FROM data_versions WHERE tenant_id = ?1), 0)`,
    queryHash,
    nowIso,
  )

/** The same for a dashboard (null: the default one, as `dashboardRow` finds it), whose id starts the hash. */
export const cachedDashboard = (
  db: TenantDb,
  { id, personId }: { id: string | null; personId: string | null },
  hash: string,
  nowIso: string,
): Query<CachedAnswer[]> =>
  db.sql(
    `SELECT metric_type, period, metadata, data_version FROM metrics_cache
     WHERE tenant_id = ?1 AND expires_at > ?4
       AND query_hash = coalesce(?2, (SELECT dashboard_id FROM dashboard_defaults WHERE tenant_id = ?1 AND person_id = ?5),
         (SELECT id FROM dashboards WHERE tenant_id = ?1 AND is_default = 1)) || ':' || ?3
       AND data_version = coalesce((SELECT version FROM data_versions WHERE tenant_id = ?1), 0)`,
    id,
    hash,
    nowIso,
    personId,
  )

export function keepAnswers(
  db: TenantDb,
  kept: { queryHash: string; period: string; dataVersion: number; at: string; expiresAt: string },
  answers: readonly AnswerToKeep[],
): D1PreparedStatement {
  const rows = answers.map(({ id, key, answer }) => ({
    id,
    key,
    value: 'total' in answer && answer.total !== null ? String(answer.total) : null,
    metadata: JSON.stringify(answer),
  }))
  return db.statement(
    `INSERT INTO metrics_cache (tenant_id, id, metric_type, period, value, metadata, query_hash, data_version, calculated_at, expires_at)
     SELECT ?1, value ->> 'id', value ->> 'key', ?3, value ->> 'value', value ->> 'metadata', ?4, ?5, ?6, ?7
     FROM json_each(?2) WHERE true
     ON CONFLICT (tenant_id, query_hash, metric_type) DO UPDATE SET id = excluded.id, period = excluded.period,
       value = excluded.value, metadata = excluded.metadata, data_version = excluded.data_version,
       calculated_at = excluded.calculated_at, expires_at = excluded.expires_at`,
    JSON.stringify(rows),
    kept.period,
    kept.queryHash,
    kept.dataVersion,
    kept.at,
    kept.expiresAt,
  )
}

/** Answers of earlier data are of no more use. */
export const dropOldAnswers = (db: TenantDb, nowIso: string): D1PreparedStatement =>
  db.statement(
    `DELETE FROM metrics_cache WHERE tenant_id = ?1
       AND (expires_at <= ?2 OR data_version < (SELECT version FROM data_versions WHERE tenant_id = ?1))`,
    nowIso,
  )
