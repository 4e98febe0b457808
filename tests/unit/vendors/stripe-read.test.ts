// Stripe's lists read to their end: every charge once, and payouts whose lines add up to what was paid out.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createReaders } from '../../../src/connectors/readers.ts'
import type { ReadContext } from '../../../src/platform/source-reader.ts'
import { NOW, reach, settingsWith } from '../../support/vendors/reach.ts'
import { createStripeDataStandIn } from '../../support/vendors/stripe-data/stripe.ts'

afterEach(() => void vi.unstubAllGlobals())

const standIn = createStripeDataStandIn({ orders: 250, until: NOW - 60_000, livemode: true })
const normalising = { timeZone: 'UTC', currency: 'USD', settings: {}, mapping: null, now: NOW }
const contextOf = (accessToken: string): ReadContext => ({
  ...{ credentials: { accessToken }, account: 'acct_1', app: null, settings: {} },
  ...{ timeZone: 'UTC', currency: 'USD', now: NOW, take: async () => 0 },
})
const found = () => {
  const one = createReaders(settingsWith(), { allowPrivate: [] }).find(({ kind }) => kind === 'stripe')
  if (!one) throw new Error('no reader for stripe')
  return one
}

async function readAll(stream: string) {
  const reader = found()
  const pages: string[] = []
  let state: unknown = null
  for (let turn = 0; turn < 60; turn++) {
    const window = { from: NOW - 30 * 86_400_000, to: NOW }
    const page = await reader.read({ stream, mode: 'backfill', window, state }, contextOf(standIn.key))
    if (!page.ok) throw new Error(page.error.detail)
    if (page.value.raw) pages.push(page.value.raw)
    if (page.value.done) return pages.map((raw) => reader.normalise(stream, raw, normalising))
    state = JSON.parse(JSON.stringify(page.value.state))
  }
  throw new Error('never done')
}

test('every charge of the window comes once, with its fee and its sale', async () => {
  reach(standIn)
  const pages = await readAll('charges')
  const payments = pages.flatMap(({ batch }) => batch.payments ?? [])
  expect(pages).toHaveLength(3)
  expect(new Set(payments.map(({ extId }) => extId)).size).toBe(250)
  expect(payments.every(({ fee }) => (fee ?? 0) > 0)).toBe(true)
  expect(pages.flatMap(({ orderExtIds }) => orderExtIds ?? [])).toHaveLength(250)
  expect(pages.flatMap(({ refused }) => refused)).toEqual([])
})

test('the lines of each payout add up to its amount', async () => {
  reach(standIn)
  const pages = await readAll('payouts')
  const payouts = pages.flatMap(({ batch }) => batch.payouts ?? [])
  const lines = pages.flatMap(({ batch }) => batch.payoutLines ?? [])
  expect(payouts).toHaveLength(11)
  for (const { extId, amount } of payouts) {
    const own = lines.filter(({ payoutExtId }) => payoutExtId === extId)
    expect(own.reduce((sum, { net }) => sum + net, 0)).toBe(amount)
  }
})

test('every list is read to its end, and nothing of it is refused', async () => {
  reach(standIn)
  const read = async (stream: string) => {
    const pages = await readAll(stream)
    expect(pages.flatMap(({ refused }) => refused)).toEqual([])
    return pages.map(({ batch }) => batch)
  }
  const subscriptions = await read('subscriptions')
  expect(subscriptions.flatMap((batch) => batch.subscriptions ?? [])).toHaveLength(2)
  expect(subscriptions.flatMap((batch) => batch.subscriptionChanges ?? [])).toHaveLength(4)
  const invoices = (await read('invoices')).flatMap((batch) => batch.invoices ?? [])
  expect(invoices.map(({ status }) => status)).toContain('open')
  expect(invoices.map(({ status }) => status)).toContain('paid')
  expect((await read('customers')).flatMap((batch) => batch.customers ?? [])).toHaveLength(2)
  expect((await read('refunds')).flatMap((batch) => batch.payments ?? [])).toHaveLength(6)
  expect((await read('balance_transactions')).length).toBeGreaterThan(2)
  expect((await read('events')).flatMap((batch) => batch.payments ?? [])).toHaveLength(250)
})

test('a key that Stripe does not know asks to connect again', async () => {
  reach(standIn)
  const request = { stream: 'charges', mode: 'backfill' as const, window: { from: 0, to: NOW }, state: null }
  const answer = await found().read(request, contextOf('rk_live_other'))
  expect(answer.ok ? null : answer.error.kind).toBe('unauthenticated')
})

test('test-mode objects of a live account are no sales', () => {
  const object = { object: 'charge', id: 'ch_1', amount: 5, currency: 'usd', created: 1, status: 'succeeded' }
  const raw = JSON.stringify({ readAt: NOW, live: true, objects: [{ ...object, livemode: false }] })
  expect(found().normalise('charges', raw, normalising).batch).toEqual({})
})

test('a lasting discount lowers the monthly amount, and a pause ends it', () => {
  const price = { currency: 'usd', unit_amount: 12_000, recurring: { interval: 'year' } }
  const subscription = {
    ...{ object: 'subscription', id: 'sub_1', customer: 'cus_1', status: 'active', created: 1_790_000_000 },
    items: { data: [{ quantity: 2, price }] },
    discounts: [{ source: { coupon: { percent_off: 25, duration: 'forever' } } }],
  }
  const read = (more: object) => {
    const raw = JSON.stringify({ readAt: NOW, live: true, objects: [{ ...subscription, ...more }] })
    return found().normalise('subscriptions', raw, normalising).batch
  }
  const today = new Date(NOW).toISOString().slice(0, 10)
  expect(read({}).subscriptionChanges).toMatchObject([
    { monthly: 150_000, day: '2026-09-21' },
    { monthly: 150_000, day: today },
  ])
  const once = [{ source: { coupon: { percent_off: 25, duration: 'once' } } }]
  expect(read({ discounts: once }).subscriptions?.[0]?.monthly).toBe(200_000)
  expect(read({ pause_collection: {} }).subscriptions?.[0]?.status).toBe('paused')
})

describe('deliveries to an account that is read', () => {
  const hooks = () => {
    const { hooks: own } = found()
    if (!own?.subscribe) throw new Error('no deliveries')
    return { ...own, subscribe: own.subscribe }
  }
  const URL_OF_OURS = 'https://smb.example/hooks/source/stripe/abc'

  test('one endpoint is made for the address; one that was switched off is made anew', async () => {
    const vendor = createStripeDataStandIn({ orders: 1, until: NOW, livemode: true })
    reach(vendor)
    const subscribe = () => hooks().subscribe(contextOf(vendor.key), URL_OF_OURS)
    expect(await subscribe()).toEqual({ ok: true, value: { secret: 'whsec_standin1' } })
    expect(await subscribe()).toEqual({ ok: true, value: { secret: null } })
    expect(vendor.endpoints).toHaveLength(1)
    for (const endpoint of vendor.endpoints) endpoint.status = 'disabled'
    expect(await subscribe()).toEqual({ ok: true, value: { secret: 'whsec_standin2' } })
    expect(vendor.endpoints.map(({ id }) => id)).toEqual(['we_2'])
  })

  test('a signed event is read as it stands, and a price that it hides is fetched', async () => {
    reach(standIn)
    const charge = standIn.account.lists.charges?.[0]
    const event = {
      id: 'evt_1',
      object: 'event',
      type: 'charge.succeeded',
      created: NOW / 1000,
      data: { object: charge },
    }
    const read = hooks().read(JSON.stringify(event), 'evt_1', normalising)
    expect(read).toMatchObject({ happenedMs: NOW, refetch: [], facts: { events: [{}, {}] } })
    expect(read?.facts?.batch.payments).toHaveLength(1)
    const subscription = { ...standIn.account.lists.subscriptions?.[0], discounts: ['di_1'] }
    const hidden = { ...event, type: 'customer.subscription.updated', data: { object: subscription } }
    expect(hooks().read(JSON.stringify(hidden), 'evt_2', normalising)).toEqual({
      happenedMs: NOW,
      facts: null,
      refetch: [{ stream: 'events', ids: ['evt_2'] }],
    })
    const other = { ...event, data: { object: { object: 'radar.early_fraud_warning', id: 'issfr_1' } } }
    expect(hooks().read(JSON.stringify(other), 'evt_3', normalising)).toBeNull()
  })
})

describe('a subscription whose discounts an event names by their id', () => {
  const START = Math.floor(NOW / 1000) - 60 * 86_400
  const MOVED = START + 30 * 86_400
  const TEN_OFF = { id: 'di_1', source: { coupon: { id: 'c1', percent_off: 10, duration: 'forever' } } }
  const subscription = (price: number, discounts: unknown[]) => ({
    ...{ object: 'subscription', id: 'sub_d', customer: 'cus_1', status: 'active', currency: 'usd' },
    ...{ created: START, start_date: START, discounts },
    items: {
      data: [
        { quantity: 1, price: { currency: 'usd', unit_amount: price, recurring: { interval: 'month' } } },
      ],
    },
  })
  const upgraded = {
    ...{ id: 'evt_d', object: 'event', type: 'customer.subscription.updated', created: MOVED },
    data: {
      object: subscription(20_000, ['di_1']),
      previous_attributes: { items: subscription(5_000, []).items },
    },
  }
  const vendorWith = (now: ReturnType<typeof subscription>) => {
    const vendor = createStripeDataStandIn({ orders: 1, until: NOW, livemode: false })
    Object.assign(vendor.account.lists, {
      subscriptions: [{ livemode: false, ...now }],
      events: [{ livemode: false, ...upgraded }],
    })
    reach(vendor)
    return vendor
  }
  const changesOf = async (vendor: ReturnType<typeof vendorWith>) => {
    const raw = await found().fetch?.('events', ['evt_d'], contextOf(vendor.key))
    if (!raw?.ok) throw new Error('nothing came')
    return found().normalise('events', raw.value, normalising).batch.subscriptionChanges ?? []
  }
  const dayOf = (at: number) => new Date(at * 1000).toISOString().slice(0, 10)

  test('moves its price on the day of the event, less the discount', async () => {
    const changes = await changesOf(vendorWith(subscription(20_000, [TEN_OFF])))
    expect(changes.find(({ day }) => day === dayOf(MOVED))?.monthly).toBe(1_800_000)
    expect(changes.find(({ day }) => day === dayOf(START))?.monthly).toBe(450_000)
  })

  test('stands as it is fetched, from the day it is read, when the discount is gone since', async () => {
    const changes = await changesOf(vendorWith(subscription(20_000, [])))
    expect(changes.map(({ day, monthly }) => [day, monthly])).toEqual([
      [dayOf(START), 2_000_000],
      [dayOf(NOW / 1000), 2_000_000],
    ])
  })
})

test('a subscription that began long before the history that was asked for is read all the same', () => {
  const stream = found()
    .streams({})
    .find(({ name }) => name === 'subscriptions')
  expect(stream?.historyDays).toBeGreaterThanOrEqual(3_650)
})

test('where events are gone, what was made long before the gap is listed too', async () => {
  const asked: URL[] = []
  const watching = {
    ...standIn,
    answer(request: Request) {
      asked.push(new URL(request.url))
      return standIn.answer(request)
    },
  }
  reach(watching)
  const window = { from: NOW - 45 * 86_400_000, to: NOW }
  let state: unknown = null
  for (let turn = 0; turn < 60; turn++) {
    const page = await found().read(
      { stream: 'events', mode: 'incremental', window, state },
      contextOf(standIn.key),
    )
    if (!page.ok) throw new Error(page.error.detail)
    if (page.value.done) break
    state = page.value.state
  }
  const since = (list: string) =>
    asked.find(({ pathname }) => pathname.endsWith(`/${list}`))?.searchParams.get('created[gte]')
  const days = (list: string) => Math.round((NOW / 1000 - Number(since(list))) / 86_400)
  expect([days('events'), days('customers'), days('invoices'), days('subscriptions')]).toEqual([
    45, 45, 775, 3_695,
  ])
})
