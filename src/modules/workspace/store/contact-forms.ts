/** Forms that take contacts in. */
import { desc, eq, isNull } from 'drizzle-orm'
import type { TenantDb } from '../../../platform/tenant-db.ts'
import { contactForms } from './contact-schema.ts'

export type ContactFormRow = typeof contactForms.$inferSelect

/** Those that are not archived, the newest first. */
export const contactFormRows = (db: TenantDb) =>
  db.rows(contactForms, isNull(contactForms.archivedAt), { orderBy: [desc(contactForms.id)], limit: 200 })

export const contactFormRow = (db: TenantDb, id: string) => db.row(contactForms, eq(contactForms.id, id))

export const insertContactForm = (db: TenantDb, row: Omit<ContactFormRow, 'tenantId'>) =>
  db.insert(contactForms, row)

export const updateContactForm = (
  db: TenantDb,
  id: string,
  set: Partial<Omit<ContactFormRow, 'tenantId' | 'id'>>,
) => db.update(contactForms, set, eq(contactForms.id, id))

export const countSubmission = (db: TenantDb, id: string) =>
  db.statement('UPDATE contact_forms SET submissions = submissions + 1 WHERE tenant_id = ?1 AND id = ?2', id)
