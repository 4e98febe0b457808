/** What becomes of the sources of a connection when it ends, and when it is made again. */
import type { Actor } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import type { PlatformEvent } from '../../../platform/event.ts'
import type { Services } from '../../../platform/services.ts'
import { removeConnector } from '../../connections/index.ts'
import { detachSources, setSourcesOfConnector, sourcesOfConnector } from '../store/sources.ts'
import { closeSource } from './sources-removal.ts'

const WAITS_FOR_PERSON = 'Disconnected. What came from it stays; connect it again to go on.'

/** Repeating it changes nothing more: it may be heard twice. */
export async function hearConnection(services: Services, actor: Actor, event: PlatformEvent): Promise<void> {
  const connectorId = String(event.payload.connector_id)
  const db = services.tenant(actor.tenantId)
  const at = isoInstant(services.clock.now())
  if (event.type === 'connection.connected') {
    await db.write([setSourcesOfConnector(db, connectorId, ['disconnected', 'failed'], 'idle', null, at)])
    return
  }
  if (event.payload.with_data === true) return letGo(services, actor, connectorId)
  const every = ['idle', 'backfilling', 'syncing', 'ok', 'delayed', 'failed']
  await db.write([setSourcesOfConnector(db, connectorId, every, 'disconnected', WAITS_FOR_PERSON, at)])
}

/**
 * Every source with all that came from it, and the connection itself. The removals are sent for first: what has been
 * closed no longer names the connection, and a second hearing would not find it.
 */
async function letGo(services: Services, actor: Actor, connectorId: string): Promise<void> {
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const sources = await db.get(sourcesOfConnector(db, connectorId))
  for (const { id } of sources)
    await services.queue.send({ kind: 'source.remove', tenantId: actor.tenantId, sourceId: id })
  await db.write([
    detachSources(db, connectorId),
    ...sources.flatMap((source) => [
      ...closeSource(services, actor.tenantId, source, isoInstant(now)),
      recordAudit(db, now, actor, 'source.deleted', source.id, { name: source.name }),
    ]),
    removeConnector(services, actor.tenantId, connectorId),
  ])
}
