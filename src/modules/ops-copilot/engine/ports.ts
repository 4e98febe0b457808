/** What the engine needs from outside: rows in SQLite, something that performs effects, a clock and chance. */
import type { ActionStep, Json } from '../domain/definition-model.ts'

type Value = string | number | null

/** SQLite in the same thread: a Durable Object's storage, or a file in tests. */
export interface Sql {
  all<Row>(text: string, ...params: Value[]): Row[]
  run(text: string, ...params: Value[]): void
  /** All of it or nothing; nothing inside may wait. */
  transaction<T>(work: () => T): T
}

export interface EffectRequest {
  step: ActionStep
  input: Record<string, Json>
  /** The same key is the same effect: sent along to providers that keep such keys. */
  key: string
  attempt: number
  runId: string
  automationId: string
}

export type Outcome =
  | { ok: true; output: Json; why?: string }
  /** `left`: whether the effect may have happened all the same. */
  | { ok: false; error: string; retry: boolean; afterMs?: number; left: 'no' | 'maybe' }

/** How one kind of action is done. */
export interface Executor {
  /**
   * `keyed`: the provider does the same key once, so it may be asked again. `unkeyed`: asked at most once. `look`: it
   * changes nothing, and needs no row in the ledger.
   */
  effect: 'keyed' | 'unkeyed' | 'look'
  perform(request: EffectRequest): Promise<Outcome>
}

export interface Surroundings {
  sql: Sql
  /** Null: nobody knows this action. */
  executor(action: string): Executor | null
  now(): number
  /** 0 to 1. */
  chance(): number
  newId(): string
  /** A run came to its end, waits for a person, or failed: for whoever shows and tells it. */
  told?(change: { runId: string; phase: string }): void
}
