/** The ledger of effects: one row for each that was ever intended, whoever asks for it and however often. */
import type { Json } from '../domain/definition-model.ts'
import type { Sql } from './ports.ts'

/**
 * `claimed`: somebody is at it, in the life of the engine that the row names. `unknown`: it may have left and nobody can
 * tell. `failed`: it has not left.
 */
export interface EffectRow {
  key: string
  run: string
  step: string
  action: string
  state: 'claimed' | 'sent' | 'unknown' | 'failed'
  life: string
  output: string | null
  prevented: number
  at: number
}

export type Claim =
  | { kind: 'go' }
  /** It has been done before: what it gave then. */
  | { kind: 'done'; output: Json }
  /** Another run is at it this moment. */
  | { kind: 'busy' }
  | { kind: 'unknown' }

export class Ledger {
  readonly #sql: Sql
  /** Names this start of the engine: what another one claimed was cut off. */
  readonly #life: string

  constructor(sql: Sql, life: string) {
    this.#sql = sql
    this.#life = life
  }

  row(key: string): EffectRow | null {
    return this.#sql.all<EffectRow>('SELECT * FROM effect WHERE key = ?1', key)[0] ?? null
  }

  /** `keyed`: the provider does the same key once. `resend`: a person said to do again what nobody knows of. */
  claim(
    of: { key: string; run: string; step: string; action: string },
    { keyed, resend }: { keyed: boolean; resend: boolean },
    now: number,
  ): Claim {
    const known = this.row(of.key)
    if (!known) {
      this.#sql.run(
        `INSERT INTO effect (key, run, step, action, state, life, prevented, at) VALUES (?1, ?2, ?3, ?4, 'claimed', ?5, 0, ?6)`,
        ...[of.key, of.run, of.step, of.action, this.#life, now],
      )
      return { kind: 'go' }
    }
    if (known.state === 'sent') {
      this.#sql.run('UPDATE effect SET prevented = prevented + 1 WHERE key = ?1', of.key)
      return { kind: 'done', output: known.output === null ? null : (JSON.parse(known.output) as Json) }
    }
    if (known.state === 'claimed' && known.life === this.#life) return { kind: 'busy' }
    const mayGo = known.state === 'failed' || keyed || (known.state === 'unknown' && resend)
    if (!mayGo) {
      this.#mark(of.key, 'unknown', null, now)
      return { kind: 'unknown' }
    }
    this.#sql.run(
      `UPDATE effect SET state = 'claimed', life = ?2, run = ?3, step = ?4, at = ?5 WHERE key = ?1`,
      ...[of.key, this.#life, of.run, of.step, now],
    )
    return { kind: 'go' }
  }

  sent(key: string, output: Json, now: number): void {
    this.#mark(key, 'sent', JSON.stringify(output), now)
  }

  failed(key: string, now: number): void {
    this.#mark(key, 'failed', null, now)
  }

  unknown(key: string, now: number): void {
    this.#mark(key, 'unknown', null, now)
  }

  #mark(key: string, state: EffectRow['state'], output: string | null, now: number): void {
    this.#sql.run(
      'UPDATE effect SET state = ?2, output = ?3, at = ?4 WHERE key = ?1',
      key,
      state,
      output,
      now,
    )
  }
}
