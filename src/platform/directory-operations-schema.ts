/** What operators look at: heartbeats, errors, use, and messages whose retries are spent. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Dead letters: messages whose retries are spent, kept for replay. */
export const deadLetters = sqliteTable('dead_letters', {
  id: text('id').primaryKey(),
  tenantId: text('tenant_id'),
  queue: text('queue').notNull(),
  body: text('body').notNull(),
  error: text('error').notNull().default(''),
  createdAt: text('created_at').notNull(),
  replayedAt: text('replayed_at'),
})

/** What runs in the background and when it last did: crons, queues, objects. */
export const heartbeats = sqliteTable('heartbeats', {
  name: text('name').primaryKey(),
  at: integer('at').notNull(),
  ok: integer('ok').notNull(),
  /** Milliseconds the last run took, or for a queue how long its last message had waited. */
  ms: integer('ms').notNull(),
  runs: integer('runs').notNull().default(1),
  detail: text('detail').notNull().default(''),
})

/** Errors nobody expected, one row a place and kind. */
export const errorReports = sqliteTable(
  'error_reports',
  {
    fingerprint: text('fingerprint').primaryKey(),
    message: text('message').notNull(),
    stack: text('stack').notNull(),
    place: text('place').notNull(),
    count: integer('count').notNull(),
    firstAt: text('first_at').notNull(),
    lastAt: text('last_at').notNull(),
    requestId: text('request_id').notNull(),
    resolvedAt: text('resolved_at'),
  },
  (t) => [index('error_reports_last').on(t.lastAt)],
)

/** What was used on a day, by meter: what the operator's cost page multiplies with published prices. */
export const usageCounters = sqliteTable(
  'usage_counters',
  { day: text('day').notNull(), meter: text('meter').notNull(), value: integer('value').notNull() },
  (t) => [primaryKey({ columns: [t.day, t.meter] })],
)

/** When each tenant's engine is due next: should its own alarm be lost, cron wakes it. */
export const engineWakes = sqliteTable(
  'engine_wakes',
  {
    tenantId: text('tenant_id').primaryKey(),
    /** Milliseconds; null: it waits for nothing. */
    dueAt: integer('due_at'),
  },
  (t) => [index('engine_wakes_due').on(t.dueAt)],
)
