/**
 * A WooCommerce shop as its REST API v3 documents it, made by a seed. Own code only. Refuses: a wrong key (401), a write
 * with a key that may only read (401), more than 100 a page and a page that does not exist (400), too many calls (429);
 * stands behind a firewall, a maintenance page or a redirect when it is told to.
 */
export interface WooOptions {
  seed: number
  orders: number
  products?: number
  customers?: number
  /** Milliseconds of the newest order; the others lie an hour apart before it. */
  until: number
  mood?: 'busy' | 'firewall' | 'maintenance' | 'redirect' | 'plain-permalinks' | 'cannot-view'
  readOnly?: boolean
  /** A shop whose orders do not list their refunds. */
  hidesRefunds?: boolean
}

export type Row = Record<string, unknown> & { id: number }

const HOUR = 3_600_000
/** WooCommerce's times "as GMT" name no zone. */
export const gmt = (ms: number): string => new Date(ms).toISOString().slice(0, 19)
const text = (cents: number): string => (cents / 100).toFixed(2)

export function createWooStandIn(options: WooOptions) {
  const { seed, until, products: size = 12, customers: people = 30, mood, readOnly, hidesRefunds } = options
  const hooks: Row[] = []
  const refunds = new Map<number, Row[]>()
  const variations = new Map<number, Row[]>()
  const orders = Array.from({ length: options.orders }, (_, n) =>
    orderOf(seed, n, until - n * HOUR),
  ).reverse()
  orders.forEach((order, n) => {
    order.id = 1000 + n
    order.number = String(order.id)
    order.line_items = (order.line_items as Row[]).map((item) => ({ ...item, id: order.id * 10 + 1 }))
    order.shipping_lines = (order.shipping_lines as Row[]).map((line) => ({ ...line, id: order.id * 10 + 2 }))
  })
  const products = Array.from({ length: size }, (_, n): Row => {
    const id = 500 + n
    const isVariable = n % 4 === 3
    const row = productOf(id, n, until)
    if (isVariable)
      variations.set(
        id,
        [0, 1].map((v) => variationOf(id, v, until)),
      )
    return {
      ...row,
      type: isVariable ? 'variable' : 'simple',
      variations: isVariable ? [id * 10, id * 10 + 1] : [],
    }
  })
  const customers = Array.from(
    { length: people },
    (_, n): Row => ({
      ...{ id: n + 1, email: `p${n}@example.com`, first_name: 'Ann', last_name: `No ${n}` },
      ...{
        date_created_gmt: gmt(until - n * 24 * HOUR),
        date_modified_gmt: n % 2 ? gmt(until - HOUR) : null,
      },
      ...{ billing: { country: 'US', state: 'CA', city: 'Fresno' }, shipping: {} },
    }),
  )

  const order = (id: number): Row => {
    const found = orders.find((one) => one.id === id)
    if (!found) throw new Error(`no order ${id}`)
    return found
  }
  const change = (id: number, more: Record<string, unknown>, at: number) =>
    Object.assign(order(id), more, { date_modified_gmt: gmt(at) })
  const refund = (id: number, at: number, more: Record<string, unknown>) => {
    const made = {
      id: id * 10 + 5,
      date_created_gmt: gmt(at),
      line_items: [],
      shipping_lines: [],
      fee_lines: [],
      ...more,
    }
    refunds.set(id, [...(refunds.get(id) ?? []), made])
    change(id, {}, at)
  }

  /** A refund that is deleted changes nothing on its order. */
  const takeBack = (id: number) => refunds.delete(id)

  const answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url)
    const refused = refusal(request, url)
    if (refused) return refused
    const path = url.pathname.replace(/^\/wp-json\/wc\/v3\//, '')
    if (request.method !== 'GET') return write(path, request.method, (await request.json()) as Row)
    const [kind = '', id, part] = path.split('/')
    const lists: Record<string, Row[]> = { orders, products, customers, webhooks: hooks }
    const list = lists[kind]
    if (!list) return told(404, 'rest_no_route')
    if (id === undefined)
      return paged(kind === 'orders' ? filtered(list.map(listed), url) : filtered(list, url), url)
    if (part === 'refunds') return paged(refunds.get(Number(id)) ?? [], url)
    if (part === 'variations') return paged(variations.get(Number(id)) ?? [], url)
    const found = list.find((row) => row.id === Number(id))
    return found
      ? Response.json(kind === 'orders' ? listed(found) : found)
      : told(404, `woocommerce_rest_${kind}_invalid_id`)
  }

  const listed = (row: Row): Row => {
    const given = (refunds.get(row.id) ?? []).map(({ id, amount }) => ({ id, total: `-${amount}` }))
    return hidesRefunds ? row : { ...row, refunds: given }
  }

  function refusal(request: Request, url: URL): Response | null {
    if (mood === 'busy') return new Response('slow down', { status: 429, headers: { 'Retry-After': '7' } })
    if (mood === 'firewall') return new Response('<h1>Blocked</h1>', { status: 403 })
    if (mood === 'maintenance') return new Response('<!doctype html><p>Back soon')
    if (mood === 'redirect')
      return new Response('', { status: 301, headers: { Location: 'https://www.shop.example.com/' } })
    if (mood === 'plain-permalinks') return new Response('<p>Not found', { status: 404 })
    if (mood === 'cannot-view') return told(403, 'woocommerce_rest_cannot_view')
    if (request.headers.get('Authorization') !== `Basic ${btoa('ck_GOOD:cs_GOOD')}`)
      return told(401, 'woocommerce_rest_authentication_error')
    if (readOnly && request.method !== 'GET') return told(401, 'woocommerce_rest_authentication_error')
    return Number(url.searchParams.get('per_page') ?? 10) > 100 ? told(400, 'rest_invalid_param') : null
  }

  function write(path: string, method: string, body: Row): Response {
    const [kind, id] = path.split('/')
    if (kind !== 'webhooks') return told(404, 'rest_no_route')
    const known = hooks.find((hook) => hook.id === Number(id))
    if (method === 'PUT' && known) return Response.json(Object.assign(known, body, { id: known.id }))
    const made: Row = { ...body, id: hooks.length + 1 }
    hooks.push(made)
    const { secret: _written, ...shown } = made
    return Response.json(shown, { status: 201 })
  }

  return {
    hosts: ['shop.example.com'],
    revoked: [],
    answer,
    orders,
    products,
    customers,
    variations,
    hooks,
    change,
    refund,
    takeBack,
  }
}

function orderOf(seed: number, n: number, at: number): Row {
  const cents = 1000 + ((seed * 37 + n * 101) % 5000)
  const status = n % 10 === 9 ? 'cancelled' : n % 10 === 8 ? 'pending' : n % 2 ? 'processing' : 'completed'
  const isPaid = status === 'processing' || status === 'completed'
  return {
    ...{ id: 0, status, currency: 'USD', date_created_gmt: gmt(at), date_modified_gmt: gmt(at) },
    ...{
      date_paid_gmt: isPaid ? gmt(at + 1000) : null,
      date_completed_gmt: status === 'completed' ? gmt(at + HOUR) : null,
    },
    ...{
      total: text(cents * 2 - 100 + 500 + 110),
      customer_id: n % 3 ? (n % 30) + 1 : 0,
      created_via: 'checkout',
    },
    billing: {
      first_name: 'Ann',
      last_name: `No ${n}`,
      email: `P${n}@example.com`,
      country: 'US',
      state: 'CA',
      city: 'Fresno',
    },
    shipping: { country: '', state: '', city: '' },
    line_items: [
      {
        ...{
          id: 0,
          name: 'Coffee',
          product_id: 500,
          variation_id: n % 4 ? 0 : 5030,
          quantity: 2,
          sku: 'C-1',
        },
        ...{ subtotal: text(cents * 2), total: text(cents * 2 - 100), total_tax: '1.10', price: cents / 100 },
      },
    ],
    shipping_lines: [{ id: 0, method_title: 'Post', total: '5.00', total_tax: '0.00' }],
    fee_lines: [],
  }
}

const productOf = (id: number, n: number, until: number): Row => ({
  ...{ id, name: `Coffee ${n}`, sku: `C-${n}`, price: '12.50', date_created_gmt: gmt(until - 900 * HOUR) },
  ...{
    date_modified_gmt: gmt(until - n * HOUR),
    manage_stock: n % 2 === 0,
    stock_quantity: n % 2 ? null : n,
  },
  ...{ categories: [{ id: 7, name: 'Beans' }], attributes: [{ name: 'Size', options: ['S', 'L'] }] },
})

const variationOf = (parent: number, v: number, until: number): Row => ({
  ...{ id: parent * 10 + v, sku: '', price: '14.00', date_modified_gmt: gmt(until - 2 * HOUR) },
  ...{ manage_stock: v === 0 ? true : 'parent', stock_quantity: v === 0 ? 3 : 9 },
  attributes: [{ name: 'Size', option: v ? 'L' : 'S' }],
})

function filtered(rows: readonly Row[], url: URL): Row[] {
  const ask = (name: string) => url.searchParams.get(name)
  const include = ask('include')?.split(',').map(Number)
  const times = ['after', 'before', 'modified_after'].some((name) => ask(name) !== null)
  if (times && ask('dates_are_gmt') !== 'true') throw new Error('times would be read in the zone of the shop')
  return rows
    .filter(({ id }) => !include || include.includes(id))
    .filter(({ status }) => status !== 'trash')
    .filter((row) => String(row.date_created_gmt) > (ask('after') ?? ''))
    .filter((row) => ask('before') === null || String(row.date_created_gmt) < String(ask('before')))
    .filter((row) => String(row.date_modified_gmt) > (ask('modified_after') ?? ''))
    .sort((a, b) => a.id - b.id)
}

function paged(rows: readonly Row[], url: URL): Response {
  const size = Number(url.searchParams.get('per_page') ?? 10)
  const page = Number(url.searchParams.get('page') ?? 1)
  const pages = Math.ceil(rows.length / size)
  if (page > Math.max(1, pages)) return told(400, 'rest_post_invalid_page_number')
  const headers = { 'X-WP-Total': String(rows.length), 'X-WP-TotalPages': String(pages) }
  return Response.json(rows.slice((page - 1) * size, page * size), { headers })
}

const told = (status: number, code: string): Response =>
  Response.json({ code, message: 'no', data: { status } }, { status })
