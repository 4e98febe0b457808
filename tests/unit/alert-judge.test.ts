// What makes an alert go off, and what does not: thresholds, changes, the unusual, silence.
import { describe, expect, test } from 'vitest'
import { addDays, addMonths } from '../../src/kit/calendar.ts'
import {
  type AlertGranularity,
  type AlertRule,
  parseAlert,
} from '../../src/modules/mini-foundry/domain/alert.ts'
import { judge, lookbackOf } from '../../src/modules/mini-foundry/domain/alert-judge.ts'

const START = '2024-01-01'

function pointsOf(values: (number | null)[], granularity: AlertGranularity = 'day', start = START) {
  return values.map((value, index) => ({
    period:
      granularity === 'month'
        ? addMonths(start, index)
        : addDays(start, index * (granularity === 'week' ? 7 : 1)),
    value,
  }))
}

/** The places at which the alert goes off. */
function firing(
  alert: AlertRule,
  values: (number | null)[],
  granularity: AlertGranularity = 'day',
): number[] {
  const verdicts = judge(alert, granularity, pointsOf(values, granularity), START)
  return verdicts.flatMap(({ fires }, index) => (fires ? [index] : []))
}

const below = (value: number, repeat = false): AlertRule => ({
  kind: 'threshold',
  rule: { operator: 'below', value, repeat },
})
const change = (more: object): AlertRule => ({
  kind: 'change',
  rule: { direction: 'any', by: 20, unit: 'percent', against: 'previous_period', repeat: false, ...more },
})
const unusual = (more: object = {}): AlertRule => ({
  kind: 'anomaly',
  rule: { sensitivity: 'medium', direction: 'any', repeat: false, ...more },
})
const quiet: AlertRule = { kind: 'quiet', rule: { source_id: 's' } }

/** The same numbers every run: mulberry32, and from it a normal distribution. */
function noise(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return () => Math.sqrt(-2 * Math.log(next() || 1e-12)) * Math.cos(2 * Math.PI * next())
}

const WEEK = [1, 0.9, 1, 1.1, 1.3, 1.8, 0.4]
/** Two years of a shop: a rhythm of weekdays and days that differ by a fifth. */
function shop(seed: number, days = 800, spread = 0.2): number[] {
  const draw = noise(seed)
  return Array.from({ length: days }, (_, day) => 1000 * (WEEK[day % 7] ?? 1) * Math.exp(spread * draw()))
}

describe('a threshold', () => {
  test('goes off on the period that crosses it, and not again until it has recovered', () => {
    expect(firing(below(100), [150, 90, 80, 70, 120, 60])).toEqual([1, 5])
  })

  test('goes off each time when it is to repeat', () => {
    expect(firing(below(100, true), [150, 90, 80, 120, 60])).toEqual([1, 2, 4])
  })

  test('is not crossed by being met', () => {
    expect(firing(below(100), [100, 100])).toEqual([])
  })

  test('says nothing of periods without a value, and looks past them', () => {
    expect(firing(below(100), [90, null, null, 80, null, 120, null, 70])).toEqual([0, 7])
  })
})

describe('a change', () => {
  test('counts from exactly its size, rounding of binary fractions or not', () => {
    expect(firing(change({}), [100, 120, 120, 95.99])).toEqual([1, 3])
    expect(firing(change({ by: 10 }), [1.1, 1.21])).toEqual([1])
    expect(firing(change({}), [100, 119.99])).toEqual([])
  })

  test('looks only in its own direction', () => {
    expect(firing(change({ direction: 'drop' }), [100, 200, 100])).toEqual([2])
    expect(firing(change({ direction: 'rise' }), [100, 200, 100])).toEqual([1])
  })

  test('by an amount works from nothing, by percent it cannot be said', () => {
    expect(firing(change({ unit: 'amount', by: 50 }), [0, 60])).toEqual([1])
    expect(firing(change({}), [0, 60])).toEqual([])
  })

  test('against the same weekday is not alarmed by Sundays', () => {
    const weeks = Array.from({ length: 28 }, (_, day) => (WEEK[day % 7] ?? 1) * 100)
    expect(firing(change({ against: 'same_weekday' }), weeks)).toEqual([])
    expect(firing(change({}), weeks).length).toBeGreaterThan(0)
  })

  test('against the year before meets the same date, over a leap day too', () => {
    const days = Array.from({ length: 800 }, (_, day) => day)
    const verdicts = judge(change({ against: 'previous_year' }), 'day', pointsOf(days), START)
    // 15 March 2025 is day 439; 15 March 2024 is day 74, after 29 February 2024
    expect(verdicts[439]?.expected).toBe(74)
    expect(verdicts[31]?.expected).toBeNull()
    const months = judge(
      change({ against: 'previous_year' }),
      'month',
      pointsOf(days.slice(0, 24), 'month'),
      START,
    )
    expect(months[13]?.expected).toBe(1)
  })
})

describe('the unusual', () => {
  test.each([
    ['low', 0.1],
    ['medium', 0.8],
    ['high', 4],
  ] as const)(
    'with %s sensitivity an ordinary shop is alarmed at most %d times a year',
    (sensitivity, most) => {
      let alarms = 0
      const shops = 30
      for (let seed = 1; seed <= shops; seed += 1) {
        const verdicts = judge(unusual({ sensitivity }), 'day', pointsOf(shop(seed)), START)
        alarms += verdicts.slice(-365).filter(({ fires }) => fires).length
      }
      expect(alarms / shops).toBeLessThanOrEqual(most)
    },
  )

  test('sees a day that brought almost nothing, and one that brought four times as much', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const values = shop(seed)
      values[789] = 20
      values[795] = 1000 * (WEEK[795 % 7] ?? 1) * 4
      const fired = firing(unusual(), values)
      expect(fired).toContain(789)
      expect(fired).toContain(795)
    }
  })

  test('keeps quiet about a Sunday that is as weak as Sundays are', () => {
    const values = Array.from({ length: 120 }, (_, day) => (WEEK[day % 7] ?? 1) * 100)
    expect(firing(unusual({ sensitivity: 'high' }), values)).toEqual([])
  })

  test('is not confused by an outlier of last week', () => {
    const values = shop(5)
    values[780] = 90_000
    const [verdict] = judge(unusual(), 'day', pointsOf(values), addDays(START, 787))
    expect(verdict?.expected).toBeGreaterThan(500)
    expect(verdict?.expected).toBeLessThan(3000)
  })

  test('knows the season of the year before: the same high week is no surprise', () => {
    const values = shop(9, 800, 0.05)
    for (let day = 330; day < 344; day += 1) values[day] = (values[day] ?? 0) * 2.5
    const plain = shop(9, 800, 0.05)
    for (let day = 694; day < 708; day += 1) {
      values[day] = (values[day] ?? 0) * 2.5
      plain[day] = (plain[day] ?? 0) * 2.5
    }
    const inSeason = (fired: number[]) => fired.filter((day) => day >= 697 && day < 704)
    expect(firing(unusual(), plain).some((day) => day >= 694 && day < 708)).toBe(true)
    expect(inSeason(firing(unusual(), values))).toEqual([])
  })

  test('says nothing before four weeks are known', () => {
    expect(judge(unusual(), 'day', pointsOf(shop(1, 27)), START).every(({ holds }) => holds === null)).toBe(
      true,
    )
  })

  test('does not alarm a business that always does the same by a cent more', () => {
    const values = Array.from({ length: 60 }, () => 100)
    expect(firing(unusual({ sensitivity: 'high' }), [...values, 100.01])).toEqual([])
    expect(firing(unusual({ sensitivity: 'high' }), [...values, 150])).toEqual([60])
  })
})

describe('silence', () => {
  test('of a source that sends every day is noticed after two empty days', () => {
    const days = [...Array.from({ length: 30 }, () => 5), 0, 0, 0, 0]
    expect(firing(quiet, days)).toEqual([31])
  })

  test('of a source that rests at weekends is not noticed at weekends', () => {
    const days = Array.from({ length: 70 }, (_, day) => (day % 7 < 5 ? 3 : 0))
    expect(firing(quiet, days)).toEqual([])
    expect(firing(quiet, [...days, 0, 0, 0, 0, 0])).toEqual([73])
  })

  test('of a source that has hardly begun means nothing', () => {
    expect(firing(quiet, [1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0])).toEqual([])
  })
})

describe('what may be asked', () => {
  const errorsOf = (input: unknown) => {
    const parsed = parseAlert(input)
    return parsed.ok ? [] : (parsed.error.errors ?? []).map(({ path }) => path)
  }

  test('a threshold needs little more than a number', () => {
    const parsed = parseAlert({
      metric: 'revenue',
      kind: 'threshold',
      rule: { operator: 'below', value: '1000' },
    })
    expect(parsed.ok && parsed.value).toMatchObject({
      granularity: 'day',
      filter: null,
      rule: { value: 1000, repeat: false },
    })
  })

  test.each([
    [{ kind: 'threshold', rule: { operator: 'below', value: 1 } }, 'metric'],
    [{ metric: 'revenue', kind: 'threshold', rule: { operator: 'below', value: 'lots' } }, 'rule.value'],
    [{ metric: 'revenue', kind: 'threshold', rule: { operator: 'near', value: 1 } }, 'rule.operator'],
    [
      { metric: 'revenue', kind: 'threshold', rule: { operator: 'below', value: 1, colour: 'red' } },
      'rule.colour',
    ],
    [{ metric: 'revenue', kind: 'change', rule: { by: 0 } }, 'rule.by'],
    [
      { metric: 'revenue', kind: 'change', granularity: 'week', rule: { by: 5, against: 'same_weekday' } },
      'rule.against',
    ],
    [{ metric: 'revenue', kind: 'anomaly', rule: { sensitivity: 'extreme' } }, 'rule.sensitivity'],
    [{ metric: 'revenue', kind: 'anomaly', filter: 'moon:full' }, 'filter'],
    [{ metric: 'Revenue; DROP', kind: 'anomaly' }, 'metric'],
    [{ kind: 'quiet' }, 'rule.source_id'],
    [{ metric: 'revenue', kind: 'anomaly', colour: 'red' }, 'colour'],
  ])('%j is refused at %s', (input, path) => {
    expect(errorsOf(input)).toEqual([path])
  })

  test('how far an alert looks back is known for each kind', () => {
    for (const alert of [below(1), change({ against: 'previous_year' }), unusual(), quiet]) {
      for (const granularity of ['day', 'week', 'month'] as const) {
        expect(lookbackOf(alert, granularity)).toBeGreaterThan(13)
      }
    }
  })
})

test.each([
  ['$1,000', 1000],
  ['1,000.50', 1000.5],
  ['1 000 zł', 1000],
  ['-20%', -20],
  ['1,234,567', 1_234_567],
  ['0.5', 0.5],
  ['1,5', null],
  ['many', null],
])('a line may be written %s', (value, number) => {
  const read = parseAlert({ kind: 'threshold', metric: 'revenue', rule: { operator: 'above', value } })
  expect(read.ok && read.value.kind === 'threshold' ? read.value.rule.value : null).toBe(number)
})
