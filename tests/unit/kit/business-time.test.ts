// Office hours and lengths of time, over weekends, holidays and nights on which the clock changes.
import { describe, expect, test } from 'vitest'
import { after, type BusinessTime, instantOf, nextOpening, type TimeSpan } from '../../../src/kit/calendar.ts'

const office = (timeZone: string, more: Partial<BusinessTime> = {}): BusinessTime => ({
  timeZone,
  workdays: [1, 2, 3, 4, 5],
  opens: 9 * 60,
  closes: 17 * 60,
  holidays: [],
  ...more,
})
const iso = (ms: number): string => new Date(ms).toISOString()
const opening = (at: string, time: BusinessTime): string => iso(nextOpening(Date.parse(at), time))
const later = (at: string, amount: number, unit: TimeSpan['unit'], time: BusinessTime): string =>
  iso(after(Date.parse(at), { amount, unit }, time))

describe('the next moment of office hours', () => {
  const utc = office('UTC')
  test.each([
    ['open already', '2026-03-10T12:34:56.000Z', '2026-03-10T12:34:56.000Z'],
    ['before opening', '2026-03-10T03:00:00Z', '2026-03-10T09:00:00.000Z'],
    ['at the minute of closing', '2026-03-10T17:00:00Z', '2026-03-11T09:00:00.000Z'],
    ['on Friday evening', '2026-03-13T20:00:00Z', '2026-03-16T09:00:00.000Z'],
  ])('%s', (_, at, expected) => {
    expect(opening(at, utc)).toBe(expected)
  })

  test('passes over holidays', () => {
    const easter = office('UTC', { holidays: ['2026-04-03', '2026-04-06'] })
    expect(opening('2026-04-02T18:00:00Z', easter)).toBe('2026-04-07T09:00:00.000Z')
  })

  test('is on the clocks of the zone, also where half hours and half-hour summer times are kept', () => {
    expect(opening('2026-03-10T00:00:00Z', office('Asia/Kathmandu'))).toBe('2026-03-10T03:15:00.000Z')
    expect(opening('2026-10-03T22:00:00Z', office('Australia/Lord_Howe'))).toBe('2026-10-04T22:00:00.000Z')
    expect(opening('2026-03-08T05:00:00Z', office('America/New_York'))).toBe('2026-03-09T13:00:00.000Z')
  })

  test('opens after the gap when the clock skips the hour of opening', () => {
    const nights = office('America/New_York', { workdays: [7], opens: 150, closes: 300 })
    expect(opening('2026-03-08T05:00:00Z', nights)).toBe('2026-03-08T07:30:00.000Z')
  })
})

describe('a length later', () => {
  const york = office('America/New_York')
  test.each<[string, string, number, TimeSpan['unit'], string]>([
    [
      'hours are counted over a change of the clock',
      '2026-03-08T06:00:00Z',
      2,
      'hours',
      '2026-03-08T08:00:00.000Z',
    ],
    ['days keep the time on the clock', '2026-03-07T17:00:00Z', 1, 'days', '2026-03-08T16:00:00.000Z'],
    ['weeks too', '2026-10-30T16:00:00Z', 1, 'weeks', '2026-11-06T17:00:00.000Z'],
    [
      'business days pass over the weekend',
      '2026-03-13T16:00:00Z',
      1,
      'business_days',
      '2026-03-16T16:00:00.000Z',
    ],
    [
      'from a Sunday they begin on Monday',
      '2026-03-15T16:00:00Z',
      2,
      'business_days',
      '2026-03-17T16:00:00.000Z',
    ],
  ])('%s', (_, at, amount, unit, expected) => {
    expect(later(at, amount, unit, york)).toBe(expected)
  })

  test('holidays are no business days', () => {
    const closed = office('UTC', { holidays: ['2026-12-25', '2026-12-28'] })
    expect(later('2026-12-24T10:00:00Z', 1, 'business_days', closed)).toBe('2026-12-29T10:00:00.000Z')
  })
})

test('a day begins at midnight of the zone, an instant is itself, and other text is neither', () => {
  expect(instantOf('2026-03-01', 'America/New_York')).toBe(Date.parse('2026-03-01T05:00:00Z'))
  expect(instantOf('2026-03-01T10:00:00+02:00', 'UTC')).toBe(Date.parse('2026-03-01T08:00:00Z'))
  for (const text of ['tomorrow', '2026-13-01', '2026-03-01T10:00:00', ''])
    expect(instantOf(text, 'UTC')).toBeNull()
})
