/**
 * Shopify: refuses an unknown client, a used code, a rotated refresh token, a missing or unknown access token (401), and
 * client credentials of another app. Signs the way back as documented: HMAC-SHA256 over the sorted parameters.
 */
import { createHmac } from 'node:crypto'
import { APP, authorizationServer, json, type StandIn } from './stand-in.ts'

export const SHOP = 'corner-shop.myshopify.com'
const GRANTED = [
  'read_orders',
  'read_products',
  'read_inventory',
  'read_customers',
  'read_locations',
  'read_returns',
]

export function shopifyStandIn(now: () => number, granted: readonly string[] = GRANTED): StandIn {
  const server = authorizationServer({
    auth: 'form',
    pkce: false,
    rotates: true,
    expiresIn: 3600,
    scope: granted.join(','),
  })
  const revoked: string[] = []
  return {
    hosts: [SHOP],
    revoked,
    consent(page) {
      const back = server.consent(page)
      back.set('shop', SHOP)
      back.set('host', 'YWRtaW4uc2hvcGlmeS5jb20vc3RvcmUvYw==')
      back.set('timestamp', String(Math.floor(now() / 1000)))
      const names = [...back.keys()].sort()
      const message = names.map((name) => `${name}=${encodeURIComponent(back.get(name) ?? '')}`).join('&')
      back.set('hmac', createHmac('sha256', APP.clientSecret).update(message).digest('hex'))
      return back
    },
    async answer(request) {
      const path = new URL(request.url).pathname
      if (path === '/admin/oauth/access_token') {
        const fields = new URLSearchParams(await request.clone().text())
        if (fields.get('grant_type') !== 'client_credentials') return server.token(request)
        const known = fields.get('client_id') === 'own-app' && fields.get('client_secret') === 'own-SECRET'
        if (!known) return json({ error: 'invalid_client' }, 400)
        const { refresh_token: _none, ...given } = server.issue()
        return json({ ...given, expires_in: 86_399 })
      }
      if (!server.knows(request.headers.get('X-Shopify-Access-Token') ?? ''))
        return json({ errors: '[API] Invalid API key or access token' }, 401)
      const { query } = (await request.json()) as { query: string }
      if (query.includes('appUninstall')) {
        revoked.push('app')
        server.end()
        return json({ data: { appUninstall: { userErrors: [] } } })
      }
      const accessScopes = granted.map((handle) => ({ handle }))
      return json({
        data: {
          shop: { name: 'Corner Shop', myshopifyDomain: SHOP },
          currentAppInstallation: { accessScopes },
        },
      })
    },
  }
}
