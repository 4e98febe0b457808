/** A made-up shop and the reader of it: several streams, pages, windows, failures, webhooks, deletions, drift. */
import type { FactBatch } from '../../src/modules/mini-foundry/domain/facts.ts'
import { fail, ok, type Result } from '../../src/platform/result.ts'
import type { PageRequest, ReadContext, SourcePage, SourceReader } from '../../src/platform/source-reader.ts'

export interface FakeOrder {
  id: string
  created: number
  updated: number
  /** In 1/10,000. */
  net: number
}

export interface FakeShop {
  orders: FakeOrder[]
  customers: { id: string; name: string }[]
  pageSize: number
  /** Answers of the next reads, before the shop itself answers. */
  refusals: Result<SourcePage>[]
  /** Orders that the pages leave out though they are announced. */
  hidden: Set<string>
  /** Orders that cannot be read. */
  broken: Set<string>
  /** Fields that the orders have beside the known ones. */
  extra: string[]
  /** Every read, e.g. `orders backfill`. */
  reads: string[]
  announces: boolean
}

export const emptyShop = (): FakeShop => ({
  orders: [],
  customers: [],
  pageSize: 10,
  refusals: [],
  hidden: new Set(),
  broken: new Set(),
  extra: [],
  reads: [],
  announces: true,
})

const DAY = 86_400_000

/** So many orders, spread evenly over the days before `now`. */
export function fillShop(shop: FakeShop, now: number, count: number, days: number): FakeShop {
  for (let index = 0; index < count; index++) {
    const created = now - Math.floor(((index + 0.5) * days * DAY) / count)
    shop.orders.push({ id: `o${index}`, created, updated: created, net: 100_000 + index })
  }
  for (let index = 0; index < 7; index++) shop.customers.push({ id: `c${index}`, name: `Customer ${index}` })
  return shop
}

export function fakeReader(shop: FakeShop): SourceReader<FactBatch> {
  return {
    kind: 'shopify',
    name: 'Made-up shop',
    role: 'sales',
    streams: () => [
      { name: 'customers', title: 'Customers', everyMinutes: 60, overlapMinutes: 0, windowDays: null },
      {
        name: 'orders',
        title: 'Orders',
        everyMinutes: 15,
        overlapMinutes: 10,
        windowDays: 60,
        after: ['customers'],
        reconcileDays: 7,
        needs: 'read_orders',
      },
    ],
    read: async (request, context) => readPage(shop, request, context),
    fetch: async (_stream, ids) =>
      ok(JSON.stringify({ orders: shop.orders.filter(({ id }) => ids.includes(id)), broken: [], extra: [] })),
    normalise: (stream, raw, context) => normalise(stream, raw, context.timeZone),
    hooks: {
      verify: async (body, headers, secrets) => {
        if (!secrets.includes(headers.get('x-secret') ?? '')) return 'signature'
        const { id, at } = JSON.parse(body) as { id: string; at: number }
        return [{ id, type: 'order.changed', createdMs: at }]
      },
      accounts: (body) => [(JSON.parse(body) as { shop: string }).shop],
      read: (body) => {
        const { at, order } = JSON.parse(body) as { at: number; order: string }
        return { happenedMs: at, facts: null, refetch: [{ stream: 'orders', ids: [order] }] }
      },
      subscribe: async () => ok({ secret: 'chosen' }),
    },
  }
}

async function readPage(
  shop: FakeShop,
  request: PageRequest,
  context: ReadContext,
): Promise<Result<SourcePage>> {
  shop.reads.push(`${request.stream} ${request.mode}`)
  const refusal = shop.refusals.shift()
  if (refusal) return refusal
  if (context.credentials.accessToken === 'old')
    return fail('unauthenticated', 'token', 'The token is refused.')
  const { window, mode } = request
  const inWindow = (order: FakeOrder) => {
    const at = mode === 'backfill' ? order.created : order.updated
    return at >= window.from && at < window.to
  }
  const offset = Number(request.state ?? 0)
  const rows = request.stream === 'customers' ? shop.customers : shop.orders.filter(inWindow)
  const page = rows.slice(offset, offset + shop.pageSize)
  const told = page.filter(({ id }) => !shop.hidden.has(id))
  const done = offset + shop.pageSize >= rows.length
  const raw = JSON.stringify({
    [request.stream]: told,
    broken: [...shop.broken].filter((id) => told.some((row) => row.id === id)),
    extra: shop.extra,
  })
  return ok({
    raw,
    records: told.length,
    state: offset + shop.pageSize,
    done,
    ...(shop.announces ? { expected: rows.length } : {}),
  })
}

interface Raw {
  orders?: FakeOrder[]
  customers?: FakeShop['customers']
  broken: string[]
  extra: string[]
}

function normalise(stream: string, raw: string, timeZone: string) {
  const { orders = [], customers = [], broken, extra } = JSON.parse(raw) as Raw
  void timeZone
  const bad = new Set(broken)
  const good = orders.filter(({ id }) => !bad.has(id))
  const day = (at: number) => new Date(at).toISOString().slice(0, 10)
  const batch: FactBatch =
    stream === 'customers'
      ? { customers: customers.map(({ id, name }) => ({ extId: id, srcUpdatedAt: 1, name })) }
      : {
          orders: good.map(({ id, created, updated, net }) => ({
            extId: id,
            srcUpdatedAt: updated,
            businessDay: day(created),
            currency: 'USD',
            status: 'paid',
            net,
            tax: 0,
            shipping: 0,
            lines: 1,
          })),
          events: good.map(({ id, created, updated, net }) => ({
            extId: `${id}:sale`,
            srcUpdatedAt: updated,
            kind: 'sale',
            lineType: 'product',
            businessDay: day(created),
            orderDay: day(created),
            orderExtId: id,
            currency: 'USD',
            quantity: 10_000,
            gross: net,
            discount: 0,
            net,
            tax: 0,
            counted: true,
          })),
        }
  return {
    batch,
    events: good.map(({ id, net }) => ({
      type: 'order.created',
      payload: {
        order_id: id,
        payment_id: id,
        amount: String(net / 10_000),
        currency: 'USD',
        customer_id: null,
      },
    })),
    refused: orders
      .filter(({ id }) => bad.has(id))
      .map((order) => ({
        extId: order.id,
        record: JSON.stringify(order),
        reason: 'The amount is no number.',
      })),
    drift: extra.map((path) => ({
      path,
      change: 'appeared' as const,
      detail: 'A field that we do not know.',
    })),
  }
}
