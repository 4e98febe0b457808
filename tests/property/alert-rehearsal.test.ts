// A rehearsal over a year says exactly what judging each period on its own day would have said.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, addMonths } from '../../src/kit/calendar.ts'
import type { AlertGranularity, AlertRule } from '../../src/modules/mini-foundry/domain/alert.ts'
import { judge, lookbackOf } from '../../src/modules/mini-foundry/domain/alert-judge.ts'

const direction = fc.constantFrom('rise' as const, 'drop' as const, 'any' as const)
const rule: fc.Arbitrary<AlertRule> = fc.oneof(
  fc.record({
    kind: fc.constant('threshold' as const),
    rule: fc.record({
      operator: fc.constantFrom('above' as const, 'below' as const),
      value: fc.integer({ min: -5, max: 60 }),
      repeat: fc.boolean(),
    }),
  }),
  fc.record({
    kind: fc.constant('change' as const),
    rule: fc.record({
      direction,
      by: fc.integer({ min: 1, max: 80 }),
      unit: fc.constantFrom('percent' as const, 'amount' as const),
      against: fc.constantFrom('previous_period' as const, 'same_weekday' as const, 'previous_year' as const),
      repeat: fc.boolean(),
    }),
  }),
  fc.record({
    kind: fc.constant('anomaly' as const),
    rule: fc.record({
      sensitivity: fc.constantFrom('low' as const, 'medium' as const, 'high' as const),
      direction,
      repeat: fc.boolean(),
    }),
  }),
  fc.constant({ kind: 'quiet' as const, rule: { source_id: 's' } }),
)

const value = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 50 }) },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 2, arbitrary: fc.constant(0) },
)

test('rehearsing a stretch is judging its periods one after another', () => {
  fc.assert(
    fc.property(
      rule,
      fc.constantFrom<AlertGranularity>('day', 'week', 'month'),
      fc.infiniteStream(value),
      fc.integer({ min: 1, max: 40 }),
      (alert, granularity, stream, judged) => {
        const lookback = lookbackOf(alert, granularity)
        // longer ago than anything looks back: it must not matter
        const before = lookback + 10
        const values = [...stream.take(before + judged)]
        const points = values.map((known, index) => ({
          period:
            granularity === 'month'
              ? addMonths('1990-01-01', index)
              : addDays('2020-01-06', index * (granularity === 'week' ? 7 : 1)),
          value: known,
        }))
        const from = points[before]?.period ?? ''
        const rehearsed = judge(alert, granularity, points, from)
        const oneByOne = points.slice(before).flatMap(({ period }, index) => {
          const known = points.slice(before + index - lookback, before + index + 1)
          return judge(alert, granularity, known, period)
        })
        expect(oneByOne).toEqual(rehearsed)
      },
    ),
    { numRuns: 300 },
  )
})
