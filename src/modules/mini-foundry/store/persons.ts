/** Customers of several sources that are one person: they count under one number. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'

export interface Tie {
  contactId: string
  sourceId: string
  extId: string
}

/**
 * Customers of one contact take the smallest of their numbers, also the one whose number it is; one that stands alone
 * has none. All ties of a contact must be given. Writes nothing where nothing changes.
 */
export const uniteStatement = (db: TenantDb, ties: readonly Tie[]): D1PreparedStatement =>
  db.statement(
    `WITH known AS (
       SELECT k.source_id, k.ext_id, CASE WHEN count(*) OVER person > 1 THEN min(k.number) OVER person END AS number
       FROM json_each(?2) tie CROSS JOIN customers k
         ON k.tenant_id = ?1 AND k.source_id = tie.value ->> 1 AND k.ext_id = tie.value ->> 2
       WHERE k.deleted_at IS NULL WINDOW person AS (PARTITION BY tie.value ->> 0))
     UPDATE customers SET person_number = known.number FROM known
     WHERE customers.tenant_id = ?1 AND customers.source_id = known.source_id AND customers.ext_id = known.ext_id
       AND customers.person_number IS NOT known.number`,
    JSON.stringify(ties.map(({ contactId, sourceId, extId }) => [contactId, sourceId, extId])),
  )

export interface CustomerKey {
  source_id: string
  ext_id: string
  number: number
}

/** Customers that count under a shared number, by their own. */
export const unitedCustomers = (db: TenantDb, afterNumber: number, limit: number): Query<CustomerKey[]> =>
  db.sql(
    `SELECT source_id, ext_id, number FROM customers
     WHERE tenant_id = ?1 AND number > ?2 AND person_number IS NOT NULL ORDER BY number LIMIT ?3`,
    afterNumber,
    limit,
  )

export const partStatement = (db: TenantDb, keys: readonly CustomerKey[]): D1PreparedStatement =>
  db.statement(
    `UPDATE customers SET person_number = NULL WHERE tenant_id = ?1
       AND (source_id, ext_id) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?2))`,
    JSON.stringify(keys.map(({ source_id, ext_id }) => [source_id, ext_id])),
  )
