/** What can be connected, what is, and how it does. */
import { type Actor, can } from '../../../platform/actor.ts'
import { forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { StandInWay, Vendor } from '../../../platform/vendor.ts'
import type { ConnectorView } from '../domain/connector.ts'
import { allConnectors, type ConnectorRow, connectorById, connectorPage } from '../store/connectors.ts'
import { type AppView, appView } from './apps.ts'
import { redirectUriOf, vendorOf } from './sealed.ts'

export interface CatalogueEntry {
  vendor: Vendor
  connections: ConnectorView[]
}

export interface VendorPage extends CatalogueEntry {
  /** The workspace's own app, without its secret; null when it has none. */
  app: AppView | null
  /** Whether the installation has an app of its own at the vendor. */
  installed: boolean
  redirectUri: string
  /** Whether a module of this version works with what is connected. */
  used: boolean
  /** The vendor's address leads to a made-up one: how that is connected. */
  standIn: StandInWay | null
}

/** The row without its credentials. */
export const viewOf = ({
  tenantId: _tenant,
  credentials: _secret,
  version: _version,
  ...row
}: ConnectorRow) => row satisfies ConnectorView

/** Every vendor, and connections whose vendor this installation does not offer any more (or that only send webhooks). */
export async function readCatalogue(
  services: Services,
  actor: Actor,
): Promise<Result<{ entries: CatalogueEntry[]; connections: ConnectorView[] }>> {
  if (!can(actor, 'connections:read')) return forbidden('see connections')
  const db = services.tenant(actor.tenantId)
  const connections = (await db.get(allConnectors(db))).map(viewOf)
  const entries = services.vendors.map((vendor) => ({
    vendor,
    connections: connections.filter((connection) => connection.kind === vendor.kind),
  }))
  return ok({ entries, connections })
}

export async function readVendor(
  services: Services,
  actor: Actor,
  kind: string,
): Promise<Result<VendorPage>> {
  if (!can(actor, 'connections:manage')) return forbidden('connect other systems')
  const vendor = vendorOf(services, kind)
  if (!vendor) return notFound('vendor')
  const db = services.tenant(actor.tenantId)
  const connections = (await db.get(allConnectors(db))).map(viewOf)
  return ok({
    vendor,
    connections: connections.filter((connection) => connection.kind === kind),
    app: await appView(services, actor.tenantId, kind),
    installed: services.apps[kind] !== undefined,
    redirectUri: redirectUriOf(services),
    used: services.wings.some((wing) => wing.uses?.includes(kind)),
    standIn: services.config.standIns[kind] ?? null,
  })
}

export async function readConnector(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<{ connector: ConnectorView; vendor: Vendor | null }>> {
  if (!can(actor, 'connections:read')) return forbidden('see connections')
  const db = services.tenant(actor.tenantId)
  const row = await db.get(connectorById(db, id))
  return row
    ? ok({ connector: viewOf(row), vendor: vendorOf(services, row.kind) ?? null })
    : notFound('connection')
}

/** One page of connections by id, for programs. */
export async function listConnectors(
  services: Services,
  actor: Actor,
  filter: { after?: string; updatedSince?: string; kind?: string; status?: ConnectorRow['status'] },
  limit: number,
): Promise<Result<{ connectors: ConnectorView[]; nextCursor: string | null }>> {
  if (!can(actor, 'connections:read')) return forbidden('see connections')
  const db = services.tenant(actor.tenantId)
  const rows = await db.get(connectorPage(db, filter, limit + 1))
  const page = rows.slice(0, limit)
  return ok({
    connectors: page.map(viewOf),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  })
}
