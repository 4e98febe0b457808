// Events of Stripe as facts: amounts, states of a charge, money that goes back, invoices, subscriptions, payouts.
import { describe, expect, test } from 'vitest'
import { unitsOf } from '../../src/connectors/stripe/amounts.ts'
import { normaliseStripeEvent, STRIPE_EVENT_TYPES } from '../../src/connectors/stripe/normalise.ts'
import type { HookReading } from '../../src/modules/mini-foundry/domain/ports.ts'
import { OLD_VERSION, type StripeEvent, stripeAccount } from '../support/stripe-stand-in.ts'

/** 22 November 2026, 20:00 in New York: already the 23rd in UTC. */
const AT = Date.parse('2026-11-23T01:00:00Z') / 1000

function read(event: StripeEvent | undefined, timeZone = 'America/New_York'): HookReading {
  const reading = normaliseStripeEvent(event, { timeZone })
  if (!reading) throw new Error('nothing was read')
  return reading
}

describe('amounts of Stripe', () => {
  test.each([
    [1050, 'usd', 105_000],
    [500, 'jpy', 5_000_000],
    [1230, 'kwd', 12_300],
    [500, 'isk', 50_000],
    [500, 'ugx', 50_000],
    [100, 'huf', 10_000],
  ])('%d of %s are %d units of 1/10,000', (amount, currency, units) => {
    expect(unitsOf(amount, currency)).toBe(units)
  })

  test('beyond what integers hold are refused', () => {
    expect(() => unitsOf(Number.MAX_SAFE_INTEGER, 'jpy')).toThrow(RangeError)
  })
})

describe('a charge', () => {
  test('that succeeded is a payment and a sale on the day of the workspace', () => {
    const wish = { amount: 4200, customer: 'cus_9', name: 'Łucja Żak', email: 'l@example.com', country: 'PL' }
    const { batch, events, orderExtIds } = read(stripeAccount().charged(AT, wish))
    expect(batch.payments).toMatchObject([
      {
        extId: 'ch_000001',
        kind: 'charge',
        status: 'succeeded',
        amount: 420_000,
        businessDay: '2026-11-22',
        fee: null,
      },
    ])
    expect(batch.events).toMatchObject([
      { extId: 'ch_000001', kind: 'sale', net: 420_000, counted: true, country: 'PL', orderStatus: 'paid' },
    ])
    expect(batch.customers).toMatchObject([{ extId: 'cus_9', name: 'Łucja Żak', email: 'l@example.com' }])
    expect(orderExtIds).toEqual(['ch_000001'])
    expect(events).toEqual([
      {
        type: 'payment.received',
        payload: { payment_id: 'ch_000001', amount: '42.00', currency: 'USD', customer_id: 'cus_9' },
      },
      {
        type: 'order.created',
        payload: {
          payment_id: 'ch_000001',
          amount: '42.00',
          currency: 'USD',
          customer_id: 'cus_9',
          order_id: 'ch_000001',
        },
      },
    ])
  })

  test('of a guest is known by the address, in small letters', () => {
    const { batch } = read(stripeAccount().charged(AT, { amount: 100, email: 'Ben@Example.com' }))
    expect(batch.payments?.[0]?.customerExtId).toBe('ben@example.com')
  })

  test('of a customer without name and address only says that the customer exists', () => {
    const { batch } = read(stripeAccount().charged(AT, { amount: 100, customer: 'cus_1' }))
    expect(batch.customers).toBeUndefined()
    expect(batch.ifAbsent?.customers).toMatchObject([{ extId: 'cus_1', srcUpdatedAt: 0 }])
  })

  test('with its balance transaction expanded brings the fee', () => {
    const account = stripeAccount()
    account.charged(AT, { id: 'ch_1', amount: 1000 })
    const { batch } = read(
      account.updated(AT, 'ch_1', { balance_transaction: { id: 'txn_1', fee: 59, currency: 'usd' } }),
    )
    expect(batch.payments?.[0]?.fee).toBe(5_900)
  })

  test('names a product only when its description names no single order', () => {
    const account = stripeAccount()
    const named = (description: string) =>
      read(account.charged(AT, { amount: 100, description })).batch.events?.[0]?.productName
    expect(named('Annual plan')).toBe('Annual plan')
    expect(named('Payment for Invoice 1042')).toBeNull()
  })

  test('that was declined is a failed payment and no sale', () => {
    const { batch, events, orderExtIds } = read(stripeAccount().declined(AT, { amount: 900 }))
    expect(batch.payments?.[0]?.status).toBe('failed')
    expect([batch.events, orderExtIds]).toEqual([[], []])
    expect(events.map(({ type }) => type)).toEqual(['payment.failed'])
  })

  test('that is authorised is no sale until it is captured, and never when it is released', () => {
    const account = stripeAccount()
    const first = read(account.authorised(AT, { id: 'ch_1', amount: 900 }))
    expect(first.batch.payments).toMatchObject([{ status: 'pending', amount: 90_000 }])
    expect([first.batch.events, first.events]).toEqual([[], []])
    const captured = read(account.captured(AT + 60, 'ch_1'))
    expect(captured.batch.events).toMatchObject([{ kind: 'sale', net: 90_000 }])
    expect(captured.events.map(({ type }) => type)).toEqual(['payment.received', 'order.created'])
    account.authorised(AT, { id: 'ch_2', amount: 900 })
    const released = read(account.released(AT + 60, 'ch_2'))
    expect(released.batch.payments?.[0]?.status).toBe('failed')
    expect(released.batch.events).toEqual([])
  })

  test('that was updated says nothing new to those who listen', () => {
    const account = stripeAccount()
    account.charged(AT, { id: 'ch_1', amount: 900 })
    expect(read(account.updated(AT + 5, 'ch_1')).events).toEqual([])
  })
})

describe('money that goes back', () => {
  test('is a refund on its own day, told by the refund and by the charge', () => {
    const account = stripeAccount()
    account.charged(AT, { id: 'ch_1', amount: 900, customer: 'cus_1' })
    const [refund, charge] = account.refunded(AT + 86_400, 'ch_1', 300)
    expect(read(refund).batch.events).toMatchObject([
      {
        kind: 'refund',
        orderExtId: 'ch_1',
        net: -30_000,
        businessDay: '2026-11-23',
        counted: true,
        deletedAt: null,
      },
    ])
    expect(read(refund).events).toMatchObject([{ type: 'refund.created', payload: { amount: '3.00' } }])
    expect(read(charge).batch.events).toMatchObject([
      { extId: 'ch_1', kind: 'sale', net: 90_000, orderStatus: 'paid' },
      { extId: 'ch_1/refunded', kind: 'refund', gross: -30_000, businessDay: '2026-11-23' },
    ])
  })

  test('that failed or moved nothing does not count', () => {
    const account = stripeAccount()
    account.charged(AT, { id: 'ch_1', amount: 900 })
    const [refund] = account.refunded(AT + 60, 'ch_1', 900)
    const failed = read(account.refundFailed(AT + 120, String(refund?.data.object.id)))
    expect(failed.batch.events).toMatchObject([{ counted: false, deletedAt: '2026-11-23T01:02:00.000Z' }])
    const [reversal] = account.refunded(AT + 60, 'ch_1', 900, { balance_transaction: null })
    expect(read(reversal).batch.events).toMatchObject([{ counted: false }])
  })

  test('in a dispute counts only when the dispute is lost', () => {
    const account = stripeAccount()
    account.charged(AT, { id: 'ch_1', amount: 900 })
    const opened = account.disputed(AT + 60, 'ch_1')
    expect(read(opened).batch.payments).toMatchObject([
      { kind: 'refund', status: 'disputed', amount: -90_000 },
    ])
    expect(read(opened).batch.events).toMatchObject([{ counted: false }])
    expect(read(opened).events).toMatchObject([{ type: 'payment.disputed' }])
    const id = String(opened.data.object.id)
    const won = read(account.disputeClosed(AT + 120, id, 'won'))
    expect([won.batch.payments?.[0]?.status, won.batch.events?.[0]?.counted]).toEqual(['failed', false])
    const lost = read(account.disputeClosed(AT + 120, id, 'lost'))
    expect([lost.batch.payments?.[0]?.status, lost.batch.events?.[0]?.counted]).toEqual(['succeeded', true])
  })
})

describe('billing', () => {
  test.each([[OLD_VERSION], [undefined]])('reads an invoice and when it fell due (API %s)', (version) => {
    const account = stripeAccount({ version })
    account.invoice('created', AT, 'in_1', { total: 12_345, number: 'A-1', customer_name: 'Bistro' })
    const transitions = { finalized_at: AT, paid_at: null }
    const open = { status: 'open', due_date: AT + 14 * 86_400, status_transitions: transitions }
    expect(read(account.invoice('finalized', AT, 'in_1', open)).events).toMatchObject([
      { type: 'invoice.issued' },
    ])
    const { batch, events } = read(account.invoice('overdue', AT + 15 * 86_400, 'in_1'))
    expect(batch.invoices).toMatchObject([
      {
        number: 'A-1',
        status: 'open',
        total: 1_234_500,
        paid: 0,
        issuedDay: '2026-11-22',
        dueDay: '2026-12-06',
        paidDay: null,
      },
    ])
    expect(events).toMatchObject([
      { type: 'invoice.overdue', payload: { amount: '123.45', due_day: '2026-12-06' } },
    ])
  })

  test('leaves a preview of an invoice aside', () => {
    const event = stripeAccount().invoice('upcoming', AT, 'in_1', { id: null })
    expect(normaliseStripeEvent(event, { timeZone: 'UTC' })).toBeNull()
  })

  test('adds the items of a subscription up to a month', () => {
    const monthly = (...prices: Parameters<ReturnType<typeof stripeAccount>['subscription']>[3]) =>
      read(stripeAccount().subscription('created', AT, 'sub_1', prices)).batch.subscriptions?.[0]?.monthly
    expect(monthly([2900, 'month'])).toBe(290_000)
    expect(monthly([12_000, 'year'], [500, 'month', 1, 3])).toBe(250_000)
    expect(monthly([700, 'week'])).toBe(303_333)
    expect(monthly([100, 'day'])).toBe(304_167)
    expect(monthly([9000, 'month', 3])).toBe(300_000)
    expect(monthly(['0.5', 'month', 1, 1000])).toBe(50_000)
    expect(monthly([5000, 'month', 1, 1, 'metered'])).toBe(0)
  })

  test('adds up in the units of its currency', () => {
    const price = (currency: string, amount: number, interval: string) => ({
      currency,
      items: {
        data: [{ quantity: 2, price: { currency, unit_amount: amount, recurring: { interval } } }],
      },
    })
    const monthly = (currency: string, amount: number, interval: string) =>
      read(
        stripeAccount().subscription('created', AT, 'sub_1', [], price(currency, amount, interval)),
      ).batch.subscriptions?.map((fact) => [fact.currency, fact.monthly])
    // 2 x 6,000 yen a year are 1,000 yen a month; 2 x 1.500 dinar a month are 3 dinar
    expect(monthly('jpy', 6_000, 'year')).toEqual([['JPY', 10_000_000]])
    expect(monthly('kwd', 1_500, 'month')).toEqual([['KWD', 30_000]])
    expect(monthly('isk', 150_000, 'month')).toEqual([['ISK', 30_000_000]])
  })

  test.each([[OLD_VERSION], [undefined]])('knows the end of the period (API %s)', (version) => {
    const event = stripeAccount({ version }).subscription('created', AT, 'sub_1', [[2900, 'month']])
    expect(read(event).batch.subscriptions?.[0]?.periodEndDay).toBe('2026-12-22')
  })

  test('ends a subscription on the day it ended', () => {
    const { batch, events } = read(stripeAccount().subscription('deleted', AT, 'sub_1', [[2900, 'month']]))
    expect(batch.subscriptions).toMatchObject([{ status: 'canceled', canceledDay: '2026-11-22' }])
    expect(events.map(({ type }) => type)).toEqual(['subscription.canceled'])
  })

  test('takes the arrival of a payout as the plain date it is', () => {
    const { batch, events } = read(stripeAccount().payout('paid', AT, 'po_1', 99_000))
    expect(batch.payouts).toMatchObject([{ amount: 9_900_000, status: 'paid', arrivalDay: '2026-11-24' }])
    expect(events).toMatchObject([{ type: 'payout.paid', payload: { amount: '990.00' } }])
  })
})

describe('what is not what it says', () => {
  test('is refused, never taken half', () => {
    const hostile = (change: Record<string, unknown>) => () =>
      read({
        ...stripeAccount().charged(AT, { amount: 1 }),
        data: { object: { object: 'charge', id: 'ch', ...change } },
      })
    const honest = { amount: 1, created: AT, currency: 'usd', status: 'succeeded' }
    expect(hostile(honest)).not.toThrow()
    expect(hostile({ ...honest, amount: 1.5 })).toThrow()
    expect(hostile({ ...honest, amount: '1' })).toThrow()
    expect(hostile({ ...honest, amount: -1 })).toThrow()
    expect(hostile({ ...honest, currency: '<b>' })).toThrow()
    expect(hostile({ ...honest, status: 'great' })).toThrow()
    expect(hostile({ ...honest, created: 1e15 })).toThrow()
  })

  test('of other kinds holds nothing for us', () => {
    expect(
      normaliseStripeEvent(stripeAccount().other(AT, 'product.created', 'product'), { timeZone: 'UTC' }),
    ).toBeNull()
  })

  test('every type we ask Stripe for is there once', () => {
    expect(new Set(STRIPE_EVENT_TYPES).size).toBe(STRIPE_EVENT_TYPES.length)
  })
})

describe('money that is not what it seems', () => {
  const event = (type: string, object: object) => ({
    ...{ id: 'evt_m', object: 'event', type, created: AT, livemode: true, api_version: OLD_VERSION },
    data: { object },
  })
  const invoice = {
    ...{ object: 'invoice', id: 'in_1', customer: 'cus_1', currency: 'usd', total: 10_000, created: AT },
    ...{
      amount_paid: 0,
      amount_remaining: 0,
      status: 'paid',
      status_transitions: { finalized_at: AT, paid_at: AT },
    },
  }
  const paid = (more: object) =>
    normaliseStripeEvent(event('invoice.updated', { ...invoice, ...more }), { timeZone: 'UTC' })?.batch
      .invoices?.[0]?.paid

  test('an invoice settled from the balance of the customer owes nothing', () => {
    expect(paid({})).toBe(1_000_000)
    expect(paid({ status: 'open', amount_remaining: 4_000 })).toBe(600_000)
    expect(paid({ status: 'open', amount_remaining: 10_000 })).toBe(0)
    expect(paid({ status: 'uncollectible', amount_paid: 2_500, amount_remaining: 7_500 })).toBe(250_000)
  })

  test.each([
    ['in the currency of the charge', { fee: 300, currency: 'usd' }, 'usd', 30_000],
    [
      'in another one, by the rate of the charge',
      { fee: 300, currency: 'usd', exchange_rate: 0.75 },
      'jpy',
      4_000_000,
    ],
    ['in another one without a rate, as unknown', { fee: 300, currency: 'usd' }, 'jpy', null],
  ])('a fee %s', (_, line, currency, fee) => {
    const charge = {
      ...{
        object: 'charge',
        id: 'ch_1',
        amount: 10_000,
        currency,
        status: 'succeeded',
        captured: true,
        created: AT,
      },
      balance_transaction: line,
    }
    const read = normaliseStripeEvent(event('charge.succeeded', charge), { timeZone: 'UTC' })
    expect(read?.batch.payments?.[0]?.fee).toBe(fee)
  })
})
