/** What Google's three ways in share: the consent page that gives lasting access, the token endpoint, and going. */
import type { Credentials, OauthMethod } from '../../platform/vendor.ts'
import type { BaseName, Bases } from '../bases.ts'
import { type ConsentRecipe, consentMethod } from '../consent.ts'
import { tellVendor } from '../vendor-call.ts'

export function googleMethod(
  bases: Bases,
  own: BaseName,
  recipe: Pick<ConsentRecipe, 'vendor' | 'scopes' | 'who' | 'fields' | 'keep'>,
): OauthMethod {
  return consentMethod({
    ...recipe,
    label: 'Sign in with Google',
    page: `${bases.of('GOOGLE_AUTH_BASE')}/o/oauth2/v2/auth`,
    tokenUrl: `${bases.of('GOOGLE_TOKEN_BASE')}/token`,
    rules: bases.rulesFor('GOOGLE_TOKEN_BASE', own),
    clientAuth: 'body',
    pkce: true,
    // without both, Google gives a refresh token the first time only
    pageQuery: { access_type: 'offline', prompt: 'consent' },
    refreshes: true,
  })
}

/** Google takes back the whole grant, whichever of its tokens is named. */
export const revokeGoogle = (vendor: string, bases: Bases, credentials: Credentials) =>
  tellVendor({
    vendor,
    url: `${bases.of('GOOGLE_TOKEN_BASE')}/revoke`,
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      token: credentials.refreshToken ?? credentials.accessToken ?? '',
    }).toString(),
    rules: bases.rulesFor('GOOGLE_TOKEN_BASE'),
  })
