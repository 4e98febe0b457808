// The pace of a target: what should be there by now in the business's own rhythm, and which metrics have one.
import { describe, expect, test } from 'vitest'
import { addDays, daysBetween } from '../../src/kit/calendar.ts'
import { METRICS } from '../../src/modules/mini-foundry/domain/metrics.ts'
import {
  addsUp,
  type DayValue,
  dayWeights,
  paceOf,
  parseTarget,
} from '../../src/modules/mini-foundry/domain/target.ts'

const MARCH = { from: '2026-03-01', to: '2026-03-31' }

const daysFrom = (from: string, to: string, value: (day: string, index: number) => number): DayValue[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => ({
    day: addDays(from, index),
    value: value(addDays(from, index), index),
  }))

describe('the pace', () => {
  test('without a past is the share of days that are over', () => {
    const pace = paceOf(
      3100,
      MARCH,
      '2026-03-11',
      daysFrom('2026-03-01', '2026-03-10', () => 100),
      [],
    )
    expect(pace).toMatchObject({ shape: 'even', expected: 1000, actual: 1000, ahead: 0, state: 'on_track' })
    expect(pace.neededPerDay).toBe(100)
    expect(pace.daysLeft).toBe(21)
    expect(pace.projected).toBeCloseTo(3100)
  })

  test('does not count today, which is not over', () => {
    const values = daysFrom('2026-03-01', '2026-03-11', () => 100)
    expect(paceOf(3100, MARCH, '2026-03-11', values, []).actual).toBe(1000)
  })

  test('knows that a business sells at weekends', () => {
    // March 2026 begins on a Sunday
    const weekend = (day: string) => ([6, 0].includes(new Date(`${day}T00:00:00Z`).getUTCDay()) ? 300 : 0)
    const past = daysFrom('2026-01-01', '2026-02-28', weekend)
    const pace = paceOf(2700, MARCH, '2026-03-07', daysFrom('2026-03-01', '2026-03-06', weekend), past)
    expect(pace.shape).toBe('weekdays')
    expect(pace.expected).toBeCloseTo(300)
    expect(pace.state).toBe('on_track')
  })

  test('knows the season: what comes at the end of November is not missed at its middle', () => {
    const november = { from: '2026-11-01', to: '2026-11-30' }
    const past = daysFrom('2025-11-01', '2026-10-31', (day) =>
      day >= '2025-11-22' && day <= '2025-12-02' ? 1000 : 100,
    )
    const { weights, shape } = dayWeights(november, past)
    expect(shape).toBe('year_before')
    expect((weights[29] ?? 0) / (weights[0] ?? 1)).toBe(10)
    const pace = paceOf(10_000, november, '2026-11-16', [], past)
    expect(pace.expected).toBeLessThan(2500)
    expect(pace.state).toBe('behind')
  })

  test('is told in words that depend on whether less is better', () => {
    const values = daysFrom('2026-03-01', '2026-03-10', () => 50)
    expect(paceOf(3100, MARCH, '2026-03-11', values, []).state).toBe('behind')
    expect(paceOf(3100, MARCH, '2026-03-11', values, [], true).state).toBe('ahead')
    expect(paceOf(400, MARCH, '2026-03-11', values, [], true).state).toBe('missed')
    expect(paceOf(400, MARCH, '2026-03-11', values, []).state).toBe('reached')
  })

  test('of a period that is over says reached or missed, of one to come nothing is expected yet', () => {
    const values = daysFrom('2026-03-01', '2026-03-31', () => 100)
    expect(paceOf(3100, MARCH, '2026-04-01', values, [])).toMatchObject({
      state: 'reached',
      neededPerDay: null,
      share: 1,
    })
    expect(paceOf(3101, MARCH, '2026-05-01', values, []).state).toBe('missed')
    expect(paceOf(3100, MARCH, '2026-02-10', [], [])).toMatchObject({
      share: 0,
      expected: 0,
      projected: null,
      daysLeft: 31,
    })
  })

  test('of a whole year uses the year before, though the last day of it lies inside', () => {
    const year = { from: '2026-01-01', to: '2026-12-31' }
    expect(
      dayWeights(
        year,
        daysFrom('2025-01-02', '2025-12-31', () => 5),
      ).shape,
    ).toBe('year_before')
  })
})

describe('a pace is for what adds up', () => {
  test.each(['revenue', 'net_revenue', 'orders', 'gross_profit', 'cash_in'])('%s does', (id) => {
    const metric = METRICS[id]
    expect(metric && addsUp(metric)).toBe(true)
  })

  test.each([
    'customers',
    'average_order_value',
    'gross_margin',
    'cash_balance',
    'mrr',
    'runway',
    'revenue_per_day',
  ])('%s does not', (id) => {
    const metric = METRICS[id]
    expect(metric && addsUp(metric)).toBe(false)
  })
})

describe('what may be sent', () => {
  test.each([
    [{ metric: 'revenue', value: 'lots' }, 'value'],
    [{ metric: 'revenue', value: '' }, 'value'],
    [{ metric: 'revenue' }, 'value'],
    [{ metric: 'revenue', value: 1, period: '2026-13-01' }, 'period'],
    [{ metric: 'revenue', value: 1, granularity: 'day' }, 'granularity'],
    [{ value: 1 }, 'metric'],
  ])('%j is refused at %s', (input, path) => {
    const parsed = parseTarget(input)
    expect(parsed.ok ? [] : parsed.error.errors?.map((error) => error.path)).toEqual([path])
  })
})
