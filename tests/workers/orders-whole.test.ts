// Orders that are told whole: what they no longer have stops counting, also with the order itself, and comes back with it.
import { expect, test } from 'vitest'
import { shopifyHooks } from '../../src/connectors/shopify/hook-data.ts'
import { normaliseShopify } from '../../src/connectors/shopify/normalise.ts'
import { normaliseWoocommerce } from '../../src/connectors/woocommerce/normalise.ts'
import { landFacts } from '../../src/modules/mini-foundry/actions/land-facts.ts'
import { queryMetrics } from '../../src/modules/mini-foundry/actions/metrics.ts'
import { rebuildRollups } from '../../src/modules/mini-foundry/actions/rollups.ts'
import type { FactBatch } from '../../src/modules/mini-foundry/domain/facts.ts'
import { rowsOf } from '../support/sync-source.ts'
import {
  agreementNode,
  headOf,
  lineNode,
  type MadeOrder,
  orderAt,
  saleNode,
} from '../support/vendors/shopify-data/shop.ts'
import { makeWorld } from '../support/world.ts'

const AT = Date.parse('2026-11-20T10:00:00Z')
const MINUTE = 60_000
const normalising = { timeZone: 'UTC', currency: 'USD', settings: {}, mapping: null, now: AT }
const gmt = (ms: number) => new Date(ms).toISOString().slice(0, 19)

interface Told {
  status?: string
  modified?: number
  lines?: number[]
  refunds?: number[]
}

/** An order of some cups at 10.00 each, whose refunds give back 1.00 each and change nothing on it. */
const wooOrder = ({ status = 'completed', modified = AT, lines = [11, 12, 13], refunds = [] }: Told) => ({
  ...{ id: 1, number: '1', status, currency: 'USD', created_via: 'checkout', customer_id: 7 },
  ...{ date_created_gmt: gmt(AT), date_modified_gmt: gmt(modified), date_paid_gmt: gmt(AT) },
  total: `${lines.length * 10}.00`,
  line_items: lines.map((id) => ({
    ...{ id, name: 'Cup', product_id: 5, quantity: 1, subtotal: '10.00', total: '10.00', total_tax: '0.00' },
  })),
  refund_records: refunds.map((id) => ({
    ...{ id, date_created_gmt: gmt(AT + 5 * MINUTE), amount: '1.00' },
    line_items: [{ id: id * 10, name: 'Cup', product_id: 5, quantity: 0, subtotal: '-1.00', total: '-1.00' }],
  })),
})

const woo = (readAt: number, told: Told | null): FactBatch =>
  normaliseWoocommerce(
    'orders',
    JSON.stringify({ readAt, records: told ? [wooOrder(told)] : [], gone: told ? [] : ['1'] }),
    normalising,
  ).batch

async function shop() {
  const world = await makeWorld('2026-11-21T12:00:00Z')
  const actor = await world.workspace({ timeZone: 'UTC', currency: 'USD' })
  const db = world.services.tenant(actor.tenantId)
  await db.write([
    db.statement(
      `INSERT INTO data_sources (tenant_id, id, source_type, name, sync_status, counts_as_sales, created_at, updated_at)
       VALUES (?1, 's1', 'woocommerce', 'Shop', 'ok', 1, '', '')`,
    ),
  ])
  const standing = async (table: string) =>
    (await rowsOf(actor, table, 'ext_id')).filter(({ deleted_at }) => deleted_at === null)
  return {
    actor,
    standing,
    async land(batch: FactBatch): Promise<number> {
      const landed = await landFacts(world.services, actor, { sourceId: 's1', origin: 'history', batch })
      if (!landed.ok) throw new Error(landed.error.detail)
      await rebuildRollups(world.services, actor, { budgetMs: Number.POSITIVE_INFINITY })
      return landed.value.changed
    },
    async figures(): Promise<unknown[]> {
      const asked = await queryMetrics(world.services, actor, {
        metrics: 'revenue,net_revenue,orders',
        from: '2026-11-01',
        to: '2026-11-30',
      })
      if (!asked.ok) throw new Error(JSON.stringify(asked.error))
      const paid = (await standing('payments')).reduce((sum, { amount }) => sum + Number(amount), 0)
      return [
        ...asked.value.data.map(({ total }) => total),
        paid / 10_000,
        (await standing('order_lines')).length,
      ]
    },
  }
}

test('a line that was removed from its order stops counting, and an older word does not bring it back', async () => {
  const { land, figures } = await shop()
  const whole = woo(AT + MINUTE, {})
  await land(whole)
  expect(await figures()).toEqual(['30.00', '30.00', 1, 30, 3])
  const less = woo(AT + 20 * MINUTE, { modified: AT + 10 * MINUTE, lines: [11, 13] })
  expect(await land(less)).toBeGreaterThan(0)
  expect(await figures()).toEqual(['20.00', '20.00', 1, 20, 2])
  expect([await land(less), await land(whole), await land(less)]).toEqual([0, 0, 0])
  expect(await figures()).toEqual(['20.00', '20.00', 1, 20, 2])
  await land(woo(AT + 40 * MINUTE, { modified: AT + 30 * MINUTE }))
  expect(await figures()).toEqual(['30.00', '30.00', 1, 30, 3])
})

test('a refund that was deleted stops counting though its order says nothing of it', async () => {
  const { land, figures } = await shop()
  const none = woo(AT + MINUTE, {})
  const both = woo(AT + 10 * MINUTE, { refunds: [91, 92] })
  await land(none)
  await land(both)
  expect(await figures()).toEqual(['30.00', '28.00', 1, 28, 3])
  // what was read before there were refunds does not know them
  expect(await land(none)).toBe(0)
  const one = woo(AT + 20 * MINUTE, { refunds: [92] })
  expect(await land(one)).toBeGreaterThan(0)
  expect(await figures()).toEqual(['30.00', '29.00', 1, 29, 3])
  await land(woo(AT + 30 * MINUTE, {}))
  expect(await figures()).toEqual(['30.00', '30.00', 1, 30, 3])
  expect([await land(both), await land(one), await land(none)]).toEqual([0, 0, 0])
  expect(await figures()).toEqual(['30.00', '30.00', 1, 30, 3])
})

test.each([
  ['thrown away', { status: 'trash', refunds: [91] }, '29.00'],
  ['thrown away in a shop that hides its refunds', { status: 'trash' }, '29.00'],
  ['deleted for good', null, '29.00'],
] as const)(
  'an order that was %s takes its ledger and payments along, and brings them back',
  async (_, told, net) => {
    const { land, figures, standing } = await shop()
    const alive = woo(AT + 10 * MINUTE, { refunds: [91] })
    await land(alive)
    expect((await figures())[1]).toBe(net)
    const away = woo(AT + 20 * MINUTE, told as Told | null)
    expect(await land(away)).toBeGreaterThan(0)
    expect(await figures()).toEqual(['0.00', '0.00', 0, 0, 0])
    expect(await standing('orders')).toEqual([])
    expect([await land(away), await land(alive)]).toEqual([0, 0])
    await land(woo(AT + 50 * MINUTE, { modified: AT + 40 * MINUTE, refunds: [91] }))
    expect(await figures()).toEqual(['30.00', net, 1, 29, 3])
  },
)

test('an order that was restored from the trash counts, however late we had heard of the trash', async () => {
  const { land, figures } = await shop()
  await land(woo(AT + MINUTE, {}))
  await land(woo(AT + 60 * MINUTE, { status: 'trash', modified: AT + 10 * MINUTE }))
  await land(woo(AT + 61 * MINUTE, { modified: AT + 20 * MINUTE }))
  expect(await figures()).toEqual(['30.00', '30.00', 1, 30, 3])
})

test('other orders keep what they have', async () => {
  const { land, standing } = await shop()
  const more = woo(AT + MINUTE, {})
  const other = {
    ...more,
    orders: more.orders?.map((order) => ({ ...order, extId: '2' })),
    events: more.events?.map((event) => ({ ...event, extId: `other-${event.extId}`, orderExtId: '2' })),
    lines: [],
    payments: [],
  }
  await land(more)
  await land(other)
  await land(woo(AT + 20 * MINUTE, null))
  expect(new Set((await standing('sale_events')).map(({ order_ext_id }) => order_ext_id))).toEqual(
    new Set(['2']),
  )
})

const SHOP = { seed: 7, orders: 900, days: 730, until: AT }
const shopifyOrder = (order: MadeOrder, more: Record<string, unknown> = {}) => ({
  ...headOf(order),
  lineItems: order.lines.map((_, n) => lineNode(order, n)),
  agreements: order.agreements.map((agreement) => ({
    ...agreementNode(agreement),
    sales: agreement.sales.map((sale) => saleNode(order, sale)),
  })),
  ...more,
})
const shopify = (readAt: number, record: unknown) =>
  normaliseShopify('orders', JSON.stringify({ readAt, records: [record] }), normalising)

test('an order that Shopify says is deleted takes its ledger and payments along, whatever comes late', async () => {
  const { land, standing } = await shop()
  const made = orderAt(SHOP, 1)
  const alive = shopify(AT, shopifyOrder(made)).batch
  await land(alive)
  expect([(await standing('sale_events')).length > 0, (await standing('payments')).length > 0]).toEqual([
    true,
    true,
  ])
  const hooks = shopifyHooks({ ask: () => Promise.reject(new Error('asked')) })
  const delivery = hooks.read(JSON.stringify({ id: made.id }), 'orders/delete:1', normalising)
  await land(delivery?.facts?.batch ?? {})
  const left = async () =>
    Promise.all(
      ['orders', 'order_lines', 'sale_events', 'payments'].map(
        async (table) => (await standing(table)).length,
      ),
    )
  expect(await left()).toEqual([0, 0, 0, 0])
  expect(await land(alive)).toBe(0)
  expect(await left()).toEqual([0, 0, 0, 0])
  const back = new Date(AT + 2 * 60 * MINUTE).toISOString()
  await land(shopify(AT + 2 * 60 * MINUTE, shopifyOrder(made, { updatedAt: back })).batch)
  expect((await left()).every((count) => count > 0)).toBe(true)
})

test('an order of whose payments Shopify tells only some says so, and keeps those that are known', async () => {
  const { land, standing } = await shop()
  const made = orderAt(SHOP, 1)
  await land(shopify(AT, shopifyOrder(made)).batch)
  const known = (await standing('payments')).length
  const cut = shopify(
    AT + MINUTE,
    shopifyOrder(made, { transactions: [], transactionsCount: { count: 300 } }),
  )
  expect(cut.drift).toEqual([
    {
      path: `orders[${made.name}].transactions`,
      change: 'missing',
      detail: `Order ${made.name} has 300 payments, of which Shopify gives 0.`,
    },
  ])
  await land(cut.batch)
  expect([known > 0, (await standing('payments')).length]).toEqual([true, known])
})
