// Stand-ins of vendors behind one HTTP server: each under a path of its own, so that one port serves all.
import { createServer } from 'node:http'

const SHOP = 'corner-shop.myshopify.com'
const KEY = 'rk_test_standin'
const COMPANY = '4620816365000000000'
const HISTORY = { seed: 7, days: 730 }

/**
 * Starts them; `{ url, vars, ways, stop }`. `vars` are the settings that lead the product to them, STAND_INS among them;
 * `timeZone` is that of the shop's own reports. `ways` says what to type by hand. What they hold is made at the first question to each, and ends at `until` (ms): the
 * same moment gives the same history after a restart.
 */
export async function startVendors({ port, orders, until = Date.now(), timeZone = 'UTC' }) {
  const url = `http://127.0.0.1:${port}`
  const doors = makeDoors({ url, orders, until, timeZone })
  const server = createServer((request, response) => {
    answer(doors, request, response).catch((error) => {
      response.statusCode = 500
      response.end(String(error))
    })
  })
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  const { APP } = await import('../../tests/support/vendors/stand-in.ts')
  const own = { shop: SHOP, client_id: 'own-app', client_secret: 'own-secret' }
  const books = `${url}/quickbooks`
  return {
    url,
    vars: {
      STAND_INS: JSON.stringify({
        shopify: { method: 'key', fields: own },
        stripe: { method: 'key', fields: { api_key: KEY } },
        quickbooks: { method: 'oauth', fields: {} },
      }),
      SHOPIFY_API_BASE: `${url}/shopify`,
      STRIPE_API_BASE: `${url}/stripe`,
      QUICKBOOKS_API_BASE: books,
      QUICKBOOKS_AUTH_BASE: books,
      QUICKBOOKS_TOKEN_BASE: books,
      QUICKBOOKS_REVOKE_BASE: books,
      QUICKBOOKS_CLIENT_ID: APP.clientId,
      QUICKBOOKS_CLIENT_SECRET: APP.clientSecret,
    },
    ways: [
      {
        name: 'Shopify',
        how: `choose “Use your own app”, shop ${SHOP}, client id ${own.client_id}, client secret ${own.client_secret}`,
      },
      { name: 'Stripe', how: `enter the key ${KEY}` },
      { name: 'QuickBooks', how: 'go to QuickBooks, and allow it on the page that comes' },
    ],
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function makeDoors({ url, orders, until, timeZone }) {
  const charges = lazily(async () => {
    const { createStripeDataStandIn } = await import('../../tests/support/vendors/stripe-data/stripe.ts')
    return createStripeDataStandIn({ orders: await paidSales({ orders, until }), until, livemode: false })
  })
  const shop = lazily(async () => {
    const { createShopifyDataStandIn } = await import('../../tests/support/vendors/shopify-data/admin.ts')
    return createShopifyDataStandIn({
      timeZone,
      ...HISTORY,
      orders,
      until,
      now: () => Date.now(),
      fileBase: `${url}/shopify/files`,
    })
  })
  const company = lazily(async () => quickbooksDoor({ until, orders, account: (await charges()).account }))
  return {
    shopify: async (request) => shopifyDoor(await shop(), request),
    stripe: async (request) => (await charges()).answer(request),
    quickbooks: async (request) => (await company())(request),
  }
}

/** What the shop sold on the web was paid at Stripe, which names the order: one sale, seen by both. */
async function paidSales({ orders, until }) {
  const { orderAt } = await import('../../tests/support/vendors/shopify-data/shop.ts')
  const sold = Array.from({ length: orders }, (_, index) => orderAt({ ...HISTORY, orders, until }, index))
  return sold
    .filter(({ channel, paid, test }) => channel === 'web' && paid > 0 && !test)
    .map(({ created, paid, name }) => ({ at: created, amount: paid, words: `Order ${name}` }))
    .reverse()
}

function lazily(make) {
  let made = null
  return () => {
    made ??= make()
    return made
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

/** Intuit's consent page, its tokens, and the company's books behind them. */
async function quickbooksDoor({ until, orders, account }) {
  const { createQuickbooksDataStandIn } = await import(
    '../../tests/support/vendors/quickbooks-data/quickbooks.ts'
  )
  const { authorizationServer } = await import('../../tests/support/vendors/stand-in.ts')
  const server = authorizationServer({
    ...{ auth: 'basic', pkce: false, rotates: true, expiresIn: 3600 },
    callback: (uri) => /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?\/oauth\/callback$/.test(uri),
  })
  const books = createQuickbooksDataStandIn({
    ...{ seed: 11, invoices: Math.ceil(orders / 10), days: HISTORY.days, until, realm: COMPANY },
    deposits: account.lists.payouts.map((payout) => ({
      day: new Date(payout.arrival_date * 1000).toISOString().slice(0, 10),
      amount: payout.amount,
    })),
  })
  const issued = new Set()
  return async (request) => {
    const url = new URL(request.url)
    if (url.pathname === '/connect/oauth2') return consentPage(server, url)
    if (url.pathname === '/oauth2/v1/tokens/bearer') return tokens(server, request, issued)
    if (url.pathname === '/v2/oauth2/tokens/revoke') {
      server.end()
      return new Response('')
    }
    if (!server.admits(request) && !issuedBefore(request, issued))
      return json({ fault: { error: [{ code: '3200' }] } }, 401)
    if (url.pathname === `/v3/company/${COMPANY}/companyinfo/${COMPANY}`)
      return json({ CompanyInfo: { CompanyName: 'Corner Shop Ltd' } })
    const headers = new Headers(request.headers)
    headers.set('Authorization', `Bearer ${books.token}`)
    return books.answer(new Request(request, { headers }))
  }
}

/** A restart forgets what was given: a refresh token that this run never saw is one from before it. */
async function tokens(server, request, issued) {
  const fields = new URLSearchParams(await request.clone().text())
  const given = fields.get('refresh_token') ?? ''
  const answered =
    /^refresh-\d+-SECRET$/.test(given) && !issued.has(given)
      ? json(server.issue())
      : await server.token(request)
  if (answered.ok) {
    const { access_token: access, refresh_token: refresh } = await answered.clone().json()
    issued.add(access).add(refresh)
  }
  return answered
}

function issuedBefore(request, issued) {
  const given = (request.headers.get('Authorization') ?? '').replace('Bearer ', '')
  return /^access-\d+-SECRET$/.test(given) && !issued.has(given)
}

function consentPage(server, url) {
  let back
  try {
    back = server.consent(url)
  } catch (error) {
    return new Response(String(error.message), { status: 400 })
  }
  back.set('realmId', COMPANY)
  const target = new URL(url.searchParams.get('redirect_uri'))
  const refused = new URLSearchParams({ error: 'access_denied', state: url.searchParams.get('state') ?? '' })
  return new Response(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Made-up QuickBooks</title><body><h1>Made-up QuickBooks</h1>
<p>May this app read the books of Corner Shop Ltd?</p>
<p><a href="${target}?${escaped(back)}">Allow</a> &middot; <a href="${target}?${escaped(refused)}">Refuse</a></p>`,
    { headers: { 'Content-Type': 'text/html; charset=utf-8' } },
  )
}

const escaped = (query) => query.toString().replaceAll('&', '&amp;').replaceAll('"', '&quot;')

const json = (body, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

async function answer(doors, request, response) {
  const [, name = '', rest = ''] = /^\/([a-z_]+)(\/.*)?$/.exec(request.url) ?? []
  const vendor = doors[name]
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
