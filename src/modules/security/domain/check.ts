/** What a check of the catalogue is, and what one evaluation of it says. */

export type Component = 'auth' | 'access' | 'data' | 'compliance'

/** Of worth in the score: critical 10, high 7, medium 4, low 2, info 0. */
export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info'

/** What was not observed is `not_tested`, what the platform decides is `platform_limited`: neither is ever a pass. */
export type CheckStatus = 'pass' | 'warn' | 'fail' | 'not_applicable' | 'not_tested' | 'platform_limited'

export type CheckGroup =
  | 'transport'
  | 'headers'
  | 'cookies'
  | 'page'
  | 'exposure'
  | 'dns'
  | 'mail'
  | 'google'
  | 'microsoft'
  | 'github'
  | 'platform'
  | 'process'

/** Exact ids of the published frameworks; a result is some evidence for a control, never its fulfilment. */
export interface MappedControls {
  /** AICPA Trust Services Criteria 2017, points of focus revised 2022. */
  soc2: readonly string[]
  /** Articles of Regulation (EU) 2016/679, e.g. `32(1)(a)`. */
  gdpr: readonly string[]
  /** PCI DSS 4.0.1. */
  pci: readonly string[]
  /** UK Cyber Essentials: A4 firewalls, A5 secure configuration, A6 updates, A7 access, A8 malware. */
  cyberEssentials: readonly string[]
}

export interface Check {
  id: string
  title: string
  group: CheckGroup
  component: Component
  severity: Severity
  /** When it passes, for engineers. */
  rule: string
  /** The standard or practice that the rule comes from. */
  source: string
  controls: MappedControls
  /** What can go wrong, in an owner's words. */
  why: string
  /** What fixing it usually takes: 5, 15, 60 or 240 minutes. */
  minutes: 5 | 15 | 60 | 240
}

export interface Evidence {
  /** One sentence for an owner: what was seen. */
  summary: string
  /** Stable word of the outcome within its check, e.g. `hsts-max-age-short`. */
  outcome: string
  /** What was seen, redacted and cut short, e.g. header values or element addresses. */
  seen?: readonly string[]
  /** Checks over people or files: the share that passes, 0 to 1. */
  share?: number
}

export interface CheckResult {
  /** The id in the catalogue. */
  check: string
  status: CheckStatus
  severity: Severity
  evidence: Evidence
}
