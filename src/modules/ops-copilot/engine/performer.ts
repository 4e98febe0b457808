/** An effect from its claim to what became of it: written down before it leaves, and after. */
import type { ActionStep } from '../domain/definition-model.ts'
import type { Happening, Open } from '../domain/run-model.ts'
import type { Scope } from '../domain/run-scope.ts'
import { factsOf, type RunRow } from './journal.ts'
import type { Claim, Ledger } from './ledger.ts'
import type { EffectRequest, Executor, Outcome, Surroundings } from './ports.ts'
import type { Timer, Timers } from './timers.ts'

export type Perform = Omit<Extract<Open, { kind: 'effect' }>, 'step'> & {
  key: string
  step: ActionStep
  data(): Scope
}

const BUSY_MS = 5_000

export class Performer {
  readonly #around: Surroundings
  readonly #timers: Timers
  readonly #ledger: Ledger
  readonly #happen: (runId: string, happening: Happening) => boolean
  /** `run key` of effects that this life is at. */
  readonly busy = new Set<string>()

  constructor(
    around: Surroundings,
    timers: Timers,
    ledger: Ledger,
    happen: (runId: string, happening: Happening) => boolean,
  ) {
    this.#around = around
    this.#timers = timers
    this.#ledger = ledger
    this.#happen = happen
  }

  async perform(row: RunRow, command: Perform, timer: Timer): Promise<void> {
    const { key, step } = command
    const executor = this.#around.executor(step.action)
    if (!executor) {
      const error = `Nobody knows how to do ${step.action}.`
      this.#happen(row.id, { kind: 'failed', key, attempt: command.attempt, error, retry: false })
      return
    }
    if (executor.effect !== 'look' && this.#holds(row, command, timer)) return
    const name = `${row.id} ${key}`
    this.busy.add(name)
    try {
      const claim = this.#claim(row, command, executor)
      if (claim.kind !== 'go') return this.#settleClaim(row, command, claim)
      const outcome = await this.#outcome(executor, row, command)
      this.#settle(row, command, executor, outcome, timer)
    } finally {
      this.busy.delete(name)
    }
  }

  /** True: it does not leave yet. Asked once for each effect. */
  #holds(row: RunRow, command: Perform, timer: Timer): boolean {
    const { sql, hold, now } = this.#around
    const known = this.#timers.holdOf(row.id, command.key)
    if (known) {
      if (known.released || (known.until !== null && known.until <= now())) return false
      this.#timers.forget(timer)
      return true
    }
    const wanted = hold?.(requestOf(row, command)) ?? null
    if (!wanted) return false
    sql.transaction(() => this.#timers.hold(timer, wanted))
    return true
  }

  #claim(row: RunRow, { key, step, once, resend }: Perform, executor: Executor): Claim {
    if (executor.effect === 'look') return { kind: 'go' }
    const may = { keyed: executor.effect === 'keyed', resend: resend === true }
    const of = { key: once, run: row.id, step: key, action: step.action }
    return this.#around.sql.transaction(() => this.#ledger.claim(of, may, this.#around.now()))
  }

  #settleClaim(row: RunRow, { key, attempt }: Perform, claim: Exclude<Claim, { kind: 'go' }>) {
    switch (claim.kind) {
      case 'done': {
        const why = 'Done before under the same key; not done again.'
        this.#happen(row.id, { kind: 'done', key, attempt, output: claim.output, why })
        return
      }
      case 'busy': {
        const error = 'Another run does the same at this moment.'
        this.#happen(row.id, { kind: 'failed', key, attempt, error, retry: true, afterMs: BUSY_MS })
        return
      }
      case 'unknown': {
        const error = 'It was cut off while it was being done; nobody can tell whether it has left.'
        this.#happen(row.id, { kind: 'unknown', key, attempt, error })
      }
    }
  }

  async #outcome(executor: Executor, row: RunRow, command: Perform): Promise<Outcome> {
    try {
      return await executor.perform(requestOf(row, command))
    } catch (error) {
      return {
        ok: false,
        error: error instanceof Error ? error.message : String(error),
        retry: true,
        left: 'maybe',
      }
    }
  }

  #settle(row: RunRow, { key, attempt, once }: Perform, executor: Executor, outcome: Outcome, timer: Timer) {
    const now = this.#around.now()
    const counts = executor.effect !== 'look'
    this.#around.sql.transaction(() => {
      if (outcome.ok) {
        if (counts && 'skipped' in outcome) this.#ledger.failed(once, now)
        else if (counts) this.#ledger.sent(once, outcome.output, now)
        this.#happen(row.id, { kind: 'done', key, attempt, output: outcome.output, why: outcome.why })
        return
      }
      if ('later' in outcome) {
        if (counts) this.#ledger.failed(once, now)
        this.#timers.hold(timer, { kind: 'later', why: outcome.why, until: outcome.later })
        return
      }
      const { error, retry, afterMs } = outcome
      if (outcome.left === 'maybe' && executor.effect === 'unkeyed') {
        this.#ledger.unknown(once, now)
        this.#happen(row.id, { kind: 'unknown', key, attempt, error })
        return
      }
      if (counts) this.#ledger.failed(once, now)
      this.#happen(row.id, { kind: 'failed', key, attempt, error, retry, ...(afterMs ? { afterMs } : {}) })
    })
  }
}

function requestOf(row: RunRow, { step, input, once, attempt, data }: Perform): EffectRequest {
  const { id: runId, automation: automationId, subject, contact } = row
  return { step, input, key: once, attempt, runId, automationId, subject, contact, facts: factsOf(row), data }
}
