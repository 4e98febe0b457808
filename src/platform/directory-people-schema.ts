/** What else proves a person (passkeys, outside accounts), and offers of ownership. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { people, workspaces } from './directory-schema.ts'

/** Keys of people: WebAuthn credentials, of which only the public half is here. */
export const passkeys = sqliteTable(
  'passkeys',
  {
    /** The credential id, base64url. */
    id: text('id').primaryKey(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    publicKey: text('public_key').notNull(),
    counter: integer('counter').notNull(),
    transports: text('transports').notNull().default('[]'),
    name: text('name').notNull(),
    backedUp: integer('backed_up').notNull().default(0),
    createdAt: text('created_at').notNull(),
    lastUsedAt: text('last_used_at'),
  },
  (t) => [index('passkeys_person').on(t.personId)],
)

/** Who a person is at Google or Microsoft: issuer and subject never change, addresses may. */
export const identities = sqliteTable(
  'identities',
  {
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    provider: text('provider').notNull(),
    email: text('email').notNull(),
    createdAt: text('created_at').notNull(),
    lastUsedAt: text('last_used_at'),
  },
  (t) => [primaryKey({ columns: [t.issuer, t.subject] }), index('identities_person').on(t.personId)],
)

/** Challenges and states that were used, until they would have ended anyway: nothing signed by us works twice. */
export const spentTickets = sqliteTable(
  'spent_tickets',
  { id: text('id').primaryKey(), expiresAt: integer('expires_at').notNull() },
  (t) => [index('spent_tickets_end').on(t.expiresAt)],
)

/** A workspace that an owner offers to another member; one at a time. */
export const ownershipOffers = sqliteTable('ownership_offers', {
  tenantId: text('tenant_id')
    .primaryKey()
    .references(() => workspaces.id, { onDelete: 'cascade' }),
  id: text('id').notNull(),
  fromPerson: text('from_person')
    .notNull()
    .references(() => people.id, { onDelete: 'cascade' }),
  toPerson: text('to_person')
    .notNull()
    .references(() => people.id, { onDelete: 'cascade' }),
  createdAt: text('created_at').notNull(),
  /** Milliseconds. */
  expiresAt: integer('expires_at').notNull(),
})
