/** A run as it stands between two moments: plain JSON, all that is needed to go on after any crash. */
import type { ActionStep, ApprovalStep, Json, StepKind, WaitEventStep } from './definition-model.ts'

/** The fine state; `automation_runs.status` follows from it (CONTRACT). */
export type RunPhase = 'running' | 'paused' | 'completed' | 'stopped' | 'failed' | 'cancelled'

/** It goes on, or may go on. */
export const isAlive = (phase: RunPhase): boolean => phase === 'running' || phase === 'paused'

/** A place in one list of steps. */
export interface Frame {
  /** Address of the list, see `listsOf`. */
  list: string
  at: number
  /** What stands before the ids of its steps: `loop#2/` in the third round of a loop. */
  prefix: string
  /** Of a list that is gone through more than once. */
  round?: { index: number; of: number }
  /** The run is over when this list is. */
  ends?: boolean
}

/** One line of execution. Several go on at once only inside parallel branches. */
export interface Thread {
  id: number
  frames: Frame[]
  /** The parallel step that waits for it. */
  joins?: string
  /** Rounds of the loops around that step. */
  around?: Frame[]
}

/** An effect as it was asked for: a crash must not ask for another. */
interface Asked {
  thread: number
  step: string
  attempt: number
  input: Record<string, Json>
  /** Its key in the ledger. */
  once: string
  /** A person said to do it again although nobody knows whether it was done. */
  resend?: true
}

/** What a thread stands at, by the key of the step: `prefix` and id. */
export type Open =
  | (Asked & { kind: 'effect' })
  /** Failed, and tried again at `at`. */
  | (Asked & { kind: 'retry'; at: number; error: string })
  /** Nobody knows whether the effect has left; a person decides. */
  | (Asked & { kind: 'unknown'; error: string })
  | { kind: 'sleep'; thread: number; step: string; at: number }
  | { kind: 'event'; thread: number; step: string; at: number }
  | { kind: 'approval'; thread: number; step: string; at: number | null }
  | { kind: 'join'; thread: number; step: string; left: number }

export interface RunState {
  phase: RunPhase
  /** What started it. */
  trigger: Json
  /** Set by steps. */
  vars: Record<string, Json>
  /** Of finished steps, by key. */
  outputs: Record<string, Json>
  threads: Thread[]
  open: Record<string, Open>
  nextThread: number
  /** Steps begun; a run has a budget of them. */
  begun: number
  error: string | null
}

/** A line of the run's history. */
export interface Entry {
  key: string
  step: string
  /** `run`: a line about the run itself. */
  kind: StepKind | 'run'
  state: 'waiting' | 'done' | 'failed' | 'skipped' | 'retrying' | 'unknown'
  attempt: number
  /** One sentence, with the values that decided. */
  why: string
  input?: Json
  output?: Json
  error?: string
}

/** What must happen because of a transition; whoever performs it answers with a happening of the same key. */
export type Command =
  | {
      kind: 'perform'
      key: string
      step: ActionStep
      input: Record<string, Json>
      attempt: number
      once: string
    }
  | { kind: 'wake'; key: string; at: number }
  | { kind: 'listen'; key: string; event: string; match: WaitEventStep['match']; until: number }
  | {
      kind: 'ask'
      key: string
      step: ApprovalStep
      title: string
      body: string
      approvers: string[]
      until: number | null
      remindAt: number | null
    }
  /** Timers, waits and questions of this key are no more. */
  | { kind: 'drop'; key: string }

export type Happening =
  | { kind: 'done'; key: string; attempt: number; output: Json; why?: string }
  | { kind: 'failed'; key: string; attempt: number; error: string; retry: boolean; afterMs?: number }
  | { kind: 'unknown'; key: string; attempt: number; error: string }
  /** What a person decided about an effect that nobody knows of. */
  | { kind: 'settled'; key: string; choice: 'resend' | 'skip' | 'fail' }
  /** A timer of this key is due. */
  | { kind: 'woke'; key: string }
  | { kind: 'arrived'; key: string; event: Json }
  | { kind: 'decided'; key: string; verdict: 'approved' | 'rejected'; output: Json }
  | { kind: 'cancel'; by: string }
  /** A rule of the automation ended it: paid, answered. */
  | { kind: 'stop'; why: string }
  | { kind: 'pause' }
  | { kind: 'resume' }
  /** Goes on at a step that failed, once more. */
  | { kind: 'retry' }

export interface Transition {
  run: RunState
  entries: Entry[]
  commands: Command[]
}
