/** Rows of runs as lists show them. */
import { and, desc, eq, gte, lt, type SQL } from 'drizzle-orm'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import { automationRuns } from './schema.ts'

export type RunLine = typeof automationRuns.$inferSelect

export interface RunFilter {
  automationId?: string
  status?: 'running' | 'completed' | 'failed'
  state?: string
  subject?: string
  contact?: string
  since?: string
  /** Id of the last of the page before. */
  before?: string
}

/** The newest first. */
export function runPage(db: TenantDb, filter: RunFilter, limit: number): Query<RunLine[]> {
  const where: (SQL | undefined)[] = [
    filter.automationId ? eq(automationRuns.automationId, filter.automationId) : undefined,
    filter.status && eq(automationRuns.status, filter.status),
    filter.state ? eq(automationRuns.state, filter.state) : undefined,
    filter.subject ? eq(automationRuns.subject, filter.subject) : undefined,
    filter.contact ? eq(automationRuns.contact, filter.contact) : undefined,
    filter.since ? gte(automationRuns.startedAt, filter.since) : undefined,
    filter.before ? lt(automationRuns.id, filter.before) : undefined,
  ]
  return db.rows(automationRuns, and(...where), { orderBy: [desc(automationRuns.id)], limit })
}

export const runById = (db: TenantDb, id: string): Query<RunLine | null> =>
  db.row(automationRuns, eq(automationRuns.id, id))

/** Runs of an automation that are under way. */
export const countAlive = (db: TenantDb, automationId: string): Query<{ n: number }[]> =>
  db.sql(
    `SELECT count(*) AS n FROM automation_runs WHERE tenant_id = ?1 AND automation_id = ?2 AND status = 'running'`,
    automationId,
  )
