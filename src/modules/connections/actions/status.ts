/** A connection that fails or works again: one change of status, one event, however many noticed at once. */
import { isoInstant } from '../../../platform/clock.ts'
import { recordEvent } from '../../../platform/event.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import type { Services } from '../../../platform/services.ts'
import { type ConnectorChange, type ConnectorRow, moveStatus } from '../store/connectors.ts'

/** The vendor refused these credentials for good. Later refusals, and refusals of older credentials, change nothing. */
export function markFailed(services: Services, row: ConnectorRow, reason: string): Promise<boolean> {
  return turn(
    services,
    row,
    'connected',
    'connection.failed',
    { status: 'failed', lastError: reason },
    { reason },
  )
}

export function markRestored(services: Services, row: ConnectorRow, seen: ConnectorChange): Promise<boolean> {
  return turn(
    services,
    row,
    'failed',
    'connection.restored',
    { ...seen, status: 'connected', lastError: null },
    {},
  )
}

async function turn(
  services: Services,
  row: ConnectorRow,
  from: ConnectorRow['status'],
  type: string,
  set: ConnectorChange,
  more: Record<string, string>,
): Promise<boolean> {
  const now = services.clock.now()
  const db = services.tenant(row.tenantId)
  const eventId = uuidv7(now)
  const payload = { connector_id: row.id, kind: row.kind, name: row.name, ...more }
  const [changed] = await db.write([
    moveStatus(db, row, from, { ...set, updatedAt: isoInstant(now) }),
    recordEvent(db, now, { id: eventId, type, payload }, 'if-changed'),
  ])
  if (changed !== 1) return false
  await services.queue.send({ kind: 'event.deliver', tenantId: row.tenantId, eventId })
  return true
}
