/** The audit log, newest first, in pages by key. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'

export interface AuditRow {
  id: string
  at: string
  actor_kind: string
  actor_name: string
  action: string
  target: string
  detail: string
  ip_prefix: string
}

export interface AuditFilter {
  actor?: string
  action?: string
  /** Instants, ISO 8601 UTC; `until` is exclusive. */
  from?: string
  until?: string
  before?: string
}

export function auditPage(db: TenantDb, filter: AuditFilter, limit: number): Query<AuditRow[]> {
  return db.sql<AuditRow>(
    `SELECT id, at, actor_kind, actor_name, action, target, detail, ip_prefix FROM audit_log
     WHERE tenant_id = ?1 AND id < ?2 AND at >= ?3 AND at < ?4
       AND (?5 = '' OR instr(lower(actor_name), lower(?5)) > 0) AND (?6 = '' OR instr(action, ?6) > 0)
     ORDER BY id DESC LIMIT ?7`,
    filter.before || 'g',
    filter.from ?? '',
    filter.until ?? '9999',
    filter.actor ?? '',
    filter.action ?? '',
    limit,
  )
}
