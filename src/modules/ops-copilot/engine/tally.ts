/** What an automation has going: how many of its runs are alive, how many began this hour, which wait for their turn. */
import type { StopRule } from '../domain/automation-model.ts'
import type { Json } from '../domain/definition-model.ts'
import type { Sql } from './ports.ts'

const HOUR_MS = 3_600_000
const MOST_TURNS = 100

interface Waiting {
  trigger: Json
  stopOn: readonly StopRule[]
}

export class Tally {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  alive(automation: string): number {
    return this.#row(automation)?.alive ?? 0
  }

  /** Runs begun in the hour of `now`. */
  startedThisHour(automation: string, now: number): number {
    const row = this.#row(automation)
    return row?.hour === hourOf(now) ? row.started : 0
  }

  started(automation: string, now: number, waits: boolean): void {
    this.#sql.run(
      `INSERT INTO tally (automation, hour, started, alive) VALUES (?1, ?2, 1, ?3)
       ON CONFLICT (automation) DO UPDATE SET started = CASE WHEN hour = ?2 THEN started + 1 ELSE 1 END, hour = ?2,
         alive = alive + ?3`,
      ...[automation, hourOf(now), waits ? 0 : 1],
    )
  }

  queue(automation: string, run: string, start: Waiting): void {
    this.#sql.run(
      'INSERT INTO queued (automation, run, start) VALUES (?1, ?2, ?3)',
      automation,
      run,
      JSON.stringify(start),
    )
  }

  unqueue(automation: string, run: string): void {
    this.#sql.run('DELETE FROM queued WHERE automation = ?1 AND run = ?2', automation, run)
  }

  /** One more or one less is alive; of one less, whose turn it is. */
  moved(automation: string, by: 1 | -1): (Waiting & { run: string }) | null {
    this.#sql.run('UPDATE tally SET alive = max(0, alive + ?2) WHERE automation = ?1', automation, by)
    return by > 0 ? null : this.#takeTurn(automation)
  }

  /** Those whose turn it is while fewer than `atOnce` are alive; at most 100. */
  takeTurns(automation: string, atOnce: number | null): (Waiting & { run: string })[] {
    const turns: (Waiting & { run: string })[] = []
    while (turns.length < MOST_TURNS && (atOnce === null || this.alive(automation) < atOnce)) {
      const next = this.#takeTurn(automation)
      if (!next) break
      turns.push(next)
    }
    return turns
  }

  #takeTurn(automation: string): (Waiting & { run: string }) | null {
    const [next] = this.#sql.all<{ run: string; start: string }>(
      'SELECT run, start FROM queued WHERE automation = ?1 ORDER BY run LIMIT 1',
      automation,
    )
    if (!next) return null
    this.unqueue(automation, next.run)
    this.#sql.run('UPDATE tally SET alive = alive + 1 WHERE automation = ?1', automation)
    return { run: next.run, ...(JSON.parse(next.start) as Waiting) }
  }

  #row(automation: string): { hour: number; started: number; alive: number } | undefined {
    return this.#sql.all<{ hour: number; started: number; alive: number }>(
      'SELECT hour, started, alive FROM tally WHERE automation = ?1',
      automation,
    )[0]
  }
}

const hourOf = (now: number): number => Math.floor(now / HOUR_MS)
