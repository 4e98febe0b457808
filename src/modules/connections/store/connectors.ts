/** Rows of connections. */
import { and, asc, desc, eq, gt, gte, ne, type SQL, sql } from 'drizzle-orm'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import { connectors } from './schema.ts'

export type ConnectorRow = typeof connectors.$inferSelect
export type ConnectorChange = Partial<Omit<ConnectorRow, 'tenantId' | 'id' | 'version'>>

export const connectorById = (db: TenantDb, id: string): Query<ConnectorRow | null> =>
  db.row(connectors, eq(connectors.id, id))

/** The same account of the same vendor is one row, whatever became of it. */
export const connectorOfAccount = (db: TenantDb, kind: string, account: string): Query<ConnectorRow | null> =>
  db.row(
    connectors,
    and(eq(connectors.kind, kind), eq(connectors.account, account), ne(connectors.method, 'hook')),
  )

/** A workspace's connections, those that need somebody first. */
export const allConnectors = (db: TenantDb): Query<ConnectorRow[]> =>
  db.rows(connectors, undefined, {
    orderBy: [
      sql`case ${connectors.status} when 'failed' then 0 when 'connected' then 1 else 2 end`,
      desc(connectors.id),
    ],
    limit: 500,
  })

/** One page by id, for the API. */
export function connectorPage(
  db: TenantDb,
  filter: { after?: string; updatedSince?: string; kind?: string; status?: ConnectorRow['status'] },
  limit: number,
): Query<ConnectorRow[]> {
  const where: SQL[] = []
  if (filter.after) where.push(gt(connectors.id, filter.after))
  if (filter.updatedSince) where.push(gte(connectors.updatedAt, filter.updatedSince))
  if (filter.kind) where.push(eq(connectors.kind, filter.kind))
  if (filter.status) where.push(eq(connectors.status, filter.status))
  return db.rows(connectors, and(...where), { orderBy: [asc(connectors.id)], limit })
}

/** Changes no row when the account is connected already. */
export const insertConnector = (db: TenantDb, row: Omit<ConnectorRow, 'tenantId'>) =>
  db.insert(connectors, row, 'ignore')

export const updateConnector = (db: TenantDb, id: string, set: ConnectorChange) =>
  db.update(connectors, set, eq(connectors.id, id))

/** New credentials; every change of them moves the version, so that an older answer never overwrites a newer one. */
export const replaceSealed = (
  db: TenantDb,
  id: string,
  version: number,
  set: ConnectorChange & { credentials: string },
) =>
  db.update(
    connectors,
    { ...set, version: version + 1 },
    and(eq(connectors.id, id), eq(connectors.version, version)),
  )

/** From one status to another, once: it changes a row only for the first who says so, of these very credentials. */
export const moveStatus = (
  db: TenantDb,
  row: Pick<ConnectorRow, 'id' | 'version'>,
  from: ConnectorRow['status'],
  set: ConnectorChange,
) =>
  db.update(
    connectors,
    set,
    and(eq(connectors.id, row.id), eq(connectors.version, row.version), eq(connectors.status, from)),
  )

/** Written once in a while, not at every use. */
export const touchUsed = (db: TenantDb, id: string, at: string, before: string): D1PreparedStatement =>
  db.statement(
    `UPDATE connectors SET last_used_at = ?3
     WHERE tenant_id = ?1 AND id = ?2 AND (last_used_at IS NULL OR last_used_at < ?4)`,
    id,
    at,
    before,
  )
