/** Keys and outside accounts that prove people, and tickets that were used. */

export interface PasskeyRow {
  /** The credential id, base64url. */
  id: string
  personId: string
  /** COSE key, base64url. */
  publicKey: string
  counter: number
  /** JSON list, as the browser told them. */
  transports: string
  name: string
  backedUp: number
  createdAt: string
  lastUsedAt: string | null
}

export interface IdentityRow {
  issuer: string
  subject: string
  personId: string
  provider: string
  email: string
  createdAt: string
  lastUsedAt: string | null
}

const PASSKEY = `SELECT id, person_id AS personId, public_key AS publicKey, counter, transports, name, backed_up AS backedUp,
  created_at AS createdAt, last_used_at AS lastUsedAt FROM passkeys`
const IDENTITY = `SELECT issuer, subject, person_id AS personId, provider, email, created_at AS createdAt,
  last_used_at AS lastUsedAt FROM identities`

export function passkeyDirectory(d1: D1Database) {
  return {
    passkey: (id: string) => d1.prepare(`${PASSKEY} WHERE id = ?1`).bind(id).first<PasskeyRow>(),
    async passkeysOf(personId: string): Promise<PasskeyRow[]> {
      const statement = d1.prepare(`${PASSKEY} WHERE person_id = ?1 ORDER BY created_at, id LIMIT 50`)
      return (await statement.bind(personId).all<PasskeyRow>()).results
    },
    /** Changes nothing when the credential is known already, whoever has it. */
    passkeyStatement: (row: Omit<PasskeyRow, 'lastUsedAt'>) =>
      d1
        .prepare(
          `INSERT OR IGNORE INTO passkeys (id, person_id, public_key, counter, transports, name, backed_up, created_at)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)`,
        )
        .bind(
          row.id,
          row.personId,
          row.publicKey,
          row.counter,
          row.transports,
          row.name,
          row.backedUp,
          row.createdAt,
        ),
    renamePasskeyStatement: (personId: string, id: string, name: string) =>
      d1.prepare('UPDATE passkeys SET name = ?3 WHERE person_id = ?1 AND id = ?2').bind(personId, id, name),
    /** Nothing changes when it would take the last way in, or the last factor where a workspace requires one. */
    removePasskeyStatement: (personId: string, id: string) =>
      d1
        .prepare(
          `DELETE FROM passkeys WHERE person_id = ?1 AND id = ?2 AND (
             (SELECT count(*) FROM passkeys WHERE person_id = ?1) > 1
             OR (EXISTS (SELECT 1 FROM people WHERE id = ?1 AND password_hash <> '')
                 OR EXISTS (SELECT 1 FROM identities WHERE person_id = ?1))
             AND (EXISTS (SELECT 1 FROM people WHERE id = ?1 AND totp_enabled_at IS NOT NULL)
                 OR NOT EXISTS (SELECT 1 FROM memberships m JOIN workspaces w ON w.id = m.tenant_id
                     WHERE m.person_id = ?1 AND w.require_second_factor = 1)))`,
        )
        .bind(personId, id),
    /** False when the counter went back or stood still (a copied key); keys that never count stay at 0. */
    async usePasskey(id: string, counter: number, at: string): Promise<boolean> {
      const { meta } = await d1
        .prepare(
          `UPDATE passkeys SET counter = ?2, last_used_at = ?3
           WHERE id = ?1 AND (counter < ?2 OR (counter = 0 AND ?2 = 0))`,
        )
        .bind(id, counter, at)
        .run()
      return meta.changes === 1
    },

    identity: (issuer: string, subject: string) =>
      d1.prepare(`${IDENTITY} WHERE issuer = ?1 AND subject = ?2`).bind(issuer, subject).first<IdentityRow>(),
    async identitiesOf(personId: string): Promise<IdentityRow[]> {
      const statement = d1.prepare(`${IDENTITY} WHERE person_id = ?1 ORDER BY created_at LIMIT 50`)
      return (await statement.bind(personId).all<IdentityRow>()).results
    },
    /** Changes nothing when the account is linked already, whoever has it. */
    identityStatement: (row: Omit<IdentityRow, 'lastUsedAt'>) =>
      d1
        .prepare(
          `INSERT OR IGNORE INTO identities (issuer, subject, person_id, provider, email, created_at)
           SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE EXISTS (SELECT 1 FROM people WHERE id = ?3)`,
        )
        .bind(row.issuer, row.subject, row.personId, row.provider, row.email, row.createdAt),
    touchIdentityStatement: (issuer: string, subject: string, email: string, at: string) =>
      d1
        .prepare('UPDATE identities SET last_used_at = ?4, email = ?3 WHERE issuer = ?1 AND subject = ?2')
        .bind(issuer, subject, email, at),
    /** Nothing changes when it would take the last way in: a password, a passkey or another account stays. */
    removeIdentityStatement: (personId: string, issuer: string, subject: string) =>
      d1
        .prepare(
          `DELETE FROM identities WHERE person_id = ?1 AND issuer = ?2 AND subject = ?3 AND (
             EXISTS (SELECT 1 FROM people WHERE id = ?1 AND password_hash <> '')
             OR EXISTS (SELECT 1 FROM passkeys WHERE person_id = ?1)
             OR (SELECT count(*) FROM identities WHERE person_id = ?1) > 1)`,
        )
        .bind(personId, issuer, subject),

    /** True the first time an id comes; it is kept until `expiresAt` (milliseconds), when its ticket ends anyway. */
    async spendTicket(id: string, expiresAt: number): Promise<boolean> {
      const { meta } = await d1
        .prepare('INSERT OR IGNORE INTO spent_tickets (id, expires_at) VALUES (?1, ?2)')
        .bind(id, expiresAt)
        .run()
      return meta.changes === 1
    },
  }
}
