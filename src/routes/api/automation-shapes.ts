/** Automations, runs, approvals and tasks as the API shows them. */
import { z } from '@hono/zod-openapi'
import type { ApprovalRow, AutomationRow, RunLine, TaskRow } from '../../modules/ops-copilot/index.ts'

const json = z.any().openapi({ type: 'object' })

export const automationSchema = z
  .object({
    id: z.string(),
    tenant_id: z.string(),
    name: z.string(),
    description: z.string(),
    status: z.enum(['active', 'paused', 'draft']),
    trigger_type: z.enum(['schedule', 'event', 'manual']),
    trigger_config: json,
    actions: z.array(json),
    stop_on: z.array(json),
    care: json,
    version: z.number().int(),
    published_version: z.number().int().nullable(),
    paused_for: z.string().nullable(),
    owner_id: z.string().nullable(),
    created_at: z.string(),
    updated_at: z.string(),
    last_run_at: z.string().nullable(),
  })
  .openapi('Automation')

export const automationJson = (row: AutomationRow) => ({
  id: row.id,
  tenant_id: row.tenantId,
  name: row.name,
  description: row.description,
  status: row.status,
  trigger_type: row.triggerType,
  trigger_config: row.triggerConfig,
  actions: row.actions,
  stop_on: row.stopOn,
  care: row.care,
  version: row.version,
  published_version: row.publishedVersion,
  paused_for: row.pausedFor,
  owner_id: row.ownerId,
  created_at: row.createdAt,
  updated_at: row.updatedAt,
  last_run_at: row.lastRunAt,
})

/** What a client sends; the action checks it further. */
export const automationWish = z.strictObject({
  name: z.string().min(1),
  description: z.string().optional(),
  status: z.enum(['active', 'paused', 'draft']).optional(),
  trigger_type: z.enum(['schedule', 'event', 'manual']).optional(),
  trigger_config: z.record(z.string(), z.any()).optional(),
  actions: z.array(z.any()).optional(),
  stop_on: z.array(z.any()).optional(),
  care: z.record(z.string(), z.any()).optional(),
})

export const runSchema = z
  .object({
    id: z.string(),
    automation_id: z.string(),
    status: z.enum(['running', 'completed', 'failed']),
    state: z.string(),
    started_at: z.string(),
    completed_at: z.string().nullable(),
    result: json.nullable(),
    error: z.string().nullable(),
    version: z.number().int(),
    cause: z.string(),
    subject: z.string().nullable(),
    contact_id: z.string().nullable(),
    why: z.string(),
    wakes_at: z.string().nullable(),
  })
  .openapi('AutomationRun')

export const runJson = (row: RunLine) => ({
  id: row.id,
  automation_id: row.automationId,
  status: row.status,
  state: row.state,
  started_at: row.startedAt,
  completed_at: row.completedAt,
  result: row.result ?? null,
  error: row.error,
  version: row.version,
  cause: row.cause,
  subject: row.subject,
  contact_id: row.contact,
  why: row.why,
  wakes_at: row.wakesAt,
})

export const approvalSchema = z
  .object({
    id: z.string(),
    run_id: z.string(),
    automation_id: z.string(),
    title: z.string(),
    body: z.string(),
    status: z.enum(['open', 'approved', 'rejected', 'expired', 'withdrawn']),
    approvers: z.array(z.string()),
    needed: z.number().int(),
    fields: z.array(json),
    due_at: z.string().nullable(),
    created_at: z.string(),
    decided_at: z.string().nullable(),
  })
  .openapi('Approval')

export const approvalJson = (row: ApprovalRow) => ({
  id: row.id,
  run_id: row.runId,
  automation_id: row.automationId,
  title: row.title,
  body: row.body,
  status: row.status,
  approvers: row.approvers,
  needed: row.needed,
  fields: row.fields,
  due_at: row.dueAt,
  created_at: row.createdAt,
  decided_at: row.decidedAt,
})

export const taskSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    notes: z.string(),
    status: z.enum(['open', 'done']),
    priority: z.enum(['urgent', 'high', 'normal', 'low']),
    assignee_id: z.string().nullable(),
    due_on: z.string().nullable(),
    repeats: z.string().nullable(),
    subject: z.string().nullable(),
    source: z.string(),
    created_by: z.string(),
    created_at: z.string(),
    updated_at: z.string(),
    done_at: z.string().nullable(),
    done_by: z.string().nullable(),
  })
  .openapi('Task')

export const taskJson = (row: TaskRow) => ({
  id: row.id,
  title: row.title,
  notes: row.notes,
  status: row.status,
  priority: row.priority,
  assignee_id: row.assigneeId,
  due_on: row.dueOn,
  repeats: row.repeats,
  subject: row.subject,
  source: row.source,
  created_by: row.createdBy,
  created_at: row.createdAt,
  updated_at: row.updatedAt,
  done_at: row.doneAt,
  done_by: row.doneBy,
})
