// Comparisons across changing clocks and leap days: as many business days, no day twice, no gap, every instant in one.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  businessDay,
  type DayRange,
  dayStart,
  daysBetween,
  periodsOf,
} from '../../src/kit/calendar.ts'
import { compareRange } from '../../src/modules/mini-foundry/domain/compare.ts'

/** Clocks that move by half an hour, not at all at an odd offset, and by an hour. */
const ZONES = ['Australia/Lord_Howe', 'Asia/Kathmandu', 'America/New_York'] as const
const COMPARED = ['previous_period', 'same_weekday', 'previous_year'] as const
/** Leap days, the days clocks change in these zones, and the year's turn. */
const ODD = [
  ...['2024-02-29', '2025-02-28', '2028-02-29', '2026-03-08', '2026-11-01', '2025-11-02', '2024-11-03'],
  ...['2026-04-05', '2026-10-04', '2025-10-05', '2025-04-06', '2026-01-01'],
]
const range = fc
  .tuple(fc.constantFrom(...ODD), fc.integer({ min: -20, max: 5 }), fc.nat(24))
  .map(([near, shift, length]): DayRange => {
    const from = addDays(near, shift)
    return { from, to: addDays(from, length) }
  })

const SIX_HOURS = 21_600_000
const daysOf = ({ from, to }: DayRange): string[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, n) => addDays(from, n))

/** The business days from a range's first instant to its last, as they follow: at each turn of a day and within it. */
function lived({ from, to }: DayRange, zone: string): string[] {
  const found: string[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const [start, end] = [dayStart(day, zone), dayStart(addDays(day, 1), zone)]
    const within = [start, start + 1, end - 1]
    for (let at = start + SIX_HOURS; at < end; at += SIX_HOURS) within.push(at)
    for (const at of within.sort((one, other) => one - other)) {
      const name = businessDay(at, zone)
      if (found.at(-1) !== name) found.push(name)
    }
  }
  return found
}

const leapDays = ({ from, to }: DayRange): number =>
  daysOf({ from, to }).filter((day) => day.endsWith('-02-29')).length

describe.each(ZONES)('in %s', (zone) => {
  test.each(COMPARED)('the %s holds each of its days once and leaves none out', (comparison) => {
    fc.assert(
      fc.property(range, (now) => {
        const before = compareRange(now, comparison)
        expect(lived(before, zone)).toEqual(daysOf(before))
        expect(lived(now, zone)).toEqual(daysOf(now))
        const periods = periodsOf(before.from, before.to, 'day', { weekStart: 1, fiscalYearStart: 1 })
        expect(periods.map(({ from }) => from)).toEqual(daysOf(before))
      }),
      { numRuns: 40 },
    )
  })

  test('the previous period ends at the very instant the range begins', () => {
    fc.assert(
      fc.property(range, (now) => {
        const before = compareRange(now, 'previous_period')
        expect(addDays(before.to, 1)).toBe(now.from)
        expect(businessDay(dayStart(now.from, zone) - 1, zone)).toBe(before.to)
      }),
      { numRuns: 40 },
    )
  })
})

test('as many days are compared; of the same dates a leap day more or less, and never else', () => {
  fc.assert(
    fc.property(range, (now) => {
      const days = daysOf(now).length
      expect(daysOf(compareRange(now, 'previous_period'))).toHaveLength(days)
      expect(daysOf(compareRange(now, 'same_weekday'))).toHaveLength(days)
      const before = compareRange(now, 'previous_year')
      // a range that ends on 29 February and begins on it is held against the 28th alone
      const single = now.from.endsWith('-02-29') ? 0 : leapDays(now)
      expect(daysOf(before)).toHaveLength(days - single + leapDays(before))
    }),
  )
})
