/**
 * Vendors with a consent page, each with its documented addresses, client authentication and answers. Beyond what the
 * authorization server refuses: an access token it never gave (401), Etsy calls without "key:secret", Google Ads calls
 * without a developer token (403), Meta calls with a wrong appsecret_proof, and tokens of a revoked grant.
 */
import { createHmac } from 'node:crypto'
import { APP, authorizationServer, json, type ServerTraits, type StandIn } from './stand-in.ts'

type Reply = (request: Request) => unknown

interface Facts {
  traits: ServerTraits
  hosts: readonly string[]
  tokenPath: string
  revokePath?: string
  callback?: Record<string, string>
  /** Path -> body for an admitted caller; a Response is sent as it is. */
  api: Record<string, Reply>
}

function consentVendor({ traits, hosts, tokenPath, revokePath, callback, api }: Facts): StandIn {
  const server = authorizationServer(traits)
  const revoked: string[] = []
  return {
    hosts,
    revoked,
    consent(page) {
      const back = server.consent(page)
      for (const [name, value] of Object.entries(callback ?? {})) back.set(name, value)
      return back
    },
    async answer(request) {
      const path = new URL(request.url).pathname
      if (path === tokenPath) return server.token(request)
      if (path === revokePath) {
        revoked.push(
          `${request.method} ${request.headers.get('Authorization') ?? ''} ${await request.text()}`,
        )
        server.end()
        return new Response('', { status: 200 })
      }
      if (!server.admits(request)) return json({ message: 'unauthorized' }, 401)
      const reply = api[path]?.(request)
      if (reply === undefined) return json({ message: 'not found' }, 404)
      return reply instanceof Response ? reply : json(reply)
    },
  }
}

const google = (scope: string, host: string, api: Facts['api']): StandIn =>
  consentVendor({
    traits: { auth: 'form', pkce: true, rotates: false, expiresIn: 3599, scope },
    hosts: ['oauth2.googleapis.com', host],
    tokenPath: '/token',
    revokePath: '/revoke',
    api,
  })

export const CONSENTS: Record<string, () => StandIn> = {
  quickbooks: () =>
    consentVendor({
      traits: { auth: 'basic', pkce: false, rotates: true, expiresIn: 3600 },
      hosts: ['oauth.platform.intuit.com', 'quickbooks.api.intuit.com', 'developer.api.intuit.com'],
      tokenPath: '/oauth2/v1/tokens/bearer',
      revokePath: '/v2/oauth2/tokens/revoke',
      callback: { realmId: '9130350000000001' },
      api: {
        '/v3/company/9130350000000001/companyinfo/9130350000000001': () => ({
          CompanyInfo: { CompanyName: 'Corner Shop Ltd' },
        }),
      },
    }),
  hubspot: () =>
    consentVendor({
      traits: { auth: 'form', pkce: false, rotates: false, expiresIn: 1800 },
      hosts: ['api.hubapi.com'],
      tokenPath: '/oauth/v3/token',
      api: { '/account-info/v3/details': () => ({ portalId: 62515, accountType: 'STANDARD' }) },
    }),
  google_sheets: () =>
    google('https://www.googleapis.com/auth/drive.file', 'www.googleapis.com', {
      '/drive/v3/about': () => ({
        user: { displayName: 'Ada', emailAddress: 'ada@corner.example', permissionId: '0815' },
      }),
    }),
  google_ads: () =>
    google('https://www.googleapis.com/auth/adwords', 'googleads.googleapis.com', {
      '/v26/customers:listAccessibleCustomers': (request) =>
        request.headers.get('developer-token') === 'dev-token-SECRET'
          ? { resourceNames: ['customers/1234567890'] }
          : json({ error: { code: 403, status: 'PERMISSION_DENIED' } }, 403),
    }),
  google_workspace: () =>
    google(
      'https://www.googleapis.com/auth/admin.directory.user.readonly https://www.googleapis.com/auth/admin.directory.orgunit.readonly https://www.googleapis.com/auth/admin.directory.rolemanagement.readonly',
      'admin.googleapis.com',
      {
        '/admin/directory/v1/users': () => ({
          users: [{ customerId: 'C01abc', primaryEmail: 'ada@corner.example' }],
        }),
      },
    ),
  square: () =>
    consentVendor({
      traits: { auth: 'json', pkce: false, rotates: false, extra: { expires_at: '2026-12-23T00:00:00Z' } },
      hosts: ['connect.squareup.com'],
      tokenPath: '/oauth2/token',
      revokePath: '/oauth2/revoke',
      api: { '/v2/merchants/me': () => ({ merchant: { id: 'ML1', business_name: 'Corner Till' } }) },
    }),
  xero: () =>
    consentVendor({
      traits: {
        auth: 'basic',
        pkce: true,
        rotates: true,
        expiresIn: 1800,
        accessToken: (n) =>
          `h.${Buffer.from(`{"authentication_event_id":"ev","n":${n}}`).toString('base64url')}.s`,
        scope:
          'offline_access accounting.invoices.read accounting.payments.read accounting.banktransactions.read accounting.contacts.read accounting.settings.read',
      },
      hosts: ['identity.xero.com', 'api.xero.com'],
      tokenPath: '/connect/token',
      revokePath: '/connect/revocation',
      api: {
        '/connections': () => [
          { tenantId: 't-old', tenantType: 'ORGANISATION', tenantName: 'Old Shop', authEventId: 'before' },
          { tenantId: 't-new', tenantType: 'ORGANISATION', tenantName: 'Corner Books', authEventId: 'ev' },
        ],
      },
    }),
  microsoft_365: () =>
    consentVendor({
      traits: {
        auth: 'form',
        pkce: true,
        rotates: true,
        expiresIn: 3600,
        scope: 'User.Read https://graph.microsoft.com/Directory.Read.All Policy.Read.All AuditLog.Read.All',
      },
      hosts: ['login.microsoftonline.com', 'graph.microsoft.com'],
      tokenPath: '/organizations/oauth2/v2.0/token',
      api: { '/v1.0/organization': () => ({ value: [{ id: 'org-1', displayName: 'Corner Shop' }] }) },
    }),
  github: () =>
    consentVendor({
      traits: {
        auth: 'form',
        pkce: true,
        rotates: true,
        scope: 'read:org,security_events',
        expiresIn: 28_800,
      },
      hosts: ['github.com', 'api.github.com'],
      tokenPath: '/login/oauth/access_token',
      revokePath: `/applications/${APP.clientId}/token`,
      api: { '/user': () => ({ id: 583231, login: 'corner-shop' }) },
    }),
  etsy: () => {
    const keyed = (body: unknown) => (request: Request) =>
      request.headers.get('x-api-key') === `${APP.clientId}:${APP.clientSecret}` ? body : json({}, 403)
    return consentVendor({
      traits: { auth: 'none', pkce: true, rotates: true, expiresIn: 3600 },
      hosts: ['api.etsy.com', 'openapi.etsy.com'],
      tokenPath: '/v3/public/oauth/token',
      api: {
        '/v3/application/users/me': keyed({ user_id: 7, shop_id: 4242 }),
        '/v3/application/shops/4242': keyed({ shop_name: 'CornerCrafts' }),
      },
    })
  },
}

/** Meta has no refresh tokens: a token that still holds is changed for a longer one. */
export function metaStandIn(): StandIn {
  const server = authorizationServer({
    auth: 'form',
    pkce: false,
    rotates: false,
    refreshTokens: false,
    expiresIn: 3600,
  })
  const revoked: string[] = []
  const graphError = (code: number, status: number) => json({ error: { message: 'x', code } }, status)
  return {
    hosts: ['graph.facebook.com'],
    revoked,
    consent: server.consent,
    async answer(request) {
      const url = new URL(request.url)
      const path = url.pathname.replace(/^\/v[\d.]+/, '')
      if (path === '/oauth/access_token') {
        const fields = new URLSearchParams(await request.clone().text())
        if (fields.get('grant_type') !== 'fb_exchange_token') return server.token(request)
        if (fields.get('client_secret') !== APP.clientSecret) return graphError(101, 400)
        if (!server.knows(fields.get('fb_exchange_token') ?? '')) return graphError(190, 400)
        return json({ ...server.issue(), expires_in: 5_184_000 })
      }
      const token = (request.headers.get('Authorization') ?? '').replace('Bearer ', '')
      if (!server.knows(token)) return graphError(190, 401)
      const proof = createHmac('sha256', APP.clientSecret).update(token).digest('hex')
      if (url.searchParams.get('appsecret_proof') !== proof) return graphError(100, 400)
      if (path === '/me') return json({ id: '1001', name: 'Ada Corner' })
      if (request.method === 'DELETE') {
        revoked.push('permissions')
        server.end()
        return json({ success: true })
      }
      return json({ data: [{ permission: 'ads_read', status: 'granted' }] })
    },
  }
}
