/** What becomes of the sources of a connection: made with it, resting while it is away, gone with it. */
import type { Actor } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import type { PlatformEvent } from '../../../platform/event.ts'
import type { Services } from '../../../platform/services.ts'
import { removeConnector, usableConnector } from '../../connections/index.ts'
import { readerOf } from '../domain/ports.ts'
import { decideOnNew } from '../domain/source-of-record.ts'
import type { SOURCE_TYPES } from '../store/source-schema.ts'
import {
  allSources,
  detachSources,
  insertSource,
  type SourceRow,
  setSourcesOfConnector,
  sourcesOfConnector,
  updateSource,
} from '../store/sources.ts'
import { haltStreams, resumeStreams } from '../store/sync.ts'
import { markHealth } from '../store/sync-health.ts'
import { subscribeSource } from './hooks-subscribe.ts'
import { closeSource } from './sources-removal.ts'
import { sendSteps, startStatements } from './sync-start.ts'

const WAITS_FOR_PERSON = 'Disconnected. What came from it stays; connect it again to go on.'

/** Repeating it changes nothing more: it may be heard twice. */
export async function hearConnection(services: Services, actor: Actor, event: PlatformEvent): Promise<void> {
  const connectorId = String(event.payload.connector_id)
  const db = services.tenant(actor.tenantId)
  const at = isoInstant(services.clock.now())
  const sources = await db.get(sourcesOfConnector(db, connectorId))
  if (event.type === 'connection.connected') {
    if (sources.length === 0) return addSource(services, actor, connectorId)
    return goOn(services, actor, connectorId, sources)
  }
  if (event.payload.with_data === true) return letGo(services, actor, connectorId)
  const every = ['idle', 'backfilling', 'syncing', 'ok', 'delayed', 'failed']
  await db.write([
    setSourcesOfConnector(db, connectorId, every, 'disconnected', WAITS_FOR_PERSON, at),
    ...sources.map(({ id }) => haltStreams(db, id)),
  ])
}

/** One source for a connection whose records we read. Its id is the connection's, so that it cannot be made twice. */
async function addSource(services: Services, actor: Actor, connectorId: string): Promise<void> {
  const connector = await usableConnector(services, actor, connectorId)
  if (!connector.ok) return
  const { kind, name } = connector.value
  const reader = readerOf(services.readers, kind)
  if (!reader) return
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  const at = isoInstant(now)
  const known = await db.get(allSources(db))
  const counted = decideOnNew(known, { id: connectorId, sourceType: kind })
  const source: SourceRow = {
    tenantId: actor.tenantId,
    id: connectorId,
    connectorId,
    sourceType: kind as (typeof SOURCE_TYPES)[number],
    name: name.slice(0, 80),
    syncStatus: 'idle',
    lastSyncAt: null,
    recordCount: 0,
    countsAsSales: counted.get(connectorId) ?? false,
    isDemo: false,
    lastError: null,
    settings: {},
    hookSecrets: null,
    historyFrom: null,
    lastDataAt: null,
    quietSince: null,
    createdAt: at,
    updatedAt: at,
  }
  const { tenantId, ...row } = source
  const streams = startStatements(services, tenantId, source)
  await db.write([
    insertSource(db, row, 'ignore'),
    ...others(counted, connectorId).map((id) =>
      updateSource(db, id, { countsAsSales: false, updatedAt: at }),
    ),
    ...streams,
    ...(streams.length > 0 ? [markHealth(db, source.id, at)] : []),
    recordAudit(db, now, actor, 'source.connected', source.id, { source_type: kind, name: source.name }),
  ])
  if (others(counted, connectorId).length > 0) await services.queue.send({ kind: 'rollup', tenantId })
  await sendSteps(services, tenantId, source.id)
  await subscribeSource(services, actor, source.id)
}

const others = (counted: Map<string, boolean>, own: string): string[] =>
  [...counted.keys()].filter((id) => id !== own)

/** Connected again: every stream goes on where it was. */
async function goOn(
  services: Services,
  actor: Actor,
  connectorId: string,
  sources: readonly SourceRow[],
): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  const at = isoInstant(now)
  await db.write([
    setSourcesOfConnector(db, connectorId, ['disconnected', 'failed'], 'idle', null, at),
    ...sources.flatMap((source) => {
      const streams = startStatements(services, actor.tenantId, source)
      const resumed = resumeStreams(db, source.id, now, at)
      return streams.length === 0 ? [] : [...streams, resumed, markHealth(db, source.id, at)]
    }),
  ])
  for (const { id } of sources) {
    await sendSteps(services, actor.tenantId, id)
    await subscribeSource(services, actor, id)
  }
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
