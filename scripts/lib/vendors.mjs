// Stand-ins of vendors behind one HTTP server: each under a path of its own, so that one port serves all.
import { createServer } from 'node:http'

const SHOP = 'corner-shop.myshopify.com'
const KEY = 'rk_test_standin'
/** Charges are an hour apart: so many fill two years. */
const MOST_CHARGES = 17_500

/**
 * Starts them; `{ url, vars, ways, stop }`. `vars` are the settings that lead the product to them; `ways` says what to
 * type on the connect page.
 */
export async function startVendors({ port, orders }) {
  const url = `http://127.0.0.1:${port}`
  const until = Date.now()
  const made = await makeAll({ url, orders, until })
  const server = createServer((request, response) => {
    answer(made, request, response).catch((error) => {
      response.statusCode = 500
      response.end(String(error))
    })
  })
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url,
    vars: {
      STAND_INS: '1',
      SHOPIFY_API_BASE: `${url}/shopify`,
      STRIPE_API_BASE: `${url}/stripe`,
    },
    ways: [
      {
        name: 'Shopify',
        how: `choose “Use your own app”, shop ${SHOP}, client id own-app, client secret own-secret`,
      },
      { name: 'Stripe', how: `enter the key ${KEY}` },
    ],
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}

async function makeAll({ url, orders, until }) {
  const { createShopifyDataStandIn } = await import('../../tests/support/vendors/shopify-data/admin.ts')
  const shopify = createShopifyDataStandIn({
    seed: 7,
    orders,
    days: 730,
    until,
    now: () => Date.now(),
    fileBase: `${url}/shopify/files`,
  })
  return {
    shopify: (request) => shopifyDoor(shopify, request),
    ...(await stripe({ orders, until })),
  }
}

/** The shop's own app gets its token here; who it is, is asked with it. */
async function shopifyDoor(shopify, request) {
  const { pathname } = new URL(request.url)
  if (pathname === '/admin/oauth/access_token') {
    const fields = new URLSearchParams(await request.text())
    const known = fields.get('client_id') === 'own-app' && fields.get('client_secret') === 'own-secret'
    return known
      ? json({ access_token: shopify.token, scope: 'read_orders', expires_in: 86_399 })
      : json({ error: 'invalid_client' }, 400)
  }
  if (pathname.endsWith('/graphql.json')) {
    const { query } = await request.clone().json()
    if (query.includes('currentAppInstallation')) return json(WHO)
  }
  return shopify.answer(request)
}

const SCOPES = [
  'read_orders',
  'read_all_orders',
  'read_products',
  'read_inventory',
  'read_customers',
  'read_locations',
  'read_returns',
  'read_reports',
]
const WHO = {
  data: {
    shop: { name: 'Corner Shop', myshopifyDomain: SHOP },
    currentAppInstallation: { accessScopes: SCOPES.map((handle) => ({ handle })) },
  },
}

async function stripe({ orders, until }) {
  const { createStripeDataStandIn } = await import('../../tests/support/vendors/stripe-data/stripe.ts')
  const standIn = createStripeDataStandIn({ orders: Math.min(orders, MOST_CHARGES), until, livemode: false })
  return { stripe: standIn.answer }
}

const json = (body, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

async function answer(made, request, response) {
  const [, name = '', rest = ''] = /^\/([a-z_]+)(\/.*)?$/.exec(request.url) ?? []
  const vendor = made[name]
  if (!vendor) {
    response.statusCode = 404
    response.end('no such vendor')
    return
  }
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  const init = { method: request.method, headers: request.headers, ...(body.length > 0 ? { body } : {}) }
  const answered = await vendor(new Request(`http://vendor${rest || '/'}`, init))
  response.statusCode = answered.status
  for (const [key, value] of answered.headers) response.setHeader(key, value)
  response.end(Buffer.from(await answered.arrayBuffer()))
}
