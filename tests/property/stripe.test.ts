// Readings of Stripe's events, folded by the rule of landing (the newest version wins), in any order.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { verifyStripeHook } from '../../src/connectors/stripe/hook.ts'
import { normaliseStripeEvent } from '../../src/connectors/stripe/normalise.ts'
import { deliveryOf, type StripeEvent, stripeAccount } from '../support/stripe-stand-in.ts'

const AT = 1_795_370_400

/** One thing that may happen to a charge, with how many seconds after the one before it. */
const step = fc.record({
  kind: fc.constantFrom('updated', 'refunded', 'refundFailed', 'disputed', 'captured'),
  share: fc.integer({ min: 1, max: 40 }),
  wait: fc.constantFrom(0, 0, 0, 1, 60, 86_400),
})

const story = fc.record({
  amount: fc.integer({ min: 100, max: 99_999_999 }),
  authorised: fc.boolean(),
  steps: fc.array(step, { maxLength: 8 }),
})

type Story = typeof story extends fc.Arbitrary<infer T> ? T : never

function tell({ amount, authorised, steps }: Story): StripeEvent[] {
  const account = stripeAccount()
  const wish = { id: 'ch_1', amount, customer: 'cus_1', name: 'Ava' }
  const events = [authorised ? account.authorised(AT, wish) : account.charged(AT, wish)]
  let at = AT
  const refunds: string[] = []
  for (const { kind, share, wait } of steps) {
    at += wait
    const charge = account.objects.get('ch_1') as {
      captured: boolean
      amount: number
      amount_refunded: number
    }
    const back = Math.min(Math.ceil((amount * share) / 100), charge.amount - charge.amount_refunded)
    const refund = refunds[share % Math.max(1, refunds.length)]
    if (kind === 'updated')
      events.push(account.updated(at, 'ch_1', { description: `Plan ${'x'.repeat(share)}` }))
    if (kind === 'captured' && !charge.captured) events.push(account.captured(at, 'ch_1'))
    if (kind === 'disputed' && charge.captured) events.push(account.disputed(at, 'ch_1'))
    if (kind === 'refundFailed' && refund) events.push(account.refundFailed(at, refund))
    if (kind !== 'refunded' || back <= 0 || !charge.captured) continue
    const [created, told] = account.refunded(at, 'ch_1', back) as [StripeEvent, StripeEvent]
    refunds.push(String(created.data.object.id))
    events.push(created, told)
  }
  return events
}

/** Landing in a few lines: keyed by kind and id, an older version never wins over a newer one. */
function fold(events: StripeEvent[]): Record<string, unknown> {
  const state = new Map<string, { srcUpdatedAt: number }>()
  for (const event of events) {
    const { ifAbsent, ...kinds } = normaliseStripeEvent(event, { timeZone: 'Europe/Warsaw' })?.batch ?? {}
    for (const [kind, facts] of Object.entries(kinds)) {
      for (const fact of facts) {
        const key = `${kind} ${fact.extId}`
        if (fact.srcUpdatedAt >= (state.get(key)?.srcUpdatedAt ?? 0)) state.set(key, fact)
      }
    }
    for (const fact of ifAbsent?.customers ?? []) {
      if (!state.has(`customers ${fact.extId}`)) state.set(`customers ${fact.extId}`, fact)
    }
  }
  return Object.fromEntries([...state].sort(([a], [b]) => (a < b ? -1 : 1)))
}

test('a charge and its refunds end in the same facts, whatever the order and however often they are told', () => {
  const told = story.chain((happened) => {
    const events = tell(happened)
    const twice = [...events, ...events]
    return fc.tuple(fc.constant(events), fc.shuffledSubarray(twice, { minLength: twice.length }))
  })
  fc.assert(
    fc.property(told, ([events, shuffled]) => {
      expect(fold(shuffled)).toEqual(fold(events))
    }),
    { numRuns: 600 },
  )
})

test('what went back is never more than what was sold', () => {
  fc.assert(
    fc.property(story, (happened) => {
      const facts = Object.entries(fold(tell(happened))) as [
        string,
        { counted: boolean; net: number; extId: string },
      ][]
      const counted = facts.filter(
        ([key, fact]) => key.startsWith('events') && fact.counted && !fact.extId.endsWith('/refunded'),
      )
      expect(counted.reduce((sum, [, { net }]) => sum + net, 0)).toBeGreaterThanOrEqual(0)
    }),
    { numRuns: 300 },
  )
})

test('any bytes as a signature header or body are answered, never thrown at', async () => {
  const now = AT * 1000
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.string(), fc.string(), async (header, body, secret) => {
      const safe = header.replace(/[^\x20-\x7e]/g, '')
      const answer = await verifyStripeHook(
        body,
        new Headers({ 'Stripe-Signature': safe }),
        [`whsec_${secret}`],
        now,
      )
      expect(answer).toBe('signature')
    }),
  )
})

test('a changed byte anywhere in the body breaks the signature', async () => {
  const event = stripeAccount().charged(AT, { amount: 1000, name: 'Łucja' })
  const delivery = await deliveryOf(event, ['whsec_tide0table'], AT * 1000)
  const position = fc.nat({ max: delivery.body.length - 1 })
  await fc.assert(
    fc.asyncProperty(position, async (at) => {
      const other = delivery.body[at] === 'x' ? 'y' : 'x'
      const body = delivery.body.slice(0, at) + other + delivery.body.slice(at + 1)
      const answer = await verifyStripeHook(
        body,
        new Headers(delivery.headers),
        ['whsec_tide0table'],
        AT * 1000,
      )
      expect(answer).toBe('signature')
    }),
    { numRuns: 60 },
  )
})
