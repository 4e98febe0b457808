/** Contacts read and written many at a time. Statements of one transaction: each asks for the version it was decided on. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import { emailKey } from '../domain/contact.ts'
import type { Known, KnownCard, LandingPlan, PlannedCard } from '../domain/contact-landing.ts'
import type { CardState } from '../domain/contact-merge.ts'

export interface CardColumns {
  id: string
  version: number
  name: string
  email: string | null
  phone: string | null
  company: string | null
  stage: CardState['stage']
  consent: CardState['consent']['state']
  consent_at: string | null
  consent_source: string | null
  consent_text: string | null
  fields_at: string
  last_activity_at: string | null
  tags: string
}

/** The columns of a card with its tags, for `c`, an alias of contact_cards. Binds the tenant once. */
export const CARD_COLUMNS = `c.id, c.version, c.name, c.email, c.phone, c.company, c.stage, c.consent, c.consent_at,
  c.consent_source, c.consent_text, c.fields_at, c.last_activity_at,
  (SELECT json_group_array(t.tag) FROM (SELECT tag FROM contact_tags
     WHERE tenant_id = ?1 AND contact_id = c.id ORDER BY lower(tag)) t) AS tags`

export const cardOf = (row: CardColumns): KnownCard => ({
  id: row.id,
  version: row.version,
  name: row.name,
  email: row.email,
  phone: row.phone,
  company: row.company,
  stage: row.stage,
  consent: { state: row.consent, at: row.consent_at, source: row.consent_source, text: row.consent_text },
  tags: JSON.parse(row.tags) as string[],
  fieldsAt: JSON.parse(row.fields_at) as Record<string, string>,
  lastActivityAt: row.last_activity_at,
})

/** What is known of the people of these records: by what the source calls them, and by e-mail address. */
export function knownQueries(
  db: TenantDb,
  sourceId: string,
  externalIds: string[],
  emailKeys: string[],
): [Query<Known['sources']>, Query<KnownCard[]>] {
  const sources = db.sql<Known['sources'][number]>(
    `SELECT s.external_id AS externalId, s.contact_id AS contactId, s.at, s.hash
     FROM json_each(?3) j CROSS JOIN contact_sources s
       ON s.tenant_id = ?1 AND s.source_id = ?2 AND s.external_id = j.value`,
    sourceId,
    JSON.stringify(externalIds),
  )
  const cards = db.sql<CardColumns>(
    `SELECT ${CARD_COLUMNS} FROM contact_cards c WHERE c.tenant_id = ?1 AND c.id IN (
       SELECT s.contact_id FROM json_each(?3) j CROSS JOIN contact_sources s
         ON s.tenant_id = ?1 AND s.source_id = ?2 AND s.external_id = j.value
       UNION SELECT k.id FROM json_each(?4) j CROSS JOIN contact_cards k ON k.tenant_id = ?1 AND k.email_key = j.value)`,
    sourceId,
    JSON.stringify(externalIds),
    JSON.stringify(emailKeys),
  )
  return [sources, { statement: cards.statement, map: (rows) => cards.map(rows).map(cardOf) }]
}

const cells = ({ id, version, after, sourceDetail, ownerId, note }: PlannedCard) => ({
  id,
  version,
  name: after.name,
  email: after.email,
  emailKey: emailKey(after.email),
  phone: after.phone,
  company: after.company,
  stage: after.stage,
  consent: after.consent.state,
  consentAt: after.consent.at,
  consentSource: after.consent.source,
  consentText: after.consent.text,
  fieldsAt: after.fieldsAt,
  lastActivityAt: after.lastActivityAt,
  sourceDetail,
  ownerId,
  note,
})

/** Nothing is made for somebody whom the source has told of in the meantime, or whose address has a card by now. */
export const insertCards = (db: TenantDb, cards: PlannedCard[], plan: LandingPlan, landing: LandingWords) =>
  db.statement(
    `INSERT INTO contact_cards (tenant_id, id, name, email, email_key, phone, company, stage, source, source_detail, consent,
       consent_at, consent_source, consent_text, fields_at, owner_id, note, version, created_at, updated_at, last_activity_at)
     SELECT ?1, j.value ->> 'id', j.value ->> 'name', j.value ->> 'email', j.value ->> 'emailKey', j.value ->> 'phone',
       j.value ->> 'company', j.value ->> 'stage', ?3, j.value ->> 'sourceDetail', j.value ->> 'consent',
       j.value ->> 'consentAt', j.value ->> 'consentSource', j.value ->> 'consentText', j.value -> 'fieldsAt',
       j.value ->> 'ownerId', j.value ->> 'note', 1, ?4, ?4, j.value ->> 'lastActivityAt'
     FROM json_each(?2) j
     WHERE NOT EXISTS (SELECT 1 FROM contact_sources s WHERE s.tenant_id = ?1 AND s.source_id = ?5
       AND s.external_id IN (SELECT value FROM json_each(j.value -> 'externalIds')))
     ON CONFLICT DO NOTHING`,
    JSON.stringify(
      cards.map((card) => ({
        ...cells(card),
        externalIds: plan.sources.filter((s) => s.contactId === card.id).map((s) => s.externalId),
      })),
    ),
    landing.source,
    landing.nowIso,
    landing.sourceId,
  )

export interface LandingWords {
  sourceId: string
  source: string
  nowIso: string
  actorName: string
}

/** Only where the card still stands as it was read: a statement before the update of the same transaction asks that too. */
const standing = `CROSS JOIN contact_cards c ON c.tenant_id = ?1 AND c.id = j.value ->> 'contactId'
  AND c.version = j.value ->> 'version'`

export const keepSources = (db: TenantDb, plan: LandingPlan, sourceId: string) =>
  db.statement(
    `INSERT INTO contact_sources (tenant_id, contact_id, source_id, external_id, at, hash)
     SELECT ?1, c.id, ?3, j.value ->> 'externalId', j.value ->> 'at', j.value ->> 'hash'
     FROM json_each(?2) j ${standing} WHERE true
     ON CONFLICT (tenant_id, source_id, external_id) DO UPDATE SET at = excluded.at, hash = excluded.hash`,
    JSON.stringify(plan.sources),
    sourceId,
  )

export const addTags = (db: TenantDb, tags: { contactId: string; version: number; tag: string }[]) =>
  db.statement(
    `INSERT INTO contact_tags (tenant_id, contact_id, tag)
     SELECT ?1, c.id, j.value ->> 'tag' FROM json_each(?2) j ${standing} WHERE true ON CONFLICT DO NOTHING`,
    JSON.stringify(tags),
  )

export const dropTags = (db: TenantDb, tags: { contactId: string; version: number; tag: string }[]) =>
  db.statement(
    `DELETE FROM contact_tags WHERE tenant_id = ?1 AND (contact_id, tag) IN (
       SELECT c.id, j.value ->> 'tag' FROM json_each(?2) j ${standing})`,
    JSON.stringify(tags),
  )

export const keepEvents = (
  db: TenantDb,
  events: (LandingPlan['events'][number] & { id: string })[],
  landing: Pick<LandingWords, 'nowIso' | 'actorName'>,
) =>
  db.statement(
    `INSERT INTO contact_events (tenant_id, id, contact_id, kind, title, detail, actor_name, at)
     SELECT ?1, j.value ->> 'id', c.id, j.value ->> 'kind', j.value ->> 'title', j.value -> 'detail', ?3, ?4
     FROM json_each(?2) j ${standing} WHERE true ON CONFLICT DO NOTHING`,
    JSON.stringify(events),
    landing.actorName,
    landing.nowIso,
  )

/** Events for other wings, each only when its card stands as it was decided on. */
export const tellOutbox = (
  db: TenantDb,
  events: {
    id: string
    contactId: string
    version: number
    type: string
    payload: Record<string, unknown>
  }[],
  nowMs: number,
) =>
  db.statement(
    `INSERT INTO outbox (tenant_id, id, type, payload, created_at)
     SELECT ?1, j.value ->> 'id', j.value ->> 'type', j.value -> 'payload', ?3
     FROM json_each(?2) j ${standing} WHERE true ON CONFLICT DO NOTHING`,
    JSON.stringify(events),
    nowMs,
  )

/** The last statement of a transaction: what was decided on the version before it stands with it or not at all. */
export const updateCards = (db: TenantDb, cards: PlannedCard[], nowIso: string) =>
  db.statement(
    `UPDATE OR IGNORE contact_cards SET name = j.name, email = j.email, email_key = j.email_key, phone = j.phone,
       company = j.company, stage = j.stage, consent = j.consent, consent_at = j.consent_at,
       consent_source = j.consent_source, consent_text = j.consent_text, fields_at = j.fields_at,
       last_activity_at = j.last_activity_at, version = contact_cards.version + 1, updated_at = ?3
     FROM (SELECT value ->> 'id' AS id, value ->> 'version' AS version, value ->> 'name' AS name,
         value ->> 'email' AS email, value ->> 'emailKey' AS email_key, value ->> 'phone' AS phone,
         value ->> 'company' AS company, value ->> 'stage' AS stage, value ->> 'consent' AS consent,
         value ->> 'consentAt' AS consent_at, value ->> 'consentSource' AS consent_source,
         value ->> 'consentText' AS consent_text, value -> 'fieldsAt' AS fields_at,
         value ->> 'lastActivityAt' AS last_activity_at FROM json_each(?2)) j
     WHERE contact_cards.tenant_id = ?1 AND contact_cards.id = j.id AND contact_cards.version = j.version`,
    JSON.stringify(cards.map(cells)),
    nowIso,
  )

/** A source is gone: what it called people goes, and when `withCards` the cards that nobody else told of. */
export const releaseSource = (db: TenantDb, sourceId: string, withCards: boolean): D1PreparedStatement[] => [
  ...(withCards
    ? [
        db.statement(
          `DELETE FROM contact_cards WHERE tenant_id = ?1 AND id IN (
             SELECT s.contact_id FROM contact_sources s WHERE s.tenant_id = ?1 AND s.source_id = ?2)
           AND id NOT IN (SELECT o.contact_id FROM contact_sources o WHERE o.tenant_id = ?1 AND o.source_id <> ?2)`,
          sourceId,
        ),
      ]
    : []),
  db.statement('DELETE FROM contact_sources WHERE tenant_id = ?1 AND source_id = ?2', sourceId),
]
