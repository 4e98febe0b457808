/** People, what proves them, and which workspaces they belong to. */
import type { Role, WorkspaceSettings } from '../actor.ts'

/** `if-changed`: only when the statement before it in the batch changed a row. */
type When = 'always' | 'if-changed'

export interface PersonRow {
  id: string
  email: string
  name: string
  password_hash: string
  email_verified_at: string | null
  totp_secret: string | null
  totp_enabled_at: string | null
  totp_last_step: number | null
}

/** What proves a person. */
export interface Proofs {
  password: boolean
  /** An authenticator app. */
  app: boolean
  passkeys: number
  /** Linked outside accounts. */
  accounts: number
  /** A workspace they belong to asks everybody for a second factor. */
  required: boolean
}

export interface NewPerson {
  id: string
  email: string
  name: string
  passwordHash: string
  verifiedAt: string | null
  at: string
}

export interface NewWorkspace extends WorkspaceSettings {
  at: string
}

export function peopleDirectory(d1: D1Database) {
  const one = <Row>(sql: string, ...values: (string | number | null)[]) =>
    d1
      .prepare(sql)
      .bind(...values)
      .first<Row>()
  return {
    personByEmail: (email: string) =>
      one<PersonRow>('SELECT * FROM people WHERE lower(email) = lower(?1)', email),
    person: (id: string) => one<PersonRow>('SELECT * FROM people WHERE id = ?1', id),

    /** What proves a person, and whether a workspace of theirs asks for a second factor. */
    async proofsOf(personId: string): Promise<Proofs> {
      const row = await one<Record<keyof Proofs, number>>(
        `SELECT password_hash <> '' AS password, totp_enabled_at IS NOT NULL AS app,
           (SELECT count(*) FROM passkeys WHERE person_id = ?1) AS passkeys,
           (SELECT count(*) FROM identities WHERE person_id = ?1) AS accounts,
           EXISTS (SELECT 1 FROM memberships m JOIN workspaces w ON w.id = m.tenant_id
             WHERE m.person_id = ?1 AND w.require_second_factor = 1) AS required
         FROM people WHERE id = ?1`,
        personId,
      )
      return {
        password: row?.password === 1,
        app: row?.app === 1,
        passkeys: row?.passkeys ?? 0,
        accounts: row?.accounts ?? 0,
        required: row?.required === 1,
      }
    },

    /** Runs statements of this directory (and of tenants) as one transaction. */
    async transact(statements: D1PreparedStatement[]): Promise<number[]> {
      const results = await d1.batch(statements)
      return results.map((result) => result.meta.changes)
    },

    personStatement: (person: NewPerson, when: When = 'always') =>
      d1
        .prepare(
          `INSERT INTO people (id, email, name, password_hash, email_verified_at, created_at)
           SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE ?7 = 'always' OR changes() > 0`,
        )
        .bind(person.id, person.email, person.name, person.passwordHash, person.verifiedAt, person.at, when),

    /** A person whose address nobody ever confirmed, and so never got in, goes with the workspaces made by signing up. */
    dropUnconfirmedStatements: (personId: string) => [
      d1
        .prepare(
          `DELETE FROM workspaces WHERE id IN (SELECT tenant_id FROM memberships WHERE person_id = ?1 AND role = 'owner')
             AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.tenant_id = workspaces.id AND m.person_id <> ?1)
             AND EXISTS (SELECT 1 FROM people WHERE id = ?1 AND email_verified_at IS NULL)`,
        )
        .bind(personId),
      d1.prepare('DELETE FROM people WHERE id = ?1 AND email_verified_at IS NULL').bind(personId),
    ],

    workspaceStatement: (workspace: NewWorkspace) =>
      d1
        .prepare(
          `INSERT INTO workspaces (id, name, time_zone, currency, locale, week_start, fiscal_year_start, country, industry, created_at, updated_at)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10)`,
        )
        .bind(
          workspace.id,
          workspace.name,
          workspace.timeZone,
          workspace.currency,
          workspace.locale,
          workspace.weekStart,
          workspace.fiscalYearStart,
          workspace.country,
          workspace.industry,
          workspace.at,
        ),

    membershipStatement: (
      tenantId: string,
      personId: string,
      role: Role,
      at: string,
      when: When = 'always',
    ) =>
      d1
        .prepare(
          `INSERT OR IGNORE INTO memberships (tenant_id, person_id, role, created_at)
           SELECT ?1, ?2, ?3, ?4 WHERE ?5 = 'always' OR changes() > 0`,
        )
        .bind(tenantId, personId, role, at, when),

    /** Where a person belongs, the oldest membership first. */
    async membershipsOf(personId: string): Promise<{ tenantId: string; role: Role; name: string }[]> {
      const { results } = await d1
        .prepare(
          `SELECT m.tenant_id AS tenantId, m.role, w.name FROM memberships m JOIN workspaces w ON w.id = m.tenant_id
           WHERE m.person_id = ?1 ORDER BY m.created_at, m.tenant_id`,
        )
        .bind(personId)
        .all<{ tenantId: string; role: Role; name: string }>()
      return results
    },

    /** The holder of a mailed link reads mail there: that confirms the address too. */
    confirmAddressStatement: (personId: string, at: string) =>
      d1
        .prepare('UPDATE people SET email_verified_at = ?2 WHERE id = ?1 AND email_verified_at IS NULL')
        .bind(personId, at),
    setPasswordStatement: (personId: string, hash: string) =>
      d1.prepare('UPDATE people SET password_hash = ?2 WHERE id = ?1').bind(personId, hash),
    setVerifiedStatement: (personId: string, email: string, at: string) =>
      d1
        .prepare('UPDATE people SET email_verified_at = ?3, email = ?2 WHERE id = ?1')
        .bind(personId, email, at),
    setNameStatement: (personId: string, name: string) =>
      d1.prepare('UPDATE people SET name = ?2 WHERE id = ?1').bind(personId, name),
    setThemeStatement: (personId: string, theme: string) =>
      d1.prepare('UPDATE people SET theme = ?2 WHERE id = ?1').bind(personId, theme),

    setTotpStatement: (personId: string, secret: string | null, at: string | null, step: number | null) =>
      d1
        .prepare(
          'UPDATE people SET totp_secret = ?2, totp_enabled_at = ?3, totp_last_step = ?4 WHERE id = ?1',
        )
        .bind(personId, secret, at, step),

    /** True when the step had not been used: a code works once, also for two requests at the same moment. */
    async spendTotpStep(personId: string, step: number): Promise<boolean> {
      const { meta } = await d1
        .prepare(
          'UPDATE people SET totp_last_step = ?2 WHERE id = ?1 AND (totp_last_step IS NULL OR totp_last_step < ?2)',
        )
        .bind(personId, step)
        .run()
      return meta.changes === 1
    },

    recoveryStatements: (personId: string, hashes: string[]) => [
      d1.prepare('DELETE FROM recovery_codes WHERE person_id = ?1').bind(personId),
      d1
        .prepare('INSERT INTO recovery_codes (person_id, code_hash) SELECT ?1, value FROM json_each(?2)')
        .bind(personId, JSON.stringify(hashes)),
    ],
    async spendRecoveryCode(personId: string, hash: string, at: string): Promise<boolean> {
      const { meta } = await d1
        .prepare(
          'UPDATE recovery_codes SET used_at = ?3 WHERE person_id = ?1 AND code_hash = ?2 AND used_at IS NULL',
        )
        .bind(personId, hash, at)
        .run()
      return meta.changes === 1
    },
    async recoveryCodesLeft(personId: string): Promise<number> {
      const row = await one<{ n: number }>(
        'SELECT count(*) AS n FROM recovery_codes WHERE person_id = ?1 AND used_at IS NULL',
        personId,
      )
      return row?.n ?? 0
    },

    linkStatement: (id: string, personId: string, purpose: string, expiresAt: number) =>
      d1
        .prepare('INSERT INTO person_tokens (id, person_id, purpose, expires_at) VALUES (?1, ?2, ?3, ?4)')
        .bind(id, personId, purpose, expiresAt),
    /** Ids of the unspent rows of a purpose. */
    async openLinks(personId: string, purpose: string, nowMs: number): Promise<string[]> {
      const { results } = await d1
        .prepare('SELECT id FROM person_tokens WHERE person_id = ?1 AND purpose = ?2 AND expires_at > ?3')
        .bind(personId, purpose, nowMs)
        .all<{ id: string }>()
      return results.map((row) => row.id)
    },
    /** Links that were mailed before a change of password or address lead nowhere after it. */
    dropLinksStatement: (personId: string) =>
      d1
        .prepare(
          `DELETE FROM person_tokens WHERE person_id = ?1 AND purpose IN ('verify-email', 'reset-password')`,
        )
        .bind(personId),
    /** True when the link was still unspent; it is spent now. */
    async spendLink(id: string, personId: string, purpose: string, nowMs: number): Promise<boolean> {
      const { meta } = await d1
        .prepare(
          'DELETE FROM person_tokens WHERE id = ?1 AND person_id = ?2 AND purpose = ?3 AND expires_at > ?4',
        )
        .bind(id, personId, purpose, nowMs)
        .run()
      return meta.changes === 1
    },
  }
}
