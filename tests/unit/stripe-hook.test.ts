// Knowing a genuine delivery of Stripe.
import { describe, expect, test } from 'vitest'
import { verifyStripeHook } from '../../src/connectors/stripe/hook.ts'
import { deliveryOf, type Forgery, forged, stripeAccount } from '../support/stripe-stand-in.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const AT = NOW / 1000
const SECRET = 'whsec_tide0table'
const event = stripeAccount().charged(AT, { amount: 1000 })

const verify = (delivery: { body: string; headers: Record<string, string> }, secrets: string[], now = NOW) =>
  verifyStripeHook(delivery.body, new Headers(delivery.headers), secrets, now)

describe('a delivery of Stripe', () => {
  test('is taken when it was signed with the secret', async () => {
    const delivery = await deliveryOf(event, [SECRET], NOW)
    expect(await verify(delivery, [SECRET])).toEqual({
      id: event.id,
      type: 'charge.succeeded',
      createdMs: NOW,
    })
  })

  test('is taken while the secret is rolled, whichever side has which of the two', async () => {
    const both = await deliveryOf(event, ['whsec_new00000', SECRET], NOW)
    expect(await verify(both, [SECRET])).toMatchObject({ id: event.id })
    const one = await deliveryOf(event, [SECRET], NOW)
    expect(await verify(one, ['whsec_new00000', SECRET])).toMatchObject({ id: event.id })
  })

  test('is taken up to 300 seconds from its timestamp and no further', async () => {
    const delivery = await deliveryOf(event, [SECRET], NOW)
    expect(await verify(delivery, [SECRET], NOW + 300_000)).toMatchObject({ id: event.id })
    expect(await verify(delivery, [SECRET], NOW + 301_000)).toBe('too-old')
  })

  const refusals: [Forgery, string][] = [
    ['changed-body', 'signature'],
    ['other-secret', 'signature'],
    ['only-v0', 'signature'],
    ['no-timestamp', 'signature'],
    ['too-old', 'too-old'],
    ['from-the-future', 'too-old'],
  ]
  test.each(refusals)('is refused when forged: %s', async (how, refusal) => {
    expect(await verify(await forged(event, SECRET, NOW, how), [SECRET])).toBe(refusal)
  })

  test('is refused without a signature, and while no secret is saved', async () => {
    const delivery = await deliveryOf(event, [SECRET], NOW)
    expect(await verify({ ...delivery, headers: {} }, [SECRET])).toBe('signature')
    expect(await verify(delivery, [])).toBe('signature')
  })

  test('is malformed when it is signed but no event', async () => {
    const delivery = await deliveryOf({ ...event, id: '' }, [SECRET], NOW)
    expect(await verify(delivery, [SECRET])).toBe('malformed')
  })
})
