// An OpenID provider of our own: discovery, keys, codes that work once, and ID tokens with whatever lies a test asks for.
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'

export interface Lies {
  claims?: JWTPayload
  /** Leaves these claims out. */
  without?: string[]
  /** How the token is signed; `own` is the key that is published. */
  signed?: 'own' | 'unknown-key' | 'stranger-under-known-id' | 'none' | 'hs256-with-public-key'
}

export interface Issuer {
  clientId: string
  /** Stands in for `fetch`; other addresses fail. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>
  /** As if the person had agreed at the provider: a code for what the address asked. */
  agree(authorizeUrl: string, person: JWTPayload, lies?: Lies): string
  /** Bodies that came to the token endpoint. */
  redeemed: URLSearchParams[]
  down: boolean
}

export async function makeIssuer(base: string, options: { now(): number; issuer?: string }): Promise<Issuer> {
  const clientId = 'client-of-ours'
  const pair = await generateKeyPair('RS256', { extractable: true })
  const stranger = await generateKeyPair('RS256', { extractable: true })
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }
  const codes = new Map<string, { url: URL; person: JWTPayload; lies: Lies }>()
  let issued = 0

  async function idToken(url: URL, person: JWTPayload, { claims, without = [], signed = 'own' }: Lies) {
    const now = Math.floor(options.now() / 1000)
    const payload: JWTPayload = {
      iss: options.issuer ?? base,
      aud: clientId,
      iat: now,
      exp: now + 300,
      nonce: url.searchParams.get('nonce') ?? '',
      ...person,
      ...claims,
    }
    for (const name of without) delete payload[name]
    if (signed === 'none') return new UnsecuredJWT(payload).encode()
    const token = new SignJWT(payload)
    if (signed === 'hs256-with-public-key') {
      const secret = new TextEncoder().encode(JSON.stringify(jwk))
      return token.setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secret)
    }
    const kid = signed === 'unknown-key' ? 'two' : 'one'
    const key = signed === 'own' ? pair.privateKey : stranger.privateKey
    return token.setProtectedHeader({ alg: 'RS256', kid }).sign(key)
  }

  async function redeem(body: URLSearchParams): Promise<Response> {
    issuer.redeemed.push(body)
    const known = codes.get(body.get('code') ?? '')
    codes.delete(body.get('code') ?? '')
    const digest = await crypto.subtle.digest(
      'SHA-256',
      new TextEncoder().encode(body.get('code_verifier') ?? ''),
    )
    const challenge = btoa(String.fromCharCode(...new Uint8Array(digest)))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace(/=+$/, '')
    const asked = known?.url.searchParams
    const right =
      asked?.get('code_challenge') === challenge &&
      asked.get('redirect_uri') === body.get('redirect_uri') &&
      body.get('client_id') === clientId &&
      body.get('client_secret') === 'secret-of-ours'
    if (!known || !right) return Response.json({ error: 'invalid_grant' }, { status: 400 })
    return Response.json({ access_token: 'x', id_token: await idToken(known.url, known.person, known.lies) })
  }

  const issuer: Issuer = {
    clientId,
    redeemed: [],
    down: false,
    async fetch(input, init) {
      const url = String(input instanceof Request ? input.url : input)
      if (issuer.down) return new Response('out of order', { status: 503 })
      if (url === `${base}/.well-known/openid-configuration`) {
        return Response.json({
          issuer: options.issuer?.replace(/[0-9a-f-]{36}/, '{tenantid}') ?? base,
          authorization_endpoint: `${base}/authorize`,
          token_endpoint: `${base}/token`,
          jwks_uri: `${base}/keys`,
        })
      }
      if (url === `${base}/keys`) return Response.json({ keys: [jwk] })
      if (url === `${base}/token`) return redeem(new URLSearchParams(String(init?.body)))
      throw new Error(`nobody answers ${url}`)
    },
    agree(authorizeUrl, person, lies = {}) {
      const code = `code-${++issued}`
      codes.set(code, { url: new URL(authorizeUrl), person, lies })
      return code
    },
  }
  return issuer
}
