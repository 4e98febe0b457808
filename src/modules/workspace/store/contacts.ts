/** Contacts as they are read: one, a page of them, their history, and the words they can be filtered by. */
import type { Query, SqlValue, TenantDb } from '../../../platform/tenant-db.ts'
import type { ContactFilter, ContactOrder, ContactPlace } from '../domain/contact-query.ts'
import { CARD_COLUMNS, type CardColumns } from './contacts-landing.ts'

export interface ContactColumns extends CardColumns {
  source: string
  source_detail: string
  owner_id: string | null
  note: string
  created_at: string
  updated_at: string
}

const COLUMNS = `${CARD_COLUMNS}, c.source, c.source_detail, c.owner_id, c.note, c.created_at, c.updated_at`

export const contactRow = (db: TenantDb, id: string) =>
  db.sql<ContactColumns>(`SELECT ${COLUMNS} FROM contact_cards c WHERE c.tenant_id = ?1 AND c.id = ?2`, id)

export const contactIdByEmail = (db: TenantDb, key: string) =>
  db.sql<{ id: string }>('SELECT id FROM contact_cards WHERE tenant_id = ?1 AND email_key = ?2', key)

const SORTED: Record<ContactOrder['key'], string> = {
  updated: 'c.updated_at',
  name: 'c.name',
  created: 'c.created_at',
}

/** One row more than a page tells whether there is a next one. */
export function contactsPage(
  db: TenantDb,
  filter: ContactFilter,
  order: ContactOrder,
  after: ContactPlace | null,
  limit: number,
): Query<ContactColumns[]> {
  const { where, params } = conditions(filter)
  const column = SORTED[order.key]
  const [sign, way] = order.direction === 'ascending' ? ['>', 'ASC'] : ['<', 'DESC']
  if (after) {
    params.push(after.value, after.id)
    where.push(`(${column}, c.id) ${sign} (?${params.length}, ?${params.length + 1})`)
  }
  return db.sql<ContactColumns>(
    `SELECT ${COLUMNS} FROM contact_cards c WHERE ${where.join(' AND ')}
     ORDER BY ${column} ${way}, c.id ${way} LIMIT ${Math.trunc(limit)}`,
    ...params,
  )
}

/** How many contacts there are under a filter, up to `most`. */
export function countContacts(db: TenantDb, filter: ContactFilter, most: number): Query<{ total: number }[]> {
  const { where, params } = conditions(filter)
  return db.sql<{ total: number }>(
    `SELECT count(*) AS total FROM (SELECT 1 FROM contact_cards c WHERE ${where.join(' AND ')} LIMIT ${Math.trunc(most)})`,
    ...params,
  )
}

function conditions(filter: ContactFilter): { where: string[]; params: SqlValue[] } {
  const where = ['c.tenant_id = ?1']
  const params: SqlValue[] = []
  const bind = (value: SqlValue) => `?${params.push(value) + 1}`
  if (filter.q) {
    const found = bind(filter.q.toLowerCase())
    const inside = (column: string) => `instr(lower(${column}), ${found}) > 0`
    where.push(`(${['c.name', 'c.email', 'c.company', 'c.phone'].map(inside).join(' OR ')})`)
  }
  if (filter.stage) where.push(`c.stage = ${bind(filter.stage)}`)
  if (filter.source) where.push(`c.source = ${bind(filter.source)}`)
  if (filter.consent) where.push(`c.consent = ${bind(filter.consent)}`)
  if (filter.owner) {
    where.push(filter.owner === 'none' ? 'c.owner_id IS NULL' : `c.owner_id = ${bind(filter.owner)}`)
  }
  if (filter.updated_since) where.push(`c.updated_at >= ${bind(filter.updated_since)}`)
  if (filter.tag)
    where.push(
      `EXISTS (SELECT 1 FROM contact_tags g WHERE g.tenant_id = ?1 AND g.contact_id = c.id AND lower(g.tag) = ${bind(filter.tag.toLowerCase())})`,
    )
  return { where, params }
}

/** The words that filters offer: sources and tags in use. */
export const contactWords = (db: TenantDb) =>
  [
    db.sql<{ source: string }>(
      'SELECT DISTINCT source FROM contact_cards WHERE tenant_id = ?1 ORDER BY source LIMIT 50',
    ),
    db.sql<{ tag: string }>(
      'SELECT tag FROM contact_tags WHERE tenant_id = ?1 GROUP BY lower(tag) ORDER BY count(*) DESC, tag LIMIT 100',
    ),
  ] as const

export interface ContactEventRow {
  id: string
  contact_id: string
  kind: string
  title: string
  detail: string
  actor_name: string
  at: string
}

export const contactEventsOf = (db: TenantDb, contactId: string, limit: number) =>
  db.sql<ContactEventRow>(
    `SELECT id, contact_id, kind, title, detail, actor_name, at FROM contact_events
     WHERE tenant_id = ?1 AND contact_id = ?2 ORDER BY at DESC, id DESC LIMIT ?3`,
    contactId,
    limit,
  )

/** What data sources call the contact. */
export const contactSourcesOf = (db: TenantDb, contactId: string) =>
  db.sql<{ source_id: string; external_id: string; at: string }>(
    'SELECT source_id, external_id, at FROM contact_sources WHERE tenant_id = ?1 AND contact_id = ?2 ORDER BY at',
    contactId,
  )

/** Pairs that may be one person: the same telephone number, or the same name where no address tells them apart. */
export const duplicatePairs = (db: TenantDb, limit: number) =>
  db.sql<{ a: string; b: string; reason: string }>(
    `WITH groups AS (
       SELECT id, phone AS word, 'the same telephone number' AS reason FROM contact_cards
         WHERE tenant_id = ?1 AND phone IS NOT NULL
       UNION ALL SELECT id, lower(trim(name)) || char(10) || lower(trim(company)), 'the same name and company'
         FROM contact_cards WHERE tenant_id = ?1 AND name <> '' AND company IS NOT NULL AND company <> ''
       UNION ALL SELECT id, lower(trim(name)), 'the same name' FROM contact_cards
         WHERE tenant_id = ?1 AND name LIKE '% %'
     ), firsts AS (SELECT word, reason, min(id) AS a FROM groups GROUP BY word, reason HAVING count(*) BETWEEN 2 AND 20)
     SELECT f.a, g.id AS b, min(f.reason) AS reason
     FROM firsts f JOIN groups g ON g.word = f.word AND g.reason = f.reason AND g.id <> f.a
     WHERE NOT EXISTS (SELECT 1 FROM contact_events e WHERE e.tenant_id = ?1 AND e.kind = 'not_duplicate'
       AND e.contact_id = f.a AND e.detail ->> 'other_id' = g.id)
     GROUP BY f.a, g.id ORDER BY f.a DESC LIMIT ?2`,
    limit,
  )

export const contactsByIds = (db: TenantDb, ids: string[]) =>
  db.sql<ContactColumns>(
    `SELECT ${COLUMNS} FROM contact_cards c WHERE c.tenant_id = ?1 AND c.id IN (SELECT value FROM json_each(?2))`,
    JSON.stringify(ids),
  )
