/** An engine over a file of SQLite in memory, with a provider that counts, and a process that can die anywhere. */
import { DatabaseSync } from 'node:sqlite'
import { stepsSchema } from '../../src/modules/ops-copilot/domain/definition.ts'
import type { Json } from '../../src/modules/ops-copilot/domain/definition-model.ts'
import { Engine } from '../../src/modules/ops-copilot/engine/engine.ts'
import type { EffectRequest, Executor, Outcome, Sql } from '../../src/modules/ops-copilot/engine/ports.ts'

export const START = Date.parse('2026-03-10T10:00:00Z')
const OFFICE = { timeZone: 'UTC', workdays: [1, 2, 3, 4, 5], opens: 540, closes: 1020, holidays: [] }

/** The process is no more: nothing of it goes on. */
export class Death extends Error {}

export class Lab {
  readonly database = new DatabaseSync(':memory:')
  now = START
  ids = 0
  /** What the provider was asked, by key, and what it did. */
  readonly asked: string[] = []
  readonly did: string[] = []
  writes = 0
  /** Dies when the so-manieth write or effect is reached; null: lives. */
  deathAt: number | null = null
  readonly effect: Executor['effect']
  answer: (request: EffectRequest) => Outcome = () => ({ ok: true, output: { ok: true } })
  engine: Engine
  #moments = 0
  #depth = 0
  #life = 0
  readonly #dead = new Set<number>()

  constructor(effect: Executor['effect'] = 'unkeyed') {
    this.effect = effect
    this.engine = this.boot()
  }

  /** Another life over the same storage. */
  boot(): Engine {
    this.#life += 1
    const life = this.#life
    this.engine = new Engine(
      {
        sql: this.#sql(life),
        executor: (action) =>
          action === 'test.act'
            ? { effect: this.effect, perform: (request) => this.#perform(request, life) }
            : null,
        now: () => this.now,
        chance: () => 0,
        newId: () => `id${++this.ids}`,
      },
      () => OFFICE,
    )
    return this.engine
  }

  start(steps: unknown, trigger: Json = {}, cause = { source: 'click', key: 'k1' }): string {
    const parsed = stepsSchema.parse(steps)
    const hash = JSON.stringify(steps)
    return this.engine.start({ automationId: 'auto1', hash, steps: parsed, trigger, cause }).runId
  }

  /** Ticks until nothing is due, through deaths: each is followed by another life. */
  async live(): Promise<void> {
    for (let lives = 0; lives < 50; lives++) {
      try {
        await this.engine.tick()
        return
      } catch (error) {
        if (!(error instanceof Death)) throw error
        this.boot()
      }
    }
    throw new Error('it dies for ever')
  }

  rows<Row = Record<string, unknown>>(text: string): Row[] {
    return this.database.prepare(text).all() as Row[]
  }

  runOf(id: string): {
    phase: string
    state: { open: Record<string, { kind: string }>; error: string | null }
  } {
    const [row] = this.rows<{ phase: string; state: string }>(
      `SELECT phase, state FROM run WHERE id = '${id}'`,
    )
    if (!row) throw new Error(`no run ${id}`)
    return { phase: row.phase, state: JSON.parse(row.state) }
  }

  #perform(request: EffectRequest, life: number): Promise<Outcome> {
    this.#moment(life)
    this.asked.push(request.key)
    // a provider that keeps keys does the same one once
    const isNew = this.effect !== 'keyed' || !this.did.includes(request.key)
    const outcome = this.answer(request)
    if (outcome.ok && isNew) this.did.push(request.key)
    this.#moment(life)
    return Promise.resolve(outcome)
  }

  /** Whoever is dead does nothing any more, however long its last words echo. */
  #moment(life: number): void {
    if (this.#dead.has(life)) throw new Death()
    this.#moments += 1
    if (this.deathAt !== null && this.#moments >= this.deathAt) {
      this.deathAt = null
      this.#dead.add(life)
      throw new Death()
    }
  }

  nextDeath(after: number): void {
    this.#moments = 0
    this.deathAt = after
  }

  #sql(life: number): Sql {
    const { database } = this
    return {
      all: <Row>(text: string, ...params: (string | number | null)[]) =>
        database.prepare(text).all(...params) as Row[],
      run: (text, ...params) => {
        this.#moment(life)
        this.writes += Number(database.prepare(text).run(...params).changes)
      },
      transaction: (work) => this.#transaction(work, life),
    }
  }

  /** Inner ones belong to the outer. */
  #transaction<T>(work: () => T, life: number): T {
    if (this.#depth > 0) return work()
    this.#depth += 1
    this.database.exec('BEGIN')
    try {
      const made = work()
      this.#moment(life)
      this.database.exec('COMMIT')
      this.#depth -= 1
      this.#moment(life)
      return made
    } catch (error) {
      // died before the end: nothing of it is there; after the end: all of it
      if (this.#depth > 0) {
        this.#depth = 0
        this.database.exec('ROLLBACK')
      }
      throw error
    }
  }
}
