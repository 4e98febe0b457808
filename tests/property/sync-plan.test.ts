// The plan of a stream: history is covered without a gap, news never waits for it, and backing off is bounded.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  isHistoryComplete,
  type Progress,
  planRun,
  progressAfter,
} from '../../src/modules/mini-foundry/domain/sync/plan.ts'
import { backoffMs, judgeFailure } from '../../src/modules/mini-foundry/domain/sync/retry.ts'
import { recordKeys } from '../../src/modules/mini-foundry/domain/sync/seen.ts'
import { fail } from '../../src/platform/result.ts'

const DAY = 86_400_000
const NOW = Date.parse('2026-11-22T12:00:00Z')
const begun = (days: number): Progress => ({
  syncedUntil: NOW,
  backfilledTo: NOW,
  backfillTarget: NOW - days * DAY,
  reconciledAt: null,
  wantedFrom: null,
})

test('windows cover the whole history that was asked for, without gap or overlap, the newest first', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 900 }),
      fc.option(fc.integer({ min: 1, max: 120 }), { nil: null }),
      fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 30 }),
      (days, windowDays, minutes) => {
        const stream = {
          name: 's',
          title: 'S',
          everyMinutes: 15,
          overlapMinutes: 5,
          windowDays,
          reconcileDays: 3,
        }
        let progress = begun(days)
        let now = NOW
        let edge = NOW
        for (let turn = 0; !isHistoryComplete(progress) && turn < 2_000; turn++) {
          now += (minutes[turn] ?? 0) * 60_000
          const plan = planRun(stream, progress, { now, timeZone: 'UTC', isBlocked: false })
          if (!('run' in plan)) throw new Error('waits though history is missing')
          const { run } = plan
          if (run.mode === 'backfill') {
            expect(run.window.to).toBe(edge)
            expect(run.window.from).toBeLessThanOrEqual(edge)
            edge = run.window.from
          }
          // what changed is due: it goes before history
          if (now - (progress.syncedUntil ?? 0) >= 15 * 60_000) expect(run.mode).toBe('incremental')
          progress = { ...progress, ...progressAfter(run, progress, now) }
        }
        expect(isHistoryComplete(progress)).toBe(true)
        expect(edge).toBeLessThanOrEqual(NOW - days * DAY)
      },
    ),
  )
})

test('incremental reads leave no instant out', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 40 }), (waits) => {
      const stream = { name: 's', title: 'S', everyMinutes: 15, overlapMinutes: 5, windowDays: 30 }
      let progress: Progress = { ...begun(0), backfilledTo: NOW, backfillTarget: NOW }
      let now = NOW
      let covered = NOW
      for (const wait of waits) {
        now += wait * 60_000
        const plan = planRun(stream, progress, { now, timeZone: 'UTC', isBlocked: false })
        if (!('run' in plan)) continue
        expect(plan.run.window.from).toBeLessThanOrEqual(covered)
        covered = plan.run.window.to
        progress = { ...progress, ...progressAfter(plan.run, progress, now) }
      }
    }),
  )
})

test('a stream that needs another begins nothing before it', () => {
  const stream = { name: 's', title: 'S', everyMinutes: 15, overlapMinutes: 5, windowDays: 30, after: ['p'] }
  expect(planRun(stream, begun(10), { now: NOW, timeZone: 'UTC', isBlocked: true })).toEqual({
    waitUntil: NOW + 300_000,
  })
})

test('a nightly re-read comes once a night, in the zone of the workspace', () => {
  const stream = {
    name: 's',
    title: 'S',
    everyMinutes: 1_440,
    overlapMinutes: 0,
    windowDays: 30,
    reconcileDays: 7,
  }
  const progress = { ...begun(0), syncedUntil: NOW, reconciledAt: NOW }
  const waits = planRun(stream, progress, { now: NOW, timeZone: 'America/New_York', isBlocked: false })
  expect(waits).toEqual({ waitUntil: Date.parse('2026-11-23T08:00:00Z') })
  const night = Date.parse('2026-11-23T08:00:00Z')
  const plan = planRun(stream, progress, { now: night, timeZone: 'America/New_York', isBlocked: false })
  expect(plan).toMatchObject({ run: { mode: 'reconcile', window: { from: night - 7 * DAY, to: night } } })
})

test('waits grow, stay below an hour, and are the same for the same attempt', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.string(), (attempt, seed) => {
      const ms = backoffMs(attempt, seed)
      expect(ms).toBeGreaterThanOrEqual(11_000)
      expect(ms).toBeLessThanOrEqual(3_600_000)
      expect(backoffMs(attempt, seed)).toBe(ms)
    }),
  )
})

test('what only a person can mend is given up at once, waiting is no failure, the rest is tried eight times', () => {
  const judge = (kind: Parameters<typeof fail>[0], attempt: number, retryAfter?: number) =>
    judgeFailure(fail(kind, 'x', 'X.', { retryAfter }).error, attempt, 's').kind
  expect([judge('forbidden', 1), judge('unauthenticated', 1)]).toEqual(['give-up', 'give-up'])
  expect([judge('rate_limited', 50, 9), judge('unavailable', 7), judge('unavailable', 8)]).toEqual([
    'wait',
    'retry',
    'give-up',
  ])
})

test('records are named by the facts that stand for them, and counted as they came where none do', () => {
  const fact = (extId: string) => ({ extId, srcUpdatedAt: 1, name: extId })
  const page = (ids: string[], refused: (string | null)[] = []) => ({
    batch: { customers: ids.map(fact) },
    refused: refused.map((extId) => ({ extId, record: '', reason: 'r' })),
    drift: [],
  })
  expect(recordKeys(page(['a', 'b']), 2)).toEqual(['a', 'b'])
  expect(recordKeys(page(['a'], ['z']), 2)).toEqual(['a', 'z'])
  expect(recordKeys(page(['a'], [null]), 2)).toBeNull()
  expect(recordKeys(page(['a', 'a']), 2)).toBeNull()
})
