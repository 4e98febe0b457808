/** The twin of a workspace: a workspace of its own that test keys work in, beside the one it stands for. */

export function twinDirectory(d1: D1Database) {
  return {
    /**
     * Makes the twin under this id unless there is one, with the settings of its workspace, and lets the owners and admins
     * of the workspace in with their roles. Repeated it only lets in whoever was added meanwhile.
     */
    twinStatements: (tenantId: string, twinId: string, at: string) => [
      d1
        .prepare(
          `INSERT OR IGNORE INTO workspaces (id, name, time_zone, currency, locale, week_start, fiscal_year_start, country,
             industry, require_second_factor, erase_at, sandbox_of, created_at, updated_at)
           SELECT ?2, name || ' (test data)', time_zone, currency, locale, week_start, fiscal_year_start, country,
             industry, require_second_factor, erase_at, id, ?3, ?3
           FROM workspaces WHERE id = ?1 AND sandbox_of IS NULL`,
        )
        .bind(tenantId, twinId, at),
      ...twinPeopleStatements(d1, tenantId, at),
    ],

    /** Lets in owners and admins of the workspace who came after its twin, and gives the others the roles they have now. */
    twinPeopleStatements: (tenantId: string, at: string) => twinPeopleStatements(d1, tenantId, at),

    /** After a person's role in a workspace changed or ended: the same in its twin. */
    twinPersonStatements: (tenantId: string, personId: string) => [
      d1
        .prepare(
          `DELETE FROM memberships WHERE person_id = ?2 AND tenant_id IN (SELECT id FROM workspaces WHERE sandbox_of = ?1)
             AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.tenant_id = ?1 AND m.person_id = ?2
               AND m.role IN ('owner', 'admin'))`,
        )
        .bind(tenantId, personId),
      d1
        .prepare(
          `UPDATE memberships SET role = (SELECT role FROM memberships m WHERE m.tenant_id = ?1 AND m.person_id = ?2)
           WHERE person_id = ?2 AND tenant_id IN (SELECT id FROM workspaces WHERE sandbox_of = ?1)`,
        )
        .bind(tenantId, personId),
    ],
  }
}

const twinPeopleStatements = (d1: D1Database, tenantId: string, at: string) => [
  d1
    .prepare(
      `INSERT INTO memberships (tenant_id, person_id, role, created_at)
       SELECT t.id, m.person_id, m.role, ?2 FROM memberships m JOIN workspaces t ON t.sandbox_of = m.tenant_id
       WHERE m.tenant_id = ?1 AND m.role IN ('owner', 'admin')
       ON CONFLICT (tenant_id, person_id) DO UPDATE SET role = excluded.role WHERE role <> excluded.role`,
    )
    .bind(tenantId, at),
]
