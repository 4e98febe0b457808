/** Sources and what arrived from them. */
import { and, desc, eq, gte, lt, sql } from 'drizzle-orm'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import { dataSources, webhookEvents } from './schema.ts'

export type SourceRow = typeof dataSources.$inferSelect
export type HookRow = typeof webhookEvents.$inferSelect

export const allSources = (db: TenantDb): Query<SourceRow[]> =>
  db.rows(dataSources, undefined, { orderBy: [desc(dataSources.createdAt)], limit: 200 })

export interface SourceFilter {
  sourceType?: string
  syncStatus?: string
  /** As stored, inclusive. */
  updatedSince?: string
  /** Older than the source of this id. */
  before?: string
}

/** The newest first; ids are of time, so the id is the cursor. */
export const sourcesPage = (db: TenantDb, filter: SourceFilter, limit: number): Query<SourceRow[]> =>
  db.rows(
    dataSources,
    and(
      filter.sourceType ? sql`${dataSources.sourceType} = ${filter.sourceType}` : undefined,
      filter.syncStatus ? sql`${dataSources.syncStatus} = ${filter.syncStatus}` : undefined,
      filter.updatedSince ? gte(dataSources.updatedAt, filter.updatedSince) : undefined,
      filter.before ? lt(dataSources.id, filter.before) : undefined,
    ),
    { orderBy: [desc(dataSources.id)], limit },
  )

export const sourceById = (db: TenantDb, id: string): Query<SourceRow | null> =>
  db.row(dataSources, eq(dataSources.id, id))

export const sourcesOfConnector = (db: TenantDb, connectorId: string): Query<SourceRow[]> =>
  db.rows(dataSources, eq(dataSources.connectorId, connectorId))

/** No source names the connection any more, so that its row can go. */
export const detachSources = (db: TenantDb, connectorId: string) =>
  db.update(dataSources, { connectorId: null }, eq(dataSources.connectorId, connectorId))

/** All of a connection's sources that stand at one of `from`. */
export const setSourcesOfConnector = (
  db: TenantDb,
  connectorId: string,
  from: readonly string[],
  syncStatus: SourceRow['syncStatus'],
  lastError: string | null,
  at: string,
): D1PreparedStatement =>
  db.statement(
    `UPDATE data_sources SET sync_status = ?4, last_error = ?5, updated_at = ?6
     WHERE tenant_id = ?1 AND connector_id = ?2 AND sync_status IN (SELECT value FROM json_each(?3))`,
    connectorId,
    JSON.stringify(from),
    syncStatus,
    lastError,
    at,
  )

export type NewSource = Omit<typeof dataSources.$inferInsert, 'tenantId'>

export const insertSource = (db: TenantDb, row: NewSource, onConflict?: 'ignore') =>
  db.insert(dataSources, row, onConflict)

export const updateSource = (db: TenantDb, id: string, set: Partial<Omit<SourceRow, 'tenantId' | 'id'>>) =>
  db.update(dataSources, set, eq(dataSources.id, id))

const thisHook = (sourceId: string, eventId: string) =>
  and(eq(webhookEvents.sourceId, sourceId), eq(webhookEvents.eventId, eventId))

export const hookById = (db: TenantDb, sourceId: string, eventId: string): Query<HookRow | null> =>
  db.row(webhookEvents, thisHook(sourceId, eventId))

export const latestHooks = (db: TenantDb, sourceId: string, limit: number): Query<HookRow[]> =>
  db.rows(webhookEvents, eq(webhookEvents.sourceId, sourceId), {
    orderBy: [desc(webhookEvents.receivedAt)],
    limit,
  })

/** Changes one row when the event is new. */
export const insertHook = (db: TenantDb, row: Omit<HookRow, 'tenantId'>) =>
  db.insert(webhookEvents, row, 'ignore')

export const settleHook = (
  db: TenantDb,
  sourceId: string,
  eventId: string,
  set: Pick<HookRow, 'status' | 'error' | 'processedAt'>,
) => db.update(webhookEvents, set, thisHook(sourceId, eventId))

/** Tables whose rows belong to a source, children first, with the rest of their key; each is emptied in pieces. */
const OWNED: [table: string, key: string][] = [
  ['sale_events', 'ext_id'],
  ['order_lines', 'ext_id'],
  ['orders', 'ext_id'],
  ['payments', 'ext_id'],
  ['payout_lines', 'ext_id'],
  ['payouts', 'ext_id'],
  ['bank_deposits', 'ext_id'],
  ['bills', 'ext_id'],
  ['expenses', 'ext_id'],
  ['ledger_accounts', 'ext_id'],
  ['deals', 'ext_id'],
  ['subscription_changes', 'ext_id'],
  ['invoices', 'ext_id'],
  ['subscriptions', 'ext_id'],
  ['campaign_days', 'ext_id'],
  ['inventory_levels', 'ext_id'],
  ['contacts', 'ext_id'],
  ['products', 'ext_id'],
  ['customers', 'ext_id'],
  ['webhook_events', 'event_id'],
  ['sync_streams', 'stream'],
  ['sync_pages', 'id'],
  ['sync_runs', 'id'],
  ['sync_dead_records', 'id'],
  ['schema_drifts', 'path'],
  ['source_mappings', 'stream'],
  ['source_checks', 'day'],
]

/** Deletes up to `limit` rows of each table of a source: D1 wants large deletes in pieces. Changes nothing at the end. */
export const removeOwned = (db: TenantDb, sourceId: string, limit: number): D1PreparedStatement[] => [
  ...OWNED.map(([table, key]) =>
    db.statement(
      `DELETE FROM ${table} WHERE tenant_id = ?1 AND source_id = ?2 AND ${key} IN (
         SELECT ${key} FROM ${table} WHERE tenant_id = ?1 AND source_id = ?2 LIMIT ?3)`,
      sourceId,
      limit,
    ),
  ),
  db.statement(
    `DELETE FROM import_versions WHERE tenant_id = ?1 AND (import_id, fact, ext_id) IN (
       SELECT v.import_id, v.fact, v.ext_id FROM imports i CROSS JOIN import_versions v
         ON v.tenant_id = ?1 AND v.import_id = i.id
       WHERE i.tenant_id = ?1 AND i.source_id = ?2 LIMIT ?3)`,
    sourceId,
    limit,
  ),
]

/** The end of a source whose facts are gone; the database refuses while there are any. */
export const removeSourceRow = (db: TenantDb, sourceId: string): D1PreparedStatement[] => [
  db.statement('DELETE FROM imports WHERE tenant_id = ?1 AND source_id = ?2', sourceId),
  db.statement('DELETE FROM dirty_customers WHERE tenant_id = ?1 AND source_id = ?2', sourceId),
  db.remove(dataSources, eq(dataSources.id, sourceId)),
]

/** Unfinished imports of a source land nothing more. */
export const closeImports = (db: TenantDb, sourceId: string, at: string): D1PreparedStatement =>
  db.statement(
    `UPDATE imports SET status = 'cancelled', stage = 'done', completed_at = ?3
     WHERE tenant_id = ?1 AND source_id = ?2 AND (status IN ('queued', 'running') OR stage = 'undoing')`,
    sourceId,
    at,
  )

export const importIds = (db: TenantDb, sourceId: string): Query<{ id: string }[]> =>
  db.sql<{ id: string }>('SELECT id FROM imports WHERE tenant_id = ?1 AND source_id = ?2', sourceId)

/** The id in a source's public address; null when it has none. */
export const publicIdOf = (db: TenantDb, kind: string, sourceId: string): Query<string | null> => {
  const query = db.sql<{ id: string }>(
    'SELECT id FROM public_ids WHERE tenant_id = ?1 AND kind = ?2 AND ref = ?3',
    kind,
    sourceId,
  )
  return { statement: query.statement, map: (rows) => query.map(rows)[0]?.id ?? null }
}

/** The public address of a source leads nowhere any more. */
export const dropPublicId = (db: TenantDb, kind: string, sourceId: string): D1PreparedStatement =>
  db.statement('DELETE FROM public_ids WHERE tenant_id = ?1 AND kind = ?2 AND ref = ?3', kind, sourceId)

export const demoSources = (db: TenantDb): Query<SourceRow[]> =>
  db.rows(dataSources, eq(dataSources.isDemo, true))

export const countingSources = (db: TenantDb): Query<{ n: number }[]> =>
  db.sql<{ n: number }>(
    'SELECT count(*) AS n FROM data_sources WHERE tenant_id = ?1 AND counts_as_sales = 1 AND is_demo = 0',
  )
