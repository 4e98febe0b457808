// The days of an audit filter, where the business is.
import { expect, test } from 'vitest'
import { dayStart } from '../../src/kit/calendar.ts'

test.each([
  ['2026-11-22', 'Europe/Berlin', '2026-11-21T23:00:00.000Z'],
  ['2026-11-22', 'America/New_York', '2026-11-22T05:00:00.000Z'],
  ['2026-11-22', 'Pacific/Kiritimati', '2026-11-21T10:00:00.000Z'],
  ['2026-11-22', 'Pacific/Pago_Pago', '2026-11-22T11:00:00.000Z'],
  ['2026-11-22', 'Asia/Kathmandu', '2026-11-21T18:15:00.000Z'],
])('%s begins in %s at %s', (day, zone, instant) => {
  expect(new Date(dayStart(day, zone)).toISOString()).toBe(instant)
})

test('a day without midnight begins when the clock has jumped over it', () => {
  expect(new Date(dayStart('2018-11-04', 'America/Sao_Paulo')).toISOString()).toBe('2018-11-04T03:00:00.000Z')
})
