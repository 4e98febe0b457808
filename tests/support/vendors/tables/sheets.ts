/**
 * Stand-ins of Google Sheets, of any HTTP API and of a web server with a CSV, after their documents. Own code only.
 * Refuses: a token it never gave (401), a spreadsheet that the account may not see (404), a range it cannot parse (400),
 * more than 60 reads a minute (429 with Retry-After).
 */
const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })

const googleError = (status: number, code: string, message: string, headers: Record<string, string> = {}) =>
  json({ error: { code: status, message, status: code } }, status, headers)

export interface SheetsOptions {
  token?: string
  sheets: Record<string, (string | number | boolean)[][]>
}

export function createSheetsStandIn({ token = 'sheet-token', sheets }: SheetsOptions) {
  let reads = 0
  return {
    hosts: ['sheets.googleapis.com'],
    revoked: [] as string[],
    get reads() {
      return reads
    },
    answer(request: Request): Response {
      const url = new URL(request.url)
      if (request.headers.get('Authorization') !== `Bearer ${token}`)
        return googleError(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.')
      if (++reads > 60)
        return googleError(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded', { 'Retry-After': '30' })
      const found = /^\/v4\/spreadsheets\/([\w-]+)\/values\/(.+)$/.exec(url.pathname)
      const values = sheets[found?.[1] ?? '']
      if (!found || !values) return googleError(404, 'NOT_FOUND', 'Requested entity was not found.')
      const range = decodeURIComponent(found[2] ?? '')
      if (!/^'[^']+'![A-Z]+\d+:[A-Z]+\d+$|^[A-Z]+\d+:[A-Z]+\d+$/.test(range))
        return googleError(400, 'INVALID_ARGUMENT', `Unable to parse range: ${range}`)
      // trailing empty cells and rows are left out, as the API does
      return json({ range: `Sheet1!${range}`, majorDimension: 'ROWS', values })
    },
  }
}

export interface ApiOptions {
  key: string
  items: unknown[]
  pageSize: number
  /** How the next page is named. */
  paging: 'page' | 'cursor' | 'link' | 'elsewhere'
}

/** A REST API that asks for a key and gives its list in pages, inside an envelope. */
export function createApiStandIn({ key, items, pageSize, paging }: ApiOptions) {
  return {
    hosts: ['api.shop.example'],
    revoked: [] as string[],
    answer(request: Request): Response {
      const url = new URL(request.url)
      if (request.headers.get('X-Api-Key') !== key) return json({ error: 'key' }, 401)
      if (url.pathname === '/v1/broken') return new Response('<html>oops</html>', { status: 200 })
      if (url.pathname !== '/v1/orders') return json({ error: 'not found' }, 404)
      const at = Number(url.searchParams.get('page') ?? 1) - 1 || Number(url.searchParams.get('after') ?? 0)
      const list = items.slice(at * pageSize, (at + 1) * pageSize)
      const more = (at + 1) * pageSize < items.length
      const next =
        paging === 'cursor'
          ? String(at + 1)
          : paging === 'elsewhere'
            ? 'https://evil.example/v1/orders'
            : `https://api.shop.example/v1/orders?after=${at + 1}`
      const meta = paging === 'page' ? {} : { next: more ? next : null }
      return json({ data: { orders: list }, meta })
    },
  }
}

/** A web server that serves files, or a page where none is. */
export function createFilesStandIn(files: Record<string, string>) {
  return {
    hosts: ['files.shop.example'],
    revoked: [] as string[],
    answer(request: Request): Response {
      const { pathname } = new URL(request.url)
      const text = files[pathname]
      return text === undefined
        ? new Response('<!doctype html><title>Sign in</title>', { headers: { 'Content-Type': 'text/html' } })
        : new Response(text, { headers: { 'Content-Type': 'text/csv' } })
    },
  }
}
