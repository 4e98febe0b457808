/** What a contact is called: the one thing that comments and files need to know of it. */
import type { TenantDb } from '../../../platform/tenant-db.ts'

export const contactTitle = (db: TenantDb, id: string) =>
  db.sql<{ title: string }>(
    `SELECT coalesce(nullif(name, ''), email, phone, 'Contact') AS title FROM contact_cards WHERE tenant_id = ?1 AND id = ?2`,
    id,
  )
