/** Sign-in with an outside account (OpenID Connect): what a provider is to the workspace wing. */
import type { Result } from './result.ts'

export interface OidcClaims {
  issuer: string
  subject: string
  email: string
  /** The provider vouches for the address. */
  emailVerified: boolean
  name: string
}

export interface IdentityProvider {
  kind: 'google' | 'microsoft'
  name: string
  /** Where the person is sent. `nonce` comes back inside the ID token, `challenge` is PKCE S256. */
  authorizeUrl(input: {
    state: string
    nonce: string
    challenge: string
    redirectUri: string
    loginHint?: string
  }): Promise<Result<string>>
  /** Spends the code and verifies the ID token: signature, issuer, audience, nonce, expiry. */
  redeem(input: {
    code: string
    verifier: string
    nonce: string
    redirectUri: string
  }): Promise<Result<OidcClaims>>
}
