/**
 * Stripe as its own documents describe it: lists newest first, objects by id, payouts with what they hold.
 * Webhook endpoints are made and removed; only the answer that makes one holds its secret.
 * Refuses: a wrong key (401), no version header, `limit` over 100 and unknown parameters (400), unknown paths (404).
 */
import { type AccountOptions, makeAccount, type StripeObject } from './account.ts'

const KNOWN =
  /^(limit|starting_after|payout|status|customer|type|types\[\]|expand\[\]|(created|arrival_date)\[(gte|gt|lte|lt)\])$/
const ACCOUNT = {
  ...{ object: 'account', id: 'acct_standin', email: 'owner@stand-in.example' },
  settings: { dashboard: { display_name: 'Corner Shop' } },
}

export function createStripeDataStandIn(options: AccountOptions) {
  const key = `rk_${options.livemode ? 'live' : 'test'}_standin`
  const account = makeAccount(options)
  const endpoints: { id: string; url: string; status: string; secret: string }[] = []
  let made = 0

  function listOf(path: string, query: URLSearchParams): Response {
    const of = query.get('payout')
    const rows = of && path === 'balance_transactions' ? account.linesOf(of) : account.lists[path]
    const limit = Number(query.get('limit') ?? 10)
    if (!rows) return refuse(404, 'Unrecognized request URL')
    if (!(limit >= 1 && limit <= 100)) return refuse(400, 'limit must be between 1 and 100')
    const inside = rows.filter((row) => isInside(row, query) && hasStatus(path, row, query))
    const start = inside.findIndex(({ id }) => id === query.get('starting_after')) + 1
    const data = inside.slice(start, start + limit)
    return Response.json({
      object: 'list',
      url: `/v1/${path}`,
      data,
      has_more: start + limit < inside.length,
    })
  }

  async function endpointsDoor(request: Request, id: string | undefined): Promise<Response> {
    const secretless = endpoints.map(({ secret: _hidden, ...endpoint }) => endpoint)
    if (request.method === 'GET') return Response.json({ object: 'list', data: secretless, has_more: false })
    if (request.method === 'DELETE') {
      const at = endpoints.findIndex((endpoint) => endpoint.id === id)
      if (at < 0) return refuse(404, `No such webhook endpoint: '${id}'`)
      endpoints.splice(at, 1)
      return Response.json({ id, object: 'webhook_endpoint', deleted: true })
    }
    const fields = new URLSearchParams(await request.text())
    const address = fields.get('url') ?? ''
    if (!address.startsWith('https://'))
      return refuse(400, 'Invalid URL: an explicit scheme (https) must be provided')
    if (fields.getAll('enabled_events[]').length === 0)
      return refuse(400, 'Missing required param: enabled_events')
    const number = ++made
    const endpoint = {
      ...{ object: 'webhook_endpoint', id: `we_${number}`, url: address, status: 'enabled' },
      ...{ livemode: options.livemode, secret: `whsec_standin${number}` },
    }
    endpoints.push(endpoint)
    return Response.json(endpoint)
  }

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url)
    if (request.headers.get('Authorization') !== `Bearer ${key}`)
      return refuse(401, 'Invalid API Key provided')
    if (!request.headers.get('Stripe-Version')) return refuse(400, 'Missing Stripe-Version')
    const strange = [...url.searchParams.keys()].find((name) => !KNOWN.test(name))
    if (strange) return refuse(400, `Received unknown parameter: ${strange}`)
    const [list = '', id] = url.pathname.slice('/v1/'.length).split('/')
    if (list === 'webhook_endpoints') return endpointsDoor(request, id)
    if (list === 'account') return Response.json(ACCOUNT)
    if (!id) return listOf(list, url.searchParams)
    const found = account.lists[list]?.find((row) => row.id === id)
    return found ? Response.json(found) : refuse(404, `No such ${list}: '${id}'`)
  }

  return { hosts: ['api.stripe.com'], revoked: [], answer, key, account, endpoints }
}

const refuse = (status: number, message: string) =>
  Response.json({ error: { type: 'invalid_request_error', message } }, { status })

/** `created` and `arrival_date` in half-open or closed windows. */
function isInside(row: StripeObject, query: URLSearchParams): boolean {
  return ['created', 'arrival_date'].every((field) => {
    const value = Number(row[field] ?? 0)
    const bound = (sign: string) => query.get(`${field}[${sign}]`)
    const [gte, gt, lte, lt] = [bound('gte'), bound('gt'), bound('lte'), bound('lt')]
    return (
      (gte === null || value >= Number(gte)) &&
      (gt === null || value > Number(gt)) &&
      (lte === null || value <= Number(lte)) &&
      (lt === null || value < Number(lt))
    )
  })
}

/** Without a word of `status` Stripe leaves ended subscriptions out; with `all` it gives every one. */
function hasStatus(path: string, row: StripeObject, query: URLSearchParams): boolean {
  const wanted = query.get('status') ?? (path === 'subscriptions' ? 'not-ended' : 'all')
  if (wanted === 'all') return true
  return wanted === 'not-ended' ? row.status !== 'canceled' : row.status === wanted
}
