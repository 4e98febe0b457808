// When a notice may be mailed, under random zones, hours and instants.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  defaultSettings,
  HOUR_MS,
  mailDue,
  mailFree,
  type NoticeSettings,
  noticeText,
} from '../../src/modules/workspace/domain/notice.ts'
import { isQuiet, minuteOfDay, quietEnd } from '../../src/modules/workspace/domain/quiet-hours.ts'

const ZONES = [
  'UTC',
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Africa/Casablanca',
  'Pacific/Apia',
]
const from = Date.UTC(2024, 0, 1)
const instant = fc.integer({ min: 0, max: 3 * 366 * 1440 }).map((minute) => from + minute * 60_000)
const settings: fc.Arbitrary<NoticeSettings> = fc.record({
  timeZone: fc.constantFrom(...ZONES),
  quietFrom: fc.integer({ min: 0, max: 1439 }),
  quietUntil: fc.integer({ min: 0, max: 1439 }),
  digestHour: fc.integer({ min: 0, max: 23 }),
  digestWeekday: fc.integer({ min: 1, max: 7 }),
  mailsPerHour: fc.integer({ min: 1, max: 20 }),
})

/** The slow truth: minute by minute until it is not quiet. */
function walkedEnd(at: number, hours: NoticeSettings): number {
  let minute = at
  while (isQuiet(minute, hours)) minute = (Math.floor(minute / 60_000) + 1) * 60_000
  return minute
}

describe('quiet hours', () => {
  test('end at the first minute that is not quiet, whatever the clock does that night', () => {
    fc.assert(
      fc.property(settings, instant, (hours, at) => {
        expect(quietEnd(at, hours)).toBe(walkedEnd(at, hours))
      }),
      { numRuns: 150 },
    )
  })

  test('end right on the nights on which clocks change', () => {
    const night = { ...defaultSettings('America/New_York'), quietFrom: 22 * 60, quietUntil: 7 * 60 }
    // 8 March 2026: the clock jumps from 2 to 3; 1 November 2026: from 2 back to 1
    expect(new Date(quietEnd(Date.parse('2026-03-08T04:00:00Z'), night)).toISOString()).toBe(
      '2026-03-08T11:00:00.000Z',
    )
    expect(new Date(quietEnd(Date.parse('2026-11-01T03:00:00Z'), night)).toISOString()).toBe(
      '2026-11-01T12:00:00.000Z',
    )
    for (const at of ['2026-03-08T04:00:00Z', '2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z'])
      for (const quietUntil of [90, 120, 150, 180])
        expect(quietEnd(Date.parse(at), { ...night, quietUntil })).toBe(
          walkedEnd(Date.parse(at), { ...night, quietUntil }),
        )
  })

  test('of no length are none', () => {
    fc.assert(
      fc.property(settings, instant, (hours, at) => {
        expect(isQuiet(at, { ...hours, quietUntil: hours.quietFrom })).toBe(false)
      }),
    )
  })
})

describe('mail', () => {
  test('that is not urgent is never due in quiet hours and never in the past', () => {
    fc.assert(
      fc.property(settings, instant, fc.constantFrom('instant', 'daily', 'weekly'), (hours, at, mode) => {
        const due = mailDue(mode, hours, at, false) ?? 0
        expect(isQuiet(due, hours)).toBe(false)
        expect(due).toBeGreaterThanOrEqual(at)
        expect(due - at).toBeLessThanOrEqual((mode === 'weekly' ? 9 : 3) * 24 * HOUR_MS)
      }),
      { numRuns: 150 },
    )
  })

  test('that is urgent is due now, and mail that is off never', () => {
    fc.assert(
      fc.property(settings, instant, (hours, at) => {
        expect(mailDue('instant', hours, at, true)).toBe(at)
        expect(mailDue('off', hours, at, true)).toBeNull()
      }),
    )
  })

  test('of the daily digest comes at its hour on the wall', () => {
    fc.assert(
      fc.property(settings, instant, (hours, at) => {
        const loud = { ...hours, timeZone: 'Europe/London', digestHour: 8, quietUntil: hours.quietFrom }
        expect(minuteOfDay(mailDue('daily', loud, at, false) ?? 0, 'Europe/London')).toBe(480)
      }),
    )
  })

  test('that waits for the cap may go when fewer mails than the cap lie within the hour before', () => {
    const sent = fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 40 })
    fc.assert(
      fc.property(settings, instant, sent, (hours, at, minutesAgo) => {
        const loud = { ...hours, quietUntil: hours.quietFrom }
        const sentAt = minutesAgo.map((ago) => at - ago * 60_000)
        const free = mailFree(loud, sentAt, at)
        const within = sentAt.filter((one) => one > free - HOUR_MS && one <= free).length
        expect(within).toBeLessThan(loud.mailsPerHour)
        expect(free - at).toBeLessThanOrEqual(HOUR_MS)
      }),
    )
  })
})

test('a notice leads nowhere but into the product', () => {
  const bad = ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', 'foundry']
  for (const href of bad) expect(noticeText({ title: 'x', href }).href).toBe('')
  expect(noticeText({ title: ' two\nlines ', href: '/contacts/1#c' })).toEqual({
    title: 'two lines',
    body: '',
    href: '/contacts/1#c',
  })
})
