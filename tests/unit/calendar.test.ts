import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  addYears,
  businessDay,
  daysBetween,
  isDay,
  nextOccurrence,
  periodsOf,
  rangePreset,
  startOfQuarter,
  startOfWeek,
  startOfYear,
} from '../../src/kit/calendar.ts'

const at = (iso: string) => Date.parse(iso)
const plain = { weekStart: 1, fiscalYearStart: 1 }

describe('the business day', () => {
  test.each([
    ['before midnight in New York', '2026-03-08T04:59:59Z', 'America/New_York', '2026-03-07'],
    ['the night the clocks go forward', '2026-03-09T03:59:59Z', 'America/New_York', '2026-03-08'],
    [
      'after that night the day starts an hour earlier',
      '2026-03-09T04:00:00Z',
      'America/New_York',
      '2026-03-09',
    ],
    ['the night the clocks go back has 25 hours', '2026-11-02T04:59:59Z', 'America/New_York', '2026-11-01'],
    ['a zone of five hours and three quarters', '2026-01-01T18:15:00Z', 'Asia/Kathmandu', '2026-01-02'],
    ['a moment before it', '2026-01-01T18:14:59Z', 'Asia/Kathmandu', '2026-01-01'],
    ['Lord Howe in summer is 11 hours ahead', '2026-01-01T13:00:00Z', 'Australia/Lord_Howe', '2026-01-02'],
    ['Lord Howe in winter is 10.5 hours ahead', '2026-07-01T13:29:59Z', 'Australia/Lord_Howe', '2026-07-01'],
    ['Apia before the day it skipped', '2011-12-30T09:59:59Z', 'Pacific/Apia', '2011-12-29'],
    ['Apia has no 30 December 2011', '2011-12-30T10:00:00Z', 'Pacific/Apia', '2011-12-31'],
  ])('%s', (_words, instant, zone, day) => {
    expect(businessDay(at(instant), zone)).toBe(day)
  })

  test('a zone that does not exist is refused', () => {
    expect(() => businessDay(0, 'Nowhere/Else')).toThrow(RangeError)
  })
})

describe('dates', () => {
  test('only dates that the calendar has are dates', () => {
    expect(['2024-02-29', '2023-02-29', '2026-13-01', '2026-1-01', '', '2100-02-29'].map(isDay)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ])
  })

  test('days run over months, years and leap days', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
    expect(daysBetween('2024-01-01', '2025-01-01')).toBe(366)
  })

  test('a month too short gives its last day', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2026-03-31', -13)).toBe('2025-02-28')
    expect(addYears('2024-02-29', -1)).toBe('2023-02-28')
  })

  test('weeks start where the business says, fiscal quarters and years too', () => {
    expect(startOfWeek('2026-11-22', 1)).toBe('2026-11-16')
    expect(startOfWeek('2026-11-22', 7)).toBe('2026-11-22')
    expect(startOfQuarter('2026-01-15', 4)).toBe('2026-01-01')
    expect(startOfQuarter('2026-01-15', 2)).toBe('2025-11-01')
    expect(startOfYear('2026-03-31', 4)).toBe('2025-04-01')
  })
})

describe('periods', () => {
  test('periods cover the range without gap or overlap and are clipped to it', () => {
    expect(periodsOf('2026-01-30', '2026-03-02', 'month', plain)).toEqual([
      { start: '2026-01-01', from: '2026-01-30', to: '2026-01-31' },
      { start: '2026-02-01', from: '2026-02-01', to: '2026-02-28' },
      { start: '2026-03-01', from: '2026-03-01', to: '2026-03-02' },
    ])
  })

  test('a range that ends before it starts has none', () => {
    expect(periodsOf('2026-02-01', '2026-01-01', 'day', plain)).toEqual([])
  })

  test('fiscal quarters follow the fiscal year', () => {
    const starts = periodsOf('2026-01-01', '2026-12-31', 'quarter', { weekStart: 1, fiscalYearStart: 2 })
    expect(starts.map((period) => period.start)).toEqual([
      '2025-11-01',
      '2026-02-01',
      '2026-05-01',
      '2026-08-01',
      '2026-11-01',
    ])
  })
})

describe('range presets', () => {
  const today = '2026-11-22'
  test.each([
    ['today', '2026-11-22', '2026-11-22'],
    ['yesterday', '2026-11-21', '2026-11-21'],
    ['last_7_days', '2026-11-16', '2026-11-22'],
    ['last_28_days', '2026-10-26', '2026-11-22'],
    ['last_30_days', '2026-10-24', '2026-11-22'],
    ['last_90_days', '2026-08-25', '2026-11-22'],
    ['this_week', '2026-11-16', '2026-11-22'],
    ['last_week', '2026-11-09', '2026-11-15'],
    ['this_month', '2026-11-01', '2026-11-30'],
    ['last_month', '2026-10-01', '2026-10-31'],
    ['this_quarter', '2026-10-01', '2026-12-31'],
    ['last_quarter', '2026-07-01', '2026-09-30'],
    ['this_year', '2026-01-01', '2026-12-31'],
    ['last_year', '2025-01-01', '2025-12-31'],
    ['year_to_date', '2026-01-01', '2026-11-22'],
    ['last_12_months', '2025-11-01', '2026-10-31'],
    ['all_time', '2019-03-04', '2026-11-22'],
  ] as const)('%s', (preset, from, to) => {
    expect(rangePreset(preset, today, { ...plain, firstDay: '2019-03-04' })).toEqual({ from, to })
  })

  test('a fiscal year starts in its own month', () => {
    expect(rangePreset('this_year', today, { weekStart: 1, fiscalYearStart: 4 })).toEqual({
      from: '2026-04-01',
      to: '2027-03-31',
    })
  })
})

describe('the next occurrence of a cron', () => {
  test.each([
    [
      'strictly after the moment itself',
      '0 9 * * *',
      'UTC',
      '2026-01-01T09:00:00Z',
      '2026-01-02T09:00:00.000Z',
    ],
    [
      'on the clocks of the zone',
      '0 9 * * 1',
      'Europe/Warsaw',
      '2026-11-22T12:00:00Z',
      '2026-11-23T08:00:00.000Z',
    ],
    [
      'a time the night skips runs after the gap',
      '30 2 * * *',
      'America/New_York',
      '2026-03-07T20:00:00Z',
      '2026-03-08T07:00:00.000Z',
    ],
    [
      'a time that comes twice runs the first time',
      '30 1 * * *',
      'America/New_York',
      '2026-10-31T20:00:00Z',
      '2026-11-01T05:30:00.000Z',
    ],
    [
      'and not the second',
      '30 1 * * *',
      'America/New_York',
      '2026-11-01T05:30:00Z',
      '2026-11-02T06:30:00.000Z',
    ],
    ['a leap day over the century', '0 0 29 2 *', 'UTC', '2096-10-31T20:00:00Z', '2104-02-29T00:00:00.000Z'],
    [
      'a day that Apia skipped waits a year',
      '0 0 30 12 *',
      'Pacific/Apia',
      '2011-12-29T20:00:00Z',
      '2012-12-29T10:00:00.000Z',
    ],
  ])('%s', (_words, cron, zone, after, next) => {
    expect(nextOccurrence(cron, zone, after)).toBe(next)
  })

  test('what is never due is null, what cannot be read throws', () => {
    expect(nextOccurrence('0 0 30 2 *', 'UTC', '2026-01-01T00:00:00Z')).toBeNull()
    expect(() => nextOccurrence('every day', 'UTC', '2026-01-01T00:00:00Z')).toThrow()
    expect(() => nextOccurrence('0 9 * * *', 'UTC', 'yesterday')).toThrow(RangeError)
  })
})
