/**
 * The Admin API of a made-up shop (GraphQL 2026-10), after its documents. Own code only; it knows the documents that are
 * sent by their operation's name. Refuses: a token it never gave or that has ended (401), a version that is gone (404), a
 * permission that is missing (ACCESS_DENIED), too many points (THROTTLED with the cost), more than five bulk operations at
 * once, orders older than 60 days without read_all_orders, a file asked for twice as far as it goes (416).
 */
import { createHmac } from 'node:crypto'
import {
  agreementNode,
  createdBetween,
  headOf,
  lineNode,
  type MadeOrder,
  orderAt,
  priceOf,
  type ShopOptions,
  saleNode,
  VARIANTS,
} from './shop.ts'

export interface AdminOptions extends ShopOptions {
  /** The zone of the shop's reports; UTC when left out. */
  timeZone?: string
  shop?: string
  token?: string
  secret?: string
  scopes?: readonly string[]
  /** Points held at most and coming back each second. */
  bucket?: { capacity: number; perSecond: number }
  now?: () => number
  /** Every n-th bulk operation breaks off in its middle. */
  failEvery?: number
  /** Places at which each variant lies; one when absent. */
  places?: number
  /** Payments of each order beyond its own, all of which failed. */
  declined?: number
  /** Asked so often, an operation is still running. */
  pollsNeeded?: number
  /** Where files are; a bulk's `url` begins with it. */
  fileBase?: string
}

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

const DAY = 86_400_000
const EVERY_SCOPE = [
  'read_orders',
  'read_all_orders',
  'read_products',
  'read_inventory',
  'read_customers',
  'read_locations',
  'read_reports',
]

interface Bulk {
  root: 'orders' | 'customers'
  from: number
  to: number
  field: string
  polls: number
  fails: boolean
  text: string | null
  roots: number
}

export function createShopifyDataStandIn(options: AdminOptions) {
  const shop = options.shop ?? 'corner-shop.myshopify.com'
  const token = options.token ?? 'shpat_data'
  const scopes = new Set(options.scopes ?? EVERY_SCOPE)
  const now = options.now ?? (() => options.until)
  const bucket = options.bucket ?? { capacity: 2000, perSecond: 100 }
  const fileBase = options.fileBase ?? 'https://storage.googleapis.com/bulk'
  const bulks = new Map<string, Bulk>()
  const hooks: { topic: string; uri: string }[] = []
  let points = bucket.capacity
  let at = now()
  let started = 0

  function spend(cost: number): boolean {
    points = Math.min(bucket.capacity, points + ((now() - at) / 1000) * bucket.perSecond)
    at = now()
    if (points < cost) return false
    points -= cost
    return true
  }
  const costs = (cost: number) => ({
    cost: {
      requestedQueryCost: cost,
      actualQueryCost: cost,
      throttleStatus: {
        maximumAvailable: bucket.capacity,
        currentlyAvailable: Math.floor(points),
        restoreRate: bucket.perSecond,
      },
    },
  })
  const denied = (scope: string) =>
    json({
      errors: [
        {
          message: `Access denied. Required access: \`${scope}\` access scope.`,
          extensions: { code: 'ACCESS_DENIED' },
        },
      ],
      data: null,
    })

  const visible = (order: MadeOrder) => scopes.has('read_all_orders') || order.created >= now() - 60 * DAY

  function* ordersBy(field: string, from: number, to: number): Generator<MadeOrder> {
    // what was changed in the window was created in it, or up to 25 days before
    const [first, end] = createdBetween(options, field === 'updated_at' ? from - 25 * DAY : from, to)
    for (let index = first; index < end; index++) {
      const order = orderAt(options, index)
      const time = field === 'updated_at' ? order.updated : order.created
      if (time >= from && time < to && visible(order)) yield order
    }
  }

  /** People are as old as the first order of theirs in the stretch. */
  function customersBy(from: number, to: number): unknown[] {
    const [first, end] = createdBetween(options, from, to)
    const customers = new Map<number, unknown>()
    for (let index = first; index < end; index++) {
      const order = orderAt(options, index)
      if (!customers.has(order.customer)) customers.set(order.customer, customerNode(order))
    }
    return [...customers.values()]
  }

  /** The order with as many of its payments as were asked for. */
  function headWith(order: MadeOrder, first = Number.POSITIVE_INFINITY) {
    const { transactions, fulfillments, ...head } = headOf(order, options.taxesIncluded)
    const [one] = transactions
    const declined = Array.from({ length: options.declined ?? 0 }, (_, n) => ({
      ...one,
      id: `gid://shopify/OrderTransaction/${order.id}${n + 100}`,
      status: 'FAILURE',
    }))
    const all = [...transactions, ...declined]
    return {
      ...head,
      fulfillmentsCount: { count: fulfillments.length },
      fulfillments,
      transactionsCount: { count: all.length },
      transactions: all.slice(0, first),
    }
  }

  function linesOf(order: MadeOrder): string[] {
    const head = headWith(order)
    const rows: Record<string, unknown>[] = [head]
    for (const n of order.lines.keys()) rows.push({ ...lineNode(order, n), __parentId: head.id })
    for (const agreement of order.agreements) {
      const node = agreementNode(agreement)
      rows.push({ ...node, __parentId: head.id })
      for (const sale of agreement.sales) rows.push({ ...saleNode(order, sale), __parentId: node.id })
    }
    return rows.map((row) => JSON.stringify(row))
  }

  function gather(bulk: Bulk): string {
    if (bulk.text !== null) return bulk.text
    const pieces: string[] = []
    if (bulk.root === 'customers') {
      for (const customer of customersBy(bulk.from, bulk.to)) pieces.push(JSON.stringify(customer))
      bulk.roots = pieces.length
    } else {
      for (const order of ordersBy(bulk.field, bulk.from, bulk.to)) {
        bulk.roots++
        pieces.push(...linesOf(order))
      }
    }
    // one that breaks off tells half of its lines, the last of them whole
    bulk.text = `${(bulk.fails ? pieces.slice(0, Math.ceil(pieces.length / 2)) : pieces).join('\n')}\n`
    return bulk.text
  }

  function runBulk(query: string): Response {
    const running = [...bulks.values()].filter(({ text }) => text === null).length
    const refuse = (message: string, code: string) =>
      json({
        data: {
          bulkOperationRunQuery: { bulkOperation: null, userErrors: [{ field: null, message, code }] },
        },
        extensions: costs(10),
      })
    if (running >= 5)
      return refuse(
        'A bulk query operation for this app and shop is already in progress',
        'OPERATION_IN_PROGRESS',
      )
    const found = /(created_at|updated_at|customer_date):>='([^']+)' AND \1:<'([^']+)'/.exec(query)
    const root = /^\{\s*(orders|customers)\(/.exec(query)?.[1] as Bulk['root'] | undefined
    if (!found || !root || (root === 'customers') !== (found[1] === 'customer_date'))
      return refuse('Invalid bulk query', 'INVALID')
    const id = `gid://shopify/BulkOperation/${++started}`
    const [, field = '', from = '', to = ''] = found
    const fails = options.failEvery !== undefined && started % options.failEvery === 0
    bulks.set(id, {
      root,
      field,
      from: Date.parse(from),
      to: Date.parse(to),
      polls: 0,
      fails,
      text: null,
      roots: 0,
    })
    return json({
      data: { bulkOperationRunQuery: { bulkOperation: { id, status: 'CREATED' }, userErrors: [] } },
      extensions: costs(10),
    })
  }

  function bulkState(id: string): Response {
    const bulk = bulks.get(id)
    if (!bulk) return json({ data: { bulkOperation: null }, extensions: costs(1) })
    const head = {
      id,
      objectCount: '0',
      rootObjectCount: '0',
      fileSize: null,
      url: null,
      partialDataUrl: null,
      errorCode: null,
    }
    if (++bulk.polls <= (options.pollsNeeded ?? 1))
      return json({ data: { bulkOperation: { ...head, status: 'RUNNING' } }, extensions: costs(1) })
    const text = gather(bulk)
    const size = new TextEncoder().encode(text).byteLength
    const address = `${fileBase}/${id.split('/').at(-1)}.jsonl`
    const done = bulk.fails
      ? {
          ...head,
          status: 'FAILED',
          errorCode: 'INTERNAL_SERVER_ERROR',
          partialDataUrl: address,
          fileSize: String(size),
        }
      : {
          ...head,
          status: 'COMPLETED',
          url: bulk.roots === 0 ? null : address,
          objectCount: String(text.split('\n').length - 1),
          rootObjectCount: String(bulk.roots),
          fileSize: String(size),
        }
    return json({ data: { bulkOperation: done }, extensions: costs(1) })
  }

  function file(request: Request, name: string): Response {
    const bulk = bulks.get(`gid://shopify/BulkOperation/${name}`)
    if (!bulk?.text) return new Response('', { status: 404 })
    const bytes = new TextEncoder().encode(bulk.text)
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get('Range') ?? '')
    if (!range) return new Response(bytes)
    const [from, to] = [Number(range[1]), Math.min(Number(range[2]), bytes.byteLength - 1)]
    if (from >= bytes.byteLength) return new Response('', { status: 416 })
    return new Response(bytes.slice(from, to + 1), {
      status: 206,
      headers: { 'Content-Range': `bytes ${from}-${to}/${bytes.byteLength}` },
    })
  }

  const indexOf = (gid: string): number => Number(gid.split('/').at(-1)) - 5_000_000
  const orderBy = (gid: string): MadeOrder | null => {
    const index = indexOf(gid)
    return index >= 0 && index < options.orders ? orderAt(options, index) : null
  }
  const paged = <T>(all: readonly T[], first: number, after: string | null) => {
    const from = after === null ? 0 : Number(after)
    const nodes = all.slice(from, from + first)
    return {
      nodes,
      pageInfo: { hasNextPage: from + first < all.length, endCursor: String(from + nodes.length) },
    }
  }

  function answerOperation(name: string, query: string, v: Record<string, never>): Response {
    const after = (v.after ?? null) as string | null
    switch (name) {
      case 'BulkRun':
        if (!scopes.has('read_orders')) return denied('read_orders')
        return runBulk(String(v.query))
      case 'BulkState':
        return bulkState(String(v.id))
      case 'OrderLines': {
        const order = orderBy(String(v.id))
        const lines = order?.lines.map((_, n) => lineNode(order, n)) ?? []
        const data = order && { ...headWith(order, 50), lineItems: paged(lines, 50, after) }
        return json({ data: { order: data }, extensions: costs(60) })
      }
      case 'OrderParts': {
        const order = orderBy(String(v.id))
        if (!order) return json({ data: { order: null }, extensions: costs(60) })
        const { fulfillmentsCount, fulfillments, transactionsCount, transactions } = headWith(order, 150)
        const data = { fulfillmentsCount, fulfillments, transactionsCount, transactions }
        return json({ data: { order: data }, extensions: costs(90) })
      }
      case 'OrderLedger': {
        const order = orderBy(String(v.id))
        const entries = order?.agreements.map((agreement) => ({
          ...agreementNode(agreement),
          sales: paged(
            agreement.sales.map((sale) => saleNode(order, sale)),
            80,
            (v.sale ?? null) as string | null,
          ),
        }))
        const data = entries && { agreements: paged(entries, 1, (v.agreement ?? null) as string | null) }
        return json({ data: { order: data ?? null }, extensions: costs(90) })
      }
      case 'Variants': {
        if (!scopes.has('read_products')) return denied('read_products')
        const all = Array.from({ length: VARIANTS }, (_, n) => {
          const { inventoryLevels: levels, ...item } = variantNode(n, options).inventoryItem
          const inventoryItem = { ...item, inventoryLevels: paged(levels, 10, null) }
          return { ...variantNode(n, options), inventoryItem }
        })
        const data = {
          productVariants: paged(all, Number(v.first), after),
          productVariantsCount: { count: VARIANTS, precision: 'EXACT' },
        }
        return json({ data, extensions: costs(100) })
      }
      case 'VariantLevels': {
        const n = Number(String(v.id).split('/').at(-1)) - 7000
        const { inventoryLevels: levels, ...item } = variantNode(n, options).inventoryItem
        const inventoryItem = { ...item, inventoryLevels: paged(levels, 100, after) }
        const data = { productVariant: { ...variantNode(n, options), inventoryItem } }
        return json({ data, extensions: costs(100) })
      }
      case 'Customers': {
        const found = /(customer_date|updated_at):>='([^']+)' AND \1:<'([^']+)'/.exec(String(v.query))
        if (!found) return json({ data: { customers: paged([], 1, null) }, extensions: costs(10) })
        const customers = customersBy(Date.parse(found[2] ?? ''), Date.parse(found[3] ?? ''))
        return json({
          data: { customers: paged(customers, Number(v.first), after) },
          extensions: costs(100),
        })
      }
      case 'Totals':
        if (!scopes.has('read_reports')) return denied('read_reports')
        return json({
          data: {
            shop: { ianaTimezone: options.timeZone ?? 'UTC' },
            shopifyqlQuery: { parseErrors: [], tableData: totals(String(v.query)) },
          },
          extensions: costs(20),
        })
      case 'HooksThere':
        return json({
          data: {
            webhookSubscriptions: {
              nodes: hooks.filter(({ uri }) => uri === v.uri).map(({ topic }) => ({ id: topic, topic })),
            },
          },
        })
      case 'HookMake':
        hooks.push({ topic: String(v.topic), uri: String(v.uri) })
        return json({
          data: { webhookSubscriptionCreate: { webhookSubscription: { id: 'x' }, userErrors: [] } },
        })
      default:
        return json({ errors: [{ message: `Parse error on ${query.slice(0, 20)}` }] })
    }
  }

  const shopDay = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone: options.timeZone ?? 'UTC', year: 'numeric', month: '2-digit', day: '2-digit' },
  } as const)

  /** The shop's own reports: every entry on the day it happened in the shop's zone, test orders left out. */
  function totals(query: string) {
    const [, since = '', until = ''] = /SINCE (\S+) UNTIL (\S+)/.exec(query) ?? []
    const days = new Map<string, { gross: number; discounts: number; returns: number; orders: number }>()
    const [first, end] = createdBetween(options, Date.parse(since) - 30 * DAY, Date.parse(until) + 2 * DAY)
    for (let index = first; index < end; index++) {
      const order = orderAt(options, index)
      if (order.test) continue
      for (const { at: when, reason, sales } of order.agreements) {
        const day = shopDay.format(when)
        const row = days.get(day) ?? { gross: 0, discounts: 0, returns: 0, orders: 0 }
        days.set(day, row)
        if (reason === 'ORDER') row.orders++
        for (const sale of sales) {
          if (sale.type !== 'PRODUCT' || order.lines[sale.line ?? 0]?.gift) continue
          const net = sale.total - sale.tax
          if (reason === 'REFUND') row.returns += net
          else {
            row.gross += net + sale.discount
            row.discounts -= sale.discount
          }
        }
      }
    }
    const money = (cents: number) => (cents / 100).toFixed(2)
    const rows = [...days]
      .filter(([day]) => day >= since && day <= until)
      .sort()
      .map(([day, row]) => ({
        day,
        gross_sales: money(row.gross),
        discounts: money(row.discounts),
        returns: money(row.returns),
        net_sales: money(row.gross + row.discounts + row.returns),
        orders: row.orders,
      }))
    return {
      columns: ['day', 'gross_sales', 'discounts', 'returns', 'net_sales', 'orders'].map((name) => ({
        name,
        dataType: 'x',
      })),
      rows,
    }
  }

  return {
    hosts: [shop, new URL(fileBase).host],
    revoked: [] as string[],
    bulks,
    hooks,
    token,
    async answer(request: Request): Promise<Response> {
      const url = new URL(request.url)
      const asked = /\/(\d+)\.jsonl$/.exec(url.pathname)
      if (asked) return file(request, asked[1] ?? '')
      if (request.headers.get('X-Shopify-Access-Token') !== token)
        return json(
          { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' },
          401,
        )
      if (!url.pathname.includes('/admin/api/2026-10/')) return json({ errors: 'Not Found' }, 404)
      const { query, variables = {} } = (await request.json()) as {
        query: string
        variables?: Record<string, never>
      }
      const name = /^\s*(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? ''
      const cost =
        {
          ...{ BulkRun: 10, BulkState: 1, OrderLines: 850, OrderParts: 960, OrderLedger: 800 },
          ...{ Variants: 650, VariantLevels: 610, Customers: 300 },
        }[name] ?? 20
      if (!spend(cost))
        return json({
          errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
          extensions: costs(cost),
        })
      return answerOperation(name, query, variables)
    },
    /** A delivery as Shopify would send it. */
    delivery(topic: string, body: unknown, secret = options.secret ?? 'app-secret-XYZZY', id = 'hook-1') {
      const text = JSON.stringify(body)
      const headers = new Headers({
        'X-Shopify-Topic': topic,
        'X-Shopify-Shop-Domain': shop,
        'X-Shopify-Webhook-Id': id,
        'X-Shopify-API-Version': '2026-10',
        'X-Shopify-Triggered-At': new Date(now()).toISOString(),
        'X-Shopify-Hmac-Sha256': createHmac('sha256', secret).update(text).digest('base64'),
      })
      return { text, headers }
    },
  }
}

const variantNode = (n: number, { until, places = 1 }: AdminOptions) => ({
  id: `gid://shopify/ProductVariant/${7000 + n}`,
  sku: `SKU-${n}`,
  title: 'Default Title',
  price: (priceOf(n) / 100).toFixed(2),
  createdAt: new Date(until - 800 * DAY).toISOString(),
  updatedAt: new Date(until - DAY).toISOString(),
  product: {
    id: `gid://shopify/Product/${n}`,
    title: `Thing ${n}`,
    productType: `Type ${n % 6}`,
    status: 'ACTIVE',
  },
  inventoryItem: {
    id: `gid://shopify/InventoryItem/${n}`,
    unitCost: { amount: ((priceOf(n) * 0.4) / 100).toFixed(2), currencyCode: 'USD' },
    inventoryLevels: Array.from({ length: places }, (_, place) => ({
      id: `gid://shopify/InventoryLevel/${place + 1}?inventory_item_id=${n}`,
      updatedAt: new Date(until - DAY).toISOString(),
      location: {
        id: `gid://shopify/Location/${place + 1}`,
        name: place === 0 ? 'Shop' : `Shop ${place + 1}`,
      },
      quantities: [
        { name: 'available', quantity: n * 2 },
        { name: 'on_hand', quantity: n * 2 + 1 },
        { name: 'committed', quantity: 1 },
        { name: 'incoming', quantity: 0 },
      ],
    })),
  },
})

const customerNode = (order: MadeOrder) => ({
  id: `gid://shopify/Customer/${order.customer}`,
  firstName: 'Customer',
  lastName: String(order.customer),
  createdAt: new Date(order.created).toISOString(),
  updatedAt: new Date(order.created).toISOString(),
  defaultEmailAddress: { emailAddress: `c${order.customer}@example.com` },
  defaultAddress: { countryCodeV2: order.country, provinceCode: order.region, city: 'Portland' },
})
