import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, businessDay, dayStart, daysBetween, isDay } from '../../src/kit/calendar.ts'
import {
  easterSunday,
  HOLIDAYS,
  holidayAlignment,
  holidayIn,
} from '../../src/modules/mini-foundry/domain/calendar-holidays.ts'
import { compareRange } from '../../src/modules/mini-foundry/domain/compare.ts'
import { COMPARISONS } from '../../src/modules/mini-foundry/domain/dashboard.ts'

const day = fc.integer({ min: 0, max: 7_000 }).map((offset) => addDays('2016-03-01', offset))
const range = fc
  .tuple(day, fc.nat({ max: 400 }))
  .map(([from, length]) => ({ from, to: addDays(from, length) }))
const weekday = (text: string) => new Date(text).getUTCDay()

describe('comparisons', () => {
  test('give days that exist, in order, before the range; all but the same dates give as many days', () => {
    fc.assert(
      fc.property(range, fc.constantFrom(...COMPARISONS), (known, comparison) => {
        const before = compareRange(known, comparison)
        expect(
          isDay(before.from) && isDay(before.to) && before.from <= before.to && before.from < known.from,
        ).toBe(true)
        const [length, own] = [daysBetween(before.from, before.to), daysBetween(known.from, known.to)]
        if (comparison === 'previous_year') expect(Math.abs(length - own)).toBeLessThanOrEqual(1)
        else expect(length).toBe(own)
      }),
    )
  })

  test('of the same dates keep month and date, but for 29 February, which becomes the 28th', () => {
    fc.assert(
      fc.property(range, (known) => {
        const before = compareRange(known, 'previous_year')
        for (const end of ['from', 'to'] as const) {
          const want = known[end].slice(5) === '02-29' ? '02-28' : known[end].slice(5)
          expect(before[end].slice(5)).toBe(want)
          expect(Number(known[end].slice(0, 4)) - Number(before[end].slice(0, 4))).toBe(1)
        }
      }),
    )
  })

  test('of the same weekdays put Mondays on Mondays, through leap years too', () => {
    fc.assert(
      fc.property(range, (known) => {
        expect(weekday(compareRange(known, 'same_weekday').from)).toBe(weekday(known.from))
      }),
    )
  })

  test('around a holiday put it on itself, as far from the start of the range as a year before', () => {
    fc.assert(
      fc.property(range, (known) => {
        const { holiday, days } = holidayAlignment(known)
        const before = compareRange(known, 'holiday')
        expect(daysBetween(before.from, known.from)).toBe(days)
        if (!holiday) {
          expect(days).toBe(364)
          return
        }
        const years = [-1, 0, 1].map((step) => Number(known.from.slice(0, 4)) + step)
        const all = years.flatMap((year) => holidayIn(holiday, year))
        const now = all.find((date) => date >= known.from && date <= addDays(known.to, 10)) ?? ''
        expect(holidayIn(holiday, Number(addDays(now, -days).slice(0, 4)))).toContain(addDays(now, -days))
      }),
    )
  })
})

describe('holidays', () => {
  test('fall where people know them', () => {
    expect([2024, 2025, 2026, 2038].map(easterSunday)).toEqual([
      '2024-03-31',
      '2025-04-20',
      '2026-04-05',
      '2038-04-25',
    ])
    expect(holidayIn('thanksgiving', 2026)).toEqual(['2026-11-26'])
    expect(holidayIn('black_friday', 2024)).toEqual(['2024-11-29'])
    expect(holidayIn('cyber_monday', 2024)).toEqual(['2024-12-02'])
    expect(holidayIn('ramadan', 2030)).toEqual(['2030-01-05', '2030-12-26'])
    expect(holidayIn('lunar_new_year', 2014)).toEqual([])
  })

  test('are real days, Easter is a Sunday of March or April, Thanksgiving the fourth Thursday', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2199 }), (year) => {
        for (const holiday of HOLIDAYS)
          for (const date of holidayIn(holiday, year)) expect(isDay(date)).toBe(true)
        const easter = easterSunday(year)
        expect([weekday(easter), easter >= `${year}-03-22`, easter <= `${year}-04-25`]).toEqual([
          0,
          true,
          true,
        ])
        const [thanks = ''] = holidayIn('thanksgiving', year)
        expect([weekday(thanks), thanks >= `${year}-11-22`, thanks <= `${year}-11-28`]).toEqual([
          4,
          true,
          true,
        ])
      }),
    )
  })

  test('of the tables rise, one Chinese or Islamic year apart', () => {
    const all = (holiday: 'lunar_new_year' | 'ramadan' | 'eid_al_fitr' | 'eid_al_adha' | 'diwali') =>
      Array.from({ length: 21 }, (_, index) => holidayIn(holiday, 2015 + index)).flat()
    for (const holiday of ['ramadan', 'eid_al_fitr', 'eid_al_adha'] as const) {
      const days = all(holiday)
      for (let at = 1; at < days.length; at++) {
        expect([353, 354, 355, 356]).toContain(daysBetween(days[at - 1] ?? '', days[at] ?? ''))
      }
    }
    for (const holiday of ['lunar_new_year', 'diwali'] as const) {
      const days = all(holiday)
      expect(days).toHaveLength(21)
      for (let at = 1; at < days.length; at++) {
        expect([353, 354, 355, 356, 383, 384, 385]).toContain(daysBetween(days[at - 1] ?? '', days[at] ?? ''))
      }
    }
  })
})

describe('days of a zone', () => {
  test('start and end on themselves in zones with half hours, quarters and changing clocks', () => {
    const zone = fc.constantFrom('Australia/Lord_Howe', 'Asia/Kathmandu', 'America/New_York', 'Pacific/Apia')
    fc.assert(
      fc.property(day, zone, (known, timeZone) => {
        const start = dayStart(known, timeZone)
        const next = dayStart(addDays(known, 1), timeZone)
        expect([businessDay(start, timeZone), businessDay(start - 1, timeZone)]).toEqual([
          known,
          addDays(known, -1),
        ])
        expect(businessDay(next - 1, timeZone)).toBe(known)
        expect((next - start) / 3_600_000).toBeGreaterThanOrEqual(23)
        expect((next - start) / 3_600_000).toBeLessThanOrEqual(25)
      }),
    )
  })
})
