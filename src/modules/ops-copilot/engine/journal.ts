/** Rows of runs: what a transition writes, all in one transaction. */

import { listsOf } from '../domain/definition.ts'
import type { ActionStep, Step } from '../domain/definition-model.ts'
import type { Lists, RunSettings } from '../domain/run.ts'
import { type Command, isAlive, type Open, type RunState, type Transition } from '../domain/run-model.ts'
import { aboutMatch } from './about.ts'
import type { RunFacts, Sql } from './ports.ts'
import { markDirty, NOW, REMIND, type Timers } from './timers.ts'

export interface RunRow {
  id: string
  automation: string
  definition: string
  subject: string | null
  contact: string | null
  facts: string
  phase: string
  state: string
  moves: number
  started: number
  ended: number | null
}

export interface KnownRun {
  row: RunRow
  run: RunState
  lists: Lists
}

export type Identity = Pick<RunSettings, 'runId' | 'automationId' | 'subject' | 'contact'>

export const identityOf = ({ id, automation, subject, contact }: RunRow): Identity => ({
  ...{ runId: id, automationId: automation, subject, contact },
})

export const factsOf = (row: RunRow): RunFacts => JSON.parse(row.facts) as RunFacts

/** Definitions do not change under their hash, so they are read and taken apart once. */
export class Journal {
  readonly #sql: Sql
  readonly #newId: () => string
  readonly #timers: Timers
  readonly #lists = new Map<string, Lists>()

  constructor(sql: Sql, newId: () => string, timers: Timers) {
    this.#sql = sql
    this.#timers = timers
    this.#newId = newId
  }

  run(id: string): KnownRun | null {
    const [row] = this.#sql.all<RunRow>('SELECT * FROM run WHERE id = ?1', id)
    // one that is queued has no state yet
    if (!row || row.state === '') return null
    return { row, run: JSON.parse(row.state) as RunState, lists: this.lists(row.definition) }
  }

  lists(hash: string): Lists {
    const known = this.#lists.get(hash)
    if (known) return known
    const [row] = this.#sql.all<{ steps: string }>('SELECT steps FROM definition WHERE hash = ?1', hash)
    if (!row) throw new Error(`no definition ${hash}`)
    const lists = listsOf(JSON.parse(row.steps) as Step[])
    this.#lists.set(hash, lists)
    return lists
  }

  action(hash: string, id: string): ActionStep {
    const step = [...this.lists(hash).values()].flat().find((one) => one.id === id)
    if (step?.kind !== 'action') throw new Error(`${id} is no action of ${hash}`)
    return step
  }

  keepDefinition(hash: string, steps: readonly Step[]) {
    if (this.#lists.has(hash)) return
    this.#sql.run(
      'INSERT INTO definition (hash, steps) VALUES (?1, ?2) ON CONFLICT DO NOTHING',
      hash,
      JSON.stringify(steps),
    )
  }

  /** The run that something has started already; null: none yet. */
  startedBy(source: string, key: string): string | null {
    const [row] = this.#sql.all<{ run: string }>(
      'SELECT run FROM inbox WHERE source = ?1 AND key = ?2',
      source,
      key,
    )
    return row?.run ?? null
  }

  /** The run that began for the same `key` not longer ago than that; null: none. */
  startedSince(automation: string, again: { key: string; afterMs: number }, now: number): string | null {
    const [row] = this.#sql.all<{ run: string; at: number }>(
      'SELECT run, at FROM inbox WHERE source = ?1 AND key = ?2',
      `again ${automation}`,
      again.key,
    )
    return row && row.at > now - again.afterMs ? row.run : null
  }

  noteStart(automation: string, key: string, run: string, now: number) {
    this.#sql.run(
      'INSERT INTO inbox (source, key, run, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET run = ?3, at = ?4',
      ...[`again ${automation}`, key, run, now],
    )
  }

  begin(
    row: Omit<RunRow, 'phase' | 'state' | 'moves' | 'ended'>,
    cause: { source: string; key: string },
    phase: 'running' | 'queued',
  ) {
    const { id, automation, definition, subject, contact, facts, started } = row
    this.#sql.run(
      'INSERT INTO inbox (source, key, run, at) VALUES (?1, ?2, ?3, ?4)',
      cause.source,
      cause.key,
      id,
      started,
    )
    this.#sql.run(
      `INSERT INTO run (id, automation, definition, subject, contact, facts, phase, state, moves, started)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '', 0, ?8)`,
      ...[id, automation, definition, subject, contact, facts, phase, started],
    )
  }

  /** A transition: the run, its history, its timers, what it listens for and asks. `before`: what was open. */
  write(
    row: RunRow,
    before: Readonly<Record<string, Open>>,
    { run, entries, commands }: Transition,
    now: number,
  ) {
    const { id } = row
    const alive = isAlive(run.phase)
    this.#sql.run(
      'UPDATE run SET phase = ?2, state = ?3, moves = moves + 1, ended = ?4 WHERE id = ?1',
      ...[id, run.phase, JSON.stringify(run), alive ? null : now],
    )
    if (entries.length > 0)
      this.#sql.run(
        'INSERT INTO move (run, n, at, entries) VALUES (?1, ?2, ?3, ?4)',
        id,
        row.moves,
        now,
        JSON.stringify(entries),
      )
    this.#closeTimers(id, before, run.open)
    for (const command of commands) this.#follow(id, command, now)
    if (!alive) this.#sql.run(`DELETE FROM listener WHERE run = ?1 AND key LIKE '!stop%'`, id)
    markDirty(this.#sql, 'run', id)
  }

  repin({ id }: RunRow, hash: string, facts: RunFacts, run: RunState) {
    this.#sql.run(
      'UPDATE run SET definition = ?2, facts = ?3, state = ?4 WHERE id = ?1',
      ...[id, hash, JSON.stringify(facts), JSON.stringify(run)],
    )
  }

  /** Timers of what is open no more, or open in another way. */
  #closeTimers(id: string, before: Readonly<Record<string, Open>>, now: Readonly<Record<string, Open>>) {
    for (const [key, open] of Object.entries(before)) {
      const still = now[key]
      if (still && JSON.stringify(still) === JSON.stringify(open)) continue
      const due = dueOf(open)
      if (open.kind === 'effect') this.#timers.dropHold(id, key)
      if (due !== null)
        this.#sql.run('DELETE FROM timer WHERE due = ?1 AND run = ?2 AND key = ?3', due, id, key)
    }
  }

  #follow(id: string, command: Command, now: number) {
    const { key } = command
    switch (command.kind) {
      case 'perform':
        return this.#timers.set(NOW, id, key)
      case 'wake':
        return this.#timers.set(command.at, id, key)
      case 'listen':
        this.listen(id, key, command)
        return this.#timers.set(command.until, id, key)
      case 'ask':
        return this.#ask(id, command, now)
      case 'drop':
        this.#sql.run('DELETE FROM listener WHERE run = ?1 AND key = ?2', id, key)
        this.#closeQuestion(id, key)
    }
  }

  listen(
    id: string,
    key: string,
    { event, match }: Pick<Extract<Command, { kind: 'listen' }>, 'event' | 'match'>,
  ) {
    this.#sql.run(
      'INSERT INTO listener (event, about, run, key, match) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING',
      ...[event, aboutMatch(match), id, key, JSON.stringify(match)],
    )
  }

  #ask(id: string, { kind: _ask, key, step, ...asked }: Extract<Command, { kind: 'ask' }>, now: number) {
    const { needed, self, fields } = step
    this.#sql.run(
      'INSERT INTO question (run, key, id, asked, at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING',
      ...[id, key, this.#newId(), JSON.stringify({ ...asked, needed, self, fields }), now],
    )
    markDirty(this.#sql, 'question', id, key)
    if (asked.remindAt !== null) this.#timers.set(asked.remindAt, id, `${REMIND}${key}`)
    if (asked.until !== null) this.#timers.set(asked.until, id, key)
  }

  #closeQuestion(id: string, key: string) {
    const [row] = this.#sql.all<{ asked: string }>(
      'SELECT asked FROM question WHERE run = ?1 AND key = ?2 AND gone IS NULL',
      id,
      key,
    )
    if (!row) return
    const { remindAt } = JSON.parse(row.asked) as { remindAt: number | null }
    if (remindAt !== null) this.#timers.forget({ due: remindAt, run: id, key: `${REMIND}${key}` })
    this.#sql.run(`UPDATE question SET gone = 'yes' WHERE run = ?1 AND key = ?2`, id, key)
    markDirty(this.#sql, 'question', id, key)
  }

  /** Those who listen for an event and may be meant: `about` are facts of it, see `aboutPayload`. */
  listeners(event: string, about: readonly string[]): { run: string; key: string; match: string }[] {
    return this.#sql.all(
      `SELECT run, key, match FROM listener WHERE event = ?1 AND about IN (SELECT value FROM json_each(?2))`,
      event,
      JSON.stringify(['', ...about]),
    )
  }
}

/** Null: it has no timer. */
function dueOf(open: Open): number | null {
  if ('at' in open) return open.at
  return open.kind === 'effect' ? NOW : null
}
