/** Sessions and API keys as one read each: the only look-ups a request makes before its own work. */
import type { Role } from '../actor.ts'
import type { KeyView, SessionView } from './shapes.ts'
import { toSettings, type WorkspaceRow } from './workspaces.ts'

interface SessionRow extends WorkspaceRow {
  session_id: string
  secret_hash: string
  person_id: string
  person_name: string
  email: string
  email_verified_at: string | null
  theme: SessionView['theme']
  totp_enabled_at: string | null
  passkeys: number
  has_password: number
  role: Role
  workspaces: string
  unread: number
  last_seen_at: number
  idle_expires_at: number
  absolute_expires_at: number
  proved_at: number
}

const SESSION = `
  SELECT s.id AS session_id, s.secret_hash, s.person_id, p.name AS person_name, p.email, p.email_verified_at, p.theme,
    p.totp_enabled_at, p.password_hash <> '' AS has_password,
    (SELECT count(*) FROM passkeys k WHERE k.person_id = p.id) AS passkeys, m.role, s.last_seen_at, s.idle_expires_at, s.absolute_expires_at, s.proved_at,
    (SELECT json_group_array(json_object('id', w2.id, 'name', w2.name, 'role', m2.role))
       FROM memberships m2 JOIN workspaces w2 ON w2.id = m2.tenant_id WHERE m2.person_id = s.person_id) AS workspaces,
    (SELECT count(*) FROM (SELECT 1 FROM notifications n WHERE n.tenant_id = s.tenant_id AND n.person_id = s.person_id
       AND n.read_at IS NULL AND n.in_app = 1 LIMIT 100)) AS unread,
    w.*
  FROM sessions s
  JOIN people p ON p.id = s.person_id
  JOIN memberships m ON m.tenant_id = s.tenant_id AND m.person_id = s.person_id
  JOIN workspaces w ON w.id = s.tenant_id
  WHERE s.id = ?1`

interface KeyRow extends WorkspaceRow {
  key_id: string
  key_name: string
  secret_hash: string
  scopes: string
  mode: 'live' | 'test'
  expires_at: string | null
  revoked_at: string | null
  last_used_at: string | null
}

const KEY = `
  SELECT k.id AS key_id, k.name AS key_name, k.secret_hash, k.scopes, k.mode, k.expires_at, k.revoked_at, k.last_used_at, w.*
  FROM api_keys k JOIN workspaces w ON w.id = k.tenant_id WHERE k.id = ?1`

export function sessionDirectory(d1: D1Database) {
  return {
    /** The session with its person, role and workspaces; null when it, the membership or the workspace is gone. */
    async session(id: string): Promise<SessionView | null> {
      const row = await d1.prepare(SESSION).bind(id).first<SessionRow>()
      if (!row) return null
      return {
        id: row.session_id,
        secretHash: row.secret_hash,
        personId: row.person_id,
        name: row.person_name,
        email: row.email,
        emailVerified: row.email_verified_at !== null,
        theme: row.theme,
        tenantId: row.id,
        role: row.role,
        workspace: toSettings(row),
        workspaces: JSON.parse(row.workspaces),
        unread: row.unread,
        lastSeenAt: row.last_seen_at,
        idleExpiresAt: row.idle_expires_at,
        absoluteExpiresAt: row.absolute_expires_at,
        provedAt: row.proved_at,
        secondFactor: row.totp_enabled_at !== null,
        passkeys: row.passkeys,
        hasPassword: row.has_password === 1,
      }
    },

    async touchSession(id: string, lastSeenAt: number, idleExpiresAt: number): Promise<void> {
      await d1
        .prepare('UPDATE sessions SET last_seen_at = ?2, idle_expires_at = ?3 WHERE id = ?1')
        .bind(id, lastSeenAt, idleExpiresAt)
        .run()
    },

    async apiKey(id: string): Promise<KeyView | null> {
      const row = await d1.prepare(KEY).bind(id).first<KeyRow>()
      if (!row) return null
      return {
        id: row.key_id,
        tenantId: row.id,
        name: row.key_name,
        secretHash: row.secret_hash,
        mode: row.mode,
        scopes: JSON.parse(row.scopes),
        expiresAt: row.expires_at,
        revokedAt: row.revoked_at,
        lastUsedAt: row.last_used_at,
        workspace: toSettings(row),
      }
    },

    /** Coarse: the caller writes at most once an hour. */
    async touchApiKey(id: string, at: string): Promise<void> {
      await d1.prepare('UPDATE api_keys SET last_used_at = ?2 WHERE id = ?1').bind(id, at).run()
    },
  }
}
