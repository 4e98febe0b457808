/** Timers of a tenant's runs, and effects that are held back. */
import type { Sql } from './ports.ts'

export interface Timer {
  due: number
  run: string
  key: string
}

/** Effects are due at once. */
export const NOW = 0
/** Begins the keys of timers that remind of a question. */
export const REMIND = '!remind '

/** Something is to be shown or told outside. */
export function markDirty(sql: Sql, kind: 'run' | 'question' | 'remind', run: string, key = '') {
  sql.run('INSERT INTO dirty (kind, run, key) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING', kind, run, key)
}

export class Timers {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  set(due: number, id: string, key: string) {
    this.#sql.run(
      'INSERT INTO timer (due, run, key) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING',
      due,
      id,
      key,
    )
  }

  until(now: number, limit: number): Timer[] {
    return this.#sql.all(
      'SELECT due, run, key FROM timer WHERE due <= ?1 ORDER BY due, run, key LIMIT ?2',
      now,
      limit,
    )
  }

  /** When the next timer is due; null: none. */
  nextDue(): number | null {
    const [row] = this.#sql.all<{ due: number }>('SELECT due FROM timer ORDER BY due LIMIT 1')
    return row?.due ?? null
  }

  forget({ due, run, key }: Timer) {
    this.#sql.run('DELETE FROM timer WHERE due = ?1 AND run = ?2 AND key = ?3', due, run, key)
  }

  holdOf(
    run: string,
    key: string,
  ): { kind: string; why: string; until: number | null; released: number } | null {
    const rows = this.#sql.all<{ kind: string; why: string; until: number | null; released: number }>(
      'SELECT kind, why, until, released FROM hold WHERE run = ?1 AND key = ?2',
      run,
      key,
    )
    return rows[0] ?? null
  }

  /** An effect that was due leaves later, or when somebody lets it go. */
  hold({ due, run, key }: Timer, { kind, why, until }: { kind: string; why: string; until: number | null }) {
    this.forget({ due, run, key })
    this.#sql.run(
      `INSERT INTO hold (run, key, kind, why, until, released) VALUES (?1, ?2, ?3, ?4, ?5, 0)
       ON CONFLICT (run, key) DO UPDATE SET kind = ?3, why = ?4, until = ?5, released = 0`,
      ...[run, key, kind, why, until],
    )
    if (until !== null) this.set(until, run, key)
    markDirty(this.#sql, 'run', run)
  }

  /** Lets a held effect go now; false: it is not held. */
  release(run: string, key: string): boolean {
    const hold = this.holdOf(run, key)
    if (!hold || hold.released) return false
    if (hold.until !== null) this.forget({ due: hold.until, run, key })
    this.#sql.run('UPDATE hold SET released = 1, until = NULL WHERE run = ?1 AND key = ?2', run, key)
    this.set(NOW, run, key)
    markDirty(this.#sql, 'run', run)
    return true
  }

  dropHold(id: string, key: string) {
    const hold = this.holdOf(id, key)
    if (!hold) return
    this.#sql.run('DELETE FROM hold WHERE run = ?1 AND key = ?2', id, key)
    if (hold.until !== null) this.forget({ due: hold.until, run: id, key })
  }
}
