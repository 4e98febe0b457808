/**
 * Vendors that are connected by keys. Each refuses a key that it did not give (its documented status); Stripe also a key
 * without a permission (403), eBay and Amazon unknown clients and refresh tokens, a generic API a wrong header.
 */
import { json, type StandIn } from './stand-in.ts'

const basic = (user: string, password: string): string => `Basic ${btoa(`${user}:${password}`)}`

/** Answers by path when the header holds what it must; else with the refusal. */
function keyed(
  host: string,
  header: string,
  value: string,
  paths: Record<string, unknown>,
  refusal: [number, unknown] = [401, {}],
): StandIn {
  return {
    hosts: [host],
    revoked: [],
    answer(request) {
      const path = new URL(request.url).pathname
      const open = path === '/wp-json/'
      if (!open && request.headers.get(header) !== value) return json(refusal[1], refusal[0])
      return path in paths ? json(paths[path]) : json({}, 404)
    },
  }
}

export const TWILIO_SID = `AC${'0'.repeat(32)}`

/** `lacking`: permissions that the restricted key was not given. */
export function stripeStandIn(lacking: readonly string[] = []): StandIn {
  return {
    hosts: ['api.stripe.com'],
    revoked: [],
    answer(request) {
      const path = new URL(request.url).pathname.replace('/v1/', '')
      if (request.headers.get('Authorization') !== 'Bearer rk_live_GOODSECRET')
        return json(
          { error: { message: `Invalid API Key provided: ${request.headers.get('Authorization')}` } },
          401,
        )
      if (lacking.includes(path)) return json({ error: { code: 'more_permissions_required' } }, 403)
      if (path !== 'account') return json({ object: 'list', data: [], has_more: false })
      return json({ id: 'acct_1', settings: { dashboard: { display_name: 'Corner Shop' } } })
    },
  }
}

export const KEYS: Record<string, () => StandIn> = {
  stripe: stripeStandIn,
  woocommerce: () =>
    keyed('shop.example.com', 'Authorization', basic('ck_GOODSECRET', 'cs_GOODSECRET'), {
      '/wp-json/wc/v3/orders': [],
      '/wp-json/': { name: 'Corner Woo' },
    }),
  hubspot: () =>
    keyed('api.hubapi.com', 'Authorization', 'Bearer pat-GOODSECRET', {
      '/account-info/v3/details': { portalId: 62515 },
    }),
  klaviyo: () =>
    keyed('a.klaviyo.com', 'Authorization', 'Klaviyo-API-Key pk_GOODSECRET', {
      '/api/accounts': {
        data: [{ id: 'XyZ123', attributes: { contact_information: { organization_name: 'Corner' } } }],
      },
    }),
  twilio: () =>
    keyed('api.twilio.com', 'Authorization', basic(TWILIO_SID, 'GOODSECRET'), {
      [`/2010-04-01/Accounts/${TWILIO_SID}.json`]: { friendly_name: 'Corner SMS', status: 'active' },
    }),
  github: () =>
    keyed('api.github.com', 'Authorization', 'Bearer github_pat_GOODSECRET', {
      '/user': { id: 1, login: 'corner' },
    }),
  cloudflare: () =>
    keyed(
      'api.cloudflare.com',
      'Authorization',
      'Bearer GOODSECRET',
      {
        '/client/v4/user/tokens/verify': { result: { id: 't', status: 'active' } },
        '/client/v4/zones': { result: [{ name: 'corner.example', account: { id: 'acc', name: 'Corner' } }] },
      },
      [400, { errors: [{ code: 6003 }] }],
    ),
  http: () => keyed('api.example.com', 'X-Api-Key', 'GOODSECRET', { '/v1/me': { fine: true } }),
  ebay: () =>
    tokenVendor(
      'api.ebay.com',
      '/identity/v1/oauth2/token',
      {
        '/commerce/taxonomy/v1/get_default_category_tree_id': { categoryTreeId: '0' },
      },
      (request, fields) =>
        request.headers.get('Authorization') === basic('Corner-Prices-PRD-1', 'GOODSECRET') &&
        fields.has('scope')
          ? null
          : json({ error: 'invalid_client' }, 401),
    ),
  amazon: () =>
    tokenVendor(
      'sellingpartnerapi-eu.amazon.com',
      '/auth/o2/token',
      {
        '/sellers/v1/marketplaceParticipations': {
          payload: [
            {
              marketplace: { id: 'A1PA6795UKMFR9' },
              participation: { isParticipating: true },
              storeName: 'Corner DE',
            },
          ],
        },
      },
      (_request, fields) => {
        if (fields.get('client_secret') !== 'lwa-GOODSECRET') return json({ error: 'invalid_client' }, 401)
        return fields.get('refresh_token') === 'Atzr|GOODSECRET'
          ? null
          : json({ error: 'invalid_grant' }, 400)
      },
    ),
}

/** A token endpoint without a consent page, and an API that wants its tokens. */
function tokenVendor(
  host: string,
  tokenPath: string,
  paths: Record<string, unknown>,
  refuse: (request: Request, fields: URLSearchParams) => Response | null,
): StandIn {
  const live = new Set<string>()
  return {
    hosts: [host, 'api.amazon.com'],
    revoked: [],
    async answer(request) {
      const path = new URL(request.url).pathname
      if (path === tokenPath) {
        const refusal = refuse(request, new URLSearchParams(await request.clone().text()))
        if (refusal) return refusal
        const token = `token-${live.size + 1}-SECRET`
        live.add(token)
        return json({ access_token: token, expires_in: 3600, token_type: 'bearer' })
      }
      const shown =
        request.headers.get('x-amz-access-token') ??
        (request.headers.get('Authorization') ?? '').replace('Bearer ', '')
      if (!live.has(shown)) return json({}, 401)
      return path in paths ? json(paths[path]) : json({}, 404)
    },
  }
}
