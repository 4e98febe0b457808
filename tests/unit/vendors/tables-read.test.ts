// Sheets, CSVs and JSON lists behind an address, read again and again as tables: the same rules as an imported file.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createReaders } from '../../../src/connectors/readers.ts'
import type { SaleEventFact } from '../../../src/modules/mini-foundry/domain/facts.ts'
import type { ReadContext } from '../../../src/platform/source-reader.ts'
import { NOW, reach, settingsWith } from '../../support/vendors/reach.ts'
import {
  createApiStandIn,
  createFilesStandIn,
  createSheetsStandIn,
} from '../../support/vendors/tables/sheets.ts'

afterEach(() => void vi.unstubAllGlobals())

const SHEET = '1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789'
const ORDERS = [
  ['Order', 'Date', 'Customer', 'Item', 'Qty', 'Price'],
  ['1001', '2026-10-01', 'Ann', 'Lamp', 2, 49.5],
  ['1001', '2026-10-01', 'Ann', 'Bulb', 1, 5],
  ['1002', '2026-10-02', 'Ben', 'Lamp', 1, 49.5],
  ['', '', '', '', '', ''],
  ['1003', 'soon', 'Cleo', 'Lamp', 1, 49.5],
]

function readerOf(kind: string) {
  const found = createReaders(settingsWith(), { allowPrivate: [] }).find((reader) => reader.kind === kind)
  if (!found) throw new Error(`no reader ${kind}`)
  return found
}

const contextWith = (more: Partial<ReadContext>): ReadContext => ({
  credentials: {},
  account: 'a',
  app: null,
  settings: {},
  timeZone: 'Europe/Warsaw',
  currency: 'PLN',
  now: NOW,
  take: async () => 0,
  ...more,
})

const request = { stream: 'rows', mode: 'incremental' as const, window: { from: 0, to: NOW }, state: null }

async function factsOf(kind: string, context: ReadContext, mapping: Record<string, unknown> | null = null) {
  const reader = readerOf(kind)
  const page = await reader.read(request, context)
  if (!page.ok) throw new Error(page.error.detail)
  const { timeZone, currency, settings, now } = context
  return {
    page: page.value,
    facts: reader.normalise('rows', page.value.raw ?? '', { timeZone, currency, settings, mapping, now }),
  }
}

const totals = (events: SaleEventFact[] = []) =>
  events.map(({ orderExtId, net }) => [orderExtId, net / 10_000])

describe('a Google sheet', () => {
  const settings = {
    spreadsheet: `https://docs.google.com/spreadsheets/d/${SHEET}/edit#gid=0`,
    kind: 'orders',
  }
  const sheet = (token = 'sheet-token') => contextWith({ credentials: { accessToken: token }, settings })

  test('gives its rows as orders, and names the row that cannot be read', async () => {
    reach(createSheetsStandIn({ sheets: { [SHEET]: ORDERS } }))
    const { page, facts } = await factsOf('google_sheets', sheet())
    expect([page.done, page.records, page.expected]).toEqual([true, 4, 4])
    expect(totals(facts.batch.events)).toEqual([
      ['1001', 99],
      ['1001', 5],
      ['1002', 49.5],
    ])
    expect(facts.batch.events?.[0]).toMatchObject({ currency: 'PLN', businessDay: '2026-10-01' })
    expect(facts.refused).toHaveLength(1)
    expect(facts.refused[0]).toMatchObject({ extId: 'row 5' })
    expect(facts.refused[0]?.reason).toContain('Date')
  })

  test('read again gives the same facts under the same ids', async () => {
    reach(createSheetsStandIn({ sheets: { [SHEET]: ORDERS } }))
    const [first, second] = [await factsOf('google_sheets', sheet()), await factsOf('google_sheets', sheet())]
    expect(second.facts).toEqual(first.facts)
  })

  test('whose mapped column is gone says so, and says what is missing', async () => {
    reach(createSheetsStandIn({ sheets: { [SHEET]: ORDERS } }))
    const mapping = { Order: 'order_id', 'Day of sale': 'date', Price: 'unit_price' }
    const { facts } = await factsOf('google_sheets', sheet(), mapping)
    expect(facts.drift).toMatchObject([{ path: 'Day of sale', change: 'missing' }])
    expect(facts.refused[0]?.reason).toContain('No column is mapped to order date')
    expect(facts.batch).toEqual({})
  })

  test.each([
    ['a token that has ended', 'other', SHEET, 'unauthenticated'],
    ['a spreadsheet that is not ours to see', 'sheet-token', 'x'.repeat(30), 'invalid'],
  ])('with %s is refused in words', async (_, token, id, kind) => {
    reach(createSheetsStandIn({ sheets: { [SHEET]: ORDERS } }))
    const context = contextWith({
      credentials: { accessToken: token },
      settings: { spreadsheet: id, kind: 'orders' },
    })
    expect(await readerOf('google_sheets').read(request, context)).toMatchObject({
      ok: false,
      error: { kind },
    })
  })

  test('beyond sixty reads a minute waits as long as Google says', async () => {
    const standIn = createSheetsStandIn({ sheets: { [SHEET]: ORDERS } })
    reach(standIn)
    for (let n = 0; n < 60; n++) await readerOf('google_sheets').read(request, sheet())
    expect(await readerOf('google_sheets').read(request, sheet())).toMatchObject({
      error: { kind: 'rate_limited', retryAfter: 30 },
    })
  })

  test('waits its turn at the gate without asking Google', async () => {
    const standIn = createSheetsStandIn({ sheets: { [SHEET]: ORDERS } })
    reach(standIn)
    const page = await readerOf('google_sheets').read(request, { ...sheet(), take: async () => 700 })
    expect([page.ok && page.value.waitMs, standIn.reads]).toEqual([700, 0])
  })

  test.each([
    [{ spreadsheet: 'hello', kind: 'orders' }, 'spreadsheet'],
    [{ spreadsheet: SHEET, kind: 'stars' }, 'kind'],
  ])('chosen as %o is refused at %s', (chosen, path) => {
    expect(readerOf('google_sheets').settingsFault?.(chosen)?.path).toBe(path)
    expect(readerOf('google_sheets').settingsFault?.(settings)).toBeNull()
  })
})

describe('any HTTP API', () => {
  const items = Array.from({ length: 25 }, (_, n) => ({
    id: 5000 + n,
    placed_at: `2026-09-${String((n % 28) + 1).padStart(2, '0')}T10:00:00Z`,
    customer: { name: `Customer ${n}`, email: `c${n}@example.com` },
    amount: { value: '12.50', currency: 'EUR' },
  }))
  const mapping = {
    id: 'order_id',
    placed_at: 'date',
    'customer.email': 'customer_email',
    'amount.value': 'line_total',
    'amount.currency': 'currency',
  }
  const api = (settings: Record<string, unknown>, key = 'k-1') =>
    contextWith({
      credentials: { baseUrl: 'https://api.shop.example/v1', headerName: 'X-Api-Key', headerValue: key },
      settings: { kind: 'orders', path: '/orders', items: 'data.orders', ...settings },
    })

  test.each([
    ['page', { page: 'page' }],
    ['cursor', { next: 'meta.next', cursor: 'after' }],
    ['link', { next: 'meta.next' }],
  ] as const)('gives all of its list, page by page by %s', async (paging, settings) => {
    reach(createApiStandIn({ key: 'k-1', items, pageSize: 10, paging }))
    const { page, facts } = await factsOf('http', api(settings), mapping)
    expect(page.records).toBe(25)
    expect(facts.batch.events).toHaveLength(25)
    expect(facts.batch.events?.[3]).toMatchObject({ orderExtId: '5003', net: 125_000, currency: 'EUR' })
    expect(facts.refused).toEqual([])
  })

  test('is never followed to another host, where the key would go along', async () => {
    const asked = reach(createApiStandIn({ key: 'k-1', items, pageSize: 10, paging: 'elsewhere' }))
    const { page } = await factsOf('http', api({ next: 'meta.next' }), mapping)
    expect(page.records).toBe(10)
    expect(asked.every((one) => one.includes('api.shop.example'))).toBe(true)
  })

  test.each([
    [{ items: 'data.sales' }, 'no-list', 'k-1'],
    [{ path: '/broken' }, 'not-json', 'k-1'],
    [{ path: '/nowhere' }, 'vendor-refused', 'k-1'],
    [{}, 'reconnect', 'wrong'],
  ])('with %o answers %s in words', async (settings, slug, key) => {
    reach(createApiStandIn({ key: 'k-1', items, pageSize: 10, paging: 'page' }))
    expect(await readerOf('http').read(request, api(settings, key))).toMatchObject({
      ok: false,
      error: { slug },
    })
  })

  test.each([
    [{ path: 'orders' }, 'path'],
    [{ path: '/orders', items: 'data[0]' }, 'items'],
    [{ path: '/orders', page: 'a b' }, 'page'],
  ])('set up as %o is refused at %s', (settings, path) => {
    expect(readerOf('http').settingsFault?.({ kind: 'orders', ...settings })?.path).toBe(path)
  })
})

describe('a CSV behind an address', () => {
  const at = (path: string) =>
    contextWith({
      credentials: { baseUrl: 'https://files.shop.example' },
      settings: { kind: 'spend', path },
    })

  test('is read whatever its delimiter', async () => {
    reach(
      createFilesStandIn({
        '/ads.csv':
          '\uFEFFDate;Campaign;Channel;Cost\r\n2026-10-01;Autumn;Radio;1.250,50\r\n2026-10-02;Autumn;Radio;99,00\r\n',
      }),
    )
    const { facts } = await factsOf('csv_url', at('/ads.csv'))
    expect(facts.batch.spend?.map(({ day, spend }) => [day, spend / 10_000])).toEqual([
      ['2026-10-01', 1250.5],
      ['2026-10-02', 99],
    ])
  })

  test('that is a page to sign in says how to publish it', async () => {
    reach(createFilesStandIn({}))
    expect(await readerOf('csv_url').read(request, at('/gone.csv'))).toMatchObject({
      error: { slug: 'not-a-csv' },
    })
  })

  test('without a header, or too long, is refused', async () => {
    const long = `Date,Cost\n${'2026-10-01,1\n'.repeat(20_001)}`
    reach(createFilesStandIn({ '/empty.csv': '\n', '/long.csv': long }))
    expect(await readerOf('csv_url').read(request, at('/empty.csv'))).toMatchObject({
      error: { slug: 'table-empty' },
    })
    expect(await readerOf('csv_url').read(request, at('/long.csv'))).toMatchObject({
      error: { slug: 'table-too-long' },
    })
  })
})
