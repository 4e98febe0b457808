/** Stripe, connected by webhook: an address first, then the secret that Stripe shows for it. */

import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { randomToken, uuidv7 } from '../../../platform/ids.ts'
import {
  type FieldError,
  fail,
  forbidden,
  invalid,
  notFound,
  ok,
  type Result,
} from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { newConnector, removeConnector } from '../../connections/index.ts'
import { countingSources, dropPublicId, insertSource, sourceById, updateSource } from '../store/sources.ts'
import { nameFault } from './sources.ts'
import { hookAddress, type StripeSecrets, secretFault } from './sources-secrets.ts'

export interface ConnectStripeInput {
  name: string
  signingSecret?: string
  /** Absent: true when no other source counts as sales. */
  countsAsSales?: boolean
}

export interface Connected {
  id: string
  webhookUrl: string
}

/** Makes the source and its address; the signing secret, which Stripe shows only then, may follow. */
export async function connectStripe(
  services: Services,
  actor: Actor,
  input: ConnectStripeInput,
): Promise<Result<Connected>> {
  if (!can(actor, 'foundry:manage')) return forbidden('connect data sources')
  const errors = faultsOf(input)
  if (errors.length > 0) return invalid(errors)
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const name = input.name.trim()
  const id = uuidv7(now)
  const address = await newAddress(services, actor, id, { name, signingSecret: input.signingSecret })
  if (!address.ok) return address
  const [counting] = await db.get(countingSources(db))
  const at = isoInstant(now)
  const source = insertSource(db, {
    id,
    connectorId: address.value.connectorId,
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
  })
  await db.write([
    ...address.value.statements,
    source,
    recordAudit(db, now, actor, 'source.connected', id, { source_type: 'stripe', name }),
  ])
  return ok({ id, webhookUrl: address.value.webhookUrl })
}

/** A source that was disconnected gets a new address; what came before stays with it, so nothing counts twice. */
export async function reconnectStripe(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<Connected>> {
  if (!can(actor, 'foundry:manage')) return forbidden('connect data sources')
  const db = services.tenant(actor.tenantId)
  const source = await db.get(sourceById(db, id))
  if (!source) return notFound('data source')
  if (source.sourceType !== 'stripe' || source.connectorId) {
    return fail(
      'conflict',
      'already-connected',
      'Only a Stripe source that was disconnected can be connected again.',
    )
  }
  const address = await newAddress(services, actor, id, { name: source.name })
  if (!address.ok) return address
  const now = services.clock.now()
  await db.write([
    ...address.value.statements,
    updateSource(db, id, {
      connectorId: address.value.connectorId,
      syncStatus: 'idle',
      updatedAt: isoInstant(now),
    }),
    recordAudit(db, now, actor, 'source.connected', id, { source_type: 'stripe', name: source.name }),
  ])
  return ok({ id, webhookUrl: address.value.webhookUrl })
}

/** Stops receiving; what came stays. */
export async function disconnectSource(services: Services, actor: Actor, id: string): Promise<Result<null>> {
  if (!can(actor, 'foundry:manage')) return forbidden('disconnect data sources')
  const db = services.tenant(actor.tenantId)
  const source = await db.get(sourceById(db, id))
  if (!source) return notFound('data source')
  if (!source.connectorId) {
    return fail(
      'conflict',
      'nothing-to-disconnect',
      'This source is no connection: there is nothing to disconnect.',
    )
  }
  const now = services.clock.now()
  await db.write([
    updateSource(db, id, {
      connectorId: null,
      syncStatus: 'disconnected',
      lastError: null,
      updatedAt: isoInstant(now),
    }),
    removeConnector(services, actor.tenantId, source.connectorId),
    dropPublicId(db, 'stripe', id),
    recordAudit(db, now, actor, 'source.disconnected', id),
  ])
  return ok(null)
}

/** The connector and the public id of a source, for the batch of the source itself. */
async function newAddress(
  services: Services,
  actor: Actor,
  sourceId: string,
  input: { name: string; signingSecret?: string },
): Promise<Result<{ connectorId: string; webhookUrl: string; statements: D1PreparedStatement[] }>> {
  const hookId = randomToken(22)
  const secrets = input.signingSecret ? [{ value: input.signingSecret.trim(), until: null }] : []
  const credentials: StripeSecrets = { hookId, secrets }
  const connector = await newConnector(services, actor, {
    kind: 'stripe',
    name: input.name,
    credentials: { ...credentials },
  })
  if (!connector.ok) return connector
  const publicId = services.directory.publicIdStatement('stripe', hookId, actor.tenantId, sourceId)
  return ok({
    connectorId: connector.value.id,
    webhookUrl: hookAddress(services, hookId),
    statements: [...connector.value.statements, publicId],
  })
}

function faultsOf({ name, signingSecret }: ConnectStripeInput): FieldError[] {
  const faults = [
    { path: 'name', message: nameFault(name) },
    { path: 'signing_secret', message: signingSecret ? secretFault(signingSecret) : null },
  ]
  return faults.flatMap(({ path, message }) => (message ? [{ path, message }] : []))
}
