/** What moves the score: each open check with what mending it brings, in the order of gain per minute of work. */
import { CATALOGUE } from './catalogue.ts'
import type { Check, Component } from './check.ts'
import type { Score, ScoredResult } from './score.ts'
import { scoreResults, WEIGHTS } from './score.ts'

export interface ScoreMove {
  check: string
  title: string
  component: Component
  minutes: number
  /** Points that the whole gains when only this check is mended; 0 while another failure holds the same cap. */
  gain: number
  /** Points that its component gains. */
  componentGain: number
  /** The whole once this check and all before it in the plan are mended. */
  after: number
}

/**
 * Mends that can raise the score, best per minute first; when caps hide what they bring, by weight per minute.
 * Accepted risks and what was not judged are left out. Empty when there is no score yet.
 */
export function planMoves(
  results: readonly ScoredResult[],
  catalogue: readonly Check[] = CATALOGUE,
): ScoreMove[] {
  const now = scoreResults(results, { catalogue })
  if (now.overall === null) return []
  const moves = catalogue
    .filter((check) => results.some((result) => canMend(check, result)))
    .map((check) => judgeMove(check, now, scoreResults(mend(results, [check.id]), { catalogue })))
    .sort(byWorth)
  const mended: string[] = []
  return moves.map(({ check, ...gains }) => {
    mended.push(check.id)
    const { overall } = scoreResults(mend(results, mended), { catalogue })
    const { id, title, component, minutes } = check
    return { check: id, title, component, minutes, ...gains, after: overall ?? 0 }
  })
}

interface Judged {
  check: Check
  gain: number
  componentGain: number
}

function judgeMove(check: Check, now: Score, then: Score): Judged {
  const of = (score: Score) =>
    score.components.find(({ component }) => component === check.component)?.score ?? 0
  return {
    check,
    gain: (then.overall ?? 0) - (now.overall ?? 0),
    componentGain: of(then) - of(now),
  }
}

function byWorth(a: Judged, b: Judged): number {
  return (
    b.gain / b.check.minutes - a.gain / a.check.minutes ||
    WEIGHTS[b.check.severity] / b.check.minutes - WEIGHTS[a.check.severity] / a.check.minutes ||
    (a.check.id < b.check.id ? -1 : 1)
  )
}

/** A check without weight matters only when its finding is grave enough for a cap. */
const canMend = (
  { id, severity }: Check,
  { check, status, share, exception, severity: found }: ScoredResult,
): boolean =>
  check === id &&
  exception === undefined &&
  (WEIGHTS[severity] > 0 || (status === 'fail' && WEIGHTS[found] > 0)) &&
  (status === 'fail' || status === 'warn' || (status === 'pass' && share !== undefined && share < 1))

function mend(results: readonly ScoredResult[], ids: readonly string[]): ScoredResult[] {
  return results.map((result) => {
    const { share: _, ...rest } = result
    const mended = ids.includes(result.check) && result.exception === undefined && isJudged(result)
    return mended ? { ...rest, status: 'pass' } : result
  })
}

const isJudged = ({ status }: ScoredResult): boolean =>
  status === 'fail' || status === 'warn' || status === 'pass'
