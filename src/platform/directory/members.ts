/** Who belongs to a workspace, and its settings as a row with a version. */
import type { Role, WorkspaceSettings } from '../actor.ts'

export interface MemberLine {
  personId: string
  name: string
  email: string
  role: Role
  verified: number
  /** 1 when an authenticator app is set up. */
  secondFactor: number
  passkeys: number
  since: string
  lastSeenAt: number | null
}

export function memberDirectory(d1: D1Database) {
  return {
    async membersOf(tenantId: string): Promise<MemberLine[]> {
      const { results } = await d1
        .prepare(
          `SELECT p.id AS personId, p.name, p.email, m.role, p.email_verified_at IS NOT NULL AS verified,
             p.totp_enabled_at IS NOT NULL AS secondFactor,
             (SELECT count(*) FROM passkeys k WHERE k.person_id = p.id) AS passkeys, m.created_at AS since,
             (SELECT max(last_seen_at) FROM sessions s WHERE s.person_id = p.id AND s.tenant_id = m.tenant_id) AS lastSeenAt
           FROM memberships m JOIN people p ON p.id = m.person_id WHERE m.tenant_id = ?1 ORDER BY p.name, p.id LIMIT 500`,
        )
        .bind(tenantId)
        .all<MemberLine>()
      return results
    },

    /** Nothing changes when it would take the last owner away. */
    changeRoleStatement: (tenantId: string, personId: string, role: Role) =>
      d1
        .prepare(
          `UPDATE memberships SET role = ?3 WHERE tenant_id = ?1 AND person_id = ?2 AND (?3 = 'owner' OR role <> 'owner'
             OR (SELECT count(*) FROM memberships WHERE tenant_id = ?1 AND role = 'owner') > 1)`,
        )
        .bind(tenantId, personId, role),
    /** Nothing changes when it would take the last owner away. */
    removeMemberStatement: (tenantId: string, personId: string) =>
      d1
        .prepare(
          `DELETE FROM memberships WHERE tenant_id = ?1 AND person_id = ?2 AND (role <> 'owner'
             OR (SELECT count(*) FROM memberships WHERE tenant_id = ?1 AND role = 'owner') > 1)`,
        )
        .bind(tenantId, personId),

    /** Changes nothing when it is so already. */
    requireFactorStatement: (tenantId: string, required: boolean, at: string) =>
      d1
        .prepare(
          `UPDATE workspaces SET require_second_factor = ?2, updated_at = ?3, version = version + 1
           WHERE (id = ?1 OR sandbox_of = ?1) AND require_second_factor <> ?2`,
        )
        .bind(tenantId, required ? 1 : 0, at),

    async workspaceVersion(tenantId: string): Promise<number> {
      const row = await d1
        .prepare('SELECT version FROM workspaces WHERE id = ?1')
        .bind(tenantId)
        .first<{ version: number }>()
      return row?.version ?? 0
    },
    /** Changes nothing when the version has moved on. */
    updateWorkspaceStatement: (settings: WorkspaceSettings, version: number, at: string) =>
      d1
        .prepare(
          `UPDATE workspaces SET name = ?2, time_zone = ?3, currency = ?4, locale = ?5, week_start = ?6,
             fiscal_year_start = ?7, country = ?8, industry = ?9, updated_at = ?10, version = version + 1
           WHERE id = ?1 AND version = ?11`,
        )
        .bind(
          settings.id,
          settings.name,
          settings.timeZone,
          settings.currency,
          settings.locale,
          settings.weekStart,
          settings.fiscalYearStart,
          settings.country,
          settings.industry,
          at,
          version,
        ),
  }
}
