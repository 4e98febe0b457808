/** Google and Microsoft as places to sign in: those that are configured. */
import type { JWTPayload } from 'jose'
import type { Settings } from '../../env.ts'
import type { Clock } from '../../platform/clock.ts'
import type { IdentityProvider, OidcClaims } from '../../platform/identity.ts'
import { ok } from '../../platform/result.ts'
import type { FetchRules } from '../../platform/safe-fetch.ts'
import { googleClaims, googleSetup } from './google.ts'
import { microsoftClaims, microsoftSetup } from './microsoft.ts'
import { discover, type OidcContext, type OidcSetup, redeemCode } from './oidc.ts'

export function createIdentityProviders(
  settings: Settings,
  rules: FetchRules,
  clock: Clock,
): IdentityProvider[] {
  const google = googleSetup(
    settings.GOOGLE_SIGN_IN_ISSUER,
    settings.GOOGLE_SIGN_IN_CLIENT_ID,
    settings.GOOGLE_SIGN_IN_CLIENT_SECRET,
  )
  const microsoft = microsoftSetup(
    settings.MICROSOFT_SIGN_IN_ISSUER,
    settings.MICROSOFT_SIGN_IN_CLIENT_ID,
    settings.MICROSOFT_SIGN_IN_CLIENT_SECRET,
  )
  const context = { rules, clock }
  return [
    provider('google', google, googleClaims, context),
    provider('microsoft', microsoft, microsoftClaims, context),
  ].filter((known) => known !== null)
}

function provider(
  kind: IdentityProvider['kind'],
  setup: OidcSetup,
  present: (claims: JWTPayload) => OidcClaims,
  context: OidcContext,
): IdentityProvider | null {
  if (!setup.issuer || !setup.clientId || !setup.clientSecret) return null
  return {
    kind,
    name: setup.name,
    async authorizeUrl({ state, nonce, challenge, redirectUri, loginHint }) {
      const found = await discover(setup, context)
      if (!found.ok) return found
      const url = new URL(found.value.authorization_endpoint)
      const query = {
        client_id: setup.clientId,
        response_type: 'code',
        scope: 'openid email profile',
        redirect_uri: redirectUri,
        state,
        nonce,
        code_challenge: challenge,
        code_challenge_method: 'S256',
        prompt: 'select_account',
        ...(loginHint ? { login_hint: loginHint } : {}),
      }
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
      return ok(url.toString())
    },
    async redeem(input) {
      const claims = await redeemCode(setup, input, context)
      return claims.ok ? ok(present(claims.value)) : claims
    },
  }
}
