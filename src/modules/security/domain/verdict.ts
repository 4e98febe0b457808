/** Words for the result of one check, so that every evaluator writes the same shape. */
import { checkOf } from './catalogue.ts'
import type { CheckResult, CheckStatus, Evidence, Severity } from './check.ts'

/** Outcome word, sentence for the owner, what was seen. */
export type Finding = [outcome: string, summary: string, seen?: readonly string[]]

const MOST_SEEN = 12
const LONGEST_SEEN = 200

/** A result with the catalogue's severity, unless this finding weighs otherwise. What was seen is cut short. */
export function verdict(id: string, status: CheckStatus, finding: Finding, severity?: Severity): CheckResult {
  const [outcome, summary, seen] = finding
  const evidence: Evidence = { summary, outcome }
  if (seen && seen.length > 0) evidence.seen = seen.slice(0, MOST_SEEN).map(shorten)
  return { check: id, status, severity: severity ?? checkOf(id).severity, evidence }
}

/** The check has nothing to judge here, e.g. cookies on a site without any. */
export const notApplicable = (id: string, ...finding: Finding) => verdict(id, 'not_applicable', finding)

/** What it needs was not observed. */
export const notTested = (id: string, ...finding: Finding) => verdict(id, 'not_tested', finding)

export const pass = (id: string, ...finding: Finding) => verdict(id, 'pass', finding)
export const warn = (id: string, ...finding: Finding) => verdict(id, 'warn', finding)
export const fail = (id: string, ...finding: Finding) => verdict(id, 'fail', finding)

const shorten = (text: string): string =>
  text.length > LONGEST_SEEN ? `${text.slice(0, LONGEST_SEEN)}…` : text
