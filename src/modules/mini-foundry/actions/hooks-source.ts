/** Deliveries to sources that are read: to an address of one source, or to the one address of a vendor's app. */
import { fail, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { appFor } from '../../connections/index.ts'
import { type FoundryReader, readerOf } from '../domain/ports.ts'
import { type SourceRow, sourceById } from '../store/sources.ts'
import { keepDelivery, REFUSALS } from './hooks.ts'
import { arrivedFolder } from './hooks-read.ts'

export interface SourceDelivery {
  kind: string
  /** The id in the address; null for the address of the vendor's app. */
  hookId: string | null
  /** The exact text that arrived. */
  body: string
  headers: Headers
}

type Hooks = NonNullable<FoundryReader['hooks']>

/** Checks, keeps and queues; 200 to what was accepted, however often it comes. */
export async function receiveSourceHook(
  services: Services,
  delivery: SourceDelivery,
): Promise<Result<{ received: boolean }>> {
  const hooks = readerOf(services.readers, delivery.kind)?.hooks
  if (!hooks) return notFound('webhook address')
  return delivery.hookId === null
    ? receiveForAccounts(services, hooks, delivery)
    : receiveForSource(services, hooks, delivery, delivery.hookId)
}

async function receiveForSource(
  services: Services,
  hooks: Hooks,
  delivery: SourceDelivery,
  hookId: string,
): Promise<Result<{ received: boolean }>> {
  const target = await services.directory.publicId(`source:${delivery.kind}`, hookId)
  if (!target) return notFound('webhook address')
  const db = services.tenant(target.tenantId)
  const source = await db.get(sourceById(db, target.ref))
  if (!source?.connectorId) return notFound('webhook address')
  return take(services, hooks, delivery, source, await accountOf(services, hooks, delivery, source))
}

/** The account of the source, when the delivery speaks of it; null where a delivery speaks of one account only. */
async function accountOf(
  services: Services,
  hooks: Hooks,
  { kind, body, headers }: SourceDelivery,
  source: SourceRow,
): Promise<string | null> {
  if (!hooks.accounts || !hooks.only) return null
  const spoken = accountsIn(hooks, body, headers) ?? []
  const targets = await services.directory.sourcesOfAccounts(kind, spoken)
  return targets.find(({ sourceId }) => sourceId === source.id)?.account ?? ''
}

/** Null: the body is not what the vendor documents. */
function accountsIn(hooks: Hooks, body: string, headers: Headers): string[] | null {
  try {
    return hooks.accounts?.(body, headers).slice(0, 100) ?? []
  } catch {
    return null
  }
}

/**
 * One delivery may speak of several accounts, and an account may be connected in several workspaces. The signature is
 * the app's, so it is checked first: strangers do not learn which accounts are here, and a vendor that still tells of an
 * account that has left is thanked.
 */
async function receiveForAccounts(
  services: Services,
  hooks: Hooks,
  delivery: SourceDelivery,
): Promise<Result<{ received: boolean }>> {
  if (!hooks.accounts) return notFound('webhook address')
  const accounts = accountsIn(hooks, delivery.body, delivery.headers)
  if (!accounts) return fail('malformed', 'hook-malformed', REFUSALS.malformed)
  const targets = await services.directory.sourcesOfAccounts(delivery.kind, accounts)
  if (targets.length === 0) {
    const secrets = installationSecrets(services, delivery.kind)
    const events = await hooks.verify(delivery.body, delivery.headers, secrets, services.clock.now())
    return typeof events === 'string' ? refuse(events) : ok({ received: false })
  }
  let received = false
  let refused: Result<{ received: boolean }> | null = null
  for (const { tenantId, sourceId, account } of targets) {
    const db = services.tenant(tenantId)
    const source = await db.get(sourceById(db, sourceId))
    if (!source?.connectorId) continue
    const taken = await take(services, hooks, delivery, source, hooks.only ? account : null)
    if (taken.ok) received ||= taken.value.received
    else refused ??= taken
  }
  // a workspace with an app of its own may refuse what another takes
  return refused && !received ? refused : ok({ received })
}

async function take(
  services: Services,
  hooks: Hooks,
  delivery: SourceDelivery,
  source: SourceRow,
  account: string | null,
): Promise<Result<{ received: boolean }>> {
  const { tenantId } = source
  const secrets = await secretsFor(services, source)
  const events = await hooks.verify(delivery.body, delivery.headers, secrets, services.clock.now())
  if (typeof events === 'string') return refuse(events)
  // what the same delivery says of somebody else's account is not for this workspace
  const own = account === null ? events : events.filter((event) => event.account === account)
  const body = account === null || !hooks.only ? delivery.body : hooks.only(delivery.body, account)
  let received = false
  for (const event of own) {
    const payloadKey = `${arrivedFolder(tenantId, source.id)}${encodeURIComponent(event.id)}.json`
    const isNew = await keepDelivery(services, tenantId, source.id, event, {
      payloadKey,
      body,
    })
    received ||= isNew
  }
  return ok({ received })
}

/** What proves a delivery to this source: its own secrets, the vendor app's, and the installation's. */
async function secretsFor(services: Services, source: SourceRow): Promise<string[]> {
  const own = await ownSecrets(services, source)
  const app = await appFor(services, source.tenantId, source.sourceType)
  return [...own, ...(app ? [app.clientSecret] : []), ...installationSecrets(services, source.sourceType)]
}

export async function ownSecrets(services: Services, source: SourceRow): Promise<string[]> {
  if (source.hookSecrets === null) return []
  const opened = await services.box.open(source.tenantId, secretsPlace(source.id), source.hookSecrets)
  return JSON.parse(opened) as string[]
}

export const secretsPlace = (sourceId: string): string => `data_sources/${sourceId}/hook_secrets`

const installationSecrets = (services: Services, kind: string): string[] => {
  const app = services.apps[kind]
  const own = services.hookSecrets[kind]
  return [...(own ? [own] : []), ...(app ? [app.clientSecret] : [])]
}

const refuse = (refusal: keyof typeof REFUSALS) => fail('malformed', `hook-${refusal}`, REFUSALS[refusal])
