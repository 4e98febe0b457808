import { describe, expect, test } from 'vitest'
import { addDays } from '../../src/kit/calendar.ts'
import { forecast } from '../../src/modules/mini-foundry/domain/forecast.ts'

const LAST = '2026-10-31'

/** Days up to LAST, the value of each by how many days it lies back and its date. */
const history = (days: number, value: (day: string, index: number) => number): number[] =>
  Array.from({ length: days }, (_, index) => value(addDays(LAST, index + 1 - days), index))

const weekday = (day: string): number => new Date(day).getUTCDay()
/** Noise that is the same in every run. */
const noise = (index: number): number => ((index * 7919) % 101) / 101 - 0.5

function made(values: number[], horizon: number) {
  const result = forecast(values, LAST, horizon)
  if (!result.ok) throw new Error(result.error)
  return result.value
}

describe('a forecast', () => {
  test('knows weekdays', () => {
    const shop = (day: string) => (weekday(day) === 0 ? 20 : 100)
    const { points, backtest } = made(history(140, shop), 14)
    for (const { day, value } of points) expect(Math.abs(value - shop(day))).toBeLessThan(6)
    expect(points[0]?.day).toBe('2026-11-01')
    expect(backtest.totalErrorPercent).toBeLessThan(3)
  })

  test('knows the time of the year once there are two of them, and not before', () => {
    const season = (day: string) => (['11', '12'].includes(day.slice(5, 7)) ? 300 : 100)
    const two = made(history(1095, season), 28)
    const one = made(history(300, season), 28)
    expect([two.yearly, one.yearly]).toEqual([true, false])
    expect(two.total / 28).toBeGreaterThan(180)
    expect(one.total / 28).toBeLessThan(130)
  })

  test('says how wide it may miss: more where the past was noisier', () => {
    const calm = made(
      history(200, (_, index) => 100 + 10 * noise(index)),
      14,
    )
    const wild = made(
      history(200, (_, index) => 100 + 150 * noise(index)),
      14,
    )
    const width = ({ points }: typeof calm) => (points[0]?.high ?? 0) - (points[0]?.low ?? 0)
    expect(width(wild)).toBeGreaterThan(5 * width(calm))
    expect(wild.backtest.dayErrorPercent).toBeGreaterThan(calm.backtest.dayErrorPercent ?? 99)
  })

  test('holds four of five days of a future it has not seen between its lines', () => {
    const value = (_: string, index: number) => 100 + 80 * noise(index)
    const all = history(260, value)
    const result = forecast(all.slice(0, 200), addDays(LAST, -60), 60)
    if (!result.ok) throw new Error(result.error)
    const inside = result.value.points.filter(({ low, high }, index) => {
      const came = all[200 + index] ?? 0
      return came >= low && came <= high
    })
    expect(inside.length / 60).toBeGreaterThan(0.68)
    expect(inside.length / 60).toBeLessThan(0.95)
  })

  test('never falls below nothing where nothing ever did, and ends with the level it has', () => {
    const { points } = made(
      history(90, (_, index) => (index < 60 ? 100 : 0)),
      14,
    )
    for (const { value, low } of points) expect(Math.min(value, low)).toBeGreaterThanOrEqual(0)
    expect(points[13]?.value).toBeLessThan(40)
  })

  test('is refused in words when there is too little to go by', () => {
    const refusal = (values: number[], horizon: number) => {
      const result = forecast(values, LAST, horizon)
      return result.ok ? null : result.error
    }
    expect(
      refusal(
        history(55, () => 1),
        7,
      ),
    ).toContain('needs 56 days of history; there are 55')
    expect(
      refusal(
        history(100, () => 1),
        60,
      ),
    ).toContain('needs 120 days')
    expect(
      refusal(
        history(100, () => 0),
        7,
      ),
    ).toContain('Nothing has happened yet')
    expect(
      refusal(
        history(56, () => 1),
        7,
      ),
    ).toBeNull()
  })
})
