/**
 * Stripe as its own documents describe it: charges, their movements, and payouts that hold them, made by index.
 * Refuses: a wrong key (401), no version header, `limit` over 100 and unknown parameters (400).
 */
export interface StripeDataOptions {
  orders: number
  /** Milliseconds of the newest charge; the others lie an hour apart before it. */
  until: number
  livemode: boolean
}

const PER_PAYOUT = 24
const KNOWN = /^(limit|starting_after|payout|status|expand\[\]|(created|arrival_date)\[(gte|lt)\])$/

export function createStripeDataStandIn({ orders, until, livemode }: StripeDataOptions) {
  const key = `rk_${livemode ? 'live' : 'test'}_standin`
  const second = (n: number) => Math.floor(until / 1000) - n * 3600
  const amount = (n: number) => 1000 + (n % 37) * 25
  const fee = (n: number) => Math.round(amount(n) * 0.029) + 30
  const movement = (n: number) => ({
    ...{
      object: 'balance_transaction',
      id: `txn_${n}`,
      amount: amount(n),
      fee: fee(n),
      net: amount(n) - fee(n),
    },
    ...{
      currency: 'usd',
      created: second(n),
      type: 'charge',
      reporting_category: 'charge',
      source: `ch_${n}`,
    },
  })
  const charge = (n: number) => ({
    ...{ object: 'charge', id: `ch_${n}`, amount: amount(n), amount_captured: amount(n), amount_refunded: 0 },
    ...{ currency: 'usd', created: second(n), status: 'succeeded', captured: true, customer: `cus_${n % 9}` },
    ...{ livemode, balance_transaction: movement(n) },
  })
  const held = (p: number) =>
    Array.from({ length: Math.min(PER_PAYOUT, orders - p * PER_PAYOUT) }, (_, i) => p * PER_PAYOUT + i)
  const payout = (p: number) => ({
    ...{ object: 'payout', id: `po_${p}`, currency: 'usd', status: 'paid', automatic: true, livemode },
    amount: held(p).reduce((sum, n) => sum + amount(n) - fee(n), 0),
    created: second(p * PER_PAYOUT),
    arrival_date: Math.floor(second(p * PER_PAYOUT) / 86_400) * 86_400,
  })
  const all = (count: number) => Array.from({ length: count }, (_, n) => n)

  function rowsOf(path: string, query: URLSearchParams): { id: string; created: number }[] | null {
    const of = query.get('payout')
    if (path === 'charges') return all(orders).map(charge)
    if (path === 'balance_transactions') return (of ? held(Number(of.slice(3))) : all(orders)).map(movement)
    return path === 'payouts' ? all(Math.ceil(orders / PER_PAYOUT)).map(payout) : null
  }

  async function answer(request: Request): Promise<Response> {
    const refuse = (status: number, message: string) =>
      Response.json({ error: { type: 'invalid_request_error', message } }, { status })
    const url = new URL(request.url)
    if (request.headers.get('Authorization') !== `Bearer ${key}`)
      return refuse(401, 'Invalid API Key provided')
    if (!request.headers.get('Stripe-Version')) return refuse(400, 'Missing Stripe-Version')
    const strange = [...url.searchParams.keys()].find((name) => !KNOWN.test(name))
    if (strange) return refuse(400, `Received unknown parameter: ${strange}`)
    const limit = Number(url.searchParams.get('limit') ?? 10)
    if (limit > 100) return refuse(400, 'limit must be at most 100')
    const rows = rowsOf(url.pathname.slice('/v1/'.length), url.searchParams)
    if (!rows) return refuse(404, 'Unrecognized request URL')
    const from = Number(url.searchParams.get('created[gte]') ?? 0)
    const to = Number(url.searchParams.get('created[lt]') ?? 1e12)
    const inside = rows.filter(({ created }) => created >= from && created < to)
    const start = inside.findIndex(({ id }) => id === url.searchParams.get('starting_after')) + 1
    const data = inside.slice(start, start + limit)
    return Response.json({ object: 'list', data, has_more: start + limit < inside.length })
  }

  return { hosts: ['api.stripe.com'], answer, key }
}
