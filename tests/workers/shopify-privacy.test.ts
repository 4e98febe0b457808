// Shopify's mandatory privacy topics, signed as Shopify documents it by code of the test's own.

import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { createHmac } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { listPrivacyRequests, takePrivacyRequest } from '../../src/modules/workspace/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const SECRET = 'shpss_app_secret_of_the_installation'
const SHOP = 'harbour-goods.myshopify.com'

let world: World
let owner: Actor

beforeEach(async () => {
  world = await makeWorld(new Date().toISOString())
  owner = await world.workspace()
  await testEnv.DB.prepare('DELETE FROM connectors').run()
  await testEnv.DB.prepare(
    `INSERT INTO connectors (tenant_id, id, kind, name, status, credentials, account, created_at, updated_at)
     VALUES (?1, 'c1', 'shopify', 'Shop', 'connected', '', ?2, '2026', '2026')`,
  )
    .bind(owner.tenantId, SHOP)
    .run()
})

interface Delivery {
  topic: string
  body: unknown
  secret?: string
  shop?: string
  id?: string
  headers?: Record<string, string>
}

async function deliver({ topic, body, secret = SECRET, shop = SHOP, id = 'w-1', headers = {} }: Delivery) {
  const raw = typeof body === 'string' ? body : JSON.stringify(body)
  const context = createExecutionContext()
  const request = new Request('http://example.com/hooks/shopify/privacy', {
    method: 'POST',
    headers: {
      'X-Shopify-Topic': topic,
      'X-Shopify-Shop-Domain': shop,
      'X-Shopify-Webhook-Id': id,
      'X-Shopify-Hmac-Sha256': createHmac('sha256', secret).update(raw, 'utf8').digest('base64'),
      ...headers,
    },
    body: raw,
  })
  const env = { ...testEnv, SHOPIFY_CLIENT_ID: 'client', SHOPIFY_CLIENT_SECRET: SECRET }
  const response = await app.fetch(request, env, context)
  await waitOnExecutionContext(context)
  return response
}

const redact = {
  shop_id: 1,
  shop_domain: SHOP,
  customer: { id: 191167, email: 'Ann@Example.com' },
  orders_to_redact: [1],
}

async function requests() {
  const listed = await listPrivacyRequests(world.services, owner)
  return listed.ok ? listed.value : []
}

test.each(['customers/redact', 'customers/data_request', 'shop/redact'])(
  'a %s delivery with a wrong signature is refused with 401 and keeps nothing',
  async (topic) => {
    const response = await deliver({ topic, body: redact, secret: 'another' })
    expect(response.status).toBe(401)
    expect(await requests()).toEqual([])
  },
)

test('a delivery without signature, shop or topic is refused with 401', async () => {
  for (const missing of ['X-Shopify-Hmac-Sha256', 'X-Shopify-Shop-Domain', 'X-Shopify-Topic'])
    expect((await deliver({ topic: 'shop/redact', body: redact, headers: { [missing]: '' } })).status).toBe(
      401,
    )
})

test('each topic becomes one request with a deadline of 30 days, however often it is delivered', async () => {
  const asked = { ...redact, orders_requested: [1, 2], data_request: { id: 9999 } }
  const bodies = [
    { topic: 'customers/data_request', body: asked, id: 'w-1' },
    { topic: 'customers/redact', body: redact, id: 'w-2' },
    { topic: 'shop/redact', body: { shop_id: 1, shop_domain: SHOP }, id: 'w-3' },
  ]
  for (const one of [...bodies, ...bodies]) expect((await deliver(one)).status).toBe(200)
  const kept = await requests()
  expect(kept.map((request) => request.topic).sort()).toEqual(['access', 'erasure', 'shop_erasure'])
  for (const request of kept) {
    const days = (Date.parse(request.dueAt) - Date.parse(request.receivedAt)) / 86_400_000
    expect(days).toBe(30)
  }
})

test("a workspace's own app speaks for that workspace alone, though another has connected the same shop", async () => {
  const agency = await world.workspace({ name: 'A former agency' })
  const secret = 'an app of the agency'
  await testEnv.DB.batch([
    testEnv.DB.prepare(
      `INSERT INTO connectors (tenant_id, id, kind, name, status, credentials, account, created_at, updated_at)
       VALUES (?1, 'c2', 'shopify', 'Shop', 'disconnected', '', ?2, '2026', '2026')`,
    ).bind(agency.tenantId, SHOP),
    testEnv.DB.prepare(
      `INSERT INTO connector_apps (tenant_id, kind, client_id, client_secret, created_at, updated_at)
       VALUES (?1, 'shopify', 'id', ?2, '2026', '2026')`,
    ).bind(
      agency.tenantId,
      await world.services.box.seal(agency.tenantId, 'connector_apps/shopify/client_secret', secret),
    ),
  ])
  const response = await deliver({ topic: 'customers/redact', body: redact, secret })
  expect([response.status, await response.json()]).toEqual([200, { taken: 1 }])
  expect(await requests()).toEqual([])
})

test('a body of another shop under our header is refused', async () => {
  const body = { ...redact, shop_domain: 'other.myshopify.com' }
  expect((await deliver({ topic: 'customers/redact', body })).status).toBe(400)
  expect(await requests()).toEqual([])
})

test('a shop that nobody here has connected is answered, and nothing is kept', async () => {
  const shop = 'other.myshopify.com'
  const response = await deliver({ topic: 'customers/redact', body: { ...redact, shop_domain: shop }, shop })
  expect([response.status, await response.json()]).toEqual([200, { taken: 0 }])
  expect(await requests()).toEqual([])
})

test('a signed body that is not what its topic says is refused', async () => {
  for (const body of ['no json', { customer: 'Ann' }, {}])
    expect((await deliver({ topic: 'customers/redact', body })).status).toBe(400)
})

test('a shop that is to be forgotten takes its connection and what came through it along', async () => {
  await testEnv.DB.batch([
    testEnv.DB.prepare("UPDATE connectors SET method = 'oauth' WHERE id = 'c1'"),
    testEnv.DB.prepare(
      `INSERT INTO data_sources (tenant_id, id, connector_id, source_type, name, sync_status, counts_as_sales, created_at, updated_at)
       VALUES (?1, 'ds', 'c1', 'shopify', 'Shop', 'ok', 1, '2026', '2026')`,
    ).bind(owner.tenantId),
    testEnv.DB.prepare(
      `INSERT INTO customers (tenant_id, source_id, ext_id, number, name, email, origin, hash, src_updated_at)
       VALUES (?1, 'ds', '1', 1, 'Ann', 'ann@example.com', 'history', 'h', 0)`,
    ).bind(owner.tenantId),
  ])
  const event = {
    source: 'shopify',
    topic: 'shop_erasure' as const,
    externalId: 'w-10',
    email: null,
    ref: SHOP,
  }
  await takePrivacyRequest(world.services, owner, event)
  await world.drain()
  const left = async (table: string) =>
    (
      await testEnv.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE tenant_id = ?1`)
        .bind(owner.tenantId)
        .first<{ n: number }>()
    )?.n
  expect([await left('connectors'), await left('data_sources'), await left('customers')]).toEqual([0, 0, 0])
})

test('a request to be forgotten is carried out, and the address itself is not kept', async () => {
  await takePrivacyRequest(world.services, owner, {
    source: 'shopify',
    topic: 'erasure',
    externalId: 'w-9',
    email: 'Ann@Example.com',
    ref: '191167',
  })
  await world.drain()
  const [request] = await requests()
  expect(request).toMatchObject({ status: 'done', subjectEmail: null })
  expect(JSON.stringify(request)).not.toContain('Ann@')
})
