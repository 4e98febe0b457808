/** Sessions as they begin, move and end; and API keys as they are made and revoked. */

export interface NewSession {
  id: string
  secretHash: string
  personId: string
  tenantId: string
  now: number
  idleExpiresAt: number
  absoluteExpiresAt: number
  provedAt: number
  agent: string
  ipPrefix: string
}

export interface SessionLine {
  id: string
  tenantId: string
  createdAt: number
  lastSeenAt: number
  agent: string
  ipPrefix: string
}

export interface NewKey {
  id: string
  tenantId: string
  name: string
  secretHash: string
  scopes: string[]
  mode: 'live' | 'test'
  createdBy: string
  at: string
  expiresAt: string | null
}

export interface KeyLine {
  id: string
  name: string
  mode: 'live' | 'test'
  scopes: string
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
  revokedAt: string | null
}

export function sessionWrites(d1: D1Database) {
  return {
    sessionStatement: (session: NewSession) =>
      d1
        .prepare(
          `INSERT INTO sessions (id, secret_hash, person_id, tenant_id, created_at, last_seen_at, idle_expires_at,
             absolute_expires_at, proved_at, agent, ip_prefix) VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7, ?10, ?8, ?9)`,
        )
        .bind(
          session.id,
          session.secretHash,
          session.personId,
          session.tenantId,
          session.now,
          session.idleExpiresAt,
          session.absoluteExpiresAt,
          session.agent,
          session.ipPrefix,
          session.provedAt,
        ),
    endSessionStatement: (id: string, personId: string) =>
      d1.prepare('DELETE FROM sessions WHERE id = ?1 AND person_id = ?2').bind(id, personId),
    endOtherSessionsStatement: (keepId: string, personId: string) =>
      d1.prepare('DELETE FROM sessions WHERE id <> ?1 AND person_id = ?2').bind(keepId, personId),
    /** Every session that looks at a workspace. */
    sessionsEndStatement: (tenantId: string) =>
      d1.prepare('DELETE FROM sessions WHERE tenant_id = ?1').bind(tenantId),
    endSessionsInStatement: (tenantId: string, personId: string) =>
      d1.prepare('DELETE FROM sessions WHERE tenant_id = ?1 AND person_id = ?2').bind(tenantId, personId),

    async sessionsOf(personId: string, nowMs: number): Promise<SessionLine[]> {
      const { results } = await d1
        .prepare(
          `SELECT id, tenant_id AS tenantId, created_at AS createdAt, last_seen_at AS lastSeenAt, agent, ip_prefix AS ipPrefix
           FROM sessions WHERE person_id = ?1 AND idle_expires_at > ?2 AND absolute_expires_at > ?2 ORDER BY last_seen_at DESC`,
        )
        .bind(personId, nowMs)
        .all<SessionLine>()
      return results
    },

    keyStatement: (key: NewKey) =>
      d1
        .prepare(
          `INSERT INTO api_keys (id, tenant_id, name, secret_hash, scopes, created_by, created_at, expires_at, mode)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)`,
        )
        .bind(
          key.id,
          key.tenantId,
          key.name,
          key.secretHash,
          JSON.stringify(key.scopes),
          key.createdBy,
          key.at,
          key.expiresAt,
          key.mode,
        ),
    revokeKeyStatement: (tenantId: string, id: string, at: string) =>
      d1
        .prepare(
          'UPDATE api_keys SET revoked_at = ?3 WHERE tenant_id = ?1 AND id = ?2 AND revoked_at IS NULL',
        )
        .bind(tenantId, id, at),
    async keysOf(tenantId: string): Promise<KeyLine[]> {
      const { results } = await d1
        .prepare(
          `SELECT id, name, mode, scopes, created_at AS createdAt, expires_at AS expiresAt, last_used_at AS lastUsedAt,
             revoked_at AS revokedAt FROM api_keys WHERE tenant_id = ?1 ORDER BY created_at DESC LIMIT 200`,
        )
        .bind(tenantId)
        .all<KeyLine>()
      return results
    },
  }
}
