/** What the engine shows outside: rows of runs and questions, never an older state over a newer one. */
import type { TenantDb } from '../../../platform/tenant-db.ts'

export interface RunProjection {
  id: string
  automationId: string
  status: 'running' | 'completed' | 'failed'
  state: string
  startedAt: string
  completedAt: string | null
  result: string | null
  error: string | null
  version: number
  cause: string
  subject: string | null
  contact: string | null
  why: string
  wakesAt: string | null
  moves: number
}

/** Runs of automations that are no more are left out. */
export const keepRuns = (db: TenantDb, rows: readonly RunProjection[]) => [
  db.statement(
    `INSERT INTO automation_runs (tenant_id, id, automation_id, status, state, started_at, completed_at, result, error,
       version, cause, subject, contact, why, wakes_at, moves)
     SELECT ?1, j.value->>'id', j.value->>'automationId', j.value->>'status', j.value->>'state', j.value->>'startedAt',
       j.value->>'completedAt', j.value->>'result', j.value->>'error', j.value->>'version', j.value->>'cause',
       j.value->>'subject', j.value->>'contact', j.value->>'why', j.value->>'wakesAt', j.value->>'moves'
     FROM json_each(?2) j
     WHERE EXISTS (SELECT 1 FROM automations a WHERE a.tenant_id = ?1 AND a.id = j.value->>'automationId')
     ON CONFLICT (tenant_id, id) DO UPDATE SET status = excluded.status, state = excluded.state,
       completed_at = excluded.completed_at, result = excluded.result, error = excluded.error, why = excluded.why,
       wakes_at = excluded.wakes_at, moves = excluded.moves
     WHERE excluded.moves >= automation_runs.moves`,
    JSON.stringify(rows),
  ),
  db.statement(
    `UPDATE automations SET last_run_at = r.at FROM
       (SELECT j.value->>'automationId' AS id, max(j.value->>'startedAt') AS at FROM json_each(?2) j GROUP BY 1) r
     WHERE automations.tenant_id = ?1 AND automations.id = r.id
       AND (automations.last_run_at IS NULL OR automations.last_run_at < r.at)`,
    JSON.stringify(rows.map(({ automationId, startedAt }) => ({ automationId, startedAt }))),
  ),
]

export interface QuestionProjection {
  id: string
  runId: string
  stepKey: string
  automationId: string
  title: string
  body: string
  approvers: string[]
  needed: number
  excluded: string | null
  fields: unknown[]
  dueAt: string | null
  remindAt: string | null
  createdAt: string
}

export const keepQuestions = (db: TenantDb, rows: readonly QuestionProjection[]) =>
  db.statement(
    `INSERT INTO approvals (tenant_id, id, run_id, step_key, automation_id, title, body, approvers, needed, excluded,
       fields, status, due_at, remind_at, created_at)
     SELECT ?1, j.value->>'id', j.value->>'runId', j.value->>'stepKey', j.value->>'automationId', j.value->>'title',
       j.value->>'body', json(j.value->'approvers'), j.value->>'needed', j.value->>'excluded', json(j.value->'fields'),
       'open', j.value->>'dueAt', j.value->>'remindAt', j.value->>'createdAt'
     FROM json_each(?2) j WHERE true
     ON CONFLICT (tenant_id, id) DO NOTHING`,
    JSON.stringify(rows),
  )

/** The run goes on without an answer: its time is over, or the run has ended. */
export const withdrawQuestions = (
  db: TenantDb,
  rows: readonly { id: string; status: 'expired' | 'withdrawn' }[],
  at: string,
) =>
  db.statement(
    `UPDATE approvals SET status = j.value->>'status', decided_at = ?3 FROM json_each(?2) j
     WHERE approvals.tenant_id = ?1 AND approvals.id = j.value->>'id' AND approvals.status = 'open'`,
    JSON.stringify(rows),
    at,
  )

/** By the platform itself: it rests until somebody has looked. No row changes when it rests already. */
export const pauseFor = (db: TenantDb, automationId: string, why: string, at: string) =>
  db.statement(
    `UPDATE automations SET status = 'paused', paused_for = ?3, updated_at = ?4
     WHERE tenant_id = ?1 AND id = ?2 AND status = 'active'`,
    automationId,
    why,
    at,
  )
