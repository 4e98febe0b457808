/** Which period of a dashboard's series is not over yet. */
import { expect, test } from 'vitest'
import { periodLabels, soFarOf } from '../../src/modules/mini-foundry/views/dashboard-words.ts'

const days = (...periods: string[]) => periods.map((period) => ({ period }))
const view = (to: string, asOf: string | null = null) =>
  ({
    query: { asOf },
    range: { from: '2026-11-01', to },
    calendar: { today: '2026-11-23', weekStart: 1, fiscalYearStart: 1 },
  }) as unknown as Parameters<typeof soFarOf>[0]

test('is the one that today lies in, whether it is a day or a month', () => {
  expect(soFarOf(view('2026-11-23'), days('2026-11-21', '2026-11-22', '2026-11-23'))).toBe(2)
  expect(soFarOf(view('2026-11-23'), days('2026-10-01', '2026-11-01'))).toBe(1)
  expect(soFarOf(view('2026-11-25'), days('2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25'))).toBe(1)
})

test('is none where the range ends before today, or looks back at a day that was over', () => {
  expect(soFarOf(view('2026-11-22'), days('2026-11-21', '2026-11-22'))).toBeUndefined()
  expect(soFarOf(view('2026-11-23', '2026-11-23'), days('2026-11-23'))).toBeUndefined()
})

test('is named so in tables and sentences', () => {
  const style = { granularity: 'day', fiscalYearStart: 1, oneYear: true } as const
  const reader = { locale: 'en-US', timeZone: 'UTC' }
  expect(periodLabels(days('2026-11-22', '2026-11-23'), style, 1, reader)).toEqual([
    'Nov 22',
    'Nov 23 (so far)',
  ])
})
