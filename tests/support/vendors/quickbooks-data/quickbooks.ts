/**
 * QuickBooks' data as its documents describe it, over books made by a seed. Own code only. Refuses: a token or a company
 * it does not know (401, 403), too many calls (429, code 003001), a query that does not parse, an entity that is unknown,
 * more than 1,000 results, changes older than 30 days (400, each with a Fault), a report over more than six months.
 */
import { type Books, type BooksOptions, createBooks, pacific, type Thing } from './books.ts'
import { answerQuery, BadQuery } from './query.ts'

export interface QuickbooksDataOptions extends BooksOptions {
  token?: string
  realm?: string
  /** Every n-th call is one too many. */
  busyEvery?: number
  home?: string
}

const MOST_CHANGES = 1_000
const DAY = 86_400_000
const cents = (value: unknown) => Math.round(Number(value ?? 0) * 100)
const major = (value: number) => (value / 100).toFixed(2)

export function createQuickbooksDataStandIn(options: QuickbooksDataOptions) {
  const { token = 'qb-token', realm = '4620816365000000000', busyEvery = 0, until, home = 'USD' } = options
  const books = createBooks(options)
  const deleted: { entity: string; object: Thing }[] = []
  let calls = 0

  /** Changes a record as a person would; `at` is the moment of it. */
  function edit(entity: string, id: string, change: object, at: number): void {
    const found = books[entity]?.find(({ Id }) => Id === id)
    if (!found) throw new Error(`no ${entity} ${id}`)
    Object.assign(found, change, { SyncToken: String(Number(found.SyncToken) + 1) })
    found.MetaData = { ...found.MetaData, LastUpdatedTime: pacific(at) }
  }

  function remove(entity: string, id: string, at: number): void {
    books[entity] = (books[entity] ?? []).filter(({ Id }) => Id !== id)
    const MetaData = { CreateTime: pacific(at), LastUpdatedTime: pacific(at) }
    deleted.push({
      entity,
      object: { Id: id, SyncToken: '1', MetaData, domain: 'QBO', status: 'Deleted' } as Thing,
    })
  }

  function changes(query: URLSearchParams): Response {
    const since = Date.parse(query.get('changedSince') ?? '')
    if (Number.isNaN(since) || since < until - 30 * DAY)
      return fault(400, 'ValidationFault', '2170', 'changedSince must be within 30 days')
    const names = (query.get('entities') ?? '').split(',')
    const strange = names.find((name) => !books[name])
    if (strange !== undefined) return fault(400, 'ValidationFault', '2180', `Unknown entity ${strange}`)
    const all = names.flatMap((entity) => [
      ...(books[entity] ?? []).map((object) => ({ entity, object })),
      ...deleted.filter((one) => one.entity === entity),
    ])
    const found = all
      .filter(({ object }) => Date.parse(object.MetaData.LastUpdatedTime) >= since)
      .slice(0, MOST_CHANGES)
    const QueryResponse = names.map((entity) => {
      const rows = found.filter((one) => one.entity === entity).map(({ object }) => object)
      return rows.length > 0 ? { [entity]: rows, startPosition: 1, maxResults: rows.length } : {}
    })
    return json({ CDCResponse: [{ QueryResponse }], time: pacific(until) })
  }

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url)
    const [, , company, path = ''] = /^\/v3\/(company)\/(\d+)\/(.+)$/.exec(url.pathname) ?? []
    if (request.headers.get('Authorization') !== `Bearer ${token}`)
      return fault(401, 'AUTHENTICATION', '3200', 'message=AuthenticationFailed')
    if (company !== realm) return fault(403, 'AuthorizationFault', '3100', 'Forbidden')
    if (busyEvery > 0 && ++calls % busyEvery === 0)
      return fault(429, 'THROTTLED', '003001', 'message=ThrottleExceeded; errorCode=003001; statusCode=429')
    if (path === 'preferences')
      return json({ Preferences: { CurrencyPrefs: { HomeCurrency: { value: home } } } })
    if (path === 'cdc') return changes(url.searchParams)
    if (path === 'reports/ProfitAndLoss') return profitAndLoss(books, url.searchParams)
    if (path !== 'query') return fault(404, 'ValidationFault', '610', 'Object Not Found')
    try {
      const found = answerQuery(books, url.searchParams.get('query') ?? '')
      return json({ QueryResponse: found, time: pacific(until) })
    } catch (error) {
      if (error instanceof BadQuery) return fault(400, 'ValidationFault', '4000', error.message)
      throw error
    }
  }

  return { hosts: ['quickbooks.api.intuit.com'], revoked: [], answer, token, realm, books, edit, remove }
}

/** Income less what was taken back, day by day; void records hold nothing. */
function profitAndLoss(books: Books, query: URLSearchParams): Response {
  const from = Date.parse(query.get('start_date') ?? '')
  const to = Date.parse(query.get('end_date') ?? '')
  if (!(to >= from) || to - from > 184 * DAY)
    return fault(400, 'ValidationFault', '2020', 'The range of dates is not valid')
  const days = Array.from({ length: (to - from) / DAY + 1 }, (_, n) =>
    new Date(from + n * DAY).toISOString().slice(0, 10),
  )
  const income = (day: string) => {
    let total = 0
    for (const entity of ['Invoice', 'SalesReceipt', 'RefundReceipt', 'CreditMemo'])
      for (const row of books[entity] ?? []) {
        const tax = (row.TxnTaxDetail as { TotalTax?: number } | undefined)?.TotalTax
        const sign = entity === 'RefundReceipt' || entity === 'CreditMemo' ? -1 : 1
        if (row.TxnDate === day) total += sign * (cents(row.TotalAmt) - cents(tax))
      }
    return total
  }
  const perDay = days.map(income)
  const cells = perDay.map((value) => ({ value: value === 0 ? '' : major(value) }))
  const all = { value: major(perDay.reduce((sum, value) => sum + value, 0)) }
  const money = (start: string, end: string, title: string) => ({
    ...{ ColTitle: title, ColType: 'Money' },
    MetaData: [
      { Name: 'StartDate', Value: start },
      { Name: 'EndDate', Value: end },
    ],
  })
  const total = { ColTitle: 'Total', ColType: 'Money', MetaData: [{ Name: 'ColKey', Value: 'total' }] }
  const summary = (title: string) => ({ ColData: [{ value: title }, ...cells, all] })
  return json({
    Header: { ReportName: 'ProfitAndLoss', ReportBasis: 'Accrual', Currency: 'USD' },
    Columns: {
      Column: [{ ColTitle: '', ColType: 'Account' }, ...days.map((day) => money(day, day, day)), total],
    },
    Rows: {
      Row: [
        {
          ...{ type: 'Section', group: 'Income', Summary: summary('Total Income') },
          Rows: { Row: [{ type: 'Data', ColData: [{ value: 'Sales', id: '5' }, ...cells, all] }] },
        },
        { type: 'Section', group: 'NetIncome', Summary: summary('Net Income') },
      ],
    },
  })
}

const json = (body: unknown, status = 200): Response => Response.json(body, { status })

const fault = (status: number, type: string, code: string, Detail: string): Response =>
  json(
    { Fault: { Error: [{ Message: 'Request has invalid or unsupported property', Detail, code }], type } },
    status,
  )
