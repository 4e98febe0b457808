/** A small business with a bit of everything in January 2026, whose figures are worked out by hand in the tests. */
import { landFacts } from '../../src/modules/mini-foundry/actions/land-facts.ts'
import { rebuildRollups } from '../../src/modules/mini-foundry/actions/rollups.ts'
import type { FactBatch } from '../../src/modules/mini-foundry/domain/facts.ts'
import type { Actor } from '../../src/platform/actor.ts'
import type { World } from './world.ts'

/** Major units as units of 1/10,000. */
const units = (amount: number): number => Math.round(amount * 10_000)
const v1 = { srcUpdatedAt: 1 }

type Sale = [
  id: string,
  order: string,
  orderDay: string,
  day: string,
  customer: string,
  pieces: number,
  gross: number,
  discount: number,
  tax: number,
  cost: number,
]
const sale = ([
  extId,
  orderExtId,
  orderDay,
  businessDay,
  customerExtId,
  pieces,
  gross,
  discount,
  tax,
  cost,
]: Sale) => ({
  ...v1,
  extId,
  kind: gross < 0 ? ('refund' as const) : ('sale' as const),
  lineType: 'product' as const,
  businessDay,
  orderDay,
  orderExtId,
  customerExtId,
  productName: 'Lamp',
  channel: 'web',
  country: customerExtId === 'ann' ? 'US' : 'DE',
  currency: 'USD',
  quantity: units(pieces),
  gross: units(gross),
  discount: units(discount),
  net: units(gross - discount),
  tax: units(tax),
  cost: units(cost),
  counted: true,
})

const SHOP: FactBatch = {
  customers: ['ann', 'ben', 'cleo'].map((extId) => ({ ...v1, extId, name: extId })),
  events: [
    sale(['e0', 'o0', '2025-12-20', '2025-12-20', 'ann', 1, 50, 0, 4, 20]),
    sale(['e1', 'o1', '2026-01-05', '2026-01-05', 'ann', 2, 120, 20, 8, 40]),
    { ...sale(['e2', 'o1', '2026-01-05', '2026-01-05', 'ann', 1, 10, 0, 0, 0]), lineType: 'shipping' },
    sale(['e3', 'o2', '2026-01-10', '2026-01-10', 'ben', 1, 60, 0, 4.8, 25]),
    sale(['e4', 'o2', '2026-01-10', '2026-01-20', 'ben', 0, -20, 0, -1.6, 0]),
    sale(['e5', 'o3', '2026-01-31', '2026-01-31', 'cleo', 1, 40, 0, 3.2, 15]),
  ],
  orders: (
    [
      ['o1', '2026-01-05', 'fulfilled', '2026-01-07'],
      ['o2', '2026-01-10', 'fulfilled', '2026-01-14'],
      ['o3', '2026-01-31', 'open', null],
      ['o4', '2026-01-15', 'cancelled', null],
    ] as const
  ).map(([extId, businessDay, status, fulfilledDay]) => ({
    ...v1,
    extId,
    businessDay,
    status,
    fulfilledDay,
    currency: 'USD',
    net: 0,
    tax: 0,
    shipping: 0,
    lines: 1,
  })),
  products: [
    { ...v1, extId: 'lamp', name: 'Lamp', unitCost: units(10), currency: 'USD' },
    { ...v1, extId: 'bulb', name: 'Bulb', unitCost: units(2), currency: 'USD' },
    { ...v1, extId: 'mug', name: 'Mug' },
  ],
  inventory: (
    [
      ['lamp', 6],
      ['bulb', 0],
      ['mug', 10],
    ] as const
  ).map(([product, pieces]) => ({
    ...v1,
    extId: `${product}@home`,
    productExtId: product,
    location: 'home',
    onHand: units(pieces),
    day: '2026-01-31',
  })),
}

type Payment = [
  id: string,
  kind: 'charge' | 'refund',
  status: 'succeeded' | 'failed' | 'disputed',
  amount: number,
  fee: number,
  day: string,
]
type Line = [id: string, payout: string | null, kind: 'charge' | 'refund' | 'fee', net: number, day: string]
type Change = [subscription: string, day: string, monthly: number]

const STRIPE: FactBatch = {
  payments: (
    [
      ['p1', 'charge', 'succeeded', 118, 3.5, '2026-01-05'],
      ['p2', 'charge', 'succeeded', 64.8, 2.2, '2026-01-10'],
      ['p3', 'refund', 'succeeded', -21.6, 0, '2026-01-20'],
      ['p4', 'charge', 'failed', 43.2, 0, '2026-01-30'],
      ['p5', 'charge', 'disputed', 30, 1, '2026-01-31'],
    ] as Payment[]
  ).map(([extId, kind, status, amount, fee, day]) => ({
    ...v1,
    extId,
    kind,
    status,
    amount: units(amount),
    fee: units(fee),
    currency: 'USD',
    happenedAt: `${day}T12:00:00Z`,
    businessDay: day,
  })),
  payouts: [
    { ...v1, extId: 'po1', amount: units(177.1), currency: 'USD', status: 'paid', arrivalDay: '2026-01-12' },
    {
      ...v1,
      extId: 'po2',
      amount: units(10),
      currency: 'USD',
      status: 'in_transit',
      arrivalDay: '2026-02-02',
    },
  ],
  payoutLines: (
    [
      ['l1', 'po1', 'charge', 114.5, '2026-01-05'],
      ['l2', 'po1', 'charge', 62.6, '2026-01-10'],
      ['l3', 'po2', 'refund', -21.6, '2026-01-20'],
      ['l4', null, 'fee', -5, '2026-01-25'],
      ['l5', null, 'charge', 29, '2026-01-31'],
    ] as Line[]
  ).map(([extId, payoutExtId, kind, net, day]) => ({
    ...v1,
    extId,
    payoutExtId,
    kind,
    amount: units(net),
    fee: 0,
    net: units(net),
    currency: 'USD',
    happenedAt: `${day}T12:00:00Z`,
    businessDay: day,
  })),
  subscriptionChanges: (
    [
      ['s1', '2025-12-01', 20],
      ['s2', '2025-12-10', 30],
      ['s3', '2025-12-05', 10],
      ['s5', '2025-10-01', 15],
      ['s5', '2025-11-01', 0],
      ['s1', '2026-01-08', 25],
      ['s2', '2026-01-09', 20],
      ['s3', '2026-01-12', 0],
      ['s4', '2026-01-15', 40],
      ['s5', '2026-01-20', 15],
    ] as Change[]
  ).map(([id, day, monthly]) => ({
    ...v1,
    extId: `${id} ${day}`,
    subscriptionExtId: id,
    customerExtId: `of ${id}`,
    day,
    monthly: units(monthly),
    currency: 'USD',
  })),
}

type Invoice = [
  id: string,
  status: 'open' | 'paid' | 'draft',
  total: number,
  issued: string,
  due: string,
  paid?: number,
  paidDay?: string,
]

const BOOKS: FactBatch = {
  invoices: (
    [
      ['i1', 'open', 100, '2025-11-01', '2025-11-15'],
      ['i2', 'open', 200, '2025-12-01', '2025-12-31', 50, '2026-01-10'],
      ['i3', 'open', 80, '2026-01-05', '2026-01-20'],
      ['i4', 'paid', 60, '2026-01-10', '2026-01-25', 60, '2026-01-22'],
      ['i5', 'draft', 999, '2026-01-10', '2026-01-25'],
      ['i6', 'open', 40, '2025-09-01', '2025-09-15'],
      ['i7', 'open', 30, '2026-01-30', '2026-02-28'],
    ] as Invoice[]
  ).map(([extId, status, total, issuedDay, dueDay, paid = 0, paidDay]) => ({
    ...v1,
    extId,
    status,
    currency: 'USD',
    total: units(total),
    paid: units(paid),
    issuedDay,
    dueDay,
    paidDay,
  })),
  expenses: [
    { ...v1, extId: 'x1', day: '2026-01-03', amount: units(30), currency: 'USD', category: 'Rent' },
    { ...v1, extId: 'x2', day: '2026-01-18', amount: units(12), currency: 'USD', category: 'Software' },
    { ...v1, extId: 'x3', day: '2026-02-10', amount: units(62), currency: 'USD', category: 'Rent' },
  ],
  bills: [
    {
      ...v1,
      extId: 'b1',
      status: 'paid',
      currency: 'USD',
      total: units(25),
      paid: units(25),
      issuedDay: '2026-01-08',
      paidDay: '2026-01-28',
    },
    {
      ...v1,
      extId: 'b2',
      status: 'open',
      currency: 'USD',
      total: units(15),
      paid: 0,
      issuedDay: '2026-01-22',
      dueDay: '2026-02-20',
    },
  ],
  deposits: [{ ...v1, extId: 'd1', amount: units(170), currency: 'USD', day: '2026-01-12' }],
  accounts: [
    {
      ...v1,
      extId: 'bank',
      name: 'Checking',
      type: 'bank',
      balance: units(500),
      currency: 'USD',
      day: '2026-01-30',
    },
    {
      ...v1,
      extId: 'ar',
      name: 'Receivable',
      type: 'receivable',
      balance: units(400),
      currency: 'USD',
      day: '2026-01-30',
    },
  ],
}

const ADS: FactBatch = {
  spend: [
    {
      ...v1,
      extId: 'a1',
      day: '2026-01-06',
      channel: 'Google',
      campaign: 'Brand',
      spend: units(12),
      clicks: 30,
      impressions: 1000,
      conversions: 3,
      conversionValue: units(60),
      currency: 'USD',
    },
    {
      ...v1,
      extId: 'a2',
      day: '2026-01-16',
      channel: 'Meta',
      campaign: 'Sale',
      spend: units(8),
      clicks: 10,
      impressions: 1000,
      conversions: 1,
      conversionValue: units(20),
      currency: 'USD',
    },
  ],
}

const DEALS: FactBatch = {
  deals: [
    {
      ...v1,
      extId: 'h1',
      name: 'Won',
      status: 'won',
      amount: units(500),
      currency: 'USD',
      createdDay: '2026-01-03',
      closedDay: '2026-01-20',
    },
    {
      ...v1,
      extId: 'h2',
      name: 'Lost',
      status: 'lost',
      amount: units(200),
      currency: 'USD',
      createdDay: '2026-01-04',
      closedDay: '2026-01-21',
    },
    {
      ...v1,
      extId: 'h3',
      name: 'Open',
      status: 'open',
      amount: units(300),
      currency: null,
      createdDay: '2026-01-05',
    },
    {
      ...v1,
      extId: 'h4',
      name: 'Old',
      status: 'open',
      amount: units(100),
      currency: 'USD',
      createdDay: '2025-12-01',
    },
  ],
}

export const BUSINESS: Record<string, { type: string; batch: FactBatch }> = {
  shop: { type: 'shopify', batch: SHOP },
  stripe: { type: 'stripe', batch: STRIPE },
  books: { type: 'quickbooks', batch: BOOKS },
  ads: { type: 'meta_ads', batch: ADS },
  crm: { type: 'hubspot', batch: DEALS },
}

/** A workspace with all of it landed and added up. */
export async function makeBusiness(world: World, settings = {}): Promise<Actor> {
  const actor = await world.workspace(settings)
  const db = world.services.tenant(actor.tenantId)
  for (const [id, { type, batch }] of Object.entries(BUSINESS)) {
    await db.write([
      db.statement(
        `INSERT INTO data_sources (tenant_id, id, source_type, name, sync_status, counts_as_sales, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?2, 'ok', ?4, '', '')`,
        id,
        type,
        id === 'shop' ? 1 : 0,
      ),
    ])
    await landFacts(world.services, actor, { sourceId: id, origin: 'history', batch })
  }
  await db.write([
    db.statement(
      `INSERT INTO product_settings (tenant_id, source_id, product_ext_id, lead_days, updated_by, updated_at)
       VALUES (?1, 'shop', 'lamp', 60, '', '')`,
    ),
  ])
  await rebuildRollups(world.services, actor, { budgetMs: Number.POSITIVE_INFINITY })
  return actor
}
