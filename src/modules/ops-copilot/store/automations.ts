/** Rows of automations and their published versions. */
import { and, asc, desc, eq, gt, isNotNull, isNull, type SQL } from 'drizzle-orm'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import { automations, automationVersions } from './schema.ts'

export type AutomationRow = typeof automations.$inferSelect
export type VersionRow = typeof automationVersions.$inferSelect

export interface AutomationFilter {
  kind?: 'automation' | 'sequence'
  status?: 'active' | 'paused' | 'draft'
  triggerType?: 'schedule' | 'event' | 'manual'
  updatedSince?: string
  /** Id of the last of the page before. */
  after?: string
  removed?: boolean
}

/** Oldest first by id, so that pages hold still while new ones are made. */
export function automationPage(
  db: TenantDb,
  filter: AutomationFilter,
  limit: number,
): Query<AutomationRow[]> {
  const where: (SQL | undefined)[] = [
    eq(automations.kind, filter.kind ?? 'automation'),
    filter.removed ? isNotNull(automations.deletedAt) : isNull(automations.deletedAt),
    filter.status && eq(automations.status, filter.status),
    filter.triggerType && eq(automations.triggerType, filter.triggerType),
    filter.updatedSince ? gt(automations.updatedAt, filter.updatedSince) : undefined,
    filter.after ? gt(automations.id, filter.after) : undefined,
  ]
  return db.rows(automations, and(...where), { orderBy: [asc(automations.id)], limit })
}

export const automationById = (db: TenantDb, id: string): Query<AutomationRow | null> =>
  db.row(automations, eq(automations.id, id))

export const insertAutomation = (db: TenantDb, row: Omit<AutomationRow, 'tenantId'>) =>
  db.insert(automations, row)

/** Changes nothing when somebody else has changed it since `version`. */
export const updateAutomationRow = (
  db: TenantDb,
  id: string,
  version: number,
  set: Partial<Omit<AutomationRow, 'tenantId' | 'id'>>,
) => db.update(automations, set, and(eq(automations.id, id), eq(automations.version, version)))

export const insertVersion = (db: TenantDb, row: Omit<VersionRow, 'tenantId'>) =>
  db.insert(automationVersions, row, 'ignore')

export const versionsOf = (db: TenantDb, automationId: string, limit = 100): Query<VersionRow[]> =>
  db.rows(automationVersions, eq(automationVersions.automationId, automationId), {
    orderBy: [desc(automationVersions.version)],
    limit,
  })

export const versionOf = (db: TenantDb, automationId: string, version: number): Query<VersionRow | null> =>
  db.row(
    automationVersions,
    and(eq(automationVersions.automationId, automationId), eq(automationVersions.version, version)),
  )

export const countAutomations = (db: TenantDb): Query<{ n: number }[]> =>
  db.sql('SELECT count(*) AS n FROM automations WHERE tenant_id = ?1 AND deleted_at IS NULL')
