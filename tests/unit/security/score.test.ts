// Scores worked out by hand: weights, caps at their edges, coverage, decisions of the owner, and what to mend first.
import { describe, expect, test } from 'vitest'
import { CATALOGUE, CATALOGUE_VERSION } from '../../../src/modules/security/domain/catalogue.ts'
import type { CheckStatus, Component } from '../../../src/modules/security/domain/check.ts'
import type { ScoredResult } from '../../../src/modules/security/domain/score.ts'
import {
  displayScore,
  letterOf,
  SCORE_ALGORITHM,
  scoreResults,
  WEIGHTS,
} from '../../../src/modules/security/domain/score.ts'
import { planMoves } from '../../../src/modules/security/domain/score-plan.ts'

const severityOf = (id: string) => CATALOGUE.find((check) => check.id === id)?.severity ?? 'info'
const judged = (check: string, status: CheckStatus, more: Partial<ScoredResult> = {}): ScoredResult => ({
  check,
  asset: 'shop.example',
  status,
  severity: severityOf(check),
  ...more,
})
const every = (status: CheckStatus, only: (component: Component) => boolean = () => true) =>
  CATALOGUE.filter(({ component }) => only(component)).map(({ id }) => judged(id, status))
const component = (results: ScoredResult[], name: Component) => {
  const found = scoreResults(results).components.find((one) => one.component === name)
  if (!found) throw new Error(name)
  return found
}

describe('the score', () => {
  test('is the share of passing weight: 19.25 of 28 for mail in part and six of eight members with a second factor', () => {
    const auth = component(
      [
        judged('EML-01', 'pass'),
        judged('EML-08', 'fail'),
        judged('PLT-01', 'warn', { share: 0.75 }),
        judged('CKE-02', 'pass'),
      ],
      'auth',
    )
    expect(auth.score).toBe(68.75)
    expect(displayScore(68.75)).toBe(69)
    expect(auth.cap).toEqual({ limit: 84, because: ['EML-08'] })
    expect(auth.checks).toBe(4)
  })

  test('is 100 when everything passes, 0 when everything fails, and says by which rules', () => {
    expect(scoreResults(every('pass'))).toMatchObject({
      overall: 100,
      letter: 'A',
      coverage: 1,
      cap: null,
      algorithm: SCORE_ALGORITHM,
      catalogue: CATALOGUE_VERSION,
    })
    expect(scoreResults(every('fail'))).toMatchObject({ overall: 0, letter: 'F' })
    expect(scoreResults(every('warn')).overall).toBe(50)
  })

  test('of the whole is made of 30 % auth, 25 % access, 30 % data and 15 % compliance', () => {
    const only = (name: Component) => [
      ...every('pass', (one) => one === name),
      ...every('fail', (one) => one !== name).map((result) => ({ ...result, severity: 'low' as const })),
    ]
    expect(scoreResults(only('auth')).overall).toBe(30)
    expect(scoreResults(only('access')).overall).toBe(25)
    expect(scoreResults(only('data')).overall).toBe(30)
    expect(scoreResults(only('compliance')).overall).toBe(15)
  })

  test('is held at 84 by an open high failure and at 49, the whole at 69, by a critical one', () => {
    const failing = (id: string, more: Partial<ScoredResult> = {}) =>
      every('pass').map((result) =>
        result.check === id ? { ...result, status: 'fail' as const, ...more } : result,
      )
    expect(component(failing('HDR-01'), 'data')).toMatchObject({
      score: 84,
      cap: { limit: 84, because: ['HDR-01'] },
    })
    expect(component(failing('TLS-01'), 'data').score).toBe(49)
    expect(scoreResults(failing('TLS-01'))).toMatchObject({
      overall: 69,
      letter: 'D',
      cap: { limit: 69, because: ['TLS-01'] },
    })
    expect(component(failing('HDR-08'), 'data').cap).toBe(null)
    const raised = failing('TLS-06', { severity: 'critical' })
    expect(component(raised, 'data').score, 'an expired certificate is worse than its check').toBe(49)
  })

  test('keeps an accepted risk at its worth without a cap, and forgets a false positive', () => {
    const decided = (exception: ScoredResult['exception']) =>
      every('pass').map((result) =>
        result.check === 'TLS-01' ? { ...result, status: 'fail' as const, exception } : result,
      ) as ScoredResult[]
    const accepted = component(decided('accepted_risk'), 'data')
    expect(accepted.cap).toBe(null)
    expect(accepted.score).toBeGreaterThan(84)
    expect(accepted.score).toBeLessThan(100)
    expect(component(decided('false_positive'), 'data').score).toBe(100)
  })

  test('takes the worst of several hosts where it is grave and the mean where it is not', () => {
    const hosts = (id: string) => [
      judged(id, 'pass', { asset: 'a.example' }),
      judged(id, 'fail', { asset: 'b.example', severity: 'low' }),
    ]
    expect(component(hosts('TLS-01'), 'data').score).toBe(0)
    expect(component(hosts('HDR-08'), 'data').score).toBe(50)
  })

  test('counts what was not tested as neither pass nor fail, only as less coverage', () => {
    const half = every('pass').map((result, index) =>
      index % 2 === 0 ? result : { ...result, status: 'not_tested' as const },
    )
    const score = scoreResults(half)
    expect(score.overall).toBe(100)
    expect(score.coverage).toBeGreaterThan(0.35)
    expect(score.coverage).toBeLessThan(0.65)
  })

  test('is not given where too little was judged', () => {
    expect(scoreResults([])).toMatchObject({ overall: null, letter: null, coverage: 0 })
    const two = [judged('EML-01', 'pass'), judged('EML-08', 'pass')]
    expect(component(two, 'auth')).toMatchObject({ score: 100, enough: false })
    expect(scoreResults(two).overall).toBe(null)
  })

  test('leaves out results of checks that the catalogue no longer has', () => {
    const old: ScoredResult = { check: 'OLD-1', asset: 'a', status: 'fail', severity: 'critical' }
    expect(scoreResults([...every('pass'), old]).overall).toBe(100)
  })

  test('turns into a letter as it is shown: half a point is rounded up', () => {
    expect([100, 89.5, 89.49, 80, 79.4, 69.5, 60, 59.49, 0].map(letterOf).join('')).toBe('AABBCCDFF')
    expect(WEIGHTS).toEqual({ critical: 10, high: 7, medium: 4, low: 2, info: 0 })
  })
})

describe('the plan', () => {
  const failing = (...ids: string[]) =>
    every('pass').map((result) =>
      ids.includes(result.check) ? { ...result, status: 'fail' as const } : result,
    )

  test('puts first what brings most per minute, and ends at a full score', () => {
    const plan = planMoves(failing('HDR-08', 'HDR-04', 'EML-08'))
    expect(plan.map(({ check }) => check).at(-1)).toBe('HDR-04')
    const rates = plan.map(({ gain, minutes }) => gain / minutes)
    expect([...rates].sort((a, b) => b - a)).toEqual(rates)
    expect(plan.at(-1)?.after).toBe(100)
    expect(plan.every(({ title, minutes }) => title.length > 5 && minutes > 0)).toBe(true)
  })

  test('says honestly that one of two critical failures alone brings nothing', () => {
    const plan = planMoves(failing('EXP-01', 'EXP-02'))
    expect(plan.map(({ componentGain }) => componentGain)).toEqual([0, 0])
    expect(plan[0]?.after).toBeLessThanOrEqual(69)
    expect(plan[1]?.after).toBe(100)
  })

  test('leaves out accepted risks, and is empty when there is no score or nothing to mend', () => {
    const accepted = failing('HDR-08').map((result) =>
      result.status === 'fail' ? { ...result, exception: 'accepted_risk' as const } : result,
    )
    expect(planMoves(accepted)).toEqual([])
    expect(planMoves([])).toEqual([])
    expect(planMoves(every('pass'))).toEqual([])
  })

  test('knows a check over people whose status is already a pass', () => {
    const part = every('pass').map((result) =>
      result.check === 'CMP-08' ? { ...result, share: 0.9 } : result,
    )
    expect(planMoves(part).map(({ check }) => check)).toEqual(['CMP-08'])
  })
})
