/** Rows of mail templates. */
import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import { emailTemplates } from './schema.ts'

export type TemplateRow = typeof emailTemplates.$inferSelect

const MOST = 500

export const allTemplates = (db: TenantDb): Query<TemplateRow[]> =>
  db.rows(emailTemplates, isNull(emailTemplates.deletedAt), {
    orderBy: [asc(emailTemplates.name), asc(emailTemplates.id)],
    limit: MOST,
  })

/** Removed ones too: what was published with them goes on. */
export const templateById = (db: TenantDb, id: string): Query<TemplateRow | null> =>
  db.row(emailTemplates, eq(emailTemplates.id, id))

export const insertTemplate = (db: TenantDb, row: Omit<TemplateRow, 'tenantId'>) =>
  db.insert(emailTemplates, row)

export const updateTemplateRow = (
  db: TenantDb,
  id: string,
  version: number,
  set: Partial<Omit<TemplateRow, 'tenantId' | 'id'>>,
) =>
  db.update(
    emailTemplates,
    { ...set, version: version + 1 },
    and(eq(emailTemplates.id, id), eq(emailTemplates.version, version)),
  )
