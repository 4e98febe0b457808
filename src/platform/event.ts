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

export async function markEventSent(db: TenantDb, nowMs: number, eventId: string): Promise<void> {
  await db.write([
    db.statement(
      'UPDATE outbox SET sent_at = ?2 WHERE tenant_id = ?1 AND id = ?3 AND sent_at IS NULL',
      nowMs,
      eventId,
    ),
  ])
}
