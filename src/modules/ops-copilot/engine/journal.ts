/** Rows of runs: what a transition writes, all in one transaction. */

import { listsOf } from '../domain/definition.ts'
import type { ActionStep, Step } from '../domain/definition-model.ts'
import type { Lists, RunSettings } from '../domain/run.ts'
import type { Command, Open, RunState, Transition } from '../domain/run-model.ts'
import type { Sql } from './ports.ts'

export interface RunRow {
  id: string
  automation: string
  definition: string
  subject: string | null
  contact: string | null
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

/** Definitions do not change under their hash, so they are read and taken apart once. */
export class Journal {
  readonly #sql: Sql
  readonly #lists = new Map<string, Lists>()

  constructor(sql: Sql) {
    this.#sql = sql
  }

  run(id: string): KnownRun | null {
    const [row] = this.#sql.all<RunRow>('SELECT * FROM run WHERE id = ?1', id)
    if (!row) return null
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

  begin(row: Omit<RunRow, 'phase' | 'state' | 'moves' | 'ended'>, cause: { source: string; key: string }) {
    const { id, automation, definition, subject, contact, started } = row
    this.#sql.run(
      'INSERT INTO inbox (source, key, run, at) VALUES (?1, ?2, ?3, ?4)',
      cause.source,
      cause.key,
      id,
      started,
    )
    this.#sql.run(
      `INSERT INTO run (id, automation, definition, subject, contact, phase, state, moves, started)
       VALUES (?1, ?2, ?3, ?4, ?5, 'running', '', 0, ?6)`,
      ...[id, automation, definition, subject, contact, started],
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
    const ended = run.phase === 'running' || run.phase === 'paused' ? null : now
    this.#sql.run(
      'UPDATE run SET phase = ?2, state = ?3, moves = moves + 1, ended = ?4 WHERE id = ?1',
      ...[id, run.phase, JSON.stringify(run), ended],
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
  }

  /** Timers of what is open no more, or open in another way. */
  #closeTimers(id: string, before: Readonly<Record<string, Open>>, now: Readonly<Record<string, Open>>) {
    for (const [key, open] of Object.entries(before)) {
      const still = now[key]
      if (still && JSON.stringify(still) === JSON.stringify(open)) continue
      this.#sql.run('DELETE FROM timer WHERE due = ?1 AND run = ?2 AND key = ?3', dueOf(open), id, key)
    }
  }

  #follow(id: string, command: Command, now: number) {
    const { key } = command
    switch (command.kind) {
      case 'perform':
        return this.#setTimer(NOW, id, key)
      case 'wake':
        return this.#setTimer(command.at, id, key)
      case 'listen':
        this.#sql.run(
          'INSERT INTO listener (event, run, key, match) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING',
          ...[command.event, id, key, JSON.stringify(command.match)],
        )
        return this.#setTimer(command.until, id, key)
      case 'ask': {
        const { kind: _ask, key: _key, step, ...asked } = command
        const { needed, self, fields } = step
        this.#sql.run(
          'INSERT INTO question (run, key, asked, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING',
          ...[id, key, JSON.stringify({ ...asked, needed, self, fields }), now],
        )
        return command.until === null ? undefined : this.#setTimer(command.until, id, key)
      }
      case 'drop':
        this.#sql.run('DELETE FROM listener WHERE run = ?1 AND key = ?2', id, key)
        this.#sql.run('DELETE FROM question WHERE run = ?1 AND key = ?2', id, key)
    }
  }

  #setTimer(due: number, id: string, key: string) {
    this.#sql.run(
      'INSERT INTO timer (due, run, key) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING',
      due,
      id,
      key,
    )
  }

  timersUntil(now: number, limit: number): { run: string; key: string }[] {
    return this.#sql.all(
      'SELECT run, key FROM timer WHERE due <= ?1 ORDER BY due, run, key LIMIT ?2',
      now,
      limit,
    )
  }

  /** When the next timer is due; null: none. */
  nextDue(): number | null {
    const [row] = this.#sql.all<{ due: number }>('SELECT due FROM timer ORDER BY due LIMIT 1')
    return row?.due ?? null
  }

  forgetTimer(run: string, key: string) {
    this.#sql.run('DELETE FROM timer WHERE run = ?1 AND key = ?2 AND due <= ?3', run, key, NOW)
  }

  listeners(event: string): { run: string; key: string; match: string }[] {
    return this.#sql.all('SELECT run, key, match FROM listener WHERE event = ?1', event)
  }
}

/** Effects are due at once. */
const NOW = 0

const dueOf = (open: Open): number => ('at' in open && open.at !== null ? open.at : NOW)
