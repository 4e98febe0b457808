/** Whether a connection works: asked of the vendor every night, and when a person wants to know. */
import { type Actor, can } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { Credentials, Vendor, VendorAccount } from '../../../platform/vendor.ts'
import type { ConnectorView } from '../domain/connector.ts'
import { isPassing } from '../domain/token-lease.ts'
import { type ConnectorRow, connectorById, updateConnector } from '../store/connectors.ts'
import { viewOf } from './catalogue.ts'
import { contextFor, openSealed, vendorOf } from './sealed.ts'
import { markFailed, markRestored } from './status.ts'

export const CHECK_DUE = 'connection.check'
const DAY_MS = 86_400_000
/** A check whose message was lost is sent again after this long. */
const LOST_AFTER_MS = 30 * 60_000

/** A day later, as each connection was made at its own hour: the checks spread by themselves. */
export const nextCheck = (nowMs: number): number => nowMs + DAY_MS

export async function checkNow(services: Services, actor: Actor, id: string): Promise<Result<ConnectorView>> {
  if (!can(actor, 'connections:manage')) return forbidden('check connections')
  const db = services.tenant(actor.tenantId)
  const row = await db.get(connectorById(db, id))
  if (!row) return notFound('connection')
  if (row.status !== 'disconnected') await check(services, row)
  const after = await db.get(connectorById(db, id))
  return after ? ok(viewOf(after)) : notFound('connection')
}

/** Cron's half: whose day has come round is sent for. */
export async function sendDueChecks(services: Services): Promise<void> {
  const { directory, clock, queue } = services
  for (const { tenantId, ref } of await directory.dueWork(CHECK_DUE, clock.now())) {
    await directory.transact([directory.dueStatement(CHECK_DUE, tenantId, ref, clock.now() + LOST_AFTER_MS)])
    await queue.send({ kind: 'connection.check', tenantId, connectorId: ref })
  }
}

/** The queue's half. A connection that is gone or disconnected is not asked after again. */
export async function checkDue(services: Services, actor: Actor, id: string): Promise<void> {
  const { directory, clock } = services
  const db = services.tenant(actor.tenantId)
  const row = await db.get(connectorById(db, id))
  const over = !row || row.status === 'disconnected'
  if (!over) await check(services, row)
  await directory.transact([
    over
      ? directory.dueDoneStatement(CHECK_DUE, actor.tenantId, id)
      : directory.dueStatement(CHECK_DUE, actor.tenantId, id, nextCheck(clock.now())),
  ])
}

async function check(services: Services, row: ConnectorRow): Promise<void> {
  const vendor = vendorOf(services, row.kind)
  if (!vendor || row.method === 'hook') return
  const answer = await askTwice(services, vendor, row)
  const at = isoInstant(services.clock.now())
  const db = services.tenant(row.tenantId)
  // the gate may have renewed the credentials meanwhile: the status belongs to the newest
  const latest = (await db.get(connectorById(db, row.id))) ?? row
  if (answer.ok) {
    const { accountName, scopes } = answer.value
    const seen = { accountName, scopes, lastCheckedAt: at, lastOkAt: at }
    if (latest.status === 'failed') await markRestored(services, latest, seen)
    else if (latest.status === 'connected')
      await db.write([updateConnector(db, row.id, { ...seen, lastError: null, updatedAt: at })])
    return
  }
  if (!isPassing(answer.error)) await markFailed(services, latest, answer.error.detail)
  const lastError = latest.status === 'failed' ? latest.lastError : answer.error.detail
  await db.write([updateConnector(db, row.id, { lastCheckedAt: at, lastError, updatedAt: at })])
}

/** A token that was refused is renewed once before we believe that we are shut out. */
async function askTwice(
  services: Services,
  vendor: Vendor,
  row: ConnectorRow,
): Promise<Result<VendorAccount>> {
  const ask = async (credentials: Credentials) =>
    vendor.check(credentials, await contextFor(services, row.tenantId, row.kind))
  const given =
    row.status === 'failed'
      ? ok(await openSealed(services, row.tenantId, row.id, row.credentials))
      : await services.gate.credentials(row.tenantId, row.id)
  if (!given.ok) return given
  const first = await ask(given.value)
  const token = given.value.accessToken
  if (first.ok || first.error.kind !== 'unauthenticated' || !token) return first
  const renewed = await services.gate.renewed(row.tenantId, row.id, token)
  return renewed.ok ? ask(renewed.value) : renewed
}
