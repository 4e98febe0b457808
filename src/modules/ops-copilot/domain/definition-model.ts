/** What an automation is: a trigger and a tree of steps. Plain JSON, pinned by the hash of its content. */
import type { Condition } from '../../../kit/condition.ts'

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

export const DURATION_UNITS = ['minutes', 'hours', 'days', 'weeks', 'business_days'] as const

export interface Duration {
  amount: number
  unit: (typeof DURATION_UNITS)[number]
}

interface StepBase {
  /** Letters, digits and underscores; unique in the automation, kept when the step moves. */
  id: string
  /** What people call it. */
  name?: string
  /** Passed over. */
  off?: boolean
}

export interface IfStep extends StepBase {
  kind: 'if'
  condition: Condition
  yes: Step[]
  no: Step[]
}

/** The first case that holds. */
export interface SwitchStep extends StepBase {
  kind: 'switch'
  cases: { name: string; condition: Condition; steps: Step[] }[]
  otherwise: Step[]
}

/** Once for each element of a list, one after another: `item` and `index`. */
export interface EachStep extends StepBase {
  kind: 'each'
  /** Path to the list: `trigger.lines`, `steps.find.records`. */
  list: string
  /** Elements after that many are left out, and the step says so. */
  most: number
  steps: Step[]
}

/** Goes on when all branches have ended. */
export interface ParallelStep extends StepBase {
  kind: 'parallel'
  branches: { name: string; steps: Step[] }[]
}

export interface WaitStep extends StepBase {
  kind: 'wait'
  /** Either for a while, or until a day or instant (a template). */
  for?: Duration
  until?: string
  /** `business`: then on to the next moment of office hours. */
  hours: 'any' | 'business'
}

export interface WaitEventStep extends StepBase {
  kind: 'wait_event'
  event: string
  /** Over `event` beside everything else; text values are templates. */
  match: Condition
  within: Duration
  /** What happens when it did not come in time; then the steps after this one. */
  timeout: Step[]
}

export interface ApprovalField {
  name: string
  label: string
  kind: 'text' | 'number' | 'choice' | 'yes_no'
  required: boolean
  choices?: string[]
}

export interface ApprovalStep extends StepBase {
  kind: 'approval'
  /** Templates. */
  title: string
  body: string
  /** Ids of people, `role:admin`, or templates that give such. */
  approvers: string[]
  /** How many must agree; one who refuses is enough to reject. */
  needed: number
  /** Whoever started the run may decide too. */
  self: boolean
  fields: ApprovalField[]
  within?: Duration
  remind?: Duration
  /** `branch`: the steps of `expired`. */
  on_timeout: 'reject' | 'approve' | 'branch'
  rejected: Step[]
  expired: Step[]
}

/** Keeps values for later steps: `vars.name`. Values are templates. */
export interface SetStep extends StepBase {
  kind: 'set'
  values: Record<string, Json>
}

export interface StopStep extends StepBase {
  kind: 'stop'
  outcome: 'completed' | 'failed'
  message: string
}

/** How often the same effect may happen at all: its key in the ledger. */
export type Once =
  | { scope: 'run' }
  | { scope: 'subject' }
  | { scope: 'contact' }
  /** `key` is a template. */
  | { scope: 'custom'; key: string }

export interface Retry {
  /** Tries in all, the first among them. */
  tries: number
  /** `quick`: seconds to minutes. `long`: over hours, for outages. */
  schedule: 'quick' | 'long'
}

/** One effect, or one look at something. */
export interface ActionStep extends StepBase {
  kind: 'action'
  /** `wing.verb`, from the catalogue of steps. */
  action: string
  /** Id of the connection it uses. */
  connection?: string
  /** Text in it is templates; `{{ path }}` alone gives the value itself. */
  input: Record<string, Json>
  once?: Once
  retry?: Retry
  timeout_seconds?: number
  /** `stop` ends the run as failed, `continue` goes on without a result, `branch` takes `failed` and goes on. */
  on_error: 'stop' | 'continue' | 'branch'
  failed: Step[]
}

export type ControlStep =
  | IfStep
  | SwitchStep
  | EachStep
  | ParallelStep
  | WaitStep
  | WaitEventStep
  | ApprovalStep
  | SetStep
  | StopStep
export type Step = ControlStep | ActionStep
export type StepKind = Step['kind']
