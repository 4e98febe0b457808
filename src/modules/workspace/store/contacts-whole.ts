/** What becomes of a whole card: who looks after it, what two cards become when they are one person, and its end. */
import { and, eq } from 'drizzle-orm'
import type { TenantDb } from '../../../platform/tenant-db.ts'
import { contactCards } from './contact-schema.ts'

/** In the transaction of `updateCards`, before it: both ask for the same version. */
export const keepOwnerAndNote = (
  db: TenantDb,
  id: string,
  version: number,
  ownerId: string | null,
  note: string,
) =>
  db.update(contactCards, { ownerId, note }, and(eq(contactCards.id, id), eq(contactCards.version, version)))

/** Everything that hangs on the card goes with it. */
export const removeCard = (db: TenantDb, id: string) => db.remove(contactCards, eq(contactCards.id, id))

/** What hangs on a card by its id, in which columns. */
const HANGING = [
  {
    table: 'contact_sources',
    column: 'contact_id',
    key: `source_id || char(10) || external_id`,
    where: 'true',
  },
  { table: 'contact_events', column: 'contact_id', key: 'id', where: 'true' },
  { table: 'comments', column: 'subject_id', key: 'id', where: `subject_type = 'contact'` },
  { table: 'files', column: 'subject_id', key: 'id', where: `subject_type = 'contact'` },
] as const

/** The keys of everything that hangs on a card, by table. */
export const hangingOn = (db: TenantDb, id: string) =>
  db.sql<{ name: string; key: string }>(
    HANGING.map(
      ({ table, column, key, where }) =>
        `SELECT '${table}' AS name, ${key} AS key FROM ${table} WHERE tenant_id = ?1 AND ${column} = ?2 AND ${where}`,
    ).join(' UNION ALL '),
    id,
  )

/** Moves these from one card to the other, as long as the card `guard` stands at its version. */
export const moveHanging = (
  db: TenantDb,
  moved: { name: string; key: string }[],
  to: string,
  guard: { id: string; version: number },
): D1PreparedStatement[] =>
  HANGING.map(({ table, column, key, where }) =>
    db.statement(
      `UPDATE ${table} SET ${column} = ?3 WHERE tenant_id = ?1 AND ${where}
         AND ${key} IN (SELECT value FROM json_each(?2))
         AND EXISTS (SELECT 1 FROM contact_cards c WHERE c.tenant_id = ?1 AND c.id = ?4 AND c.version = ?5)`,
      JSON.stringify(moved.filter(({ name }) => name === table).map((row) => row.key)),
      to,
      guard.id,
      guard.version,
    ),
  )

/** Ends a card whose things have moved to the card `guard`. */
export const removeMerged = (db: TenantDb, id: string, guard: { id: string; version: number }) =>
  db.statement(
    `DELETE FROM contact_cards WHERE tenant_id = ?1 AND id = ?2
       AND EXISTS (SELECT 1 FROM contact_cards c WHERE c.tenant_id = ?1 AND c.id = ?3 AND c.version = ?4)`,
    id,
    guard.id,
    guard.version,
  )

/** The mark that a merge was taken back, or that two cards are not one person. */
export const markUndone = (db: TenantDb, eventId: string, at: string) =>
  db.statement(
    `UPDATE contact_events SET detail = json_set(detail, '$.undone_at', ?3) WHERE tenant_id = ?1 AND id = ?2
       AND detail ->> '$.undone_at' IS NULL`,
    eventId,
    at,
  )

export const mergeEvent = (db: TenantDb, eventId: string) =>
  db.sql<{ contact_id: string; detail: string }>(
    `SELECT contact_id, detail FROM contact_events WHERE tenant_id = ?1 AND id = ?2 AND kind = 'merged'`,
    eventId,
  )

/** Brings a merged card back as it was. */
export const restoreCard = (db: TenantDb, row: Record<string, unknown>, at: string) =>
  db.statement(
    `INSERT INTO contact_cards (tenant_id, id, name, email, email_key, phone, company, stage, source, source_detail, consent,
       consent_at, consent_source, consent_text, fields_at, owner_id, note, version, created_at, updated_at, last_activity_at)
     SELECT ?1, r ->> 'id', r ->> 'name', r ->> 'email', lower(r ->> 'email'), r ->> 'phone', r ->> 'company', r ->> 'stage',
       r ->> 'source', r ->> 'source_detail', r ->> 'consent', r ->> 'consent_at', r ->> 'consent_source',
       r ->> 'consent_text', r ->> 'fields_at', r ->> 'owner_id', r ->> 'note', (r ->> 'version') + 1, r ->> 'created_at',
       ?3, r ->> 'last_activity_at'
     FROM (SELECT ?2 AS r) WHERE NOT EXISTS (SELECT 1 FROM contact_cards WHERE tenant_id = ?1 AND id = ?2 ->> 'id')
     ON CONFLICT DO NOTHING`,
    JSON.stringify(row),
    at,
  )

export const openMerges = (db: TenantDb, contactId: string) =>
  db.sql<{ id: string; title: string }>(
    `SELECT id, title FROM contact_events WHERE tenant_id = ?1 AND contact_id = ?2 AND kind = 'merged'
       AND detail ->> '$.undone_at' IS NULL ORDER BY at DESC LIMIT 5`,
    contactId,
  )
