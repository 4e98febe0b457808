// The rules of webhooks that need no database: when to try again, what to keep, which secret signs.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  FAILING_AFTER_MS,
  isFailing,
  keptAnswer,
  nextAttempt,
  OVERLAP_MS,
  rotated,
  signing,
  verdictOf,
  withoutQuery,
} from '../../src/modules/workspace/domain/webhook.ts'

const STEPS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]

describe('the next attempt', () => {
  test('comes at its step or up to a tenth later, the same for the same delivery', () => {
    fc.assert(
      fc.property(
        fc.uuid(),
        fc.integer({ min: 1, max: STEPS.length }),
        fc.nat(2 ** 41),
        (id, attempts, now) => {
          const step = (STEPS[attempts - 1] ?? 0) * 1000
          const next = nextAttempt(id, attempts, now) ?? 0
          expect(next - now).toBeGreaterThanOrEqual(step)
          expect(next - now).toBeLessThanOrEqual(step * 1.1 + 1)
          expect(nextAttempt(id, attempts, now)).toBe(next)
        },
      ),
    )
  })

  test('is spread over deliveries', () => {
    const moments = new Set(Array.from({ length: 100 }, (_, i) => nextAttempt(`delivery-${i}`, 5, 0)))
    expect(moments.size).toBeGreaterThan(90)
  })

  test('does not come after the tenth', () => {
    expect(nextAttempt('id', 9, 0)).not.toBeNull()
    expect(nextAttempt('id', 10, 0)).toBeNull()
  })
})

test('only 2xx is taken, 410 ends it, all else is tried again', () => {
  const verdicts = [200, 204, 299, 301, 304, 400, 404, 410, 429, 500, null].map(verdictOf)
  expect(verdicts).toEqual([
    ...Array(3).fill('delivered'),
    ...Array(4).fill('again'),
    'gone',
    ...Array(3).fill('again'),
  ])
})

test('an endpoint counts as failing after five days without a success', () => {
  const since = '2026-11-01T00:00:00.000Z'
  const at = Date.parse(since) + FAILING_AFTER_MS
  expect([isFailing(null, at), isFailing(since, at - 1), isFailing(since, at)]).toEqual([false, false, true])
})

test('of several rotations within a day only the last two secrets sign', () => {
  const first = [{ secret: 'a' }]
  const second = rotated(signing(first, 0), 'b', 0)
  const third = rotated(signing(second, 1000), 'c', 1000)
  const secrets = (now: number) => signing(third, now).map(({ secret }) => secret)
  expect(secrets(1000)).toEqual(['c', 'b'])
  expect(secrets(1000 + OVERLAP_MS)).toEqual(['c'])
})

test('a kept answer is short and holds neither secrets nor signatures nor control characters', () => {
  const noisy = `whsec_${'A'.repeat(44)} v1,${'b'.repeat(43)}= \u0000\u001b[31m fine ${'x'.repeat(5000)}`
  const kept = keptAnswer(noisy)
  expect(kept.length).toBeLessThanOrEqual(500)
  expect(kept).toContain('fine')
  expect(kept).not.toMatch(/A{10}|b{10}/)
  expect([...kept].every((char) => char >= ' ')).toBe(true)
})

test('an address in a log has no query', () => {
  expect(withoutQuery('https://example.com/in?token=1')).toBe('https://example.com/in?…')
  expect(withoutQuery('https://example.com/in')).toBe('https://example.com/in')
})
