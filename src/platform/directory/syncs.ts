/** Reading of sources over all workspaces: streams that are due, and which sources belong to a vendor's account. */

export interface DueStream {
  tenantId: string
  sourceId: string
  stream: string
  step: number
}

export function syncDirectory(d1: D1Database) {
  return {
    /**
     * Streams whose time came before `beforeMs` and that nobody has: the first of each workspace, then the second of
     * each, the longest waiting first. One with many sources keeps no other back.
     */
    async dueStreams(beforeMs: number, nowMs: number, limit = 1000): Promise<DueStream[]> {
      const { results } = await d1
        .prepare(
          `SELECT tenant_id AS tenantId, source_id AS sourceId, stream, step FROM sync_streams INDEXED BY sync_streams_due
           WHERE next_run_at <= ?1 AND lease_until <= ?2 AND status IN ('waiting', 'running')
           ORDER BY row_number() OVER (PARTITION BY tenant_id ORDER BY next_run_at), next_run_at LIMIT ?3`,
        )
        .bind(beforeMs, nowMs, limit)
        .all<DueStream>()
      return results
    },

    /** Connected sources of these accounts, in any workspace. */
    async sourcesOfAccounts(
      kind: string,
      accounts: readonly string[],
    ): Promise<{ tenantId: string; sourceId: string; account: string }[]> {
      if (accounts.length === 0) return []
      const { results } = await d1
        .prepare(
          `SELECT s.tenant_id AS tenantId, s.id AS sourceId, c.account FROM connectors c
             JOIN data_sources s ON s.tenant_id = c.tenant_id AND s.connector_id = c.id
           WHERE c.kind = ?1 AND c.account IN (SELECT value FROM json_each(?2)) AND c.status <> 'disconnected'
           ORDER BY s.tenant_id, s.id LIMIT 100`,
        )
        .bind(kind, JSON.stringify(accounts))
        .all<{ tenantId: string; sourceId: string; account: string }>()
      return results
    },

    /** Every source of these kinds that has a connection which holds. */
    async connectedSources(kinds: readonly string[]): Promise<{ tenantId: string; sourceId: string }[]> {
      const { results } = await d1
        .prepare(
          `SELECT s.tenant_id AS tenantId, s.id AS sourceId FROM data_sources s
             JOIN connectors c ON c.tenant_id = s.tenant_id AND c.id = s.connector_id
           WHERE s.source_type IN (SELECT value FROM json_each(?1)) AND c.status = 'connected'
             AND s.sync_status <> 'disconnected'`,
        )
        .bind(JSON.stringify(kinds))
        .all<{ tenantId: string; sourceId: string }>()
      return results
    },
  }
}
