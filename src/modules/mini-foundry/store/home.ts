/** What the home page asks of Mini Foundry, as reads for one batch. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'

export interface OverdueRow {
  currency: string
  invoices: number
  outstanding: number
  oldest_due: string
}

export interface SourceCountsRow {
  sources: number
  demo_sources: number
  failed_sources: number
  records: number
}

export interface ImportAttentionRow {
  id: string
  file_name: string
  status: string
  stage: string
  rows_failed: number
}

/** Open invoices past their due day, by currency; amounts in units. */
export const overdueInvoices = (db: TenantDb, today: string): Query<OverdueRow[]> =>
  db.sql<OverdueRow>(
    `SELECT currency, count(*) AS invoices, sum(total - paid) AS outstanding, min(due_day) AS oldest_due
     FROM invoices WHERE tenant_id = ?1 AND status = 'open' AND due_day < ?2 AND deleted_at IS NULL
     GROUP BY currency ORDER BY outstanding DESC`,
    today,
  )

export const sourceCounts = (db: TenantDb): Query<SourceCountsRow[]> =>
  db.sql<SourceCountsRow>(
    `SELECT count(*) AS sources, coalesce(sum(is_demo), 0) AS demo_sources,
       coalesce(sum(sync_status = 'failed'), 0) AS failed_sources, coalesce(sum(record_count), 0) AS records
     FROM data_sources WHERE tenant_id = ?1`,
  )

/** Imports that wait for a person, or ended with something to look at, in the last seven days. */
export const importsToLookAt = (db: TenantDb, since: string): Query<ImportAttentionRow[]> =>
  db.sql<ImportAttentionRow>(
    `SELECT id, file_name, status, stage, rows_failed FROM imports
     WHERE tenant_id = ?1 AND created_at >= ?2
       AND (stage = 'mapping' OR status IN ('running', 'failed', 'completed_with_errors'))
     ORDER BY created_at DESC LIMIT 5`,
    since,
  )

export const failedHooks = (db: TenantDb): Query<{ failed: number }[]> =>
  db.sql<{ failed: number }>(
    `SELECT count(*) AS failed FROM webhook_events INDEXED BY webhook_events_failed WHERE tenant_id = ?1 AND status = 'failed'`,
  )
