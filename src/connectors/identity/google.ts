/** Google as a place to sign in (developers.google.com/identity/openid-connect): it vouches for addresses by a claim. */
import type { JWTPayload } from 'jose'
import type { OidcClaims } from '../../platform/identity.ts'
import type { OidcSetup } from './oidc.ts'

export function googleSetup(issuer: string, clientId: string, clientSecret: string): OidcSetup {
  return { name: 'Google', issuer, clientId, clientSecret, issuerOf: (_claims, discovered) => discovered }
}

export const googleClaims = (claims: JWTPayload): OidcClaims => ({
  issuer: claims.iss ?? '',
  subject: claims.sub ?? '',
  email: typeof claims.email === 'string' ? claims.email : '',
  emailVerified: claims.email_verified === true,
  name: typeof claims.name === 'string' ? claims.name : '',
})
