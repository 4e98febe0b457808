/** A vendor that keeps to the common OAuth path: described once as a recipe, walked here. */
import { fail, ok, type Result } from '../platform/result.ts'
import type { FetchRules } from '../platform/safe-fetch.ts'
import type {
  Credentials,
  OauthMethod,
  VendorAccount,
  VendorContext,
  VendorField,
} from '../platform/vendor.ts'
import {
  authorizeUrl,
  type ClientAuth,
  credentialsOf,
  missingScopes,
  noApp,
  redeemCode,
  redeemRefreshToken,
  scopesOf,
  type TokenAnswer,
} from './oauth.ts'

export interface ConsentRecipe {
  vendor: string
  label?: string
  fields?: readonly VendorField[]
  /** The consent page and the token endpoint. */
  page: string
  tokenUrl: string
  rules: FetchRules
  clientAuth: ClientAuth
  tokenHeaders?: Record<string, string>
  /** Whether the vendor documents PKCE; one that does not may refuse a request that has it. */
  pkce: boolean
  scopes: readonly string[]
  scopeSeparator?: ' ' | ','
  /** What the answer must name among its scopes, when it names any; all of `scopes` unless told. */
  required?: readonly string[]
  pageQuery?: Record<string, string>
  /** True when a connection without a refresh token would soon be dead. */
  refreshes: boolean
  /** What of the callback, the form and the token answer is kept beside the tokens; a failure when something is wrong. */
  keep?(query: URLSearchParams, input: Record<string, string>, answer: TokenAnswer): Result<Credentials>
  /** Who we are. The scopes are those of the token answer when the vendor names none here. */
  who(credentials: Credentials, context: VendorContext): Promise<Result<VendorAccount>>
}

export function consentMethod(recipe: ConsentRecipe): OauthMethod {
  return {
    kind: 'oauth',
    label: recipe.label ?? `Sign in at ${recipe.vendor}`,
    fields: recipe.fields ?? [],
    start: (_input, context) => startConsent(recipe, context),
    finish: (query, input, context) => finishConsent(recipe, query, input, context),
    ...(recipe.refreshes
      ? { refresh: (credentials, context) => refreshConsent(recipe, credentials, context) }
      : {}),
  }
}

function startConsent(
  recipe: ConsentRecipe,
  context: VendorContext & { state: string; challenge: string },
): Result<{ url: string }> {
  if (!context.app) return noApp(recipe.vendor)
  const pkce: Record<string, string> = recipe.pkce
    ? { code_challenge: context.challenge, code_challenge_method: 'S256' }
    : {}
  const url = authorizeUrl(recipe.page, {
    response_type: 'code',
    client_id: context.app.clientId,
    redirect_uri: context.redirectUri,
    scope: recipe.scopes.join(recipe.scopeSeparator ?? ' '),
    state: context.state,
    ...pkce,
    ...recipe.pageQuery,
  })
  return ok({ url })
}

async function finishConsent(
  recipe: ConsentRecipe,
  query: URLSearchParams,
  input: Record<string, string>,
  context: VendorContext & { verifier: string },
) {
  const { vendor } = recipe
  if (!context.app) return noApp(vendor)
  const code = query.get('code')
  if (!code)
    return fail('invalid', 'code-missing', `${vendor} sent you back without a permission. Start again.`)
  const answer = await redeemCode(endpointOf(recipe), context.app, {
    code,
    redirect_uri: context.redirectUri,
    ...(recipe.pkce ? { code_verifier: context.verifier } : {}),
  })
  if (!answer.ok) return answer
  const given = scopesOf(answer.value)
  const missing = given.length > 0 ? missingScopes(vendor, recipe.required ?? recipe.scopes, given) : null
  if (missing) return missing
  if (recipe.refreshes && !answer.value.refresh_token)
    return fail(
      'conflict',
      'no-lasting-access',
      `${vendor} gave access for a moment only. Remove our app from your ${vendor} account, then connect again.`,
    )
  const kept = recipe.keep?.(query, input, answer.value) ?? ok<Credentials>({})
  if (!kept.ok) return kept
  const credentials = credentialsOf(answer.value, context.now, { ...kept.value, scopes: given })
  const who = await recipe.who(credentials, context)
  if (!who.ok) return who.error.kind === 'unauthenticated' ? shutOut(vendor) : who
  return ok({ ...who.value, credentials })
}

async function refreshConsent(
  recipe: ConsentRecipe,
  credentials: Credentials,
  context: VendorContext,
): Promise<Result<Credentials>> {
  if (!context.app) return noApp(recipe.vendor)
  const answer = await redeemRefreshToken(endpointOf(recipe), context.app, credentials.refreshToken)
  return answer.ok ? ok(credentialsOf(answer.value, context.now, credentials)) : answer
}

const endpointOf = ({
  vendor,
  tokenUrl: url,
  clientAuth,
  tokenHeaders: headers = {},
  rules,
}: ConsentRecipe) => ({
  vendor,
  url,
  clientAuth,
  headers,
  rules,
})

const shutOut = (vendor: string) =>
  fail('conflict', 'access-refused', `${vendor} gave us access and then refused it. Start again.`)

/** The scopes that were kept at consent, for vendors that cannot be asked later. */
export const keptScopes = (credentials: Credentials): string[] =>
  Array.isArray(credentials.scopes) ? credentials.scopes.filter((scope) => typeof scope === 'string') : []

/** A text kept in credentials; '' when there is none. */
export function kept(credentials: Credentials, name: string): string {
  const value = credentials[name]
  return typeof value === 'string' ? value : ''
}

export const bearer = (credentials: Credentials): Record<string, string> => ({
  Authorization: `Bearer ${credentials.accessToken ?? ''}`,
})
