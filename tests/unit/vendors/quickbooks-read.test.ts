// QuickBooks' books as facts: every record once, amounts to the cent, plain dates, changes and deletions, refusals in words.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createReaders } from '../../../src/connectors/readers.ts'
import type { FactBatch, FactKind } from '../../../src/modules/mini-foundry/domain/facts.ts'
import type { NormaliseContext, PageRequest, ReadContext } from '../../../src/platform/source-reader.ts'
import {
  createQuickbooksDataStandIn,
  type QuickbooksDataOptions,
} from '../../support/vendors/quickbooks-data/quickbooks.ts'
import { NOW, reach, settingsWith } from '../../support/vendors/reach.ts'
import { APP } from '../../support/vendors/stand-in.ts'

afterEach(() => void vi.unstubAllGlobals())

const DAY = 86_400_000
const reader = createReaders(settingsWith(), { allowPrivate: [] }).find(({ kind }) => kind === 'quickbooks')
if (!reader) throw new Error('no reader')

const standInOf = (more: Partial<QuickbooksDataOptions> = {}) =>
  createQuickbooksDataStandIn({ seed: 7, invoices: 120, days: 80, until: NOW, ...more })
type Made = ReturnType<typeof standInOf>

const contextOf = ({ token, realm }: Made, more: Partial<ReadContext> = {}): ReadContext => ({
  credentials: { accessToken: token, realmId: realm },
  account: realm,
  app: APP,
  settings: {},
  timeZone: 'Asia/Tokyo',
  currency: 'USD',
  now: NOW,
  take: async () => 0,
  ...more,
})
const normalising: NormaliseContext = {
  timeZone: 'Asia/Tokyo',
  currency: 'USD',
  settings: {},
  mapping: null,
  now: NOW,
}

/** The newest version of every fact, as landing keeps them. */
type Kept = Partial<Record<FactKind, Map<string, { deletedAt?: string | null; srcUpdatedAt: number }>>>

function land(kept: Kept, batch: FactBatch): void {
  for (const [kind, facts] of Object.entries(batch) as [
    FactKind,
    { extId: string; srcUpdatedAt: number }[],
  ][]) {
    if ((kind as string) === 'ifAbsent') continue
    const rows = kept[kind] ?? new Map()
    kept[kind] = rows
    for (const fact of facts)
      if (fact.srcUpdatedAt >= (rows.get(fact.extId)?.srcUpdatedAt ?? 0)) rows.set(fact.extId, fact)
  }
}

const live = <K extends FactKind>(kept: Kept, kind: K) =>
  [...(kept[kind]?.values() ?? [])].filter(({ deletedAt }) => !deletedAt) as NonNullable<FactBatch[K]>

async function readAll(
  made: Made,
  stream: string,
  more: Partial<PageRequest> = {},
  { kept = {} as Kept, ...context }: Partial<ReadContext> & { kept?: Kept } = {},
) {
  let state: unknown = null
  let records = 0
  let expected: number | undefined
  for (let turn = 0; turn < 200; turn++) {
    const request = { stream, mode: 'backfill' as const, window: { from: 0, to: NOW + 1 }, ...more, state }
    const page = await reader?.read(request, contextOf(made, context))
    if (!page?.ok) throw new Error(page?.error.detail)
    expected = page.value.expected ?? expected
    if (page.value.raw !== null) {
      const facts = reader?.normalise(stream, page.value.raw, normalising)
      expect(facts?.refused).toEqual([])
      land(kept, facts?.batch ?? {})
      records += page.value.records
    }
    if (page.value.done) return { kept, records, expected }
    state = JSON.parse(JSON.stringify(page.value.state))
  }
  throw new Error('it never ends')
}

const units = (value: unknown) => Math.round(Number(value) * 100) * 100
const total = <T>(rows: readonly T[], field: keyof T) =>
  rows.reduce((sum, row) => sum + Number(row[field]), 0)
const booked = (made: Made, entity: string, field: string) =>
  (made.books[entity] ?? []).reduce((sum, row) => sum + units(row[field]), 0)

describe('the past', () => {
  test('every invoice comes once, to the cent, and as many as were counted beforehand', async () => {
    const made = standInOf()
    reach(made)
    const { kept, records, expected } = await readAll(made, 'invoices')
    expect([records, expected]).toEqual([120, 120])
    const invoices = live(kept, 'invoices')
    expect(total(invoices, 'total')).toBe(booked(made, 'Invoice', 'TotalAmt'))
    expect(total(invoices, 'total') - total(invoices, 'paid')).toBe(booked(made, 'Invoice', 'Balance'))
    expect(invoices.filter(({ status }) => status === 'void')).toHaveLength(5)
  })

  test('a day of the books is never moved through a time zone', async () => {
    const made = standInOf()
    reach(made)
    const { kept } = await readAll(made, 'invoices')
    const days = live(kept, 'invoices').map(({ issuedDay }) => issuedDay)
    expect(days.sort()).toEqual(made.books.Invoice?.map(({ TxnDate }) => TxnDate).sort())
  })

  test('a paid invoice is paid on the day of its last payment', async () => {
    const made = standInOf()
    reach(made)
    const { kept } = await readAll(made, 'invoices')
    const dates = new Map(made.books.Payment?.map((row) => [row.Id, row.TxnDate]))
    const paid = live(kept, 'invoices').filter(({ status }) => status === 'paid')
    expect(paid.length).toBeGreaterThan(50)
    for (const { extId, paidDay } of paid) {
      const links = made.books.Invoice?.find(({ Id }) => Id === extId)?.LinkedTxn as { TxnId: string }[]
      expect(paidDay).toBe(dates.get(links[0]?.TxnId ?? ''))
    }
  })

  test('what is sold adds up to what QuickBooks calls income, day by day', async () => {
    const made = standInOf()
    reach(made)
    const { kept } = await readAll(made, 'invoices')
    await readAll(made, 'sales', {}, { kept })
    const days = { from: '2026-10-01', to: '2026-11-22' }
    const told = await reader.totals?.(days, contextOf(made))
    if (!told?.ok) throw new Error(told?.error.detail)
    const ours = new Map<string, number>()
    for (const { businessDay, net, counted } of live(kept, 'events'))
      if (counted) ours.set(businessDay, (ours.get(businessDay) ?? 0) + net)
    expect(told.value).toHaveLength(53)
    expect(told.value.some(({ value }) => value > 0)).toBe(true)
    for (const { measure, day, value } of told.value)
      expect([measure, day, value]).toEqual(['income', day, ours.get(day) ?? 0])
  })

  test('more records of one instant than a page holds all come', async () => {
    const made = standInOf({ invoices: 2600 })
    const at = made.books.Invoice?.[3]?.MetaData.LastUpdatedTime ?? ''
    for (const row of made.books.Invoice ?? []) row.MetaData.LastUpdatedTime = at
    reach(made)
    const { kept, records } = await readAll(made, 'invoices')
    expect([records, live(kept, 'invoices').length]).toEqual([2600, 2600])
  })

  test('records that change while we read push no other out of sight', async () => {
    const made = standInOf({ invoices: 2600 })
    const inner = made.answer
    let turns = 0
    const answer = async (request: Request) => {
      const found = await inner(request)
      const asked = new URL(request.url).searchParams.get('query') ?? ''
      // those just read move to the end, so an offset would skip as many
      if (asked.startsWith('select * from Invoice') && turns++ < 2)
        for (const { Id } of (made.books.Invoice ?? []).slice(0, 300))
          made.edit('Invoice', Id, {}, NOW + turns)
      return found
    }
    reach({ ...made, answer })
    const { kept } = await readAll(made, 'invoices', { mode: 'reconcile' })
    expect(live(kept, 'invoices')).toHaveLength(2600)
  })

  test('a window of the past holds what was last changed in it, its end not included', async () => {
    const made = standInOf()
    reach(made)
    const middle = NOW - 40 * DAY
    const older = await readAll(made, 'invoices', { window: { from: NOW - 200 * DAY, to: middle } })
    const newer = await readAll(made, 'invoices', { window: { from: middle, to: NOW + 1000 } })
    expect(older.records + newer.records).toBe(120)
    expect(older.records).toBeGreaterThan(30)
  })

  test('accounts carry the balance of today, and money in, out and owed agrees with them', async () => {
    const made = standInOf({ deposits: [{ day: '2026-11-20', amount: 123_456 }] })
    reach(made)
    const { kept } = await readAll(made, 'accounts')
    for (const stream of ['invoices', 'bills', 'deposits', 'sales', 'payments'])
      await readAll(made, stream, {}, { kept })
    const balance = (type: string) =>
      total(
        live(kept, 'accounts').filter((one) => one.type === type),
        'balance',
      )
    const credits = booked(made, 'CreditMemo', 'Balance')
    const open = total(live(kept, 'invoices'), 'total') - total(live(kept, 'invoices'), 'paid')
    expect(balance('receivable')).toBe(open - credits)
    expect(balance('payable')).toBe(total(live(kept, 'bills'), 'total') - total(live(kept, 'bills'), 'paid'))
    const out = booked(made, 'BillPayment', 'TotalAmt') + booked(made, 'Purchase', 'TotalAmt')
    expect(balance('bank')).toBe(total(live(kept, 'deposits'), 'amount') - out)
    expect(live(kept, 'deposits').filter(({ amount }) => amount === 12_345_600)).toHaveLength(1)
    expect(new Set(live(kept, 'accounts').map(({ day }) => day))).toEqual(new Set(['2026-11-23']))
  })

  test('only what lies on expense accounts is an expense: no equipment, no other side of a journal entry', async () => {
    const made = standInOf()
    reach(made)
    const { kept } = await readAll(made, 'expenses')
    const names = new Set(live(kept, 'expenses').map(({ category }) => category))
    expect(names).toEqual(new Set(['Rent', 'Office']))
    const rent = live(kept, 'expenses').filter(({ category }) => category === 'Rent')
    expect(total(rent, 'amount') * 3).toBe(booked(made, 'Purchase', 'TotalAmt'))
  })

  test('inactive items and customers come too, stock only of what is counted', async () => {
    const made = standInOf()
    reach(made)
    const { kept, expected } = await readAll(made, 'items')
    await readAll(made, 'customers', {}, { kept })
    expect([expected, live(kept, 'products').length, live(kept, 'customers').length]).toEqual([4, 4, 6])
    expect(live(kept, 'inventory').map(({ extId, onHand }) => [extId, onHand])).toEqual([
      ['11', 400_000],
      ['12', 370_000],
    ])
  })
})

describe('changes', () => {
  const since = { mode: 'incremental' as const, window: { from: NOW - 3_600_000, to: NOW } }

  test('an edited invoice loses the lines that it no longer has', async () => {
    const made = standInOf()
    reach(made)
    const { kept } = await readAll(made, 'invoices')
    const long = made.books.Invoice?.find(({ Line }) => (Line as object[]).length === 4)
    if (!long) throw new Error('no long invoice')
    made.edit('Invoice', long.Id, { Line: [(long.Line as object[])[0]] }, NOW - 60_000)
    await readAll(made, 'invoices', since, { kept })
    const lines = live(kept, 'events').filter(({ orderExtId }) => orderExtId === `Invoice:${long.Id}`)
    expect(lines.map(({ extId }) => extId)).toEqual([`Invoice:${long.Id}/0`])
  })

  test('a deleted record is gone with everything that followed from it', async () => {
    const made = standInOf()
    reach(made)
    const { kept } = await readAll(made, 'sales')
    const [receipt] = made.books.SalesReceipt ?? []
    made.remove('SalesReceipt', receipt?.Id ?? '', NOW - 60_000)
    const before = live(kept, 'payments').length
    await readAll(made, 'sales', since, { kept })
    expect(live(kept, 'payments')).toHaveLength(before - 1)
    expect(
      live(kept, 'events').filter(({ orderExtId }) => orderExtId === `SalesReceipt:${receipt?.Id}`),
    ).toEqual([])
  })

  test('a nightly re-read finds what was deleted, and counts only what is there', async () => {
    const made = standInOf()
    reach(made)
    const { kept } = await readAll(made, 'invoices')
    const { Id = '' } = made.books.Invoice?.at(-1) ?? {}
    made.remove('Invoice', Id, NOW - 60_000)
    const window = { from: NOW - 35 * DAY, to: NOW }
    const { records, expected } = await readAll(made, 'invoices', { mode: 'reconcile', window }, { kept })
    expect(live(kept, 'invoices')).toHaveLength(119)
    expect(records).toBe(expected)
  })

  test('when a thousand changes come back, the rest is asked for and none is lost', async () => {
    const made = standInOf({ invoices: 2300 })
    for (const { Id } of made.books.Invoice ?? []) made.edit('Invoice', Id, {}, NOW - 30 * 60_000)
    reach(made)
    const { kept } = await readAll(made, 'invoices', since)
    expect(live(kept, 'invoices')).toHaveLength(2300)
  })

  test('after a silence of more than 30 days nothing older is asked of the list of changes', async () => {
    const made = standInOf()
    const asked = reach(made)
    const { kept } = await readAll(made, 'invoices', { ...since, window: { from: NOW - 70 * DAY, to: NOW } })
    const changed = made.books.Invoice?.filter(
      ({ MetaData }) => Date.parse(MetaData.LastUpdatedTime) >= NOW - 70 * DAY,
    )
    expect(live(kept, 'invoices')).toHaveLength(changed?.length ?? -1)
    expect(asked.some((call) => call.includes('/cdc?'))).toBe(true)
  })

  test('a payment that is told of brings the invoice that it settles, a deleted one is looked for', async () => {
    const made = standInOf()
    reach(made)
    const payment = made.books.Payment?.[0]
    const gone = made.books.Payment?.[1]?.Id ?? ''
    made.remove('Payment', gone, NOW - 5_000)
    const ids = [`Payment:${payment?.Id}`, `Payment:${gone}`, 'Payment:999999', "Payment:1') or ('1"]
    const raw = await reader.fetch?.('payments', ids, contextOf(made))
    if (!raw?.ok) throw new Error(raw?.error.detail)
    const { batch, refused } = reader.normalise('payments', raw.value, normalising)
    expect(refused).toEqual([])
    expect(batch.payments?.map(({ extId, deletedAt }) => [extId, Boolean(deletedAt)])).toEqual([
      [`Payment:${payment?.Id}`, false],
      [`Payment:${gone}`, true],
    ])
    expect(batch.invoices?.[0]?.paidDay).toBe(payment?.TxnDate)
  })
})

describe('amounts and currencies', () => {
  const one = (object: object, more: object = {}, entity = 'Invoice') =>
    reader.normalise(
      'invoices',
      JSON.stringify({
        ...{ readAt: NOW, home: null, again: false, days: {}, accounts: {}, ...more },
        records: [
          { entity, object: { MetaData: { LastUpdatedTime: '2026-11-01T10:00:00-08:00' }, ...object } },
        ],
      }),
      normalising,
    )
  const invoice = {
    ...{ Id: '9', TxnDate: '2026-11-01', TotalAmt: '100.00', Balance: '0', SyncToken: '0' },
    CurrencyRef: { value: 'EUR' },
    ExchangeRate: '1.0837',
    Line: [{ Amount: '100.00', DetailType: 'SalesItemLineDetail', SalesItemLineDetail: {} }],
  }

  test('a foreign invoice is owed in its own currency and sold at the rate of the books', () => {
    const { batch } = one(invoice, { home: 'USD' })
    expect(batch.invoices?.[0]).toMatchObject({ currency: 'EUR', total: 1_000_000 })
    expect(batch.events?.[0]).toMatchObject({ currency: 'USD', net: 1_083_700 })
  })

  test('a record that cannot be read is refused by its id and stops no other', () => {
    const { batch, refused } = one({ ...invoice, TotalAmt: 'a lot' })
    expect([refused[0]?.extId, refused[0]?.reason, batch.invoices]).toEqual([
      '9',
      '"a lot" is no amount.',
      undefined,
    ])
  })

  test('many lines keep their sum when they share the last slot', () => {
    const line = { Amount: '1.10', DetailType: 'SalesItemLineDetail', SalesItemLineDetail: {} }
    const { batch } = one({ ...invoice, ExchangeRate: '1', Line: Array.from({ length: 50 }, () => line) })
    expect([batch.events?.length, total(batch.events ?? [], 'net')]).toEqual([20, 550_000])
  })
})

describe('refusals', () => {
  const ask = (made: Made, context: Partial<ReadContext> = {}, stream = 'invoices') =>
    reader.read(
      { stream, mode: 'backfill', window: { from: 0, to: NOW }, state: null },
      contextOf(made, context),
    )

  test('a token that ended asks for a new one, too many calls for patience, another company for an administrator', async () => {
    const made = standInOf({ busyEvery: 1 })
    reach(made)
    expect(await ask(made)).toMatchObject({ error: { kind: 'rate_limited' } })
    expect(await ask(made, { credentials: { accessToken: 'old' } })).toMatchObject({
      error: { kind: 'unauthenticated' },
    })
    const credentials = { accessToken: made.token, realmId: '1234567890' }
    expect(await ask(made, { credentials })).toMatchObject({ error: { kind: 'forbidden' } })
  })

  test('a turn at the gate that has not come is waited for without a call', async () => {
    const made = standInOf()
    const asked = reach(made)
    const page = await ask(made, { take: async () => 750 })
    expect([page, asked]).toMatchObject([{ value: { raw: null, done: false, waitMs: 750 } }, []])
  })

  test.each([
    ['a query that does not parse', 'query', { query: 'select * from Invoice where A or B' }, '4000'],
    ['an unknown entity', 'query', { query: 'select * from Unicorn' }, '4000'],
    ['more than a thousand results', 'query', { query: 'select * from Invoice maxresults 1001' }, '4000'],
    [
      'changes older than 30 days',
      'cdc',
      { entities: 'Invoice', changedSince: '2026-10-01T00:00:00Z' },
      '2170',
    ],
    [
      'a report of more than six months',
      'reports/ProfitAndLoss',
      { start_date: '2026-01-01', end_date: '2026-11-01' },
      '2020',
    ],
  ])('the stand-in refuses %s as the documents say', async (_name, path, query, code) => {
    const made = standInOf()
    const url = `https://quickbooks.api.intuit.com/v3/company/${made.realm}/${path}?${new URLSearchParams(query)}`
    const answer = await made.answer(new Request(url, { headers: { Authorization: `Bearer ${made.token}` } }))
    expect([answer.status, await answer.json()]).toMatchObject([400, { Fault: { Error: [{ code }] } }])
  })
})
