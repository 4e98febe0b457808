/** Ending a connection: the vendor is told, the credentials are wiped; what came from it stays, or goes too. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { recordEvent } from '../../../platform/event.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { errorText } from '../../../platform/log.ts'
import { fail, forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type ConnectorRow, connectorById, replaceSealed } from '../store/connectors.ts'
import { CHECK_DUE } from './health.ts'
import { contextFor, openSealed, vendorOf } from './sealed.ts'

/**
 * `withData`: the wings that hold data of this connection let it go, in the background. Without it the row and its data
 * stay, and connecting the same account again goes on where it stopped.
 */
export async function disconnect(
  services: Services,
  actor: Actor,
  id: string,
  withData: boolean,
): Promise<Result<null>> {
  if (!can(actor, 'connections:manage')) return forbidden('disconnect other systems')
  const db = services.tenant(actor.tenantId)
  const row = await db.get(connectorById(db, id))
  if (!row) return notFound('connection')
  if (row.method === 'hook')
    return fail(
      'conflict',
      'connection-of-source',
      'Only webhooks come in here. Disconnect it on the page of its data source.',
    )
  if (row.status === 'disconnected' && !withData) return ok(null)
  await tellVendor(services, row)
  if (!(await end(services, actor, row, withData)))
    return fail(
      'conflict',
      'connection-changed',
      'This connection is being changed by somebody else. Try again.',
    )
  await services.gate.forget(actor.tenantId, id)
  return ok(null)
}

/** Best effort: a vendor that cannot be told keeps nobody here. */
async function tellVendor(services: Services, row: ConnectorRow): Promise<void> {
  const vendor = vendorOf(services, row.kind)
  if (!vendor?.revoke || row.status === 'disconnected') return
  try {
    const credentials = await openSealed(services, row.tenantId, row.id, row.credentials)
    const told = await vendor.revoke(credentials, await contextFor(services, row.tenantId, row.kind))
    if (!told.ok) services.log.warn('connection.not_revoked', { kind: row.kind, error: told.error.slug })
  } catch (error) {
    services.log.warn('connection.not_revoked', { kind: row.kind, error: errorText(error) })
  }
}

async function end(services: Services, actor: Actor, row: ConnectorRow, withData: boolean): Promise<boolean> {
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const eventId = uuidv7(now)
  const payload = { connector_id: row.id, kind: row.kind, with_data: withData }
  const wiped = {
    status: 'disconnected' as const,
    credentials: '',
    expiresAt: null,
    lastError: null,
    updatedAt: isoInstant(now),
  }
  const detail = { kind: row.kind, with_data: withData }
  const [changed] = await db.write([
    // when a refresh came in between, the newest version is read again below
    replaceSealed(db, row.id, row.version, wiped),
    recordAudit(db, now, actor, 'connector.disconnected', row.id, detail, 'if-changed'),
    recordEvent(db, now, { id: eventId, type: 'connection.disconnected', payload }, 'if-changed'),
    services.directory.dueDoneStatement(CHECK_DUE, actor.tenantId, row.id),
  ])
  if (changed === 1) {
    await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId })
    return true
  }
  const latest = await db.get(connectorById(db, row.id))
  if (!latest || latest.version === row.version) return false
  return end(services, actor, latest, withData)
}
