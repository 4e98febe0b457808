/**
 * Credentials that are good for the next call. A vendor that rotates refresh tokens gives each answer once, so the answer
 * is kept in the gate's own storage before anything is done with it; whoever comes after a crash finds it there and
 * finishes. Runs one at a time for a connection: the gate sees to that.
 */
import { isoInstant } from '../../../platform/clock.ts'
import { type Failure, fail, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { ConnectMethod, Credentials } from '../../../platform/vendor.ts'
import {
  afterRefresh,
  isAlive,
  isFresh,
  isPassing,
  PAUSE_MS,
  REFUSAL_MS,
  withPrevious,
} from '../domain/token-lease.ts'
import { type ConnectorRow, connectorById, replaceSealed, touchUsed } from '../store/connectors.ts'
import { contextFor, methodOf, openSealed, sealCredentials, vendorOf } from './sealed.ts'
import { markFailed } from './status.ts'

/** What outlives a crash of the gate. */
export interface LeaseStorage {
  get<T>(key: string): Promise<T | undefined>
  put(key: string, value: unknown): Promise<void>
  delete(key: string): Promise<unknown>
}

/** A vendor's answer that is not in the database yet; `version` is of the credentials it was given for. */
interface Answer {
  sealed: string
  version: number
  expiresAt: string | null
}

/** Why nobody asks the vendor now. */
interface Pause {
  until: number
  version: number
  failure: Failure
}

const USED_EVERY_MS = 3_600_000

/** `failedToken`: the vendor has just answered 401 to this access token. */
export async function leaseCredentials(
  services: Services,
  storage: LeaseStorage,
  tenantId: string,
  id: string,
  failedToken?: string,
): Promise<Result<Credentials>> {
  await finishAnswer(services, storage, tenantId, id)
  const now = services.clock.now()
  const db = services.tenant(tenantId)
  const row = await db.get(connectorById(db, id))
  if (!row) return fail('not_found', 'not-found', 'There is no such connection in this workspace.')
  if (row.status === 'disconnected') return ended(row)
  if (row.status === 'failed' && failedToken === undefined) return needsPerson(row)
  const held = await openSealed(services, tenantId, id, row.credentials)
  const refused = failedToken !== undefined && held.accessToken === failedToken
  if (!refused && row.status === 'connected' && isFresh(held, now)) return handOut(services, row, held)
  const renewed = await renew(services, storage, row, held, refused)
  if (renewed.ok) return handOut(services, row, renewed.value)
  // a vendor that does not answer right now is no reason to stop while the old token holds
  return isPassing(renewed.error) && !refused && isAlive(held, now) ? handOut(services, row, held) : renewed
}

async function renew(
  services: Services,
  storage: LeaseStorage,
  row: ConnectorRow,
  held: Credentials,
  refused: boolean,
): Promise<Result<Credentials>> {
  const now = services.clock.now()
  const pause = await storage.get<Pause>('pause')
  if (pause && pause.until > now && pause.version === row.version) return { ok: false, error: pause.failure }
  const vendor = vendorOf(services, row.kind)
  const method = vendor && methodOf(vendor, row.method)
  // what cannot be renewed is used to its end
  if (!method?.refresh && !refused && row.status === 'connected' && isAlive(held, now)) return ok(held)
  if (!method?.refresh)
    return refuse(services, storage, row, 'The access has ended, or was taken back at their side.')
  const answer = await askVendor(services, row, held, method)
  if (answer.ok) return keep(services, storage, row, afterRefresh(held, answer.value))
  if (!isPassing(answer.error)) return refuse(services, storage, row, answer.error.detail)
  const wait = Math.max(PAUSE_MS, (answer.error.retryAfter ?? 0) * 1000)
  await storage.put('pause', {
    until: now + wait,
    version: row.version,
    failure: answer.error,
  } satisfies Pause)
  return answer
}

/** Asks once; when the newest refresh token is unknown to the vendor, once more with the one before it. */
async function askVendor(
  services: Services,
  row: ConnectorRow,
  held: Credentials,
  method: ConnectMethod,
): Promise<Result<Credentials>> {
  const context = await contextFor(services, row.tenantId, row.kind)
  const ask = async (credentials: Credentials) =>
    (await method.refresh?.(credentials, context)) ??
    fail('unauthenticated', 'no-refresh', 'This access cannot be renewed.')
  const answer = await ask(held)
  if (answer.ok || answer.error.kind !== 'unauthenticated') return answer
  const older = withPrevious(held)
  return older ? ask(older) : answer
}

/** The order is the point: first where a crash cannot take it, then the database, then out. */
async function keep(
  services: Services,
  storage: LeaseStorage,
  row: ConnectorRow,
  credentials: Credentials,
): Promise<Result<Credentials>> {
  const answer: Answer = {
    sealed: await sealCredentials(services, row.tenantId, row.id, credentials),
    version: row.version,
    expiresAt: credentials.expiresAt === undefined ? null : isoInstant(credentials.expiresAt),
  }
  await storage.put('answer', answer)
  await finishAnswer(services, storage, row.tenantId, row.id)
  return ok(credentials)
}

/** Brings a kept answer into the database. One that was given for credentials that a person has replaced is dropped. */
async function finishAnswer(
  services: Services,
  storage: LeaseStorage,
  tenantId: string,
  id: string,
): Promise<void> {
  const answer = await storage.get<Answer>('answer')
  if (!answer) return
  const db = services.tenant(tenantId)
  const row = await db.get(connectorById(db, id))
  if (row && row.version === answer.version && row.status !== 'disconnected')
    await db.write([
      replaceSealed(db, id, answer.version, {
        credentials: answer.sealed,
        expiresAt: answer.expiresAt,
        updatedAt: isoInstant(services.clock.now()),
      }),
    ])
  await storage.delete('answer')
  await storage.delete('pause')
}

async function refuse(
  services: Services,
  storage: LeaseStorage,
  row: ConnectorRow,
  reason: string,
): Promise<Result<never>> {
  const refused = needsPerson({ ...row, lastError: reason })
  const pause: Pause = {
    until: services.clock.now() + REFUSAL_MS,
    version: row.version,
    failure: refused.error,
  }
  await storage.put('pause', pause)
  await markFailed(services, row, reason)
  return refused
}

async function handOut(
  services: Services,
  row: ConnectorRow,
  credentials: Credentials,
): Promise<Result<Credentials>> {
  const now = services.clock.now()
  const before = isoInstant(now - USED_EVERY_MS)
  if (!row.lastUsedAt || row.lastUsedAt < before) {
    const db = services.tenant(row.tenantId)
    await db.write([touchUsed(db, row.id, isoInstant(now), before)])
  }
  return ok(credentials)
}

const ended = (row: ConnectorRow) =>
  fail(
    'unauthenticated',
    'connection-disconnected',
    `${row.name} is disconnected. Connect it again in the settings.`,
  )

const needsPerson = (row: ConnectorRow) =>
  fail(
    'unauthenticated',
    'connection-failed',
    `${row.name} no longer lets us in. Connect it again in the settings.${row.lastError ? ` (${row.lastError})` : ''}`,
  )
