// Shopify read whole: two years by bulk operations, the ledger to the cent, refusals in words, deliveries as hints.
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createReaders } from '../../../src/connectors/readers.ts'
import { beforeLastRoot, rootsOf } from '../../../src/connectors/shopify/bulk.ts'
import { ledgerOf } from '../../../src/connectors/shopify/normalise-ledger.ts'
import { flattened, orderSchema } from '../../../src/connectors/shopify/objects.ts'
import type { FactBatch } from '../../../src/modules/mini-foundry/domain/facts.ts'
import { readerOf } from '../../../src/modules/mini-foundry/domain/ports.ts'
import type { ReadContext } from '../../../src/platform/source-reader.ts'
import { NOW, reach, settingsWith } from '../../support/vendors/reach.ts'
import { type AdminOptions, createShopifyDataStandIn } from '../../support/vendors/shopify-data/admin.ts'
import {
  agreementNode,
  headOf,
  lineNode,
  orderAt,
  saleNode,
} from '../../support/vendors/shopify-data/shop.ts'
import { APP } from '../../support/vendors/stand-in.ts'

afterEach(() => void vi.unstubAllGlobals())

const DAY = 86_400_000
const SHOP = { seed: 7, orders: 900, days: 730, until: NOW }
const found = readerOf(createReaders(settingsWith(), { allowPrivate: [] }), 'shopify')
if (!found) throw new Error('no reader')
const reader = found

const contextOf = (accessToken = 'shpat_data', more: Partial<ReadContext> = {}): ReadContext => ({
  credentials: { accessToken, shop: 'corner-shop.myshopify.com' },
  account: 'corner-shop.myshopify.com',
  app: APP,
  settings: {},
  timeZone: 'America/New_York',
  currency: 'USD',
  now: NOW,
  take: async () => 0,
  ...more,
})

const normalising = { timeZone: 'America/New_York', currency: 'USD', settings: {}, mapping: null, now: NOW }

function standIn(more: Partial<AdminOptions> = {}) {
  const made = createShopifyDataStandIn({ bucket: { capacity: 1e6, perSecond: 100 }, ...SHOP, ...more })
  reach(made)
  return made
}

/** All pages of a window as the engine reads them, its state kept as JSON between two. */
async function readAll(
  stream: string,
  { from = NOW - 730 * DAY, to = NOW, mode = 'backfill' as const, context = contextOf() } = {},
) {
  const batches: FactBatch[] = []
  let [state, pages, expected]: [unknown, number, number | undefined] = [null, 0, undefined]
  for (let turn = 0; turn < 400; turn++) {
    const page = await reader.read({ stream, mode, window: { from, to }, state }, context)
    if (!page.ok) return { ok: false as const, error: page.error }
    if (page.value.raw !== null) {
      pages++
      const read = reader.normalise(stream, page.value.raw, normalising)
      expect(read.refused).toEqual([])
      batches.push(read.batch)
    }
    expected = page.value.expected ?? expected
    if (page.value.done) return { ok: true as const, batches, pages, expected }
    state = JSON.parse(JSON.stringify(page.value.state))
  }
  throw new Error('it never ends')
}

const done = <T extends { ok: boolean }>(read: T): Extract<T, { ok: true }> => {
  if (!read.ok) throw new Error(JSON.stringify(read))
  return read as Extract<T, { ok: true }>
}
const wholeOf = (index: number, taxesIncluded = false, options = SHOP) => {
  const order = orderAt({ ...options, taxesIncluded }, index)
  return orderSchema.parse(
    flattened({
      ...headOf(order, taxesIncluded),
      lineItems: { nodes: order.lines.map((_, n) => lineNode(order, n)) },
      agreements: {
        nodes: order.agreements.map((agreement) => ({
          ...agreementNode(agreement),
          sales: { nodes: agreement.sales.map((sale) => saleNode(order, sale)) },
        })),
      },
    }),
  )
}

describe('two years of orders', () => {
  test('come by bulk operations, each once, as many as Shopify counts', async () => {
    standIn()
    const seen = new Set<string>()
    for (let to = NOW; to > NOW - 730 * DAY; to -= 91 * DAY) {
      const read = done(await readAll('orders', { from: Math.max(NOW - 730 * DAY, to - 91 * DAY), to }))
      const ids = read.batches.flatMap(({ orders = [] }) => orders.map(({ extId }) => extId))
      expect(read.expected).toBe(ids.length)
      for (const id of ids) seen.add(id)
    }
    expect(seen.size).toBe(SHOP.orders)
  })

  test('larger than one piece are cut between orders, never within one', { timeout: 30_000 }, async () => {
    standIn({ orders: 3000, days: 90 })
    const read = done(await readAll('orders', { from: NOW - 90 * DAY }))
    expect(read.pages).toBeGreaterThan(2)
    const orders = read.batches.flatMap(({ orders: own = [] }) => own)
    expect([orders.length, new Set(orders.map(({ extId }) => extId)).size]).toEqual([3000, 3000])
    const events = new Map<string, number>()
    for (const { events: own = [] } of read.batches)
      for (const { orderExtId, net } of own) events.set(orderExtId, (events.get(orderExtId) ?? 0) + net)
    const wrong = orders.filter(({ extId }) => {
      const made = orderAt({ ...SHOP, orders: 3000, days: 90 }, Number(extId) - 5_000_000)
      const sum = made.agreements
        .flatMap(({ sales }) => sales)
        .reduce((all, { total, tax }) => all + total - tax, 0)
      return events.get(extId) !== sum * 100
    })
    expect(wrong).toEqual([])
  })

  test('whose operation breaks off are taken as far as they came and asked for anew: none is lost', async () => {
    const made = standIn({ failEvery: 2, days: 90, orders: 400 })
    // the second operation is the first that fails
    done(await readAll('orders', { from: NOW - DAY }))
    const read = done(await readAll('orders', { from: NOW - 90 * DAY }))
    const ids = new Set(read.batches.flatMap(({ orders = [] }) => orders.map(({ extId }) => extId)))
    expect(ids.size).toBe(400)
    expect(made.bulks.size).toBeGreaterThan(2)
  })

  test('whose file is thrown away while it is read are gathered anew, in another operation, each once', {
    timeout: 30_000,
  }, async () => {
    const made = standIn({ orders: 3000, days: 90 })
    const request = { stream: 'orders', mode: 'backfill' as const, window: { from: NOW - 90 * DAY, to: NOW } }
    let state: unknown = null
    const next = async () => {
      const page = await reader.read({ ...request, state }, contextOf())
      if (!page.ok) throw new Error(page.error.detail)
      state = JSON.parse(JSON.stringify(page.value.state))
      return page.value
    }
    while ((await next()).records === 0);
    expect(state).toMatchObject({ step: 'read' })
    made.bulks.clear()
    expect(await next()).toMatchObject({ raw: null, done: false, state: { step: 'start', seen: 0 } })
    const ids = new Set<string>()
    let expected: number | undefined
    for (let isDone = false; !isDone; ) {
      const page = await next()
      const { batch } =
        page.raw === null ? { batch: {} as FactBatch } : reader.normalise('orders', page.raw, normalising)
      for (const { extId } of batch.orders ?? []) ids.add(extId)
      expected = page.expected ?? expected
      isDone = page.done
    }
    expect([made.bulks.size, ids.size, expected]).toEqual([1, 3000, 3000])
  })

  test('that Shopify cannot put together are given up for an hour, and then begun at their start', async () => {
    standIn({ failEvery: 1 })
    expect(await readAll('orders')).toMatchObject({
      ok: false,
      error: { slug: 'bulk-failed', anew: true, retryAfter: 3600, detail: expect.stringContaining('anew') },
    })
  })

  test('of a file that broke off are whole, each of them', async () => {
    const made = standIn({ failEvery: 2, days: 90, orders: 400 })
    done(await readAll('orders', { from: NOW - DAY }))
    const read = done(await readAll('orders', { from: NOW - 90 * DAY }))
    const told = new Set<string>()
    for (const { orders = [], events = [] } of read.batches)
      for (const { extId } of orders) {
        const own = events.filter(({ orderExtId }) => orderExtId === extId)
        const { agreements } = orderAt({ ...SHOP, days: 90, orders: 400 }, Number(extId) - 5_000_000)
        expect(own).toHaveLength(agreements.flatMap(({ sales }) => sales).length)
        told.add(extId)
      }
    expect([told.size, read.expected]).toEqual([400, 400])
    expect(made.bulks.size).toBeGreaterThan(2)
  })

  test('without read_all_orders are those of the last sixty days, as Shopify gives them', async () => {
    standIn({ scopes: ['read_orders'] })
    const read = done(await readAll('orders'))
    const days = read.batches
      .flatMap(({ orders = [] }) => orders.map(({ businessDay }) => businessDay))
      .sort()
    expect(days[0] && days[0] >= '2026-09-23').toBe(true)
  })

  test('that changed are found by what changed, also when they are old', async () => {
    standIn()
    const read = done(await readAll('orders', { from: NOW - 3 * DAY, mode: 'incremental' as never }))
    const ids = read.batches.flatMap(({ orders = [] }) =>
      orders.map(({ extId }) => Number(extId) - 5_000_000),
    )
    const changed = Array.from({ length: SHOP.orders }, (_, n) => n).filter((n) => {
      const { updated } = orderAt(SHOP, n)
      return updated >= NOW - 3 * DAY && updated < NOW
    })
    expect(ids.sort((a, b) => a - b)).toEqual(changed)
  })
})

describe('an order’s ledger', () => {
  test('adds up to what Shopify says was sold and given back, with tax in or on top of the prices', () => {
    fc.assert(
      fc.property(
        fc.nat(SHOP.orders - 1),
        fc.boolean(),
        fc.integer({ min: 1, max: 999 }),
        (index, inside, seed) => {
          const options = { ...SHOP, seed, taxesIncluded: inside }
          const order = wholeOf(index, inside, options)
          const events = ledgerOf(
            order,
            { country: null, region: null, city: null, channel: null, customerExtId: null },
            'America/New_York',
          )
          const made = orderAt(options, index)
          const sales = made.agreements.flatMap(({ sales: own }) => own)
          const sum = (of: (event: (typeof events)[number]) => number) =>
            events.reduce((all, event) => all + of(event), 0)
          expect(sum(({ net, tax }) => net + tax)).toBe(
            sales.reduce((all, { total }) => all + total, 0) * 100,
          )
          expect(sum(({ tax }) => tax)).toBe(sales.reduce((all, { tax }) => all + tax, 0) * 100)
          for (const event of events) {
            expect(event.gross - event.discount).toBe(event.net)
            if (event.kind === 'refund') expect(event.net).toBeLessThanOrEqual(0)
            expect(event.counted).toBe(!made.test)
          }
          expect(new Set(events.map(({ extId }) => extId)).size).toBe(events.length)
        },
      ),
    )
  })

  test('has each entry on its own day in the zone of the workspace', () => {
    const index = Array.from({ length: SHOP.orders }, (_, n) => n).find(
      (n) =>
        orderAt(SHOP, n).agreements.some(({ reason }) => reason === 'REFUND') &&
        orderAt(SHOP, n).cancelled === null,
    )
    const order = wholeOf(index ?? 0)
    const events = ledgerOf(
      order,
      { country: null, region: null, city: null, channel: null, customerExtId: null },
      'America/New_York',
    )
    const day = (text: string) =>
      new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(new Date(text))
    const refund = events.find(({ kind }) => kind === 'refund')
    expect(refund?.orderDay).toBe(day(order.processedAt))
    expect(refund?.businessDay).toBe(day(order.agreements.at(-1)?.happenedAt ?? ''))
  })

  test('of an order without agreements is told by its lines', () => {
    const order = { ...wholeOf(1), agreements: [] }
    const events = ledgerOf(
      order,
      { country: null, region: null, city: null, channel: null, customerExtId: null },
      'UTC',
    )
    expect(events).toHaveLength(order.lineItems.length)
    expect(events.every(({ kind, quantity }) => kind === 'sale' && quantity > 0)).toBe(true)
  })

  test('with an amount that is none sets the one record aside and keeps the others', () => {
    const good = wholeOf(1)
    const bad = { ...wholeOf(2), totalShippingPriceSet: { shopMoney: { amount: 'x', currencyCode: 'USD' } } }
    const broken = { ...wholeOf(3), processedAt: undefined }
    const worse = structuredClone(wholeOf(4))
    const sale = worse.agreements[0]?.sales[0]
    if (sale) sale.totalAmount.shopMoney.amount = 'much'
    const raw = JSON.stringify({ records: [good, bad, broken, worse], readAt: NOW })
    const read = reader.normalise('orders', raw, normalising)
    expect(read.batch.orders).toHaveLength(2)
    expect(read.refused.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('processedAt'),
      '"much" is no amount.',
    ])
  })
})

describe('everything else', () => {
  test('products come with price, cost and stock, all that Shopify counts', async () => {
    standIn()
    const read = done(await readAll('products'))
    const products = read.batches.flatMap(({ products: own = [] }) => own)
    expect([products.length, read.expected]).toEqual([60, 60])
    expect(products[3]).toMatchObject({ extId: '7003', sku: 'SKU-3', category: 'Type 3' })
    expect(read.batches.flatMap(({ inventory = [] }) => inventory)[3]).toMatchObject({
      productExtId: '7003',
      onHand: 70_000,
      available: 60_000,
    })
  })

  test('stock comes of every place, however many there are', async () => {
    standIn({ places: 130 })
    const read = done(await readAll('products'))
    const levels = read.batches.flatMap(({ inventory = [] }) => inventory)
    expect([levels.length, new Set(levels.map(({ extId }) => extId)).size]).toEqual([60 * 130, 60 * 130])
    expect(levels.filter(({ productExtId }) => productExtId === '7003')).toHaveLength(130)
    expect(read.expected).toBe(60)
  })

  test.each([0, 80, 300])(
    'an order with %i declined payments has all of them, or says what is missing',
    async (declined) => {
      standIn({ declined, orders: 3, days: 3 })
      const history = done(await readAll('orders', { from: NOW - 4 * DAY })).batches
      const whole = history
        .flatMap(({ payments = [] }) => payments)
        .filter(({ orderExtId }) => orderExtId === '5000000')
      expect(whole.length).toBeGreaterThan(declined)
      expect(history.flatMap(({ orders = [] }) => orders).every(({ completeAt }) => completeAt === NOW)).toBe(
        true,
      )
      const raw = await reader.fetch?.('orders', ['5000000'], contextOf())
      if (!raw?.ok) throw new Error('not fetched')
      const { batch, drift } = reader.normalise('orders', raw.value, normalising)
      const isCut = declined > 150
      expect(batch.payments).toHaveLength(isCut ? 150 : whole.length)
      expect(drift.map(({ change }) => change)).toEqual(isCut ? ['missing'] : [])
      expect(batch.orders?.[0]?.completeAt).toBe(isCut ? undefined : NOW)
    },
  )

  test('customers come page by page, each once', async () => {
    standIn()
    const read = done(await readAll('customers', { from: NOW - 365 * DAY }))
    const ids = read.batches.flatMap(({ customers = [] }) => customers.map(({ extId }) => extId))
    expect(ids.length).toBeGreaterThan(100)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('the shop’s own totals are the sums of our ledger, day by day', async () => {
    standIn({ taxesIncluded: false })
    const read = done(await readAll('orders', { from: NOW - 120 * DAY }))
    const events = read.batches.flatMap(({ events: own = [] }) => own)
    const context = { ...contextOf(), timeZone: 'UTC' }
    const totals = await reader.totals?.({ from: '2026-10-01', to: '2026-11-20' }, context)
    if (!totals?.ok) throw new Error('no totals')
    const ours = new Map<string, number>()
    for (const event of events) {
      if (!event.counted || event.lineType !== 'product') continue
      const day = (event.happenedAt ?? '').slice(0, 10)
      ours.set(day, (ours.get(day) ?? 0) + event.net)
    }
    const net = totals.value.filter(({ measure }) => measure === 'net_sales')
    expect(net.length).toBeGreaterThan(40)
    expect(net.filter(({ day, value }) => (ours.get(day) ?? 0) !== value)).toEqual([])
  })

  test('totals of a shop that counts its days in another zone are no totals of ours, whatever the zone is called', async () => {
    standIn({ timeZone: 'America/New_York' })
    const days = { from: '2026-10-01', to: '2026-11-20' }
    const asked = (timeZone: string) => reader.totals?.(days, { ...contextOf(), timeZone })
    expect(await asked('UTC')).toMatchObject({
      ok: false,
      error: { slug: 'other-zone', detail: expect.stringContaining('America/New_York') },
    })
    const [one, same] = [await asked('America/New_York'), await asked('US/Eastern')]
    expect(one?.ok && one.value.length).toBeGreaterThan(40)
    expect(same).toEqual(one)
  })
})

describe('Shopify that refuses', () => {
  test.each([
    ['a token that has ended', {}, 'gone', 'unauthenticated'],
    ['a permission that was not given', { scopes: [] }, 'shpat_data', 'forbidden'],
    ['an empty bucket', { bucket: { capacity: 5, perSecond: 5 } }, 'shpat_data', 'rate_limited'],
  ] as const)('%s is said in words', async (_, more, token, kind) => {
    standIn(more as Partial<AdminOptions>)
    const read = await readAll('orders', { context: contextOf(token) })
    expect(read).toMatchObject({ ok: false, error: { kind } })
  })

  test('a sixth bulk operation makes us wait, and go on by ourselves', async () => {
    const made = standIn()
    const window = { from: NOW - 10 * DAY, to: NOW }
    const start = () => reader.read({ stream: 'orders', mode: 'backfill', window, state: null }, contextOf())
    for (let n = 0; n < 5; n++) await start()
    const sixth = await start()
    expect(sixth).toMatchObject({
      ok: true,
      value: { done: false, waitMs: 30_000, state: { step: 'start' } },
    })
    expect(made.bulks.size).toBe(5)
  })

  test('our turn at the gate is waited for without asking', async () => {
    const made = standIn()
    const page = await reader.read(
      { stream: 'orders', mode: 'backfill', window: { from: 0, to: NOW }, state: null },
      contextOf('shpat_data', { take: async () => 900 }),
    )
    expect(page).toMatchObject({ ok: true, value: { waitMs: 900 } })
    expect(made.bulks.size).toBe(0)
  })
})

describe('a delivery', () => {
  const order = {
    id: 5_000_010,
    total_price: '12.50',
    currency: 'USD',
    customer: { id: 9 },
    created_at: new Date(NOW).toISOString(),
  }

  test('that the app signed asks for the order again, and says what happened', async () => {
    const { text, headers } = standIn().delivery('orders/create', order)
    const events = await reader.hooks?.verify(text, headers, ['other', APP.clientSecret], NOW)
    expect(events).toMatchObject([{ id: 'orders/create:hook-1', type: 'orders/create' }])
    const read = reader.hooks?.read(text, 'orders/create:hook-1', normalising)
    expect(read?.refetch).toEqual([{ stream: 'orders', ids: ['5000010'] }])
    expect(read?.facts?.events).toMatchObject([
      { type: 'order.created', payload: { order_id: '5000010', amount: '12.50' } },
    ])
  })

  test.each([
    ['with another secret', (headers: Headers) => headers, ['other']],
    ['with its body changed', (headers: Headers) => headers, [APP.clientSecret]],
  ])('signed %s is refused', async (what, change, secrets) => {
    const { text, headers } = standIn().delivery('orders/create', order)
    const body = what.includes('body') ? text.replace('12.50', '0.01') : text
    expect(await reader.hooks?.verify(body, change(headers), secrets, NOW)).toBe('signature')
  })

  test('fetched again is the same as in the history', async () => {
    standIn()
    const raw = await reader.fetch?.('orders', ['5000010', '99'], contextOf())
    if (!raw?.ok) throw new Error('not fetched')
    const again = reader.normalise('orders', raw.value, normalising).batch
    const read = done(await readAll('orders'))
    const events = read.batches
      .flatMap(({ events: own = [] }) => own)
      .filter(({ orderExtId }) => orderExtId === '5000010')
    expect(again.events).toEqual(events)
  })

  test('subscriptions are made where they are missing, once', async () => {
    const made = standIn()
    await reader.hooks?.subscribe?.(contextOf(), 'https://smb.example/hooks/source/shopify')
    const count = made.hooks.length
    await reader.hooks?.subscribe?.(contextOf(), 'https://smb.example/hooks/source/shopify')
    expect([count > 8, made.hooks.length]).toEqual([true, count])
  })
})

describe('a file of a bulk operation', () => {
  const text = [
    '{"id":"gid://shopify/Order/1","name":"#1"}',
    '{"id":"gid://shopify/LineItem/1","title":"a","__parentId":"gid://shopify/Order/1"}',
    '{"id":"gid://shopify/SalesAgreement/1","happenedAt":"2026-01-01","__parentId":"gid://shopify/Order/1"}',
    '{"id":"gid://shopify/Sale/1","actionType":"ORDER","__parentId":"gid://shopify/SalesAgreement/1"}',
    '{"id":"gid://shopify/Order/2","name":"#2"}',
    '',
  ].join('\n')

  test('hangs children under what they belong to', () => {
    expect(rootsOf(text)).toMatchObject([
      { name: '#1', lineItems: [{ title: 'a' }], agreements: [{ sales: [{ actionType: 'ORDER' }] }] },
      { name: '#2', lineItems: [], agreements: [] },
    ])
  })

  test('cut anywhere is read up to the last whole order, and nothing is lost or twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: text.length }), (at) => {
        const piece = beforeLastRoot(text.slice(0, at))
        expect(text.startsWith(piece)).toBe(true)
        const both = [...rootsOf(piece), ...rootsOf(text.slice(piece.length))]
        expect(both.map(({ name }) => name)).toEqual(['#1', '#2'])
      }),
    )
  })
})
