import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, businessDay, daysBetween, isDay, periodsOf } from '../../src/kit/calendar.ts'

const day = fc.integer({ min: -40_000, max: 40_000 }).map((offset) => addDays('2000-01-01', offset))
const granularity = fc.constantFrom('day', 'week', 'month', 'quarter', 'year')
const settings = fc.record({
  weekStart: fc.integer({ min: 1, max: 7 }),
  fiscalYearStart: fc.integer({ min: 1, max: 12 }),
})

test('periods cut any range into pieces without gap or overlap, each inside its whole period', () => {
  fc.assert(
    fc.property(day, fc.nat({ max: 900 }), granularity, settings, (from, length, cut, calendar) => {
      const to = addDays(from, length)
      const periods = periodsOf(from, to, cut, calendar)
      expect(periods[0]?.from).toBe(from)
      expect(periods.at(-1)?.to).toBe(to)
      for (const [index, period] of periods.entries()) {
        expect(isDay(period.start) && period.start <= period.from && period.from <= period.to).toBe(true)
        const before = periods[index - 1]
        if (before) expect(daysBetween(before.to, period.from)).toBe(1)
      }
    }),
  )
})

test('days between is what adding days undoes', () => {
  fc.assert(
    fc.property(
      day,
      fc.integer({ min: -5000, max: 5000 }),
      (from, count) => daysBetween(from, addDays(from, count)) === count,
    ),
  )
})

test('a business day never goes back as time goes on, in any zone', () => {
  const zones = [
    'America/New_York',
    'Europe/Warsaw',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Africa/Casablanca',
  ]
  const instant = fc.integer({
    min: Date.parse('2000-01-01T00:00:00Z'),
    max: Date.parse('2040-01-01T00:00:00Z'),
  })
  fc.assert(
    fc.property(instant, fc.nat({ max: 3 * 86_400_000 }), fc.constantFrom(...zones), (at, later, zone) => {
      const first = businessDay(at, zone)
      return isDay(first) && businessDay(at + later, zone) >= first
    }),
  )
})
