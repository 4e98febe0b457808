/** Walks a run on until every line of it waits for something, and writes down what must happen. */
import type { BusinessTime } from '../../../kit/calendar.ts'
import type { ActionStep, Json, Step } from './definition-model.ts'
import { onceKey, type RunIdentity } from './once.ts'
import type { Command, Entry, Frame, Open, RunPhase, RunState, Thread } from './run-model.ts'
import { renderValue, type Scope } from './run-scope.ts'

export interface RunSettings extends RunIdentity {
  /** Milliseconds. */
  now: number
  business: BusinessTime
  /** 0 to 1: spreads tries again of those who failed together. */
  chance?: number
}

export type Lists = ReadonlyMap<string, readonly Step[]>

/** Steps that one run may begin, so that no loop runs for ever. */
export const STEP_BUDGET = 1000
/** Characters of an output as JSON that the run itself keeps. */
const MAX_OUTPUT = 64_000

/** Begins the step that a thread stands at. */
export type Begin = (walk: Walk, thread: Thread, step: Step, key: string) => void

export class Walk {
  readonly run: RunState
  readonly entries: Entry[] = []
  readonly commands: Command[] = []
  readonly #lists: Lists
  readonly settings: RunSettings
  readonly #begin: Begin

  /** `run` is changed in place; `begin` does what a step is there for. */
  constructor(run: RunState, lists: Lists, settings: RunSettings, begin: Begin) {
    this.run = run
    this.#lists = lists
    this.settings = settings
    this.#begin = begin
  }

  /** Until nothing is left to do now. */
  go() {
    while (this.run.phase === 'running') {
      const held = new Set(Object.values(this.run.open).map(({ thread }) => thread))
      const thread = this.run.threads.find(({ id }) => !held.has(id))
      if (!thread) return
      this.#move(thread)
    }
  }

  threadOf(id: number): Thread {
    const thread = this.run.threads.find((one) => one.id === id)
    if (!thread) throw new Error(`the run has no thread ${id}`)
    return thread
  }

  /** The step that a thread stands at. */
  stepAt(thread: Thread): Step | null {
    const frame = thread.frames.at(-1)
    return (frame && this.#lists.get(frame.list)?.[frame.at]) ?? null
  }

  finish(thread: Thread, key: string, output: Json, why: string, attempt = 1) {
    const step = this.stepAt(thread)
    delete this.run.open[key]
    this.keep(key, output)
    if (step) this.note(step, key, 'done', why, { attempt, output })
    this.next(thread)
  }

  /** The thread goes into a branch of the step it stands at; `ends`: and the run is over after it. */
  enter(thread: Thread, step: Step, branch: string, ends = false) {
    const prefix = thread.frames.at(-1)?.prefix ?? ''
    thread.frames.push({ list: `${step.id}.${branch}`, at: 0, prefix, ...(ends ? { ends } : {}) })
  }

  note(step: Step, key: string, state: Entry['state'], why: string, more: Partial<Entry> = {}) {
    this.entries.push({ key, step: step.id, kind: step.kind, state, attempt: 1, why, ...more })
  }

  /** A line about the run itself. */
  say(why: string) {
    this.entries.push({ key: '', step: '', kind: 'run', state: 'done', attempt: 1, why })
  }

  keep(key: string, output: Json) {
    const text = JSON.stringify(output)
    this.run.outputs[key] = text.length > MAX_OUTPUT ? { too_large: true, characters: text.length } : output
  }

  end(phase: Exclude<RunPhase, 'running' | 'paused'>, error: string | null) {
    for (const key of Object.keys(this.run.open)) this.commands.push({ kind: 'drop', key })
    this.run.open = {}
    this.run.phase = phase
    this.run.error = error
    // a failed run keeps its place: it can go on from there
    if (phase !== 'failed') this.run.threads = []
  }

  failStep(step: Step, key: string, error: string, attempt = 1) {
    this.note(step, key, 'failed', error, { attempt, error })
    this.end('failed', `${step.name ?? step.id}: ${error}`)
  }

  wait(key: string, open: Open, command: Command | null) {
    this.run.open[key] = open
    if (command) this.commands.push(command)
  }

  #move(thread: Thread) {
    const frame = thread.frames.at(-1)
    if (!frame) return this.#endThread(thread)
    const step = this.stepAt(thread)
    if (!step) return this.#leave(thread, frame)
    const key = `${frame.prefix}${step.id}`
    if (step.off) {
      this.note(step, key, 'skipped', 'It is switched off.')
      return this.next(thread)
    }
    if (this.run.begun >= STEP_BUDGET)
      return this.failStep(step, key, `A run has ${STEP_BUDGET} steps at most; this one went in circles.`)
    this.run.begun += 1
    this.#begin(this, thread, step, key)
  }

  next(thread: Thread) {
    const frame = thread.frames.at(-1)
    if (frame) frame.at += 1
  }

  #leave(thread: Thread, frame: Frame) {
    thread.frames.pop()
    if (frame.ends) return this.end('completed', null)
    const { round } = frame
    if (round && round.index + 1 < round.of) {
      const index = round.index + 1
      const prefix = frame.prefix.replace(/#\d+\/$/, `#${index}/`)
      thread.frames.push({ ...frame, at: 0, prefix, round: { ...round, index } })
    } else if (thread.frames.length > 0) this.next(thread)
  }

  #endThread(thread: Thread) {
    this.run.threads = this.run.threads.filter(({ id }) => id !== thread.id)
    if (thread.joins === undefined) {
      if (this.run.threads.length === 0) this.end('completed', null)
      return
    }
    const open = this.run.open[thread.joins]
    if (open?.kind !== 'join') return
    open.left -= 1
    if (open.left === 0)
      this.finish(this.threadOf(open.thread), thread.joins, null, 'All branches have ended.')
  }

  perform(thread: Thread, step: ActionStep, key: string, scope: Scope, attempt: number, resend?: true) {
    const input = renderValue(step.input, scope, this.render())
    if (!input.ok) return this.failStep(step, key, input.error.detail, attempt)
    const rendered = input.value as Record<string, Json>
    const once = onceKey(step, key, rendered, this.settings, (text) => {
      const made = renderValue(text, scope, this.render())
      return made.ok ? String(made.value ?? '') : ''
    })
    this.wait(
      key,
      {
        ...{ kind: 'effect', thread: thread.id, step: step.id, attempt, input: rendered, once },
        ...(resend ? { resend } : {}),
      },
      { kind: 'perform', key, step, input: rendered, attempt, once },
    )
  }

  render = () => ({ now: this.settings.now, timeZone: this.settings.business.timeZone })
}
