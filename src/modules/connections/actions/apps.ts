/** A workspace's own app at a vendor: client id and sealed secret, used before the installation's. */
import { eq } from 'drizzle-orm'
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { VendorApp } from '../../../platform/vendor.ts'
import { connectorApps } from '../store/schema.ts'

const placeOf = (kind: string): string => `connector_apps/${kind}/client_secret`
const MAX_TEXT = 500

/** The workspace's own app with its secret opened; null when it has none. Never for a page. */
export async function ownApp(services: Services, tenantId: string, kind: string): Promise<VendorApp | null> {
  const db = services.tenant(tenantId)
  const row = await db.get(db.row(connectorApps, eq(connectorApps.kind, kind)))
  if (!row) return null
  return {
    clientId: row.clientId,
    clientSecret: await services.box.open(tenantId, placeOf(kind), row.clientSecret),
  }
}

/** What a page may show of it. */
export interface AppView {
  clientId: string
  updatedAt: string
}

export async function appView(services: Services, tenantId: string, kind: string): Promise<AppView | null> {
  const db = services.tenant(tenantId)
  const row = await db.get(db.row(connectorApps, eq(connectorApps.kind, kind)))
  return row && { clientId: row.clientId, updatedAt: row.updatedAt }
}

/** The app to use: the workspace's own, else the installation's, else none. */
export const appFor = async (services: Services, tenantId: string, kind: string): Promise<VendorApp | null> =>
  (await ownApp(services, tenantId, kind)) ?? services.apps[kind] ?? null

export async function saveOwnApp(
  services: Services,
  actor: Actor,
  kind: string,
  input: { clientId: string; clientSecret: string },
): Promise<Result<null>> {
  if (!can(actor, 'connections:manage')) return forbidden('change connections')
  if (!services.vendors.some((vendor) => vendor.kind === kind)) return notFound('vendor')
  const clientId = input.clientId.trim()
  const clientSecret = input.clientSecret.trim()
  const errors = [
    ...(clientId && clientId.length <= MAX_TEXT
      ? []
      : [{ path: 'client_id', message: 'Copy the client id of your app here.' }]),
    ...(clientSecret && clientSecret.length <= MAX_TEXT
      ? []
      : [{ path: 'client_secret', message: 'Copy the client secret of your app here.' }]),
  ]
  if (errors.length > 0) return invalid(errors)
  const now = services.clock.now()
  const at = isoInstant(now)
  const db = services.tenant(actor.tenantId)
  const sealed = await services.box.seal(actor.tenantId, placeOf(kind), clientSecret)
  await db.write([
    db.remove(connectorApps, eq(connectorApps.kind, kind)),
    db.insert(connectorApps, { kind, clientId, clientSecret: sealed, createdAt: at, updatedAt: at }),
    recordAudit(db, now, actor, 'connector_app.saved', kind, { client_id: clientId }),
  ])
  return ok(null)
}

export async function removeOwnApp(services: Services, actor: Actor, kind: string): Promise<Result<null>> {
  if (!can(actor, 'connections:manage')) return forbidden('change connections')
  const db = services.tenant(actor.tenantId)
  const [removed] = await db.write([
    db.remove(connectorApps, eq(connectorApps.kind, kind)),
    recordAudit(db, services.clock.now(), actor, 'connector_app.removed', kind, {}, 'if-changed'),
  ])
  return removed === 1 ? ok(null) : notFound('app')
}
