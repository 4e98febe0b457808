/** People as the facts know them: pages of them for the contacts, one person's dealings, and their names taken out. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'

export interface PersonFact {
  source_id: string
  source_type: 'csv' | 'stripe' | 'demo'
  source_name: string
  ext_id: string
  hash: string
  /** The instant as of which the source told it. */
  at: string
  name: string | null
  email: string | null
  phone: string | null
  company: string | null
  stage: string | null
  tags: string | null
  country: string | null
}

export type PersonKind = 'customers' | 'contacts'

const OWN: Record<PersonKind, string> = {
  customers: 'NULL AS phone, NULL AS company, NULL AS stage, NULL AS tags, f.country',
  contacts: 'f.phone, f.company, f.stage, f.tags, NULL AS country',
}
const NAMED: Record<PersonKind, string> = {
  customers: '(f.name IS NOT NULL OR f.email IS NOT NULL)',
  contacts: '(f.name IS NOT NULL OR f.email IS NOT NULL OR f.phone IS NOT NULL)',
}

/** Files tell as of their import, vendors as of the change there, samples as of the source's beginning. */
const select = (
  kind: PersonKind,
) => `SELECT f.source_id, s.source_type, s.name AS source_name, f.ext_id, f.hash,
    coalesce(i.created_at,
      CASE s.source_type WHEN 'stripe' THEN strftime('%Y-%m-%dT%H:%M:%fZ', f.src_updated_at / 1000.0, 'unixepoch') END,
      s.created_at) AS at,
    f.name, f.email, ${OWN[kind]}
  FROM ${kind} f JOIN data_sources s ON s.tenant_id = ?1 AND s.id = f.source_id
  LEFT JOIN imports i ON i.tenant_id = ?1 AND i.id = f.import_id
  WHERE f.tenant_id = ?1 AND f.deleted_at IS NULL AND ${NAMED[kind]} AND s.sync_status <> 'disconnected'`

/** Those after a place, in the order of their keys. */
export const peopleAfter = (
  db: TenantDb,
  kind: PersonKind,
  after: { sourceId: string; extId: string },
  limit: number,
): Query<PersonFact[]> =>
  db.sql<PersonFact>(
    `${select(kind)} AND (f.source_id, f.ext_id) > (?2, ?3) ORDER BY f.source_id, f.ext_id LIMIT ?4`,
    after.sourceId,
    after.extId,
    limit,
  )

export const peopleOf = (
  db: TenantDb,
  kind: PersonKind,
  sourceId: string,
  extIds: string[],
): Query<PersonFact[]> =>
  db.sql<PersonFact>(
    `${select(kind)} AND f.source_id = ?2 AND f.ext_id IN (SELECT value FROM json_each(?3)) ORDER BY f.ext_id`,
    sourceId,
    JSON.stringify(extIds),
  )

/** Whom facts are about, as JSON: `[source id, external id]` pairs. */
const isOurs = (table: string, column: string) =>
  `(${table}.source_id, ${table}.${column}) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?2))`

export interface DealingRow {
  kind: 'order' | 'invoice' | 'payment' | 'refund'
  ext_id: string
  at: string
  amount: number
  currency: string
  status: string
  label: string | null
}

/** Orders, invoices and payments of these customers, or of this address, the newest first. */
export const dealingsOf = (db: TenantDb, pairs: string, email: string | null, limit: number) =>
  db.sql<DealingRow>(
    `SELECT * FROM (SELECT 'order' AS kind, o.ext_id, coalesce(o.ordered_at, o.business_day) AS at, o.net AS amount,
         o.currency, o.status, o.channel AS label FROM orders o
       WHERE o.tenant_id = ?1 AND o.deleted_at IS NULL AND ${isOurs('o', 'customer_ext_id')} ORDER BY 3 DESC LIMIT ?4)
     UNION ALL SELECT * FROM (SELECT 'invoice', v.ext_id, v.issued_day, v.total, v.currency, v.status,
         coalesce(v.number, v.ext_id) FROM invoices v
       WHERE v.tenant_id = ?1 AND v.deleted_at IS NULL
         AND (${isOurs('v', 'customer_ext_id')} OR lower(v.customer_email) = ?3) ORDER BY 3 DESC LIMIT ?4)
     UNION ALL SELECT * FROM (SELECT CASE p.kind WHEN 'refund' THEN 'refund' ELSE 'payment' END, p.ext_id, p.happened_at,
         p.amount, p.currency, p.status, NULL FROM payments p
       WHERE p.tenant_id = ?1 AND p.deleted_at IS NULL AND ${isOurs('p', 'customer_ext_id')} ORDER BY 3 DESC LIMIT ?4)
     ORDER BY at DESC LIMIT ?4`,
    pairs,
    email,
    limit,
  )

/** Customers and contacts that are this person: by what sources call them, and by address. */
export const customersOf = (db: TenantDb, pairs: string, email: string | null) =>
  db.sql<{ source_id: string; ext_id: string }>(
    `SELECT f.source_id, f.ext_id FROM customers f
     WHERE f.tenant_id = ?1 AND (${isOurs('f', 'ext_id')} OR lower(f.email) = ?3)`,
    pairs,
    email,
  )

/** Everything held about the person, by table; rows as they stand. */
export const holdingsOf = (db: TenantDb, pairs: string, email: string | null) =>
  [
    db.sql<Record<string, unknown>>(
      `SELECT f.* FROM customers f WHERE f.tenant_id = ?1 AND (${isOurs('f', 'ext_id')} OR lower(f.email) = ?3)`,
      pairs,
      email,
    ),
    db.sql<Record<string, unknown>>(
      `SELECT f.* FROM contacts f WHERE f.tenant_id = ?1
         AND ((f.source_id, 'contact:' || f.ext_id) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?2))
           OR lower(f.email) = ?3)`,
      pairs,
      email,
    ),
    db.sql<Record<string, unknown>>(
      `SELECT o.* FROM orders o WHERE o.tenant_id = ?1 AND ${isOurs('o', 'customer_ext_id')} AND ?3 IS ?3`,
      pairs,
      email,
    ),
    db.sql<Record<string, unknown>>(
      `SELECT v.* FROM invoices v WHERE v.tenant_id = ?1
         AND (${isOurs('v', 'customer_ext_id')} OR lower(v.customer_email) = ?3)`,
      pairs,
      email,
    ),
    db.sql<Record<string, unknown>>(
      `SELECT p.* FROM payments p WHERE p.tenant_id = ?1 AND ${isOurs('p', 'customer_ext_id')} AND ?3 IS ?3`,
      pairs,
      email,
    ),
  ] as const

/** Names and addresses go, amounts stay; what was written over by imports holds them too, and goes. */
export const forgetNames = (db: TenantDb, pairs: string, email: string | null): D1PreparedStatement[] => [
  db.statement(
    `UPDATE customers AS f SET name = NULL, email = NULL WHERE f.tenant_id = ?1
       AND (${isOurs('f', 'ext_id')} OR lower(f.email) = ?3) AND (name IS NOT NULL OR email IS NOT NULL)`,
    pairs,
    email,
  ),
  db.statement(
    `UPDATE contacts AS f SET name = NULL, email = NULL, phone = NULL, company = NULL, tags = NULL WHERE f.tenant_id = ?1
       AND ((f.source_id, 'contact:' || f.ext_id) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?2))
         OR lower(f.email) = ?3)
       AND (name IS NOT NULL OR email IS NOT NULL OR phone IS NOT NULL)`,
    pairs,
    email,
  ),
  db.statement(
    `UPDATE invoices AS v SET customer_name = NULL, customer_email = NULL WHERE v.tenant_id = ?1
       AND (${isOurs('v', 'customer_ext_id')} OR lower(v.customer_email) = ?3)
       AND (customer_name IS NOT NULL OR customer_email IS NOT NULL)`,
    pairs,
    email,
  ),
  db.statement(
    `DELETE FROM import_versions AS h WHERE h.tenant_id = ?1 AND h.fact IN ('customers', 'contacts', 'invoices')
       AND (h.previous ->> '$.source_id', h.ext_id) IN (SELECT value ->> 0, replace(value ->> 1, 'contact:', '') FROM json_each(?2))
       AND ?3 IS ?3`,
    pairs,
    email,
  ),
]
