// Invoices, subscriptions, customers and payouts of Stripe: told in any order, any number of times, they end the same.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normaliseStripeEvent } from '../../src/connectors/stripe/normalise.ts'
import { OLD_VERSION, type StripeEvent, stripeAccount } from '../support/stripe-stand-in.ts'

const AT = 1_795_370_400

interface Known {
  srcUpdatedAt: number
  [field: string]: unknown
}

/** What is known after these deliveries: of each object the newest version, whichever came first. */
function told(events: StripeEvent[]): Record<string, Known> {
  const state: Record<string, Known> = {}
  for (const event of events) {
    const { ifAbsent: _, ...kinds } = normaliseStripeEvent(event, { timeZone: 'Europe/Warsaw' })?.batch ?? {}
    for (const [kind, facts] of Object.entries(kinds)) {
      for (const fact of facts as unknown as (Known & { extId: string })[]) {
        const key = `${kind} ${fact.extId}`
        const known = state[key]
        if (!known || fact.srcUpdatedAt > known.srcUpdatedAt) state[key] = fact
      }
    }
  }
  return state
}

/** Seconds between two things that happen: often none, since Stripe's clock has whole seconds. */
const wait = fc.constantFrom(0, 0, 1, 60, 86_400)

/** Ids of events say nothing about their order. */
const renumbered = (lives: fc.Arbitrary<StripeEvent[]>) =>
  fc
    .tuple(lives, fc.nat(104_728))
    .map(([events, salt]) =>
      events.map((event, index) => ({ ...event, id: `evt_${(index * 7919 + salt) % 104_729}` })),
    )

/** The events in their order, and what may arrive: each of them once or more, mixed. */
const arriving = (lives: fc.Arbitrary<StripeEvent[]>) =>
  lives.chain((events) => {
    const copies = [...events, ...events, ...events]
    const some = fc.shuffledSubarray(copies, { minLength: events.length })
    return fc.tuple(
      fc.constant(events),
      // whatever was left out comes at last: nothing is lost for ever
      some.map((list) => [...list, ...events.filter((event) => !list.includes(event))]),
    )
  })

const version = fc.constantFrom(OLD_VERSION, undefined)

const invoiceLives = fc
  .record({
    version,
    total: fc.integer({ min: 0, max: 9_999_999 }),
    waits: fc.oneof(fc.constant([]), fc.array(wait, { minLength: 5, maxLength: 5 })),
    failures: fc.integer({ min: 0, max: 2 }),
    end: fc.constantFrom('paid', 'voided', 'marked_uncollectible', 'overdue'),
  })
  .map(({ version, total, waits, failures, end }) => {
    const account = stripeAccount({ version })
    let at = AT
    const next = (index: number) => (at += waits[index] ?? 0)
    const finalized = { finalized_at: AT + 1, paid_at: null }
    const events = [
      account.invoice('created', next(0), 'in_1', { total, currency: 'usd' }),
      account.invoice('updated', next(1), 'in_1', { total: total + 100 }),
      account.invoice('finalized', next(2), 'in_1', { status: 'open', status_transitions: finalized }),
    ]
    for (let n = 0; n < failures; n++) events.push(account.invoice('payment_failed', next(3), 'in_1'))
    const statuses: Record<string, string> = {
      paid: 'paid',
      voided: 'void',
      marked_uncollectible: 'uncollectible',
    }
    const paid = { amount_paid: total + 100, status_transitions: { ...finalized, paid_at: at } }
    const ending = { ...(end === 'paid' ? paid : {}), status: statuses[end] ?? 'open' }
    return [...events, account.invoice(end, next(4), 'in_1', ending)]
  })

const invoiceLife = renumbered(invoiceLives)

const subscriptionLife = fc
  .record({
    version,
    changes: fc.array(fc.record({ wait, price: fc.integer({ min: 1, max: 99_999 }) }), { maxLength: 5 }),
    ends: fc.boolean(),
    lastWait: wait,
  })
  .map(({ version, changes, ends, lastWait }) => {
    const account = stripeAccount({ version })
    let at = AT
    const events = [account.subscription('created', at, 'sub_1', [[2900, 'month']])]
    for (const { wait, price } of changes) {
      at += wait
      events.push(account.subscription('updated', at, 'sub_1', [[price, 'month']]))
    }
    if (ends) events.push(account.subscription('deleted', at + lastWait, 'sub_1', [[1, 'month']]))
    return events
  })

const customerLife = fc
  .record({
    waits: fc.array(wait, { minLength: 3, maxLength: 3 }),
    deleted: fc.boolean(),
    amount: fc.nat(9_999),
  })
  .map(({ waits, deleted, amount }) => {
    const account = stripeAccount()
    let at = AT
    const next = (index: number) => (at += waits[index] ?? 0)
    return [
      account.customer('created', at, 'cus_1', { name: 'Ava', email: 'ava@example.com' }),
      account.charged(next(0), { id: 'ch_1', amount: amount + 1, customer: 'cus_1', name: 'A. Va' }),
      account.customer('updated', next(1), 'cus_1', { name: 'Ava Alder' }),
      account.payout('created', at, 'po_1', amount + 1),
      account.payout('paid', next(2), 'po_1', amount + 1),
      ...(deleted ? [account.customer('deleted', at, 'cus_1')] : []),
    ]
  })

describe.each([
  ['an invoice', invoiceLife],
  ['a subscription', subscriptionLife],
  ['a customer with a charge and a payout', customerLife],
])('%s', (_what, life) => {
  test('ends in the same facts, whatever the order and however often it is told', () => {
    fc.assert(
      fc.property(arriving(life), ([events, arrived]) => {
        expect(told(arrived)).toEqual(told(events))
      }),
      { numRuns: 400 },
    )
  })
})

test('an invoice is in the state of its last event, even when all of them share a second and arrive last to first', () => {
  fc.assert(
    fc.property(invoiceLife, (events) => {
      const last = events.at(-1)?.data.object
      expect(told(events.toReversed())['invoices in_1']).toMatchObject({
        status: last?.status,
        paid: Number(last?.amount_paid) * 100,
        total: Number(last?.total) * 100,
      })
    }),
    { numRuns: 300 },
  )
})

test('a subscription that ended stays ended', () => {
  fc.assert(
    fc.property(subscriptionLife, (events) => {
      const ended = events.some(({ type }) => type.endsWith('.deleted'))
      const status = told(events.toReversed())['subscriptions sub_1']?.status
      expect(status).toBe(ended ? 'canceled' : 'active')
    }),
    { numRuns: 300 },
  )
})

test('a customer who was deleted stays deleted, and keeps the name of its own last event', () => {
  fc.assert(
    fc.property(customerLife, (events) => {
      const customer = told(events.toReversed())['customers cus_1']
      expect(customer?.name).toBe('Ava Alder')
      expect(customer?.deletedAt !== null).toBe(events.some(({ type }) => type === 'customer.deleted'))
    }),
    { numRuns: 200 },
  )
})
