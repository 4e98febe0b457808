/** Workspaces as global rows, what leads to them, and what is due in them. */
import type { Workspace } from '../actor.ts'

export interface WorkspaceRow {
  id: string
  name: string
  time_zone: string
  currency: string
  locale: string
  week_start: number
  fiscal_year_start: number
  country: string
  industry: string
  require_second_factor: number
  sandbox_of: string | null
  erase_at: number | null
}

export const toSettings = (row: WorkspaceRow): Workspace => ({
  id: row.id,
  name: row.name,
  timeZone: row.time_zone,
  currency: row.currency,
  locale: row.locale,
  weekStart: row.week_start,
  fiscalYearStart: row.fiscal_year_start,
  country: row.country,
  industry: row.industry,
  requireSecondFactor: row.require_second_factor === 1,
  sandboxOf: row.sandbox_of,
  eraseAt: row.erase_at,
})

export function workspaceDirectory(d1: D1Database) {
  return {
    async workspace(id: string): Promise<Workspace | null> {
      const row = await d1.prepare('SELECT * FROM workspaces WHERE id = ?1').bind(id).first<WorkspaceRow>()
      return row && toSettings(row)
    },

    /** The tenant behind an id in a public URL. */
    async publicId(kind: string, id: string): Promise<{ tenantId: string; ref: string } | null> {
      const row = await d1
        .prepare('SELECT tenant_id, ref FROM public_ids WHERE kind = ?1 AND id = ?2')
        .bind(kind, id)
        .first<{ tenant_id: string; ref: string }>()
      return row && { tenantId: row.tenant_id, ref: row.ref }
    },

    /** A statement, so that the id is born in the batch of what it leads to. */
    publicIdStatement(kind: string, id: string, tenantId: string, ref: string): D1PreparedStatement {
      return d1
        .prepare('INSERT INTO public_ids (kind, id, tenant_id, ref) VALUES (?1, ?2, ?3, ?4)')
        .bind(kind, id, tenantId, ref)
    },

    /** Work of a kind whose time has come, the oldest first. */
    async dueWork(kind: string, nowMs: number, limit = 100): Promise<{ tenantId: string; ref: string }[]> {
      const { results } = await d1
        .prepare(
          'SELECT tenant_id AS tenantId, ref FROM due WHERE kind = ?1 AND at <= ?2 ORDER BY at LIMIT ?3',
        )
        .bind(kind, nowMs, limit)
        .all<{ tenantId: string; ref: string }>()
      return results
    },

    dueStatement(kind: string, tenantId: string, ref: string, at: number): D1PreparedStatement {
      return d1
        .prepare(
          `INSERT INTO due (kind, tenant_id, ref, at) VALUES (?1, ?2, ?3, ?4)
           ON CONFLICT (kind, tenant_id, ref) DO UPDATE SET at = excluded.at`,
        )
        .bind(kind, tenantId, ref, at)
    },

    dueDoneStatement(kind: string, tenantId: string, ref: string): D1PreparedStatement {
      return d1
        .prepare('DELETE FROM due WHERE kind = ?1 AND tenant_id = ?2 AND ref = ?3')
        .bind(kind, tenantId, ref)
    },

    /** Events that were written but whose send was lost (older than `beforeMs`). */
    async unsentEvents(beforeMs: number, limit = 200): Promise<{ tenantId: string; id: string }[]> {
      const { results } = await d1
        .prepare(
          'SELECT tenant_id AS tenantId, id FROM outbox WHERE sent_at IS NULL AND created_at < ?1 LIMIT ?2',
        )
        .bind(beforeMs, limit)
        .all<{ tenantId: string; id: string }>()
      return results
    },

    /** Tenants with rollups left to rebuild. */
    async dirtyTenants(limit = 50): Promise<string[]> {
      const { results } = await d1
        .prepare('SELECT DISTINCT tenant_id AS tenantId FROM dirty_days LIMIT ?1')
        .bind(limit)
        .all<{ tenantId: string }>()
      return results.map((row) => row.tenantId)
    },

    /** Tenants with data of any source: whose people are gathered into contacts every night. */
    async tenantsWithSources(limit = 10_000): Promise<string[]> {
      const { results } = await d1
        .prepare('SELECT DISTINCT tenant_id AS tenantId FROM data_sources LIMIT ?1')
        .bind(limit)
        .all<{ tenantId: string }>()
      return results.map((row) => row.tenantId)
    },

    /** Tenants whose alerts want to be judged. */
    async tenantsWithAlerts(limit = 10_000): Promise<string[]> {
      const { results } = await d1
        .prepare(`SELECT DISTINCT tenant_id AS tenantId FROM metric_alerts WHERE status = 'active' LIMIT ?1`)
        .bind(limit)
        .all<{ tenantId: string }>()
      return results.map((row) => row.tenantId)
    },

    /** Mails of dashboards that are due; the longest due first. */
    async dueSchedules(nowMs: number, limit = 200): Promise<{ tenantId: string; scheduleId: string }[]> {
      const { results } = await d1
        .prepare(
          'SELECT tenant_id AS tenantId, id AS scheduleId FROM dashboard_schedules WHERE next_at <= ?1 ORDER BY next_at LIMIT ?2',
        )
        .bind(nowMs, limit)
        .all<{ tenantId: string; scheduleId: string }>()
      return results
    },

    async installationValue(key: string): Promise<string | null> {
      const row = await d1
        .prepare('SELECT value FROM installation WHERE key = ?1')
        .bind(key)
        .first<{ value: string }>()
      return row?.value ?? null
    },

    async setInstallationValue(key: string, value: string): Promise<void> {
      await d1
        .prepare(
          'INSERT INTO installation (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2',
        )
        .bind(key, value)
        .run()
    },

    async keepDeadLetter(letter: {
      id: string
      tenantId: string | null
      queue: string
      body: string
      error: string
      at: string
    }): Promise<void> {
      await d1
        .prepare(
          'INSERT OR IGNORE INTO dead_letters (id, tenant_id, queue, body, error, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)',
        )
        .bind(letter.id, letter.tenantId, letter.queue, letter.body, letter.error, letter.at)
        .run()
    },
  }
}
