/** A workspace as a whole: which tables hold its rows, when it is to be erased, and its end. */

export interface TableShape {
  columns: string[]
  /** Columns of the primary key in order. */
  key: string[]
}

export function wholeDirectory(d1: D1Database) {
  return {
    /** Every table with a `tenant_id`, by name, as the database itself knows it. */
    async tenantTables(): Promise<Map<string, TableShape>> {
      const { results: tables } = await d1
        .prepare(
          "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%tenant_id%' ORDER BY name",
        )
        .all<{ name: string }>()
      const infos = await d1.batch<{ name: string; pk: number }>(
        tables.map(({ name }) => d1.prepare(`PRAGMA table_info("${name}")`)),
      )
      const shapes = new Map<string, TableShape>()
      for (const [index, { results: columns }] of infos.entries()) {
        const table = tables[index]?.name
        if (!table || !columns.some((column) => column.name === 'tenant_id')) continue
        const key = columns.filter((column) => column.pk > 0).sort((a, b) => a.pk - b.pk)
        shapes.set(table, {
          columns: columns.map((column) => column.name),
          key: key.map((column) => column.name),
        })
      }
      return shapes
    },

    /** Sets or clears the hour of erasure, of the workspace and of its twin; changes nothing when it is so already. */
    eraseAtStatement: (tenantId: string, at: number | null) =>
      d1
        .prepare(
          'UPDATE workspaces SET erase_at = ?2 WHERE (id = ?1 OR sandbox_of = ?1) AND (erase_at IS NULL) <> (?2 IS NULL)',
        )
        .bind(tenantId, at),

    /** Connections of this vendor's account, in whichever workspaces. */
    async connectorsOf(kind: string, account: string): Promise<{ tenantId: string; connectorId: string }[]> {
      const { results } = await d1
        .prepare(
          'SELECT tenant_id AS tenantId, id AS connectorId FROM connectors WHERE kind = ?1 AND account = ?2 LIMIT 50',
        )
        .bind(kind, account)
        .all<{ tenantId: string; connectorId: string }>()
      return results
    },

    /** The twin that test keys of a workspace work in. */
    async sandboxIdOf(tenantId: string): Promise<string | null> {
      const row = await d1
        .prepare('SELECT id FROM workspaces WHERE sandbox_of = ?1')
        .bind(tenantId)
        .first<{ id: string }>()
      return row?.id ?? null
    },

    /** People who belong to this workspace and to no other (its twin aside). */
    soleMembersStatement: (tenantId: string) =>
      d1
        .prepare(
          `DELETE FROM people WHERE id IN (SELECT person_id FROM memberships WHERE tenant_id = ?1)
             AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.person_id = people.id AND m.tenant_id <> ?1
               AND m.tenant_id NOT IN (SELECT id FROM workspaces WHERE sandbox_of = ?1))`,
        )
        .bind(tenantId),

    workspaceEndStatement: (tenantId: string) =>
      d1.prepare('DELETE FROM workspaces WHERE id = ?1 AND erase_at IS NOT NULL').bind(tenantId),
  }
}
