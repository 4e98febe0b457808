/** Automations, what was published of them, and their runs. */
import { foreignKey, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { workspaces } from '../../../platform/directory-schema.ts'
import type { Care, StopRule, Trigger } from '../domain/automation-model.ts'
import type { Json, Step } from '../domain/definition-model.ts'

const tenantId = () =>
  text('tenant_id')
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' })

/** The draft as people edit it; what runs is the newest row of `automation_versions`. */
export const automations = sqliteTable(
  'automations',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    /** A sequence is an automation over one contact: its steps are mails, waits and branches. */
    kind: text('kind', { enum: ['automation', 'sequence'] }).notNull(),
    name: text('name').notNull(),
    description: text('description').notNull(),
    status: text('status', { enum: ['active', 'paused', 'draft'] }).notNull(),
    triggerType: text('trigger_type', { enum: ['schedule', 'event', 'manual'] }).notNull(),
    triggerConfig: text('trigger_config', { mode: 'json' }).$type<Trigger>().notNull(),
    actions: text('actions', { mode: 'json' }).$type<Step[]>().notNull(),
    stopOn: text('stop_on', { mode: 'json' }).$type<StopRule[]>().notNull(),
    care: text('care', { mode: 'json' }).$type<Care>().notNull(),
    /** Counts changes of the draft. */
    version: integer('version').notNull(),
    /** What runs start with; null: never published. */
    publishedVersion: integer('published_version'),
    /** Whose rights its steps have, and who hears when it fails. */
    ownerId: text('owner_id'),
    /** Why it is paused when nobody asked for it. */
    pausedFor: text('paused_for'),
    /** Where it came from: `gallery:<key>`, `n8n`, `words`, or null. */
    origin: text('origin'),
    createdBy: text('created_by').notNull(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
    lastRunAt: text('last_run_at'),
    deletedAt: text('deleted_at'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
)

export const automationVersions = sqliteTable(
  'automation_versions',
  {
    tenantId: tenantId(),
    automationId: text('automation_id').notNull(),
    version: integer('version').notNull(),
    /** Of the steps: what runs are pinned to. */
    hash: text('hash').notNull(),
    name: text('name').notNull(),
    triggerConfig: text('trigger_config', { mode: 'json' }).$type<Trigger>().notNull(),
    actions: text('actions', { mode: 'json' }).$type<Step[]>().notNull(),
    stopOn: text('stop_on', { mode: 'json' }).$type<StopRule[]>().notNull(),
    care: text('care', { mode: 'json' }).$type<Care>().notNull(),
    publishedBy: text('published_by').notNull(),
    publishedByName: text('published_by_name').notNull(),
    publishedAt: text('published_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.automationId, t.version] }),
    foreignKey({
      columns: [t.tenantId, t.automationId],
      foreignColumns: [automations.tenantId, automations.id],
    }),
  ],
)

/** What drafts were before their last changes, for undo and redo. */
export const automationDrafts = sqliteTable(
  'automation_drafts',
  {
    tenantId: tenantId(),
    automationId: text('automation_id').notNull(),
    stack: text('stack', { enum: ['undo', 'redo'] }).notNull(),
    n: integer('n').notNull(),
    state: text('state').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.automationId, t.stack, t.n] }),
    foreignKey({
      columns: [t.tenantId, t.automationId],
      foreignColumns: [automations.tenantId, automations.id],
    }),
  ],
)

/** One row a run, written by the engine. */
export const automationRuns = sqliteTable(
  'automation_runs',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    automationId: text('automation_id').notNull(),
    status: text('status', { enum: ['running', 'completed', 'failed'] }).notNull(),
    /** running, waiting, held, asking, paused, completed, stopped, failed, cancelled. */
    state: text('state').notNull(),
    startedAt: text('started_at').notNull(),
    completedAt: text('completed_at'),
    result: text('result', { mode: 'json' }).$type<Json>(),
    error: text('error'),
    version: integer('version').notNull(),
    /** What started it: `event invoice.overdue`, `schedule`, `Anna by hand`. */
    cause: text('cause').notNull(),
    /** What it is about, and whom. */
    subject: text('subject'),
    contact: text('contact'),
    /** One sentence: where it stands and why. */
    why: text('why').notNull(),
    /** When the next thing is due, for waiting ones. */
    wakesAt: text('wakes_at'),
    /** Counts the engine's moves, so that an older state never overwrites a newer one. */
    moves: integer('moves').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('automation_runs_of').on(t.tenantId, t.automationId, t.id),
    index('automation_runs_status').on(t.tenantId, t.status, t.id),
    foreignKey({
      columns: [t.tenantId, t.automationId],
      foreignColumns: [automations.tenantId, automations.id],
    }),
  ],
)

/** How this business works: office hours, quiet hours, how many mails anybody gets. */
export const copilotSettings = sqliteTable('copilot_settings', {
  tenantId: tenantId().primaryKey(),
  settings: text('settings', { mode: 'json' }).$type<Record<string, Json>>().notNull(),
  updatedAt: text('updated_at').notNull(),
})
