/** Contacts whom several sources know: which external ids are one person. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'

export interface SharedRow {
  contact_id: string
  source_id: string
  external_id: string
}

/** External ids of the next contacts that have more than one, by contact id. */
export const sharedPage = (db: TenantDb, after: string, limit: number): Query<SharedRow[]> =>
  db.sql(
    `SELECT contact_id, source_id, external_id FROM contact_sources WHERE tenant_id = ?1 AND contact_id IN (
       SELECT contact_id FROM contact_sources WHERE tenant_id = ?1 AND contact_id > ?2
       GROUP BY contact_id HAVING count(*) > 1 ORDER BY contact_id LIMIT ?3)
     ORDER BY contact_id`,
    after,
    limit,
  )

/** All external ids of these contacts, also where there is only one. */
export const externalsOf = (db: TenantDb, contactIds: readonly string[]): Query<SharedRow[]> =>
  db.sql(
    `SELECT contact_id, source_id, external_id FROM contact_sources
     WHERE tenant_id = ?1 AND contact_id IN (SELECT value FROM json_each(?2)) ORDER BY contact_id`,
    JSON.stringify(contactIds),
  )

/** Those of the external ids whose contact has another one too. */
export const sharedAmong = (
  db: TenantDb,
  keys: readonly { sourceId: string; externalId: string }[],
): Query<SharedRow[]> =>
  db.sql(
    `SELECT s.contact_id, s.source_id, s.external_id FROM json_each(?2) j CROSS JOIN contact_sources s
       ON s.tenant_id = ?1 AND s.source_id = j.value ->> 0 AND s.external_id = j.value ->> 1
     WHERE (SELECT count(*) FROM contact_sources o WHERE o.tenant_id = ?1 AND o.contact_id = s.contact_id) > 1`,
    JSON.stringify(keys.map(({ sourceId, externalId }) => [sourceId, externalId])),
  )
