/**
 * A tenant's engine: takes what happens, writes it down before anything leaves, performs effects and writes down what
 * became of them. A crash between any two lines loses nothing and repeats nothing that must not be repeated: what was
 * claimed in an earlier life is asked again only where the provider keeps keys, and else a person is asked.
 */

import type { BusinessTime } from '../../../kit/calendar.ts'
import { judge } from '../../../kit/condition.ts'
import type { StopRule } from '../domain/automation-model.ts'
import type { Json, Step } from '../domain/definition-model.ts'
import { moveRun } from '../domain/move-run.ts'
import { advanceRun, type RunSettings, startRun } from '../domain/run.ts'
import { type Happening, isAlive, type RunPhase, type Thread, type Transition } from '../domain/run-model.ts'
import { renderCondition, scopeOf } from '../domain/run-scope.ts'
import { aboutPayload } from './about.ts'
import { factsOf, identityOf, Journal, type KnownRun, type RunRow } from './journal.ts'
import { Ledger } from './ledger.ts'
import { Performer } from './performer.ts'
import type { RunFacts, Surroundings } from './ports.ts'
import { prepareTables } from './tables.ts'
import { Tally } from './tally.ts'
import { markDirty, NOW, REMIND, type Timer, Timers } from './timers.ts'

export interface Start {
  automationId: string
  /** Content hash of the steps: what the run is pinned to. */
  hash: string
  steps: readonly Step[]
  trigger: Json
  subject?: string | null
  contact?: string | null
  /** The same cause starts one run: `cron` and the instant, `event` and its id, `click` and a key. */
  cause: { source: string; key: string }
  facts?: RunFacts
  stopOn?: readonly StopRule[]
  /** Runs of the automation that may be alive; more of them wait. 0: it waits in any case. */
  atOnce?: number | null
  /** Not again for the same `key` until so many milliseconds have gone by. */
  again?: { key: string; afterMs: number }
}

/** Timers of one tick. */
const AT_ONCE = 50
/** Effects at the same time: as many connections as one invocation may hold. */
const EFFECTS_AT_ONCE = 6
const NO_THREAD: Thread = { id: -1, frames: [] }
const NO_FACTS: RunFacts = { version: 0, cause: '', by: null }

export class Engine {
  readonly #around: Surroundings
  readonly #business: () => BusinessTime
  readonly #journal: Journal
  readonly #tally: Tally
  readonly #timers: Timers
  readonly #performer: Performer

  constructor(around: Surroundings, business: () => BusinessTime) {
    prepareTables(around.sql)
    this.#around = around
    this.#business = business
    this.#timers = new Timers(around.sql)
    this.#journal = new Journal(around.sql, around.newId, this.#timers)
    this.#tally = new Tally(around.sql)
    const ledger = new Ledger(around.sql, around.newId())
    this.#performer = new Performer(around, this.#timers, ledger, (id, happening) =>
      this.happen(id, happening),
    )
  }

  /** Starts a run, once for each cause; the id of the run either way. Its effects are due, `tick` performs them. */
  start(start: Start): { runId: string; isNew: boolean } {
    const { automationId, hash, steps, subject = null, contact = null, cause, facts = NO_FACTS } = start
    const { sql, newId, now } = this.#around
    return sql.transaction(() => {
      const known = this.#journal.startedBy(cause.source, cause.key)
      if (known) return { runId: known, isNew: false }
      const before = start.again && this.#journal.startedSince(automationId, start.again, now())
      if (before) return { runId: before, isNew: false }
      this.#journal.keepDefinition(hash, steps)
      const row = {
        ...{ id: newId(), automation: automationId, definition: hash, subject, contact },
        ...{ facts: JSON.stringify(facts), started: now() },
      }
      const waits = typeof start.atOnce === 'number' && this.#tally.alive(automationId) >= start.atOnce
      this.#journal.begin(row, cause, waits ? 'queued' : 'running')
      if (start.again) this.#journal.noteStart(automationId, start.again.key, row.id, now())
      this.#tally.started(automationId, now(), waits)
      const begun: RunRow = { ...row, phase: 'running', state: '', moves: 0, ended: null }
      const { trigger, stopOn = [] } = start
      if (waits) this.#tally.queue(automationId, row.id, { trigger, stopOn })
      else this.#begin(begun, trigger, stopOn)
      if (waits) markDirty(this.#around.sql, 'run', row.id)
      return { runId: row.id, isNew: true }
    })
  }

  #begin(row: RunRow, trigger: Json, stopOn: readonly StopRule[]) {
    const settings = this.#settings(row)
    const transition = startRun(this.#journal.lists(row.definition), trigger, settings)
    if (isAlive(transition.run.phase)) this.#listenToStop(row.id, trigger, stopOn, settings)
    this.#write(row, {}, transition)
  }

  #listenToStop(runId: string, trigger: Json, stopOn: readonly StopRule[], settings: RunSettings) {
    const words = { now: settings.now, timeZone: settings.business.timeZone }
    for (const [at, { event, match }] of stopOn.entries()) {
      const rendered = renderCondition(match, { trigger }, words)
      if (rendered.ok) this.#journal.listen(runId, `!stop${at}`, { event, match: rendered.value })
    }
  }

  /** Something happened to a run; false: it does not wait for that, and nothing has changed. */
  happen(runId: string, happening: Happening): boolean {
    return this.#around.sql.transaction(() => {
      const known = this.#journal.run(runId)
      if (!known) return happening.kind === 'cancel' && this.#cancelQueued(runId)
      return this.#advance(known, happening)
    })
  }

  /** One that has not begun yet. */
  #cancelQueued(runId: string): boolean {
    const [row] = this.#around.sql.all<RunRow>(`SELECT * FROM run WHERE id = ?1 AND phase = 'queued'`, runId)
    if (!row) return false
    this.#tally.unqueue(row.automation, runId)
    const { now } = this.#around
    this.#around.sql.run(
      `UPDATE run SET phase = 'cancelled', ended = ?2, moves = moves + 1 WHERE id = ?1`,
      runId,
      now(),
    )
    markDirty(this.#around.sql, 'run', runId)
    return true
  }

  /** Tells every run that listens for an event which matches; a rule that stops goes before anything that waits. */
  hear(event: string, payload: Json) {
    const known = { now: this.#around.now() }
    const heard = this.#journal
      .listeners(event, aboutPayload(payload))
      .filter(({ match }) => judge(JSON.parse(match), { event: payload }, known).holds)
    const stops = heard.filter(({ key }) => key.startsWith('!stop'))
    for (const { run } of stops) this.happen(run, { kind: 'stop', why: `Stopped, because ${event} came.` })
    for (const { run, key } of heard)
      if (!key.startsWith('!stop')) this.happen(run, { kind: 'arrived', key, event: payload })
  }

  nextDue = (): number | null => this.#timers.nextDue()

  /** Runs of an automation that began within the hour. */
  startedThisHour = (automationId: string): number =>
    this.#tally.startedThisHour(automationId, this.#around.now())

  /** Puts a run that failed onto newer steps; false when what it stands in is not among them. */
  repin(runId: string, hash: string, steps: readonly Step[], version: number): boolean {
    return this.#around.sql.transaction(() => {
      const known = this.#journal.run(runId)
      if (known?.run.phase !== 'failed') return false
      this.#journal.keepDefinition(hash, steps)
      const moved = moveRun(known.run, known.lists, this.#journal.lists(hash))
      if (moved) this.#journal.repin(known.row, hash, { ...factsOf(known.row), version }, moved)
      return moved !== null
    })
  }

  /** Begins what waits for its turn while there is room; what a brake has kept back goes on. */
  drain(automationId: string, atOnce: number | null) {
    this.#around.sql.transaction(() => {
      for (const next of this.#tally.takeTurns(automationId, atOnce))
        this.#beginQueued(next.run, next.trigger, next.stopOn)
    })
  }

  /** Lets an effect go that was held; false: it is not held. */
  release(runId: string, key: string): boolean {
    return this.#around.sql.transaction(() => this.#timers.release(runId, key))
  }

  /** Does what is due, effects a few at a time; answers when to come again (null: nothing is left to wait for). */
  async tick(): Promise<number | null> {
    for (;;) {
      const due = this.#timers.until(this.#around.now(), AT_ONCE + this.#performer.busy.size)
      const free = due.filter(({ run, key }) => !this.#performer.busy.has(`${run} ${key}`)).slice(0, AT_ONCE)
      if (free.length === 0) return this.#timers.nextDue()
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
  #take(timer: Timer): (() => Promise<void>) | null {
    const { run: id, key } = timer
    if (key.startsWith(REMIND)) {
      this.#around.sql.transaction(() => {
        this.#timers.forget(timer)
        markDirty(this.#around.sql, 'remind', id, key.slice(REMIND.length))
      })
      return null
    }
    const known = this.#journal.run(id)
    const open = known?.run.open[key]
    if (!known || !open) {
      this.#timers.forget(timer)
      return null
    }
    if (open.kind !== 'effect') {
      if (!this.happen(id, { kind: 'woke', key })) this.#timers.forget(timer)
      return null
    }
    // what is paused keeps its effects until it goes on
    if (known.run.phase === 'paused') {
      this.#timers.forget(timer)
      return null
    }
    const step = this.#journal.action(known.row.definition, open.step)
    const data = () => scopeOf(known.run, known.run.threads.find(({ id }) => id === open.thread) ?? NO_THREAD)
    return () => this.#performer.perform(known.row, { ...open, key, step, data }, timer)
  }

  /** False: nothing has changed. */
  #advance({ row, run, lists }: KnownRun, happening: Happening): boolean {
    const before = run.open
    const transition = advanceRun(lists, run, happening, this.#settings(row))
    const moved = transition.entries.length > 0 || transition.commands.length > 0
    if (!moved) return false
    this.#write(row, before, transition)
    if (happening.kind === 'resume') this.#wakeAll(row.id, transition.run.open)
    return true
  }

  /** Timers that came to nothing while the run was paused. */
  #wakeAll(id: string, open: KnownRun['run']['open']) {
    for (const [key, one] of Object.entries(open)) {
      if (one.kind === 'effect') this.#timers.set(NOW, id, key)
      else if ('at' in one && one.at !== null) this.#timers.set(one.at, id, key)
    }
  }

  #write(row: RunRow, before: KnownRun['run']['open'], transition: Transition) {
    this.#journal.write(row, before, transition, this.#around.now())
    const was = row.moves === 0 && row.state === '' ? 'running' : (row.phase as RunPhase)
    const [lived, lives] = [isAlive(was), isAlive(transition.run.phase)]
    if (lived === lives) return
    const next = this.#tally.moved(row.automation, lives ? 1 : -1)
    if (next) this.#beginQueued(next.run, next.trigger, next.stopOn)
  }

  #beginQueued(runId: string, trigger: Json, stopOn: readonly StopRule[]) {
    const { sql } = this.#around
    sql.run(`UPDATE run SET phase = 'running' WHERE id = ?1`, runId)
    const [row] = sql.all<RunRow>('SELECT * FROM run WHERE id = ?1', runId)
    if (row) this.#begin(row, trigger, stopOn)
  }

  #settings = (row: RunRow): RunSettings => ({
    ...identityOf(row),
    now: this.#around.now(),
    business: this.#business(),
    chance: this.#around.chance(),
  })
}
