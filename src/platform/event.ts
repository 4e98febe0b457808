/** Events between wings: written in the batch of their change, delivered after it, idempotent by id. */
import type { TenantDb } from './tenant-db.ts'

export interface PlatformEvent {
  id: string
  type: string
  payload: Record<string, unknown>
}

/** The statement that writes an event; put it into the batch of the change. `if-changed` as in `recordAudit`. */
export function recordEvent(
  db: TenantDb,
  nowMs: number,
  event: PlatformEvent,
  when: 'always' | 'if-changed' = 'always',
): D1PreparedStatement {
  return db.statement(
    `INSERT INTO outbox (tenant_id, id, type, payload, created_at)
     SELECT ?1, ?2, ?3, ?4, ?5 WHERE ?6 = 'always' OR changes() > 0`,
    event.id,
    event.type,
    JSON.stringify(event.payload),
    nowMs,
    when,
  )
}

/** The event as it was written; null when its workspace has let it go. */
export async function readEvent(
  db: TenantDb,
  eventId: string,
): Promise<(PlatformEvent & { createdAt: number; sent: boolean }) | null> {
  const [row] = await db.get(
    db.sql<{ type: string; payload: string; created_at: number; sent_at: number | null }>(
      'SELECT type, payload, created_at, sent_at FROM outbox WHERE tenant_id = ?1 AND id = ?2',
      eventId,
    ),
  )
  if (!row) return null
  const payload = JSON.parse(row.payload) as Record<string, unknown>
  return { id: eventId, type: row.type, payload, createdAt: row.created_at, sent: row.sent_at !== null }
}

/** Which listeners are done with an event. */
export async function receiptsOf(db: TenantDb, eventId: string): Promise<Set<string>> {
  const rows = await db.get(
    db.sql<{ listener: string }>(
      'SELECT listener FROM event_receipts WHERE tenant_id = ?1 AND event_id = ?2',
      eventId,
    ),
  )
  return new Set(rows.map((row) => row.listener))
}

export const receiptStatement = (db: TenantDb, nowMs: number, eventId: string, listener: string) =>
  db.statement(
    'INSERT OR IGNORE INTO event_receipts (tenant_id, event_id, listener, at) VALUES (?1, ?2, ?3, ?4)',
    eventId,
    listener,
    nowMs,
  )

export async function markEventSent(db: TenantDb, nowMs: number, eventId: string): Promise<void> {
  await db.write([
    db.statement(
      'UPDATE outbox SET sent_at = ?2 WHERE tenant_id = ?1 AND id = ?3 AND sent_at IS NULL',
      nowMs,
      eventId,
    ),
  ])
}
