/** Connections that are made by a wing itself: those of webhooks that only come in, and their sealed secrets. */
import { eq } from 'drizzle-orm'
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { forbidden, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { connectors } from '../store/schema.ts'
import { openSealed, sealCredentials } from './sealed.ts'

export type Credentials = Record<string, unknown>

/** The statements that make a connector, for the batch of whatever uses it; and its id. */
export async function newConnector(
  services: Services,
  actor: Actor,
  input: { kind: string; name: string; credentials: Credentials },
): Promise<Result<{ id: string; statements: D1PreparedStatement[] }>> {
  if (!can(actor, 'connections:manage')) return forbidden('connect other systems')
  const now = services.clock.now()
  const id = uuidv7(now)
  const db = services.tenant(actor.tenantId)
  const credentials = await sealCredentials(services, actor.tenantId, id, input.credentials)
  const at = isoInstant(now)
  const row = {
    id,
    kind: input.kind,
    name: input.name,
    status: 'connected' as const,
    method: 'hook',
    credentials,
    createdAt: at,
    updatedAt: at,
  }
  return ok({
    id,
    statements: [
      db.insert(connectors, row),
      recordAudit(db, now, actor, 'connector.created', id, { kind: input.kind }),
    ],
  })
}

/** The opened credentials; null when there is no such connector. For connectors' own use, never for a page. */
export async function openCredentials(
  services: Services,
  tenantId: string,
  id: string,
): Promise<Credentials | null> {
  const db = services.tenant(tenantId)
  const row = await db.get(db.row(connectors, eq(connectors.id, id)))
  return row && openSealed(services, tenantId, id, row.credentials)
}

export async function replaceCredentials(
  services: Services,
  actor: Actor,
  id: string,
  credentials: Credentials,
): Promise<Result<null>> {
  if (!can(actor, 'connections:manage')) return forbidden('change connections')
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const sealed = await sealCredentials(services, actor.tenantId, id, credentials)
  await db.write([
    db.update(connectors, { credentials: sealed, updatedAt: isoInstant(now) }, eq(connectors.id, id)),
    recordAudit(db, now, actor, 'connector.credentials_changed', id),
  ])
  return ok(null)
}

/** The statement that takes a connector away. */
export const removeConnector = (services: Services, tenantId: string, id: string): D1PreparedStatement => {
  const db = services.tenant(tenantId)
  return db.remove(connectors, eq(connectors.id, id))
}
