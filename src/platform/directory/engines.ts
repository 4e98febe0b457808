/** When tenants' engines are due: what cron goes by when an object's own alarm is lost. */
export function engineDirectory(d1: D1Database) {
  return {
    /** `at` null: it waits for nothing. */
    async setEngineWake(tenantId: string, at: number | null): Promise<void> {
      await d1
        .prepare(
          `INSERT INTO engine_wakes (tenant_id, due_at) VALUES (?1, ?2)
           ON CONFLICT (tenant_id) DO UPDATE SET due_at = ?2`,
        )
        .bind(tenantId, at)
        .run()
    },

    async overdueEngines(before: number, limit = 100): Promise<string[]> {
      const { results } = await d1
        .prepare(
          'SELECT tenant_id AS tenantId FROM engine_wakes WHERE due_at IS NOT NULL AND due_at < ?1 ORDER BY due_at LIMIT ?2',
        )
        .bind(before, limit)
        .all<{ tenantId: string }>()
      return results.map(({ tenantId }) => tenantId)
    },

    /** Workspaces with questions that were decided before this instant and whose runs have not heard of it. */
    async tenantsWithUntoldDecisions(before: string): Promise<string[]> {
      const { results } = await d1
        .prepare(
          `SELECT DISTINCT tenant_id AS tenantId FROM approvals
           WHERE status IN ('approved', 'rejected') AND told_at IS NULL AND decided_at < ?1 LIMIT 100`,
        )
        .bind(before)
        .all<{ tenantId: string }>()
      return results.map(({ tenantId }) => tenantId)
    },

    /** Workspaces with automations that are live. */
    async tenantsWithAutomations(limit = 10_000): Promise<string[]> {
      const { results } = await d1
        .prepare(
          `SELECT DISTINCT tenant_id AS tenantId FROM automations WHERE status = 'active' AND deleted_at IS NULL LIMIT ?1`,
        )
        .bind(limit)
        .all<{ tenantId: string }>()
      return results.map(({ tenantId }) => tenantId)
    },

    async forgetEngine(tenantId: string): Promise<void> {
      await d1.prepare('DELETE FROM engine_wakes WHERE tenant_id = ?1').bind(tenantId).run()
    },
  }
}
