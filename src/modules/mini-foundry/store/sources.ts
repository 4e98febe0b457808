/** Sources and what arrived from them. */
import { and, desc, eq } from 'drizzle-orm'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import { dataSources, webhookEvents } from './schema.ts'

export type SourceRow = typeof dataSources.$inferSelect
export type HookRow = typeof webhookEvents.$inferSelect

export const allSources = (db: TenantDb): Query<SourceRow[]> =>
  db.rows(dataSources, undefined, { orderBy: [desc(dataSources.createdAt)], limit: 200 })

export const sourceById = (db: TenantDb, id: string): Query<SourceRow | null> => db.row(dataSources, eq(dataSources.id, id))

export const insertSource = (db: TenantDb, row: Omit<SourceRow, 'tenantId'>) => db.insert(dataSources, row)

export const updateSource = (db: TenantDb, id: string, set: Partial<Omit<SourceRow, 'tenantId' | 'id'>>) =>
  db.update(dataSources, set, eq(dataSources.id, id))

const thisHook = (sourceId: string, eventId: string) =>
  and(eq(webhookEvents.sourceId, sourceId), eq(webhookEvents.eventId, eventId))

export const hookById = (db: TenantDb, sourceId: string, eventId: string): Query<HookRow | null> =>
  db.row(webhookEvents, thisHook(sourceId, eventId))

export const latestHooks = (db: TenantDb, sourceId: string, limit: number): Query<HookRow[]> =>
  db.rows(webhookEvents, eq(webhookEvents.sourceId, sourceId), { orderBy: [desc(webhookEvents.receivedAt)], limit })

/** Changes one row when the event is new. */
export const insertHook = (db: TenantDb, row: Omit<HookRow, 'tenantId'>) => db.insert(webhookEvents, row, 'ignore')

export const settleHook = (
  db: TenantDb,
  sourceId: string,
  eventId: string,
  set: Pick<HookRow, 'status' | 'error' | 'processedAt'>,
) => db.update(webhookEvents, set, thisHook(sourceId, eventId))

/** Tables whose rows belong to a source, children first; each is emptied in pieces. */
const OWNED = [
  'sale_events',
  'order_lines',
  'orders',
  'payments',
  'payouts',
  'invoices',
  'subscriptions',
  'campaign_days',
  'inventory_levels',
  'contacts',
  'products',
  'customers',
  'webhook_events',
  'imports',
]

/** Deletes up to `limit` rows of one table of a source; D1 wants large deletes in pieces. */
export const removeOwned = (db: TenantDb, sourceId: string, limit: number): D1PreparedStatement[] =>
  OWNED.map((table) => {
    const key = table === 'webhook_events' ? 'event_id' : table === 'imports' ? 'id' : 'ext_id'
    return db.statement(
      `DELETE FROM ${table} WHERE tenant_id = ?1 AND source_id = ?2 AND ${key} IN (
         SELECT ${key} FROM ${table} WHERE tenant_id = ?1 AND source_id = ?2 LIMIT ?3)`,
      sourceId,
      limit,
    )
  })

export const removeSourceRow = (db: TenantDb, sourceId: string): D1PreparedStatement[] => [
  db.statement('DELETE FROM dirty_customers WHERE tenant_id = ?1 AND source_id = ?2', sourceId),
  db.remove(dataSources, eq(dataSources.id, sourceId)),
]

export const demoSources = (db: TenantDb): Query<SourceRow[]> => db.rows(dataSources, eq(dataSources.isDemo, true))

export const countingSources = (db: TenantDb): Query<{ n: number }[]> =>
  db.sql<{ n: number }>('SELECT count(*) AS n FROM data_sources WHERE tenant_id = ?1 AND counts_as_sales = 1 AND is_demo = 0')
