/** Webhook endpoints of a workspace and the deliveries to them. */
import { and, asc, desc, eq, lt, type SQL } from 'drizzle-orm'
import type { TenantDb } from '../../../platform/tenant-db.ts'
import type { Attempt, DeliveryStatus } from '../domain/webhook.ts'
import { webhookDeliveries as deliveries, webhookEndpoints as endpoints } from './webhook-schema.ts'

export type EndpointRow = typeof endpoints.$inferSelect
export type DeliveryRow = typeof deliveries.$inferSelect

export const allEndpoints = (db: TenantDb) => db.rows(endpoints, undefined, { orderBy: [asc(endpoints.id)] })

export const endpoint = (db: TenantDb, id: string) => db.row(endpoints, eq(endpoints.id, id))

/** Inserts only while the workspace has fewer than `most`. */
export const insertEndpoint = (db: TenantDb, row: Omit<EndpointRow, 'tenantId'>, most: number) =>
  db.statement(
    `INSERT INTO webhook_endpoints (tenant_id, id, url, description, events, secrets, status, version, created_at, updated_at)
     SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9
     WHERE (SELECT count(*) FROM webhook_endpoints WHERE tenant_id = ?1) < ?10`,
    row.id,
    row.url,
    row.description,
    JSON.stringify(row.events),
    row.secrets,
    row.status,
    row.version,
    row.createdAt,
    most,
  )

/** Changes nothing when the endpoint has moved on from `version`. */
export const updateEndpoint = (
  db: TenantDb,
  id: string,
  version: number,
  set: Partial<Omit<EndpointRow, 'tenantId' | 'id' | 'version'>>,
) =>
  db.update(
    endpoints,
    { ...set, version: version + 1 },
    and(eq(endpoints.id, id), eq(endpoints.version, version)),
  )

export const removeEndpoint = (db: TenantDb, id: string) => db.remove(endpoints, eq(endpoints.id, id))

/** The first failure since the last success is remembered; a success forgets it. */
export const noteHealth = (db: TenantDb, id: string, failedAt: string | null) =>
  db.statement(
    `UPDATE webhook_endpoints SET failing_since = CASE WHEN ?3 IS NULL THEN NULL ELSE coalesce(failing_since, ?3) END
     WHERE tenant_id = ?1 AND id = ?2 AND (failing_since IS NULL) <> (?3 IS NULL)`,
    id,
    failedAt,
  )

/** Stops an active endpoint; changes nothing when somebody stopped it already. */
export const stopEndpoint = (db: TenantDb, id: string, status: 'paused' | 'failing', at: string) =>
  db.statement(
    `UPDATE webhook_endpoints SET status = ?3, updated_at = ?4, version = version + 1
     WHERE tenant_id = ?1 AND id = ?2 AND status = 'active'`,
    id,
    status,
    at,
  )

/** The same event of the same replay for the same endpoint is inserted once. */
export const insertDelivery = (db: TenantDb, row: Omit<DeliveryRow, 'tenantId'>) =>
  db.insert(deliveries, row, 'ignore')

export const delivery = (db: TenantDb, id: string) => db.row(deliveries, eq(deliveries.id, id))

export const deliveriesOfEvent = (db: TenantDb, endpointId: string, eventId: string) =>
  db.rows(deliveries, and(eq(deliveries.endpointId, endpointId), eq(deliveries.eventId, eventId)), {
    orderBy: [desc(deliveries.id)],
    limit: 20,
  })

export interface DeliveryFilter {
  status?: DeliveryStatus
  type?: string
  /** Older than the delivery of this id. */
  before?: string
}

/** The newest first. */
export function deliveriesPage(db: TenantDb, endpointId: string, filter: DeliveryFilter, limit: number) {
  const parts: (SQL | undefined)[] = [
    eq(deliveries.endpointId, endpointId),
    filter.status ? eq(deliveries.status, filter.status) : undefined,
    filter.type ? eq(deliveries.eventType, filter.type) : undefined,
    filter.before ? lt(deliveries.id, filter.before) : undefined,
  ]
  return db.rows(deliveries, and(...parts), { orderBy: [desc(deliveries.id)], limit })
}

/**
 * Takes the delivery for one attempt until `leaseEnd`; of several who ask at once one gets it. When that one is never
 * heard of again the delivery can be taken anew after the lease: it is then sent twice under the same id.
 */
export const claimDelivery = (db: TenantDb, id: string, attempts: number, now: number, leaseEnd: number) =>
  db.statement(
    `UPDATE webhook_deliveries SET attempts = attempts + 1, next_attempt_at = ?5
     WHERE tenant_id = ?1 AND id = ?2 AND status = 'pending' AND attempts = ?3 AND next_attempt_at <= ?4`,
    id,
    attempts,
    now,
    leaseEnd,
  )

/** What became of the attempt with this number; says nothing when another one has begun since. */
export const settleDelivery = (
  db: TenantDb,
  id: string,
  attempts: number,
  set: { status: DeliveryStatus; log: Attempt[]; nextAttemptAt: number | null; settledAt: string | null },
) =>
  db.update(
    deliveries,
    set,
    and(eq(deliveries.id, id), eq(deliveries.attempts, attempts), eq(deliveries.status, 'pending')),
  )

/** Whatever waits for this endpoint may be sent at once. */
export const hurryStatements = (db: TenantDb, endpointId: string, now: number) => [
  db.statement(
    `UPDATE webhook_deliveries SET next_attempt_at = ?3 WHERE tenant_id = ?1 AND endpoint_id = ?2 AND status = 'pending'`,
    endpointId,
    now,
  ),
  db.statement(
    `INSERT INTO due (kind, tenant_id, ref, at)
     SELECT 'webhook', ?1, id, ?3 FROM webhook_deliveries WHERE tenant_id = ?1 AND endpoint_id = ?2 AND status = 'pending'
     ON CONFLICT (kind, tenant_id, ref) DO UPDATE SET at = excluded.at`,
    endpointId,
    now,
  ),
]

export interface HealthRow {
  endpoint_id: string
  delivered: number
  failed: number
  pending: number
  last_delivered_at: string | null
}

/** How deliveries made since then have fared, by endpoint. */
export const healthSince = (db: TenantDb, since: string) =>
  db.sql<HealthRow>(
    `SELECT endpoint_id, sum(status = 'delivered') AS delivered, sum(status = 'failed') AS failed,
       sum(status = 'pending') AS pending, max(CASE WHEN status = 'delivered' THEN settled_at END) AS last_delivered_at
     FROM webhook_deliveries WHERE tenant_id = ?1 AND created_at >= ?2 GROUP BY endpoint_id`,
    since,
  )
