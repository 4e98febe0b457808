/**
 * HubSpot's records as its documents describe them, made by a seed. Own code only. Refuses: a token it does not know
 * (401), a missing permission (403 MISSING_SCOPES), too many calls (429 with policyName SECONDLY or DAILY), more than 200
 * results of a search, results beyond the 10,000th, more than 100 of a list or of a read by ids (400).
 */
export interface HubspotDataOptions {
  seed: number
  contacts: number
  deals: number
  emails?: number
  /** Milliseconds of the newest change; the others lie a minute apart before it. */
  until: number
  token?: string
  /** Permissions that the token lacks. */
  without?: readonly string[]
  busy?: 'SECONDLY' | 'DAILY'
}

export interface Row {
  id: string
  properties: Record<string, string | null>
  createdAt: string
  updatedAt: string
  archived: boolean
  archivedAt?: string
}

const MINUTE = 60_000
const iso = (ms: number) => new Date(ms).toISOString()
const CHANGED: Record<string, string> = { contacts: 'lastmodifieddate', deals: 'hs_lastmodifieddate' }
const STAGES = [
  { id: 'new', label: 'New', metadata: { isClosed: 'false', probability: '0.2' } },
  { id: 'closedwon', label: 'Won', metadata: { isClosed: 'true', probability: '1.0' } },
  { id: 'closedlost', label: 'Lost', metadata: { isClosed: 'true', probability: '0.0' } },
]

export function createHubspotDataStandIn(options: HubspotDataOptions) {
  const { seed, until, token = 'pat-standin', without = [], busy, emails = 0 } = options
  const row = (kind: string, n: number, properties: Row['properties']): Row => {
    const at = until - n * MINUTE
    return {
      id: String(1000 + n),
      properties: {
        ...properties,
        createdate: iso(at),
        hs_object_id: String(1000 + n),
        [CHANGED[kind] ?? '']: iso(at),
      },
      ...{ createdAt: iso(at), updatedAt: iso(at), archived: false },
    }
  }
  const contacts = Array.from({ length: options.contacts }, (_, n) =>
    row('contacts', n, {
      ...{ email: `p${n}@example.com`, firstname: `Ann ${seed}`, lastname: `No ${n}`, phone: null },
      ...{ company: n % 2 ? 'Acme' : '', lifecyclestage: n % 3 ? 'lead' : 'customer' },
    }),
  )
  const deals = Array.from({ length: options.deals }, (_, n) =>
    row('deals', n, {
      ...{ dealname: `Deal ${n}`, amount: n % 7 ? `${n * 10}.${String(n % 100).padStart(2, '0')}` : null },
      ...{ pipeline: 'default', dealstage: STAGES[n % 3]?.id ?? '', closedate: iso(until - n * MINUTE) },
      deal_currency_code: n % 2 ? 'EUR' : null,
    }),
  )
  const objects: Record<string, Row[]> = { contacts, deals }

  const edit = (kind: string, id: string, properties: Row['properties'], at: number) => {
    const found = objects[kind]?.find((one) => one.id === id)
    if (!found) throw new Error(`no ${kind} ${id}`)
    Object.assign(found.properties, properties, { [CHANGED[kind] ?? '']: iso(at) })
    found.updatedAt = iso(at)
  }
  const archive = (kind: string, id: string, at: number) => {
    const found = objects[kind]?.find((one) => one.id === id)
    if (found) Object.assign(found, { archived: true, archivedAt: iso(at) })
  }
  const ofDeal = (id: string) => contacts[Number(id) % Math.max(1, contacts.length)]?.id

  function search(kind: string, body: SearchBody): Response {
    const { filterGroups = [], sorts = [], limit = 10, after = '0' } = body
    if (limit > 200) return refuse(400, 'limit must be at most 200')
    if (Number(after) + limit > 10_000) return refuse(400, 'paging past 10,000 results is not possible')
    const filters = filterGroups[0]?.filters ?? []
    const field = sorts[0]?.propertyName ?? 'createdate'
    const found = (objects[kind] ?? [])
      .filter((one) => !one.archived && filters.every((filter) => holds(one, filter)))
      .sort((a, b) => numberOf(a, field) - numberOf(b, field))
    const start = Number(after)
    const results = found.slice(start, start + limit)
    const isMore = start + limit < found.length
    return Response.json({
      total: found.length,
      results,
      ...(isMore ? { paging: { next: { after: String(start + limit) } } } : {}),
    })
  }

  function list(kind: string, query: URLSearchParams): Response {
    const limit = Number(query.get('limit') ?? 10)
    if (limit > 100) return refuse(400, 'limit must be at most 100')
    const wanted = query.get('archived') === 'true'
    const all = (objects[kind] ?? []).filter(({ archived }) => archived === wanted)
    const start = all.findIndex(({ id }) => id === query.get('after')) + 1
    const page = all.slice(start, start + limit)
    const results = page.map((one) =>
      query.get('associations') === 'contacts'
        ? {
            ...one,
            associations: { contacts: { results: [{ id: ofDeal(one.id), type: 'deal_to_contact' }] } },
          }
        : one,
    )
    const isMore = start + limit < all.length
    return Response.json({ results, ...(isMore ? { paging: { next: { after: page.at(-1)?.id } } } : {}) })
  }

  function marketing(): Response {
    if (without.includes('content')) return noScope()
    const results = Array.from({ length: emails }, (_, n) => ({
      ...{ id: String(9000 + n), name: `Newsletter ${n}`, publishDate: iso(until - n * 1440 * MINUTE) },
      stats: {
        counters: n === 0 ? { sent: 0 } : { sent: 500, delivered: 490 - n, open: 200, click: 30 + n },
      },
    }))
    return Response.json({ total: emails, results })
  }

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url)
    if (request.headers.get('Authorization') !== `Bearer ${token}`)
      return Response.json({ status: 'error', category: 'INVALID_AUTHENTICATION' }, { status: 401 })
    if (busy)
      return Response.json(
        {
          status: 'error',
          errorType: 'RATE_LIMIT',
          message: 'You have reached your limit.',
          policyName: busy,
        },
        { status: 429 },
      )
    if (url.pathname === '/marketing/v3/emails') return marketing()
    if (url.pathname === '/crm/v3/pipelines/deals')
      return Response.json({ results: [{ id: 'default', label: 'Sales', stages: STAGES }] })
    const body = request.method === 'POST' ? ((await request.json()) as Body) : {}
    if (url.pathname === '/crm/v4/associations/deals/contacts/batch/read')
      return Response.json({
        results: (body.inputs ?? []).map(({ id }) => ({
          from: { id },
          to: [{ toObjectId: Number(ofDeal(id)) }],
        })),
      })
    const [, kind = '', rest = ''] = /^\/crm\/v3\/objects\/(contacts|deals)(\/.+)?$/.exec(url.pathname) ?? []
    if (!kind) return refuse(404, 'not found')
    if (without.includes(`crm.objects.${kind}.read`)) return noScope()
    if (rest === '/search') return search(kind, body)
    if (rest !== '/batch/read') return list(kind, url.searchParams)
    const ids = (body.inputs ?? []).map(({ id }) => id)
    if (ids.length > 100) return refuse(400, 'at most 100 inputs')
    const wanted = url.searchParams.get('archived') === 'true'
    const results = (objects[kind] ?? []).filter((one) => ids.includes(one.id) && one.archived === wanted)
    return Response.json({ status: 'COMPLETE', results })
  }

  return { hosts: ['api.hubapi.com'], revoked: [], answer, token, objects, edit, archive }
}

interface Filter {
  propertyName: string
  operator: string
  value: string
}
interface SearchBody {
  filterGroups?: { filters: Filter[] }[]
  sorts?: { propertyName: string }[]
  limit?: number
  after?: string
}
type Body = SearchBody & { inputs?: { id: string }[] }

/** Times are compared by the instant, ids by their number. */
function numberOf(row: Row, field: string): number {
  const text = row.properties[field] ?? ''
  return /^\d{4}-\d{2}-/.test(text) ? Date.parse(text) : Number(text)
}

function holds(row: Row, { propertyName, operator, value }: Filter): boolean {
  const own = numberOf(row, propertyName)
  if (operator === 'GTE') return own >= Number(value)
  return operator === 'GT' ? own > Number(value) : own === Number(value)
}

const refuse = (status: number, message: string) =>
  Response.json({ status: 'error', category: 'VALIDATION_ERROR', message }, { status })

const noScope = () =>
  Response.json(
    { status: 'error', message: 'This app lacks scopes', category: 'MISSING_SCOPES' },
    { status: 403 },
  )
