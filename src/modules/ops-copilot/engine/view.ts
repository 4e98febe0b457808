/** What is looked at from outside: runs as they stand, and what is still to be shown. */
import type { RunDetail, RunEffect, RunEntry, RunOpen } from '../../../platform/engine-port.ts'
import type { ApprovalField, Json } from '../domain/definition-model.ts'
import type { Entry, Open, RunState } from '../domain/run-model.ts'
import { factsOf, type RunRow } from './journal.ts'
import type { RunFacts, Sql } from './ports.ts'

export interface Dirty {
  kind: 'run' | 'question' | 'remind'
  run: string
  key: string
}

export interface HoldRow {
  key: string
  kind: string
  why: string
  until: number | null
  released: number
}

/** A run with what a list shows of it. */
export interface Sight {
  row: RunRow
  run: RunState | null
  facts: RunFacts
  holds: HoldRow[]
  /** The sentence of its last line. */
  why: string
}

export interface QuestionRow {
  run: string
  key: string
  id: string
  automation: string
  gone: boolean
  at: number
  asked: {
    title: string
    body: string
    approvers: string[]
    until: number | null
    remindAt: number | null
    needed: number
    self: boolean
    fields: ApprovalField[]
  }
}

export class View {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  dirty(limit: number): Dirty[] {
    return this.#sql.all('SELECT kind, run, key FROM dirty LIMIT ?1', limit)
  }

  clean({ kind, run, key }: Dirty): void {
    this.#sql.run('DELETE FROM dirty WHERE kind = ?1 AND run = ?2 AND key = ?3', kind, run, key)
  }

  sight(id: string): Sight | null {
    const [row] = this.#sql.all<RunRow>('SELECT * FROM run WHERE id = ?1', id)
    if (!row) return null
    const [last] = this.#sql.all<{ entries: string }>(
      'SELECT entries FROM move WHERE run = ?1 ORDER BY n DESC LIMIT 1',
      id,
    )
    const entries = last ? (JSON.parse(last.entries) as Entry[]) : []
    const run = row.state === '' ? null : (JSON.parse(row.state) as RunState)
    return { row, run, facts: factsOf(row), holds: this.#holds(id), why: entries.at(-1)?.why ?? '' }
  }

  movesOf(id: string): number | null {
    return this.#sql.all<{ moves: number }>('SELECT moves FROM run WHERE id = ?1', id)[0]?.moves ?? null
  }

  question(run: string, key: string): QuestionRow | null {
    const [row] = this.#sql.all<{
      id: string
      asked: string
      at: number
      gone: string | null
      automation: string
    }>(
      `SELECT q.id, q.asked, q.at, q.gone, r.automation FROM question q JOIN run r ON r.id = q.run
       WHERE q.run = ?1 AND q.key = ?2`,
      run,
      key,
    )
    if (!row) return null
    const { id, automation, at } = row
    return { run, key, id, automation, at, gone: row.gone !== null, asked: JSON.parse(row.asked) }
  }

  forgetQuestion(run: string, key: string): void {
    this.#sql.run('DELETE FROM question WHERE run = ?1 AND key = ?2 AND gone IS NOT NULL', run, key)
  }

  aliveOf(automation: string): string[] {
    return this.#sql
      .all<{ id: string }>(`SELECT id FROM run WHERE automation = ?1 AND ended IS NULL`, automation)
      .map(({ id }) => id)
  }

  detail(id: string): RunDetail | null {
    const sight = this.sight(id)
    if (!sight) return null
    const { row, run, facts } = sight
    const [definition] = this.#sql.all<{ steps: string }>(
      'SELECT steps FROM definition WHERE hash = ?1',
      row.definition,
    )
    return {
      id,
      automationId: row.automation,
      definition: row.definition,
      steps: definition ? (JSON.parse(definition.steps) as Json) : [],
      phase: row.phase,
      trigger: run?.trigger ?? null,
      vars: run?.vars ?? {},
      outputs: run?.outputs ?? {},
      error: run?.error ?? null,
      version: facts.version,
      cause: facts.cause,
      subject: row.subject,
      contact: row.contact,
      startedAt: row.started,
      endedAt: row.ended,
      entries: this.#entries(id),
      open: openOf(sight),
      effects: this.#effects(id),
    }
  }

  #entries(id: string): RunEntry[] {
    return this.#sql
      .all<{ at: number; entries: string }>('SELECT at, entries FROM move WHERE run = ?1 ORDER BY n', id)
      .flatMap(({ at, entries }) => (JSON.parse(entries) as Entry[]).map((entry) => ({ ...entry, at })))
  }

  #effects(id: string): RunEffect[] {
    return this.#sql.all(
      `SELECT e.key, e.step, e.action, e.state, e.prevented, e.at FROM effect e WHERE e.run = ?1 ORDER BY e.at, e.key`,
      id,
    )
  }

  #holds(id: string): HoldRow[] {
    return this.#sql.all('SELECT key, kind, why, until, released FROM hold WHERE run = ?1', id)
  }
}

/** What a run stands at, in words of lists. */
export function openOf({ run, holds }: Sight): RunOpen[] {
  if (!run) return []
  return Object.entries(run.open).flatMap(([key, open]) =>
    open.kind === 'join' ? [] : [oneOf(key, open, holds)],
  )
}

function oneOf(key: string, open: Open, holds: readonly HoldRow[]): RunOpen {
  const hold = open.kind === 'effect' ? holds.find((one) => one.key === key && !one.released) : undefined
  if (hold) return { key, step: open.step, kind: 'held', at: hold.until, why: hold.why }
  const at = 'at' in open ? open.at : null
  const error = 'error' in open ? { error: open.error } : {}
  return { key, step: open.step, kind: open.kind, at, why: '', ...error }
}

/** Where a run stands, in one word. */
export function stateOf(sight: Sight): string {
  const { phase } = sight.row
  if (phase !== 'running') return phase
  const kinds = new Set(openOf(sight).map(({ kind }) => kind))
  if (kinds.has('unknown')) return 'unclear'
  if (kinds.has('approval')) return 'asking'
  if (kinds.has('held')) return 'held'
  if (kinds.has('effect')) return 'running'
  return kinds.size > 0 ? 'waiting' : 'running'
}
