/** Contacts: one card a human, whoever told us of them, with tags and what each source calls them. */
import {
  foreignKey,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { tenantId } from './tenant-column.ts'

export const contactCards = sqliteTable(
  'contact_cards',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    name: text('name').notNull().default(''),
    /** As written; compared in lower case by `emailKey`. Null when only a telephone number or name is known. */
    email: text('email'),
    emailKey: text('email_key'),
    phone: text('phone'),
    company: text('company'),
    stage: text('stage', { enum: ['lead', 'qualified', 'customer', 'lost'] }).notNull(),
    /** Where the card came from first: form, csv, api, manual, or the kind of a connector. */
    source: text('source').notNull(),
    sourceDetail: text('source_detail').notNull().default(''),
    /** Consent to marketing mail. */
    consent: text('consent', { enum: ['unknown', 'given', 'withdrawn'] }).notNull(),
    consentAt: text('consent_at'),
    /** Where it was given or withdrawn: a form, a call, a system. */
    consentSource: text('consent_source'),
    /** The exact words that were agreed to. */
    consentText: text('consent_text'),
    /** When each field was last told: an older telling never wins over a newer one. */
    fieldsAt: text('fields_at', { mode: 'json' }).$type<Record<string, string>>().notNull(),
    ownerId: text('owner_id'),
    note: text('note').notNull().default(''),
    version: integer('version').notNull().default(1),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
    lastActivityAt: text('last_activity_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex('contact_cards_email').on(t.tenantId, t.emailKey),
    index('contact_cards_updated').on(t.tenantId, t.updatedAt, t.id),
    index('contact_cards_name').on(t.tenantId, t.name, t.id),
  ],
)

const card = (t: { tenantId: never; contactId: never }) =>
  foreignKey({
    columns: [t.tenantId, t.contactId],
    foreignColumns: [contactCards.tenantId, contactCards.id],
  }).onDelete('cascade')

export const contactTags = sqliteTable(
  'contact_tags',
  { tenantId: tenantId(), contactId: text('contact_id').notNull(), tag: text('tag').notNull() },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.contactId, t.tag] }),
    index('contact_tags_tag').on(t.tenantId, t.tag),
    card(t as never),
  ],
)

/** What each source calls a contact, so that the same person coming again changes the same card. */
export const contactSources = sqliteTable(
  'contact_sources',
  {
    tenantId: tenantId(),
    contactId: text('contact_id').notNull(),
    /** A data source id, or `form`, `csv`, `api`. */
    sourceId: text('source_id').notNull(),
    externalId: text('external_id').notNull(),
    /** The instant as of which the source told it, and a digest of what it told: the same again writes nothing. */
    at: text('at').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.sourceId, t.externalId] }),
    index('contact_sources_contact').on(t.tenantId, t.contactId),
    card(t as never),
  ],
)

/** What happened with a contact here: made, stage moved, consent given, form sent in, mail read. */
export const contactEvents = sqliteTable(
  'contact_events',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    contactId: text('contact_id').notNull(),
    kind: text('kind').notNull(),
    title: text('title').notNull(),
    detail: text('detail', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    actorName: text('actor_name').notNull(),
    at: text('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('contact_events_contact').on(t.tenantId, t.contactId, t.at),
    card(t as never),
  ],
)

/** Forms that take contacts in, each behind a public link. */
export const contactForms = sqliteTable(
  'contact_forms',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    title: text('title').notNull(),
    lead: text('lead').notNull().default(''),
    /** Which fields it asks for, in order: `{ field, label, required }`. */
    fields: text('fields', { mode: 'json' })
      .$type<{ field: string; label: string; required: boolean }[]>()
      .notNull(),
    consentText: text('consent_text').notNull().default(''),
    tags: text('tags', { mode: 'json' }).$type<string[]>().notNull(),
    thanks: text('thanks').notNull().default(''),
    linkId: text('link_id').notNull(),
    submissions: integer('submissions').notNull().default(0),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
    archivedAt: text('archived_at'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
)
