/** Telling a vendor where its deliveries are to come to: after connecting, and looked at again every day. */
import { type Actor, systemActor } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { randomToken } from '../../../platform/ids.ts'
import { errorText } from '../../../platform/log.ts'
import type { Services } from '../../../platform/services.ts'
import { readerOf } from '../domain/ports.ts'
import { publicIdOf, sourceById, updateSource } from '../store/sources.ts'
import { ownSecrets, secretsPlace } from './hooks-source.ts'
import { readContextOf } from './sync-context.ts'

/** Two at most: a delivery that is on its way may be signed with the one before. */
const SECRETS_KEPT = 2

/** What a vendor does not take now is tried again tomorrow: reads on a schedule bring the same facts, only later. */
export async function subscribeSource(services: Services, actor: Actor, sourceId: string): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const source = await db.get(sourceById(db, sourceId))
  const hooks = source && readerOf(services.readers, source.sourceType)?.hooks
  if (!source || !hooks || !source.connectorId) return
  const address = await hookUrl(services, actor.tenantId, sourceId, source.sourceType)
  if (!hooks.subscribe || !address.startsWith('https:')) return
  try {
    const context = await readContextOf(services, actor, source)
    if (!context.ok) return
    const made = await hooks.subscribe(context.value, address)
    if (!made.ok) {
      services.log.warn('hooks.unsubscribed', { source: sourceId, reason: made.error.detail })
      return
    }
    const { secret } = made.value
    if (secret === null) return
    const known = await ownSecrets(services, source)
    if (known[0] === secret) return
    const secrets = [secret, ...known.filter((old) => old !== secret)].slice(0, SECRETS_KEPT)
    const sealed = await services.box.seal(actor.tenantId, secretsPlace(sourceId), JSON.stringify(secrets))
    const updatedAt = isoInstant(services.clock.now())
    await db.write([updateSource(db, sourceId, { hookSecrets: sealed, updatedAt })])
  } catch (error) {
    services.log.warn('hooks.unsubscribed', { source: sourceId, reason: errorText(error) })
  }
}

/** The address of a source's deliveries; its id is made when it is first asked for. */
async function hookUrl(
  services: Services,
  tenantId: string,
  sourceId: string,
  kind: string,
): Promise<string> {
  const db = services.tenant(tenantId)
  const known = await db.get(publicIdOf(db, `source:${kind}`, sourceId))
  const id = known ?? randomToken(22)
  if (known === null)
    await db.write([services.directory.publicIdStatement(`source:${kind}`, id, tenantId, sourceId)])
  return `${services.config.publicUrl}/hooks/source/${kind}/${id}`
}

/** Every night: subscriptions that a vendor dropped are made again. */
export async function mendSubscriptions(services: Services): Promise<void> {
  const kinds = services.readers.filter(({ hooks }) => hooks?.subscribe).map(({ kind }) => kind)
  for (const { tenantId, sourceId } of await services.directory.connectedSources(kinds)) {
    const workspace = await services.directory.workspace(tenantId)
    if (workspace) await subscribeSource(services, systemActor(workspace, 'hooks.subscribe'), sourceId)
  }
}
