/** A run of the pure core with its commands at hand: what an engine would do, without one. */
import { listsOf, stepsSchema } from '../../src/modules/ops-copilot/domain/definition.ts'
import type { Json } from '../../src/modules/ops-copilot/domain/definition-model.ts'
import { advanceRun, type RunSettings, startRun } from '../../src/modules/ops-copilot/domain/run.ts'
import type { Command, Entry, Happening, RunState } from '../../src/modules/ops-copilot/domain/run-model.ts'

export const START = Date.parse('2026-03-10T10:00:00Z')
const OFFICE = { timeZone: 'UTC', workdays: [1, 2, 3, 4, 5], opens: 540, closes: 1020, holidays: [] }

export class TestRun {
  state: RunState
  now = START
  entries: Entry[] = []
  /** Every command so far. */
  commands: Command[] = []
  readonly #lists
  readonly #more: Partial<RunSettings>

  constructor(steps: unknown, trigger: Json = {}, more: Partial<RunSettings> = {}) {
    this.#more = more
    this.#lists = listsOf(stepsSchema.parse(steps))
    this.state = this.#keep(startRun(this.#lists, trigger, this.#settings()))
  }

  happen(happening: Happening): void {
    this.state = this.#keep(advanceRun(this.#lists, this.state, happening, this.#settings()))
  }

  /** Answers every open effect, one after another, until none is open. */
  settleAll(answer: (key: string) => Json = () => ({ ok: true })): void {
    for (;;) {
      const next = Object.entries(this.state.open).find(([, open]) => open.kind === 'effect')
      if (next?.[1].kind !== 'effect') return
      this.happen({ kind: 'done', key: next[0], attempt: next[1].attempt, output: answer(next[0]) })
    }
  }

  /** Time passes to the next timer, which wakes the run. */
  wakeNext(): void {
    const timers = Object.entries(this.state.open).flatMap(([key, open]) =>
      'at' in open && open.at !== null ? [{ key, at: open.at }] : [],
    )
    const first = timers.sort((a, b) => a.at - b.at)[0]
    if (!first) throw new Error('nothing waits for a time')
    this.now = first.at
    this.happen({ kind: 'woke', key: first.key })
  }

  of<Kind extends Command['kind']>(kind: Kind): Extract<Command, { kind: Kind }>[] {
    return this.commands.filter((one): one is Extract<Command, { kind: Kind }> => one.kind === kind)
  }

  /** What was performed, in order, as `key`. */
  get performed(): string[] {
    return this.of('perform').map(({ key }) => key)
  }

  #settings = (): RunSettings => ({
    ...{ runId: 'run1', automationId: 'auto1', subject: null, contact: null, business: OFFICE },
    ...this.#more,
    now: this.now,
  })

  #keep({ run, entries, commands }: { run: RunState; entries: Entry[]; commands: Command[] }): RunState {
    this.entries.push(...entries)
    this.commands.push(...commands)
    // what is kept between two moments is JSON
    return JSON.parse(JSON.stringify(run)) as RunState
  }
}

/** An action that does nothing in particular. */
export const act = (id: string, more = {}) => ({ id, kind: 'action', action: 'test.act', ...more })
