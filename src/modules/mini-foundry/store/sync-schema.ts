/** How each stream of a source stands, what its runs did, what could not be read, and what the vendor changed. */
import { foreignKey, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { workspaces } from '../../../platform/directory-schema.ts'
import { dataSources } from './source-schema.ts'

const tenantId = () =>
  text('tenant_id')
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' })

/** One row a stream. `state` is the reader's own cursor and moves last, in the batch of the facts before it. */
export const syncStreams = sqliteTable(
  'sync_streams',
  {
    tenantId: tenantId(),
    sourceId: text('source_id').notNull(),
    stream: text('stream').notNull(),
    mode: text('mode', { enum: ['backfill', 'incremental', 'reconcile'] }).notNull(),
    status: text('status', { enum: ['waiting', 'running', 'failed', 'paused'] }).notNull(),
    /** The run that is under way, or null. */
    runId: text('run_id'),
    state: text('state'),
    /** Milliseconds: the stretch that the run reads. */
    windowFrom: integer('window_from'),
    windowTo: integer('window_to'),
    /** Milliseconds: everything that changed before is here. */
    syncedUntil: integer('synced_until'),
    /** Milliseconds: how far back the history is complete, and how far it is to go. */
    backfilledTo: integer('backfilled_to'),
    backfillTarget: integer('backfill_target'),
    attempt: integer('attempt').notNull().default(0),
    /** Counts up with each step: a step that was overtaken writes nothing. */
    step: integer('step').notNull().default(0),
    /** Milliseconds. */
    leaseUntil: integer('lease_until').notNull().default(0),
    nextRunAt: integer('next_run_at'),
    /** Milliseconds: when the last nightly re-read began, and how far back a person asked to read again. */
    reconciledAt: integer('reconciled_at'),
    wantedFrom: integer('wanted_from'),
    /** The last kept page that was read again under a new mapping; null: none is being read again. */
    replayAfter: text('replay_after'),
    /** The last complete read of the whole: what it saw and a later one does not is gone at the source. */
    wholeRunId: text('whole_run_id'),
    lastOkAt: text('last_ok_at'),
    lastError: text('last_error'),
    rowsSeen: integer('rows_seen').notNull().default(0),
    rowsWritten: integer('rows_written').notNull().default(0),
    updatedAt: text('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.sourceId, t.stream] }),
    foreignKey({ columns: [t.tenantId, t.sourceId], foreignColumns: [dataSources.tenantId, dataSources.id] }),
    /** What cron looks for, over all workspaces. */
    index('sync_streams_due').on(t.nextRunAt),
  ],
)

export const syncRuns = sqliteTable(
  'sync_runs',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    sourceId: text('source_id').notNull(),
    stream: text('stream').notNull(),
    mode: text('mode', { enum: ['backfill', 'incremental', 'reconcile'] }).notNull(),
    /** Who wanted it. */
    trigger: text('trigger', { enum: ['connected', 'schedule', 'hook', 'person'] }).notNull(),
    status: text('status', { enum: ['running', 'ok', 'partial', 'failed', 'cancelled'] }).notNull(),
    windowFrom: integer('window_from'),
    windowTo: integer('window_to'),
    pages: integer('pages').notNull().default(0),
    rowsSeen: integer('rows_seen').notNull().default(0),
    rowsWritten: integer('rows_written').notNull().default(0),
    /** What the vendor says there is; a run that saw fewer is no success. */
    expectedRows: integer('expected_rows'),
    error: text('error'),
    startedAt: text('started_at').notNull(),
    finishedAt: text('finished_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('sync_runs_of').on(t.tenantId, t.sourceId, t.startedAt),
  ],
)

/** Pages as they came, in the order of their arrival: what was seen in a run, and what can be read again. */
export const syncPages = sqliteTable(
  'sync_pages',
  {
    tenantId: tenantId(),
    sourceId: text('source_id').notNull(),
    stream: text('stream').notNull(),
    /** `<milliseconds>-<run>-<page>`: sorts by arrival. */
    id: text('id').notNull(),
    /** Null for pages that deliveries had fetched. */
    runId: text('run_id'),
    rawKey: text('raw_key').notNull(),
    records: integer('records').notNull(),
    /** While the run goes on: `[record, ...]` to count distinct ones, and facts seen as `{ kind: [id, ...] }`. */
    keys: text('keys'),
    seen: text('seen'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.sourceId, t.stream, t.id] }),
    index('sync_pages_of_run').on(t.tenantId, t.runId),
  ],
)

/** Records that could not be read: kept with the reason, replayed or left out by a person. */
export const syncDeadRecords = sqliteTable(
  'sync_dead_records',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    sourceId: text('source_id').notNull(),
    stream: text('stream').notNull(),
    extId: text('ext_id'),
    /** The record as it came, in R2. */
    rawKey: text('raw_key').notNull(),
    error: text('error').notNull(),
    status: text('status', { enum: ['open', 'replayed', 'left_out'] }).notNull(),
    createdAt: text('created_at').notNull(),
    settledAt: text('settled_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('sync_dead_records_of').on(t.tenantId, t.sourceId, t.status),
  ],
)

/** What the vendor's records have that they did not have before, or no longer have. */
export const schemaDrifts = sqliteTable(
  'schema_drifts',
  {
    tenantId: tenantId(),
    sourceId: text('source_id').notNull(),
    stream: text('stream').notNull(),
    path: text('path').notNull(),
    change: text('change', { enum: ['appeared', 'missing', 'type'] }).notNull(),
    detail: text('detail').notNull(),
    seenAt: text('seen_at').notNull(),
    acknowledgedAt: text('acknowledged_at'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.sourceId, t.stream, t.path, t.change] })],
)

/** How a source's fields become ours, where a person changed it; the vendor's standard mapping holds elsewhere. */
export const sourceMappings = sqliteTable(
  'source_mappings',
  {
    tenantId: tenantId(),
    sourceId: text('source_id').notNull(),
    stream: text('stream').notNull(),
    version: integer('version').notNull(),
    mapping: text('mapping', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    changedBy: text('changed_by').notNull(),
    changedAt: text('changed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.sourceId, t.stream] }),
    foreignKey({ columns: [t.tenantId, t.sourceId], foreignColumns: [dataSources.tenantId, dataSources.id] }),
  ],
)

/** Our totals beside the source's own, day by day: the match badge. */
export const sourceChecks = sqliteTable(
  'source_checks',
  {
    tenantId: tenantId(),
    sourceId: text('source_id').notNull(),
    /** `gross_sales`, `refunds`, `orders`, `payouts`, `income`, ... */
    measure: text('measure').notNull(),
    day: text('day').notNull(),
    currency: text('currency').notNull(),
    ours: integer('ours').notNull(),
    theirs: integer('theirs').notNull(),
    /** Why they differ, as far as is known: `[{ reason, amount, ref }]`. */
    reasons: text('reasons', { mode: 'json' }).$type<Record<string, unknown>[]>().notNull(),
    checkedAt: text('checked_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.sourceId, t.measure, t.day, t.currency] }),
    foreignKey({ columns: [t.tenantId, t.sourceId], foreignColumns: [dataSources.tenantId, dataSources.id] }),
  ],
)
