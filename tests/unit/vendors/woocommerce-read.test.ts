// WooCommerce's orders, refunds, products and customers as facts; odd hosts in clear words; its deliveries.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createReaders } from '../../../src/connectors/readers.ts'
import type { FactBatch } from '../../../src/modules/mini-foundry/domain/facts.ts'
import { hmacSha256Base64 } from '../../../src/platform/crypto/digest.ts'
import type { PageRequest, ReadContext } from '../../../src/platform/source-reader.ts'
import { NOW, reach, settingsWith } from '../../support/vendors/reach.ts'
import { createWooStandIn, gmt, type WooOptions } from '../../support/vendors/woocommerce-data/woo.ts'

afterEach(() => void vi.unstubAllGlobals())

const HOUR = 3_600_000
const reader = createReaders(settingsWith(), { allowPrivate: [] }).find(({ kind }) => kind === 'woocommerce')
if (!reader?.hooks?.subscribe || !reader.fetch) throw new Error('no reader')
const { hooks } = reader

const standInOf = (more: Partial<WooOptions> = {}) =>
  createWooStandIn({ seed: 5, orders: 250, until: NOW - HOUR, ...more })
const contextOf = (more: Partial<ReadContext> = {}): ReadContext => ({
  credentials: { url: 'https://shop.example.com', key: 'ck_GOOD', secret: 'cs_GOOD' },
  ...{ account: 'shop.example.com', app: null, settings: {}, timeZone: 'UTC', currency: 'USD', now: NOW },
  take: async () => 0,
  ...more,
})
const normalising = { timeZone: 'UTC', currency: 'USD', settings: {}, mapping: null, now: NOW }
const facts = (stream: string, raw: string) => {
  const { batch, refused } = reader.normalise(stream, raw, normalising)
  expect(refused).toEqual([])
  return batch
}

async function readAll(stream: string, more: Partial<PageRequest> = {}, context = contextOf()) {
  const batches: FactBatch[] = []
  let [state, expected, records]: [unknown, number | undefined, number] = [null, undefined, 0]
  for (let turn = 0; turn < 200; turn++) {
    const request = { stream, mode: 'backfill' as const, window: { from: 0, to: NOW }, ...more, state }
    const page = await reader?.read(request, context)
    if (!page?.ok) throw new Error(page?.error.detail)
    expected = page.value.expected ?? expected
    records += page.value.records
    if (page.value.raw !== null) batches.push(facts(stream, page.value.raw))
    if (page.value.done) return { expected, records, ...joined(batches) }
    state = JSON.parse(JSON.stringify(page.value.state))
  }
  throw new Error('it never ends')
}

const joined = (batches: FactBatch[]) => ({
  orders: batches.flatMap(({ orders = [] }) => orders),
  lines: batches.flatMap(({ lines = [] }) => lines),
  events: batches.flatMap(({ events = [] }) => events),
  payments: batches.flatMap(({ payments = [] }) => payments),
  products: batches.flatMap(({ products = [] }) => products),
  inventory: batches.flatMap(({ inventory = [] }) => inventory),
  customers: batches.flatMap(({ customers = [] }) => customers),
})
const ids = (rows: readonly { extId: string }[]) => new Set(rows.map(({ extId }) => extId))
const netOf = (rows: readonly { net: number; counted: boolean }[]) =>
  rows.filter(({ counted }) => counted).reduce((sum, { net }) => sum + net, 0)

describe('orders', () => {
  test('all come once over several pages, with as many announced', async () => {
    reach(standInOf())
    const { orders, expected, records } = await readAll('orders')
    expect([orders.length, ids(orders).size, expected, records]).toEqual([250, 250, 250, 250])
  })

  test('an order is told to the cent: goods without tax, its discount, its shipping, and what was paid', async () => {
    reach(standInOf({ orders: 1 }))
    const { orders, lines, events, payments } = await readAll('orders')
    expect(orders[0]).toMatchObject({
      ...{ extId: '1000', number: '#1000', status: 'fulfilled', channel: 'web', country: 'US', region: 'CA' },
      ...{ net: 227_000, tax: 11_000, shipping: 50_000, lines: 1, customerExtId: 'p0@example.com' },
    })
    expect(lines[0]).toMatchObject({
      quantity: 20_000,
      unitPrice: 118_500,
      discount: 10_000,
      sku: 'C-1',
    })
    expect(
      events.map(({ lineType, gross, discount, net, tax }) => [lineType, gross, discount, net, tax]),
    ).toEqual([
      ['product', 237_000, 10_000, 227_000, 11_000],
      ['shipping', 50_000, 0, 50_000, 0],
    ])
    expect(payments).toMatchObject([{ kind: 'charge', amount: 288_000, status: 'succeeded' }])
  })

  test('pending, failed and cancelled orders do not count, and drafts are none', async () => {
    const made = standInOf({ orders: 6 })
    for (const [n, status] of [
      'pending',
      'failed',
      'cancelled',
      'checkout-draft',
      'on-hold',
      'packed',
    ].entries())
      made.change(1000 + n, { status }, NOW)
    reach(made)
    const { orders, events } = await readAll('orders')
    const counted = new Set(events.filter((event) => event.counted).map(({ orderExtId }) => orderExtId))
    expect(orders.map(({ extId, status }) => [extId, status, counted.has(extId)])).toEqual([
      ['1000', 'open', false],
      ['1001', 'cancelled', false],
      ['1002', 'cancelled', false],
      ['1004', 'open', true],
      ['1005', 'paid', true],
    ])
  })

  test('a day is the day of the workspace', async () => {
    reach(standInOf({ orders: 1, until: Date.parse('2026-11-21T02:00:00Z') }))
    const page = await reader.read(
      { stream: 'orders', mode: 'backfill', window: { from: 0, to: NOW }, state: null },
      contextOf(),
    )
    if (!page.ok) throw new Error(page.error.detail)
    const { batch } = reader.normalise('orders', page.value.raw ?? '', {
      ...normalising,
      timeZone: 'America/New_York',
    })
    expect(batch.orders?.[0]?.businessDay).toBe('2026-11-20')
  })

  test('windows that touch bring each order once, to the second', async () => {
    reach(standInOf({ orders: 40 }))
    const edge = NOW - 20 * HOUR
    const before = await readAll('orders', { window: { from: 0, to: edge } })
    const after = await readAll('orders', { window: { from: edge, to: NOW } })
    expect(before.orders.length + after.orders.length).toBe(40)
    expect(ids([...before.orders, ...after.orders]).size).toBe(40)
    expect(after.orders.some(({ orderedAt }) => Date.parse(orderedAt ?? '') === edge)).toBe(true)
  })

  test('what changed since comes, and nothing else', async () => {
    const made = standInOf()
    made.change(1003, { status: 'completed' }, NOW - HOUR / 2)
    reach(made)
    const { orders } = await readAll('orders', {
      mode: 'incremental',
      window: { from: NOW - HOUR / 2, to: NOW },
    })
    expect(orders.map(({ extId }) => extId)).toEqual(['1003'])
  })

  test('an order that is deleted while its list is read ends the list and is missed by the count', async () => {
    const made = standInOf({ orders: 101 })
    reach(made)
    const request = { stream: 'orders', mode: 'backfill' as const, window: { from: 0, to: NOW } }
    const first = await reader.read({ ...request, state: null }, contextOf())
    made.orders.shift()
    if (!first.ok) throw new Error(first.error.detail)
    const last = await reader.read({ ...request, state: first.value.state }, contextOf())
    expect(last).toMatchObject({ ok: true, value: { done: true, records: 0, expected: 101 } })
  })

  test('a record that is not in its documented form is refused by its id and stops no other', () => {
    const good = {
      id: 1,
      status: 'completed',
      currency: 'USD',
      date_created_gmt: '2026-11-01T00:00:00',
      total: '5',
    }
    const records = [good, { ...good, id: 2, total: 'much' }, { ...good, id: 3, date_created_gmt: null }]
    const { batch, refused } = reader.normalise(
      'orders',
      JSON.stringify({ readAt: NOW, records }),
      normalising,
    )
    expect([batch.orders?.map(({ extId }) => extId), refused.map(({ extId }) => extId)]).toEqual([
      ['1'],
      ['2', '3'],
    ])
  })
})

describe('refunds', () => {
  const items = [
    {
      id: 99,
      name: 'Coffee',
      product_id: 500,
      quantity: -1,
      subtotal: '-11.85',
      total: '-11.35',
      total_tax: '-0.55',
    },
  ]

  test('count on their own day, without tax, each once', async () => {
    const made = standInOf({ orders: 30 })
    made.refund(1002, NOW - HOUR, { amount: '11.90', line_items: items })
    reach(made)
    const { events, orders, payments, expected } = await readAll('orders')
    const back = events.filter(({ kind }) => kind === 'refund')
    expect(back).toMatchObject([
      {
        ...{ extId: '99', orderExtId: '1002', businessDay: '2026-11-23', orderDay: '2026-11-22' },
        ...{ net: -113_500, tax: -5_500, quantity: -10_000, productExtId: '500', counted: true },
      },
    ])
    expect(payments.filter(({ kind }) => kind === 'refund')).toMatchObject([{ amount: -119_000 }])
    expect([orders.length, ids(orders).size, expected]).toEqual([30, 30, 30])
  })

  test('of a mere amount, or of more than the lines say, are whole', async () => {
    const made = standInOf({ orders: 2 })
    made.refund(1000, NOW - HOUR, { amount: '5.00' })
    made.refund(1001, NOW - HOUR, { amount: '20.00', line_items: items })
    reach(made)
    const { events } = await readAll('orders')
    const back = events.filter(({ kind }) => kind === 'refund')
    const total = (order: string) =>
      back.filter((one) => one.orderExtId === order).reduce((sum, { net, tax }) => sum + net + tax, 0)
    expect([total('1000'), total('1001')]).toEqual([-50_000, -200_000])
  })

  test('that are deleted change nothing on their order: it is told whole, and as new as before', async () => {
    const made = standInOf({ orders: 3 })
    made.refund(1001, NOW - HOUR, { amount: '5.00', line_items: items })
    reach(made)
    const before = await readAll('orders')
    made.takeBack(1001)
    const after = await readAll('orders')
    const toldOf = ({ orders }: typeof before) =>
      orders.find(({ extId }) => extId === '1001') as (typeof orders)[number]
    expect(before.events.some(({ kind }) => kind === 'refund')).toBe(true)
    expect(after.events.some(({ kind }) => kind === 'refund')).toBe(false)
    expect(toldOf(after)).toEqual(toldOf(before))
    expect(toldOf(after).completeAt).toBe(NOW)
  })

  test('are asked for only of orders that have some', async () => {
    const made = standInOf({ orders: 150 })
    for (const id of [1000, 1001, 1050, 1100, 1120, 1149]) made.refund(id, NOW - HOUR, { amount: '1.00' })
    const asked = reach(made)
    const { events, orders } = await readAll('orders')
    expect(asked.filter((call) => call.includes('/refunds'))).toHaveLength(6)
    expect(netOf(events.filter(({ kind }) => kind === 'refund'))).toBeLessThan(0)
    expect(ids(orders).size).toBe(150)
  })

  test('of a shop that does not list them are asked for each order that counts', async () => {
    const made = standInOf({ orders: 12, hidesRefunds: true })
    made.refund(1000, NOW - HOUR, { amount: '1.00' })
    const asked = reach(made)
    const { events } = await readAll('orders')
    expect(events.filter(({ kind }) => kind === 'refund')).toHaveLength(1)
    expect(asked.filter((call) => call.includes('/refunds')).length).toBe(10)
  })
})

describe('products and customers', () => {
  test('variations come as products of their own, with the stock that each keeps', async () => {
    reach(standInOf())
    const { products, inventory, expected, records } = await readAll('products')
    expect([products.length, records, expected]).toEqual([18, 18, 18])
    expect(products.find(({ extId }) => extId === '5030')).toMatchObject({
      ...{ name: 'Coffee 3, S', category: 'Beans', unitPrice: 140_000, sku: null },
    })
    expect(ids(inventory)).toEqual(
      new Set(['500', '502', '504', '506', '508', '510', '5030', '5070', '5110']),
    )
    expect(inventory.find(({ extId }) => extId === '5030')).toMatchObject({
      onHand: 30_000,
      location: 'Shop',
    })
  })

  test('customers come with where they live', async () => {
    reach(standInOf({ customers: 130 }))
    const { customers, expected } = await readAll('customers')
    expect([ids(customers).size, expected]).toEqual([130, 130])
    expect(customers[0]).toMatchObject({ name: 'Ann No 0', email: 'p0@example.com', country: 'US' })
  })
})

describe('refusals', () => {
  const ask = (mood: WooOptions['mood'], more: Partial<ReadContext> = {}) => {
    reach(standInOf({ mood }))
    const request = { stream: 'orders', mode: 'backfill' as const, window: { from: 0, to: NOW }, state: null }
    return reader.read(request, contextOf(more))
  }

  test.each([
    ['busy', 'rate_limited', /slow down/],
    ['firewall', 'forbidden', /firewall/],
    ['maintenance', 'unavailable', /page instead of data/],
    ['redirect', 'conflict', /another address/],
    ['plain-permalinks', 'unavailable', /permalinks/],
    ['cannot-view', 'forbidden', /shop manager/],
  ] as const)('a shop that is %s is told in clear words', async (mood, kind, detail) => {
    expect(await ask(mood)).toMatchObject({ error: { kind, detail: expect.stringMatching(detail) } })
  })

  test('a key that was withdrawn asks to connect again, and no words hold it', async () => {
    const credentials = { url: 'https://shop.example.com', key: 'ck_OLD', secret: 'cs_OLD' }
    const answer = await ask(undefined, { credentials })
    expect(answer).toMatchObject({ error: { kind: 'unauthenticated', slug: 'reconnect' } })
    expect(JSON.stringify(answer)).not.toMatch(/ck_|cs_/)
  })

  test('a shop that does not answer is slow, not broken', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new Error('timed out')
    })
    const request = { stream: 'orders', mode: 'backfill' as const, window: { from: 0, to: NOW }, state: null }
    expect(await reader.read(request, contextOf())).toMatchObject({
      error: { kind: 'unavailable', slug: 'shop-slow' },
    })
  })

  test('the gate is waited for before the shop is asked', async () => {
    const asked = reach(standInOf())
    const request = { stream: 'orders', mode: 'backfill' as const, window: { from: 0, to: NOW }, state: null }
    const page = await reader.read(request, contextOf({ take: async () => 900 }))
    expect([page, asked]).toMatchObject([{ value: { raw: null, waitMs: 900, done: false } }, []])
  })

  test.each([
    ['more than 100 a page', 'per_page=101'],
    ['a page that does not exist', 'per_page=100&page=9'],
  ])('the stand-in refuses %s', async (_name, query) => {
    const headers = { Authorization: `Basic ${btoa('ck_GOOD:cs_GOOD')}` }
    const address = `https://shop.example.com/wp-json/wc/v3/orders?${query}`
    expect((await standInOf().answer(new Request(address, { headers }))).status).toBe(400)
  })
})

describe('a delivery', () => {
  const body = JSON.stringify({
    ...{ id: 1000, status: 'processing', total: '28.80', currency: 'USD', customer_id: 0 },
    ...{ billing: { email: 'Ann@example.com' }, date_created_gmt: gmt(NOW), date_paid_gmt: gmt(NOW) },
  })
  const signed = async (text: string, topic = 'order.created', more: Record<string, string> = {}) =>
    new Headers({
      'X-WC-Webhook-Signature': await hmacSha256Base64('own-secret', text),
      'X-WC-Webhook-Topic': topic,
      'X-WC-Webhook-Delivery-ID': 'abc123',
      ...more,
    })
  const verify = async (text: string, headers: Headers) =>
    hooks.verify(text, headers, ['old', 'own-secret'], NOW)
  const readOf = async (text: string, topic: string) => {
    const events = await verify(text, await signed(text, topic))
    if (typeof events === 'string') throw new Error(events)
    return hooks.read(text, events[0]?.id ?? '', normalising)
  }

  test('with a genuine signature asks for the record again and tells of a new order once', async () => {
    expect(await readOf(body, 'order.created')).toMatchObject({
      happenedMs: NOW,
      refetch: [{ stream: 'orders', ids: ['1000'] }],
      facts: {
        events: [
          {
            type: 'order.created',
            payload: { order_id: '1000', amount: '28.80', customer_id: 'ann@example.com' },
          },
          { type: 'payment.received' },
        ],
      },
    })
    expect(await readOf(body, 'order.updated')).toMatchObject({ facts: { events: [] } })
    expect(await readOf(body.replace('processing', 'failed'), 'order.created')).toMatchObject({
      facts: { events: [] },
    })
    expect(await readOf(body, 'coupon.created')).toBeNull()
  })

  test('of a variation asks for the product that it is one of', async () => {
    const text = JSON.stringify({ id: 5030, parent_id: 503 })
    expect(await readOf(text, 'product.updated')).toMatchObject({
      refetch: [{ stream: 'products', ids: ['503'] }],
    })
  })

  test('two of one second share an id at the shop, but are two here', async () => {
    const other = body.replace('1000', '1001')
    const [one, two] = [await verify(body, await signed(body)), await verify(other, await signed(other))]
    expect(JSON.stringify(one)).not.toBe(JSON.stringify(two))
  })

  test('that is unsigned, changed or not what it says is refused', async () => {
    expect(await verify('webhook_id=1', new Headers())).toBe('signature')
    expect(await verify(body.replace('28.80', '2.80'), await signed(body))).toBe('signature')
    expect(await verify('[]', await signed('[]'))).toBe('malformed')
    expect(await verify(body, await signed(body, 'order.created/..'))).toBe('malformed')
  })

  test('of an order that was thrown away takes its sales back; one deleted for good is gone', async () => {
    const made = standInOf({ orders: 3 })
    made.refund(1001, NOW - HOUR, { amount: '1.00' })
    made.change(1001, { status: 'trash' }, NOW - HOUR)
    reach(made)
    const raw = await reader.fetch?.('orders', ['1000', '1001', '77'], contextOf())
    if (!raw?.ok) throw new Error(raw?.error.detail)
    const { orders = [], events = [] } = facts('orders', raw.value)
    expect(orders.map(({ extId, deletedAt }) => [extId, deletedAt ?? null])).toEqual([
      ['1000', null],
      ['1001', new Date(NOW).toISOString()],
      ['77', new Date(NOW).toISOString()],
    ])
    const thrown = events.filter(({ orderExtId }) => orderExtId === '1001')
    expect(thrown.map(({ counted, deletedAt }) => counted || !deletedAt)).toEqual([false, false, false])
  })

  test('comes because the webhooks were made, once, with a secret; one that fell asleep is woken', async () => {
    const made = standInOf()
    reach(made)
    const url = 'https://smb.example/hooks/source/woocommerce/abc'
    const first = await hooks.subscribe?.(contextOf(), url)
    const count = made.hooks.length
    const [hook] = made.hooks
    if (!hook || !first?.ok) throw new Error('no webhook')
    expect(new Set(made.hooks.map(({ topic }) => topic)).size).toBe(count)
    expect(hook).toMatchObject({ delivery_url: url, status: 'active', secret: first.value.secret })
    hook.status = 'disabled'
    expect(await hooks.subscribe?.(contextOf(), url)).toEqual(first)
    expect([made.hooks.length, hook.status]).toEqual([count, 'active'])
  })

  test('cannot be asked for with a key that may only read, which is said', async () => {
    reach(standInOf({ readOnly: true }))
    expect(await hooks.subscribe?.(contextOf(), 'https://smb.example/x')).toMatchObject({
      error: { kind: 'forbidden', slug: 'key-reads-only' },
    })
  })
})
