/** Credentials of a connection, sealed at rest and bound to their row; and what a vendor is given beside them. */
import type { Services } from '../../../platform/services.ts'
import type { ConnectMethod, Credentials, Vendor, VendorContext } from '../../../platform/vendor.ts'
import { appFor } from './apps.ts'

const placeOf = (id: string): string => `connectors/${id}/credentials`

export const sealCredentials = (
  services: Services,
  tenantId: string,
  id: string,
  credentials: Credentials,
): Promise<string> => services.box.seal(tenantId, placeOf(id), JSON.stringify(credentials))

/** Wiped credentials are an empty text and open as none. */
export async function openSealed(
  services: Services,
  tenantId: string,
  id: string,
  sealed: string,
): Promise<Credentials> {
  return sealed ? JSON.parse(await services.box.open(tenantId, placeOf(id), sealed)) : {}
}

export const vendorOf = (services: Services, kind: string): Vendor | undefined =>
  services.vendors.find((vendor) => vendor.kind === kind)

/** The method a connection was made with; a vendor that gave a method up leaves its connections as they are. */
export const methodOf = (vendor: Vendor, method: string): ConnectMethod | undefined =>
  vendor.methods.find((candidate) => candidate.kind === method)

/** Where vendors send people back to: one address for all, given to each of them once. */
export const redirectUriOf = (services: Services): string => `${services.config.publicUrl}/oauth/callback`

export const contextFor = async (
  services: Services,
  tenantId: string,
  kind: string,
): Promise<VendorContext> => ({
  now: services.clock.now(),
  app: await appFor(services, tenantId, kind),
  redirectUri: redirectUriOf(services),
})
