/**
 * Stand-ins of Meta's Marketing API and of Google Ads, after their documents. Own code only. Refuse: a token they never
 * gave (190 / 401), a version that is gone (404), a call without `appsecret_proof` (100), insights older than 37 months
 * (3018), too many calls (17 / RESOURCE_EXHAUSTED), no developer token (401), a query without a date (400).
 */
export interface AdDay {
  campaign: string
  name: string
  day: string
  spend: string
  clicks: number
  impressions: number
  purchases: number
  value: string
}

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
const graphError = (code: number, message: string, status = 400) => json({ error: { code, message } }, status)

export interface AdsOptions {
  token?: string
  today: string
  days: AdDay[]
  pageSize?: number
  /** Every n-th call is one too many. */
  busyEvery?: number
}

export function createMetaStandIn({
  token = 'meta-token',
  today,
  days,
  pageSize = 500,
  busyEvery,
}: AdsOptions) {
  let calls = 0
  return {
    hosts: ['graph.facebook.com'],
    revoked: [] as string[],
    answer(request: Request): Response {
      const url = new URL(request.url)
      calls++
      if (request.headers.get('Authorization') !== `Bearer ${token}`)
        return graphError(190, 'Error validating access token', 401)
      if (!url.pathname.startsWith('/v25.0/')) return graphError(2635, 'You are calling a deprecated version')
      if (!url.searchParams.get('appsecret_proof'))
        return graphError(100, 'API calls from the server require an appsecret_proof argument')
      if (busyEvery && calls % busyEvery === 0) return graphError(17, 'User request limit reached')
      const path = url.pathname.replace('/v25.0/', '')
      if (path === 'me/adaccounts') return json({ data: [{ account_id: '111', id: 'act_111' }] })
      if (path !== 'act_111/insights') return graphError(100, 'Unsupported get request', 404)
      const range = JSON.parse(url.searchParams.get('time_range') ?? 'null') as {
        since: string
        until: string
      } | null
      if (!range || range.since > range.until) return graphError(100, 'Invalid time_range')
      const oldest = `${Number(today.slice(0, 4)) - 3}${today.slice(4)}`
      if (range.since < oldest)
        return graphError(3018, 'The start date of the time range cannot be beyond 37 months')
      const found = days.filter(({ day }) => day >= range.since && day <= range.until)
      const at = Number(url.searchParams.get('after') ?? 0)
      const limit = Math.min(pageSize, Number(url.searchParams.get('limit') ?? 25))
      const page = found.slice(at, at + limit)
      const more = at + limit < found.length
      return json({
        data: page.map((row) => ({
          campaign_id: row.campaign,
          campaign_name: row.name,
          account_currency: 'USD',
          date_start: row.day,
          date_stop: row.day,
          spend: row.spend,
          clicks: String(row.clicks),
          impressions: String(row.impressions),
          actions: [
            { action_type: 'link_click', value: String(row.clicks) },
            { action_type: 'omni_purchase', value: String(row.purchases) },
            { action_type: 'purchase', value: String(row.purchases) },
          ],
          action_values: [{ action_type: 'omni_purchase', value: row.value }],
        })),
        paging: {
          cursors: { before: String(at), after: String(at + limit) },
          ...(more ? { next: 'https://graph.facebook.com/next' } : {}),
        },
      })
    },
  }
}

export function createGoogleAdsStandIn({ token = 'ads-token', days }: AdsOptions) {
  return {
    hosts: ['googleads.googleapis.com'],
    revoked: [] as string[],
    async answer(request: Request): Promise<Response> {
      const url = new URL(request.url)
      const error = (status: number, code: string) =>
        json([{ error: { code: status, status: code } }], status)
      if (request.headers.get('Authorization') !== `Bearer ${token}`) return error(401, 'UNAUTHENTICATED')
      if (!request.headers.get('developer-token')) return error(401, 'DEVELOPER_TOKEN_PARAMETER_MISSING')
      if (!/^\/v26\/customers\/\d{10}\/googleAds:searchStream$/.test(url.pathname))
        return error(404, 'NOT_FOUND')
      const { query } = (await request.json()) as { query: string }
      const dates = /segments\.date BETWEEN '(\d{4}-\d\d-\d\d)' AND '(\d{4}-\d\d-\d\d)'/.exec(query)
      if (!dates) return error(400, 'INVALID_ARGUMENT')
      const [, from = '', to = ''] = dates
      const results = days
        .filter(({ day }) => day >= from && day <= to)
        .map((row) => ({
          campaign: {
            resourceName: `customers/1/campaigns/${row.campaign}`,
            id: row.campaign,
            name: row.name,
          },
          segments: { date: row.day },
          customer: { resourceName: 'customers/1', currencyCode: 'USD' },
          metrics: {
            clicks: String(row.clicks),
            impressions: String(row.impressions),
            conversions: row.purchases,
            conversionsValue: Number(row.value),
            costMicros: String(Math.round(Number(row.spend) * 1_000_000)),
          },
        }))
      const half = Math.ceil(results.length / 2)
      return json([{ results: results.slice(0, half) }, { results: results.slice(half) }])
    },
  }
}
