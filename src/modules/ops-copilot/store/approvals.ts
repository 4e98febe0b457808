/** Rows of questions and of what people said to them. */
import { and, asc, desc, eq, isNull, lt, ne, type SQL, sql } from 'drizzle-orm'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import { approvalDecisions, approvals } from './schema.ts'

export type ApprovalRow = typeof approvals.$inferSelect
export type DecisionRow = typeof approvalDecisions.$inferSelect

export interface ApprovalFilter {
  status?: ApprovalRow['status']
  /** Not open any more, however it ended. */
  decided?: boolean
  /** Asked of this person. */
  personId?: string
  runId?: string
  /** Id of the last of the page before. */
  before?: string
}

/** The newest first. */
export function approvalPage(db: TenantDb, filter: ApprovalFilter, limit: number): Query<ApprovalRow[]> {
  const where: (SQL | undefined)[] = [
    filter.status && eq(approvals.status, filter.status),
    filter.decided ? ne(approvals.status, 'open') : undefined,
    filter.runId ? eq(approvals.runId, filter.runId) : undefined,
    filter.before ? lt(approvals.id, filter.before) : undefined,
    filter.personId
      ? sql`exists (select 1 from json_each(${approvals.approvers}) where value = ${filter.personId})`
      : undefined,
  ]
  return db.rows(approvals, and(...where), { orderBy: [desc(approvals.id)], limit })
}

export const approvalById = (db: TenantDb, id: string): Query<ApprovalRow | null> =>
  db.row(approvals, eq(approvals.id, id))

export const decisionsOf = (db: TenantDb, id: string): Query<DecisionRow[]> =>
  db.rows(approvalDecisions, eq(approvalDecisions.approvalId, id), {
    orderBy: [asc(approvalDecisions.at)],
    limit: 200,
  })

/** Nothing when this person has spoken already, or it is decided. */
export const insertDecision = (db: TenantDb, row: Omit<DecisionRow, 'tenantId'>) =>
  db.statement(
    `INSERT INTO approval_decisions (tenant_id, approval_id, person_id, person_name, verdict, comment, field_values, way, at)
     SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
     WHERE EXISTS (SELECT 1 FROM approvals a WHERE a.tenant_id = ?1 AND a.id = ?2 AND a.status = 'open')
     ON CONFLICT DO NOTHING`,
    ...[
      row.approvalId,
      row.personId,
      row.personName,
      row.verdict,
      row.comment,
      JSON.stringify(row.values),
      row.way,
      row.at,
    ],
  )

export const closeApproval = (db: TenantDb, id: string, status: 'approved' | 'rejected', at: string) =>
  db.update(approvals, { status, decidedAt: at }, and(eq(approvals.id, id), eq(approvals.status, 'open')))

export const markTold = (db: TenantDb, id: string, at: number) =>
  db.update(approvals, { toldAt: at }, eq(approvals.id, id))

export const delegateApproval = (db: TenantDb, id: string, approvers: string[]) =>
  db.update(approvals, { approvers }, and(eq(approvals.id, id), eq(approvals.status, 'open')))

export const untoldApprovals = (db: TenantDb): Query<ApprovalRow[]> =>
  db.rows(approvals, and(sql`${approvals.status} in ('approved', 'rejected')`, isNull(approvals.toldAt)), {
    limit: 50,
  })
