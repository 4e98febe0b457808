/** A connection's name, who may use it, and the check that every use passes. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type ConnectorView, connectorChange, mayUse } from '../domain/connector.ts'
import { connectorById, connectorPage, updateConnector } from '../store/connectors.ts'
import { viewOf } from './catalogue.ts'

const MOST_OF_A_KIND = 100

/** `{ name?, roles? }`; what is left out stays. */
export async function changeConnector(
  services: Services,
  actor: Actor,
  id: string,
  input: unknown,
): Promise<Result<ConnectorView>> {
  if (!can(actor, 'connections:manage')) return forbidden('change connections')
  const parsed = connectorChange.safeParse(input)
  if (!parsed.success)
    return invalid(parsed.error.issues.map(({ path, message }) => ({ path: String(path[0] ?? ''), message })))
  const { name, roles } = parsed.data
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const change = { ...(name === undefined ? {} : { name }), ...(roles === undefined ? {} : { roles }) }
  await db.write([
    updateConnector(db, id, { ...change, updatedAt: isoInstant(now) }),
    recordAudit(db, now, actor, 'connector.changed', id, change, 'if-changed'),
  ])
  const row = await db.get(connectorById(db, id))
  return row ? ok(viewOf(row)) : notFound('connection')
}

/** The connection, when this actor's work may go out through it. Every wing asks before it uses one for a person. */
export async function usableConnector(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<ConnectorView>> {
  const db = services.tenant(actor.tenantId)
  const row = await db.get(connectorById(db, id))
  if (!row) return notFound('connection')
  if (row.status === 'disconnected')
    return fail('conflict', 'connection-disconnected', `${row.name} is disconnected. Connect it again first.`)
  return mayUse(actor, row) ? ok(viewOf(row)) : forbidden(`use ${row.name}`)
}

/** Connections of a kind that this actor's work may go out through. */
export async function usableConnectors(
  services: Services,
  actor: Actor,
  kind: string,
): Promise<ConnectorView[]> {
  const db = services.tenant(actor.tenantId)
  const rows = await db.get(connectorPage(db, { kind }, MOST_OF_A_KIND))
  return rows.filter((row) => row.method !== 'hook' && mayUse(actor, row)).map(viewOf)
}
