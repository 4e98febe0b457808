/** What the engine needs from outside: rows in SQLite, something that performs effects, a clock and chance. */
import type { StepOutcome } from '../../../platform/step.ts'
import type { ActionStep, Json } from '../domain/definition-model.ts'

type Value = string | number | null

/** SQLite in the same thread: a Durable Object's storage, or a file in tests. */
export interface Sql {
  all<Row>(text: string, ...params: Value[]): Row[]
  run(text: string, ...params: Value[]): void
  /** All of it or nothing; nothing inside may wait. */
  transaction<T>(work: () => T): T
}

/** What is known of a run from its start on. */
export interface RunFacts {
  /** Number of the published version. */
  version: number
  /** What started it, in words. */
  cause: string
  /** The person who did, when it was one. */
  by: string | null
}

export interface EffectRequest {
  step: ActionStep
  input: Record<string, Json>
  /** The same key is the same effect: sent along to providers that keep such keys. */
  key: string
  attempt: number
  runId: string
  automationId: string
  subject: string | null
  contact: string | null
  facts: RunFacts
  /** Everything the step can see. */
  data(): Record<string, Json>
}

export type Outcome = StepOutcome

/** How one kind of action is done. */
export interface Executor {
  /**
   * `keyed`: the provider does the same key once, so it may be asked again. `unkeyed`: asked at most once. `look`: it
   * changes nothing, and needs no row in the ledger.
   */
  effect: 'keyed' | 'unkeyed' | 'look'
  perform(request: EffectRequest): Promise<Outcome>
}

/** Why an effect does not leave yet. `until` null: until somebody lets it go. */
export interface Hold {
  /** first: the first ones after a publish. undo: it can be taken back. later: not at this hour, or too many already. */
  kind: 'first' | 'undo' | 'later'
  why: string
  until: number | null
}

export interface Surroundings {
  sql: Sql
  /** Null: nobody knows this action. */
  executor(action: string): Executor | null
  /** Asked once before an effect leaves; null: it may go. */
  hold?(request: EffectRequest): Hold | null
  now(): number
  /** 0 to 1. */
  chance(): number
  newId(): string
}
