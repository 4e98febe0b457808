/** What a reader is given for a source: credentials that hold, the vendor's app, settings, and the connection's pace. */
import type { Actor } from '../../../platform/actor.ts'
import { fail, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { ReadContext } from '../../../platform/source-reader.ts'
import { appFor, usableConnector } from '../../connections/index.ts'
import type { SourceRow } from '../store/sources.ts'

/** Refused when the source has no connection, or the connection does not hold. */
export async function readContextOf(
  services: Services,
  actor: Actor,
  source: SourceRow,
): Promise<Result<ReadContext>> {
  const { connectorId } = source
  if (!connectorId) return fail('conflict', 'not-connected', `${source.name} is not connected.`)
  const connector = await usableConnector(services, actor, connectorId)
  if (!connector.ok) return connector
  const credentials = await services.gate.credentials(actor.tenantId, connectorId)
  if (!credentials.ok) return credentials
  return ok({
    credentials: credentials.value,
    account: connector.value.account,
    app: await appFor(services, actor.tenantId, connector.value.kind),
    settings: source.settings,
    timeZone: actor.workspace.timeZone,
    currency: actor.workspace.currency,
    now: services.clock.now(),
    take: (cost) => services.gate.take(actor.tenantId, connectorId, cost),
  })
}
