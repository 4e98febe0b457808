/** What waits for people: questions that runs ask, and tasks. */
import { foreignKey, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { workspaces } from '../../../platform/directory-schema.ts'
import type { ApprovalField, Json } from '../domain/definition-model.ts'

const tenantId = () =>
  text('tenant_id')
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' })

/** A question that a run asks. It is decided once; the engine hears of it until it has answered. */
export const approvals = sqliteTable(
  'approvals',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    runId: text('run_id').notNull(),
    /** Key of the step in the run. */
    stepKey: text('step_key').notNull(),
    automationId: text('automation_id').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    /** Person ids. */
    approvers: text('approvers', { mode: 'json' }).$type<string[]>().notNull(),
    needed: integer('needed').notNull(),
    /** The person who started the run and may not decide; null: anybody asked may. */
    excluded: text('excluded'),
    fields: text('fields', { mode: 'json' }).$type<ApprovalField[]>().notNull(),
    status: text('status', { enum: ['open', 'approved', 'rejected', 'expired', 'withdrawn'] }).notNull(),
    dueAt: text('due_at'),
    remindAt: text('remind_at'),
    createdAt: text('created_at').notNull(),
    decidedAt: text('decided_at'),
    /** Milliseconds when the engine was told; null while it is to be told still. */
    toldAt: integer('told_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('approvals_open').on(t.tenantId, t.status, t.id),
    index('approvals_run').on(t.tenantId, t.runId),
  ],
)

/** One row a person and question. */
export const approvalDecisions = sqliteTable(
  'approval_decisions',
  {
    tenantId: tenantId(),
    approvalId: text('approval_id').notNull(),
    personId: text('person_id').notNull(),
    personName: text('person_name').notNull(),
    verdict: text('verdict', { enum: ['approved', 'rejected'] }).notNull(),
    comment: text('comment').notNull(),
    values: text('field_values', { mode: 'json' }).$type<Record<string, Json>>().notNull(),
    /** How: page, link, reply, api. */
    way: text('way').notNull(),
    at: text('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.approvalId, t.personId] }),
    foreignKey({
      columns: [t.tenantId, t.approvalId],
      foreignColumns: [approvals.tenantId, approvals.id],
    }),
  ],
)

export const tasks = sqliteTable(
  'tasks',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    title: text('title').notNull(),
    notes: text('notes').notNull(),
    status: text('status', { enum: ['open', 'done'] }).notNull(),
    priority: text('priority', { enum: ['urgent', 'high', 'normal', 'low'] }).notNull(),
    assigneeId: text('assignee_id'),
    dueOn: text('due_on'),
    /** Every so often another one is made when this is done: daily, weekdays, weekly, monthly, quarterly, yearly. */
    repeats: text('repeats'),
    /** What it is about: `invoice:<id>`. */
    subject: text('subject'),
    /** Who or what made it: `person:<id>`, `automation:<id>`, `wing:<name>`. */
    source: text('source').notNull(),
    /** The same key makes one task. */
    dedupeKey: text('dedupe_key').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
    doneAt: text('done_at'),
    doneBy: text('done_by'),
    version: integer('version').notNull(),
    deletedAt: text('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('tasks_open').on(t.tenantId, t.status, t.dueOn),
    index('tasks_assignee').on(t.tenantId, t.assigneeId, t.status),
    index('tasks_subject').on(t.tenantId, t.subject),
    index('tasks_dedupe').on(t.tenantId, t.dedupeKey),
  ],
)
