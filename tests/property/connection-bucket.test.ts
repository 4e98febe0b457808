// The token bucket of a connection, whatever is taken, held and waited for.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fullBucket, holdBucket, takeFrom } from '../../src/modules/connections/domain/token-lease.ts'

const pace = fc.record({
  capacity: fc.integer({ min: 1, max: 100 }),
  perSecond: fc.double({ min: 0.1, max: 50, noNaN: true }),
})
const steps = fc.array(
  fc.record({
    afterMs: fc.integer({ min: -1000, max: 20_000 }),
    cost: fc.integer({ min: 0, max: 120 }),
    holdMs: fc.option(fc.integer({ min: 0, max: 30_000 }), { nil: null }),
  }),
  { maxLength: 60 },
)

describe('a bucket', () => {
  test('never lets more out than its capacity and what came back in the time that passed', () => {
    fc.assert(
      fc.property(pace, steps, (rule, moves) => {
        let [now, spent, latest] = [1_000_000, 0, 1_000_000]
        let bucket = fullBucket(rule, now)
        for (const { afterMs, cost } of moves) {
          now += afterMs
          latest = Math.max(latest, now)
          const taken = takeFrom(bucket, rule, cost, now)
          bucket = taken.bucket
          if (taken.waitMs === 0) spent += Math.min(cost, rule.capacity)
          const allowed = rule.capacity + ((latest - 1_000_000) / 1000) * rule.perSecond
          expect(spent).toBeLessThanOrEqual(allowed + 1e-3)
        }
      }),
    )
  })

  test('lets a call out after the wait that it told, when nobody else came', () => {
    fc.assert(
      fc.property(pace, steps, fc.integer({ min: 0, max: 120 }), (rule, moves, cost) => {
        let now = 1_000_000
        let bucket = fullBucket(rule, now)
        for (const move of moves) {
          now += Math.max(0, move.afterMs)
          bucket = takeFrom(bucket, rule, move.cost, now).bucket
          if (move.holdMs !== null) bucket = holdBucket(bucket, move.holdMs, now)
        }
        // a hold tells its own end first, the missing tokens after it
        let asked = takeFrom(bucket, rule, cost, now)
        for (let i = 0; i < 2 && asked.waitMs > 0; i++) {
          now += asked.waitMs
          asked = takeFrom(asked.bucket, rule, cost, now)
        }
        expect(asked.waitMs).toBe(0)
      }),
    )
  })

  test('lets nothing out while the vendor asked for silence', () => {
    fc.assert(
      fc.property(
        pace,
        fc.integer({ min: 1, max: 60_000 }),
        fc.integer({ min: 0, max: 59_999 }),
        (rule, hold, at) => {
          const bucket = holdBucket(fullBucket(rule, 0), hold, 0)
          const { waitMs } = takeFrom(bucket, rule, 1, at)
          expect(waitMs).toBe(at < hold ? hold - at : 0)
        },
      ),
    )
  })
})
