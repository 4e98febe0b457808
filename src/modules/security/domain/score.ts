/** The score: how well the site, its mail and its accounts stand, from the results of checks and nothing else. */
import { CATALOGUE, CATALOGUE_VERSION } from './catalogue.ts'
import type { Check, CheckStatus, Component, Severity } from './check.ts'

/** One result of one check on one asset, as a scan stores it. */
export interface ScoredResult {
  check: string
  /** What was judged: a host, an account directory, the workspace itself. */
  asset: string
  status: CheckStatus
  /** Of this finding; it may be worse than the catalogue's and then sets a cap. */
  severity: Severity
  /** Checks over people or files: the share that passes, 0 to 1; it stands in place of the status. */
  share?: number
  /** An owner's decision: an accepted risk keeps its worth but sets no cap, a false positive does not count. */
  exception?: 'accepted_risk' | 'false_positive'
}

export interface ComponentScore {
  component: Component
  /** 0 to 100, not rounded; null when nothing of weight was judged. */
  score: number | null
  /** Whether enough was judged to show it and to count it in the whole. */
  enough: boolean
  /** Share by weight of what applies that was judged, 0 to 1. */
  coverage: number
  /** How many checks of weight were judged. */
  checks: number
  /** What holds the score down whatever else passes; null when nothing does. */
  cap: ScoreCap | null
}

export interface ScoreCap {
  limit: number
  /** Ids of the open checks that set it, in order. */
  because: readonly string[]
}

export interface Score {
  algorithm: number
  catalogue: number
  /** 0 to 100, not rounded; null when no component has enough. */
  overall: number | null
  letter: Letter | null
  coverage: number
  cap: ScoreCap | null
  components: readonly ComponentScore[]
}

export type Letter = 'A' | 'B' | 'C' | 'D' | 'F'

/** What a check is worth, once its results on all assets are brought together. */
interface Worth {
  check: Check
  /** 0 to 1; null when it applies and was not judged. */
  rate: number | null
  /** The worst severity among open failures; null when none is open. */
  open: Severity | null
}

/** Raised when the same results would give another score. */
export const SCORE_ALGORITHM = 1

export const WEIGHTS: Record<Severity, number> = { critical: 10, high: 7, medium: 4, low: 2, info: 0 }

/** Parts of the whole, in percent: integers, so that a full score is exactly 100. */
const SHARES: readonly (readonly [component: Component, percent: number])[] = [
  ['auth', 30],
  ['access', 25],
  ['data', 30],
  ['compliance', 15],
]
const LEAST_COVERAGE = 0.3
const LEAST_CHECKS = 3
const CAP_OF_CRITICAL = 49
const CAP_OF_HIGH = 84
const OVERALL_CAP_OF_CRITICAL = 69
const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info']
const NEVER_COUNTS: readonly CheckStatus[] = ['not_applicable', 'platform_limited']

/**
 * Per component the share of passing weight (critical 10, high 7, medium 4, low 2, info 0); a warning is worth half.
 * On several assets a critical or high check is as bad as its worst asset, the others are the mean. An open critical
 * failure holds its component at 49 and the whole at 69, an open high one its component at 84. What does not apply,
 * what the platform decides and false positives do not count; what was not tested lowers the coverage and nothing
 * else. Results of checks that the catalogue does not have are left out. The same results always give the same score.
 */
export function scoreResults(
  results: readonly ScoredResult[],
  {
    catalogue = CATALOGUE,
    version = CATALOGUE_VERSION,
  }: { catalogue?: readonly Check[]; version?: number } = {},
): Score {
  const worths = weigh(results, catalogue)
  const components = SHARES.map(([component]) =>
    scoreComponent(
      component,
      worths.filter(({ check }) => check.component === component),
    ),
  )
  const cap = capOf(worths, 'critical', OVERALL_CAP_OF_CRITICAL)
  const mean = meanOf(components)
  const overall = mean === null ? null : limit(mean, cap)
  return {
    algorithm: SCORE_ALGORITHM,
    catalogue: version,
    overall,
    letter: overall === null ? null : letterOf(overall),
    coverage: coverageOf(worths),
    cap,
    components,
  }
}

/** A score as people see it: rounded half up. */
export const displayScore = (score: number): number => Math.floor(score + 0.5)

/** 90 A, 80 B, 70 C, 60 D, else F, of the score as it is shown. */
export function letterOf(score: number): Letter {
  const shown = displayScore(score)
  if (shown >= 90) return 'A'
  if (shown >= 80) return 'B'
  if (shown >= 70) return 'C'
  return shown >= 60 ? 'D' : 'F'
}

function weigh(results: readonly ScoredResult[], catalogue: readonly Check[]): Worth[] {
  const byCheck = Map.groupBy(results, ({ check }) => check)
  return catalogue.flatMap((check) => {
    const all = byCheck.get(check.id)
    if (!all) return [{ check, rate: null, open: null }]
    const counting = all.filter(
      ({ status, exception }) => !NEVER_COUNTS.includes(status) && exception !== 'false_positive',
    )
    if (counting.length === 0) return []
    const judged = counting.filter(({ status }) => status !== 'not_tested')
    return [{ check, rate: rateOf(check, judged), open: openSeverity(judged) }]
  })
}

/** Sorted before they are added up, so that the order of assets changes not even the last digit. */
function rateOf({ severity }: Check, judged: readonly ScoredResult[]): number | null {
  const rates = judged.map(rateOfOne).sort((a, b) => a - b)
  const [worst] = rates
  if (worst === undefined) return null
  if (severity === 'critical' || severity === 'high') return worst
  return rates.reduce((sum, rate) => sum + rate, 0) / rates.length
}

function rateOfOne({ status, share }: ScoredResult): number {
  if (share !== undefined) return Math.min(1, Math.max(0, share))
  if (status === 'pass') return 1
  return status === 'warn' ? 0.5 : 0
}

function openSeverity(judged: readonly ScoredResult[]): Severity | null {
  const open = judged.filter(({ status, exception }) => status === 'fail' && exception === undefined)
  return SEVERITIES.find((severity) => open.some((result) => result.severity === severity)) ?? null
}

function scoreComponent(component: Component, worths: readonly Worth[]): ComponentScore {
  const judged = worths.filter(({ check, rate }) => rate !== null && WEIGHTS[check.severity] > 0)
  const weight = weightOf(judged)
  const passing = judged.reduce((sum, { check, rate }) => sum + WEIGHTS[check.severity] * (rate ?? 0), 0)
  const cap = capOf(worths, 'critical', CAP_OF_CRITICAL) ?? capOf(worths, 'high', CAP_OF_HIGH)
  const coverage = coverageOf(worths)
  return {
    component,
    score: weight === 0 ? null : limit((100 * passing) / weight, cap),
    enough: coverage >= LEAST_COVERAGE && judged.length >= LEAST_CHECKS,
    coverage,
    checks: judged.length,
    cap,
  }
}

function capOf(worths: readonly Worth[], severity: Severity, at: number): ScoreCap | null {
  const because = worths.filter(({ open }) => open === severity).map(({ check }) => check.id)
  return because.length === 0 ? null : { limit: at, because }
}

function meanOf(components: readonly ComponentScore[]): number | null {
  let [sum, total] = [0, 0]
  for (const [index, { score, enough }] of components.entries()) {
    if (!enough || score === null) continue
    const share = SHARES[index]?.[1] ?? 0
    sum += share * score
    total += share
  }
  return total === 0 ? null : sum / total
}

const limit = (score: number, cap: ScoreCap | null): number => Math.min(score, cap?.limit ?? 100, 100)

function coverageOf(worths: readonly Worth[]): number {
  const all = weightOf(worths)
  return all === 0 ? 0 : weightOf(worths.filter(({ rate }) => rate !== null)) / all
}

const weightOf = (worths: readonly Worth[]): number =>
  worths.reduce((sum, { check }) => sum + WEIGHTS[check.severity], 0)
