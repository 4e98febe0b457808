// Stripe's signature, held against Stripe's own library: what it accepts we accept, what it refuses we refuse.
import fc from 'fast-check'
import Stripe from 'stripe'
import { expect, test } from 'vitest'
import { verifyStripeHook } from '../../../src/connectors/stripe/hook.ts'

const AT = 1_795_348_800
const SECRET = 'whsec_tide0table'
const theirs = new Stripe('sk_test_never_used').webhooks

const HOWS = ['right', 'other', 'v0', 'old', 'untimed', 'changed', 'two', 'empty'] as const
type How = (typeof HOWS)[number]

function headerOf(payload: string, how: How): string {
  const timestamp = how === 'old' ? AT - 301 : AT
  const signed = (secret: string) => theirs.generateTestHeaderString({ payload, secret, timestamp })
  const right = signed(SECRET)
  const shapes: Record<How, string> = {
    right,
    other: signed('whsec_other'),
    v0: right.replace('v1=', 'v0='),
    old: right,
    untimed: right.replace(/^t=\d+,/, ''),
    changed: right.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a')),
    two: `${signed('whsec_other')},${/v1=.*/.exec(right)?.[0]}`,
    empty: '',
  }
  return shapes[how]
}

function libraryTakes(payload: string, header: string): boolean {
  try {
    theirs.constructEvent(payload, header, SECRET, 300, undefined, AT * 1000)
    return true
  } catch {
    return false
  }
}

test('agrees on any body and any kind of header', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.constantFrom(...HOWS), async (words, how) => {
      const payload = JSON.stringify({
        id: 'evt_1',
        object: 'event',
        type: 'charge.succeeded',
        created: AT,
        words,
      })
      const header = headerOf(payload, how)
      const judged = await verifyStripeHook(
        payload,
        new Headers({ 'Stripe-Signature': header }),
        [SECRET],
        AT * 1000,
      )
      expect([how, typeof judged === 'object']).toEqual([how, libraryTakes(payload, header)])
      expect(typeof judged === 'object').toBe(how === 'right' || how === 'two')
    }),
    { numRuns: 80 },
  )
})
