/**
 * Microsoft as a place to sign in. One door for all tenants: the issuer of a token names its tenant, which must be the one
 * of its `tid`. Addresses are whatever a tenant's admin wrote; only `xms_edov` says that the domain's owner vouches.
 */
import type { JWTPayload } from 'jose'
import type { OidcClaims } from '../../platform/identity.ts'
import type { OidcSetup } from './oidc.ts'

const TENANT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export function microsoftSetup(issuer: string, clientId: string, clientSecret: string): OidcSetup {
  return {
    name: 'Microsoft',
    issuer,
    clientId,
    clientSecret,
    issuerOf(claims, discovered) {
      if (!discovered.includes('{tenantid}')) return discovered
      const { tid } = claims
      return typeof tid === 'string' && TENANT.test(tid) ? discovered.replace('{tenantid}', tid) : null
    },
  }
}

export const microsoftClaims = (claims: JWTPayload): OidcClaims => ({
  issuer: claims.iss ?? '',
  subject: claims.sub ?? '',
  email: typeof claims.email === 'string' ? claims.email : '',
  emailVerified: claims.xms_edov === true || claims.xms_edov === 1 || claims.xms_edov === '1',
  name: typeof claims.name === 'string' ? claims.name : '',
})
