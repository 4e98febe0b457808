/** What a draft was before, and after what was taken back: two stacks, the newest on top. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'

export type Stack = 'undo' | 'redo'

const KEPT = 50

export interface KeptDraft {
  n: number
  state: string
}

export const lastDraft = (db: TenantDb, automationId: string, stack: Stack): Query<KeptDraft[]> =>
  db.sql(
    'SELECT n, state FROM automation_drafts WHERE tenant_id = ?1 AND automation_id = ?2 AND stack = ?3 ORDER BY n DESC LIMIT 1',
    automationId,
    stack,
  )

export const draftDepths = (db: TenantDb, automationId: string): Query<{ stack: Stack; depth: number }[]> =>
  db.sql(
    'SELECT stack, count(*) AS depth FROM automation_drafts WHERE tenant_id = ?1 AND automation_id = ?2 GROUP BY stack',
    automationId,
  )

/** After a change that counted (`changes()` of the statement before). */
export const pushDraft = (db: TenantDb, automationId: string, stack: Stack, n: number, state: unknown) =>
  db.statement(
    `INSERT INTO automation_drafts (tenant_id, automation_id, stack, n, state) SELECT ?1, ?2, ?3, ?4, ?5 WHERE changes() > 0
     ON CONFLICT DO UPDATE SET state = excluded.state`,
    automationId,
    stack,
    n,
    JSON.stringify(state),
  )

export const dropDraft = (db: TenantDb, automationId: string, stack: Stack, n: number) =>
  db.statement(
    'DELETE FROM automation_drafts WHERE tenant_id = ?1 AND automation_id = ?2 AND stack = ?3 AND n = ?4',
    automationId,
    stack,
    n,
  )

/** A new change ends what could be done again; of the past so much is kept. */
export const trimDrafts = (db: TenantDb, automationId: string, n: number) => [
  db.statement(
    `DELETE FROM automation_drafts WHERE tenant_id = ?1 AND automation_id = ?2 AND stack = 'redo'`,
    automationId,
  ),
  db.statement(
    `DELETE FROM automation_drafts WHERE tenant_id = ?1 AND automation_id = ?2 AND stack = 'undo' AND n <= ?3`,
    automationId,
    n - KEPT,
  ),
]
