/**
 * What stand-ins of vendors share: an authorization server after RFC 6749 and RFC 7636, and moods. Knows nothing of the
 * clients. Refuses: a wrong client (invalid_client), a wrong redirect_uri, a code used twice or for another redirect_uri
 * (invalid_grant), a wrong PKCE verifier, a refresh token that is unknown or was rotated away, an access token it never gave.
 */

export interface StandIn {
  hosts: readonly string[]
  answer(request: Request): Promise<Response> | Response
  /** The owner agrees on the consent page: what the browser brings back. */
  consent?(page: URL): Promise<URLSearchParams> | URLSearchParams
  /** What was taken back. */
  revoked: string[]
}

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })

export const APP = { clientId: 'app-id-1', clientSecret: 'app-secret-XYZZY' }
export const CALLBACK = 'https://smb.example/oauth/callback'

export interface ServerTraits {
  auth: 'basic' | 'form' | 'json' | 'none'
  pkce: boolean
  rotates: boolean
  refreshTokens?: boolean
  expiresIn?: number
  /** A scope string in the answer; undefined: the vendor names none. */
  scope?: string
  accessToken?: (n: number) => string
  extra?: Record<string, unknown>
  /** Where people may be sent back to; else `CALLBACK`. */
  callback?: (uri: string) => boolean
}

export function authorizationServer(traits: ServerTraits) {
  const codes = new Map<string, { challenge: string | null; redirectUri: string | null }>()
  const refreshable = new Set<string>()
  const live = new Set<string>()
  let n = 0

  function consent(page: URL): URLSearchParams {
    const ask = page.searchParams
    if (ask.get('client_id') !== APP.clientId) throw new Error('the consent page shows: unknown client')
    const mayReturn = traits.callback ?? ((uri) => uri === CALLBACK)
    if (!mayReturn(ask.get('redirect_uri') ?? ''))
      throw new Error('the consent page shows: redirect_uri mismatch')
    if (!ask.get('scope') || !ask.get('state')) throw new Error('the consent page shows: bad request')
    if (traits.pkce && ask.get('code_challenge_method') !== 'S256') throw new Error('PKCE is required')
    const code = `code-${++n}-secret`
    codes.set(code, { challenge: ask.get('code_challenge'), redirectUri: ask.get('redirect_uri') })
    return new URLSearchParams({ code, state: ask.get('state') ?? '' })
  }

  async function token(request: Request): Promise<Response> {
    const text = await request.text()
    const fields: Map<string, string> =
      traits.auth === 'json'
        ? new Map(Object.entries(JSON.parse(text) as Record<string, string>))
        : new Map(new URLSearchParams(text))
    if (!knowsClient(request, fields)) return json({ error: 'invalid_client' }, 401)
    const grant = fields.get('grant_type') ?? 'authorization_code'
    if (grant === 'refresh_token') return refreshed(fields.get('refresh_token') ?? '')
    const code = fields.get('code') ?? ''
    const known = codes.get(code)
    codes.delete(code)
    if (!known) return refuse(`${code} is not valid`)
    const redirectUri = fields.get('redirect_uri')
    if (redirectUri !== undefined && redirectUri !== known.redirectUri) return refuse('redirect_uri')
    if (traits.pkce && (await s256(fields.get('code_verifier') ?? '')) !== known.challenge)
      return refuse('verifier')
    return json(issue())
  }

  function refreshed(given: string): Response {
    if (!refreshable.has(given)) return refuse(`${given} is unknown`)
    if (traits.rotates) refreshable.delete(given)
    return json(issue(traits.rotates ? undefined : given))
  }

  function issue(keep?: string) {
    n++
    const access = traits.accessToken?.(n) ?? `access-${n}-SECRET`
    const refresh = keep ?? `refresh-${n}-SECRET`
    live.add(access)
    if (traits.refreshTokens !== false) refreshable.add(refresh)
    return {
      access_token: access,
      token_type: 'bearer',
      ...(traits.expiresIn ? { expires_in: traits.expiresIn } : {}),
      ...(traits.refreshTokens === false ? {} : { refresh_token: refresh }),
      ...(traits.scope === undefined ? {} : { scope: traits.scope }),
      ...traits.extra,
    }
  }

  function knowsClient(request: Request, fields: Map<string, string>): boolean {
    if (traits.auth === 'basic')
      return request.headers.get('Authorization') === `Basic ${btoa(`${APP.clientId}:${APP.clientSecret}`)}`
    if (fields.get('client_id') !== APP.clientId) return false
    return traits.auth === 'none' || fields.get('client_secret') === APP.clientSecret
  }

  // descriptions repeat what was sent, as some vendors do: no client may show them
  const refuse = (why: string) => json({ error: 'invalid_grant', error_description: why }, 400)

  return {
    consent,
    token,
    issue,
    /** Whether the bearer of a request is one of ours. */
    admits: (request: Request) =>
      live.has((request.headers.get('Authorization') ?? '').replace('Bearer ', '')),
    knows: (accessToken: string) => live.has(accessToken),
    end: () => live.clear(),
  }
}

async function s256(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return Buffer.from(digest).toString('base64url')
}
