/** Tables that no single workspace owns: people, sessions, keys, mail, and what leads from an id to a tenant. */
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

export const workspaces = sqliteTable(
  'workspaces',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    timeZone: text('time_zone').notNull(),
    currency: text('currency').notNull(),
    locale: text('locale').notNull(),
    /** ISO weekday, 1 Monday to 7 Sunday. */
    weekStart: integer('week_start').notNull(),
    /** Month in which the fiscal year starts, 1-12. */
    fiscalYearStart: integer('fiscal_year_start').notNull(),
    country: text('country').notNull(),
    industry: text('industry').notNull(),
    /** Everybody who works here must have a second factor (or a passkey). */
    requireSecondFactor: integer('require_second_factor').notNull().default(0),
    /** Set on the twin that test keys work in: the workspace it stands beside. */
    sandboxOf: text('sandbox_of'),
    /** When everything here is erased (milliseconds); null: nobody asked. */
    eraseAt: integer('erase_at'),
    version: integer('version').notNull().default(1),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (t) => [uniqueIndex('workspaces_sandbox').on(t.sandboxOf)],
)

export const people = sqliteTable(
  'people',
  {
    id: text('id').primaryKey(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    passwordHash: text('password_hash').notNull(),
    emailVerifiedAt: text('email_verified_at'),
    totpSecret: text('totp_secret'),
    totpEnabledAt: text('totp_enabled_at'),
    /** Last RFC 6238 time step used, so that a code works once. */
    totpLastStep: integer('totp_last_step'),
    theme: text('theme').notNull().default('system'),
    createdAt: text('created_at').notNull(),
  },
  (t) => [uniqueIndex('people_email').on(sql`lower(${t.email})`)],
)

export const recoveryCodes = sqliteTable(
  'recovery_codes',
  {
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    codeHash: text('code_hash').notNull(),
    usedAt: text('used_at'),
  },
  (t) => [primaryKey({ columns: [t.personId, t.codeHash] })],
)

export const memberships = sqliteTable(
  'memberships',
  {
    tenantId: text('tenant_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    role: text('role', { enum: ['owner', 'admin', 'member', 'viewer'] }).notNull(),
    createdAt: text('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.personId] }), index('memberships_person').on(t.personId)],
)

export const sessions = sqliteTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    secretHash: text('secret_hash').notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    /** The workspace this session looks at now. */
    tenantId: text('tenant_id').notNull(),
    createdAt: integer('created_at').notNull(),
    lastSeenAt: integer('last_seen_at').notNull(),
    idleExpiresAt: integer('idle_expires_at').notNull(),
    absoluteExpiresAt: integer('absolute_expires_at').notNull(),
    /** When the person last proved the password (and factor); sensitive changes ask again after 10 minutes. */
    provedAt: integer('proved_at').notNull(),
    agent: text('agent').notNull(),
    ipPrefix: text('ip_prefix').notNull(),
  },
  (t) => [index('sessions_person').on(t.personId)],
)

/** Single use: a row is an unspent e-mail link (verification, reset). The link carries a signed token with this id. */
export const personTokens = sqliteTable(
  'person_tokens',
  {
    id: text('id').primaryKey(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    purpose: text('purpose').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (t) => [index('person_tokens_person').on(t.personId)],
)

export const apiKeys = sqliteTable(
  'api_keys',
  {
    /** The visible eight characters of the key. */
    id: text('id').primaryKey(),
    tenantId: text('tenant_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    secretHash: text('secret_hash').notNull(),
    scopes: text('scopes', { mode: 'json' }).$type<string[]>().notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: text('created_at').notNull(),
    expiresAt: text('expires_at'),
    lastUsedAt: text('last_used_at'),
    revokedAt: text('revoked_at'),
    mode: text('mode', { enum: ['live', 'test'] })
      .notNull()
      .default('live'),
  },
  (t) => [index('api_keys_tenant').on(t.tenantId)],
)

/** From an id in a public URL to the tenant and the thing it stands for (hooks, later links and forms). */
export const publicIds = sqliteTable(
  'public_ids',
  {
    kind: text('kind').notNull(),
    id: text('id').notNull(),
    tenantId: text('tenant_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    ref: text('ref').notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.id] })],
)

/** What cron reads: work that is due, by kind and time. */
export const due = sqliteTable(
  'due',
  {
    kind: text('kind').notNull(),
    tenantId: text('tenant_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    ref: text('ref').notNull(),
    at: integer('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.tenantId, t.ref] }), index('due_at').on(t.kind, t.at)],
)

export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    tenantId: text('tenant_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    route: text('route').notNull(),
    requestHash: text('request_hash').notNull(),
    status: integer('status'),
    body: text('body'),
    /** JSON: headers of the answer that belong to it (Location, ETag). */
    headers: text('headers'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.key, t.route] })],
)

/** Units of a currency for one euro on a day (the European Central Bank's way to quote). */
export const fxRates = sqliteTable(
  'fx_rates',
  {
    currency: text('currency').notNull(),
    day: text('day').notNull(),
    perEuro: text('per_euro').notNull(),
    origin: text('origin').notNull(),
  },
  (t) => [primaryKey({ columns: [t.currency, t.day] })],
)

/** Few facts about this installation (development clock, demo sign-ins). */
export const installation = sqliteTable('installation', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
})
