/** The tenant's engine as the rest of the house sees it: what starts runs, what happens to them, and what they did. */
import type { StepJson } from './step.ts'

export interface RunStart {
  automationId: string
  trigger: Record<string, StepJson>
  /** The same cause starts one run. */
  cause: { source: string; key: string }
  /** What started it, in words. */
  words: string
  /** The person who did, when it was one. */
  by: string | null
  subject: string | null
  contact: string | null
  /** It came in at the automation's own address: the automation says what that asks for. */
  door?: HookDoor
  /** Steps to run that were never published: a try by hand, with the rights of whoever starts it. */
  draft?: RunDraft
}

export interface HookDoor {
  /** It carries the signature that the automation's secret gives. */
  signed: boolean
  /** What the caller says tells repeated calls; null: nothing. */
  callId: string | null
}

/** As the wing of automations knows them; the platform does not. */
export interface RunDraft {
  version: number
  hash: string
  steps: unknown
  stopOn: unknown
  care: unknown
}

export type StartAnswer =
  | { ok: true; runId: string; isNew: boolean }
  | { ok: false; why: 'unknown' | 'not-active' | 'not-signed' }

/** What a person or a rule does to a run. */
export type RunChange =
  | { kind: 'cancel'; by: string }
  | { kind: 'stop'; why: string }
  | { kind: 'pause' }
  | { kind: 'resume' }
  /** Once more from where it failed, with the steps it began with or with those that are published now. */
  | { kind: 'retry'; version: 'same' | 'newest' }
  /** About an effect that nobody knows of. */
  | { kind: 'settled'; key: string; choice: 'resend' | 'skip' | 'fail' }
  | { kind: 'decided'; key: string; verdict: 'approved' | 'rejected'; output: StepJson }
  | { kind: 'release'; key: string }

export type ChangeAnswer = { ok: true } | { ok: false; why: 'unknown' | 'not-now' | 'steps-differ' }

/** A line of a run's history. */
export interface RunEntry {
  key: string
  step: string
  kind: string
  state: string
  attempt: number
  why: string
  at: number
  input?: StepJson
  output?: StepJson
  error?: string
}

/** What a run stands at. */
export interface RunOpen {
  key: string
  step: string
  kind: string
  at: number | null
  why: string
  error?: string
}

export interface RunEffect {
  key: string
  step: string
  action: string
  state: string
  /** How often the same was asked for again and not done. */
  prevented: number
  at: number
}

export interface RunDetail {
  id: string
  automationId: string
  /** Content hash of the steps it is pinned to. */
  definition: string
  steps: StepJson
  phase: string
  trigger: StepJson
  vars: StepJson
  outputs: Record<string, StepJson>
  error: string | null
  version: number
  cause: string
  subject: string | null
  contact: string | null
  startedAt: number
  endedAt: number | null
  entries: RunEntry[]
  open: RunOpen[]
  effects: RunEffect[]
}

export interface EnginePort {
  start(tenantId: string, start: RunStart): Promise<StartAnswer>
  change(tenantId: string, runId: string, change: RunChange): Promise<ChangeAnswer>
  /** An event of the outbox: it may start runs, wake or stop some. Safe to repeat. */
  hear(tenantId: string, event: { id: string; type: string; payload: Record<string, unknown> }): Promise<void>
  run(tenantId: string, runId: string): Promise<RunDetail | null>
  /** What lists show is up to date when this returns. */
  flush(tenantId: string): Promise<void>
  /** Automations were published, paused or removed. */
  changed(tenantId: string): Promise<void>
  /** Does what is due. */
  nudge(tenantId: string): Promise<void>
  /** Pauses all runs of an automation where they are, or lets those go on. Answers how many. */
  holdRuns(tenantId: string, automationId: string, held: boolean): Promise<number>
  /** Ends all runs of an automation, or lets them end by themselves (`finish`). Answers how many were alive. */
  endRuns(tenantId: string, automationId: string, by: string): Promise<number>
  /** Empties the object's storage. */
  forget(tenantId: string): Promise<void>
}
