/** Shopify's ways in: consent in the shop with expiring offline tokens, or the shop's own Dev Dashboard app. */
import * as z from 'zod'
import { fail, invalid, ok, type Result } from '../../platform/result.ts'
import type {
  Connected,
  Credentials,
  Vendor,
  VendorAccount,
  VendorContext,
  VendorField,
} from '../../platform/vendor.ts'
import type { Bases } from '../bases.ts'
import { kept } from '../consent.ts'
import {
  authorizeUrl,
  credentialsOf,
  missingScopes,
  noApp,
  redeemCode,
  redeemRefreshToken,
  requestToken,
  scopesOf,
} from '../oauth.ts'
import { asFieldError, askVendor, tellVendor } from '../vendor-call.ts'
import { API_VERSION } from './documents.ts'
import { callbackFault, shopDomain } from './shop.ts'

/** `read_all_orders` needs Shopify's approval of the app: an installation that has it names it in SHOPIFY_SCOPES. */
const SCOPES = [
  'read_orders',
  'read_products',
  'read_inventory',
  'read_customers',
  'read_locations',
  'read_returns',
]
const SHOP_FIELD: VendorField = {
  name: 'shop',
  label: 'Shop address',
  placeholder: 'your-shop.myshopify.com',
  hint: 'You find it in Shopify under Settings, Domains. It ends in myshopify.com.',
}
const NOT_A_SHOP = 'This is no Shopify address. Enter it as your-shop.myshopify.com.'

export function shopifyVendor(bases: Bases, scopeSetting: string): Vendor {
  const rules = bases.rulesFor('SHOPIFY_API_BASE')
  const origin = (shop: string) => bases.of('SHOPIFY_API_BASE') || `https://${shop}`
  const scopes = scopeSetting ? scopeSetting.split(/[\s,]+/).filter(Boolean) : SCOPES
  const endpoint = (shop: string) => ({
    vendor: 'Shopify',
    url: `${origin(shop)}/admin/oauth/access_token`,
    clientAuth: 'body' as const,
    rules,
  })
  const graphql = (credentials: Credentials, query: string) => ({
    vendor: 'Shopify',
    url: `${origin(kept(credentials, 'shop'))}/admin/api/${API_VERSION}/graphql.json`,
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Shopify-Access-Token': credentials.accessToken ?? '',
    },
    body: JSON.stringify({ query }),
    rules,
  })

  async function check(credentials: Credentials): Promise<Result<VendorAccount>> {
    const answer = await askVendor(graphql(credentials, WHO), whoAnswer)
    if (!answer.ok) return answer
    const { shop, currentAppInstallation } = answer.value.data
    const held = currentAppInstallation.accessScopes.map(({ handle }) => handle)
    return ok({ account: shop.myshopifyDomain, accountName: shop.name, scopes: held })
  }

  async function finish(
    query: URLSearchParams,
    input: Record<string, string>,
    context: VendorContext & { verifier: string },
  ) {
    if (!context.app) return noApp('Shopify')
    const shop = shopDomain(input.shop ?? '')
    if (!shop) return invalid([{ path: 'shop', message: NOT_A_SHOP }])
    const fault = await callbackFault(query, context.app.clientSecret, shop, context.now)
    if (fault) return fail('invalid', `callback-${fault}`, FAULTS[fault])
    const answer = await redeemCode(endpoint(shop), context.app, {
      code: query.get('code') ?? '',
      expiring: '1',
    })
    if (!answer.ok) return answer
    const missing = missingScopes('Shopify', scopes, withImplied(scopesOf(answer.value)))
    if (missing) return missing
    const credentials = credentialsOf(answer.value, context.now, { shop, grant: 'offline' })
    const who = await check(credentials)
    return who.ok ? ok({ ...who.value, account: shop, credentials }) : who
  }

  async function acceptApp(
    input: Record<string, string>,
    context: VendorContext,
  ): Promise<Result<Connected>> {
    const shop = shopDomain(input.shop ?? '')
    if (!shop) return invalid([{ path: 'shop', message: NOT_A_SHOP }])
    const own = { shop, grant: 'client', clientId: input.client_id, clientSecret: input.client_secret }
    const fresh = await clientToken(own, context)
    if (!fresh.ok)
      return asFieldError(fresh, 'client_secret', 'Shopify does not accept this client id and secret.')
    const who = await check(fresh.value)
    return who.ok ? ok({ ...who.value, account: shop, credentials: fresh.value }) : who
  }

  async function clientToken(credentials: Credentials, context: VendorContext): Promise<Result<Credentials>> {
    const app = { clientId: kept(credentials, 'clientId'), clientSecret: kept(credentials, 'clientSecret') }
    const grant = { grant_type: 'client_credentials' }
    const answer = await requestToken(endpoint(kept(credentials, 'shop')), app, grant)
    return answer.ok ? ok(credentialsOf(answer.value, context.now, credentials)) : answer
  }

  return {
    kind: 'shopify',
    name: 'Shopify',
    category: 'shop',
    gives: [
      'Your orders, refunds and customers appear by themselves.',
      'Stock and prices of your products stay up to date.',
      'Automations can start when an order comes in.',
    ],
    needs: 'You must be the owner of the shop, or be allowed to install apps in it.',
    help: 'https://help.shopify.com/en/manual/apps',
    // points of query cost: 100 a second on the Standard plan, 1,000 for a single query (shopify.dev, "Rate limits")
    bucket: { capacity: 1000, perSecond: 100 },
    methods: [
      {
        kind: 'oauth',
        label: 'Install our app in your shop',
        fields: [SHOP_FIELD],
        start(input, context) {
          if (!context.app) return noApp('Shopify')
          const shop = shopDomain(input.shop ?? '')
          if (!shop) return invalid([{ path: 'shop', message: NOT_A_SHOP }])
          const url = authorizeUrl(`${origin(shop)}/admin/oauth/authorize`, {
            client_id: context.app.clientId,
            scope: scopes.join(','),
            redirect_uri: context.redirectUri,
            state: context.state,
          })
          return ok({ url })
        },
        finish,
        async refresh(credentials, context) {
          if (!context.app) return noApp('Shopify')
          const where = endpoint(kept(credentials, 'shop'))
          const answer = await redeemRefreshToken(where, context.app, credentials.refreshToken)
          return answer.ok ? ok(credentialsOf(answer.value, context.now, credentials)) : answer
        },
      },
      {
        kind: 'key',
        label: 'Use your own app',
        fields: [
          SHOP_FIELD,
          {
            name: 'client_id',
            label: 'Client ID',
            hint: 'From your app in the Shopify Dev Dashboard, under Settings.',
          },
          { name: 'client_secret', label: 'Client secret', secret: true },
        ],
        accept: acceptApp,
        refresh: clientToken,
      },
    ],
    check,
    // only an app that we installed is ours to take out again
    revoke: async (credentials) =>
      kept(credentials, 'grant') === 'offline' ? tellVendor(graphql(credentials, UNINSTALL)) : ok(null),
  }
}

const WHO = '{ shop { name myshopifyDomain } currentAppInstallation { accessScopes { handle } } }'
const UNINSTALL = 'mutation { appUninstall { userErrors { message } } }'

const whoAnswer = z.object({
  data: z.object({
    shop: z.object({ name: z.string(), myshopifyDomain: z.string() }),
    currentAppInstallation: z.object({ accessScopes: z.array(z.object({ handle: z.string() })) }),
  }),
})

const FAULTS = {
  signature: 'The way back from Shopify was not signed with the secret of our app. Start again.',
  age: 'The way back from Shopify took too long. Start again.',
  shop: 'You came back from another shop than the one you entered. Start again with the right shop address.',
}

/** Leave to write is leave to read; Shopify then names only the first. */
const withImplied = (given: readonly string[]): string[] => [
  ...given,
  ...given.filter((scope) => scope.startsWith('write_')).map((scope) => scope.replace('write_', 'read_')),
]
