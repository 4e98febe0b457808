/**
 * A tenant's engine: takes what happens, writes it down before anything leaves, performs effects and writes down what
 * became of them. A crash between any two lines loses nothing and repeats nothing that must not be repeated: what was
 * claimed in an earlier life is asked again only where the provider keeps keys, and else a person is asked.
 */

import type { BusinessTime } from '../../../kit/calendar.ts'
import { judge } from '../../../kit/condition.ts'
import type { ActionStep, Json, Step } from '../domain/definition-model.ts'
import { advanceRun, type RunSettings, startRun } from '../domain/run.ts'
import type { Happening, Open, Transition } from '../domain/run-model.ts'
import { identityOf, Journal, type KnownRun, type RunRow } from './journal.ts'
import { type Claim, Ledger } from './ledger.ts'
import type { Executor, Outcome, Surroundings } from './ports.ts'
import { prepareTables } from './tables.ts'

export interface Start {
  automationId: string
  /** Content hash of the steps: the version that the run is pinned to. */
  version: string
  steps: readonly Step[]
  trigger: Json
  subject?: string | null
  contact?: string | null
  /** The same cause starts one run: `cron` and the instant, `event` and its id, `click` and a key. */
  cause: { source: string; key: string }
}

type Perform = Omit<Extract<Open, { kind: 'effect' }>, 'step'> & { key: string; step: ActionStep }

/** Timers of one tick. */
const AT_ONCE = 50
/** Effects at the same time: as many connections as one invocation may hold. */
const EFFECTS_AT_ONCE = 6
const BUSY_MS = 5_000

export class Engine {
  readonly #around: Surroundings
  readonly #business: BusinessTime
  readonly #journal: Journal
  readonly #ledger: Ledger
  /** `run key` of effects that this life is at. */
  readonly #busy = new Set<string>()

  constructor(around: Surroundings, business: BusinessTime) {
    prepareTables(around.sql)
    this.#around = around
    this.#business = business
    this.#journal = new Journal(around.sql)
    this.#ledger = new Ledger(around.sql, around.newId())
  }

  /** Starts a run, once for each cause; the id of the run either way. Its effects are due, `tick` performs them. */
  start({ automationId, version, steps, trigger, subject = null, contact = null, cause }: Start): {
    runId: string
    isNew: boolean
  } {
    const { sql, newId, now } = this.#around
    return sql.transaction(() => {
      const known = this.#journal.startedBy(cause.source, cause.key)
      if (known) return { runId: known, isNew: false }
      this.#journal.keepDefinition(version, steps)
      const row = {
        id: newId(),
        automation: automationId,
        definition: version,
        subject,
        contact,
        started: now(),
      }
      this.#journal.begin(row, cause)
      const begun: RunRow = { ...row, phase: 'running', state: '', moves: 0, ended: null }
      const transition = startRun(this.#journal.lists(version), trigger, this.#settings(begun))
      this.#write(begun, {}, transition)
      return { runId: row.id, isNew: true }
    })
  }

  /** Something happened to a run; what it does not wait for changes nothing. */
  happen(runId: string, happening: Happening) {
    this.#around.sql.transaction(() => {
      const known = this.#journal.run(runId)
      if (known) this.#advance(known, happening)
    })
  }

  /** Tells every run that listens for an event which matches. */
  hear(event: string, payload: Json) {
    const known = { now: this.#around.now() }
    for (const { run, key, match } of this.#journal.listeners(event)) {
      if (judge(JSON.parse(match), { event: payload }, known).holds)
        this.happen(run, { kind: 'arrived', key, event: payload })
    }
  }

  /** Does what is due, effects a few at a time; answers when to come again (null: nothing is left to wait for). */
  async tick(): Promise<number | null> {
    for (;;) {
      const due = this.#journal.timersUntil(this.#around.now(), AT_ONCE + this.#busy.size)
      const free = due.filter(({ run, key }) => !this.#busy.has(`${run} ${key}`)).slice(0, AT_ONCE)
      if (free.length === 0) return this.#journal.nextDue()
      const effects: (() => Promise<void>)[] = []
      for (const timer of free) {
        const effect = this.#take(timer)
        if (effect) effects.push(effect)
      }
      for (let at = 0; at < effects.length; at += EFFECTS_AT_ONCE)
        await Promise.all(effects.slice(at, at + EFFECTS_AT_ONCE).map((perform) => perform()))
    }
  }

  /** A timer is either a moment that has come or an effect that is to be done. */
  #take({ run: id, key }: { run: string; key: string }): (() => Promise<void>) | null {
    const known = this.#journal.run(id)
    const open = known?.run.open[key]
    if (!known || !open) {
      this.#journal.forgetTimer(id, key)
      return null
    }
    if (open.kind !== 'effect') {
      this.happen(id, { kind: 'woke', key })
      return null
    }
    const step = this.#journal.action(known.row.definition, open.step)
    return () => this.#perform(known.row, { ...open, key, step })
  }

  async #perform(row: RunRow, command: Perform): Promise<void> {
    const { key, step, once } = command
    const executor = this.#around.executor(step.action)
    if (!executor) {
      const error = `Nobody knows how to do ${step.action}.`
      return this.happen(row.id, { kind: 'failed', key, attempt: command.attempt, error, retry: false })
    }
    const name = `${row.id} ${key}`
    this.#busy.add(name)
    try {
      const claim = this.#claim(row, command, executor)
      if (claim.kind !== 'go') return this.#settleClaim(row, command, claim)
      const outcome = await this.#outcome(executor, row, command)
      this.#settle(row, command, executor, outcome, once)
    } finally {
      this.#busy.delete(name)
    }
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
        return this.happen(row.id, { kind: 'done', key, attempt, output: claim.output, why })
      }
      case 'busy': {
        const error = 'Another run does the same at this moment.'
        return this.happen(row.id, { kind: 'failed', key, attempt, error, retry: true, afterMs: BUSY_MS })
      }
      case 'unknown': {
        const error = 'It was cut off while it was being done; nobody can tell whether it has left.'
        return this.happen(row.id, { kind: 'unknown', key, attempt, error })
      }
    }
  }

  async #outcome(executor: Executor, row: RunRow, { step, input, once, attempt }: Perform): Promise<Outcome> {
    const request = { step, input, key: once, attempt, runId: row.id, automationId: row.automation }
    try {
      return await executor.perform(request)
    } catch (error) {
      return {
        ok: false,
        error: error instanceof Error ? error.message : String(error),
        retry: true,
        left: 'maybe',
      }
    }
  }

  #settle(row: RunRow, { key, attempt }: Perform, executor: Executor, outcome: Outcome, once: string) {
    const now = this.#around.now()
    const counts = executor.effect !== 'look'
    this.#around.sql.transaction(() => {
      if (outcome.ok) {
        if (counts) this.#ledger.sent(once, outcome.output, now)
        return this.happen(row.id, { kind: 'done', key, attempt, output: outcome.output, why: outcome.why })
      }
      const { error, retry, afterMs } = outcome
      if (outcome.left === 'maybe' && executor.effect === 'unkeyed') {
        this.#ledger.unknown(once, now)
        return this.happen(row.id, { kind: 'unknown', key, attempt, error })
      }
      if (counts) this.#ledger.failed(once, now)
      this.happen(row.id, { kind: 'failed', key, attempt, error, retry, ...(afterMs ? { afterMs } : {}) })
    })
  }

  #advance({ row, run, lists }: KnownRun, happening: Happening) {
    const before = run.open
    this.#write(row, before, advanceRun(lists, run, happening, this.#settings(row)))
  }

  #write(row: RunRow, before: KnownRun['run']['open'], transition: Transition) {
    this.#journal.write(row, before, transition, this.#around.now())
    const { phase } = transition.run
    if (phase !== row.phase) this.#around.told?.({ runId: row.id, phase })
  }

  #settings = (row: RunRow): RunSettings => ({
    ...identityOf(row),
    now: this.#around.now(),
    business: this.#business,
    chance: this.#around.chance(),
  })
}
