import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CATALOGUE } from '../../src/modules/security/domain/catalogue.ts'
import type { CheckStatus, Severity } from '../../src/modules/security/domain/check.ts'
import type { Score, ScoredResult } from '../../src/modules/security/domain/score.ts'
import { scoreResults } from '../../src/modules/security/domain/score.ts'
import { planMoves } from '../../src/modules/security/domain/score-plan.ts'

const STATUSES: CheckStatus[] = ['pass', 'warn', 'fail', 'not_applicable', 'not_tested', 'platform_limited']
const SEVERITIES: Severity[] = ['critical', 'high', 'medium', 'low', 'info']

const finding = fc
  .record({
    asset: fc.constantFrom('shop.example', 'www.shop.example', 'mail.shop.example'),
    status: fc.constantFrom(...STATUSES),
    severity: fc.constantFrom(...SEVERITIES),
    share: fc.option(
      fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
      { freq: 2 },
    ),
    exception: fc.option(fc.constantFrom('accepted_risk' as const, 'false_positive' as const), { freq: 2 }),
  })
  .map(({ share, exception, ...rest }) => ({
    ...rest,
    ...(share === null ? {} : { share }),
    ...(exception === null ? {} : { exception }),
  }))
const result: fc.Arbitrary<ScoredResult> = fc
  .tuple(fc.constantFrom(...CATALOGUE.map(({ id }) => id)), finding)
  .map(([check, one]) => ({ check, ...one }))
const few = fc.uniqueArray(result, { maxLength: 60, selector: ({ check, asset }) => `${check} ${asset}` })
/** One result of every check, as a whole scan has them; few of a kind are too little for a score of the whole. */
const whole: fc.Arbitrary<ScoredResult[]> = fc
  .array(finding, { minLength: CATALOGUE.length, maxLength: CATALOGUE.length })
  .map((findings) => findings.map((one, index) => ({ check: CATALOGUE[index]?.id ?? '', ...one })))
const results = fc.oneof(few, whole)

const scoresOf = (score: Score) => score.components.map((component) => component.score)

/** Nothing that had a score has a lower one; what gets its first score is no fall. */
function expectNoFall(before: Score, after: Score) {
  for (const [index, score] of scoresOf(before).entries())
    if (score !== null) expect(scoresOf(after)[index]).toBeGreaterThanOrEqual(score - 1e-9)
}

it('never falls when a failure becomes a pass', () => {
  fc.assert(
    fc.property(results, fc.nat(), (before, at) => {
      const open = before.filter(({ status }) => status === 'fail' || status === 'warn')
      fc.pre(open.length > 0)
      const mended = open[at % open.length]
      const after = before.map((one) => {
        if (one !== mended) return one
        const { share: _, ...rest } = one
        return { ...rest, status: 'pass' as const }
      })
      const [a, b] = [scoreResults(before), scoreResults(after)]
      expectNoFall(a, b)
      if (a.overall !== null) expect(b.overall).toBeGreaterThanOrEqual(a.overall - 1e-9)
    }),
  )
})

it('of a component never falls when a check that was not judged before passes', () => {
  fc.assert(
    fc.property(results, fc.constantFrom(...CATALOGUE), (before, { id, severity }) => {
      const others = before.filter(({ check }) => check !== id)
      const after = [...others, { check: id, asset: 'shop.example', status: 'pass' as const, severity }]
      expectNoFall(scoreResults(others), scoreResults(after))
    }),
  )
})

it('does not depend on the order of results, to the last byte', () => {
  const shuffled = results.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
  )
  fc.assert(
    fc.property(shuffled, ([list, other]) => {
      expect(JSON.stringify(scoreResults(other))).toBe(JSON.stringify(scoreResults(list)))
      expect(JSON.stringify(planMoves(other))).toBe(JSON.stringify(planMoves(list)))
    }),
    { numRuns: 40 },
  )
})

it('stays under its caps, which stand exactly when something critical or high is open', () => {
  fc.assert(
    fc.property(results, (list) => {
      const score = scoreResults(list)
      const known = new Map(CATALOGUE.map(({ id, component }) => [id, component]))
      const open = list.filter(({ status, exception }) => status === 'fail' && exception === undefined)
      for (const { component, score: points, cap } of score.components) {
        const worst = open.filter(({ check }) => known.get(check) === component).map((one) => one.severity)
        const limit = worst.includes('critical') ? 49 : worst.includes('high') ? 84 : null
        expect(cap?.limit ?? null).toBe(limit)
        if (points !== null) expect(points).toBeLessThanOrEqual(limit ?? 100)
      }
      const critical = open.some(({ severity }) => severity === 'critical')
      expect(score.cap?.limit ?? null).toBe(critical ? 69 : null)
      if (critical && score.overall !== null) expect(score.overall).toBeLessThanOrEqual(69)
    }),
  )
})

it('does not move by what does not apply, what the platform decides, or a false positive', () => {
  const nothing = fc.constantFrom<Partial<ScoredResult>>(
    { status: 'not_applicable' },
    { status: 'platform_limited' },
    { status: 'fail', exception: 'false_positive' },
  )
  fc.assert(
    fc.property(results, result, nothing, (list, one, change) => {
      const more = [...list, { ...one, ...change, asset: 'other.example' }]
      expect(scoresOf(scoreResults(more))).toEqual(scoresOf(scoreResults(list)))
    }),
  )
})

it('is between 0 and 100, and coverage between 0 and 1', () => {
  fc.assert(
    fc.property(results, (list) => {
      const score = scoreResults(list)
      for (const points of [score.overall, ...scoresOf(score)])
        if (points !== null) expect(points >= 0 && points <= 100).toBe(true)
      for (const share of [score.coverage, ...score.components.map(({ coverage }) => coverage)])
        expect(share >= 0 && share <= 1).toBe(true)
    }),
  )
})

it('is 100 once the whole plan is done, and each step of the plan keeps what was won', () => {
  const judgeable = whole.map((list) => list.map(({ exception: _, ...one }) => one))
  fc.assert(
    fc.property(judgeable, (list) => {
      const plan = planMoves(list)
      fc.pre(plan.length > 0)
      expect(plan.at(-1)?.after).toBe(100)
      for (const [index, { after, gain }] of plan.entries()) {
        expect(gain).toBeGreaterThanOrEqual(-1e-9)
        if (index > 0) expect(after).toBeGreaterThanOrEqual((plan[index - 1]?.after ?? 0) - 1e-9)
      }
    }),
    { numRuns: 40 },
  )
})
