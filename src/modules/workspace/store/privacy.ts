/** Requests about personal data. */
import { desc, eq } from 'drizzle-orm'
import type { TenantDb } from '../../../platform/tenant-db.ts'
import { privacyRequests } from './schema.ts'

export type PrivacyRequestRow = typeof privacyRequests.$inferSelect

export const insertRequest = (db: TenantDb, row: Omit<PrivacyRequestRow, 'tenantId'>) =>
  db.insert(privacyRequests, row, 'ignore')

export const requestById = (db: TenantDb, id: string) => db.row(privacyRequests, eq(privacyRequests.id, id))

export const requests = (db: TenantDb) =>
  db.rows(privacyRequests, undefined, { orderBy: [desc(privacyRequests.receivedAt)], limit: 200 })

export const updateRequest = (db: TenantDb, id: string, set: Partial<Omit<PrivacyRequestRow, 'tenantId'>>) =>
  db.update(privacyRequests, set, eq(privacyRequests.id, id))

/** The card of this address, and what sources call the person. */
export const whomByEmail = (db: TenantDb, emailKey: string) =>
  db.sql<{ contact_id: string; source_id: string | null; external_id: string | null }>(
    `SELECT c.id AS contact_id, s.source_id, s.external_id FROM contact_cards c
     LEFT JOIN contact_sources s ON s.tenant_id = ?1 AND s.contact_id = c.id
     WHERE c.tenant_id = ?1 AND c.email_key = ?2`,
    emailKey,
  )
