/** When automations that go by the clock are due: rows beside the runs, moved on in the transaction that starts a run. */
import type { BusinessTime } from '../../../../kit/calendar.ts'
import { dueOccurrences, nextDue } from '../../domain/schedule.ts'
import type { Sql } from '../../engine/ports.ts'
import type { Published } from '../../store/published.ts'

export class Rhythm {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  nextDue(): number | null {
    return this.#sql.all<{ due: number | null }>('SELECT min(due) AS due FROM schedule')[0]?.due ?? null
  }

  /** A row for each that is active; a changed rhythm counts from now, what is no more loses its row. */
  keep(published: ReadonlyMap<string, Published>, now: number, business: BusinessTime): void {
    const rows = this.#sql.all<{ automation: string; rhythm: string }>(
      'SELECT automation, rhythm FROM schedule',
    )
    const known = new Map(rows.map((row) => [row.automation, row.rhythm]))
    for (const { id, status, trigger } of published.values()) {
      if (status !== 'active' || trigger.kind !== 'schedule') continue
      const rhythm = JSON.stringify([trigger.cron, trigger.time_zone, trigger.business_days ?? null])
      const isKnown = known.get(id) === rhythm
      known.delete(id)
      if (!isKnown) this.#set(id, rhythm, nextDue(trigger, now, business))
    }
    for (const id of known.keys()) this.#set(id, '', null)
  }

  /** What is due, oldest first; the rows are moved on at once, and the caller starts the runs in the same breath. */
  takeDue(
    published: ReadonlyMap<string, Published>,
    now: number,
    business: BusinessTime,
  ): { automation: string; at: number }[] {
    const rows = this.#sql.all<{ automation: string; rhythm: string; due: number }>(
      'SELECT automation, rhythm, due FROM schedule WHERE due <= ?1 ORDER BY due',
      now,
    )
    return rows.flatMap(({ automation, rhythm, due }) => {
      const trigger = published.get(automation)?.trigger
      if (trigger?.kind !== 'schedule') return []
      const { run, next } = dueOccurrences(trigger, due, now, business)
      this.#set(automation, rhythm, next)
      return run.map((at) => ({ automation, at }))
    })
  }

  #set(automation: string, rhythm: string, due: number | null): void {
    if (due === null) this.#sql.run('DELETE FROM schedule WHERE automation = ?1', automation)
    else
      this.#sql.run(
        `INSERT INTO schedule (automation, rhythm, due) VALUES (?1, ?2, ?3)
         ON CONFLICT (automation) DO UPDATE SET rhythm = ?2, due = ?3`,
        ...[automation, rhythm, due],
      )
  }
}
