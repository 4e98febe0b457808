/** Data sources: connecting Stripe, what counts as sales, letting go with or without the data. */
import { type Credentials, newConnector, openCredentials, removeConnector, replaceCredentials } from '../../connections/index.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { randomToken, uuidv7 } from '../../../platform/ids.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import {
  allSources,
  countingSources,
  type HookRow,
  insertSource,
  latestHooks,
  removeOwned,
  removeSourceRow,
  type SourceRow,
  sourceById,
  updateSource,
} from '../store/sources.ts'

export type { HookRow, SourceRow } from '../store/sources.ts'

/** How long the secret before the last still holds after a new one was saved. */
const ROTATION_MS = 24 * 3_600_000

interface StripeSecrets {
  /** The id in the webhook's public address. */
  hookId: string
  secrets: { value: string; until: number | null }[]
}

export async function listSources(services: Services, actor: Actor): Promise<Result<SourceRow[]>> {
  if (!can(actor, 'foundry:read')) return forbidden('see data sources')
  const db = services.tenant(actor.tenantId)
  return ok(await db.get(allSources(db)))
}

export interface SourceDetail {
  source: SourceRow
  hooks: HookRow[]
  /** Where Stripe is to send; null for sources without a webhook. */
  webhookUrl: string | null
  secretsHeld: number
}

export async function readSource(services: Services, actor: Actor, id: string): Promise<Result<SourceDetail>> {
  if (!can(actor, 'foundry:read')) return forbidden('see data sources')
  const db = services.tenant(actor.tenantId)
  const [source, hooks] = await db.getAll([sourceById(db, id), latestHooks(db, id, 30)])
  if (!source) return notFound('data source')
  const held = source.connectorId ? await secretsOf(services, actor.tenantId, source.connectorId) : null
  return ok({
    source,
    hooks,
    webhookUrl: held && can(actor, 'foundry:manage') ? `${services.config.publicUrl}/hooks/stripe/${held.hookId}` : null,
    secretsHeld: held ? activeSecrets(held, services.clock.now()).length : 0,
  })
}

export interface ConnectStripeInput {
  name: string
  signingSecret?: string
  /** Absent: true when no other source counts as sales. */
  countsAsSales?: boolean
}

/** Makes the source and its address; the signing secret, which Stripe shows only then, may follow. */
export async function connectStripe(
  services: Services,
  actor: Actor,
  input: ConnectStripeInput,
): Promise<Result<{ id: string; webhookUrl: string }>> {
  if (!can(actor, 'foundry:manage')) return forbidden('connect data sources')
  const name = input.name.trim()
  if (!name || name.length > 80) return invalid([{ path: 'name', message: 'Give it a name of at most 80 characters.' }])
  const fault = input.signingSecret ? secretFault(input.signingSecret) : null
  if (fault) return invalid([{ path: 'signing_secret', message: fault }])
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const hookId = randomToken(22)
  const secrets = input.signingSecret ? [{ value: input.signingSecret.trim(), until: null }] : []
  const connector = await newConnector(services, actor, { kind: 'stripe', name, credentials: { hookId, secrets } })
  if (!connector.ok) return connector
  const [counting] = await db.get(countingSources(db))
  const id = uuidv7(now)
  const at = isoInstant(now)
  await db.write([
    ...connector.value.statements,
    insertSource(db, {
      id,
      connectorId: connector.value.id,
      sourceType: 'stripe',
      name,
      syncStatus: 'idle',
      lastSyncAt: null,
      recordCount: 0,
      countsAsSales: input.countsAsSales ?? (counting?.n ?? 0) === 0,
      isDemo: false,
      lastError: null,
      createdAt: at,
      updatedAt: at,
    }),
    services.directory.publicIdStatement('stripe', hookId, actor.tenantId, id),
    recordAudit(db, now, actor, 'source.connected', id, { source_type: 'stripe', name }),
  ])
  return ok({ id, webhookUrl: `${services.config.publicUrl}/hooks/stripe/${hookId}` })
}

/** Adds the secret; the one before it keeps holding for a day, so that nothing is lost while Stripe changes over. */
export async function addSigningSecret(services: Services, actor: Actor, id: string, secret: string): Promise<Result<null>> {
  if (!can(actor, 'foundry:manage')) return forbidden('change data sources')
  const db = services.tenant(actor.tenantId)
  const source = await db.get(sourceById(db, id))
  if (!source?.connectorId) return notFound('data source')
  const fault = secretFault(secret)
  if (fault) return invalid([{ path: 'signing_secret', message: fault }])
  const now = services.clock.now()
  const held = await secretsOf(services, actor.tenantId, source.connectorId)
  const older = activeSecrets(held, now)
    .filter(({ value }) => value !== secret.trim())
    .map((known) => ({ ...known, until: known.until ?? now + ROTATION_MS }))
  const secrets = [{ value: secret.trim(), until: null }, ...older].slice(0, 2)
  return replaceCredentials(services, actor, source.connectorId, { ...held, secrets } as unknown as Credentials)
}

/** The secrets that hold now, for the check of a delivery. */
export async function signingSecrets(services: Services, tenantId: string, connectorId: string): Promise<string[]> {
  const held = await secretsOf(services, tenantId, connectorId)
  return activeSecrets(held, services.clock.now()).map(({ value }) => value)
}

export interface SourceChange {
  name?: string
  countsAsSales?: boolean
}

export async function changeSource(services: Services, actor: Actor, id: string, change: SourceChange): Promise<Result<SourceRow>> {
  if (!can(actor, 'foundry:manage')) return forbidden('change data sources')
  const db = services.tenant(actor.tenantId)
  const source = await db.get(sourceById(db, id))
  if (!source) return notFound('data source')
  const name = change.name?.trim()
  if (name !== undefined && (!name || name.length > 80)) return invalid([{ path: 'name', message: 'Give it a name of at most 80 characters.' }])
  const now = services.clock.now()
  const next = { name: name ?? source.name, countsAsSales: change.countsAsSales ?? source.countsAsSales }
  await db.write([
    updateSource(db, id, { ...next, updatedAt: isoInstant(now) }),
    recordAudit(db, now, actor, 'source.changed', id, { ...next }),
  ])
  if (next.countsAsSales !== source.countsAsSales) await services.queue.send({ kind: 'rollup', tenantId: actor.tenantId })
  return ok({ ...source, ...next })
}

/** Stops receiving; what came stays. */
export async function disconnectSource(services: Services, actor: Actor, id: string): Promise<Result<null>> {
  if (!can(actor, 'foundry:manage')) return forbidden('disconnect data sources')
  const db = services.tenant(actor.tenantId)
  const source = await db.get(sourceById(db, id))
  if (!source) return notFound('data source')
  if (!source.connectorId) return fail('conflict', 'nothing-to-disconnect', 'This source is no connection: there is nothing to disconnect.')
  const now = services.clock.now()
  await db.write([
    updateSource(db, id, { connectorId: null, syncStatus: 'disconnected', updatedAt: isoInstant(now) }),
    removeConnector(services, actor.tenantId, source.connectorId),
    recordAudit(db, now, actor, 'source.disconnected', id),
  ])
  return ok(null)
}

const ROWS_AT_ONCE = 5_000

/** Removes a source with all that came from it, in pieces; repeating it after a crash goes on. */
export async function deleteSource(services: Services, actor: Actor, id: string): Promise<Result<null>> {
  if (!can(actor, 'foundry:manage')) return forbidden('delete data sources')
  const db = services.tenant(actor.tenantId)
  const source = await db.get(sourceById(db, id))
  if (!source) return notFound('data source')
  for (let removed = 1; removed > 0; ) {
    const counts = await db.write(removeOwned(db, id, ROWS_AT_ONCE))
    removed = counts.reduce((sum, count) => sum + count, 0)
  }
  const connector = source.connectorId ? [removeConnector(services, actor.tenantId, source.connectorId)] : []
  await db.write([
    ...removeSourceRow(db, id),
    ...connector,
    recordAudit(db, services.clock.now(), actor, 'source.deleted', id, { name: source.name }),
  ])
  await services.queue.send({ kind: 'rollup', tenantId: actor.tenantId })
  return ok(null)
}

const secretFault = (secret: string): string | null =>
  /^whsec_[A-Za-z0-9+/=_-]{8,200}$/.test(secret.trim()) ? null : 'A signing secret begins with whsec_. Copy it from the webhook’s page at Stripe.'

async function secretsOf(services: Services, tenantId: string, connectorId: string): Promise<StripeSecrets> {
  const opened = (await openCredentials(services, tenantId, connectorId)) as StripeSecrets | null
  return opened ?? { hookId: '', secrets: [] }
}

const activeSecrets = (held: StripeSecrets, nowMs: number) => held.secrets.filter(({ until }) => until === null || until > nowMs)
