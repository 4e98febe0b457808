/** A connection that the vendor has agreed to becomes a row: the row of the same account, or a new one. */
import type { Actor } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { recordEvent } from '../../../platform/event.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { fail, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { Connected, Vendor } from '../../../platform/vendor.ts'
import {
  type ConnectorRow,
  connectorById,
  connectorOfAccount,
  insertConnector,
  replaceSealed,
} from '../store/connectors.ts'
import { CHECK_DUE, nextCheck } from './health.ts'
import { sealCredentials } from './sealed.ts'

export interface Agreement {
  vendor: Vendor
  method: 'oauth' | 'key'
  connected: Connected
  /** Asked for again: the account must be the same. */
  connectorId: string | null
}

export interface Landed {
  id: string
  /** True when the account was connected before: its id, its sources and what they brought stay. */
  reconnected: boolean
}

export async function landConnection(
  services: Services,
  actor: Actor,
  agreement: Agreement,
): Promise<Result<Landed>> {
  const { vendor, connected, connectorId } = agreement
  const db = services.tenant(actor.tenantId)
  const again = connectorId ? await db.get(connectorById(db, connectorId)) : null
  if (connectorId && again?.kind !== vendor.kind) return notFound('connection')
  if (again?.account && again.account !== connected.account)
    return fail(
      'conflict',
      'other-account',
      `You signed in as ${connected.accountName || connected.account}, but this connection is to ${again.accountName || again.account}. Sign in with that account, or connect the other one as a new connection.`,
    )
  // somebody else may connect the same account at the same time: then theirs is revived
  for (let attempt = 0; attempt < 5; attempt++) {
    const known = await db.get(connectorOfAccount(db, vendor.kind, connected.account))
    const id = known ? await revive(services, actor, agreement, known) : await add(services, actor, agreement)
    if (id) return ok({ id, reconnected: known !== null })
  }
  return fail(
    'conflict',
    'connection-changed',
    'This connection is being changed by somebody else. Try again.',
  )
}

async function add(services: Services, actor: Actor, agreement: Agreement): Promise<string | null> {
  const { vendor, method, connected } = agreement
  const at = isoInstant(services.clock.now())
  const id = uuidv7(services.clock.now())
  const row: ConnectorRow = {
    tenantId: actor.tenantId,
    id,
    kind: vendor.kind,
    name: (connected.accountName ? `${vendor.name}: ${connected.accountName}` : vendor.name).slice(0, 80),
    method,
    roles: ['owner', 'admin', 'member'],
    lastUsedAt: null,
    version: 1,
    createdAt: at,
    ...(await seenNow(services, actor.tenantId, id, agreement)),
  }
  return settle(services, actor, row, insertConnector(services.tenant(actor.tenantId), row), false)
}

async function revive(
  services: Services,
  actor: Actor,
  agreement: Agreement,
  known: ConnectorRow,
): Promise<string | null> {
  const seen = { ...(await seenNow(services, actor.tenantId, known.id, agreement)), method: agreement.method }
  const db = services.tenant(actor.tenantId)
  return settle(services, actor, known, replaceSealed(db, known.id, known.version, seen), true)
}

/** The change with its audit entry, its event and its next check; null when somebody else was faster. */
async function settle(
  services: Services,
  actor: Actor,
  row: ConnectorRow,
  change: D1PreparedStatement,
  reconnected: boolean,
): Promise<string | null> {
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const { id, kind } = row
  const eventId = uuidv7(now)
  const account = row.account
  const payload = { connector_id: id, kind, account, reconnected }
  const action = reconnected ? 'connector.reconnected' : 'connector.created'
  const [changed] = await db.write([
    change,
    recordAudit(db, now, actor, action, id, { kind, account }, 'if-changed'),
    recordEvent(db, now, { id: eventId, type: 'connection.connected', payload }, 'if-changed'),
    services.directory.dueStatement(CHECK_DUE, actor.tenantId, id, nextCheck(now)),
  ])
  if (changed !== 1) {
    if (!reconnected) await db.write([services.directory.dueDoneStatement(CHECK_DUE, actor.tenantId, id)])
    return null
  }
  await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId })
  return id
}

async function seenNow(services: Services, tenantId: string, id: string, { connected }: Agreement) {
  const at = isoInstant(services.clock.now())
  const { credentials, account, accountName, scopes } = connected
  return {
    status: 'connected' as const,
    credentials: await sealCredentials(services, tenantId, id, credentials),
    account,
    accountName,
    scopes,
    lastError: null,
    lastCheckedAt: at,
    lastOkAt: at,
    expiresAt: credentials.expiresAt === undefined ? null : isoInstant(credentials.expiresAt),
    updatedAt: at,
  }
}
