/** The objects of one made-up Stripe account, made by index: the same numbers give the same account. */

/** Charges are an hour apart; a payout holds a day of them. */
const HOUR = 3600
const DAY = 86_400
const PER_PAYOUT = 24
const SUBSCRIBERS = 60
const CUSTOMERS = 9
/** A refund comes ten charges after its charge. */
const REFUND_AFTER = 10

export interface StripeObject {
  id: string
  object: string
  created: number
  [field: string]: unknown
}

export interface StripeAccount {
  lists: Readonly<Record<string, readonly StripeObject[]>>
  /** Movements that a payout holds. */
  linesOf: (payoutId: string) => readonly StripeObject[]
}

/** What was sold elsewhere and paid here, newest first: `at` in milliseconds, `amount` in cents. */
export interface PaidSale {
  at: number
  amount: number
  words: string
}

export interface AccountOptions {
  /** So many charges, an hour apart; or the sales that they pay for. */
  orders: number | readonly PaidSale[]
  /** Milliseconds. */
  until: number
  livemode: boolean
}

export function makeAccount({ orders: sold, until, livemode }: AccountOptions): StripeAccount {
  const now = Math.floor(until / 1000)
  const sales = typeof sold === 'number' ? [] : sold
  const orders = typeof sold === 'number' ? sold : sold.length
  const second = (n: number) => (sales[n] ? Math.floor(sales[n].at / 1000) : now - n * HOUR)
  const amount = (n: number) => sales[n]?.amount ?? 1000 + (n % 37) * 25
  const fee = (n: number) => Math.round(amount(n) * 0.029) + 30
  const isRefunded = (n: number) => n % 40 === 39
  const count = (length: number) => Array.from({ length }, (_, n) => n)

  const movement = (
    id: string,
    sum: number,
    taken: number,
    created: number,
    type: string,
    source: string,
  ) => ({
    ...{ object: 'balance_transaction', id, amount: sum, fee: taken, net: sum - taken, currency: 'usd' },
    ...{ created, available_on: created + 2 * DAY, type, reporting_category: type, source },
    description: sales[Number(id.slice('txn_'.length))]?.words ?? null,
  })
  const chargeMovement = (n: number) =>
    movement(`txn_${n}`, amount(n), fee(n), second(n), 'charge', `ch_${n}`)
  const refundMovement = (n: number) =>
    movement(`txn_re_${n}`, -amount(n), 0, second(n - REFUND_AFTER), 'refund', `re_${n}`)
  const movementsAt = (n: number) => {
    const refunded = n + REFUND_AFTER
    const back = isRefunded(refunded) && refunded < orders ? [refundMovement(refunded)] : []
    return [chargeMovement(n), ...back]
  }

  const charge = (n: number) => ({
    ...{ object: 'charge', id: `ch_${n}`, amount: amount(n), amount_captured: amount(n) },
    ...{ amount_refunded: isRefunded(n) ? amount(n) : 0, refunded: isRefunded(n) },
    ...{ currency: 'usd', created: second(n), status: 'succeeded', captured: true },
    ...{ customer: `cus_${n % CUSTOMERS}`, livemode, disputed: n % 500 === 499 },
    description: sales[n]?.words ?? null,
    balance_transaction: chargeMovement(n),
  })
  const refund = (n: number) => ({
    ...{ object: 'refund', id: `re_${n}`, amount: amount(n), charge: `ch_${n}`, currency: 'usd' },
    ...{ created: second(n - REFUND_AFTER), status: 'succeeded', balance_transaction: `txn_re_${n}` },
  })
  const dispute = (n: number) => ({
    ...{ object: 'dispute', id: `dp_${n}`, amount: amount(n), charge: `ch_${n}`, currency: 'usd' },
    ...{ created: second(n) + DAY, status: 'warning_needs_response', livemode },
  })
  const held = (p: number) =>
    count(Math.min(PER_PAYOUT, orders - p * PER_PAYOUT)).map((i) => p * PER_PAYOUT + i)
  const linesOfPayout = (p: number) => held(p).flatMap(movementsAt)
  const payout = (p: number) => ({
    ...{ object: 'payout', id: `po_${p}`, currency: 'usd', status: 'paid', automatic: true, livemode },
    amount: linesOfPayout(p).reduce((sum, { net }) => sum + net, 0),
    created: second(p * PER_PAYOUT),
    arrival_date: Math.floor(second(p * PER_PAYOUT) / DAY) * DAY,
  })
  const { customers, subscriptions, invoices } = makeBilling(now, livemode)
  const charges = count(orders).map(charge)
  const events = charges
    .filter(({ created }) => created > now - 30 * DAY)
    .map((object) => ({
      ...{ object: 'event', id: `evt_${object.id}`, type: 'charge.succeeded', created: object.created },
      ...{ livemode, data: { object } },
    }))
  return {
    lists: {
      charges,
      refunds: count(orders)
        .filter((n) => isRefunded(n))
        .map(refund),
      disputes: count(orders)
        .filter((n) => n % 500 === 499)
        .map(dispute),
      balance_transactions: count(orders).flatMap(movementsAt),
      payouts: count(Math.ceil(orders / PER_PAYOUT)).map(payout),
      customers,
      subscriptions,
      invoices,
      events,
    },
    linesOf: (id) => linesOfPayout(Number(id.slice('po_'.length))),
  }
}

const PLANS = [1900, 4900, 9900]

/** Sixty people on three plans, who came over two years; every seventh left after half a year; each pays monthly. */
function makeBilling(now: number, livemode: boolean) {
  const numbers = Array.from({ length: SUBSCRIBERS }, (_, n) => n)
  const started = (n: number) => now - (n + 1) * 12 * DAY
  const ended = (n: number) => (n % 7 === 6 && started(n) + 180 * DAY < now ? started(n) + 180 * DAY : null)
  const price = (n: number) => PLANS[n % PLANS.length] ?? 0
  const customer = (n: number): StripeObject => ({
    ...{ object: 'customer', id: `cus_${n}`, name: `Person ${n}`, email: `person${n}@stand-in.example` },
    ...{ created: started(n) - 60, livemode, address: { country: 'US', state: 'ME', city: 'Portland' } },
  })
  const subscription = (n: number): StripeObject => ({
    ...{ object: 'subscription', id: `sub_${n}`, customer: `cus_${n}`, currency: 'usd', livemode },
    ...{
      created: started(n),
      start_date: started(n),
      trial_end: null,
      pause_collection: null,
      discounts: [],
    },
    ...{ status: ended(n) ? 'canceled' : 'active', canceled_at: ended(n), ended_at: ended(n) },
    items: {
      data: [
        {
          ...{ id: `si_${n}`, quantity: 1, discounts: [], current_period_end: now + 10 * DAY },
          price: {
            ...{ id: `price_${n % PLANS.length}`, currency: 'usd', unit_amount: price(n) },
            recurring: { interval: 'month', interval_count: 1, usage_type: 'licensed' },
          },
        },
      ],
    },
  })
  const invoicesOf = (n: number) => {
    const months = Math.floor(((ended(n) ?? now) - started(n)) / (30 * DAY)) + 1
    return Array.from({ length: months }, (_, month) => invoice(n, month, started(n) + month * 30 * DAY))
  }
  const invoice = (n: number, month: number, created: number): StripeObject => {
    const paid = now - created > 40 * DAY || n % 5 !== 0
    return {
      ...{
        object: 'invoice',
        id: `in_${n}_${month}`,
        number: `SI-${n}-${month}`,
        customer: `cus_${n}`,
        livemode,
      },
      ...{ customer_name: `Person ${n}`, customer_email: `person${n}@stand-in.example`, currency: 'usd' },
      ...{ total: price(n), amount_paid: paid ? price(n) : 0, status: paid ? 'paid' : 'open', created },
      ...{ due_date: created + 14 * DAY },
      status_transitions: { finalized_at: created, paid_at: paid ? created + DAY : null },
    }
  }
  const newestFirst = (a: StripeObject, b: StripeObject) => b.created - a.created
  return {
    customers: numbers.map(customer),
    subscriptions: numbers.map(subscription),
    invoices: numbers.flatMap(invoicesOf).sort(newestFirst),
  }
}
